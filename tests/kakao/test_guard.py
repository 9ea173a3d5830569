"""Who may ask, what may be asked, and which addresses are called."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp
import pytest

from benchmarks.stand_ins.kakao.platform import LIMIT_S, SECRET, KakaoPlatform, Talker, check
from bot.app import running
from bot.channels.kakao.pictures import Hosts
from bot.channels.kakao.turns import Timing
from bot.talk.manners import Manners
from tests.fakes.locks import locked
from tests.fakes.reader import tag_jpeg
from tests.fakes.serving import ServingReader, settings_in
from tests.kakao.bench import Bench


async def status(kakao: KakaoPlatform, url: str, body: object = None, **headers: str) -> int:
    async with kakao.session.post(url, json=body or {}, headers=headers) as got:
        return got.status


async def test_the_secret_is_required(bench: Bench) -> None:
    async with bench.bot() as skill:
        payload = bench.person(skill).payload("DD1391-100")
        kakao = bench.kakao
        assert await status(kakao, skill, payload) == 401
        assert await status(kakao, skill, payload, **{"X-Skill-Secret": ""}) == 401
        assert await status(kakao, skill, payload, **{"X-Skill-Secret": SECRET + "x"}) == 403
        assert await status(kakao, skill + "?secret=wrong", payload) == 403
        assert await status(kakao, skill + "?secret=%ff", payload) == 403
        assert await status(kakao, skill, payload, **{"X-Skill-Secret": SECRET}) == 200
        assert await status(kakao, f"{skill}?secret={SECRET}", payload) == 200


async def test_the_bot_is_checked_where_it_is_set(bench: Bench) -> None:
    async with bench.bot(bot_id="5f0c") as skill:
        minji = bench.person(skill)
        payload = minji.payload("DD1391-100")
        for bot, expected in (("5f0c", 200), ("5f0c!", 200), ("other", 403), (None, 403)):
            payload["bot"] = {"id": bot} if bot else None
            found = await status(bench.kakao, skill, payload, **{"X-Skill-Secret": SECRET})
            assert found == expected, bot


async def test_probes_need_no_secret(bench: Bench) -> None:
    async with bench.bot() as skill:
        for method in ("GET", "HEAD"):
            async with bench.kakao.session.request(method, skill) as got:
                assert got.status == 200
        async with bench.kakao.session.put(skill) as got:
            assert got.status == 405


GARBAGE: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"user=1&utterance=hi",
    "cut off": b'{"userRequest": {"user": {"id": "u',
    "no UTF-8": b'{"userRequest": "\xff\xfe"}',
    "a list": b"[]",
    "a number": b"17",
    "null": b"null",
    "no userRequest": b'{"action": {}}',
    "userRequest is text": b'{"userRequest": "hello"}',
    "no user": b'{"userRequest": {"utterance": "hi"}}',
    "user id is an object": b'{"userRequest": {"user": {"id": {}}, "utterance": "hi"}}',
    "user id is endless": b'{"userRequest": {"user": {"id": "' + b"u" * 5000 + b'"}}}',
    "deep": b"[" * 100_000,
    "a huge number": b'{"userRequest": ' + b"9" * 9000 + b"}",
}


async def test_garbage_is_refused(bench: Bench) -> None:
    headers = {"X-Skill-Secret": SECRET, "Content-Type": "application/json"}
    async with bench.bot() as skill:
        for kind, body in GARBAGE.items():
            async with bench.kakao.session.post(skill, data=body, headers=headers) as got:
                assert got.status == 400, kind
                assert "error" in await got.json(), kind


async def test_what_is_too_large_is_refused(bench: Bench) -> None:
    async with bench.bot() as skill:
        headers = {"X-Skill-Secret": SECRET}
        body = b" " * 1_000_000
        async with bench.kakao.session.post(skill, data=body, headers=headers) as got:
            assert got.status == 413


def _with(path: str, value: object) -> Any:
    def change(payload: Any) -> None:
        *way, last = path.split(".")
        for name in way:
            payload = payload[name]
        payload[last] = value

    return change


ODD = [
    _with("userRequest.utterance", None),
    _with("userRequest.utterance", 17),
    _with("userRequest.utterance", ""),
    _with("userRequest.utterance", "\ud800 \x00 DD1391"),
    _with("userRequest.utterance", "가" * 5000),
    _with("userRequest.lang", None),
    _with("userRequest.lang", {"a": 1}),
    _with("userRequest.params", None),
    _with("userRequest.params", [1, 2]),
    _with("userRequest.params", {"media": "not an object", "ignoreMe": "true"}),
    _with("userRequest.user", {"id": 662293, "type": "accountId", "properties": {}}),
    _with("userRequest.block", None),
    _with("userRequest.callbackUrl", {"url": 1}),
    _with("userRequest.callbackUrl", "http://169.254.169.254/latest"),
    _with("action", None),
    _with("action", "none"),
    _with("action.clientExtra", "null"),
    _with("action.clientExtra", {}),
    _with("action.clientExtra", {"data": 5}),
    _with("action.clientExtra", {"data": "kresult:999999999999999999999"}),
    _with("action.clientExtra", {"data": "kpage:1:1:1:1"}),
    _with("action.clientExtra", {"data": "confirm:99999999999999999"}),
    _with("action.params", {"tag": "{broken"}),
    _with("action.params", {"tag": '{"secureUrls": 5, "privacyAgreement": null}'}),
    _with("action.params", {"tag": '{"secureUrls": "List()"}', "x": None, "y": [], "z": 1}),
    _with("action.detailParams", {"tag": None}),
    _with("bot", None),
    _with("flow", "x"),
    _with("contexts", None),
    _with("intent", None),
]


async def test_odd_payloads_get_a_sentence(bench: Bench) -> None:
    async with bench.bot() as skill:
        for number, change in enumerate(ODD):
            minji = bench.person(skill, f"u{number}")
            payload = minji.payload("안녕하세요")
            change(payload)
            seen = await minji.post(payload)
            assert seen.text
            assert "죄송해요" not in seen.text, number


FOREIGN = [
    "http://evil.example/dna/a.jpg",
    "http://talk.kakaocdn.net.evil.example/a.jpg",
    "http://talk.kakaocdn.net@127.0.0.9/a.jpg",
    "http://127.0.0.9/a.jpg",
    "http://localhost/a.jpg",
    "http://talk.kakaocdn.net:22/a.jpg",
    "file:///etc/passwd",
    "http://evilkakaocdn.net/a.jpg",
    "http://[::1]/a.jpg",
    "http://talk.kakaocdn.net\\@evil.example/a.jpg",
    "gopher://talk.kakaocdn.net/a",
]


async def test_other_hosts_are_not_asked_for_pictures(bench: Bench) -> None:
    async with bench.bot() as skill:
        minji = bench.person(skill)
        for url in FOREIGN:
            assert Hosts(("127.0.0.1",)).picture(url) is None, url
            value = json.dumps({"privacyAgreement": "Y", "secureUrls": f"List({url})"})
            if url.startswith("http"):
                seen = await minji.say("사진", params={"tag": value})
                assert "카카오톡에 올린 사진만" in seen.text, url


def test_kakaos_own_hosts_are_known() -> None:
    hosts = Hosts()
    signed = "https://talk.kakaocdn.net/dna/a/b.jpg?credential=x&expires=1&signature=a%2Bb%3D"
    assert str(hosts.picture(signed)) == signed  # not one letter of the signature changed
    assert hosts.picture("http://secure.kakaocdn.net/dna/x.jpg")
    assert hosts.callback("https://bot-api.kakao.com/v1/bots/x/callback/y")
    assert hosts.callback("http://bot-api.kakao.com/v1") is None
    assert hosts.callback("https://kakao.com.evil.example/") is None
    assert hosts.callback("http://127.0.0.1/") is None


async def test_redirects_are_not_followed(bench: Bench) -> None:
    async with bench.bot() as skill:
        url = bench.kakao.upload(tag_jpeg()).replace("/dna/", "/moved/")
        seen = await bench.person(skill).say(url, trigger="IMAGE_UPLOAD")
        assert "사진을 받아 오지 못했어요" in seen.text
    assert bench.kakao.fetched == ["moved"]


async def test_a_picture_beyond_the_cap_is_not_taken(bench: Bench) -> None:
    async with bench.bot() as skill:
        seen = await bench.person(skill).send(b"\xff\xd8" + bytes(21 * 1024 * 1024))
        assert "사진이 20MB보다 커요" in seen.text
    assert bench.reader.reads == []


async def test_videos_get_a_sentence(bench: Bench) -> None:
    async with bench.bot() as skill:
        minji = bench.person(skill)
        url = bench.kakao.upload(b"mp4")
        payload = minji.payload(url)
        payload["userRequest"]["params"]["media"] = {"type": "video", "url": url}
        assert "사진만 읽을 수 있어요" in (await minji.post(payload)).text
    assert bench.kakao.fetched == []


async def test_a_database_that_is_gone_gets_an_apology(bench: Bench) -> None:
    async with bench.bot() as skill:
        for path in bench.folder.glob("pumbeon.db*"):
            path.unlink()
        (bench.folder / "pumbeon.db").mkdir()  # what is opened anew cannot be read
        seen = await bench.person(skill).say("DD1391-100")
        assert seen.text


async def test_the_secret_is_in_no_log(
    kakao: KakaoPlatform, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    values = {"kakao_skill_secret": SECRET, "kakao_image_hosts": "127.0.0.1"}
    async with running(settings_in(tmp_path, **values), ServingReader().open) as url:
        skill = f"{url}/kakao/skill"
        payload = Talker(kakao, skill).payload(kakao.upload(tag_jpeg()))
        async with kakao.session.post(f"{skill}?secret={SECRET}", json=payload) as got:
            assert "DD1391-100" in str(check(await got.read()))
        assert await status(kakao, skill, payload, **{"X-Skill-Secret": "guess"}) == 403
    assert '"POST /kakao/skill" 200' in caplog.text
    assert SECRET not in caplog.text
    # aiosqlite shows what it stores at DEBUG; `bot.running.logs` keeps it quiet.
    own = [record for record in caplog.records if not record.name.startswith("aiosqlite")]
    assert not [record for record in own if "signature=" in record.getMessage()]


async def test_without_a_secret_there_is_no_skill(kakao: KakaoPlatform, tmp_path: Path) -> None:
    async with running(settings_in(tmp_path), ServingReader().open) as url:
        try:
            assert await status(kakao, f"{url}/kakao/skill") == 404
        except aiohttp.ClientError as error:
            raise AssertionError from error


async def test_what_is_beyond_the_limit_is_not_even_fetched(bench: Bench) -> None:
    bench.manners = Manners(photos_per_minute=2)
    async with bench.bot() as skill:
        minji = bench.person(skill)
        urls = [bench.kakao.upload(tag_jpeg()) for _ in range(4)]
        value = json.dumps({"privacyAgreement": "Y", "secureUrls": f"List({','.join(urls)})"})
        seen = await minji.say("사진", params={"tag": value})
        assert "1분에 2장" in seen.text
        assert len(bench.kakao.fetched) == len(bench.reader.reads) == 2
        await minji.send(tag_jpeg())
    assert len(bench.kakao.fetched) == 2


async def test_a_locked_database_is_told_while_kakao_waits(bench: Bench) -> None:
    async with bench.bot(Timing()) as skill:
        minji = bench.person(skill)
        await minji.say("DD1391-100")
        began = monotonic()
        with locked(bench.file):
            seen = await asyncio.gather(*(minji.say(f"CU4826-00{n}") for n in range(4)))
        assert monotonic() - began < LIMIT_S
        assert all("잠시 뒤에 다시" in each.text for each in seen)
        assert "DD1391-100" in (await minji.say("DD1391-100")).text
