"""Calls to object types: reads, writes, named queries and actions. docs/protocol.md 1, 2."""

from __future__ import annotations

from typing import Any, Final

from workfront_sandbox.actions import dispatch
from workfront_sandbox.api.request import CallRequest
from workfront_sandbox.call import operation
from workfront_sandbox.call.call import Call
from workfront_sandbox.call.operation import Operation, check_steering
from workfront_sandbox.reading import named_query as queries
from workfront_sandbox.reading import reads
from workfront_sandbox.schema.catalogue import ObjectSchema
from workfront_sandbox.wire.errors import UNSUPPORTED, ApiError, invalid, no_such_verb, too_many_parts
from workfront_sandbox.writing import bulk, sharing

_READS: Final = frozenset({"search", "count", "report"})


def get(request: CallRequest) -> Any:
    """Returns one row or several, by ID. Raises ApiError."""
    code = _code(request, "get")
    return reads.get(_reading(request, operation.GET), code, request.object_id)


def search(request: CallRequest) -> Any:
    """Returns a page of the rows that meet a filter. Raises ApiError."""
    code = _code(request, "search")
    return reads.search(_reading(request, operation.SEARCH), code, request.shuffle)


def count(request: CallRequest) -> Any:
    """Returns how many rows meet a filter. Raises ApiError."""
    code = _code(request, "count")
    return reads.count(_reading(request, operation.COUNT), code)


def report(request: CallRequest) -> Any:
    """Returns aggregates over the rows that meet a filter. Raises ApiError."""
    code = _code(request, "report")
    return reads.grouped(_reading(request, operation.REPORT), code)


def get_to_copy(request: CallRequest) -> Any:
    """Returns the row that a path ending in ``copy`` names. Raises ApiError, also where its type cannot be copied."""
    code = _code(request, "copy")
    return reads.get(_reading(request, operation.GET), code, request.object_id)


def named_query(request: CallRequest) -> Any:
    """Returns the answer of a named query. Raises ApiError, also for a search in one row."""
    code, verb = request.find_object_type().code, request.variables["verb"]
    if verb in _READS:
        raise too_many_parts()
    return queries.run(_reading(request, operation.NAMED_QUERY), code, verb)


def create(request: CallRequest) -> Any:
    """Creates or copies rows. Raises ApiError."""
    code, is_copy = _code(request, "add"), bool(request.call.parameters.all("copySourceID"))
    _check_steering(request, operation.COPY if is_copy else operation.CREATE)
    return bulk.post(request.call, code)


def edit(request: CallRequest) -> Any:
    """Edits rows, or runs the action that a parameter names. Raises ApiError."""
    parameters = request.call.parameters
    if parameters.first("action"):
        return _run(request, str(parameters.first("action")), "action")
    if parameters.all("action"):
        request.find_object_type()
        raise invalid("you must specify an action", UNSUPPORTED)
    code = _code(request, "edit")
    _check_steering(request, operation.EDIT)
    return bulk.put(request.call, code, request.object_id)


def run_action(request: CallRequest) -> Any:
    """Runs the action that the path names. Raises ApiError."""
    return _run(request, request.variables["verb"])


def delete(request: CallRequest) -> Any:
    """Deletes rows. Raises ApiError."""
    code = _code(request, "delete")
    _check_steering(request, operation.DELETE)
    if request.call.parameters.document:
        raise invalid("deleting looks at no JSON: name the rows in the address")
    return bulk.delete_all(request.call, code, request.object_id)


def refuse(request: CallRequest) -> ApiError:
    """Returns why no route fits a call: its path names nothing, no object type, or goes on where nothing can follow."""
    if "object" not in request.variables:
        return invalid("you must specify an action", UNSUPPORTED)
    request.find_object_type()
    return too_many_parts()


def _reading(request: CallRequest, wanted: Operation) -> Call:
    """Returns the call that reads. Raises ApiError where a parameter of it would be passed over."""
    call = reads.opened(request.call)
    check_steering(call.tenant, call.parameters, wanted)
    return call


def _check_steering(request: CallRequest, wanted: Operation, *more: str) -> None:
    """Raises ApiError where a parameter of a call would be passed over."""
    check_steering(request.call.tenant, request.call.parameters, wanted, *more)


def _run(request: CallRequest, verb: str, *read: str) -> Any:
    found, call = request.find_object_type(), request.call
    described = found.actions.get(verb)
    listed = [item.name for item in described.arguments] if described else []
    _check_steering(request, operation.SHARING if verb in sharing.VERBS else operation.ACTION, *listed, *read)
    if verb in sharing.VERBS and (verb != "replace" or not found.source.verbs or "replace" in found.source.verbs):
        with call.atomically():
            return sharing.run(call, found.code, verb, request.object_id)
    if verb == "search":
        raise invalid("search is not an action")
    return dispatch.run(call, found.code, verb, request.object_id, request.custom)


def _code(request: CallRequest, verb: str) -> str:
    """Returns the objCode of the path. Raises ApiError 400 where the object type lacks a basic operation, 422 where the
    call names an action that this verb would not run.
    """
    found: ObjectSchema = request.find_object_type()
    if verb not in found.source.verbs:
        raise no_such_verb(verb)
    named = request.call.parameters.first("action")
    if named is not None:
        raise invalid(f"action={named[:60]} runs by PUT; a field action cannot be filtered or written but in JSON")
    return found.code
