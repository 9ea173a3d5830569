"""What is kept, for how long, who sees it; and whether photos may serve training.

Training is asked about once, after the first code that a person confirmed for a photo. An answer
can be changed under /privacy at any time.
"""

from __future__ import annotations

from bot.sentences import Sentences
from bot.talk.buttons import button
from bot.talk.desk import KST, Desk, Turn
from bot.talk.errors import BadButton
from bot.talk.types import Reply, Rows
from storage.types import Consent, Interaction


async def show_privacy(desk: Desk, turn: Turn, argument: str) -> None:
    """All about the person's data, with what they can do about it."""
    consent = await desk.people.consent(turn.who)
    await turn.replies.send(_page(desk, turn.say, consent))


async def answer_consent(desk: Desk, turn: Turn, argument: str) -> None:
    """Yes or no to the question, or another answer under /privacy ("yes-p", "no-p")."""
    answer, _, place = argument.partition("-")
    if answer not in {"yes", "no"} or place not in {"", "p"}:
        raise BadButton("neither yes nor no")
    await desk.people.answer_consent(turn.who, answer == "yes", desk.clock())
    if place:
        consent = await desk.people.consent(turn.who)
        await turn.replies.send(_page(desk, turn.say, consent, replaces=True))
        return
    thanks = turn.say("consent-thanks") if answer == "yes" else turn.say("consent-respected")
    await turn.replies.send(Reply(thanks, replaces=True))


async def ask_for_consent(desk: Desk, turn: Turn, row: Interaction) -> None:
    """Ask, if this is the first code that the person confirmed for a photo."""
    if row.photo is None or row.code is None:
        return
    if await desk.people.ask_consent(turn.who, turn.key):
        say = turn.say
        yes = button(say("consent-yes-button"), "consent", 0, "yes")
        no = button(say("consent-no-button"), "consent", 0, "no")
        await turn.replies.send(Reply(say("consent-ask"), ((yes, no),)))


def _page(desk: Desk, say: Sentences, consent: Consent, *, replaces: bool = False) -> Reply:
    days = {"photos": desk.manners.photos_kept_days, "rows": desk.manners.rows_kept_days}
    text = "\n\n".join((say("privacy", **days), _state(say, consent)))
    return Reply(text, _rows(say, consent), replaces=replaces)


def _state(say: Sentences, consent: Consent) -> str:
    if consent.given is None or consent.at is None:
        return say("consent-open")
    key = "consent-given" if consent.given else "consent-denied"
    return say(key, date=f"{consent.at.astimezone(KST):%Y-%m-%d}")


def _rows(say: Sentences, consent: Consent) -> Rows:
    training = []
    if consent.given is not True:
        training.append(button(say("consent-yes-button"), "consent", 0, "yes-p"))
    if consent.given is not False:
        training.append(button(say("consent-no-button"), "consent", 0, "no-p"))
    export = button(say("export-json-button"), "export", 0, "json")
    delete = button(say("forget-yes-button"), "forget", 0, "ask", style="danger")
    return (tuple(training), (export, delete))
