"""The addresses of event subscriptions. docs/protocol.md 13.1."""

from __future__ import annotations

from typing import Any, Final

from workfront_sandbox.events.subscription import Subscriptions, old_row, shown, version_ids
from workfront_sandbox.tenant.tenant import Tenant
from workfront_sandbox.wire.errors import ApiError
from workfront_sandbox.wire.json_value import Row, is_object
from workfront_sandbox.wire.messages import HttpResponse, json_reply
from workfront_sandbox.wire.parameters import Parameters

ROOT: Final = "/attask/eventsubscription/api/v1/subscriptions"


def answer(subscriptions: Subscriptions, method: str, path: str, parameters: Parameters) -> HttpResponse:
    """Answers one call. Raises ApiError."""
    parts = tuple(part for part in path.removeprefix(ROOT).split("/") if part)
    body = parameters.document
    match method, parts:
        case "POST", ():
            return _create(subscriptions, body)
        case "GET", ():
            page, limit = (_whole(parameters, name, default) for name, default in (("page", 1), ("limit", 100)))
            return json_reply(subscriptions.page(page, limit))
        case "GET", ("list",):
            return json_reply([old_row(row) for row in subscriptions.rows.values()])
        case "PUT", ("version",):
            return _versions(subscriptions, body)
        case "GET", (one,):
            return json_reply(shown(subscriptions.get(one)))
        case "DELETE", (one,):
            subscriptions.delete(one)
            return HttpResponse(200, b"")
        case "PUT", (one, "version"):
            version = body.get("version") if is_object(body) else None
            subscriptions.set_version([one], version)
            return json_reply({"id": one, "version": version})
        case _:
            raise ApiError(404, f"There is no {method} {path[:200]}")


def check_admin(tenant: Tenant, user: Row) -> None:
    """Raises ApiError 403 where a caller is no administrator."""
    if not tenant.is_admin(user):
        raise ApiError(403, "Only administrators may use event subscriptions")


def _create(subscriptions: Subscriptions, body: Any) -> HttpResponse:
    row = subscriptions.create(body)
    answer: Row = {"id": row["id"], "version": row["version"]}
    return json_reply(answer, 201, {"location": f"{ROOT}/{row['id']}"})


def _versions(subscriptions: Subscriptions, body: Any) -> HttpResponse:
    ids = version_ids(body, subscriptions.rows)
    subscriptions.set_version(ids, body.get("version"))
    return json_reply({"subscription_ids": ids, "version": body.get("version")})


def _whole(parameters: Parameters, name: str, default: int) -> int:
    text = parameters.first(name)
    try:
        return int(text) if text else default
    except ValueError:
        raise ApiError(400, f"{name} is no number") from None
