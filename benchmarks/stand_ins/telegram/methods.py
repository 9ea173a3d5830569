"""The Bot API's methods over the chats, as strict as the real ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from benchmarks.stand_ins.telegram.chats import BOT, JSON, Chats, Refusal, keyboard, picture, plain

OLD_QUERY = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@dataclass
class File:
    """A file that people sent; `size` is what the server says about it."""

    data: bytes
    size: int
    path: str


class Upload(bytes):
    """A file as uploaded, and the name that came with it."""

    name: str = ""


@dataclass
class Methods:
    """`_do_x_y` is the method xY; it takes parsed parameters and gives the result."""

    chats: Chats = field(default_factory=Chats)
    files: dict[str, File] = field(default_factory=dict)
    queries: dict[str, str] = field(default_factory=dict)  # open | answered | old
    inline: dict[str, JSON | None] = field(default_factory=dict)  # answers; None: open
    toasts: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[JSON]] = field(default_factory=dict)
    webhook: JSON = field(default_factory=dict)
    away: int = 0  # how often getFile says that the file is unavailable for now

    def _do_get_me(self, _: JSON) -> JSON:
        return BOT

    def _do_get_file(self, params: JSON) -> JSON:
        file = self.files.get(params["file_id"])
        self.away = max(0, self.away - 1) if (away := self.away > 0) else 0
        if file is None or away:
            raise Refusal("Bad Request: wrong file_id or the file is temporarily unavailable")
        if file.size > 20_000_000:
            raise Refusal("Bad Request: file is too big")
        about = {"file_id": params["file_id"], "file_unique_id": "u", "file_size": file.size}
        return {**about, "file_path": file.path}

    def _do_send_message(self, params: JSON) -> JSON:
        text = plain(params.get("text", ""), params.get("parse_mode"), 4096, "message")
        return self.chats.json(self.chats.send(params, text, None))

    def _do_send_photo(self, params: JSON) -> JSON:
        photo = picture(_file(params, params.get("photo")))
        return self.chats.json(self.chats.send(params, _caption(params), photo))

    def _do_send_document(self, params: JSON) -> JSON:
        document = _file(params, params.get("document"))
        if not document:
            raise Refusal("Bad Request: file must be non-empty")
        name = document.name if isinstance(document, Upload) else ""
        if not name or "/" in name:
            raise Refusal("Bad Request: file name is empty")
        sent = self.chats.send(params, _caption(params), None, document, name)
        return self.chats.json(sent)

    def _do_answer_inline_query(self, params: JSON) -> bool:
        if self.inline.get(params["inline_query_id"], params) is not None:
            raise Refusal(OLD_QUERY)
        results = params["results"]
        if len(results) > 50:
            raise Refusal("Bad Request: RESULTS_TOO_MUCH")
        ids = [result["id"] for result in results]
        if len(set(ids)) < len(ids):
            raise Refusal("Bad Request: RESULT_ID_DUPLICATE")
        for result in results:
            _check_article(result)
        button = params.get("button")
        if button and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button.get("start_parameter", "")):
            raise Refusal("Bad Request: START_PARAM_INVALID")
        self.inline[params["inline_query_id"]] = params
        return True

    def _do_send_chat_action(self, params: JSON) -> bool:
        if params.get("action") not in {"typing", "upload_photo"}:
            raise Refusal("Bad Request: wrong parameter action in request")
        self.chats.check(params)
        return True

    def _do_edit_message_text(self, params: JSON) -> JSON:
        text = plain(params.get("text", ""), params.get("parse_mode"), 4096, "message")
        return self.chats.json(self.chats.edit(params, "text", text, None))

    def _do_edit_message_caption(self, params: JSON) -> JSON:
        return self.chats.json(self.chats.edit(params, "caption", _caption(params), None))

    def _do_edit_message_media(self, params: JSON) -> JSON:
        media = params["media"]
        photo = picture(_file(params, media["media"]))
        return self.chats.json(self.chats.edit(params, "media", _caption(media), photo))

    def _do_edit_message_reply_markup(self, params: JSON) -> JSON:
        return self.chats.json(self.chats.edit(params, "markup", ("", []), None))

    def _do_answer_callback_query(self, params: JSON) -> bool:
        query, text = params["callback_query_id"], params.get("text", "")
        if len(text) > 200:
            raise Refusal("Bad Request: MESSAGE_TOO_LONG")
        if self.queries.get(query) != "open":
            raise Refusal(OLD_QUERY)
        self.queries[query], self.toasts[query] = "answered", text
        return True

    def _do_delete_message(self, params: JSON) -> bool:
        self.chats.delete(params)
        return True

    def _do_set_my_commands(self, params: JSON) -> bool:
        for command in params["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise Refusal("Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise Refusal("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[params.get("language_code", "")] = params["commands"]
        return True

    def _do_set_webhook(self, params: JSON) -> bool:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", params.get("secret_token", "")):
            raise Refusal("Bad Request: secret token contains unallowed characters")
        _check_kinds(params)
        self.webhook = params  # the real one wants https; here it would only test certificates
        return True

    def _do_delete_webhook(self, _: JSON) -> bool:
        self.webhook = {}
        return True


def _caption(params: JSON) -> tuple[str, list[str]]:
    return plain(params.get("caption", ""), params.get("parse_mode"), 1024, "message caption")


def _file(params: JSON, named: Any) -> bytes | None:
    if isinstance(named, bytes):
        return named
    found = params.get(str(named).removeprefix("attach://"))
    return found if isinstance(found, bytes) else None


def _check_article(result: JSON) -> None:
    if not 1 <= len(result["id"].encode()) <= 64:
        raise Refusal("Bad Request: RESULT_ID_INVALID")
    if result["type"] != "article" or not result.get("title"):
        raise Refusal("Bad Request: can't parse inline query result")
    content = result["input_message_content"]
    text, _ = plain(content["message_text"], content.get("parse_mode"), 4096, "message")
    if not text.strip():
        raise Refusal("Bad Request: MESSAGE_EMPTY")
    keyboard(result.get("reply_markup"), inline=True)
    if not re.match(r"https?://", result.get("thumbnail_url", "https://")):
        raise Refusal("Bad Request: WEBDOCUMENT_URL_INVALID")


_KINDS = {"message", "edited_message", "callback_query", "inline_query"}


def _check_kinds(params: JSON) -> None:
    unknown = set(params.get("allowed_updates", [])) - _KINDS
    if unknown:
        raise Refusal(f"Bad Request: unknown update types {unknown}")
