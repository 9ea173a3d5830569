"""The sink for one update's replies: edits in place where it can, never answers twice.

A photo's first reply edits the placeholder, whose id was stored before the work began: run
again after a crash, it makes the same edit. Every other new message is noted as soon as
Telegram has it, and is not sent again; how one is found whose note a crash prevented, `once` says.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from bot.channels.telegram.answers.once import Once
from bot.channels.telegram.answers.presses import Presses
from bot.channels.telegram.answers.typing_sign import TypingSign
from bot.channels.telegram.calls.outgoing import CAPTION_LIMIT, fits, with_room, without_links
from bot.channels.telegram.errors import Refused
from bot.channels.telegram.logs import LOG
from bot.talk.errors import DeliveryError
from bot.talk.types import NO_PICTURE, Document, Reply


class TelegramReplies:
    """Replies of one run of a turn.

    `trouble` is the last failure, also where it was swallowed. `answer` is the message with the
    first reply, `code` and `interaction` are what the replies were about.
    """

    pictured = True

    def __init__(self, once: Once, presses: Presses, typing: TypingSign) -> None:
        self._once = once
        self._wire, self._incoming, self._note = once.wire, once.incoming, once.note
        self._presses = presses
        self._typing = typing
        self._number = 0  # of the next reply
        self.trouble: DeliveryError | None = None
        self._last: int | None = None  # the message with the last reply
        self.answer: int | None = None
        self.code = ""
        self.interaction = 0

    async def working(self) -> None:
        """Show "typing…" until the turn ends; a press is answered, its message stays as it is."""
        if self._incoming.press:
            task, _ = self._presses.answer(self._incoming.press.query, note=self._note)
            await task
        self._typing.begin()

    async def apologise(self, reply: Reply) -> None:
        """Deliver a last reply after those that came through in earlier runs."""
        self._number = max(self._note.sent, default=-1) + 1
        await self.send(reply)

    async def send(self, reply: Reply) -> None:
        """Deliver one reply. Raises `DeliveryError`."""
        number, self._number = self._number, self._number + 1
        try:
            reply = await self._toasted(with_room(reply))
            await self._deliver_somehow(number, reply)
        except DeliveryError as error:
            self.trouble = error
            raise
        self.code = reply.code or self.code
        self.interaction = reply.interaction or self.interaction

    async def _toasted(self, reply: Reply) -> Reply:
        """Answer the press first; a toast that came too late becomes the text if there is none."""
        if not self._incoming.press:
            return reply
        task, shown = self._presses.answer(self._incoming.press.query, reply.toast, self._note)
        await task
        late = reply.toast and not shown and not reply.text and self._incoming.place.private
        return replace(reply, text=reply.toast) if late else reply

    async def _deliver_somehow(self, number: int, reply: Reply) -> None:
        """A button that Telegram does not take must not cost the person the answer."""
        plain = without_links(reply)
        try:
            await self._deliver(number, reply)
        except Refused as error:
            if not error.bad_button or plain.rows == reply.rows:
                raise
            LOG.warning("a button was refused, answering without links: %s", error)
            await self._deliver(number, plain)

    async def _deliver(self, number: int, reply: Reply) -> None:
        if number in self._note.sent:
            self._told(number, self._note.sent[number])
            await self._drop_placeholder(number)
        elif reply.document:
            await self._send_file(number, reply, reply.document)
        elif reply.only_in_place:
            if self._incoming.press:
                await self._edited(number, reply)
        elif (reply.text or reply.image) and not await self._edited(number, reply):
            await self._send_new(number, reply)

    @property
    def latest(self) -> int:
        """The message with the last reply; 0: none yet."""
        return self._last or 0

    async def amend(self, reply: Reply, message: int) -> None:
        """Change a message of this turn; where Telegram refuses, it stays as it is."""
        for edit in self._ways(message, False, with_room(reply)):
            try:
                await edit()
            except Refused as error:
                if error.other_kind:
                    continue
                LOG.info("late answer not added: %s", error)
            except DeliveryError as error:
                LOG.info("late answer not added: %s", error)
            return

    def _told(self, number: int, message: int) -> None:
        self._last = message
        if number == 0:
            self.answer = message

    async def _edited(self, number: int, reply: Reply) -> bool:
        """Whether the reply is now in the message that it belongs into."""
        press = self._incoming.press
        if press and reply.replaces:
            message, is_photo = press.message, press.is_photo
            if is_photo and reply.image == NO_PICTURE:
                await self._remove(message)  # Telegram makes no text of a picture
                return False
        elif number == 0 and self._note.placeholder:
            message, is_photo = self._note.placeholder, False
        else:
            return False
        for edit in self._ways(message, is_photo, reply):
            try:
                await edit()
            except Refused as error:
                if not error.unchanged:
                    if not error.other_kind:
                        LOG.info("message not edited, sending a new one: %s", error)
                        return False
                    continue
            self._told(number, message)
            return True
        return False

    def _ways(
        self, message: int, is_photo: bool, reply: Reply
    ) -> list[Callable[[], Awaitable[None]]]:
        """Edits to try in order; what the message is may have changed since the update was made."""
        place, image = self._incoming.place, reply.image
        if image:
            return [lambda: self._wire.edit_media(place, message, reply, image)]
        ways: list[Callable[[], Awaitable[None]]] = [
            lambda: self._wire.edit_text(place, message, reply),
            lambda: self._wire.edit_caption(place, message, reply),
        ]
        return ways[::-1] if is_photo else ways

    async def _send_new(self, number: int, reply: Reply) -> None:
        await self._noted(number, await self._posted(number, reply))
        await self._drop_placeholder(number)

    async def _noted(self, number: int, message: int) -> None:
        self._note.sent[number], self._note.intended = message, None
        self._told(number, message)
        await self._note.save()

    async def _posted(self, number: int, reply: Reply) -> int:
        def edits(message: int) -> list[Callable[[], Awaitable[None]]]:
            return self._ways(message, False, reply)

        return await self._once.post(number, lambda: self._sent(reply), edits)

    async def _sent(self, reply: Reply) -> int:
        place, answers = self._incoming.place, self._incoming.message
        if reply.image:
            try:
                return await self._wire.send_photo(place, reply, reply.image, answers)
            except Refused as error:
                if not reply.text or error.bad_button:
                    raise
                LOG.info("picture not taken, sending the text alone: %s", error)
        return await self._wire.send_text(place, reply, answers)

    async def _send_file(self, number: int, reply: Reply, document: Document) -> None:
        """The file with the text as its caption; a text too long for one goes before it."""
        place, answers = self._incoming.place, self._incoming.message
        text = replace(reply, document=None)
        before = -1 - number  # the note's place for the text that goes before
        if not fits(reply.text, CAPTION_LIMIT):
            if before not in self._note.sent:
                await self._noted(before, await self._posted(before, text))
            reply = replace(reply, text="", rows=())
        try:
            message = await self._once.post(
                number,
                lambda: self._wire.send_document(place, reply, document, answers),
                lambda message: self._ways(message, True, reply)[:1] if reply.text else (),
            )
        except Refused as error:
            if not text.text or error.bad_button:
                raise
            LOG.warning("a file was not taken: %s", error)
            message = self._note.sent.get(before) or await self._posted(number, text)
        await self._noted(number, message)
        await self._drop_placeholder(number)

    async def _drop_placeholder(self, number: int) -> None:
        """Once the answer is a message of its own, "reading…" goes."""
        if number == 0 and self._note.placeholder:
            await self._remove(self._note.placeholder)

    async def _remove(self, message: int) -> None:
        with suppress(Refused):  # gone already, or too old
            await self._wire.delete(self._incoming.place, message)
