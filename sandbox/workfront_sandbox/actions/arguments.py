"""Arguments of actions, checked against the metadata. docs/protocol.md 11.6."""

from __future__ import annotations

from typing import Final

from workfront_sandbox.call.argument import accept
from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import ApiError, invalid
from workfront_sandbox.wire.json_value import Row, is_list, is_object, text_of
from workfront_sandbox.writing.bulk import plain_values
from workfront_schema.snapshot import Argument, Operation

LOGIN: Final = frozenset({"username", "password", "subdomain"})
"""Words that the login layer reads, whatever the action."""
_TAKEN_BEFORE_LISTED: Final = {("OPTASK", "convertToTask"): ("copyNativeFields", "copyCategories")}
"""Arguments that versions take, as tenants show, whose metadata does not list them."""


def read_arguments(call: Call, code: str, action: Operation) -> Row:
    """Returns the arguments of an action. Raises ApiError for unknown ones and for those of the wrong type."""
    known = {item.name: item for item in (*_unlisted(call, code, action), *action.arguments)}
    flat = {name: value for name, value in plain_values(call).items() if name not in {"action", "subdomain"}}
    document = call.parameters.document
    if document is not None and not is_object(document):
        raise invalid("argument type mismatch")
    written = {**flat, **(document or {})}
    values: Row = {}
    for name, value in written.items():
        if name not in known:
            if name in LOGIN or (name in {"id", "ids", "ID"} and name in (document or {})):
                continue
            raise invalid(f"action {action.name} does not support argument named {name[:100]}")
        values[name] = accept(known[name], value, flat=name in flat, strict=call.tenant.strict)
    return values | _login(call, known)


def _unlisted(call: Call, code: str, action: Operation) -> list[Argument]:
    names = _TAKEN_BEFORE_LISTED.get((code, action.name), ())
    newest = call.tenant.catalogue.newest.objects[code].actions.get(action.name) if names else None
    return [item for item in newest.arguments if item.name in names] if newest else []


def _login(call: Call, known: dict[str, Argument]) -> Row:
    """Returns the words the login layer reads, which are arguments too where an action has them."""
    return {name: call.parameters.first(name) for name in LOGIN & set(known) if call.parameters.first(name)}


def needed(arguments: Row, name: str) -> str:
    """Returns a text argument an action cannot do without. Raises ApiError."""
    value = arguments.get(name)
    if not isinstance(value, str) or not value:
        raise ApiError(422, f"argument {name} is missing")
    return value


def listed(arguments: Row, name: str) -> list[str]:
    """Returns a list argument as texts, empty where it is missing."""
    value = arguments.get(name)
    return [text_of(item) for item in value] if is_list(value) else []


def needed_list(arguments: Row, *names: str) -> list[str]:
    """Returns what list arguments name. Raises ApiError, which tells of the first, where they name nothing."""
    found = [one for name in names for one in listed(arguments, name)]
    if not found:
        raise invalid(f"argument {names[0]} is missing")
    return found


def mapped(arguments: Row, name: str) -> Row:
    """Returns a map argument, empty where it is missing."""
    value = arguments.get(name)
    return value if is_object(value) else {}
