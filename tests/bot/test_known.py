"""Codes that somebody knows are preferred, and 0/O, 1/I are asked about with both offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.talk.photo.doubts import fits, twin_place, variants
from bot.talk.photo.known import KNOWN_FACTOR, asked_twin, weighed, with_twin
from storage.types import Alternatives, StoredCandidate
from stylecode.witness import SURE_READING
from tests.bot.room import MINSU, Room
from tests.bot.test_witnesses import LENA
from tests.fakes.reader import reading


def read(
    code: str, confidence: float, doubts: Mapping[int, Alternatives] | None = None
) -> StoredCandidate:
    places: list[Alternatives] = [((char, 0.99),) for char in code]
    for place, alternatives in (doubts or {}).items():
        places[place] = alternatives
    return StoredCandidate(code, confidence, None, tuple(places))


EIGHT = {8: (("3", 0.7), ("8", 0.25))}


async def test_a_corrected_code_is_offered_next_time_and_first_once_two_people_said_it(
    room: Room,
) -> None:
    room.reader.default = reading("DD1391-100", confidence=0.5)
    await room.photo(MINSU)
    await room.text("DD1341-100", MINSU)
    await room.photo(LENA)
    assert [each.code for each in room.row.candidates] == ["DD1391-100", "DD1341-100"]
    await room.press("pick:2:1", LENA)  # offered now: one tap
    assert (await room.photo()).last.code == "DD1341-100"
    for each in room.row.candidates:
        assert len(each.alternatives) == len(each.code)
        assert all(
            listed[0][0] == char for char, listed in zip(each.code, each.alternatives, strict=True)
        )


async def test_a_code_in_the_price_list_comes_in(room: Room) -> None:
    room.catalogue.codes.add("DD1391-180")
    room.reader.default = reading("DD1391-130", confidence=0.4)
    candidate = room.reader.default.reading.candidates[0]
    places = (*candidate.alternatives[:8], EIGHT[8], *candidate.alternatives[9:])
    object.__setattr__(candidate, "alternatives", places)
    assert (await room.photo()).last.code == "DD1391-180"


async def test_only_typed_or_unasked_codes_are_not_known(room: Room) -> None:
    await room.text("DD1341-100", MINSU)
    room.reader.default = reading("DD1391-100", confidence=0.5)
    await room.photo()
    assert [each.code for each in room.row.candidates] == ["DD1391-100"]


def test_a_known_code_weighs_more_by_its_odds() -> None:
    first, second = read("FU9006", 0.5), read("FU9008", 0.2)
    raised = weighed((first, second), (), {"FU9008": KNOWN_FACTOR})
    assert [each.code for each in raised] == ["FU9008", "FU9006"]
    whole = sum(each.confidence for each in raised)
    assert whole < 1.0
    assert raised[0].confidence / raised[1].confidence == KNOWN_FACTOR * 0.2 / 0.5


def test_a_sure_reading_keeps_its_place() -> None:
    first, near = read("FU9006", 0.95), read("FU9008", 0.9)
    raised = weighed((first,), (near,), {"FU9008": KNOWN_FACTOR})
    assert raised[0].code == "FU9006"
    assert raised[0].confidence < SURE_READING  # but it is asked now


def test_nothing_known_changes_nothing() -> None:
    found = (read("FU9006", 0.5), read("FU9008", 0.2))
    assert weighed(found, (), {}) == found


def test_variants_keep_the_brands_shape_and_come_by_likelihood() -> None:
    base = read("DD1391-130", 0.6, EIGHT)
    made = variants(base, 40)
    assert made[0].code == "DD1391-180"
    assert all(fits(each.code, base.code) for each in made)
    assert not [each for each in made if "I" in each.code[2:] or "O" in each.code[2:]]
    assert made[0].alternatives[8][0] == ("8", 0.25)
    assert made[0].confidence < base.confidence


@given(st.text("ABDGIO0123568Z-. /", min_size=1, max_size=24), st.floats(0.0, 1.0))
def test_variants_of_anything_are_bounded_and_aligned(code: str, confidence: float) -> None:
    for base in (StoredCandidate(code, confidence), read(code, confidence)):
        made = variants(base, 40)
        assert len(made) <= 40
        for each in made:
            assert len(each.code) == len(code)
            assert len(each.alternatives) == len(base.alternatives)
            assert each.confidence <= confidence


ZERO = {1: (("0", 0.6), ("O", 0.4))}


def test_a_twin_is_offered_where_the_shape_leaves_it_open() -> None:
    # adidas has codes of one letter and five digits, and of two letters and four.
    first = read("I01234", 0.6, ZERO)
    pair = with_twin((first, read("I01284", 0.1)), ())
    assert [each.code for each in pair] == ["I01234", "IO1234", "I01284"]
    assert asked_twin(pair) == 1


def test_a_twin_is_not_offered_where_the_shape_decides() -> None:
    first = read("DD1391-100", 0.6, {8: (("0", 0.6), ("O", 0.4))})
    assert with_twin((first,), ()) == (first,)


def test_a_twin_is_not_offered_where_one_is_known_and_the_reader_sees_it() -> None:
    first = read("I01234", 0.6, {1: (("0", 0.95), ("O", 0.03))})
    assert len(with_twin((first,), ())) == 2
    assert with_twin((first,), {"I01234"}) == (first,)


def test_a_sure_reading_is_not_asked_about_its_zero() -> None:
    first = read("I01234", 0.95, {1: (("0", 0.99), ("O", 0.01))})
    assert with_twin((first,), ()) == (first,)


def test_a_barcodes_code_has_no_twin() -> None:
    first = StoredCandidate("I01234", 0.5, witnesses=2)
    assert with_twin((first,), ()) == (first,)


def test_twins_differ_in_one_place_only() -> None:
    assert twin_place("IO1234", "I01234") == 1
    assert twin_place("IO1234", "IO1284") is None
    assert twin_place("IO1O34", "I01034") is None
    assert twin_place("IO1234", "IO123") is None


async def test_both_spellings_stand_beside_each_other(room: Room) -> None:
    room.reader.default = reading("I01234", confidence=0.6)
    candidate = room.reader.default.reading.candidates[0]
    places = (candidate.alternatives[0], ZERO[1], *candidate.alternatives[2:])
    object.__setattr__(candidate, "alternatives", places)
    replies = await room.photo(MINSU)
    assert "2번째 글자가 숫자 0인지 영문자 O인지" in replies.text
    assert [(c.label, c.data) for c in replies.last.rows[0]] == [
        ("✓ I01234", "confirm:1"),
        ("✓ IO1234", "pick:1:1"),
    ]
    await room.press("pick:1:1", MINSU)
    assert (room.row.code, room.row.taps) == ("IO1234", 1)


async def test_known_codes_are_those_that_a_person_confirmed_for_a_photo(room: Room) -> None:
    await room.text("FU9006")
    assert await room.interactions.known_codes(["FU9006"]) == {}
    await room.photo()
    await room.press(f"confirm:{room.row.id}")
    await room.photo(MINSU)
    await room.press(f"confirm:{room.row.id}", MINSU)
    known = await room.interactions.known_codes(["dd1391100", "FU9006"])
    assert known == {"dd1391100": 2}


class Shops:
    """Price sources that sell some codes; `asked` is what they were asked for."""

    def __init__(self, *sold: str) -> None:
        self.sold = sold
        self.asked: list[str] = []

    async def knows(
        self, codes: Sequence[str], deadline_s: float | None = None
    ) -> dict[str, bool | None]:
        assert deadline_s is not None
        self.asked += codes
        return {code: True if code in self.sold else None for code in codes}


async def test_a_code_on_sale_is_preferred_for_a_doubtful_reading(room: Room) -> None:
    room.checker = shops = Shops("DD1391-108")
    room.restart()
    room.reader.default = reading("DD1391-100", "DD1391-108", confidence=0.5)
    assert (await room.photo()).last.code == "DD1391-108"
    assert shops.asked[:2] == ["DD1391-100", "DD1391-108"]
    assert len(shops.asked) <= 4


async def test_shops_are_not_asked_where_the_reading_is_sure_or_the_code_known(room: Room) -> None:
    room.checker = shops = Shops()
    room.restart()
    await room.photo()
    room.catalogue.codes.add("DD1391-100")
    room.reader.default = reading("DD1391-100", confidence=0.5)
    await room.photo()
    assert not shops.asked
