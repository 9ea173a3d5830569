"""Which brand prints which style codes, and the brand words on tags, as data.

The marks of a pattern are told in `stylecode.shapes`.
"""

from __future__ import annotations


def _new_balance(end: str = "") -> tuple[str, ...]:
    return tuple(
        "@" * head + "#" * number + "@" * tail + end
        for head in (1, 2)
        for number in (3, 4)
        for tail in (2, 3, 4)
    )


def _new_balance_korea() -> tuple[str, ...]:
    return tuple(
        "NB" + "@" * mid + "#" * number + "@" for mid in (2, 3, 4) for number in range(2, 6)
    )


# brands, patterns, strength, bare
TABLE: tuple[tuple[tuple[str, ...], tuple[str, ...], float, bool], ...] = (
    (("Nike",), ("@@####-###",), 2.4, False),
    (("Nike",), ("######-###",), 0.2, True),
    (("adidas", "Reebok"), ("@@####",), 0.6, False),
    (("adidas", "Reebok"), ("@#####",), 0.4, False),
    (("Puma",), ("######-##",), 0.1, True),
    (("New Balance",), _new_balance(), 0.6, False),
    (("New Balance",), _new_balance("#"), 0.2, False),
    (("New Balance",), _new_balance_korea(), 1.6, False),
    (("Converse",), ("M####C", "A#####C"), 1.6, False),
    (("Converse",), ("######C",), 1.4, False),
    (("Vans",), ("VN0A*******", "VN0A********", "VN000******", "VN000*******"), 2.4, False),
    (("Vans",), ("VN0********", "VN0*********"), 2.0, False),
    (("Vans",), ("VN-0******", "VN-0*******"), 1.8, False),
    (("Fila",), ("FS#@@@####@", "FS#@@@####@=@@@"), 2.4, False),
    (("Fila",), ("#@@#####", "#@@#####@", "#@@#####=###", "#@@#####@=###"), 1.7, False),
    (("Skechers",), ("SN~######", "SN~#####"), 2.4, False),
    (("Skechers",), ("SN~######L", "SN~######N", "SN~#####L", "SN~#####N"), 1.9, False),
    (("Skechers",), ("######/@@@", "######/@@@@", "#####/@@@", "#####/@@@@"), 1.6, False),
    (("Skechers",), ("######&/@@@", "######&/@@@@", "#####&/@@@", "#####&/@@@@"), 1.6, False),
    (("Skechers",), ("######!@@@", "######!@@@@", "######&!@@@", "######&!@@@@"), 0.2, True),
    (("Asics", "Onitsuka Tiger"), ("1###@###-###",), 2.4, False),
    (("Superga",), ("S00@#@#",), 2.0, False),
    (("Hoka", "UGG"), ("#######-@@@@", "#######-@@@"), 1.8, False),
    (("Salomon",), ("L########",), 1.7, False),
    (("MLB",), ("32SH@@###-##@", "3@@@@***@-##@@@", "3@@@@****-##@@@"), 2.4, False),
    (("MLB",), ("3@@@@@@###@-##@@@",), 2.4, False),
    (("MLB",), ("32SH@@###", "3@@@@***-##@@@"), 1.8, False),
    (("Discovery",), ("DX-@@@#-###",), 2.2, False),
    (("Discovery",), ("DX@@@@###-##@",), 1.8, False),
    (("Timberland",), ("TB0********", "TB0*********"), 2.2, False),
    (("Timberland",), ("TB0*******",), 1.6, False),
    (("Crocs",), ("######!#&*", "#####!#&*", "######!##&", "#####!##&"), 1.4, False),
    (("Crocs",), ("######!###",), 0.0, True),
    (("Crocs", "Camper", "K-Swiss", "Palladium"), ("#####!###",), -0.6, True),
    (("Under Armour", "Columbia"), ("#######-###",), 0.2, True),
    (("On",), ("##.#####",), 0.3, True),
    (("Reebok",), ("100######",), 0.5, True),
    (("Prospecs", "Sperry", "K-Swiss", "Ecco"), ("@@@,######",), 0.2, True),
    (("Mizuno",), ("@1G@######", "@1G@####"), 2.2, False),
    (("Saucony",), ("S#####!#", "S#####!##", "S#####!###", "S####!###"), 1.8, False),
    (("Merrell",), ("J######",), 0.6, True),
    (("Dr. Martens",), ("########",), -0.5, True),
    (
        ("Birkenstock", "Keen", "Sperry", "Le Coq Sportif", "UGG", "Hoka", "Teva"),
        ("#######",),
        0.0,
        True,
    ),
    (("Clarks",), ("261#####",), 0.3, True),
    (("Hoka", "UGG", "Teva"), ("#######!@@@@@",), 1.2, False),
    (("Columbia",), ("BM####-###", "BL####-###"), 2.4, False),
    (("Camper",), ("K######-###",), 2.2, False),
    (("K-Swiss", "Palladium"), ("#####-###-M",), 1.8, False),
    (("Kolon Sport",), ("@@@@@#####=@@@",), 1.4, False),
    (("The North Face",), ("NF0A****", "NF0A*******", "NS##@##@"), 1.8, False),
    (("Altra",), ("AL0A****", "AL0A*******"), 2.0, False),
    (("Discovery",), ("DXSH*****=@@@", "DXSH*****"), 1.8, False),
    (("Discovery",), ("DXSH######=@@@", "DXSH######"), 1.8, False),
    (("Lacoste",), ("7##@@@####", "7##@@@####=***"), 1.6, False),
    (("Lacoste",), ("7-##@@@####", "7-##@@@####-***"), 1.8, False),
    # One house prints the codes of the three in Korea.
    (("Descente",), ("S@###@@@##",), 2.0, False),
    (("Le Coq Sportif",), ("Q@###@@@##",), 1.8, False),
    (("Umbro",), ("U@###@@@##",), 1.8, False),
    (("Tommy Hilfiger",), ("FM0FM0####", "FW0FW0####", "EM0EM0####", "EN0EN0####"), 2.2, False),
    (
        ("Tommy Hilfiger",),
        ("FM0FM0####=***", "FW0FW0####=***", "EM0EM0####=***", "EN0EN0####=***"),
        2.2,
        False,
    ),
    (
        ("Calvin Klein",),
        ("HM0HM0####=***", "HW0HW0####=***", "YM0YM0####=***", "YW0YW0####=***"),
        2.2,
        False,
    ),
    (("Calvin Klein",), ("HM0HM0####", "HW0HW0####", "YM0YM0####", "YW0YW0####"), 2.2, False),
    (("Diadora",), ("501.######", "101.######", "201.######"), 1.6, False),
    (("Diadora",), ("501.######=*####", "101.######=*####", "201.######=*####"), 2.2, False),
    (("Ecco",), ("######,#####",), -0.8, True),  # barcodes are printed so, too
    (("Asics", "Onitsuka Tiger"), ("@#@#@-####",), 2.0, False),
    (("Geox",), ("@###@@!*****!@####",), 2.2, False),
    (("Gucci", "Balenciaga"), ("######!*****!####",), 1.6, False),
    (("Emporio Armani",), ("@#@###!@@###",), 1.8, False),
    (("Maison Margiela",), ("@##@@####=@####",), 1.8, False),
    (("DC",), ("AD@@######-@@@",), 2.0, False),
    (("Hunter",), ("@@@####@@@-@@@",), 1.8, False),
    (("Mammut",), ("30##-#####-#####",), 2.0, False),
    (("ellesse",), ("@@#@@@###=@@@", "@@#@@@###"), 1.4, False),
    (("Kappa",), ("@@@@##@@##",), 1.2, False),
    (("Eider",), ("@@@##@##@#", "@@@##@##"), 0.8, False),
    (("Nepa",), ("7@#####",), 0.4, False),
    (("Brooks",), ("1#####~#@~###",), 2.0, False),
    (("On",), ("3M@########", "3W@########", "3U@########"), 1.8, False),
    (("Veja",), ("CP#######", "XD#######", "VX#######", "CP#######@", "VX#######@"), 1.6, False),
    (("Autry",), ("AU@@!@@##",), 2.0, False),
    (("Sperry",), ("STS#####",), 2.0, False),
    # Year, season and number behind a style name, as several Korean houses print it.
    ((), ("@@#@@##@###",), 1.0, False),
)

BRAND_WORDS: dict[str, str] = {
    "NIKE": "Nike",
    "JORDAN": "Nike",
    "AIRJORDAN": "Nike",
    "JUMPMAN": "Nike",
    "NIKEINC": "Nike",
    "ADIDAS": "adidas",
    "REEBOK": "Reebok",
    "PUMA": "Puma",
    "NEWBALANCE": "New Balance",
    "CONVERSE": "Converse",
    "ALLSTAR": "Converse",
    "CHUCKTAYLOR": "Converse",
    "VANS": "Vans",
    "OFFTHEWALL": "Vans",
    "FILA": "Fila",
    "SKECHERS": "Skechers",
    "ASICS": "Asics",
    "ONITSUKA": "Onitsuka Tiger",
    "ONITSUKATIGER": "Onitsuka Tiger",
    "SUPERGA": "Superga",
    "HOKA": "Hoka",
    "HOKAONEONE": "Hoka",
    "UGG": "UGG",
    "SALOMON": "Salomon",
    "MLB": "MLB",
    "DISCOVERY": "Discovery",
    "TIMBERLAND": "Timberland",
    "CROCS": "Crocs",
    "UNDERARMOUR": "Under Armour",
    "ONRUNNING": "On",
    "CLOUDTEC": "On",
    "PROSPECS": "Prospecs",
    "MIZUNO": "Mizuno",
}
"""Brand words as tags print them, upper case without spaces, to the brand."""

RARER_BRAND_WORDS: dict[str, str] = {
    "ALTRA": "Altra",
    "AUTRY": "Autry",
    "BIRKENSTOCK": "Birkenstock",
    "BROOKS": "Brooks",
    "CAMPER": "Camper",
    "CLARKS": "Clarks",
    "COLUMBIA": "Columbia",
    "COQSPORTIF": "Le Coq Sportif",
    "DESCENTE": "Descente",
    "DIADORA": "Diadora",
    "DRMARTENS": "Dr. Martens",
    "MARTENS": "Dr. Martens",
    "ECCO": "Ecco",
    "EIDER": "Eider",
    "ELLESSE": "ellesse",
    "GEOX": "Geox",
    "KAPPA": "Kappa",
    "KEEN": "Keen",
    "KOLON": "Kolon Sport",
    "KOLONSPORT": "Kolon Sport",
    "KSWISS": "K-Swiss",
    "LACOSTE": "Lacoste",
    "MERRELL": "Merrell",
    "NEPA": "Nepa",
    "NORTHFACE": "The North Face",
    "PALLADIUM": "Palladium",
    "SAUCONY": "Saucony",
    "SPERRY": "Sperry",
    "TEVA": "Teva",
    "TOMMYHILFIGER": "Tommy Hilfiger",
    "UMBRO": "Umbro",
    "VEJA": "Veja",
}
"""The same of brands that are known by their codes only: nobody is told where they print them."""
