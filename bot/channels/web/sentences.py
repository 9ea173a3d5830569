"""Sentences that the web chat itself says, before or beside the conversation."""

from __future__ import annotations

_SENTENCES = {
    "too_large": (
        "사진이 20MB를 넘어요. 더 작은 사진으로 보내 주세요.",
        "That photo is over 20 MB. Please send a smaller one.",
    ),
    "empty": (
        "빈 파일이에요. 태그 사진을 다시 골라 주세요.",
        "That file is empty. Please choose the tag photo again.",
    ),
    "cut_off": (
        "사진이 끝까지 오지 않았어요. 다시 보내 주세요.",
        "The photo did not arrive completely. Please send it again.",
    ),
    "busy": (
        "지금 사진이 많이 밀려 있어요. 잠시 뒤에 다시 보내 주세요.",
        "Many photos are waiting right now. Please try again in a moment.",
    ),
    "bad_request": (
        "알아볼 수 없는 요청이에요. 페이지를 새로 고침해 주세요.",
        "That request could not be understood. Please reload the page.",
    ),
    "too_long": (
        "글이 너무 길어요. 품번만 보내 주세요.",
        "That text is too long. Please send only the style code.",
    ),
    "foreign": (
        "다른 사이트에서 온 요청은 받지 않아요.",
        "Requests from other sites are not accepted.",
    ),
    "wrong_host": (
        "이 주소로는 열 수 없어요. 서버의 WEB_ALLOWED_HOSTS 설정에 주소를 더해 주세요.",
        "Not served under this host name. Add it to the server's WEB_ALLOWED_HOSTS setting.",
    ),
    "failed": (
        "답을 만들다 문제가 생겼어요. 다시 한번 보내 주세요.",
        "Something went wrong while answering. Please send that again.",
    ),
    "bad_mark": (
        "표시한 네모를 알아볼 수 없어요. 다시 표시해 주세요.",
        "That frame makes no sense. Please mark the code again.",
    ),
    "not_proven": (
        "텔레그램에서 연 지 오래됐어요. 대화의 버튼을 다시 눌러 열어 주세요.",
        "This page is too old. Please open it again with the button in the chat.",
    ),
    "changed": (
        "그 사이 다른 품번을 읽었어요. 대화에서 확인해 주세요.",
        "Another code has been read since. Please check in the chat.",
    ),
    "in_the_chat": ("결과는 대화에 올라와요.", "The answer comes in the chat."),
    "confirmed": ("가격을 대화에 보냈어요.", "The prices are in the chat now."),
    "sure": ("확률 {percent}", "{percent} sure"),
    "not_found": ("찾을 수 없어요.", "Not found."),
}


def sentence(name: str, language: str) -> str:
    """The sentence in Korean for "ko", in English otherwise."""
    korean, english = _SENTENCES[name]
    return korean if language == "ko" else english
