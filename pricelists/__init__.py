"""Price lists as shops save them: a file in, rows and what is wrong with others out. Pure."""

from pricelists.errors import PriceListError
from pricelists.reading import read_bytes, read_list
from pricelists.types import BadRow, CatalogueRow, PriceList

__all__ = ["BadRow", "CatalogueRow", "PriceList", "PriceListError", "read_bytes", "read_list"]
