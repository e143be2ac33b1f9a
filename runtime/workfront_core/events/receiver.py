"""What Workfront posts events to: an ASGI application for any server or framework (docs/protocol.md 13.4).

    app.mount("/workfront", Receiver(inbox, token="..."))      # Starlette, FastAPI

A message is answered with 200 only when it is on the disk. Every other answer makes the service send it again for 48
hours, so that nothing is lost meanwhile.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final, TypeAlias

from workfront_core.arguments import checked_number, described
from workfront_core.base_class import BaseClass
from workfront_core.errors.kinds import QueryError
from workfront_core.events.errors import InboxError, NotAnEvent
from workfront_core.events.given import checked_tokens
from workfront_core.events.inbox import Inbox
from workfront_core.events.message import message_of

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LARGEST: Final = 1_100_000
"""Bytes a message may have; the service sends at most 1 MB (docs/protocol.md 6)."""

_PATIENCE: Final = 4.0
"""Seconds for a body to come, and for it to be stored; after 5 the service counts a failure."""

_log = logging.getLogger("workfront.events")


class _Refused(Exception):
    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


class Receiver(BaseClass):
    """Takes the messages of event subscriptions into an inbox.

    Answers 200 when a message is stored, 401 for a wrong token, 413 above 1.1 MB, 408 for a body that does not come,
    400 for what is not an event, 503 where it cannot be stored now.
    """

    def __init__(self, inbox: Inbox, *, token: str | Iterable[str], patience: float = _PATIENCE) -> None:
        """Makes the application.

        Args:
            inbox: where messages go.
            token: the token of the subscriptions, or several while they change.
            patience: seconds for a body to come, and again for it to be stored.

        Raises:
            QueryError: there is no token, so that anybody could post, or something is of another kind.
        """
        if not isinstance(inbox, Inbox):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(
                f"A receiver needs an inbox, not {described(inbox)}.", hint='Write Inbox("events.sqlite").'
            )
        if checked_number(patience, "patience=") <= 0:
            raise QueryError(f"patience={patience}: these are seconds above zero.")
        self._inbox = inbox
        self._tokens = checked_tokens(token)
        self._patience = patience

    def __repr__(self) -> str:
        return f"Receiver({self._inbox!r}, token=***)"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            await self._respond(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._take(scope, receive)
        except _Refused as refusal:
            _log.warning("A message was answered with %d: %s", refusal.status, refusal)
            await _reply(send, refusal.status, str(refusal))
        except ConnectionResetError:
            return
        else:
            await _reply(send, 200, "")

    async def _take(self, scope: Scope, receive: Receive) -> None:
        headers = dict(scope["headers"])
        if scope["method"] != "POST":
            raise _Refused(405, "Events are posted.")
        if not self._knows(headers.get(b"authorization", b"")):
            raise _Refused(401, "The token is missing or wrong.")
        body = await self._body(headers, receive)
        try:
            message = message_of(body)
        except NotAnEvent as error:
            raise _Refused(400, error.message) from None
        try:
            async with asyncio.timeout(self._patience):
                await self._inbox.line.put(message)
        except TimeoutError:
            raise _Refused(503, "The disk is too slow.") from None
        except InboxError as error:
            raise _Refused(503, error.message) from None

    def _knows(self, authorization: bytes) -> bool:
        """Returns whether a header carries one of the tokens; it takes as long for a wrong one as for a right one."""
        scheme, _, rest = authorization.partition(b" ")
        given = rest.strip() if scheme.lower() == b"bearer" else authorization
        return sum(hmac.compare_digest(given, token) for token in self._tokens) > 0

    async def _body(self, headers: dict[bytes, bytes], receive: Receive) -> bytes:
        announced = headers.get(b"content-length", b"")
        if announced.isdigit() and int(announced[:20]) > LARGEST:
            raise _Refused(413, f"A message has at most {LARGEST} bytes.")
        body = bytearray()
        try:
            async with asyncio.timeout(self._patience):
                while True:
                    part = await receive()
                    if part["type"] == "http.disconnect":
                        raise ConnectionResetError
                    body += part.get("body", b"")
                    if len(body) > LARGEST:
                        raise _Refused(413, f"A message has at most {LARGEST} bytes.")
                    if not part.get("more_body"):
                        return bytes(body)
        except TimeoutError:
            raise _Refused(408, "The body did not come in time.") from None


async def _reply(send: Send, status: int, said: str) -> None:
    """Answers; a refusal ends the connection, since its body may not have been read."""
    content = said.encode()
    headers = [(b"content-length", str(len(content)).encode()), (b"content-type", b"text/plain; charset=utf-8")]
    headers += [(b"connection", b"close")] if status != 200 else []
    headers += [(b"www-authenticate", b"Bearer")] if status == 401 else []
    headers += [(b"allow", b"POST")] if status == 405 else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
