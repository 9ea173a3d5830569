"""Which column of a price list is which: by its header, in English or Korean. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from pricelists.errors import PriceListError

# As compared: lower case, without blanks, signs and what stands in brackets ("판매가(원)").
_CODE_COLUMNS = (
    "품번",
    "스타일코드",
    "스타일번호",
    "stylecode",
    "styleno",
    "stylenumber",
    "모델번호",
    "모델코드",
    "modelnumber",
    "modelno",
    "제조사품번",
    "mpn",
    "자체상품코드",
    "판매자상품코드",
    "판매자관리코드",
    "업체상품코드",
)
# What shop systems count their goods by: a style code only where no better column stands beside it.
_OWN_NUMBERS = ("code", "상품코드")
_COLUMN_NAMES = {
    "name": ("name", "상품명", "이름", "제품명", "품명"),
    "price": ("price", "pricewon", "판매가", "판매가격", "판매금액", "가격"),
    "url": ("url", "link", "주소", "링크", "상품url", "상품주소", "상품링크"),
    "image": ("image", "imageurl", "이미지", "이미지url", "이미지주소"),
    "in_stock": ("instock", "stock", "재고", "재고여부", "재고수량", "재고상태"),
}
_NEEDED_COLUMNS = ("code", "name", "price")
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_OTHER_UNIT = re.compile(r"[(\[][^)\]]*(?:천\s*원|만\s*원|\$|€|¥|usd|eur|jpy|cny|달러|엔)", re.I)


def places(header: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
    """Where each column stands; a code may stand in several, the best first.

    Raises `PriceListError` where a needed one is missing.
    """
    names = [_plain(name) for name in header]
    code = _all(names, _CODE_COLUMNS) or _all(names, _OWN_NUMBERS)[:1]
    found = {column: _all(names, aliases)[:1] for column, aliases in _COLUMN_NAMES.items()}
    found = {"code": code, **found}
    missing = [column for column in _NEEDED_COLUMNS if not found[column]]
    if missing:
        raise PriceListError(
            f"the price list's first line must name the columns {', '.join(_NEEDED_COLUMNS)}"
            f" (and may name url, image, in_stock); missing: {', '.join(missing)}"
        )
    price = header[found["price"][0]]
    if _OTHER_UNIT.search(unicodedata.normalize("NFKC", price)):
        raise PriceListError(f"prices must be in won, not as in the column {price!r}")
    return {column: where for column, where in found.items() if where}


def _all(names: Sequence[str], aliases: Sequence[str]) -> tuple[int, ...]:
    return tuple(names.index(alias) for alias in aliases if alias in names)


def _plain(name: str) -> str:
    bare = _IN_BRACKETS.sub("", unicodedata.normalize("NFKC", name).lower())
    return "".join(char for char in bare if char.isalnum())
