"""The Bot API calls that the channel makes, each with patience and sorted errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from telegram import (
    BotCommand,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputMediaPhoto,
    Message,
    ReplyParameters,
    User,
)
from telegram.error import Forbidden, InvalidToken, NetworkError

from bot.channels.telegram.calls.calls import CallTiming
from bot.channels.telegram.calls.client import UPDATES, Client, Limiter, requests
from bot.channels.telegram.calls.outgoing import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    TOAST_LIMIT,
    file_name,
    html,
    keyboard,
    shorten,
)
from bot.channels.telegram.calls.throttle import Throttle
from bot.channels.telegram.errors import Refused, Unreachable
from bot.channels.telegram.updates.incoming import ChatPlace
from bot.talk.errors import FetchError, FetchTooLarge
from bot.talk.types import Document, Reply

FILE_LIMIT = 20_000_000  # bytes; getFile gives no more
INLINE_CACHE_S = 10


def _as_reply(message_id: int | None) -> ReplyParameters | None:
    # The person may delete the photo while it is read; the answer goes out all the same.
    return ReplyParameters(message_id, allow_sending_without_reply=True) if message_id else None


class Wire:
    """The Bot API with our retries. Every method raises only the errors of `telegram.errors`.

    `mark_page` is the https address of the page where a code is marked on its photo, "" for none.
    """

    def __init__(
        self, token: str, api_url: str, file_url: str, timing: CallTiming, mark_page: str = ""
    ) -> None:
        self._timing = timing
        self._mark_page = mark_page
        self._requests = (requests(2), requests(64))
        self.bot = Client(
            token,
            base_url=api_url,
            base_file_url=file_url,
            get_updates_request=self._requests[0],
            request=self._requests[1],
            rate_limiter=Limiter(),
        )
        self.throttle = Throttle(self.bot, timing)
        self._newest: dict[int, int] = {}  # by chat; 0: all private ones, which count together

    async def close(self) -> None:
        """Close the connections."""
        for request in self._requests:
            await request.shutdown()

    def newest(self, chat: int) -> int:
        """The newest id of a message that was sent to this chat's row of ids; 0: none yet."""
        return self._newest.get(min(chat, 0), 0)

    def _sent(self, message: Message) -> int:
        row = min(message.chat_id, 0)
        self._newest[row] = max(self._newest.get(row, 0), message.message_id)
        return message.message_id

    async def me(self) -> User:
        """The bot itself; one try."""
        return await self.throttle.once(self.bot.get_me())

    async def updates(self, offset: int | None) -> list[dict[str, Any]]:
        """Wait for updates, and acknowledge those before `offset`; one try."""
        return await self.throttle.once(self.bot.raw_updates(offset, self._timing.poll_s))

    async def fetch(self, file_id: str, size: int | None) -> bytes:
        """The bytes of a file. Raises `FetchError`, `FetchTooLarge`; never prints its address."""
        if size is not None and size > FILE_LIMIT:
            raise FetchTooLarge(f"{size} bytes")
        try:
            return await self.throttle.call("getFile", partial(self._fetched, file_id))
        except Refused as error:
            too_large = "too big" in error.reason
            raise (FetchTooLarge if too_large else FetchError)("Telegram has no file") from None
        except Unreachable:
            raise FetchError("Telegram did not hand the file out") from None

    async def _fetched(self, file_id: str) -> bytes:
        file = await self.bot.get_file(file_id)
        try:
            return bytes(await file.download_as_bytearray())
        except (InvalidToken, Forbidden) as error:
            # The address that getFile gave is gone: nothing is wrong with the token or the person.
            raise NetworkError(f"no file there: {error.message}") from None

    async def send_text(self, place: ChatPlace, reply: Reply, answers: int | None) -> int:
        """A new message; its id. `answers` is the message that it replies to."""
        text, markup, to = html(reply, TEXT_LIMIT), self._buttons(place, reply), _as_reply(answers)
        sent = await self.throttle.to_chat(
            "sendMessage",
            place,
            lambda chat, thread: self.bot.send_message(
                chat,
                text,
                parse_mode="HTML",
                reply_markup=markup,
                reply_parameters=to,
                message_thread_id=thread,
            ),
        )
        return self._sent(sent)

    async def send_photo(
        self, place: ChatPlace, reply: Reply, image: bytes, answers: int | None
    ) -> int:
        """A new message with a picture; its id."""
        text = html(reply, CAPTION_LIMIT)
        markup, to = self._buttons(place, reply), _as_reply(answers)
        sent = await self.throttle.to_chat(
            "sendPhoto",
            place,
            lambda chat, thread: self.bot.send_photo(
                chat,
                image,
                text,
                parse_mode="HTML",
                reply_markup=markup,
                reply_parameters=to,
                message_thread_id=thread,
            ),
        )
        return self._sent(sent)

    async def send_document(
        self, place: ChatPlace, reply: Reply, document: Document, answers: int | None
    ) -> int:
        """A new message with a file, the reply's text as its caption; its id."""
        text = html(reply, CAPTION_LIMIT) or None
        markup, to = self._buttons(place, reply), _as_reply(answers)
        sent = await self.throttle.to_chat(
            "sendDocument",
            place,
            lambda chat, thread: self.bot.send_document(
                chat,
                document.content,
                text,
                filename=file_name(document),
                parse_mode="HTML",
                reply_markup=markup,
                reply_parameters=to,
                message_thread_id=thread,
            ),
        )
        return self._sent(sent)

    async def edit_text(self, place: ChatPlace, message: int, reply: Reply) -> None:
        """Make a text message this one."""
        text, markup = html(reply, TEXT_LIMIT), self._buttons(place, reply)
        await self.throttle.to_chat(
            "editMessageText",
            place,
            lambda chat, _: self.bot.edit_message_text(
                text, chat, message, parse_mode="HTML", reply_markup=markup
            ),
        )

    async def edit_caption(self, place: ChatPlace, message: int, reply: Reply) -> None:
        """Make this the text and the buttons of a message with a picture."""
        text, markup = html(reply, CAPTION_LIMIT), self._buttons(place, reply)
        await self.throttle.to_chat(
            "editMessageCaption",
            place,
            lambda chat, _: self.bot.edit_message_caption(
                chat, message, caption=text, parse_mode="HTML", reply_markup=markup
            ),
        )

    async def edit_media(self, place: ChatPlace, message: int, reply: Reply, image: bytes) -> None:
        """Make any message, a text too, this one with a picture."""
        media = InputMediaPhoto(image, html(reply, CAPTION_LIMIT), parse_mode="HTML")
        markup = self._buttons(place, reply)
        await self.throttle.to_chat(
            "editMessageMedia",
            place,
            lambda chat, _: self.bot.edit_message_media(media, chat, message, reply_markup=markup),
        )

    async def delete(self, place: ChatPlace, message: int) -> None:
        """Delete one of our messages."""
        await self.throttle.to_chat(
            "deleteMessage", place, lambda chat, _: self.bot.delete_message(chat, message)
        )

    async def answer_press(self, query: str, toast: str) -> None:
        """Stop the button's spinner, with a short notice where there is one."""
        text = shorten(toast, TOAST_LIMIT) or None
        await self.throttle.call(
            "answerCallbackQuery", lambda: self.bot.answer_callback_query(query, text)
        )

    async def answer_inline(
        self, query: str, results: Sequence[InlineQueryResultArticle], button: str
    ) -> None:
        """Show results under what somebody types; `button` above them opens our own chat."""
        opens = InlineQueryResultsButton(button, start_parameter="inline")
        await self.throttle.once(
            self.bot.answer_inline_query(
                query, results, cache_time=INLINE_CACHE_S, is_personal=False, button=opens
            )
        )

    async def typing(self, place: ChatPlace) -> None:
        """Show "typing…" for a few seconds; one try, and none while the chat wants silence."""
        if not self.throttle.is_silent(place.chat):
            call = self.bot.send_chat_action(place.chat, "typing", place.thread)
            await self.throttle.once(call)

    async def set_commands(self, commands: Mapping[str, str], language: str | None) -> None:
        """The menu of commands, for one language or (None) for all others."""
        menu: Sequence[BotCommand] = [BotCommand(*command) for command in commands.items()]
        await self.throttle.call(
            "setMyCommands", lambda: self.bot.set_my_commands(menu, language_code=language)
        )

    async def use_webhook(self, url: str, secret: str) -> None:
        """Have updates delivered to `url`."""
        await self.throttle.call(
            "setWebhook",
            lambda: self.bot.set_webhook(url, allowed_updates=UPDATES, secret_token=secret),
        )

    async def use_polling(self) -> None:
        """Have updates wait for getUpdates."""
        await self.throttle.call("deleteWebhook", self.bot.delete_webhook)

    def _buttons(self, place: ChatPlace, reply: Reply) -> InlineKeyboardMarkup | None:
        # Telegram takes buttons that open a Mini App in private chats only.
        shown = place.private and reply.interaction and self._mark_page
        page = f"{self._mark_page}?interaction={reply.interaction}" if shown else ""
        return keyboard(reply.rows, page)
