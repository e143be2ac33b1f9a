"""The handlers of actions, by object type and name. Modules register theirs with ``@action``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change

EVERY_TYPE: Final = "*"
"""Stands for the object type of an action that any of them may have."""


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """One action to be run: name, the call it came in, object type, the row if the call names one, arguments."""

    name: str
    call: Call
    code: str
    object_id: str | None
    arguments: Row

    @property
    def row_id(self) -> str:
        """The ID of the row the action is about. Raises ApiError 422 where the call names none."""
        if self.object_id is None:
            raise invalid("The action needs an ID")
        return self.object_id

    @property
    def row(self) -> Row:
        """The row the action is about. Raises ApiError 422 where the call names none, 404 where it does not exist."""
        return self.call.row(self.code, self.row_id)

    def change(self, fields: Mapping[str, Any]) -> None:
        """Writes fields of the row the action is about. Raises ApiError as `row` does."""
        change(self.call, self.code, self.row_id, fields)


Handler: TypeAlias = Callable[[ActionRequest], Any]
"""Runs one action and returns its result."""

H = TypeVar("H", bound=Handler)

_HANDLERS: Final[dict[tuple[str, str], Handler]] = {}


def action(codes: str | tuple[str, ...], *names: str) -> Callable[[H], H]:
    """Returns a decorator that registers a handler for actions of one or several object types.

    Raises ValueError where an action has a handler already.
    """

    def register(handler: H) -> H:
        for code in (codes,) if isinstance(codes, str) else codes:
            for name in names:
                if _HANDLERS.setdefault((code, name), handler) is not handler:
                    raise ValueError(f"{code} {name} has two handlers: register one of them for another action")
        return handler

    return register


def find_handler(code: str, name: str) -> Handler | None:
    """Returns the handler of an action, or None where nothing is known of its effect."""
    return _HANDLERS.get((code, name)) or _HANDLERS.get((EVERY_TYPE, name))


def registered() -> Mapping[tuple[str, str], Handler]:
    """Returns all handlers, by objCode and name of the action."""
    return dict(_HANDLERS)
