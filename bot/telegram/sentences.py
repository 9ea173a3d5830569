"""The few sentences that the channel says itself; all others are the conversation's."""

from __future__ import annotations

READING = {"ko": "읽는 중이에요…", "en": "Reading…"}

GAVE_UP = {
    "ko": "죄송해요, 답하는 중에 문제가 생겼어요. 잠시 뒤에 다시 보내 주세요.",
    "en": "Sorry, something went wrong while answering. Please send it again in a moment.",
}

COMMANDS = {
    "ko": {
        "help": "사용 방법",
        "history": "내가 찾은 품번",
        "language": "언어 바꾸기",
        "delete": "내 기록 모두 지우기",
    },
    "en": {
        "help": "How it works",
        "history": "Style codes I looked up",
        "language": "Change the language",
        "delete": "Delete everything of mine",
    },
}
