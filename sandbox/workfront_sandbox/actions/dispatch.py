"""Actions: found in the metadata, run by a handler where the sandbox has one. docs/protocol.md 11.6."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from workfront_sandbox.actions import approval as action_approval
from workfront_sandbox.actions import assignment as action_assignment
from workfront_sandbox.actions import conversion as action_conversion
from workfront_sandbox.actions import custom as action_custom
from workfront_sandbox.actions import move as action_move
from workfront_sandbox.actions import timeline as action_timeline
from workfront_sandbox.actions import user as action_user
from workfront_sandbox.actions.arguments import read_arguments
from workfront_sandbox.call.call import Call
from workfront_sandbox.reading.reads import ids_of
from workfront_sandbox.wire.errors import unknown_action
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.bulk import SUCCESS

Handler: TypeAlias = Callable[[Call, str, str | None, Row], Any]
"""Runs one action: call, objCode, ID of the row if one is named, arguments. Answers with the result."""

HANDLERS: Final[dict[tuple[str, str], Handler]] = {
    **action_timeline.HANDLERS,
    **action_approval.HANDLERS,
    **action_assignment.HANDLERS,
    **action_move.HANDLERS,
    **action_conversion.HANDLERS,
    **action_custom.HANDLERS,
    **action_user.HANDLERS,
}

_LOGIN_ACTIONS: Final = frozenset({"getApiKey", "generateApiKey", "clearApiKey"})


def is_action(call: Call, code: str, name: str) -> bool:
    """Whether the metadata of an object type lists an action."""
    return name in call.object(code).actions


def run(call: Call, code: str, name: str, object_id: str | None, more: dict[tuple[str, str], Handler]) -> Row:
    """The answer of an action; ``{"result": null}`` where nothing is known of its effect. Raises ApiError."""
    action = call.object(code).actions.get(name)
    if action is None:
        raise unknown_action(call.address.model, name[:100], code)
    arguments = read_arguments(call, action)
    named = {item.name for item in action.arguments}
    one = object_id or next(iter(() if "ids" in named else ids_of(call)), None)
    own = more.get((code, name))
    handler = own or HANDLERS.get((code, name)) or HANDLERS.get(("*", name))
    with call.atomically():
        if one is not None and own is None:
            call.row(code, one)
        result = handler(call, code, one, arguments) if handler else None
    return SUCCESS if (code, name) == ("USER", "clearApiKey") else {"result": result}


def needs_login(verb: str | None, action: str | None, code: str) -> bool:
    """Whether an action brings its own login, so that no credential is asked."""
    return code == "USER" and (verb or action) in _LOGIN_ACTIONS
