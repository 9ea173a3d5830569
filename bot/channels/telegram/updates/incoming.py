"""Updates into events: who, what, and where the answer goes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update, User
from telegram.ext import filters

from bot.channels.telegram.own_answer import ANONYMOUS, OwnAnswer, private_only
from bot.channels.telegram.updates.addressing import Me, addressed, command_of, replies_to, spoken
from bot.channels.telegram.updates.deep_links import linked_code
from bot.channels.telegram.updates.pictures import Fetch, SentPicture, answered_picture, picture_of
from bot.channels.telegram.updates.raw import CHANNEL, key_of
from bot.talk import buttons
from bot.talk.commands import COMMAND_OF, MENU
from bot.talk.types import CommandSent, Event, PhotoSent, TextSent, Who
from stylecode import read


@dataclass(frozen=True, slots=True)
class ChatPlace:
    """A chat, and the topic in it."""

    chat: int
    thread: int | None = None
    private: bool = True


@dataclass(frozen=True, slots=True)
class Press:
    """A button press: the query to answer and the message that carries the button."""

    query: str
    message: int
    is_photo: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update for us: `message` is what the answer replies to in `place` (0: nothing).

    `content` is a fingerprint of what was sent, `caption` what stands beside a photo, where it has
    a code.
    `answer` is a message of ours that the answer takes the place of. `addressed` is False for a
    photo of a group's album that does not name us itself.
    """

    who: Who
    event: Event | OwnAnswer
    place: ChatPlace
    message: int
    press: Press | None = None
    content: str = ""
    caption: str = ""
    album: str = ""
    addressed: bool = True
    edited: bool = False
    replied: int | None = None
    answer: int | None = None


def translate(update: Update, me: Me, fetch: Fetch) -> Incoming | None:
    """The event in an update, or None where it is nothing for us."""
    key = key_of(update.update_id)
    if update.callback_query:
        return _pressed(key, update.callback_query)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or _is_notice(update, message):
        return None
    if message.via_bot and message.via_bot.id == me.id:
        return None  # what our inline mode wrote
    place, ours = place_of(message), addressed(message, me)
    in_album = bool(message.media_group_id) and picture_of(message) is not None
    if not (place.private or ours or in_album):
        return None
    who = _who(message.from_user)
    if message.from_user.is_bot:
        # An anonymous admin or a channel writes through a bot of Telegram's.
        hidden = ours and message.sender_chat is not None and not message.is_automatic_forward
        event: Event | OwnAnswer | None = ANONYMOUS if hidden else None
    else:
        event = _event(key, message, me, fetch)
    wordless = isinstance(event, TextSent) and not event.text
    if event is None or (update.edited_message and wordless):
        return None
    return Incoming(
        who,
        event,
        place,
        message.message_id,
        content=_content(message),
        caption=_coded_caption(message, me),
        album=(message.media_group_id or "") if in_album else "",
        addressed=place.private or ours,
        edited=update.edited_message is not None,
        replied=message.reply_to_message.message_id if message.reply_to_message else None,
    )


def _is_notice(update: Update, message: Message) -> bool:
    """A channel's post, or what Telegram itself notes: "joined the group", "pinned a message"."""
    return message.chat.type == "channel" or bool(filters.StatusUpdate.ALL.check_update(update))


def place_of(message: Message) -> ChatPlace:
    """Where a message stands. Only in a topic does its thread name where answers belong."""
    thread = message.message_thread_id if message.is_topic_message else None
    return ChatPlace(message.chat.id, thread, message.chat.type == "private")


def _who(user: User) -> Who:
    return Who(CHANNEL, str(user.id), user.language_code or "")


def _pressed(key: str, query: CallbackQuery) -> Incoming | None:
    if query.message is None or query.data is None:
        return None  # a message of another bot, or a game
    message = query.message
    whole = isinstance(message, Message)
    place = place_of(message) if isinstance(message, Message) else ChatPlace(message.chat.id)
    if not whole:
        place = ChatPlace(message.chat.id, None, message.chat.type == "private")
    is_photo = isinstance(message, Message) and bool(message.photo)
    press = Press(query.id, message.message_id, is_photo)
    event = buttons.parse(key, query.data)
    return Incoming(_who(query.from_user), event, place, message.message_id, press)


def _event(key: str, message: Message, me: Me, fetch: Fetch) -> Event | OwnAnswer | None:
    if picture := picture_of(message):
        return _photo(key, picture, fetch, spoken(message, me) if message.caption else "")
    if message.text:
        return _text(key, message, me, fetch)
    # A film, a file, a sticker, what Telegram thinks of next year: its caption, or nothing said.
    return TextSent(key, _coded_caption(message, me), _replied_interaction(message, me))


def _photo(key: str, picture: SentPicture, fetch: Fetch, caption: str) -> PhotoSent:
    async def size() -> int:
        return picture.size or 0

    return PhotoSent(key, lambda: fetch(picture.file, picture.size), caption, size)


def _coded_caption(message: Message, me: Me) -> str:
    """The caption, where it has a code; else ""."""
    caption = spoken(message, me) if message.caption else ""
    return caption if read(caption).codes else ""


def _text(key: str, message: Message, me: Me, fetch: Fetch) -> Event | OwnAnswer | None:
    text, private = spoken(message, me), message.chat.type == "private"
    if text.startswith("/"):
        command = command_of(text, me)
        return _command(key, *command, me, private) if command else None
    picture = answered_picture(message)
    if picture and not private and not replies_to(message, me) and not read(text).codes:
        answered = message.reply_to_message  # "@bot" under somebody's photo
        return _photo(key, picture, fetch, (answered.caption or "") if answered else "")
    return TextSent(key, text, _replied_interaction(message, me))


def _command(key: str, name: str, argument: str, me: Me, private: bool) -> Event | OwnAnswer | None:
    known = COMMAND_OF.get(name)
    if not private and not (known and known.for_all):
        return private_only(me.username, name) if known else None
    if name == "start" and argument:
        if argument in MENU:
            return CommandSent(key, argument)
        if code := linked_code(argument):
            return TextSent(key, code)
    return CommandSent(key, name, argument)


def _replied_interaction(message: Message, me: Me) -> int | None:
    """The interaction of the message that a text replies to: its buttons name it."""
    to = message.reply_to_message
    if to is None or not replies_to(message, me):
        return None
    markup: InlineKeyboardMarkup | None = to.reply_markup
    for row in markup.inline_keyboard if markup else ():
        for button in row:
            data = button.callback_data
            pressed = buttons.parse("", data) if isinstance(data, str) else None
            if pressed and pressed.interaction:
                return pressed.interaction
    return None


def _content(message: Message) -> str:
    picture = picture_of(message)
    words = (message.text or message.caption or "").encode("utf-8", "replace")
    digest = hashlib.sha256(words).hexdigest()[:32]
    return f"photo:{picture.unique}:{digest}" if picture else f"text:{digest}"
