"""A strict stand-in for 11번가's OPEN API: product search in XML, in EUC-KR."""

from __future__ import annotations

import zlib
from xml.sax.saxutils import escape

from aiohttp import web

from benchmarks.stand_ins.price_service import FakeService
from lookup.sources.elevenst import ElevenStreetSettings

ELEVENST_KEY = "fake11st0123456789abcdef"
_ELEVENST_PARAMETERS = {"key", "apiCode", "keyword", "pageNum", "pageSize", "sortCd", "option"}
DECLARATION = '<?xml version="1.0" encoding="euc-kr" standalone="yes"?>\n'

ELEVENST_ERRORS = {
    "bad_key": (200, "001", "등록되지 않은 API KEY 입니다."),
    "expired": (200, "002", "만료된 인증키입니다."),
    "unauthorized": (401, "001", "인증에 실패하였습니다."),
    "forbidden": (403, "003", "접근 권한이 없습니다."),
    "quota": (200, "004", "일일 호출 한도를 초과하였습니다."),
    "quota_429": (429, "004", "일일 호출 한도를 초과하였습니다."),
    "per_second": (429, "005", "초당 호출 건수를 초과하였습니다."),
    "wrong": (400, "100", "필수 파라미터가 없습니다."),
    "broken": (500, "900", "시스템 오류"),
    "broken_200": (200, "900", "시스템 오류가 발생하였습니다."),
}


def product(name: str, price: str, sale: str | None = None, **fields: str) -> str:
    """A `Product` as the service lays it out."""
    number = str(abs(hash_of(name + price)))
    values = {
        "ProductCode": number,
        "ProductName": name,
        "ProductPrice": price,
        "ProductImage": f"https://cdn.011st.com/11dims/{number}.jpg",
        "Seller": "shoes01",
        "SellerNick": "신발나라",
        "SellerGrd": "1",
        "Rating": "5",
        "DetailPageUrl": f"https://www.11st.co.kr/product/SellerProductDetail.tmall?prdNo={number}&trTypeCd=21",
        "SalePrice": price if sale is None else sale,
        "Delivery": "무료",
    } | fields
    inner = "".join(f"<{key}>{_value(key, value)}</{key}>" for key, value in values.items())
    return f"<Product>{inner}</Product>"


def hash_of(text: str) -> int:
    """A number that is the same in each run."""
    return zlib.crc32(text.encode())


def _value(key: str, value: str) -> str:
    return f"<![CDATA[{value}]]>" if key == "ProductName" else escape(value)


def answer(products: list[str], encoding: str = "cp949") -> bytes:
    """A whole answer in the service's encoding."""
    text = (
        f"{DECLARATION}<ProductSearchResponse><Request><Arguments>"
        "<Argument name='keyword'/></Arguments></Request><Products>"
        f"<TotalCount>{len(products)}</TotalCount>{''.join(products)}</Products>"
        "</ProductSearchResponse>"
    )
    return text.encode(encoding)


ELEVENST_DUNKS = [
    product("나이키 덩크 로우 레트로 DD1391-100", "149000", "129,000원"),
    product("[나이키] 덩크 로우 판다 DD1391-100 뷁", "119000"),
    product("나이키 덩크 로우 DD1391-101", "89000"),
    product("나이키 덩크 DD1391-100 운동화끈", "2900"),
]


class FakeElevenStreet(FakeService):
    """`products` are what every question finds."""

    kind = ElevenStreetSettings
    path = "/openapi/OpenApiService.tmall"
    media_type = "text/xml; charset=euc-kr"

    def __init__(self) -> None:
        super().__init__()
        self.products = list(ELEVENST_DUNKS)

    def settings(self, **values: object) -> ElevenStreetSettings:
        return ElevenStreetSettings.made(**{"key": ELEVENST_KEY, "url": self.url, **values})

    def code(self, request: web.Request) -> str:
        return request.query.get("keyword", "")

    def refused(self, request: web.Request) -> str:
        query = request.query
        if query.get("key") != ELEVENST_KEY:
            return "bad_key"
        wrong = (
            set(query) - _ELEVENST_PARAMETERS
            or len(query) != len(set(query))
            or query.get("apiCode") != "ProductSearch"
            or not query.get("keyword", "").strip()
            or not int(query.get("pageNum", "1")) >= 1
            or not 1 <= int(query.get("pageSize", "20")) <= 200
            or query.get("sortCd", "CP") not in {"CP", "A", "G", "I", "L", "H", "N"}
        )
        return "wrong" if wrong else ""

    def found(self, code: str) -> bytes:
        return answer(self.products)

    def error(self, name: str) -> tuple[int, bytes]:
        status, code, message = ELEVENST_ERRORS[name]
        text = (
            f"{DECLARATION}<ErrorResponse><ErrorCode>{code}</ErrorCode>"
            f"<ErrorMessage><![CDATA[{message}]]></ErrorMessage></ErrorResponse>"
        )
        return status, text.encode("euc-kr")
