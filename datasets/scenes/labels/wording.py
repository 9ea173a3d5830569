"""The words around a code: brands, sizes, dates, countries, care text, in English and Korean."""

from __future__ import annotations

import random

from datasets.codes.fill import colour, fill

_MODELS = (
    *("AIR MAX 90", "DUNK LOW RETRO", "AIR FORCE 1 '07", "COURT VISION LO", "SUPERSTAR", "GAZELLE"),
    *("STAN SMITH", "ULTRABOOST 22", "SAMBA OG", "FORUM LOW", "CHUCK 70 HI", "CHUCK TAYLOR"),
    *("OLD SKOOL", "AUTHENTIC", "SK8-HI", "ERA", "DISRUPTOR 2", "RAY TRACER", "FILARAY", "CALI"),
    *("SUEDE CLASSIC", "RS-X", "SMASH V2", "CLASSIC LEATHER", "CLUB C 85", "D'LITES", "GO WALK"),
    *("GEL-KAYANO 28", "GEL-1130", "MEXICO 66", "2750 COTU CLASSIC", "CLIFTON 8", "XT-6"),
    *("BIGBALL CHUNKY", "6 IN PREMIUM", "CLASSIC CLOG", "CLOUD 5", "TENNIS", "RUNNING", "WALKER"),
)
_COLOUR_NAMES = (
    *("WHITE/BLACK", "BLACK/WHITE", "TRIPLE BLACK", "CORE BLACK", "FTWR WHITE", "OPTICAL WHITE"),
    *("PARCHMENT", "NAVY", "GREY", "BEIGE", "OFF WHITE", "UNIVERSITY RED", "CLOUD WHITE", "OLIVE"),
    *("BLK/WHT", "WHT/NVY/RED", "CBLACK/FTWWHT", "PUMA WHITE-PUMA BLACK", "SAIL/GUM", "PINK"),
)
_COUNTRIES = ("VIETNAM", "VIETNAM", "CHINA", "CHINA", "INDONESIA", "CAMBODIA", "KOREA", "THAILAND")
_FRENCH = {
    "VIETNAM": "FABRIQUE AU VIETNAM",
    "CHINA": "FABRIQUE EN CHINE",
    "INDONESIA": "FABRIQUE EN INDONESIE",
    "CAMBODIA": "FABRIQUE AU CAMBODGE",
    "THAILAND": "FABRIQUE EN THAILANDE",
    "KOREA": "FABRIQUE EN COREE",
}
_KOREAN_COUNTRIES = ("베트남", "중국", "인도네시아", "캄보디아", "대한민국", "한국", "필리핀")
_KOREAN_COLOURS = (
    "블랙",
    "화이트",
    "네이비",
    "베이지",
    "그레이",
    "아이보리",
    "레드",
    "검정",
    "흰색",
)
_STUFF_NAMES = ("합성피혁", "천연가죽", "소가죽", "폴리에스터", "면", "나일론", "합성섬유", "고무")
_MAKERS = (
    "(주)이랜드월드",
    "휠라코리아(주)",
    "나이키코리아(유)",
    "아디다스코리아(유)",
    "(주)에프앤에프",
)
_CARE = (
    *("DO NOT WASH", "DO NOT BLEACH", "WIPE WITH DAMP CLOTH", "UPPER: TEXTILE", "SOLE: RUBBER"),
    *("UPPER LEATHER", "LINING 100% POLYESTER", "ALL NEW MATERIAL", "KEEP AWAY FROM FIRE"),
    *("LAVER A LA MAIN", "NE PAS REPASSER", "NO PLANCHAR", "LAVAR A MANO", "NICHT BLEICHEN"),
    *("OBERMATERIAL: TEXTIL", "SEMELLE EXTERIEURE: CAOUTCHOUC", "SUELA: GOMA", "TIGE: CUIR"),
    *("CUIR 60% TEXTILE 40%", "EMPEIGNE / UPPER", "IMPORTED BY / IMPORTE PAR", "REG. NO. 123"),
    *("DRY IN SHADE", "OUTSOLE RUBBER", "TEXTILE UPPER", "SYNTHETIC", "RN 56323", "CA 05553"),
)
_KOREAN_CARE = (
    *(
        "직사광선을 피해 보관하십시오",
        "세탁기 사용을 금합니다",
        "물에 젖은 경우 그늘에서 말리십시오",
    ),
    *("취급시 주의사항", "표백제를 사용하지 마십시오", "화기에 가까이 하지 마십시오"),
    *("소비자 피해보상규정에 의거 교환", "품질보증기간 구입일로부터 6개월"),
)


def model(rng: random.Random) -> str:
    """A model name."""
    return rng.choice(_MODELS)


def colour_name(rng: random.Random) -> str:
    """A colour in words or as a short code."""
    return rng.choice(_COLOUR_NAMES) if rng.random() < 0.6 else colour(rng)


def date(rng: random.Random) -> str:
    """A production date the way factories print it."""
    year, month, day = rng.randint(2014, 2025), rng.randint(1, 12), rng.randint(1, 28)
    return rng.choice(
        (
            f"{month:02}/{day:02}/{year % 100:02}",
            f"{month:02}/{day:02}/{year % 100:02}",
            f"{month:02}/{year % 100:02}",
            f"{month:02}/{year}",
            f"{year}.{month:02}",
            f"{year}.{month:02}.{day:02}",
            f"{year}{month:02}{day:02}",
            f"{year}-{month:02}",
        )
    )


def made_in(rng: random.Random) -> list[str]:
    """The country of origin, in one or two lines."""
    country = rng.choice(_COUNTRIES)
    english = f"MADE IN {country}"
    form = rng.random()
    if form < 0.4:
        return [english]
    if form < 0.75:
        return [english, _FRENCH[country]]
    return [f"{english}/{_FRENCH[country]}"]


def factory(rng: random.Random) -> str:
    """A factory or order code, which is no style code."""
    word, number = rng.choice(
        (
            *(("", "@@@"), ("", "@#"), ("", "##@@"), ("", "@@#####"), ("", "LMB ##0###")),
            *(("PO# ", "########"), ("", "PO 0#########")),
        )
    )
    return word + fill(number, rng)


def sizes(rng: random.Random) -> list[tuple[str, str]]:
    """The size in several systems, as (system, value)."""
    half = rng.randint(8, 26)
    us = half / 2
    rows = [
        ("US", _number(us)),
        ("UK", _number(us - rng.choice((0.5, 1.0)))),
        ("EUR" if rng.random() < 0.6 else "EU", _number(us + 32 + rng.choice((0.5, 1.0)))),
        ("CM", _number(us + 18)),
    ]
    extra = [("BR", _number(us + 30)), ("CHN", str(200 + 5 * half)), ("JP", str(180 + 5 * half))]
    extra += [("KR", str(180 + 5 * half)), ("MEX", _number(us + 18)), ("FR", _number(us + 32.5))]
    return rows[: rng.randint(2, 4)] + rng.sample(extra, rng.randint(0, 2))


def size_mm(rng: random.Random) -> str:
    """A Korean size in millimetres."""
    return str(rng.randrange(220, 300, 5))


def price(rng: random.Random) -> str:
    """A price in won, dollars or euro figures."""
    won = f"{rng.randrange(29, 299)},{rng.choice(('000', '000', '900'))}"
    return rng.choice((f"￦{won}", f"{won}원", f"￦ {won}", f"$ {rng.randint(40, 220)}.00"))


def care(rng: random.Random, korean: bool) -> str:
    """A line of care or material text."""
    return rng.choice(_KOREAN_CARE if korean else _CARE)


def korean_rows(rng: random.Random) -> list[tuple[str, str]]:
    """Rows of a Korean quality label (without the code), as (name, value), shuffled a little."""
    rows = [
        ("제조국", rng.choice(_KOREAN_COUNTRIES)),
        (
            "제조연월",
            date(rng)
            if rng.random() < 0.5
            else f"{rng.randint(2015, 2025)}년 {rng.randint(1, 12)}월",
        ),
        ("소재", "/".join(rng.sample(_STUFF_NAMES, rng.randint(1, 2)))),
        ("색상", rng.choice(_KOREAN_COLOURS) if rng.random() < 0.6 else colour(rng)),
        ("치수", f"{size_mm(rng)}{rng.choice(('', 'mm', ' mm'))}"),
        ("품명", rng.choice(("운동화", "스니커즈", "신발", "단화", "런닝화"))),
        ("제조자", rng.choice(_MAKERS)),
        ("수입원", rng.choice(_MAKERS)),
        ("A/S 전화", phone(rng)),
        ("소비자가격", price(rng)),
    ]
    kept = rng.sample(range(len(rows)), rng.randint(3, 8))
    return [rows[index] for index in sorted(kept)]


def phone(rng: random.Random) -> str:
    """A Korean telephone number."""
    return fill(rng.choice(("080-###-####", "1588-####", "02-###-####", "1577-####")), rng)


def receipt_line(rng: random.Random) -> tuple[str, str]:
    """An item and its amount on a receipt."""
    item = rng.choice(
        ("운동화", "양말", "합계", "부가세", "신용카드", "거스름돈", "TOTAL", "VISA", "CARD")
    )
    return item, f"{rng.randrange(1, 300)},{rng.randrange(0, 1000, 100):03}"


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
