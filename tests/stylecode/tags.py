"""Whole tags as text, made up for these tests: a line a row, '|' between texts far apart."""

from __future__ import annotations

from dataclasses import dataclass

from stylecode import RankedCode, ReadLine

HEIGHT = 20.0


@dataclass(frozen=True)
class Tag:
    brand: str
    code: str
    text: str


def sure(text: str, probability: float = 0.97) -> tuple[tuple[tuple[str, float], ...], ...]:
    """A reader that is sure of every character and lists nothing else."""
    return tuple(((char, probability),) for char in text)


def worth_it(ranked: tuple[RankedCode, ...]) -> list[RankedCode]:
    """Without the codes that only fill the list to three."""
    return [code for code in ranked if code.confidence > 0.001]


def lines_of(text: str, placed: bool = True) -> list[ReadLine]:
    lines: list[ReadLine] = []
    for row, whole in enumerate(text.strip().splitlines()):
        for column, part in enumerate(whole.strip().split("|")):
            x, y, height = (40 + 420.0 * column, 30.0 * row, HEIGHT) if placed else (0.0, 0.0, 0.0)
            lines.append(ReadLine(part.strip(), sure(part.strip()), 0.95, x, y, height))
    return lines


TAGS = [
    Tag(
        "Nike",
        "FD2764-107",
        """
        NIKE|AIR ZOOM TEST 5
        US 9.5|UK 8.5|EUR 43|CM 27.5
        FD2764 107
        01/12/23|03/02/24|XC
        MADE IN VIETNAM / FABRIQUE AU VIETNAM
        UPC 00196604 123456
        0 96604 12345 7
        """,
    ),
    Tag(
        "Nike",
        "748312-061",
        """
        AIR JORDAN 1 MID
        SZ 10 US 10 UK 9 EUR 44 CM 28
        748312-061
        11/04/16 02/07/17
        FTY NO. 123456
        883412 123456
        MADE IN CHINA
        """,
    ),
    Tag(
        "adidas",
        "GZ5174",
        """
        adidas
        US 8 1/2 UK 8 FR 42 JP 265 CHN 260
        ART GZ5174
        PO 0128839921
        PCI001 11/21 APE 779001
        4 065426 123452
        MADE IN INDONESIA
        """,
    ),
    Tag(
        "adidas",
        "B75806",
        """
        SAMBA OG
        ART. NO.
        B75806
        EU 42|270mm
        #MFG 2023.04
        """,
    ),
    Tag(
        "Puma",
        "386219-04",
        """
        PUMA|SUEDE CLASSIC
        386219 04
        UK 7 EUR 40.5 US 8 CM 26
        20231204
        4 063699 123451
        PO 4501234567
        """,
    ),
    Tag(
        "New Balance",
        "U574LGG1",
        """
        new balance
        STYLE U574LGG1
        WIDTH D SIZE 9 US 9 UK 8.5 EU 42.5 CM 27
        1 95173 12345 6
        MADE IN VIETNAM 06/2022
        """,
    ),
    Tag(
        "New Balance",
        "NBPDCS101G",
        """
        NBPDCS101G
        270mm
        2022.03
        1577-1234
        129,000
        """,
    ),
    Tag(
        "Converse",
        "A02797C",
        """
        CONVERSE|CHUCK 70 HI
        A02797C
        M 9 W 11 EUR 42.5 CM 27.5
        0 22866 12345 1
        LOT 202205
        """,
    ),
    Tag(
        "Vans",
        "VN0A5KRSY28",
        """
        VANS OFF THE WALL
        OLD SKOOL
        MTL# VN0A5KRSY28
        US 8 UK 7 EUR 40.5 CM 26
        1 96013 12345 8
        PO 4500991234
        """,
    ),
    Tag(
        "Fila",
        "FS1SIB2104X-WBK",
        """
        FILA|DISRUPTOR
        FS1SIB2104X-WBK
        265mm|US 8.5
        2021.07
        080-123-4567
        """,
    ),
    Tag("Fila", "1JM02021", "FILA KOREA\n1JM02021\n250 mm\n2019.11\nMADE IN CHINA"),
    Tag(
        "Skechers",
        "SN149277",
        """
        SKECHERS
        SN 149277 COLOR:BKW
        US 7 UK 4 EUR 37 CM 24
        PO 1122334
        1 95204 12345 0
        """,
    ),
    Tag(
        "Asics",
        "1201A844-102",
        """
        asics
        1201A844.102
        US 9 UK 8 EUR 42.5 CM 27
        4 550456 123457
        DATE 04/22
        """,
    ),
    Tag(
        "Hoka",
        "1127895-BWHT",
        """
        HOKA ONE ONE
        CLIFTON 8
        1127895-BWHT
        US 9 UK 8.5 EU 42 2/3 CM 27
        1 96565 12345 2
        """,
    ),
    Tag("Salomon", "L41086600", "SALOMON XT-6\nREF L41086600\nEU 42 UK 8 US 8.5\n193128 123456"),
    Tag(
        "MLB",
        "3ASHCRN3N-50BGS",
        """
        MLB
        3ASHCRN3N-50BGS
        240mm|2023.02
        99,000
        """,
    ),
    Tag("Discovery", "DX-SHB2-103", "DISCOVERY EXPEDITION\nDX-SHB2-103\n270\n2022.09.01"),
    Tag(
        "Timberland",
        "TB0A2P7N231",
        "Timberland\nSTYLE TB0A2P7N231\nSIZE 9 M\nUS 9 UK 8.5 EU 43\n1 95440 12345 3",
    ),
    Tag("Crocs", "207521-100", "crocs\n207521-100\nM8 W10\nMADE IN VIETNAM\n1 96265 12345 4"),
    Tag("Under Armour", "3024879-102", "UNDER ARMOUR\n3024879-102\nUS 9 UK 8 EUR 42.5 CM 27"),
    Tag("On", "59.98376", "ON RUNNING CLOUDTEC\n59.98376\nUS 9 EU 42.5\n7 630440 123457"),
    Tag("Superga", "S00B7C1", "SUPERGA 2750\nART S00B7C1\nEU 39 UK 5.5 CM 25\n8 054892 123451"),
]
