"""Several calls in one. docs/protocol.md 12."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

from workfront_sandbox.api.request import CallRequest
from workfront_sandbox.call.call import Call
from workfront_sandbox.call.operation import BATCH, check_closed
from workfront_sandbox.wire.address import Address
from workfront_sandbox.wire.errors import ApiError, invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.wire.parameters import merged, method_of, query_pairs
from workfront_sandbox.writing.bulk import SUCCESS

_NOT_HELD: Final = {("batch",), ("upload",), ("login",), ("logout",)}


def run_batch(request: CallRequest) -> Any:
    """Returns the answers of all addresses in order; with ``atomic`` all succeed or nothing is written.

    Raises ApiError.
    """
    call = request.call
    addresses = call.parameters.all("uri")
    _check_said(call, addresses)
    if len(addresses) > call.tenant.limits.batch:
        raise invalid(f"A batch has at most {call.tenant.limits.batch} requests")
    if not call.parameters.flag("atomic"):
        return [_answer(request, address) for address in addresses]
    with call.atomically():
        for address in addresses:
            _run(request, address)
    return SUCCESS


def _check_said(call: Call, addresses: Sequence[str]) -> None:
    """Raises ApiError for a batch of nothing, and for words that no batch looks at."""
    if not addresses:
        raise invalid("A batch needs its requests, each as a parameter uri of the query or a form")
    check_closed(call.parameters, BATCH)
    call.parameters.flag("concurrent")


def _answer(request: CallRequest, uri: str) -> Row:
    try:
        return {"data": _run(request, uri)}
    except ApiError as error:
        return error.body()


def _run(request: CallRequest, uri: str) -> Any:
    """Answers one address of a batch: relative to the API root, with its own query."""
    call, parts = request.call, urlsplit(uri)
    parameters = merged(query_pairs(parts.query), [], None)
    if parts.scheme or parts.netloc:
        raise invalid(f"A batch holds addresses below its own, which begin with an object type: {uri[:100]}")
    segments = tuple(part for part in parts.path.split("/") if part)
    if segments[:1] in _NOT_HELD:
        raise invalid("A batch cannot hold this request")
    method = method_of("GET", parameters)
    if method in {"POST", "PUT"} and not parameters.first("fields"):
        parameters = merged([*query_pairs(parts.query), ("fields", "objCode")], [], None)
    address = Address(call.address.model, call.address.version, segments)
    return request.answer(replace(call, address=address, parameters=parameters), method)
