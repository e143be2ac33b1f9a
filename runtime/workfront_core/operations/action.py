"""Actions as requests, in both forms of address (docs/protocol.md 11.6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal, TypeVar, overload

from pydantic import JsonValue

from workfront_core.arguments import checked_choice, checked_map, checked_text
from workfront_core.errors.kinds import QueryError
from workfront_core.errors.redaction import is_secret
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import decoders as result
from workfront_core.operations.json_value import json_value
from workfront_core.operations.object_ids import address
from workfront_core.query.literal import literal
from workfront_core.request.encoding import Params
from workfront_core.request.request import Decoder, Request

T = TypeVar("T")


_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_ID: Final = re.compile(r"[0-9a-f]{32}")
_AUTHENTICATION: Final = frozenset({"username", "password"})
"""Arguments that the server's authentication reads, which knows parameters alone (docs/protocol.md 4.2)."""

_NO_ACTIONS: Final = {
    "search": "search()",
    "count": "count()",
    "report": "report()",
    "metadata": 'request("GET", "OBJ/metadata")',
    "share": "share()",
    "unshare": "unshare()",
    "sharePublic": "share_public()",
    "unsharePublic": "unshare_public()",
    "replace": "replace()",
}


@overload
def action(
    model: type[WorkfrontObject],
    name: str,
    object_id: str | None,
    arguments: Mapping[str, object],
    /,
    *,
    form: Literal["path", "parameter"] = "path",
    on_row: bool = False,
) -> Request[JsonValue]: ...
@overload
def action(
    model: type[WorkfrontObject],
    name: str,
    object_id: str | None,
    arguments: Mapping[str, object],
    parse: Decoder[T],
    /,
    *,
    form: Literal["path", "parameter"] = "path",
    on_row: bool = False,
) -> Request[T]: ...
def action(
    model: type[WorkfrontObject],
    name: str,
    object_id: str | None,
    arguments: Mapping[str, object],
    parse: Decoder[Any] = result.json_value,
    /,
    *,
    form: Literal["path", "parameter"] = "path",
    on_row: bool = False,
) -> Request[Any]:
    """Runs an action, on one object or on the object type.

    Args:
        model: the object type.
        name: the action's wire name.
        object_id: the object it runs on; ``None`` for actions that name their objects in arguments.
        arguments: by wire name; ``None`` leaves an argument out. Lists, maps and secrets travel in the body, and then
            all arguments do; as a form where they are a user's name and password, else as JSON.
        parse: reads the result.
        form: where the name stands: in the path, ``OBJ/ID/name``, or as a parameter, ``OBJ/ID?action=name``.
        on_row: the action is known to run on one row, so that ``object_id`` is needed.

    Raises:
        QueryError: a name that is none, an ID that is none, an argument that has no form on the wire.
    """
    checked_choice(form, "form=", ("path", "parameter"))
    if on_row and object_id is None:
        raise QueryError(
            f"{name} of {model.obj_code} runs on one row, and the target is None.",
            hint="Give the ID of the row; a field of a row that has no value is None, too.",
        )
    target = model.obj_code if object_id is None else address(model, object_id)
    path = f"{target}/{checked_name(name)}" if form == "path" else target
    named = () if form == "path" else (("action", checked_name(name)),)
    by_name = checked_map(arguments, "arguments").items()
    given = {key.strip(): value for key, value in by_name if value is not None}
    decode = result.action_result(parse)
    if given.keys() == _AUTHENTICATION:
        return Request("PUT", path, decode, (*named, *_pairs(given)), form=True)
    if any(is_secret(key) or not _is_scalar(value) for key, value in given.items()):
        return Request("PUT", path, decode, named, {key: json_value(value, key) for key, value in given.items()})
    return Request("PUT", path, decode, (*named, *_pairs(given)))


def _pairs(arguments: Mapping[str, object]) -> Params:
    return tuple((name, literal(value, name)) for name, value in arguments.items())


def checked_name(name: str) -> str:
    """Returns the action's name, if it can be one.

    Raises:
        QueryError: it is empty, an ID, another verb of the API, or holds what an address does not.
    """
    checked_text(name, "The name of an action or query", "Take the wire name, such as calculateTimeline.")
    if name in _NO_ACTIONS:
        raise QueryError(f"{name!r} is not an action.", hint=f"Call {_NO_ACTIONS[name]}.")
    if not _NAME.fullmatch(name) or _ID.fullmatch(name):
        raise QueryError(
            f"{name!r:.80} is not the name of an action.", hint="Take the wire name, such as calculateTimeline."
        )
    return name


def _is_scalar(value: object) -> bool:
    return not isinstance(value, Mapping | list | tuple | set | frozenset | WorkfrontObject)
