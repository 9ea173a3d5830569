"""Which column of a price list is which: by its header, in English or Korean. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from storage.errors import CatalogueError

# As compared: lower case, without blanks, signs and what stands in brackets ("판매가(원)").
_COLUMN_NAMES = {
    "code": ("code", "stylecode", "품번", "상품코드", "모델번호", "스타일코드", "스타일번호"),
    "name": ("name", "상품명", "이름", "제품명", "품명"),
    "price": ("price", "pricewon", "가격", "판매가", "판매가격", "판매금액"),
    "url": ("url", "link", "주소", "링크", "상품url", "상품주소", "상품링크"),
    "image": ("image", "imageurl", "이미지", "이미지url", "이미지주소"),
    "in_stock": ("instock", "stock", "재고", "재고여부", "재고수량", "재고상태"),
}
_NEEDED_COLUMNS = ("code", "name", "price")
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def places(header: Sequence[str]) -> dict[str, int]:
    """Where each column stands. Raises `CatalogueError` where a needed one is missing."""
    names = [_plain(name) for name in header]
    found = {
        column: names.index(alias)
        for column, aliases in _COLUMN_NAMES.items()
        for alias in reversed(aliases)
        if alias in names
    }
    missing = [column for column in _NEEDED_COLUMNS if column not in found]
    if missing:
        raise CatalogueError(
            f"the catalogue's first line must name the columns {', '.join(_NEEDED_COLUMNS)}"
            f" (and may name url, image, in_stock); missing: {', '.join(missing)}"
        )
    return found


def _plain(name: str) -> str:
    bare = _IN_BRACKETS.sub("", unicodedata.normalize("NFKC", name).lower())
    return "".join(char for char in bare if char.isalnum())
