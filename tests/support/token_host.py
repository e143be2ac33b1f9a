"""A host that hands out tokens, takes only the last one, and keeps what it was asked."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.support import fault_host as fault
from tests.support.fault_host import Act, FaultHost, fault_host
from tests.support.loopback import Received

TOKEN = "/integrations/oauth2/api/v1/token"
EXCHANGE = "/integrations/oauth2/api/v1/jwt/exchange"
IMS = "/ims/token/v3"
TOKEN_TAKES = 0.02
"""Seconds a token takes, so that callers who need one meet."""


def gives_tokens(path: str) -> bool:
    return path in (TOKEN, EXCHANGE, IMS) or path.endswith("/login")


@dataclass
class TokenHost:
    """The running host."""

    host: FaultHost
    valid: str = ""
    refuse: Callable[[Received], Act | None] = lambda _asked: None
    expires_in: float = 0
    any_token: bool = False
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return self.host.url

    @property
    def asked_for_tokens(self) -> list[Received]:
        return [asked for asked in self.host.asked if gives_tokens(asked.path)]

    @property
    def calls(self) -> list[Received]:
        return [asked for asked in self.host.asked if asked not in self.asked_for_tokens]

    def expire(self) -> None:
        """The token handed out last no longer serves."""
        self.valid = "nothing-is-valid"


@contextmanager
def token_host(**settings: Any) -> Generator[TokenHost]:
    """Serves until the block ends; calls with another token than the last are refused, unless ``any_token`` will do."""

    def answer(asked: Received, _number: int) -> Act:
        if gives_tokens(asked.path):
            return state.refuse(asked) or _token(state, asked)
        given = asked.headers.get("sessionid") or asked.headers.get("authorization", "").removeprefix("Bearer ")
        if given != state.valid and not state.any_token:
            return fault.refusal(401, "You are not currently logged in.")
        return (
            fault.page(asked)
            if asked.path.endswith("/search")
            else fault.reply({"data": {"ID": "1" * 32, "name": "x"}})
        )

    with fault_host(answer) as host:
        state = TokenHost(host, **settings)
        yield state


def _token(state: TokenHost, asked: Received) -> Act:
    time.sleep(TOKEN_TAKES)
    with state.lock:
        number = next(state.numbers)
        state.valid = f"access-token-{number:020}"
    if asked.path.endswith("/login"):
        return fault.reply({"data": {"sessionID": state.valid, "userID": "5a01"}}, headers={"Set-Cookie": "attask=x"})
    refresh = {"refresh_token": f"refresh-token-{number:020}"} if asked.path == TOKEN else {}
    answer: Mapping[str, object] = {"token_type": "Bearer", "access_token": state.valid, "expires_in": state.expires_in}
    return fault.reply({**answer, **refresh, "wid": "w"})
