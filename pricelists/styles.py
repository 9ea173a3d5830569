"""A workbook without its looks: programs write fills and fonts that openpyxl does not take."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

_STYLES = "xl/styles.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PLAIN_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">%s'
    "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills>"
    "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>%s"
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def without_looks(data: bytes) -> bytes | None:
    """The same XLSX file, of its styles only the number formats; None where it has none to read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _number_formats(archive.read(_STYLES))
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as simpler:
                for part in archive.infolist():
                    kept = styles if part.filename == _STYLES else archive.read(part)
                    simpler.writestr(part.filename, kept)
        return file.getvalue()
    except Exception:  # whatever is wrong with it, it is no better without its looks
        return None


def _number_formats(styles: bytes) -> bytes:
    root = ElementTree.fromstring(styles)
    formats = "".join(
        ElementTree.tostring(each, encoding="unicode") for each in root.iter(f"{{{_MAIN}}}numFmts")
    )
    cells = "".join(
        f'<xf numFmtId="{int(xf.get("numFmtId", "0"))}"/>'
        for xfs in root.iter(f"{{{_MAIN}}}cellXfs")
        for xf in xfs.iter(f"{{{_MAIN}}}xf")
    )
    return (_PLAIN_STYLES % (formats, f"<cellXfs>{cells}</cellXfs>")).encode()
