"""A person's past as a file: CSV for spreadsheets, JSON with all that is kept.

Rows are read page by page and written at once, newest first; a file holds at most `MAX_ROWS` of
them and about `MAX_FILE_BYTES`. What does not fit is said.
"""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Iterable
from unicodedata import category, normalize

from bot.sentences import Sentences
from bot.talk.desk import KST, Desk, Turn
from bot.talk.errors import BadButton
from bot.talk.kept import person_as_json
from bot.talk.past.export_json import JsonRows
from bot.talk.past.history import Wanted, wanted_by
from bot.talk.types import Document, Reply
from storage.tables.kept import Kept
from storage.types import Interaction, Status, StoredOffer, StoredQuote
from stylecode import brand_of

MAX_ROWS = 10_000
MAX_FILE_BYTES = 8_000_000
_PAGE_ROWS = 200
_FORMULA = ("=", "+", "-", "@", "−")
_READ_OVER = frozenset({"Cf", "Cc", "Mn", "Me", "Zs"})  # spreadsheets read over them
_STATUSES = {
    Status.READ: "status-read",
    Status.NONE_FOUND: "status-none-found",
    Status.CONFIRMED: "status-confirmed",
    Status.PICKED: "status-picked",
    Status.EDITED: "status-edited",
    Status.TYPED: "status-typed",
    Status.REFUSED: "status-refused",
    Status.FAILED: "status-failed",
}
_CSV_COLUMNS = (
    "column-time",
    "column-code",
    "column-brand",
    "column-status",
    "column-photo",
    "column-price",
    "column-lowest",
    "column-mall",
    "column-link",
    "column-sizes",
    "column-colour",
    "column-origin",
    "column-barcodes",
)

Quotes = tuple[StoredQuote, ...]


async def export_command(desk: Desk, turn: Turn, argument: str) -> None:
    """`/export`, `/export csv`, `/export json`; without a known format CSV."""
    kind = "json" if argument.strip().lower().startswith("json") else "csv"
    await _export(desk, turn, kind, Wanted())


async def export_pressed(desk: Desk, turn: Turn, argument: str) -> None:
    """A button under the history: a format, and the search that it stands under."""
    kind, _, search = argument.partition(".")
    if kind not in {"csv", "json"}:
        raise BadButton("no such format")
    await _export(desk, turn, kind, await wanted_by(desk, turn, search))


async def _export(desk: Desk, turn: Turn, kind: str, wanted: Wanted) -> None:
    await turn.replies.working()
    kept = await _kept(desk, turn) if kind == "json" else Kept()
    person = person_as_json(turn.who.channel, kept, desk.clock())
    writer = JsonRows(person) if kind == "json" else _Csv(turn.say)
    cut = False
    async for row, quotes in _rows(desk, turn, wanted):
        if writer.rows >= MAX_ROWS or (writer.rows and writer.size >= MAX_FILE_BYTES):
            cut = True
            break
        writer.add(row, quotes)
    if not writer.rows and (wanted.number or kept == Kept()):
        key = "search-empty" if wanted.number else "export-empty"
        await turn.replies.send(Reply(turn.say(key, **_term(wanted))))
        return
    name = f"pumbeon-{desk.clock().astimezone(KST):%Y-%m-%d}.{kind}"
    text = turn.say("export-done", rows=writer.rows, name=name)
    if cut:
        text = f"{text}\n{turn.say('export-cut', rows=writer.rows)}"
    document = Document(name, writer.media_type, writer.finished(cut))
    await turn.replies.send(Reply(text, document=document))


def _term(wanted: Wanted) -> dict[str, str]:
    return {"term": wanted.term} if wanted.number else {}


async def _rows(
    desk: Desk, turn: Turn, wanted: Wanted
) -> AsyncIterator[tuple[Interaction, Quotes]]:
    """All that fits, newest first, never more than a page in memory."""
    before: int | None = None
    while True:
        rows = await desk.interactions.rows_before(turn.who, before, _PAGE_ROWS, wanted.search)
        quotes = await desk.interactions.quotes_of([row.id for row in rows])
        for row in rows:
            yield row, quotes.get(row.id, ())
        if len(rows) < _PAGE_ROWS:
            return
        before = rows[-1].id


async def _kept(desk: Desk, turn: Turn) -> Kept:
    if desk.memory.kept is not None:
        return await desk.memory.kept.of(turn.who)
    language, consent = await desk.people.language(turn.who), await desk.people.consent(turn.who)
    return Kept(language, consent)


class _Csv:
    """Rows that show a code, one line each; what else was sent is no line."""

    media_type = "text/csv"

    def __init__(self, say: Sentences) -> None:
        self.rows = 0
        self._say = say
        # With a byte order mark, without which spreadsheets take Korean for another encoding.
        self._bytes = io.BytesIO()
        self._text = io.TextIOWrapper(self._bytes, "utf-8-sig", newline="", write_through=True)
        self._writer = csv.writer(self._text)
        self._writer.writerow([say(column) for column in _CSV_COLUMNS])

    @property
    def size(self) -> int:
        return self._bytes.tell()

    def add(self, row: Interaction, quotes: Quotes) -> None:
        if row.shown_code is None:
            return
        self.rows += 1
        self._writer.writerow([_safe(cell) for cell in self._cells(row, row.shown_code, quotes)])

    def _cells(self, row: Interaction, code: str, quotes: Quotes) -> Iterable[str | int]:
        lowest = _lowest(quotes)
        return (
            f"{row.created_at.astimezone(KST):%Y-%m-%d %H:%M}",
            code,
            row.fields.brand or brand_of(code),
            self._say(_STATUSES[row.status]),
            self._say("cell-yes") if row.photo else self._say("cell-no"),
            "" if row.price_won is None else row.price_won,
            lowest.price_won if lowest else "",
            lowest.mall if lowest else "",
            lowest.link if lowest else "",
            ", ".join(f"{system} {size}".strip() for system, size in row.fields.sizes),
            row.fields.colour or "",
            row.fields.made_in or "",
            " ".join(barcode.text for barcode in row.barcodes),
        )

    def finished(self, cut: bool) -> bytes:
        self._text.flush()
        return self._bytes.getvalue()


def _lowest(quotes: Quotes) -> StoredOffer | None:
    offers = [offer for quote in quotes for offer in quote.offers if offer.comparable]
    return min(offers, key=lambda offer: offer.price_won, default=None)


def _safe(cell: str | int) -> str | int:
    """The cell as text in any spreadsheet: what would be a formula gets an apostrophe.

    So does what only looks otherwise: full-width and small signs, and what invisible characters
    stand before. Tabs and line breaks, with which a cell may begin one too, become spaces.
    """
    if isinstance(cell, int):
        return cell
    line = " ".join(cell.split())
    shown = next((char for char in line if category(char) not in _READ_OVER), "")
    return f"'{line}" if normalize("NFKC", shown).startswith(_FORMULA) else line
