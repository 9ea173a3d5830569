"""The link that always works: Naver Shopping's own search page, no key needed."""

from __future__ import annotations

from urllib.parse import quote, urlencode

SEARCH_PAGE = "https://search.shopping.naver.com/search/all"


def naver_link(code: str) -> str:
    """The address a person opens to see Naver's prices for `code` in a browser. Never raises."""
    query = urlencode({"query": code.strip()}, errors="replace", quote_via=quote)
    return f"{SEARCH_PAGE}?{query}"
