"""All commands and presses: one row each, which every channel and /help read.

A new command is a row in `CHAT_COMMANDS`, its handler in the module of its topic, and its sentences
(`command-NAME` in bot/sentences/*/commands.ftl, with what its answer says). A new press is a row in
`PRESSES` and its handler. tests/bot/test_commands.py says what is missing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial

from bot.sentences import Sentences
from bot.talk.code import choosing, correction
from bot.talk.code.draft import VERBS
from bot.talk.code.several import show_each
from bot.talk.code.typed import answer_text
from bot.talk.desk import Desk, Turn
from bot.talk.language import choose_language, language_pressed
from bot.talk.past import code_page
from bot.talk.past.export import export_command, export_pressed
from bot.talk.past.forgetting import ask_to_forget, forget_pressed
from bot.talk.past.history import show_history, turn_page
from bot.talk.past.privacy import answer_consent, show_privacy
from bot.talk.past.stats import show_stats
from bot.talk.types import Reply, TextSent
from bot.talk.watches import watching
from storage.types import Interaction
from stylecode import read

Handle = Callable[[Desk, Turn, str], Awaitable[None]]
HandleRow = Callable[[Desk, Turn, Interaction, str], Awaitable[None]]


class OnPage(Enum):
    """Where the web page has a command."""

    NOWHERE = 0
    BUTTON = 1  # of its own, in the bar
    MENU = 2


@dataclass(frozen=True, slots=True)
class ChatCommand:
    """A slash command; what it is called is the message `command-NAME` of commands.ftl.

    `menu`: it stands in Telegram's menu, as the message says. `help_line`: the line of /help that
    it stands in, 0 for none, as `.help` says. `page`: where the web page has it, as `.page` says.
    `words`: what people write instead where slashes are unusual (KakaoTalk), beside the name; with
    `takes_more` something may follow them. `for_all`: a group may see the answer; the other
    answers show what is one person's. `danger`: it is shown in red.
    """

    name: str
    answer: Handle
    words: tuple[str, ...]
    menu: bool = True
    help_line: int = 0
    page: OnPage = OnPage.NOWHERE
    takes_more: bool = False
    for_all: bool = False
    danger: bool = False

    @property
    def sentence(self) -> str:
        """The key of what it is called."""
        return f"command-{self.name}"


@dataclass(frozen=True, slots=True)
class FreePress:
    """A button that belongs to no row: `verb:0:argument`."""

    verb: str
    answer: Handle


@dataclass(frozen=True, slots=True)
class RowPress:
    """A button about a row of the person's own: `verb:interaction:argument`."""

    verb: str
    answer: HandleRow


async def answer_command(desk: Desk, turn: Turn, name: str, argument: str) -> None:
    """Any command; one that is unknown gets the help."""
    command = COMMAND_OF.get(name.lower())
    await (command.answer if command else give_help)(desk, turn, argument)


async def give_help(desk: Desk, turn: Turn, argument: str) -> None:
    """How the bot is used, and the commands."""
    await turn.replies.send(Reply("\n".join((turn.say("help"), *_help_lines(turn.say)))))


async def _start(desk: Desk, turn: Turn, argument: str) -> None:
    """The greeting; a link that starts the bot may carry a command or a code, which is answered."""
    argument = argument.strip()
    if argument.lower() in MENU:
        await answer_command(desk, turn, argument, "")
    elif read(argument).codes:
        await answer_text(desk, turn, TextSent(turn.key, argument))
    else:
        await turn.replies.send(Reply(turn.say("welcome")))


def _help_lines(say: Sentences) -> list[str]:
    lines: dict[int, list[str]] = {}
    for command in CHAT_COMMANDS:
        if command.help_line:
            told = f"/{command.name} {say(f'{command.sentence}.help')}"
            lines.setdefault(command.help_line, []).append(told)
    return [" · ".join(lines[number]) for number in sorted(lines)]


CHAT_COMMANDS: tuple[ChatCommand, ...] = (
    ChatCommand(
        "help",
        give_help,
        ("도움말", "도움", "사용법", "사용방법"),
        page=OnPage.MENU,
        for_all=True,
    ),
    ChatCommand(
        "start",
        _start,
        ("시작", "시작하기", "처음", "처음으로"),
        menu=False,
        page=OnPage.MENU,
        for_all=True,
    ),
    ChatCommand(
        "history",
        show_history,
        ("히스토리", "기록", "내기록", "지난품번"),
        help_line=2,
        page=OnPage.BUTTON,
        takes_more=True,
    ),
    ChatCommand(
        "watch",
        watching.watch_command,
        ("알림", "가격알림", "지켜보기"),
        help_line=1,
        takes_more=True,
    ),
    ChatCommand(
        "watches",
        watching.show_watches,
        ("알림목록", "내알림"),
        help_line=1,
        page=OnPage.MENU,
    ),
    ChatCommand("stats", show_stats, ("통계", "내통계"), help_line=2, page=OnPage.MENU),
    ChatCommand(
        "export",
        export_command,
        ("내보내기",),
        help_line=2,
        page=OnPage.MENU,
        takes_more=True,
    ),
    ChatCommand(
        "language",
        choose_language,
        ("언어", "언어변경", "언어바꾸기"),
        help_line=3,
        page=OnPage.BUTTON,
        takes_more=True,
        for_all=True,
    ),
    ChatCommand(
        "privacy", show_privacy, ("개인정보", "개인정보처리"), help_line=3, page=OnPage.MENU
    ),
    ChatCommand(
        "delete",
        ask_to_forget,
        ("삭제", "기록삭제", "내기록삭제", "지우기"),
        help_line=3,
        page=OnPage.MENU,
        danger=True,
    ),
)
"""In the order in which menus and /help have them."""

COMMAND_OF: Mapping[str, ChatCommand] = {command.name: command for command in CHAT_COMMANDS}

MENU = tuple(command.name for command in CHAT_COMMANDS if command.menu)
"""Names of the commands that people are told of, in order."""

PRESSES: tuple[FreePress | RowPress, ...] = (
    # A reading's answer, and codes typed together. An argument is an index (pick, each), or
    # position.character.stamp (near) as `bot.talk.code.draft` has it.
    RowPress("confirm", choosing.confirm),
    RowPress("pick", choosing.pick),
    RowPress("near", choosing.near),
    RowPress("each", show_each),
    RowPress("refuse", choosing.refuse),
    RowPress("price", choosing.price_again),
    RowPress("bell", watching.ring),
    # Inline correction.
    RowPress("edit", correction.edit),
    *(RowPress(verb, partial(correction.change, verb)) for verb in VERBS),
    RowPress("done", correction.done),
    RowPress("cancel", correction.cancel),
    # The past: page or page.search (hist); r for "in place" (open); yes-number or no (drop);
    # format or format.search (export).
    FreePress("hist", turn_page),
    RowPress("open", code_page.open_entry),
    RowPress("drop", code_page.remove),
    FreePress("export", export_pressed),
    # The person: yes or no, with -p under /privacy (consent); ko or en (lang); ask, no or
    # yes-seconds (forget); the watch's number (watched, fall), or list (unwatch).
    FreePress("consent", answer_consent),
    FreePress("lang", language_pressed),
    FreePress("forget", forget_pressed),
    FreePress("unwatch", watching.unwatch),
    FreePress("watched", watching.open_watched),
    FreePress("fall", watching.loosen),
    FreePress("help", give_help),
)

PRESS_OF: Mapping[str, FreePress | RowPress] = {press.verb: press for press in PRESSES}
