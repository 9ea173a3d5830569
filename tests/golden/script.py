"""Reading and writing transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.talk.types import Choice, Reply

FOLDER = Path(__file__).parent
_ANSWER = re.compile(r"[<~|!]( |$)")
_PERSON = re.compile(r"@ (?P<name>\w+) (?P<language>\w+)")
_STAGE = re.compile(r"- (?P<verb>price|sure|later|restart)(?: (?P<argument>.+))?")
_DEED = re.compile(
    r"(?P<name>\w+)> (?P<verb>photo|text|press) ?(?P<argument>.*?)"
    r"(?: of (?P<of>\w+))?(?: with “(?P<caption>.+)”)?"
)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a person does, or (without a name) that happens on the stage."""

    name: str
    verb: str
    argument: str
    of: str = ""  # whose button is pressed
    caption: str = ""  # of a photo, where the channel has any


@dataclass(slots=True)
class Script:
    """A transcript: its lines as they stand, and the steps among them by line number."""

    lines: list[str]
    people: dict[str, str] = field(default_factory=dict)  # names and languages
    steps: dict[int, Step] = field(default_factory=dict)
    answers: dict[int, list[str]] = field(default_factory=dict)  # lines of the answer to a step

    @property
    def captioned(self) -> bool:
        """Whether a photo comes with words: not every channel has that."""
        return any(step.caption for step in self.steps.values())


def scripts() -> list[Path]:
    """All transcripts."""
    return sorted(FOLDER.glob("*.txt"))


def parse(text: str) -> Script:
    """A transcript. Raises ValueError that names the line for what is no transcript."""
    script = Script(text.splitlines())
    step = -1
    for number, line in enumerate(script.lines):
        if _ANSWER.match(line):
            if step < 0:
                raise ValueError(f"line {number + 1}: an answer to nothing")
            script.answers[step].append(line)
        elif line.strip() and not line.startswith("#"):
            step = _take(script, number, line)
    return script


def _take(script: Script, number: int, line: str) -> int:
    if found := _PERSON.fullmatch(line):
        script.people[found["name"]] = found["language"]
        return -1
    if found := _STAGE.fullmatch(line):
        script.steps[number] = Step("", found["verb"], found["argument"] or "")
        return -1
    found = _DEED.fullmatch(line)
    if not found or {found["name"], found["of"] or found["name"]} - script.people.keys():
        raise ValueError(f"line {number + 1}: {line!r}")
    step = Step(
        found["name"], found["verb"], found["argument"], found["of"] or "", found["caption"] or ""
    )
    script.steps[number] = step
    script.answers[number] = []
    return number


def written(script: Script, answers: dict[int, list[str]]) -> str:
    """The transcript with these answers in place of its own."""
    lines: list[str] = []
    for number, line in enumerate(script.lines):
        if not _ANSWER.match(line):
            lines += [line, *answers.get(number, ())]
    return "\n".join(lines).rstrip("\n") + "\n"


def rendered(replies: Iterable[Reply], pressed: bool) -> list[str]:
    """The lines of an answer."""
    return [line for reply in replies for line in _rendered(reply, pressed)]


def _rendered(reply: Reply, pressed: bool) -> list[str]:
    lines = [f"! {reply.toast}"] if reply.toast else []
    if not reply.text:
        return lines
    first, *rest = reply.text.split("\n")
    lines.append(f"{'~' if reply.replaces and pressed else '<'} {first}".rstrip())
    lines += [f"| {line}".rstrip() for line in rest]
    beside = ["(picture)"] if reply.image else []
    beside += [f"(file {reply.document.name})"] if reply.document else []
    lines += [f"| {' '.join(beside)}"] if beside else []
    lines += [f"| {' '.join(map(_button, row))}" for row in reply.rows]
    return lines


def _button(choice: Choice) -> str:
    kind = "↗ " if choice.url else ""
    return f"[{kind}{choice.label}]"


def chosen(labels: Sequence[str], wanted: str) -> int | None:
    """Which of these labels is meant: the same, else the first that has it in it."""
    same = [place for place, label in enumerate(labels) if label == wanted]
    like = [place for place, label in enumerate(labels) if wanted in label]
    return next(iter([*same, *like]), None)
