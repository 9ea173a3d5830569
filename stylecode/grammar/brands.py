"""Which brand prints which style codes, and the brand words on tags, as data.

The marks of a pattern are told in `stylecode.grammar.shapes`.
"""

from __future__ import annotations


def _new_balance(end: str = "") -> tuple[str, ...]:
    return tuple(
        "@" * head + "#" * number + "@" * tail + end
        for head in (1, 2)
        for number in (3, 4)
        for tail in (2, 3, 4)
    )


def _new_balance_korea(end: str = "") -> tuple[str, ...]:
    return tuple(
        "NB" + "@" * mid + "#" * number + "@" + end for mid in (2, 3, 4) for number in range(2, 6)
    )


def _and_coloured(*codes: str, colour: str = "***") -> tuple[str, ...]:
    return (*codes, *(f"{code}={colour}" for code in codes))


# brands, patterns, strength, bare
TABLE: tuple[tuple[tuple[str, ...], tuple[str, ...], float, bool], ...] = (
    (("Nike",), ("@@####-###",), 2.4, False),
    (("Nike",), ("######-###",), 0.2, True),
    (("adidas", "Reebok"), ("@@####",), 0.6, False),
    (("adidas", "Reebok"), ("@#####",), 0.4, False),
    (("adidas", "Reebok"), ("H0####",), 1.6, False),  # thousands; HO is next to unknown
    (("Puma",), ("######-##",), 0.1, True),
    (("New Balance",), _new_balance(), 0.6, False),
    (("New Balance",), _new_balance("#"), 0.2, False),
    (("New Balance",), _new_balance_korea(), 1.6, False),
    (("New Balance",), _new_balance_korea("=##"), 1.8, False),
    (("Converse",), ("M####C", "A#####C"), 1.6, False),
    (("Converse",), ("######C", "#J###C"), 1.4, False),  # J: for children
    (("Vans",), ("VN0A*******", "VN0A********", "VN000******", "VN000*******"), 2.4, False),
    (("Vans",), ("VN0********", "VN0*********"), 2.0, False),
    (("Vans",), ("VN-0******", "VN-0*******"), 1.8, False),
    (("Fila",), _and_coloured("FS#@@@####@", colour="@@@"), 2.4, False),
    (("Fila",), ("#@@#####", "#@@#####@", "#@@#####=###", "#@@#####@=###"), 1.7, False),
    (("Skechers",), ("SN~######", "SN~#####"), 2.4, False),
    (("Skechers",), ("SN~######L", "SN~######N", "SN~#####L", "SN~#####N"), 1.9, False),
    (("Skechers",), ("######/@@@", "######/@@@@", "#####/@@@", "#####/@@@@"), 1.6, False),
    (("Skechers",), ("######&/@@@", "######&/@@@@", "#####&/@@@", "#####&/@@@@"), 1.6, False),
    (("Skechers",), ("######!@@@", "######!@@@@", "######&!@@@", "######&!@@@@"), 0.2, True),
    (("Asics", "Onitsuka Tiger"), ("1###@###-###",), 2.4, False),
    (("Superga",), _and_coloured("S00@#@#", "S00####"), 2.0, False),
    (("Hoka", "UGG", "Teva"), ("#######-@@@@", "#######-@@@"), 1.8, False),
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
    (("Under Armour", "Columbia"), ("%######-###",), 0.2, True),
    (("On",), ("##.#####",), 0.3, True),
    (("Reebok",), ("100######",), 0.5, True),
    (("Prospecs", "Sperry", "K-Swiss", "Ecco"), ("@@@,######",), 0.2, True),
    (("Mizuno",), ("&1G@####,##", "&1G@####"), 2.2, False),
    (("Mizuno",), ("51G@####,##", "51G@####", "61G@####,##", "61G@####"), 2.2, False),
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
    (("Discovery",), _and_coloured("DXSH*****", colour="@@@"), 1.8, False),
    (("Discovery",), _and_coloured("DXSH######", colour="@@@"), 1.8, False),
    (("Lacoste",), _and_coloured("7##@@@####"), 1.6, False),
    (("Lacoste",), ("7-##@@@####", "7-##@@@####-***"), 1.8, False),
    # One house prints the codes of the three in Korea.
    (("Descente",), _and_coloured("S@###@@@##", colour="@@@#"), 2.0, False),
    (("Le Coq Sportif",), _and_coloured("Q@###@@@##", colour="@@@#"), 1.8, False),
    (("Umbro",), _and_coloured("U@###@@@##", colour="@@@#"), 1.8, False),
    (("Tommy Hilfiger",), _and_coloured("FM0FM0####", "FW0FW0####"), 2.2, False),
    (("Tommy Hilfiger",), _and_coloured("EM0EM0####", "EN0EN0####"), 2.2, False),
    (("Calvin Klein",), _and_coloured("HM0HM0####", "HW0HW0####"), 2.2, False),
    (("Calvin Klein",), _and_coloured("YM0YM0####", "YW0YW0####"), 2.2, False),
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
    (("ellesse",), _and_coloured("@@#@@@###", colour="@@@"), 1.4, False),
    (("Kappa",), ("@@@@##@@##",), 1.2, False),
    (("Eider",), ("@@@##@##=@#", "@@@##@##"), 0.8, False),
    (("Nepa",), ("7@#####",), 0.4, False),
    (("Brooks",), ("1#####~#@~###",), 2.0, False),
    (("On",), ("3M@########", "3W@########", "3U@########"), 1.8, False),
    (("Veja",), ("CP#######", "XD#######", "VX#######", "CP#######@", "VX#######@"), 1.6, False),
    (("Veja",), ("RC#######", "RC#######@"), 1.6, False),
    (("Autry",), ("AU@@,@@##",), 2.0, False),
    (("Autry",), ("@@LM,@@##", "@@LW,@@##"), 1.4, False),
    (("Sperry",), ("STS#####",), 2.0, False),
    (("Golden Goose",), ("G@F#####.F######.#####", "G@F#####!F######!#####"), 2.4, False),
    (("inov-8",), ("######-@@@@-@-##",), 2.4, False),
    (("La Sportiva",), ("##@######",), 1.0, False),
    (("Native",), ("########!####",), 0.0, True),
    (("Prada",), ("#@@###!***!F####", "#@@###!****!F####"), 2.0, False),
    (("Prada",), ("#@###@!***!F####", "#@###@!****!F####"), 2.0, False),
    (("Chanel",), ("G#####!@#####!@####",), 2.2, False),
    (("Maison Margiela",), ("S##@@####!P####!H####",), 2.4, False),
    (("Off-White",), ("OM@@###@##@@@#######", "OW@@###@##@@@#######"), 2.2, False),
    (("Umbro",), ("#####U!###",), 1.8, False),
    (("Etnies",), ("410#######!###",), 1.4, False),
    (("Lowa",), ("######!####",), -0.2, True),
    (("Karhu",), ("F######",), 0.4, True),
    (("Keds",), ("WF#####", "WH#####"), 0.4, True),
    (("Moonstar",), ("MS,@####", "CR,@####"), 0.8, True),
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
    "ETNIES": "Etnies",
    "GEOX": "Geox",
    "GOLDENGOOSE": "Golden Goose",
    "INOV8": "inov-8",
    "KAPPA": "Kappa",
    "KARHU": "Karhu",
    "KEDS": "Keds",
    "KEEN": "Keen",
    "KOLON": "Kolon Sport",
    "KOLONSPORT": "Kolon Sport",
    "KSWISS": "K-Swiss",
    "LACOSTE": "Lacoste",
    "LASPORTIVA": "La Sportiva",
    "LOWA": "Lowa",
    "MERRELL": "Merrell",
    "MOONSTAR": "Moonstar",
    "NATIVE": "Native",
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
