"""What to say to a text without a code: why there is none, what to send, a link for its words."""

from __future__ import annotations

from bot.sentences import Sentences
from bot.talk.types import Choice, Reply
from lookup.link import naver_link
from stylecode import Reason, TypedText

REASONS = {
    Reason.EMPTY: "invalid-empty",
    Reason.TOO_SHORT: "invalid-short",
    Reason.TOO_LONG: "invalid-long",
    Reason.NO_DIGIT: "invalid-no-digit",
    Reason.CHARACTERS: "invalid-characters",
    Reason.DATE: "invalid-date",
    Reason.BARCODE: "invalid-barcode",
    Reason.PHONE: "invalid-phone",
    Reason.SIZE: "invalid-size",
    Reason.PRICE: "invalid-price",
    Reason.MATERIAL: "invalid-material",
    Reason.ORDER: "invalid-order",
}
_NO_CODE_MEANT = {Reason.EMPTY, Reason.NO_DIGIT}  # a greeting, a question, an emoji


def reason_sentence(reason: Reason) -> str:
    """The key of the sentence that explains why a text is no code."""
    return REASONS[reason]


def uncoded(say: Sentences, typed: TypedText, usual: str = "short-help") -> Reply:
    """The reply; `usual` is the sentence for talk."""
    links = ((Choice(say("naver-button"), url=naver_link(typed.words)),),) if typed.words else ()
    if typed.link:
        return Reply(say("typed-link"), links)
    if typed.words:
        return Reply(say("typed-words", words=typed.words), links)
    if typed.reason is None or typed.reason in _NO_CODE_MEANT:
        return Reply(say(usual))
    return Reply(say(REASONS[typed.reason]))
