"""The few sentences that the channel says itself; all others are the conversation's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.talk.types import Choice, Reply

READING = {"ko": "읽는 중이에요…", "en": "Reading…"}

GAVE_UP = {
    "ko": "죄송해요, 답하는 중에 문제가 생겼어요. 잠시 뒤에 다시 보내 주세요.",
    "en": "Sorry, something went wrong while answering. Please send it again in a moment.",
}

COMMANDS = {
    "ko": {
        "help": "사용 방법",
        "history": "내가 찾은 품번",
        "watch": "가격이 내려가면 알려 주기",
        "watches": "지켜보는 품번",
        "stats": "내 기록 한눈에 보기",
        "export": "내 기록을 파일로 받기",
        "language": "언어 바꾸기",
        "privacy": "무엇을 얼마나 보관하는지",
        "delete": "내 기록 모두 지우기",
    },
    "en": {
        "help": "How it works",
        "history": "Style codes I looked up",
        "watch": "Tell me when a price falls",
        "watches": "Codes I watch",
        "stats": "My numbers at a glance",
        "export": "My records as a file",
        "language": "Change the language",
        "privacy": "What is kept, and for how long",
        "delete": "Delete everything of mine",
    },
}

INLINE_TITLE = {"ko": "품번을 입력하세요", "en": "Type a style code"}
INLINE_HINT = {
    "ko": "예: DD1391-100 — 가격을 찾아 이 대화에 보내 드려요.",
    "en": "For example DD1391-100: its prices go into this chat.",
}
INLINE_BUTTON = {"ko": "사진으로 찾기", "en": "Search with a photo"}


@dataclass(frozen=True, slots=True)
class Said:
    """What the channel answers by itself, in each language."""

    replies: Mapping[str, Reply]


def anonymous() -> Said:
    """To somebody who writes in a group's or channel's name."""
    texts = {
        "ko": "익명으로 쓰신 글이라 누구의 사진과 버튼인지 알 수 없어요. "
        "익명을 끄고 보내거나, 저와의 대화방으로 보내 주세요.",
        "en": "You write anonymously, so I cannot tell whose photo and buttons these would be. "
        "Please write as yourself, or send it to me in our own chat.",
    }
    return Said({language: Reply(text) for language, text in texts.items()})


def private_only(username: str, command: str) -> Said:
    """To a command in a group whose answer is nobody else's business."""
    texts = {
        "ko": ("다른 분들이 보지 않게, 저와의 대화방에서 보여 드릴게요.", "대화방 열기"),
        "en": ("I will show you that in our own chat, where nobody else sees it.", "Open our chat"),
    }
    url = f"https://t.me/{username}?start={command}"
    return Said(
        {
            language: Reply(text, ((Choice(label, url=url),),))
            for language, (text, label) in texts.items()
        }
    )


def album_summary(language: str, photos: int, codes: int) -> str:
    """How many of an album's photos gave a code."""
    without = photos - codes
    if language == "ko":
        rest = f", 못 찾은 사진 {without}장" if without else ""
        return f"사진 {photos}장을 봤어요: 품번 {codes}개{rest}"
    return f"{photos} photos: {codes} {'code' if codes == 1 else 'codes'}" + (
        f", {without} without" if without else ""
    )
