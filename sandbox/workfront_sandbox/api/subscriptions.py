"""The addresses of event subscriptions. docs/protocol.md 13.1."""

from __future__ import annotations

from typing import Any, Final

from workfront_sandbox.api.request import ApiRequest
from workfront_sandbox.events.subscription import Subscriptions, old_row, shown, version_ids
from workfront_sandbox.wire.errors import ApiError
from workfront_sandbox.wire.json_value import Row, is_object
from workfront_sandbox.wire.messages import HttpResponse, json_response
from workfront_sandbox.wire.parameters import Parameters

ROOT: Final = "/attask/eventsubscription/api/v1/subscriptions"


def create(request: ApiRequest) -> HttpResponse:
    """Adds a subscription. Raises ApiError."""
    row = _of_admin(request).create(request.parameters.document)
    answer: Row = {"id": row["id"], "version": row["version"]}
    return json_response(answer, 201, {"location": f"{ROOT}/{row['id']}"})


def page(request: ApiRequest) -> HttpResponse:
    """Returns one page of the list. Raises ApiError."""
    subscriptions = _of_admin(request)
    number, limit = (_whole(request.parameters, name, default) for name, default in (("page", 1), ("limit", 100)))
    return json_response(subscriptions.page(number, limit))


def old_list(request: ApiRequest) -> HttpResponse:
    """Returns the list in its old form. Raises ApiError."""
    return json_response([old_row(row) for row in _of_admin(request).rows.values()])


def show(request: ApiRequest) -> HttpResponse:
    """Returns one subscription. Raises ApiError."""
    return json_response(shown(_of_admin(request).get(request.variables["subscription"])))


def delete(request: ApiRequest) -> HttpResponse:
    """Removes one subscription. Raises ApiError."""
    _of_admin(request).delete(request.variables["subscription"])
    return HttpResponse(200, b"")


def set_version(request: ApiRequest) -> HttpResponse:
    """Changes the version of one subscription. Raises ApiError."""
    one, version = request.variables["subscription"], _version(request.parameters.document)
    _of_admin(request).set_version([one], version)
    return json_response({"id": one, "version": version})


def set_versions(request: ApiRequest) -> HttpResponse:
    """Changes the version of several subscriptions. Raises ApiError."""
    subscriptions, body = _of_admin(request), request.parameters.document
    ids = version_ids(body, subscriptions.rows)
    subscriptions.set_version(ids, _version(body))
    return json_response({"subscription_ids": ids, "version": _version(body)})


def _of_admin(request: ApiRequest) -> Subscriptions:
    """Returns the subscriptions, if an administrator asks. Raises ApiError 401, 403."""
    if not request.tenant.is_admin(request.user(writes=request.http.method != "GET")):
        raise ApiError(403, "Only administrators may use event subscriptions")
    return request.subscriptions


def _version(body: Any) -> Any:
    return body.get("version") if is_object(body) else None


def _whole(parameters: Parameters, name: str, default: int) -> int:
    text = parameters.first(name)
    try:
        return int(text) if text else default
    except ValueError:
        raise ApiError(400, f"{name} is not a number") from None
