"""Labelling over real HTTP and a real database."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.admin.labels import reason_told
from bot.sentences import LANGUAGES, sentences
from storage.label_types import PhotoLabel, PhotoVerdict
from storage.store import Store
from storage.types import Status, Who
from storage.worth import Doubt
from tests.admin.conftest import NewDesk
from tests.admin.desk import Answer, Desk
from tests.admin.given import JUN, NOW, OTHER, XSS, photo
from tests.fakes.reader import QUAD

HALF = [[0.25, 0.25], [0.75, 0.25], [0.75, 0.5], [0.25, 0.5]]


async def newest(store: Store, row: int) -> PhotoLabel:
    return (await store.labels.of(row))[-1]


async def opened(desk: Desk, path: str = "/admin/labels") -> Answer:
    """The page that an address leads to."""
    got = await desk.get(path)
    return await desk.get(got.headers["Location"]) if got.status == 303 else got


async def test_the_most_telling_photo_comes_first_with_all_that_speaks_for_it(
    operator: Desk, store: Store
) -> None:
    await photo(store, "DD1391-100", confidence=0.99)
    said = {"DD1391-100": ("DD1391-100", "DD1391-1OO"), "SIZE": ("SIZE", "SIZE")}
    doubted = await photo(
        store, "DD1391-100", "DD1391-108", said=said, status=Status.EDITED, code="DD1391-101"
    )
    led = await operator.get("/admin/labels")
    assert led.headers["Location"] == f"/admin/labels/{doubted.id}"
    page = await operator.get(led.headers["Location"])
    assert page.status == 200
    for words in (
        f"Photo #{doubted.id}",
        "2 photos wait",
        "The sender says otherwise",
        "The readers disagree",
        "The reading is unsure",
        "Corrected it DD1391-101",
        "DD1391-1OO",
        "60.0 %",
        "DD1391-108 30.0 %",
    ):
        assert words in page.words, words
    assert f'src="/admin/photos/{doubted.id}" width="320" height="240"' in page.text
    assert 'viewBox="0 0 320 240"' in page.text
    assert 'class="first" points="40,60 280,60 280,100 40,100"' in page.text
    assert 'points="40,140 200,140 200,170 40,170"' in page.text


async def test_a_word_is_kept_as_the_operators_and_the_next_photo_comes(
    operator: Desk, store: Store
) -> None:
    second = await photo(store, "DD1391-100", confidence=0.9)
    first = await photo(store, "CU4826-002", "CU4826-003")
    await opened(operator)
    got = await operator.say(f"/admin/labels/{first.id}", say="code:CU4826-003")
    assert (got.status, got.headers["Location"]) == (303, f"/admin/labels?said={first.id}")
    label = await newest(store, first.id)
    assert replace(label, created_at=NOW) == PhotoLabel(
        "kim", PhotoVerdict.CODE, NOW, "CU4826-003", OTHER, weak=False, evidence="admin"
    )
    page = await opened(operator, got.headers["Location"])
    assert f"Photo #{second.id}" in page.words
    assert f"Your label of photo #{first.id} is saved." in page.words
    got = await operator.say(f"/admin/labels/{second.id}", say="none")
    page = await opened(operator, got.headers["Location"])
    assert "No photo waits" in page.words
    assert f"Your label of photo #{second.id} is saved." in page.words


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"say": "code:DD1391-100"}, (PhotoVerdict.CODE, "DD1391-100", QUAD)),
        ({"say": "typed", "code": " dd1391 101 "}, (PhotoVerdict.CODE, "DD1391-101", None)),
        ({"say": "typed", "code": "DD1391100"}, (PhotoVerdict.CODE, "DD1391-100", QUAD)),
        (
            {"say": "code:DD1391-100", "quad": json.dumps(HALF)},
            (PhotoVerdict.CODE, "DD1391-100", ((80, 60), (240, 60), (240, 120), (80, 120))),
        ),
        ({"say": "none", "quad": json.dumps(HALF)}, (PhotoVerdict.NONE, None, None)),
        ({"say": "unreadable"}, (PhotoVerdict.UNREADABLE, None, None)),
    ],
)
async def test_what_can_be_said(
    operator: Desk,
    store: Store,
    fields: dict[str, str],
    kept: tuple[object, ...],
) -> None:
    row = await photo(store, "DD1391-100")
    await opened(operator)
    assert (await operator.say(f"/admin/labels/{row.id}", **fields)).status == 303
    label = await newest(store, row.id)
    assert (label.verdict, label.code, label.quad) == kept


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"say": "all"},
        {"say": "typed"},
        {"say": "typed", "code": " -./ "},
        {"say": "typed", "code": "A" * 41},
        {"say": "code:"},
        {"say": "code:DD1391-100", "quad": "[[0,0]]"},
        {"say": "code:DD1391-100", "quad": "{"},
        {"say": "code:DD1391-100", "quad": json.dumps([HALF[0], HALF[2], HALF[1], HALF[3]])},
        {"say": "code:DD1391-100", "quad": "[" * 5000},
    ],
)
async def test_what_says_nothing_is_not_kept(
    operator: Desk, store: Store, fields: dict[str, str]
) -> None:
    row = await photo(store, "DD1391-100")
    await opened(operator)
    got = await operator.say(f"/admin/labels/{row.id}", **fields)
    assert got.status == 400
    assert 'role="alert"' in got.text
    assert await store.labels.of(row.id) == ()


async def test_passed_over_photos_come_back_last(operator: Desk, store: Store) -> None:
    rows = [await photo(store, "DD1391-100", confidence=share) for share in (0.8, 0.7, 0.6)]
    seen, path = [], "/admin/labels"
    for _ in rows:
        page = await opened(operator, path)
        seen.append(next(row.id for row in rows if f"Photo #{row.id}" in page.words))
        path = page.text.split('id="skip" class="key" href="')[1].split('"')[0]
    assert seen == [row.id for row in reversed(rows)]
    page = await opened(operator, path)
    assert "No photo waits" in page.words and "skipped ones again" in page.words
    for odd in ("x", ",", "1,x", "9" * 400, "%00"):
        assert (await operator.get(f"/admin/labels?skip={odd}&said={odd}")).status == 303


async def test_two_operators_do_not_see_each_others_words_before_their_own(
    operator: Desk, new_desk: NewDesk, store: Store
) -> None:
    row = await photo(store, "DD1391-100")
    await opened(operator)
    await operator.say(f"/admin/labels/{row.id}", say="typed", code="DD1391-109")
    lee = await new_desk()
    await lee.sign_in(name="lee")
    page = await lee.get(f"/admin/labels/{row.id}")
    assert page.status == 200
    assert "DD1391-109" not in page.text
    peeking = await lee.get(f"/admin/labels/{row.id}?said={row.id}")
    assert "DD1391-109" not in peeking.text
    got = await lee.say(f"/admin/labels/{row.id}", say="code:DD1391-100")
    after = await opened(lee, got.headers["Location"])
    assert "kim : DD1391-109" in after.words
    assert "kim : DD1391-109" in (await lee.get(f"/admin/labels/{row.id}")).words
    third = await new_desk()  # the two contradict each other, so that it waits again
    await third.sign_in(name="park")
    assert "Labels contradict each other" in (await opened(third)).words


async def test_undoing_is_saying_something_else(operator: Desk, store: Store) -> None:
    row = await photo(store, "DD1391-100")
    await opened(operator)
    got = await operator.say(f"/admin/labels/{row.id}", say="none")
    after = await opened(operator, got.headers["Location"])
    assert f'href="/admin/labels/{row.id}"' in after.text
    page = await operator.get(f"/admin/labels/{row.id}")
    assert "kim : No code on it" in page.words
    await operator.say(f"/admin/labels/{row.id}", say="unreadable")
    assert (await newest(store, row.id)).verdict is PhotoVerdict.UNREADABLE
    assert len(await store.labels.of(row.id)) == 2  # nothing is overwritten


async def test_photos_without_consent_are_neither_shown_nor_labelled(
    operator: Desk, desk: Desk, store: Store
) -> None:
    row = await photo(store, "DD1391-100")
    got = await operator.get(f"/admin/photos/{row.id}")
    assert (got.status, got.headers["Content-Type"]) == (200, "image/jpeg")
    assert got.headers["Cache-Control"] == "private, no-store"
    unasked = await photo(store, "DD1391-100", who=JUN, consent=None)
    refused = await photo(store, "DD1391-100", who=Who("kakao", "9"), consent=False)
    await store.people.answer_consent(row.who, False, NOW)  # taken back
    for each in (row, unasked, refused):
        assert (await operator.get(f"/admin/photos/{each.id}")).status == 404
        page = await operator.get(f"/admin/labels/{each.id}")
        assert page.status == 404 and "DD1391" not in page.text
        await operator.get("/admin")
        assert (await operator.say(f"/admin/labels/{each.id}", say="none")).status == 404
        assert await store.labels.of(each.id) == ()
    assert (await operator.get("/admin/photos/999")).status == 404
    assert "No photo waits" in (await opened(operator)).words
    assert (await desk.get(f"/admin/photos/{row.id}")).status == 303  # nobody signed in


async def test_the_reader_changes_nothing(reader: Desk, store: Store) -> None:
    row = await photo(store, "DD1391-100")
    page = await opened(reader)
    assert "look only" in page.words
    assert 'name="say"' not in page.text
    got = await reader.say(f"/admin/labels/{row.id}", say="none")
    assert got.status == 403
    assert "nothing was changed" in got.words
    assert await store.labels.of(row.id) == ()


async def test_labelling_needs_the_sessions_form(operator: Desk, desk: Desk, store: Store) -> None:
    row = await photo(store, "DD1391-100")
    path = f"/admin/labels/{row.id}"
    for fields in ({"say": "none"}, {"say": "none", "form": "0" * 64}):
        assert (await operator.post(path, fields)).status == 403
    foreign = {"Origin": "https://evil.example"}
    assert (
        await operator.post(path, {"say": "none", "form": operator.form}, **foreign)
    ).status == 403
    assert (await desk.post(path, {"say": "none", "form": operator.form})).status == 401
    assert await store.labels.of(row.id) == ()


async def test_what_is_read_is_text_and_never_markup(operator: Desk, store: Store) -> None:
    row = await photo(store, XSS, f'"{XSS}', said={XSS: (XSS, f"'{XSS}")}, code=XSS)
    page = await operator.get(f"/admin/labels/{row.id}")
    assert page.status == 200
    assert "<script>alert" not in page.text
    assert page.text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_every_status_has_its_sentence(language: str) -> None:
    say = sentences(language)
    reasons = {f"admin-reason-{reason.value}" for reason in Doubt}
    assert set(say.names("admin-reason-")) == reasons
    statuses = {f"admin-status-{status.value.replace('_', '-')}" for status in Status}
    assert set(say.names("admin-status-")) == statuses
    assert reason_told(say, "readers") == say("admin-reason-readers")
    assert reason_told(say, "unheard-of") == "unheard-of"
    assert reason_told(say, "read") == "read"  # not the beginning of another's
