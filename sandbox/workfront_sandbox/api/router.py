"""The object API: which call an address and a verb mean. docs/protocol.md 1, 2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlsplit

from workfront_sandbox.actions import dispatch as action
from workfront_sandbox.api import metadata
from workfront_sandbox.api.batch import run_batch
from workfront_sandbox.call.call import Call
from workfront_sandbox.reading import named_query
from workfront_sandbox.reading import reads as reading
from workfront_sandbox.reading.reads import Shuffle
from workfront_sandbox.schema.catalogue import ObjectSchema
from workfront_sandbox.wire.address import Address, Target, parse_target
from workfront_sandbox.wire.errors import UNSUPPORTED, ApiError, invalid, no_such_verb, too_many_parts
from workfront_sandbox.wire.parameters import merged, method_of, query_pairs
from workfront_sandbox.writing import bulk, sharing
from workfront_sandbox.writing.document import take_upload

_READS: Final = frozenset({"search", "count", "report"})


@dataclass
class ObjectApi:
    """Answers calls. ``handlers`` are actions somebody added, by objCode and name; ``shuffle`` orders the unsorted."""

    shuffle: Shuffle = field(default_factory=Shuffle)
    handlers: dict[tuple[str, str], action.CustomHandler] = field(
        default_factory=dict[tuple[str, str], action.CustomHandler]
    )

    def answer(self, call: Call, method: str) -> Any:
        """The data of the answer. Raises ApiError."""
        match call.address.parts:
            case ("batch",):
                return run_batch(call, self._inner)
            case ("upload",):
                return take_upload(call)
            case ():
                raise ApiError(404, "The address names no object type")
            case _:
                return self._object(call, method)

    def _object(self, call: Call, method: str) -> Any:
        found = call.schema.find(call.address.parts[0])
        if len(call.address.parts) > 3:
            raise too_many_parts()
        _check_addressable(found)
        target = parse_target(call.address.parts[1:])
        return self._verbs[method](self, call, found, target)

    def _get(self, call: Call, found: ObjectSchema, target: Target) -> Any:
        if target.verb in _READS:
            return self._read(call, found, target)
        if target.verb is not None:
            return named_query.run(call, found.code, target.verb)
        _check_verb(found, "get")
        return reading.get(call, found.code, target.object_id)

    def _read(self, call: Call, found: ObjectSchema, target: Target) -> Any:
        if target.object_id is not None:
            raise too_many_parts()
        _check_verb(found, str(target.verb))
        if target.verb == "search":
            return reading.search(call, found.code, self.shuffle)
        return reading.count(call, found.code) if target.verb == "count" else reading.grouped(call, found.code)

    def _post(self, call: Call, found: ObjectSchema, target: Target) -> Any:
        if target.verb in _READS and target.object_id is None:
            return self._read(call, found, target)
        if target != Target():
            raise too_many_parts()
        _check_verb(found, "add")
        return bulk.post(call, found.code)

    def _put(self, call: Call, found: ObjectSchema, target: Target) -> Any:
        verb = target.verb or call.parameters.first("action")
        if (
            verb is not None
            and verb in sharing.VERBS
            and (verb != "replace" or "replace" in found.source.verbs or not found.source.verbs)
        ):
            with call.atomically():
                return sharing.run(call, found.code, verb, target.object_id)
        if verb == "search":
            raise invalid("search is not an action")
        if verb:
            return action.run(call, found.code, verb, target.object_id, self.handlers)
        if "action" in {key for key, _ in call.parameters.pairs}:
            raise invalid("you must specify an action", UNSUPPORTED)
        _check_verb(found, "edit")
        return bulk.put(call, found.code, target.object_id)

    def _delete(self, call: Call, found: ObjectSchema, target: Target) -> Any:
        if target.verb is not None:
            raise too_many_parts()
        _check_verb(found, "delete")
        return bulk.delete_all(call, found.code, target.object_id)

    def _inner(self, call: Call, uri: str) -> Any:
        """One address of a batch: relative to the API root, with its own query."""
        parts = urlsplit(uri)
        parameters = merged(query_pairs(parts.query), [], None)
        segments = tuple(part for part in parts.path.split("/") if part)
        address = Address(call.address.model, call.address.version, segments)
        inner = replace(call, address=address, parameters=parameters)
        if segments[:1] in {("batch",), ("upload",)}:
            raise invalid("A batch cannot hold this request")
        method = method_of("GET", parameters)
        if method != "GET" and not parameters.first("fields"):
            inner = replace(inner, parameters=merged([*query_pairs(parts.query), ("fields", "objCode")], [], None))
        return self.answer(inner, method)

    _verbs: Final[dict[str, Callable[..., Any]]] = field(
        default_factory=lambda: {
            "GET": ObjectApi._get,
            "POST": ObjectApi._post,
            "PUT": ObjectApi._put,
            "DELETE": ObjectApi._delete,
        }
    )


def metadata_of(call_address: Address, parts: tuple[str, ...]) -> bool:
    """Whether an address is one of metadata, which everybody may read."""
    return parts == ("metadata",) or (len(parts) == 2 and parts[1] == "metadata")


def describe(call: Call, base_url: str) -> Any:
    """Metadata of all object types, or of one. Raises ApiError."""
    if call.address.parts == ("metadata",):
        return metadata.index(call.tenant, call.address, base_url)
    found = call.schema.find(call.address.parts[0])
    return metadata.describe(call.tenant, found, call.address, base_url, call.fields())


def _check_addressable(found: ObjectSchema) -> None:
    """Raises ApiError where rows are reached through their parent only."""
    if found.code == "TASSGN":
        raise invalid("invalid objCode: null")
    if found.source.secondary:
        raise invalid(f"{found.code} is not a top level object and can't be requested directly in internal")


def _check_verb(found: ObjectSchema, verb: str) -> None:
    if verb not in found.source.verbs:
        raise no_such_verb(verb)
