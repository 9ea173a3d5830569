"""From a template to an answer: the words, who is signed in, and the headers of every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.admin.sessions import Operator
from bot.sentences import LANGUAGES, Sentences

STATIC = Path(__file__).parent / "static"
_PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_PAGE_HEADERS = {
    "Content-Security-Policy": _PAGE_POLICY,
    "X-Frame-Options": "DENY",
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    # With "no-referrer" a browser would send forms with the Origin "null".
    "Referrer-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody: who it is (None: not signed in), and how they are spoken to.

    `form` is what their forms bring back (`Sessions.form`).
    """

    say: Sentences
    operator: Operator | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class MenuPlace:
    """A page of the menu: its address, and the name of its sentence."""

    path: str
    sentence: str


class Pages:
    """Fills the templates; `places` are the menu."""

    def __init__(self, places: Sequence[MenuPlace]) -> None:
        self._places = tuple(places)
        self._environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(
        self, request: web.Request, visit: Visit, name: str, status: int = 200, **values: object
    ) -> web.Response:
        """The page of a template with these values."""
        around = {
            "say": visit.say,
            "language": visit.say.language,
            "others": self._others(request, visit.say.language),
            "operator": visit.operator,
            "form": visit.form,
            "places": self._places,
            "here": request.path,
        }
        text = self._environment.get_template(name).render({**around, **values})
        return web.Response(text=text, status=status, content_type="text/html", charset="utf-8")

    def problem(self, request: web.Request, visit: Visit, reason: str, status: int) -> web.Response:
        """A page that says why not: the sentence `admin-REASON`."""
        told = visit.say(f"admin-{reason.replace('_', '-')}")
        return self.page(request, visit, "problem.html", status, told=told)

    @staticmethod
    def _others(request: web.Request, language: str) -> list[tuple[str, str]]:
        """The other languages, each with the address of this page in it."""
        others = (other for other in LANGUAGES if other != language)
        return [(other, str(request.rel_url.update_query(language=other))) for other in others]


def dressed(response: web.StreamResponse) -> web.StreamResponse:
    """The answer with the headers that all pages here have."""
    response.headers.update(_PAGE_HEADERS)
    return response
