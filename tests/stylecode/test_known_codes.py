"""The corpus of codes: on its brand's tag, and on a tag that names none (`known_codes.tsv`).

A row has a tag's brand word, the code as it is printed, and what is to be found: the code and its
brand; then what is found where nothing names the brand, whose code that is, and how likely a code
stands there.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from stylecode import RankedCode, fields_of, rank
from tests.stylecode.tags import lines_of

SURELY, LIKELY = 0.8, 0.5


@dataclass(frozen=True)
class Known:
    tag: str
    printed: str
    code: str
    brand: str
    alone: str
    whose: str
    how: str


with Path(__file__).with_name("known_codes.tsv").open(encoding="utf-8", newline="") as file:
    KNOWN = [Known(**row) for row in csv.DictReader(file, delimiter="\t")]

# Names as tags print them, whole, short and glued.
NAMES = {
    "Nike": ("NIKE", "JORDAN", "AIRJORDAN", "JUMPMAN", "NIKEINC"),
    "adidas": ("adidas",),
    "Reebok": ("Reebok",),
    "Puma": ("PUMA",),
    "New Balance": ("new balance", "NEWBALANCE"),
    "Converse": ("CONVERSE", "ALL STAR", "Chuck Taylor"),
    "Vans": ("VANS", "OFF THEWALL", "OFFTHEWALL"),
    "Fila": ("FILA KOREA",),
    "Skechers": ("SKECHERS",),
    "Asics": ("asics",),
    "Onitsuka Tiger": ("ONITSUKA", "Onitsuka Tiger", "ONITSUKATIGER"),
    "Superga": ("SUPERGA 2750",),
    "Hoka": ("HOKA", "HOKA ONE ONE", "HOKAONEONE"),
    "UGG": ("UGG",),
    "Salomon": ("SALOMON",),
    "MLB": ("MLB",),
    "Discovery": ("DISCOVERY EXPEDITION",),
    "Timberland": ("Timberland",),
    "Crocs": ("crocs",),
    "Under Armour": ("UNDER ARMOUR",),
    "On": ("ON RUNNING", "CLOUDTEC"),
    "Prospecs": ("PROSPECS",),
    "Mizuno": ("MIZUNO",),
    "Saucony": ("saucony",),
    "Merrell": ("MERRELL",),
    "Dr. Martens": ("Dr. Martens", "DRMARTENS", "MARTENS"),
    "Birkenstock": ("BIRKENSTOCK",),
    "Keen": ("KEEN",),
    "Sperry": ("SPERRY",),
    "Le Coq Sportif": ("le coq sportif",),
    "Teva": ("Teva",),
    "Clarks": ("Clarks",),
    "Columbia": ("Columbia",),
    "Camper": ("CAMPER",),
    "K-Swiss": ("K-SWISS", "KSWISS"),
    "Palladium": ("PALLADIUM",),
    "Ecco": ("ecco",),
    "Kolon Sport": ("KOLON", "KOLON SPORT", "KOLONSPORT"),
    "The North Face": ("THE NORTH FACE",),
    "Altra": ("ALTRA",),
    "Lacoste": ("LACOSTE",),
    "Descente": ("DESCENTE",),
    "Umbro": ("umbro",),
    "Tommy Hilfiger": ("TOMMY HILFIGER",),
    "Calvin Klein": ("Calvin Klein",),
    "Diadora": ("Diadora",),
    "Geox": ("GEOX",),
    "Gucci": ("GUCCI",),
    "Balenciaga": ("BALENCIAGA",),
    "Emporio Armani": ("EMPORIO ARMANI",),
    "Maison Margiela": ("Maison Margiela", "MAISONMARGIELA", "MARGIELA"),
    "DC": ("DCSHOECOUSA",),
    "Hunter": ("HUNTERBOOTLTD",),
    "Mammut": ("MAMMUT",),
    "ellesse": ("ellesse",),
    "Kappa": ("Kappa",),
    "Eider": ("EIDER",),
    "Nepa": ("NEPA",),
    "Brooks": ("BROOKS",),
    "Veja": ("VEJA",),
    "Autry": ("AUTRY",),
    "Golden Goose": ("GOLDEN GOOSE",),
    "inov-8": ("INOV8", "inov8"),
    "La Sportiva": ("LA SPORTIVA",),
    "Native": ("native",),
    "Prada": ("PRADA",),
    "Chanel": ("CHANEL",),
    "Off-White": ("Virgil Abloh",),
    "Etnies": ("etnies",),
    "Lowa": ("LOWA",),
    "Karhu": ("Karhu",),
    "Keds": ("Keds",),
    "Moonstar": ("MOONSTAR",),
}


def first(text: str) -> RankedCode | None:
    return next(iter(rank(lines_of(text))), None)


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: f"{known.brand} {known.printed}")
def test_a_code_on_its_brands_tag(known: Known) -> None:
    found = first(f"{known.tag}\n{known.printed}\nMADE IN VIETNAM")
    assert found is not None
    assert (found.code, found.brand or "-") == (known.code, known.brand)


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: f"{known.brand} {known.printed}")
def test_a_code_on_a_tag_that_names_no_brand(known: Known) -> None:
    found = first(f"{known.printed}|QZ\nMADE IN VIETNAM")
    if found is None:
        assert (known.alone, known.whose, known.how) == ("-", "-", "-")
        return
    how = "surely" if found.place >= SURELY else "likely" if found.place >= LIKELY else "maybe"
    assert (found.code, found.brand or "-", how) == (known.alone, known.whose, known.how)


@pytest.mark.parametrize(
    ("brand", "printed"), [(brand, printed) for brand, some in NAMES.items() for printed in some]
)
def test_a_brands_name_on_a_tag(brand: str, printed: str) -> None:
    assert fields_of(lines_of(f"{printed}\nMADE IN VIETNAM")).brand == brand


@pytest.mark.parametrize(
    "text",
    [
        *("OFF WHITE", "HUNTER GREEN", "TYPE OF SHOES", "KEEP DRY", "ON SALE", "TRADING CO SHOES"),
        *("CHANGE", "CHANNEL", "NAVY/OFF-WHITE", "CAMP", "GEO", "ECO"),
    ],
)
def test_words_that_are_no_brands(text: str) -> None:
    assert fields_of(lines_of(f"{text}\nMADE IN VIETNAM")).brand is None
