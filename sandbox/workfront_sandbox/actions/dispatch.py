"""Actions: found in the metadata, run by a handler where the sandbox has one. docs/protocol.md 11.6."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from workfront_sandbox.actions import (
    approval,
    assignment,
    conversion,
    custom_form,
    document,
    like,
    move,
    timeline,
    user,
    work_item,
)
from workfront_sandbox.actions.arguments import LOGIN, read_arguments
from workfront_sandbox.actions.given_arguments import GivenArguments
from workfront_sandbox.actions.registry import ActionRequest, find_handler
from workfront_sandbox.call.call import Call
from workfront_sandbox.call.named_row import check_named_rows
from workfront_sandbox.reading.reads import ids_of
from workfront_sandbox.wire.errors import unknown_action
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.permission import check_action

SUBJECTS: Final = (approval, assignment, conversion, custom_form, document, like, move, timeline, user, work_item)
"""The modules that register handlers, which they do when they are imported."""

CustomHandler: TypeAlias = Callable[[Call, str, str | None, Row], Any]
"""A handler somebody added: gets call, objCode, ID of the row if one is named, arguments; returns the result."""

CustomHandlers: TypeAlias = Mapping[tuple[str, str], CustomHandler]
"""Handlers somebody added, by objCode and name of the action."""

_LOGIN_ACTIONS: Final = frozenset({"getApiKey", "generateApiKey", "clearApiKey"})


def run(call: Call, code: str, name: str, object_id: str | None, custom: CustomHandlers) -> Row:
    """Runs an action and returns its answer. Handlers in ``custom`` go before those of the sandbox.

    Raises ApiError, also where the effect of the action is not computed, or ``fields`` name what its object type lacks.
    """
    action = call.object(code).actions.get(name)
    if action is None:
        raise unknown_action(call.address.model, name[:100], code)
    call.check_fields(code)
    arguments = GivenArguments(read_arguments(call, code, action).items())
    named = {item.name for item in action.arguments}
    one = next(iter(() if "ids" in named and not object_id else ids_of(call, object_id)), None)
    if (code, name) not in custom and is_computed(code, name):
        check_named_rows(call, code, dict(arguments))
    with call.atomically():
        result = _result(ActionRequest(name, call, code, one, arguments), custom)
        if (code, name) not in custom and is_computed(code, name):
            _check_effect(call, code, name, one, arguments)
    return {"result": result}


def is_computed(code: str, name: str) -> bool:
    """Returns whether the sandbox knows what an action does."""
    return find_handler(code, name) is not None


def needs_login(object_name: str, action: str | None) -> bool:
    """Returns whether an action brings its own login, so that no credential is asked."""
    return object_name.lower() == "user" and action in _LOGIN_ACTIONS


def _check_effect(call: Call, code: str, name: str, object_id: str | None, arguments: GivenArguments) -> None:
    """Says so where an argument changed nothing: its effect is not computed. Raises ApiError; nothing is done then."""
    for argument in arguments.unread():
        if argument not in LOGIN and arguments[argument] != object_id:
            call.tenant.without_effect(f"Argument {argument} of action {name} ({call.object(code).name})")


def _result(request: ActionRequest, custom: CustomHandlers) -> Any:
    if own := custom.get((request.code, request.name)):
        return own(request.call, request.code, request.object_id, request.arguments)
    if request.object_id is not None:
        check_action(request.call, request.code, request.call.row(request.code, request.object_id), request.name)
    handler = find_handler(request.code, request.name)
    if handler is None:
        return request.call.tenant.without_effect(f"Action {request.name} ({request.call.object(request.code).name})")
    return handler(request)
