"""Signing in and out, and who is let through to which page.

GET  /admin/login    the form
POST /admin/login    name and secret; a cookie for eight hours
POST /admin/logout   the cookie is forgotten
"""

from __future__ import annotations

import logging
import math
import secrets
from collections.abc import Awaitable, Callable, Collection

from aiohttp import web

from bot.admin.forms import Form, FormRefused, fields_of
from bot.admin.pages import Pages, Visit, dressed
from bot.admin.sessions import SESSION_LASTS, Operator, Sessions, name_of
from bot.guarding.buckets import Buckets
from bot.guarding.origin import first_language, objection, speaks_https
from bot.sentences import LANGUAGES, sentences
from storage.errors import StorageError

HOME = "/admin"
_LOGIN = f"{HOME}/login"
_SESSION_COOKIE = "pumbeon-admin"
_FORM_COOKIE = "pumbeon-admin-form"
"""Before a session there is nothing else that the form of signing in could be bound to."""
_LANGUAGE_COOKIE = "pumbeon-admin-language"
_TRIES_PER_MINUTE = 5
"""Of one address at signing in: enough for somebody who mistypes, 7,200 guesses a day."""
_RETRY_S = 2  # as the web chat's page: most of what is short passes as soon

Show = Callable[[web.Request, Visit], Awaitable[web.StreamResponse]]
Act = Callable[[web.Request, Visit, Form], Awaitable[web.StreamResponse]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = logging.getLogger(__name__)


class Door:
    """Lets through who is signed in; every page of the operator's is wrapped in `shown`, every
    form in `acted`.
    """

    def __init__(
        self, sessions: Sessions, pages: Pages, hosts: Collection[str], https_host: str
    ) -> None:
        """`hosts` are names beside addresses, `https_host` the one reached by https alone."""
        self._sessions = sessions
        self._pages = pages
        self._hosts = frozenset(hosts)
        self._https_host = https_host
        self._tries = Buckets(_TRIES_PER_MINUTE)

    def routes(self) -> list[web.AbstractRouteDef]:
        """Signing in and out."""
        return [
            web.get(_LOGIN, self._handled(self._sign_in_page)),
            web.post(_LOGIN, self._handled(self._sign_in)),
            web.post(f"{HOME}/logout", self._handled(self._sign_out)),
        ]

    def shown(self, show: Show) -> Handler:
        """A page for all who are signed in; others are led to the form of signing in."""

        async def handler(request: web.Request, visit: Visit) -> web.StreamResponse:
            if visit.operator is None:
                raise web.HTTPSeeOther(_LOGIN)
            return await show(request, visit)

        return self._handled(handler)

    def acted(self, act: Act) -> Handler:
        """A form for those who may change something."""

        async def handler(request: web.Request, visit: Visit) -> web.StreamResponse:
            if visit.operator is None:
                return self._pages.problem(request, visit, "signed_out", 401)
            form = await self._form(request, self._cookie(request, _SESSION_COOKIE))
            if not visit.operator.may_write:
                return self._pages.problem(request, visit, "read_only", 403)
            return await act(request, visit, form)

        return self._handled(handler)

    def _handled(self, show: Show) -> Handler:
        async def handler(request: web.Request) -> web.StreamResponse:
            visit = self._visit(request)
            response: web.StreamResponse
            try:
                if reason := objection(request, self._hosts):
                    stranger = Visit(visit.say)
                    response = self._pages.problem(request, stranger, reason, 403)
                else:
                    response = await show(request, visit)
            except FormRefused as refusal:
                response = self._pages.problem(request, visit, refusal.reason, refusal.status)
            except web.HTTPSeeOther as elsewhere:
                response = web.Response(status=303, headers={"Location": str(elsewhere.location)})
            except StorageError as error:
                log.warning("a page of the operator's waits for the storage: %s", error)
                response = self._pages.problem(request, visit, "unavailable", 503)
                response.headers["Retry-After"] = str(_RETRY_S)
            self._keep_language(request, response)
            return dressed(response)

        return handler

    def _visit(self, request: web.Request) -> Visit:
        asked = request.query.get("language") or request.cookies.get(_LANGUAGE_COOKIE, "")
        say = sentences(asked if asked in LANGUAGES else first_language(request))
        token = self._cookie(request, _SESSION_COOKIE)
        operator = self._sessions.operator(token) if token else None
        return Visit(say, operator, self._sessions.form(token) if operator else "")

    async def _sign_in_page(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        return self._sign_in_form(request, visit)

    async def _sign_in(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        form = await self._form(request, self._cookie(request, _FORM_COOKIE))
        if seconds := self._tries.take(request.remote):
            response = self._sign_in_form(request, visit, "too_many_tries", 429)
            response.headers["Retry-After"] = str(math.ceil(seconds))
            return response
        name, role = name_of(form.get("name", "")), self._sessions.role_of(form.get("secret", ""))
        if role is None:
            log.warning("somebody at %s could not sign in as operator", request.remote)
            return self._sign_in_form(request, visit, "wrong_secret", 401)
        self._tries.give_back(request.remote)
        if not name:
            return self._sign_in_form(request, visit, "wrong_name", 400)
        return self._signed_in(request, Operator(name, role))

    def _signed_in(self, request: web.Request, operator: Operator) -> web.Response:
        response = web.Response(status=303, headers={"Location": HOME})
        token = self._sessions.begin(operator)
        self._set(request, response, _SESSION_COOKIE, token, int(SESSION_LASTS.total_seconds()))
        log.info("an operator signed in from %s as %s", request.remote, operator.role.value)
        return response

    def _sign_in_form(
        self, request: web.Request, visit: Visit, reason: str = "", status: int = 200
    ) -> web.Response:
        token = self._cookie(request, _FORM_COOKIE) or secrets.token_urlsafe(32)
        told = visit.say(f"admin-{reason.replace('_', '-')}") if reason else ""
        form = self._sessions.form(token)
        out = Visit(visit.say, None, form)
        response = self._pages.page(request, out, "login.html", status, told=told)
        self._set(request, response, _FORM_COOKIE, token, int(SESSION_LASTS.total_seconds()))
        return response

    async def _sign_out(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        if visit.operator is not None:
            await self._form(request, self._cookie(request, _SESSION_COOKIE))
        response = web.Response(status=303, headers={"Location": _LOGIN})
        self._set(request, response, _SESSION_COOKIE, "", 0)
        return response

    async def _form(self, request: web.Request, token: str) -> Form:
        """The fields of a form of this very session. Raises `FormRefused`."""
        if "Origin" not in request.headers:  # every browser says it with a form
            raise FormRefused("foreign", 403)
        form = await fields_of(request)
        if not token or not self._sessions.is_form(token, form.get("form", "")):
            raise FormRefused("stale_form", 403)
        return form

    def _cookie(self, request: web.Request, name: str) -> str:
        return request.cookies.get(self._named(request, name), "")

    def _named(self, request: web.Request, name: str) -> str:
        """Over https the name that a browser takes from https alone."""
        return f"__Secure-{name}" if speaks_https(request, self._https_host) else name

    def _set(
        self, request: web.Request, response: web.Response, name: str, value: str, seconds: int
    ) -> None:
        response.set_cookie(
            self._named(request, name),
            value,
            max_age=seconds,
            httponly=True,
            samesite="Strict",
            secure=speaks_https(request, self._https_host),
            path=HOME,
        )

    def _keep_language(self, request: web.Request, response: web.StreamResponse) -> None:
        asked = request.query.get("language", "")
        if asked in LANGUAGES:
            response.set_cookie(
                _LANGUAGE_COOKIE, asked, path=HOME, samesite="Strict", httponly=True
            )
