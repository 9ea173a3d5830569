"""Which of the spans in a text are the codes that its writer means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from stylecode.grammar.normalise import display
from stylecode.grammar.pieces import key
from stylecode.tag.labels import Label, label_before, skeleton
from stylecode.typed.bare import LONGEST
from stylecode.typed.names import is_a_word
from stylecode.typed.seen import upper
from stylecode.typed.spans import Span, TypedRun, as_typed, is_size, settled
from stylecode.typed.types import Kind, Part, TypedCode

_KOREAN_LABEL = re.compile(
    r"(?:품번|모델명|모델 ?번호|(?:상품|제품|스타일) ?(?:코드|번호)|품목 ?번호|스타일)"
    r" ?(?:[:=#.]|은|는|이|가|이랑)? ?$"
)
_SEASON = re.compile(r"(?:SS|FW|AW|SP|SU|FA)20[0-3][0-9]")
_LEAST_WORD = 3
_TIES = frozenset("-/")


@dataclass(frozen=True, slots=True)
class Ground:
    """A text and what is known of it. `strict`: digits need a brand or a label (addresses)."""

    text: str
    parts: Sequence[Part]
    named: frozenset[str]
    runs: Sequence[TypedRun]
    strict: bool = False
    clear: list[Span] = field(default_factory=list)  # codes that nothing has to speak for


def labelled(text: str, start: int) -> bool:
    """Whether a label stands in front of a place in a text in capitals."""
    before = text[max(0, start - 24) : start]
    label, _ = label_before(skeleton(before), before)
    return label is Label.GOOD or _KOREAN_LABEL.search(before) is not None


def chosen(ground: Ground) -> list[tuple[Span, TypedCode]]:
    """The codes in the order of the text."""
    spans = list(as_typed(ground.runs, ground.named))
    ground.clear.extend(span for span in spans if not _weak(span) and _stands(ground, span))
    found = [span for span in spans if _stands(ground, span)]
    kept = _apart(ground, found)
    alike = [] if ground.strict else list(settled(ground.runs))
    for span in sorted(alike, key=lambda span: (-(span.end - span.start), span.changed)):
        if _touched(ground, span) or not all(_within(ground, one, span) for one in kept):
            continue
        kept = {one: typed for one, typed in kept.items() if not one.overlaps(span)}
        kept[span] = display(ground.text[span.start : span.end])
    ordered = sorted(kept.items(), key=lambda pair: pair[0].start)
    return [(span, TypedCode(span.code, typed)) for span, typed in ordered]


def _within(ground: Ground, one: Span, span: Span) -> bool:
    """Whether a code leaves room for one with look-alikes: beside it, or as its first part."""
    return not one.overlaps(span) or (one.start == span.start and one.end < span.end)


def _apart(ground: Ground, found: Sequence[Span]) -> dict[Span, str]:
    """Spans that take no character of each other, the longest first, and how else each is meant."""
    kept: dict[Span, str] = {}
    for span in sorted(found, key=lambda span: -(span.end - span.start)):
        if any(span.overlaps(other) for other in kept):
            continue
        shorter = _before_size(ground, span, found)
        if shorter is None:
            kept[span] = _whole(ground, span)
        else:
            kept[shorter] = ""
    return kept


def _before_size(ground: Ground, span: Span, found: Sequence[Span]) -> Span | None:
    """The code in a span whose last number is likelier the size behind it."""
    last = ground.runs[span.last]
    if not span.spaced or not is_size(last) or _sized(ground, span):
        return None
    for other in found:
        if other.first == span.first and other.last == span.last - 1:
            told = not ground.named.isdisjoint(span.shape.brands)
            return None if told and ground.named.isdisjoint(other.shape.brands) else other
    return None


def _sized(ground: Ground, span: Span) -> bool:
    """Whether another size stands right behind."""
    return any(
        part.kind is Kind.SIZE
        and part.start >= span.end
        and not any(map(str.isalnum, ground.text[span.end : part.start]))
        for part in ground.parts
    )


def _stands(ground: Ground, span: Span) -> bool:
    if _covered(ground, span) or (span.spaced and _taken(ground, span)):
        return False
    if _SEASON.fullmatch(span.code):
        return all(other == span for other in ground.clear) and _only(ground, span)
    return not _weak(span) or _borne_out(ground, span)


def _weak(span: Span) -> bool:
    return span.shape.needs_name or span.shape.numeric


def _covered(ground: Ground, span: Span) -> bool:
    """Whether all of a span says something else."""
    return any(
        part.start <= span.start and span.end <= part.end
        for part in ground.parts
        if part.kind is not Kind.SIZE
    )


def _touched(ground: Ground, span: Span, but: Kind | None = None) -> bool:
    """Whether a part of a span says something else, of whichever kind `but` one."""
    return any(
        part.start < span.end and span.start < part.end
        for part in ground.parts
        if part.kind is not but
    )


def _taken(ground: Ground, span: Span) -> bool:
    """Whether the last run of a span belongs to a price, a longer size or the like."""
    last = ground.runs[span.last]
    for part in ground.parts:
        if part.start < last.end and last.start < part.end:
            mere = part.kind is Kind.SIZE and (part.start, part.end) == (last.start, last.end)
            if not mere:
                return True
    return False


def _borne_out(ground: Ground, span: Span) -> bool:
    """Whether something speaks for digits: brand, label, a separator, or nothing beside them."""
    if not ground.named.isdisjoint(span.shape.brands) or labelled(upper(ground.text), span.start):
        return True
    if _touched(ground, span, but=Kind.SIZE) or _goes_on(ground, span):
        return False
    typed = ground.text[span.start : span.end]
    if ground.strict:
        return typed == ground.text.strip() and not (span.spaced or typed.isdigit())
    mixed = span.first == span.last and not typed.isdigit()
    return mixed or (not span.spaced and not typed.isdigit()) or _only(ground, span)


def _goes_on(ground: Ground, span: Span) -> bool:
    """Whether more digits are tied to a span, as in the numbers of accounts."""
    first, last = span.first, span.last
    tied = []
    if first and _between(ground, first - 1) in _TIES:
        tied.append(ground.runs[first - 1])
    if last + 1 < len(ground.runs) and _between(ground, last) in _TIES:
        tied += [run for run in ground.runs[last + 1 : last + 2] if not is_size(run)]
    return any(any(char.isdigit() for char in run.text) for run in tied)


def _between(ground: Ground, at: int) -> str:
    """What is typed between a run and the next."""
    return ground.text[ground.runs[at].end : ground.runs[at + 1].start]


def _only(ground: Ground, span: Span) -> bool:
    """Whether all else is words, sizes and the like, and codes on other lines."""
    beside: tuple[Part | Span, ...] = (*ground.parts, *_on_other_lines(ground, span))
    others = (run for run in ground.runs if run.end <= span.start or run.start >= span.end)
    return all(
        is_a_word(run.text)
        or any(each.start <= run.start and run.end <= each.end for each in beside)
        for run in others
    )


def _on_other_lines(ground: Ground, span: Span) -> list[Span]:
    """Codes that a line parts from a span: it is one of a list, then."""
    text = ground.text
    return [
        other
        for other in ground.clear
        if "\n" in text[min(other.end, span.end) : max(other.start, span.start)]
    ]


def _whole(ground: Ground, span: Span) -> str:
    """What a code is tied to by dashes, where that may be a code, too; else ""."""
    first, last = span.first, span.last
    runs, text = ground.runs, ground.text
    while first and _between(ground, first - 1) in {"-", "_"}:
        first -= 1
    while last + 1 < len(runs) and _between(ground, last) in {"-", "_"}:
        last += 1
    beside = [*runs[first : span.first], *runs[span.last + 1 : last + 1]]
    if not beside or ground.strict or all(_no_part(ground, run) for run in beside):
        return ""
    if any(run.text.isalpha() and len(run.text) > _LEAST_WORD for run in beside):
        return ""
    whole = text[runs[first].start : runs[last].end]
    return display(whole) if len(key(whole)) <= LONGEST else ""


def _no_part(ground: Ground, run: TypedRun) -> bool:
    sized = any(part.start <= run.start and run.end <= part.end for part in ground.parts)
    return sized or is_size(run) or is_a_word(run.text) or len(run.text) == 1
