from __future__ import annotations

import pytest

from benchmarks.taps import __main__ as taps
from benchmarks.taps.dialogues import SCENES, Dialogue, Scene
from benchmarks.taps.shopper import Lost
from recognizer.types import Candidate, TextRegion
from tests.fakes.reader import QUAD


def scene(name: str) -> Scene:
    found = next(each for each in SCENES if each.name == name)
    return Scene(found.kind, found.name, found.dialogues[:2])


async def test_taps_of_a_few_dialogues() -> None:
    names = ["sure, a shop sells it", "unsure", "not alike, not sold", "none found, typed"]
    found = await taps.measure([scene(name) for name in names])
    assert [each.taps for each in found] == [(0, 0), (1, 1), (4, 4), (1, 1)]
    told = taps.report(found)
    assert "| one wrong character | <= 4.0 | 4.00 | met, by 0.00" in told
    assert "| right reading       | <= 1.2 | 0.50 | met, by 0.70" in told


def test_a_target_that_is_not_met_is_said() -> None:
    told = taps.report(
        [taps.Taps(scene("unsure"), (1, 2)), taps.Taps(scene("not alike, sold"), (5,))]
    )
    assert told.count("not met, by") == 2


def test_every_wrong_reading_is_one_character_off() -> None:
    for each in SCENES:
        for dialogue in each.dialogues if each.kind == "one wrong character" else ():
            read = dialogue.read[0].code
            odd = [pair for pair in zip(read, dialogue.truth, strict=True) if pair[0] != pair[1]]
            assert len(odd) == 1


async def test_a_dialogue_that_never_ends_is_lost() -> None:
    read = Candidate("FU9006", 0.95, TextRegion(QUAD, 0.9), ())
    hopeless = Dialogue("FU", (read,))  # too short to be a code
    with pytest.raises(Lost, match="no price after 12 taps"):
        await taps.measure([Scene("right reading", "hopeless", (hopeless,))])
