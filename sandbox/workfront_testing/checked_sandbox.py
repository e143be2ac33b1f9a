"""A sandbox that looks at what a test gives it: what it cannot use is a QueryError, as it is of a client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workfront_core.arguments import checked_callable, checked_list, checked_map, checked_text, described
from workfront_core.errors.kinds import QueryError, UnfitValue
from workfront_core.nearest import did_you_mean
from workfront_sandbox import Sandbox
from workfront_sandbox.signin.credential import Accounts
from workfront_sandbox.wire.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Generator

    from workfront_sandbox.actions.dispatch import CustomHandler
    from workfront_sandbox.wire.json_value import Row


class CheckedSandbox(Sandbox):
    """A sandbox whose methods check their arguments before they do anything."""

    @property
    def accounts(self) -> Accounts:
        """Tokens, API keys and passwords."""
        return CheckedAccounts(self.tenant)

    def insert(self, code: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
        """Adds rows as they are; answers with their IDs.

        Raises:
            QueryError: no object type has this objCode, or its rows a field or a code that it lacks; an ID is taken, or
                text stands where a date belongs.
        """
        self._check_code(code)
        given: list[Mapping[str, Any]] = [
            checked_map(row, "Each row of insert()") for row in checked_list(rows, "insert()")
        ]
        with _translated():
            self.tenant.check_rows(code, given)
            return super().insert(code, given)

    def rows(self, code: str) -> list[Row]:
        """Returns all rows of an object type as they are stored, oldest first.

        Raises:
            QueryError: no object type has this objCode.
        """
        self._check_code(code)
        return super().rows(code)

    def upload(self, content: bytes, file_name: str = "", handle: str | None = None) -> str:
        """Stores content as if it was uploaded; answers with its handle.

        Raises:
            QueryError: the content is no bytes, or a name no text.
        """
        if not isinstance(content, bytes):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(f"upload() takes bytes, not {described(content)}.", hint='Write b"...", or text.encode().')
        checked_text(file_name, "file_name=")
        if handle is not None:
            checked_text(handle, "handle=")
        return super().upload(content, file_name, handle)

    def restore(self, code: str, object_id: str) -> None:
        """Brings a row back that was deleted less than thirty days ago, with its ID and with all that went along.

        Raises:
            QueryError: no object type has this objCode, or the bin does not hold the row.
        """
        self._check_code(code)
        checked_text(object_id, "An ID")
        with _translated():
            super().restore(code, object_id)

    def on_action(self, code: str, name: str, handler: CustomHandler) -> None:
        """Runs ``handler`` for an action from now on.

        Raises:
            QueryError: no object type has this objCode; its actions have nearly this name; nothing can be called.
        """
        self._check_code(code)
        known = self.tenant.catalogue.types[code].actions if code in self.tenant.catalogue.types else ()
        if checked_text(name, "An action") not in known and (near := did_you_mean(name, known)):
            raise QueryError(f"{code} has no action {name!r:.80}.", hint=near)
        super().on_action(code, name, checked_callable(handler, "on_action()"))

    def advance(self, by: timedelta) -> int:
        """Moves the clock and sends the events that became due; answers how many arrived.

        Raises:
            QueryError: this is no distance.
        """
        if not isinstance(by, timedelta):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(f"advance() takes a timedelta, not {described(by)}.", hint="Write timedelta(days=3).")
        try:
            return super().advance(by)
        except OverflowError:
            raise QueryError(f"The clock cannot go {by} further.", hint="Go to a year from 1 to 9999.") from None

    def _check_code(self, code: object) -> None:
        """Raises a QueryError that names the nearest objCodes, unless an object type has this one."""
        catalogue, text = self.tenant.catalogue, checked_text(code, "An objCode", 'Write "TASK".')
        try:
            catalogue.check_code(text)
        except ValueError:
            hint = did_you_mean(text.upper(), catalogue.types, 'Objects are named by their codes: "TASK".')
            raise UnfitValue(f"{text!r:.80} is not an objCode of this sandbox.", hint=hint) from None


@dataclass(frozen=True)
class CheckedAccounts(Accounts):
    """Tokens, API keys and passwords of users that are there."""

    def issue(self, user_id: str, token: str | None = None) -> str:
        """Returns a session token for a user: a new one, or the given.

        Raises:
            QueryError: there is no such user.
        """
        self._check_user(user_id)
        return super().issue(user_id, None if token is None else _secret(token, "token="))

    def revoke(self, token: str) -> None:
        """Ends a session.

        Raises:
            QueryError: no session has the token.
        """
        if not self.tenant.store.get_value(f"token:{checked_text(token, 'A token')}"):
            raise QueryError("No session has this token.", hint="Take the one that issue() returned.")
        super().revoke(token)

    def set_password(self, username: str, password: str) -> None:
        """Gives a user a password; until then any password that is not empty is right.

        Raises:
            QueryError: nobody signs in with this name.
        """
        with _translated():
            super().set_password(checked_text(username, "username"), _secret(password, "password"))

    def set_api_key(self, user_id: str, key: str | None) -> None:
        """Gives a user an API key, or takes it away.

        Raises:
            QueryError: there is no such user.
        """
        self._check_user(user_id)
        super().set_api_key(user_id, None if key is None else _secret(key, "key"))

    def api_key(self, user_id: str) -> str:
        """Returns a user's API key; empty where there is none.

        Raises:
            QueryError: there is no such user.
        """
        self._check_user(user_id)
        return super().api_key(user_id)

    def _check_user(self, user_id: object) -> None:
        if self.tenant.store.get("USER", checked_text(user_id, "The ID of a user")) is None:
            raise QueryError(
                f"The sandbox has no user {user_id!r:.80}.",
                hint='Insert it first: sandbox.insert("USER", [{...}]).',
            )


def _secret(text: object, what: str) -> str:
    """Returns a secret that a request can carry. Raises QueryError for another."""
    secret = checked_text(text, what)
    if not secret.strip() or not secret.isprintable():
        raise QueryError(f"{what.removesuffix('=')} is empty, or holds what no header can: a line end, a NUL.")
    return secret


@contextmanager
def _translated() -> Generator[None]:
    """Raises what the sandbox refuses as the error of the test kit."""
    try:
        yield
    except QueryError:
        raise
    except (ApiError, ValueError) as error:
        raise UnfitValue(error.message if isinstance(error, ApiError) else str(error)) from None
