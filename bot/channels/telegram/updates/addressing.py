"""Whether a message in a group is for us, told by its entities: "@name" inside a word is not."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, MessageEntity


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself, as far as it matters for who is spoken to."""

    id: int
    username: str


def addressed(message: Message, me: Me) -> bool:
    """A command that may be ours, a reply to us, or our name in the text or caption."""
    return replies_to(message, me) or _commanded(message, me) or bool(_mentions(message, me))


def replies_to(message: Message, me: Me) -> bool:
    """Whether the message replies to one of ours."""
    to = message.reply_to_message
    return to is not None and to.from_user is not None and to.from_user.id == me.id


def spoken(message: Message, me: Me) -> str:
    """The text or caption without our name."""
    text = message.text or message.caption or ""
    for entity in sorted(_mentions(message, me), key=lambda entity: -entity.offset):
        text = _cut(text, entity)
    return " ".join(text.split()) if _mentions(message, me) else text


def command_of(text: str, me: Me) -> tuple[str, str] | None:
    """Name and argument of a command that is not another bot's."""
    if not text.startswith("/"):
        return None
    first, *rest = text[1:].split(maxsplit=1)[:2] or [""]
    name, _, bot = first.partition("@")
    if bot and bot.lower() != me.username.lower():
        return None
    return name.lower(), rest[0].strip() if rest else ""


def _commanded(message: Message, me: Me) -> bool:
    text = message.text or message.caption or ""
    begins = any(
        entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0
        for entity in (message.entities or message.caption_entities)
    )
    return begins and command_of(text, me) is not None


def _mentions(message: Message, me: Me) -> list[MessageEntity]:
    text = message.text or message.caption or ""
    return [
        entity
        for entity in (message.entities or message.caption_entities)
        if _is_mention(entity, text, me)
    ]


def _is_mention(entity: MessageEntity, text: str, me: Me) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    if entity.type != MessageEntity.MENTION or not me.username:
        return False
    return _covered(text, entity).lower() == f"@{me.username}".lower()


def _covered(text: str, entity: MessageEntity) -> str:
    """What an entity covers; offsets count UTF-16 code units."""
    units = text.encode("utf-16-le", "surrogatepass")
    part = units[entity.offset * 2 : (entity.offset + entity.length) * 2]
    return part.decode("utf-16-le", "replace")


def _cut(text: str, entity: MessageEntity) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    kept = units[: entity.offset * 2] + units[(entity.offset + entity.length) * 2 :]
    return kept.decode("utf-16-le", "replace")
