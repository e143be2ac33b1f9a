"""A store of the caller's own: what its methods answer is looked at before it is used."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Final, TypeVar, cast

from workfront_core.auth.store_lock import StoreLock
from workfront_core.auth.token_store import TokenStore
from workfront_core.auth.tokens import Token
from workfront_core.base_class import check_initialised
from workfront_core.errors.kinds import QueryError, WorkfrontError

T = TypeVar("T")

_log = logging.getLogger("workfront")

_AT_ONCE: Final = "Write it with def, without async: what signs in is asked in threads and in event loops alike."
_LOCK: Final = "It has try_acquire(), which returns True or False, and release()."


class GivenStore:
    """A store whose answers are checked, and whose own errors pass.

    Args:
        store: as it was given.

    Raises:
        QueryError: it is none.
    """

    def __init__(self, store: TokenStore) -> None:
        if not all(callable(getattr(store, name, None)) for name in ("load", "save")) or isinstance(store, type):
            raise QueryError(f"store= takes a store for tokens, not {kind_of(store)}.", hint="Write FileStore(path).")
        if not callable(lock := getattr(store, "lock", lambda: None)):
            raise QueryError(
                f"lock of a store is a method that returns a lock, not {kind_of(lock)}.",
                hint="Give that member of yours another name, or leave lock out.",
            )
        check_initialised(store)
        self._store = store

    def load(self) -> Token | None:
        """Returns the token kept.

        Raises:
            QueryError: it is something else.
        """
        found = result_of(self._store.load, "load() of the store")
        if found is None or isinstance(found, Token):
            return found
        kind = kind_of(found)
        del found  # a traceback may show local variables
        raise QueryError(f"load() of the store gave {kind}, not a Token.", hint="Return Token(...), or None for none.")

    def first(self) -> Token | None:
        """Returns the token kept when a program starts.

        Raises:
            QueryError: the store fails, or gives something else.
        """
        return failing_as_ours(self.load, "The store for tokens")

    def save(self, token: Token) -> None:
        """Keeps a token.

        Raises:
            QueryError: the method is asynchronous.
        """
        result_of(lambda: self._store.save(token), "save() of the store")

    def delete(self) -> None:
        """Keeps none any more.

        Raises:
            QueryError: the store fails, or has no such method.
        """

        def deleted() -> object:
            return result_of(lambda: self._store.delete(), "delete() of the store")

        failing_as_ours(deleted, "The store for tokens")

    def lock(self) -> StoreLock | None:
        """Returns the lock over all programs that share the store, ``None`` where it has none.

        Raises:
            QueryError: it is no lock.
        """
        lock = result_of(getattr(self._store, "lock", lambda: None), "lock() of the store")
        if lock is None:
            return None
        if not all(callable(getattr(lock, name, None)) for name in ("try_acquire", "release")):
            raise QueryError(f"lock() of the store gave {kind_of(lock)}, which is not a lock.", hint=_LOCK)
        return _GivenLock(cast("StoreLock", lock))


class _GivenLock:
    """A lock whose answers are checked."""

    def __init__(self, lock: StoreLock) -> None:
        self._lock = lock

    def try_acquire(self) -> bool:
        is_held = result_of(self._lock.try_acquire, "try_acquire() of the store's lock")
        if not isinstance(is_held, bool):
            raise QueryError(f"try_acquire() of the store's lock gave {kind_of(is_held)}, not True or False.")
        return is_held

    def release(self) -> None:
        """Gives it back; a lock that fails to costs the next renewal, not this call."""
        try:
            result_of(self._lock.release, "release() of the store's lock")
        except Exception as error:
            said = error.message.rstrip(".") if isinstance(error, QueryError) else type(error).__name__
            _log.warning("The lock of the stored token could not be given back (%s).", said)

    def __repr__(self) -> str:
        return repr(self._lock)


def failing_as_ours(question: Callable[[], T], what: str, kind: type[WorkfrontError] = QueryError) -> T:
    """Returns the answer to a question; what fails there becomes an error of this package.

    Raises:
        WorkfrontError: something of the caller's own failed; of the kind that is given.
    """
    try:
        return question()
    except WorkfrontError:
        raise
    except Exception as error:
        raise kind(f"{what} failed: {type(error).__name__} in {place_of(error)}.") from error


def place_of(error: BaseException) -> str:
    """Returns the function that raised an error."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "an unknown place" if trace is None else trace.tb_frame.f_code.co_qualname


def result_of(question: Callable[[], object], whose: str) -> object:
    """Returns what a method of the caller's own answers; a coroutine is no answer, nobody would ever wait for it.

    Raises:
        QueryError: the method is asynchronous.
    """
    given = question()
    if isinstance(given, Coroutine):
        given.close()
    if isinstance(given, Awaitable):
        raise QueryError(f"{whose} is asynchronous; it is to answer at once.", hint=_AT_ONCE)
    return given


def kind_of(value: object) -> str:
    """Returns how a message names what was given, without showing any of it."""
    if isinstance(value, type):
        return f"the class {value.__name__}"
    return "None" if value is None else f"a value of type {type(value).__name__}"
