"""Whatever the conversation says, Kakao takes it."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from benchmarks.stand_ins.kakao.platform import check
from bot.channels.kakao import pages as stored
from bot.channels.kakao.limits import length, pieces, shorten
from bot.channels.kakao.response import Renderer, SkillAnswer
from bot.sentences import sentences
from bot.talk.types import Choice, Document, Reply
from lookup.types import Offer
from tests.examples import examples

TEXTS = st.one_of(
    st.text(max_size=60),
    st.integers(1, 60).map(lambda times: "👟 한글로 길게 이어지는 말\n입니다. " * times),
    st.integers(1, 3000).map(lambda size: "가" * size),
)
URLS = st.one_of(
    st.sampled_from(["", "javascript:alert(1)", "https://shop.example/신발?a=1 2", "http://", "x"]),
    st.text(max_size=30).map(lambda text: f"https://shop.example/{text}"),
    st.integers(0, 3000).map(lambda size: "https://shop.example/" + "a" * size),
)
CHOICES = st.builds(
    Choice,
    TEXTS,
    st.one_of(st.just(""), st.integers(0, 400).map(lambda n: f"set:{n}:0.41.ab")),
    URLS,
)
OFFERS = st.builds(Offer, TEXTS, st.integers(1, 10**12), URLS, TEXTS, URLS)
REPLIES = st.builds(
    Reply,
    text=TEXTS,
    rows=st.lists(st.lists(CHOICES, max_size=8).map(tuple), max_size=4).map(tuple),
    code=st.one_of(st.just(""), TEXTS),
    toast=st.text(max_size=80),
    offers=st.lists(OFFERS, max_size=7).map(tuple),
    document=st.one_of(st.none(), st.just(Document("codes.csv", "text/csv", b"a,b"))),
)
URL = "https://shop.example/x"
ANSWERS = st.builds(SkillAnswer, REPLIES, URLS, URLS)


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@settings(max_examples=examples(40), deadline=None, suppress_health_check=SLOW)
@example([SkillAnswer(Reply("", code=" "), URL, URL)], "ko", False, False)  # nothing shows
@given(st.lists(ANSWERS, max_size=3), st.sampled_from(["ko", "en"]), st.booleans(), st.booleans())
def test_every_page_of_any_answer_is_taken(
    answers: list[SkillAnswer], language: str, album: bool, pictures: bool
) -> None:
    spare = "https://bot.example/kakao/shoe.png" if pictures else ""
    renderer = Renderer(sentences(language), 2**62, spare)
    made = renderer.album([[answer] for answer in answers]) if album else renderer.pages(answers)
    pages = stored.load(stored.dump(made))
    assert pages == made
    reached = {0}
    for page in pages:
        check(page.response([renderer.result_option()]).wire())
        assert len(page.options) <= 10
        turns = [o.data for o in page.options if o.data.startswith("kpage:")]
        reached |= {int(data.rpartition(":")[2]) for data in turns}
    assert reached == set(range(len(pages)))


@settings(max_examples=examples(25), deadline=None, suppress_health_check=SLOW)
@given(st.lists(st.lists(CHOICES, max_size=8).map(tuple), max_size=4).map(tuple))
@example(((Choice(":", "set:0:0.41.ab"), Choice(":", "set:1:0.41.ab")),))
def test_every_choice_can_be_pressed_and_said(rows: tuple[tuple[Choice, ...], ...]) -> None:
    pages = Renderer(sentences("ko"), 1).pages([SkillAnswer(Reply("?", rows))])
    options = stored.options_of(pages)
    wanted = {c.data for row in rows for c in row if c.data and c.label.strip()}
    assert wanted <= {option.data for option in options}
    for option in options:
        assert stored.chosen(options, option.says), option


@given(st.text(max_size=300), st.integers(2, 60))
def test_shortened_texts_fit_and_begin_alike(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert length(short) <= limit
    if short != text.strip():
        assert text.strip().startswith(short.removesuffix("…"))


def test_texts_are_cut_between_words() -> None:
    assert shorten("Cushioned running shoe black", 20) == "Cushioned running…"
    assert shorten("신발 태그 사진을 보내 주세요", 9) == "신발 태그…"
    assert shorten("DD1391-100", 14) == "DD1391-100"
    assert shorten("👟" * 10, 5) == "👟👟…"


def test_a_long_text_is_parted_not_lost() -> None:
    text = "\n".join(f"{number}. 문장 하나가 여기에 있어요." for number in range(120))
    parts = pieces(text, 1000, 5)
    assert "\n".join(parts) == text
    assert all(length(part) <= 1000 for part in parts)
