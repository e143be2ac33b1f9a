"""Credentials that get themselves a new token, once for everybody who waits for it.

A credential may be shared by clients, threads, tasks and event loops. Whoever finds the token missing or stale first
gets the new one; all others wait for that answer. The network itself belongs to the client.
"""

from __future__ import annotations

import copy
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TypeVar, cast
from weakref import ReferenceType, ref

from workfront_core.arguments import checked_callable, checked_text
from workfront_core.auth.given_store import GivenStore
from workfront_core.auth.static import check_header_name
from workfront_core.auth.store_lock import StoreLock
from workfront_core.auth.token_store import TokenStore
from workfront_core.auth.tokens import Token, TokenRequest, TokenResponse, TokenSite, read_token
from workfront_core.base_class import BaseClass
from workfront_core.errors.frames import HidesArguments
from workfront_core.errors.kinds import AuthenticationError, DeadlineExceeded, QueryError, WorkfrontError
from workfront_core.errors.redaction import SecretHeaders
from workfront_core.process_state import Task, bind_to_process, is_left_lying

E = TypeVar("E", bound=WorkfrontError)

_log = logging.getLogger("workfront")

RENEWAL_COOLDOWN: Final = 10.0
"""Seconds before a renewal ahead of time is tried again after one failed; the token at hand still works."""


MOST_ABANDONED: Final = 2
"""Renewals a call may see given up before it gives up itself."""


class RenewalAbandoned(Exception):
    """The one who was getting the token went away; somebody else has to."""


_UNDER_WAY: Final = "renewal"


class Renewal(Future[Token]):
    """What all who need a token wait for.

    Attributes:
        task: the task that carries it out, ``None`` in threads. Its duty may outlive it, in the frames of the error
            that ended it, so whoever would wait looks first whether it is still at work.
    """

    task: ReferenceType[Task] | None = None

    @property
    def is_given_up(self) -> bool:
        """Whether the task that carries it out has come to its end without a word, or its event loop was stopped."""
        return self.task is not None and not self.done() and is_left_lying(self.task)


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What the token service said, and about which token.

    Attributes:
        error: to be raised again.
        token: the one at hand.
        passes_at: seconds since 1970 after which the service is asked again, ``None`` for never.
    """

    error: AuthenticationError
    token: Token | None
    passes_at: float | None


class Lead:
    """The duty to carry a renewal out. Where its holder goes away without a word, others hear that it is abandoned.

    Attributes:
        auth: the credential.
        renewal: what the others wait for.
        used: the token that no longer serves.
    """

    def __init__(self, auth: RenewableAuth, renewal: Renewal, used: Token | None) -> None:
        self.auth = auth
        self.renewal = renewal
        self.used = used

    def __del__(self) -> None:
        if hasattr(self, "renewal"):  # an interrupt may have come while it was made
            self.auth.abandon(self.renewal)


def _check_token(token: object) -> None:
    if token is not None and not isinstance(token, Token):
        raise QueryError(f"token= takes a Token, not {type(token).__name__}.", hint='Write token=Token("...").')


class RenewableAuth(BaseClass, HidesArguments, ABC):
    """A credential with a token that runs out.

    Args:
        token: one at hand already.
        store: where tokens are kept between runs, ``None`` for nowhere.
        header: the header that carries the token; ``sessionID`` whatever ``token_type`` the service names.
        clock: seconds since 1970.

    Raises:
        QueryError: an argument is of another kind, or the store cannot be read.
    """

    renews: Final = True
    """Tells clients that this credential renews itself."""

    def __init__(
        self,
        *,
        token: Token | None = None,
        store: TokenStore | None = None,
        header: str = "sessionID",
        clock: Callable[[], float] = time.time,
    ) -> None:
        _check_token(token)
        self._store = None if store is None else GivenStore(store)
        self._header = check_header_name(checked_text(header, "header="), "header=")
        self._clock = checked_callable(clock, "clock=")
        self._token = token if token is not None or self._store is None else self._store.first()
        self._kept: Token | None = self._token if token is None else None
        self._earlier: Token | None = None
        self._is_taken_over = False
        self._said: AuthenticationError | None = None
        self._refused: _Refusal | None = None
        self._rests_until = 0.0
        self.restart_in_child()
        bind_to_process(self)

    def restart_in_child(self) -> None:
        """Forgets a renewal that a thread of the parent is carrying out."""
        self._renewals: dict[str, Renewal] = {}

    @property
    def token(self) -> Token | None:
        """The token at hand."""
        return self._token

    @property
    def is_taken_over(self) -> bool:
        """Whether the token at hand is one that another program put into the store."""
        return self._is_taken_over

    def headers(self) -> Mapping[str, str]:
        """Returns the header with the token at hand; none before the first one came."""
        token = self._token
        return SecretHeaders() if token is None else self.headers_with(token)

    def headers_with(self, token: Token) -> SecretHeaders:
        """Returns the headers that carry a token."""
        return SecretHeaders({self._header: token.access.get_secret_value()})

    @abstractmethod
    def request(self, site: TokenSite, previous: Token | None, /) -> TokenRequest:
        """Returns the question that gets the next token.

        Raises:
            AuthenticationError: nothing is left to ask with.
        """

    def read(self, response: TokenResponse, request: TokenRequest, previous: Token | None, /) -> Token:
        """Returns the token of an answer, or the error it reports."""
        return read_token(response, request, now=self._now(), previous=previous)

    def adjust_clock(self, _response: TokenResponse, /) -> bool:
        """Returns whether a refusal showed a wrong clock that the next question makes up for."""
        return False

    def is_due(self) -> bool:
        """Returns whether a call should renew before it is sent."""
        token, now = self._token, self._now()
        if token is None or token.is_expired(now):
            return True
        return token.is_stale(now) and now >= self._rests_until

    def begin_or_join(self, used: Token | None, task: Task | None = None) -> tuple[Renewal, Lead | None]:
        """Returns the renewal to wait for, and the duty to carry it out where that falls to the caller.

        One entry of a dictionary decides who leads, in one step of the interpreter: no lock is there to be left locked.

        Args:
            used: the token that no longer serves; where another has replaced it already, nothing is to be done.
            task: the task that asks, ``None`` in threads.
        """
        if self._is_replaced(used):
            return self._completed(), None
        renewal = Renewal()
        renewal.task = None if task is None else ref(task)
        renewal.set_running_or_notify_cancel()  # nobody who waits can cancel it for the others
        lead = Lead(self, renewal, used)
        if (found := self._renewals.get(_UNDER_WAY)) is not None and found.is_given_up:
            self.abandon(found)
        joined = self._renewals.setdefault(_UNDER_WAY, renewal)
        if joined is not renewal:
            return joined, None
        if self._is_replaced(used):  # by a renewal that ended between the two looks
            self._end(renewal)
            renewal.set_result(cast("Token", self._token))
            return renewal, None
        return renewal, lead

    def _is_replaced(self, used: Token | None) -> bool:
        token = self._token
        return token is not None and token is not used and not token.is_stale(self._now())

    def _completed(self) -> Renewal:
        done = Renewal()
        done.set_result(cast("Token", self._token))
        return done

    def check_refusal(self, previous: Token | None) -> None:
        """Raises the refusal of the service again where it would be asked the same once more.

        Raises:
            AuthenticationError: the service refused this token before.
        """
        refused = self._refused
        if refused is None or not _same_refresh(refused.token, previous):
            return
        if refused.passes_at is None or 0 <= refused.passes_at - self._now() <= RENEWAL_COOLDOWN:
            raise retold(refused.error)

    def note_refusal(self, error: AuthenticationError, *, is_explained: bool) -> None:
        """Remembers that an error is the service's word, and not that of a store or a clock, which may serve soon."""
        self._said, self._is_explained = error, is_explained

    def store_lock(self) -> StoreLock | None:
        """Returns the lock over all programs that share the store, ``None`` where it has none."""
        return None if self._store is None else self._store.lock()

    def previous(self) -> Token | None:
        """Returns the token to renew: the one at hand, or the one that another program has put into the store
        meanwhile.
        """
        found = self._store.load() if self._store is not None and not self._starts_anew() else None
        if found is None or found == self._kept:
            return self._token
        self._kept = found
        if found.refresh is not None or not found.is_stale(self._now()):
            self._earlier, self._token = self._token, found
        return self._token

    def other_than(self, refused: Token | None) -> Token | None:
        """Returns another token to renew where one was refused: newer in the store, or the one before it was taken
        over.
        """
        for token in (self.previous(), self._earlier):
            if token is not None and token.refresh is not None and not _same_refresh(token, refused):
                return token
        return None

    def stored(self, used: Token | None) -> Token | None:
        """Returns a token that another program has put into the store meanwhile, ``None`` where there is none that
        serves.
        """
        found = self.previous()
        return found if self.serves(found, used) else None

    def serves(self, token: Token | None, used: Token | None) -> bool:
        """Returns whether a token can be used in place of the one that no longer serves."""
        if token is None or token.is_stale(self._now()):
            return False
        return used is None or token.access != used.access

    def complete(self, renewal: Renewal, token: Token, *, fresh: bool = True) -> None:
        """Ends a renewal with its token; ``fresh`` ones go into the store. One that was given up, as its event loop
        stood still, comes too late where another has brought a token.
        """
        if renewal.done() and self._token is not None and not self._token.is_stale(self._now()):
            return
        if fresh:
            self._keep(token)
        self._refused, self._earlier, self._is_taken_over, self._token = None, None, not fresh, token
        self._end(renewal)
        if not renewal.done():
            renewal.set_result(token)

    def fail(self, renewal: Renewal, error: BaseException) -> None:
        """Ends a renewal without a token. An error of this package is everybody's, any other only the caller's."""
        ours = isinstance(error, WorkfrontError) and not isinstance(error, DeadlineExceeded)
        self._refused = self._refusal_in(error) or self._refused
        self._end(renewal)
        if not renewal.done():
            renewal.set_exception(retold(error) if ours and isinstance(error, WorkfrontError) else RenewalAbandoned())
        with suppress(QueryError):
            self._rests_until = self._now() + RENEWAL_COOLDOWN

    def _refusal_in(self, error: BaseException) -> _Refusal | None:
        said, self._said = self._said, None
        if said is None or said is not error or self._may_recover():
            return None
        with suppress(QueryError):
            return _Refusal(said, self._token, None if self._is_explained else self._now() + RENEWAL_COOLDOWN)
        return None

    def abandon(self, renewal: Renewal) -> None:
        """Ends a renewal that nobody carries out any more; somebody else has to."""
        self._end(renewal)
        if not renewal.done():
            renewal.set_exception(RenewalAbandoned())

    def _end(self, renewal: Renewal) -> None:
        if self._renewals.get(_UNDER_WAY) is renewal:
            del self._renewals[_UNDER_WAY]

    def is_usable(self) -> bool:
        """Returns whether the token at hand serves although its renewal failed."""
        return self._token is not None and not self._token.is_expired(self._now())

    def discard(self) -> None:
        """Drops the token, here and in the store.

        Raises:
            QueryError: the store fails.
        """
        self._token = None
        if self._store is not None:
            self._store.delete()

    def _keep(self, token: Token) -> None:
        """Saves a token; a store that fails costs the next sign-in, not this call."""
        try:
            if self._store is not None:
                self._store.save(token)
                self._kept = token
        except Exception as error:  # key rings raise whatever their backend does
            said = error.message.rstrip(".") if isinstance(error, QueryError) else type(error).__name__
            _log.warning("The token could not be stored (%s); it serves until this program ends.", said)

    def _now(self) -> float:
        """Returns the seconds since 1970, by the clock that was given.

        Raises:
            QueryError: the clock fails, or gives something else.
        """
        try:
            return float(self._clock())
        except Exception as error:
            raise QueryError(f"The clock= of the credential failed: {type(error).__name__}.") from error

    def _starts_anew(self) -> bool:
        """Returns whether somebody has just signed in, so that what the store holds is of an earlier sign-in."""
        return False

    def _may_recover(self) -> bool:
        """Returns whether the same question may succeed later, after a refusal."""
        return False

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"


def retold(error: E) -> E:
    """Returns a copy of an error for one more who waits, with the same cause; a traceback of its own grows on each."""
    copied = copy.copy(error)
    copied.__cause__ = error.__cause__
    return copied


def _same_refresh(one: Token | None, other: Token | None) -> bool:
    return (one and one.refresh) == (other and other.refresh)
