"""Spreadsheets as programs save them, made for a test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook

HEADER: list[object] = ["code", "name", "price"]

Rows = Sequence[Sequence[object]]


def book(
    *sheets: Rows,
    names: Sequence[str] = (),
    hidden: Mapping[int, str] | None = None,
    formats: Mapping[str, str] | None = None,
) -> bytes:
    """An XLSX file with these sheets' rows.

    `hidden` are states of sheets by their place, `formats` number formats by cell of the first one.
    """
    made = Workbook()
    made.remove(made.worksheets[0])
    for place, rows in enumerate(sheets):
        page = made.create_sheet(names[place] if names else f"Sheet{place + 1}")
        for row in rows:
            page.append(list(row))
        page.sheet_state = (hidden or {}).get(place, "visible")
    for cell, shown in (formats or {}).items():
        made.worksheets[0][cell].number_format = shown
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def repacked(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same file with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return out.getvalue()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
