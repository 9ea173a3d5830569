"""`python -m lookup` as a person runs it."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from benchmarks.stand_ins.elevenst import ELEVENST_KEY, FakeElevenStreet
from benchmarks.stand_ins.naver import CLIENT_ID, CLIENT_SECRET, FakeNaver

CODE = "DD1391-100"
LINK = "https://search.shopping.naver.com/search/all?query=DD1391-100"


async def _run(*arguments: str, env: dict[str, str] | None = None) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "lookup",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | (env or {}),
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def test_offers_of_both_sources(naver: FakeNaver, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"code,name,price,url\n{CODE},덩크,99000,https://a.example/1\n")
    flags = ["--naver-url", naver.url, "--naver-id", CLIENT_ID, "--naver-secret", CLIENT_SECRET]
    status, out, err = await _run(CODE, *flags, "--catalogue-csv", str(path))
    assert (status, err) == (0, "")
    assert "네이버쇼핑 (naver): ok, 20" in out
    assert '119,000원  스포츠&홈 · 나이키 덩크 로우 "판다" DD1391-100' in out
    assert "99,000원  덩크" in out
    assert out.endswith(f"{LINK}\n")
    assert CLIENT_SECRET not in out


async def test_the_environment_is_read_as_the_bot_reads_it(naver: FakeNaver) -> None:
    settings = {"NAVER_CLIENT_ID": CLIENT_ID, "NAVER_CLIENT_SECRET": CLIENT_SECRET}
    status, out, _ = await _run(CODE, env=settings | {"NAVER_API_URL": naver.url})
    assert status == 0
    assert "네이버쇼핑 (naver): ok" in out
    assert naver.queries == [CODE]


async def test_without_a_source_there_is_the_link() -> None:
    status, out, _ = await _run(CODE)
    assert status == 0
    assert "no source" in out
    assert LINK in out


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--naver-id", "x"], "NAVER_CLIENT_SECRET: needed where NAVER_CLIENT_ID is set"),
        (["--naver-id", "x", "--naver-secret", "비밀"], "client secret for Naver must be plain"),
        (["--serpapi-key", "k", "--serpapi-engines", "bing"], "SERPAPI_ENGINES: must be naver"),
        (["--elevenst-key", "k", "--elevenst-url", "11st.co.kr"], "ELEVENST_URL: must be a http"),
        (["--catalogue-csv", "/none/list.csv"], "/none/list.csv"),
        (["--deadline", "0"], "more than 0"),
        (["--deadline", "soon"], "--deadline"),
    ],
)
async def test_flags_that_cannot_work(flags: list[str], said: str) -> None:
    status, out, err = await _run(CODE, *flags)
    assert (status, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


async def test_keys_from_a_file(naver: FakeNaver, tmp_path: Path) -> None:
    async with FakeElevenStreet() as shop:
        file = tmp_path / "keys.env"
        file.write_text(
            f"NAVER_CLIENT_ID={CLIENT_ID}\nNAVER_CLIENT_SECRET='{CLIENT_SECRET}'\n"
            f"NAVER_API_URL={naver.url}\nELEVENST_KEY={ELEVENST_KEY}\nELEVENST_URL={shop.url}\n"
        )
        status, out, err = await _run(CODE, "--settings", str(file))
    assert (status, err) == (0, "")
    assert "네이버쇼핑 (naver): ok" in out
    assert "11번가 (elevenst): ok" in out
    assert out.startswith(f"{CODE}   lowest 119,000원, median 124,900원, offers 5\n")
    assert ELEVENST_KEY not in out
    status, _, err = await _run(CODE, "--settings", str(tmp_path / "none.env"))
    assert (status, "none.env" in err, "Traceback" in err) == (2, True, False)


@pytest.mark.parametrize("code", ["", " - ", "한글"])
async def test_what_is_no_code_is_said(code: str) -> None:
    status, out, err = await _run(code)
    assert (status, out) == (2, "")
    assert "letters A-Z or digits" in err


async def test_a_file_of_settings_is_asked_with_as_the_bot_would(
    naver: FakeNaver, tmp_path: Path
) -> None:
    naver.always = "slow"
    file = tmp_path / "keys.env"
    file.write_text(
        f"NAVER_CLIENT_ID={CLIENT_ID}\nNAVER_CLIENT_SECRET={CLIENT_SECRET}\n"
        f"NAVER_API_URL={naver.url}\nPRICE_DEADLINE_S=0.2\nPRICE_TOTAL_S=0.4\n"
    )
    status, out, _ = await _run(CODE, "--settings", str(file))
    assert (status, "네이버쇼핑 (naver): slow" in out) == (0, True)


async def test_a_price_list_is_read_as_the_import_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        f"품번;상품명;판매가;재고\n{CODE};덩크;12.9만원;품절임박\n{CODE};덩크;129.000;\n"
    )
    status, out, err = await _run(CODE, "--catalogue-csv", str(file))
    assert status == 0
    assert "129,000원  덩크" in out
    assert f"{file}:3: left out: price '129.000' can be read in two ways" in err
