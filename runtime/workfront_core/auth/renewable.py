"""Credentials that get themselves a new token, once for everybody who waits for it.

A credential may be shared by clients, threads, tasks and event loops. Whoever finds the token missing or stale first
gets the new one; all others wait for that answer. The network itself belongs to the client.
"""

from __future__ import annotations

import copy
import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Final

from workfront_core.auth.token_store import TokenStore
from workfront_core.auth.tokens import Token, TokenRequest, TokenResponse, TokenSite, read_token
from workfront_core.errors.kinds import AuthenticationError, DeadlineExceeded, WorkfrontError
from workfront_core.errors.redaction import SecretHeaders

_log = logging.getLogger("workfront")

RENEWAL_COOLDOWN: Final = 10.0
"""Seconds before a renewal ahead of time is tried again after one failed; the token at hand still works."""


class RenewalAbandoned(Exception):
    """The one who was getting the token went away; somebody else has to."""


class RenewableAuth(ABC):
    """A credential with a token that runs out.

    Args:
        token: one at hand already.
        store: where tokens are kept between runs, ``None`` for nowhere.
        header: the header that carries the token; ``sessionID`` whatever ``token_type`` the service names.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        *,
        token: Token | None = None,
        store: TokenStore | None = None,
        header: str = "sessionID",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._lock = threading.Lock()
        self._store = store
        self._header = header
        self._clock = clock
        self._token = token if token is not None or store is None else store.load()
        self._flight: Future[Token] | None = None
        self._refused: AuthenticationError | None = None
        self._rests_until = 0.0

    @property
    def token(self) -> Token | None:
        """The token at hand."""
        return self._token

    def headers(self) -> Mapping[str, str]:
        """The header with the token at hand; none before the first one came."""
        token = self._token
        return SecretHeaders() if token is None else self.headers_with(token)

    def headers_with(self, token: Token) -> SecretHeaders:
        """The headers that carry a token."""
        return SecretHeaders({self._header: token.access.get_secret_value()})

    @abstractmethod
    def request(self, site: TokenSite, previous: Token | None) -> TokenRequest:
        """The question that gets the next token.

        Raises:
            AuthenticationError: nothing is left to ask with.
        """

    def read(self, answer: TokenResponse, request: TokenRequest, previous: Token | None) -> Token:
        """The token of an answer, or the error it reports."""
        return read_token(answer, request, now=self._clock(), previous=previous)

    def adjust_clock(self, answer: TokenResponse) -> bool:
        """Whether a refusal showed a wrong clock that the next question makes up for."""
        return False

    def is_due(self) -> bool:
        """Whether a call should renew before it is sent."""
        token, now = self._token, self._clock()
        if token is None or token.is_expired(now):
            return True
        return token.is_stale(now) and now >= self._rests_until

    def begin_or_join(self, used: Token | None) -> tuple[Future[Token], bool]:
        """The renewal to wait for, and whether it is the caller who has to carry it out.

        Args:
            used: the token that no longer serves; where another has replaced it already, nothing is to be done.
        """
        with self._lock:
            if self._token is not None and self._token is not used and not self._token.is_stale(self._clock()):
                return _completed(self._token), False
            if self._flight is not None:
                return self._flight, False
            self._flight = Future()
            self._flight.set_running_or_notify_cancel()  # nobody who waits can cancel it for the others
            return self._flight, True

    def check_refusal(self) -> None:
        """Raises the refusal of the service again where nothing has changed since, instead of asking once more."""
        if self._refused is not None:
            raise copy.copy(self._refused)

    def stored(self, used: Token | None) -> Token | None:
        """A token another process has put into the store meanwhile."""
        found = self._store.load() if self._store is not None else None
        if found is None or found.is_stale(self._clock()) or (used and found.access == used.access):
            return None
        return found

    def complete(self, flight: Future[Token], token: Token, *, fresh: bool = True) -> None:
        """Ends a renewal with its token; ``fresh`` ones go into the store."""
        if fresh:
            self._keep(token)
        with self._lock:
            self._token, self._flight, self._refused = token, None, None
        flight.set_result(token)

    def fail(self, flight: Future[Token], error: BaseException) -> None:
        """Ends a renewal without a token. An error of this package is everybody's, any other only the caller's."""
        ours = isinstance(error, WorkfrontError) and not isinstance(error, DeadlineExceeded)
        with self._lock:
            self._flight = None
            self._refused = error if isinstance(error, AuthenticationError) and not self._may_recover() else None
            self._rests_until = self._clock() + RENEWAL_COOLDOWN
        flight.set_exception(copy.copy(error) if ours and isinstance(error, WorkfrontError) else RenewalAbandoned())

    def is_usable(self) -> bool:
        """Whether the token at hand serves although its renewal failed."""
        return self._token is not None and not self._token.is_expired(self._clock())

    def discard(self) -> None:
        """Drops the token, here and in the store."""
        with self._lock:
            self._token = None
        if self._store is not None:
            self._store.delete()

    def _keep(self, token: Token) -> None:
        """A store that fails costs the next sign-in, not this call."""
        try:
            if self._store is not None:
                self._store.save(token)
        except Exception as error:  # key rings raise whatever their backend does
            _log.warning("The token could not be stored (%s); it serves until this program ends.", type(error).__name__)

    def _may_recover(self) -> bool:
        """Whether the same question may succeed later, after a refusal."""
        return False

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"


def _completed(token: Token) -> Future[Token]:
    done: Future[Token] = Future()
    done.set_result(token)
    return done
