"""The Bot API calls that the channel makes, each with patience and sorted errors."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from telegram import BotCommand, InputMediaPhoto, ReplyParameters, User
from telegram.error import InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.errors import FetchError, FetchTooLarge
from bot.telegram.calls import Timing, patiently, sort_out
from bot.telegram.errors import Refused, Unreachable
from bot.telegram.outgoing import CAPTION_LIMIT, TEXT_LIMIT, TOAST_LIMIT, html, keyboard, shorten
from bot.types import Reply

T = TypeVar("T")

UPDATES = ["message", "callback_query"]
FILE_LIMIT = 20_000_000  # bytes; getFile gives no more


class _Bot(ExtBot[int]):
    async def raw_updates(self, offset: int | None, hold_s: float) -> list[dict[str, Any]]:
        """Updates as received: one that the library cannot parse must not stop the others."""
        asked = {"offset": offset, "timeout": round(hold_s), "allowed_updates": UPDATES}
        got = await self._post("getUpdates", asked, read_timeout=hold_s + 10)
        return [update for update in got if isinstance(update, dict) and "update_id" in update]


def _as_reply(message_id: int | None) -> ReplyParameters | None:
    # The person may delete the photo while it is read; the answer goes out all the same.
    return ReplyParameters(message_id, allow_sending_without_reply=True) if message_id else None


def _request(connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connections, read_timeout=20.0, write_timeout=20.0, connect_timeout=10.0, pool_timeout=30.0
    )


class Wire:
    """The Bot API with our retries. Every method raises only the errors of `telegram.errors`."""

    def __init__(self, token: str, api_url: str, file_url: str, timing: Timing) -> None:
        self._timing = timing
        self._requests = (_request(2), _request(64))
        self.bot = _Bot(
            token,
            base_url=api_url,
            base_file_url=file_url,
            get_updates_request=self._requests[0],
            request=self._requests[1],
            # It keeps to 30 messages a second and 20 a minute in a group. 429 is waited out in
            # `patiently`: its own retries would hold everybody back for one person's limit.
            rate_limiter=AIORateLimiter(max_retries=0),
        )

    async def close(self) -> None:
        """Close the connections."""
        for request in self._requests:
            await request.shutdown()

    async def me(self) -> User:
        """The bot itself; one try."""
        return await self._once(self.bot.get_me())

    async def updates(self, offset: int | None) -> list[dict[str, Any]]:
        """Wait for updates, and acknowledge those before `offset`; one try."""
        return await self._once(self.bot.raw_updates(offset, self._timing.poll_s))

    async def _once(self, call: Awaitable[T]) -> T:
        try:
            return await call
        except TelegramError as error:
            raise sort_out(error) from None

    async def _call(self, what: str, do: Callable[[], Awaitable[T]]) -> T:
        async def tried() -> T:
            try:
                return await do()
            except InvalidToken:
                # Telegram says 404 for a wrong token and for a method that it does not know.
                await self.bot.get_me()
                raise Refused(f"{what}: no such method") from None

        return await patiently(tried, self._timing, what)

    async def fetch(self, file_id: str, size: int | None) -> bytes:
        """The bytes of a file. Raises `FetchError`, `FetchTooLarge`; never prints its address."""
        if size is not None and size > FILE_LIMIT:
            raise FetchTooLarge(f"{size} bytes")
        try:
            file = await self._call("getFile", lambda: self.bot.get_file(file_id))
            return bytes(await self._call("download", file.download_as_bytearray))
        except Refused as error:
            too_large = "too big" in error.reason
            raise (FetchTooLarge if too_large else FetchError)("Telegram has no file") from None
        except Unreachable:
            raise FetchError("Telegram did not hand the file out") from None

    async def send_text(self, chat: int, reply: Reply, answers: int | None) -> int:
        """A new message; its id. `answers` is the message that it replies to."""
        text, markup, to = html(reply, TEXT_LIMIT), keyboard(reply.rows), _as_reply(answers)
        sent = await self._call(
            "sendMessage",
            lambda: self.bot.send_message(
                chat, text, parse_mode="HTML", reply_markup=markup, reply_parameters=to
            ),
        )
        return sent.message_id

    async def send_photo(self, chat: int, reply: Reply, image: bytes, answers: int | None) -> int:
        """A new message with a picture; its id."""
        text, markup, to = html(reply, CAPTION_LIMIT), keyboard(reply.rows), _as_reply(answers)
        sent = await self._call(
            "sendPhoto",
            lambda: self.bot.send_photo(
                chat, image, text, parse_mode="HTML", reply_markup=markup, reply_parameters=to
            ),
        )
        return sent.message_id

    async def edit_text(self, chat: int, message: int, reply: Reply) -> None:
        """Make a text message this one."""
        text, markup = html(reply, TEXT_LIMIT), keyboard(reply.rows)
        await self._call(
            "editMessageText",
            lambda: self.bot.edit_message_text(
                text, chat, message, parse_mode="HTML", reply_markup=markup
            ),
        )

    async def edit_caption(self, chat: int, message: int, reply: Reply) -> None:
        """Make this the text and the buttons of a message with a picture."""
        text, markup = html(reply, CAPTION_LIMIT), keyboard(reply.rows)
        await self._call(
            "editMessageCaption",
            lambda: self.bot.edit_message_caption(
                chat, message, caption=text, parse_mode="HTML", reply_markup=markup
            ),
        )

    async def edit_media(self, chat: int, message: int, reply: Reply, image: bytes) -> None:
        """Make any message, a text too, this one with a picture."""
        media = InputMediaPhoto(image, html(reply, CAPTION_LIMIT), parse_mode="HTML")
        markup = keyboard(reply.rows)
        await self._call(
            "editMessageMedia",
            lambda: self.bot.edit_message_media(media, chat, message, reply_markup=markup),
        )

    async def delete(self, chat: int, message: int) -> None:
        """Delete one of our messages."""
        await self._call("deleteMessage", lambda: self.bot.delete_message(chat, message))

    async def answer_press(self, query: str, toast: str) -> None:
        """Stop the button's spinner, with a short notice where there is one."""
        text = shorten(toast, TOAST_LIMIT) or None
        await self._call("answerCallbackQuery", lambda: self.bot.answer_callback_query(query, text))

    async def typing(self, chat: int) -> None:
        """Show "typing…" for a few seconds; one try."""
        await self._once(self.bot.send_chat_action(chat, "typing"))

    async def set_commands(self, commands: Mapping[str, str], language: str | None) -> None:
        """The menu of commands, for one language or (None) for all others."""
        menu: Sequence[BotCommand] = [BotCommand(*command) for command in commands.items()]
        await self._call(
            "setMyCommands", lambda: self.bot.set_my_commands(menu, language_code=language)
        )

    async def use_webhook(self, url: str, secret: str) -> None:
        """Have updates delivered to `url`."""
        await self._call(
            "setWebhook",
            lambda: self.bot.set_webhook(url, allowed_updates=UPDATES, secret_token=secret),
        )

    async def use_polling(self) -> None:
        """Have updates wait for getUpdates."""
        await self._call("deleteWebhook", self.bot.delete_webhook)
