"""Event subscriptions: stored, listed, checked. docs/protocol.md 13.1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

from workfront_sandbox.events.event_filter import check_filters
from workfront_sandbox.tenant.tenant import Tenant
from workfront_sandbox.wire.errors import ApiError
from workfront_sandbox.wire.json_value import Row, is_list, is_object

_KNOWN: Final = frozenset(
    {"objCode", "eventType", "url", "authToken", "objId", "filters", "filterConnector", "base64Encoding", "version"}
)
_MORE_CODES: Final = frozenset(
    {"APPROVAL_STAGE", "APPROVAL_STAGE_PARTICIPANT", "FIELD", "RECORD", "RECORD_TYPE", "SPVAL", "SPAVAL", "SAVSET",
     "SRPVAL", "STAFFP", "STAFFR", "WORKSPACE", "BOOKNG", "NLBR", "NLBRCY"}
)  # fmt: skip
_BOTH_VERSIONS: Final = timedelta(minutes=5)
_LONGEST_TOKEN: Final = 255
_MOST_ROWS: Final = 1000
_VERSIONS: Final = ("v1", "v2")


@dataclass
class Subscriptions:
    """The subscriptions of a tenant, in the order they were made.

    Attributes:
        both_versions: whether events come in both versions for five minutes after a change of version.
    """

    tenant: Tenant
    rows: dict[str, Row] = field(default_factory=dict[str, Row])
    both_versions: bool = False
    _before: dict[str, tuple[str, datetime]] = field(default_factory=dict[str, tuple[str, datetime]])

    def __post_init__(self) -> None:
        self.rows.update(self.tenant.store.get_value("subscriptions") or {})

    def insert(self, values: Mapping[str, Any]) -> Row:
        """Adds a subscription as it is, without checks; missing members are filled in."""
        now = self.stamp()
        row: Row = {
            "id": str(uuid4()),
            "version": "v2",
            "dateVersionUpdated": now,
            "customerId": self.tenant.customer_id,
            "objId": None,
            "authToken": "",
            "filters": [],
            "filterConnector": "AND",
            "base64Encoding": "false",
            "date_created": now,
            "date_modified": now,
            **values,
        }
        health = {"date_created": now, "successes": 0, "failures": 0, "disabled_at": None, "frozen_at": None}
        row["subscription_url"] = {"url": row.get("url"), **health, **(values.get("subscription_url") or {})}
        self.rows[str(row["id"])] = row
        self.save()
        return row

    def create(self, body: Any) -> Row:
        """Adds a subscription. Raises ApiError 400 for a body that is wrong, 409 for one that exists."""
        if not is_object(body):
            raise ApiError(400, "A subscription is an object")
        if unknown := sorted(set(body) - _KNOWN):
            raise ApiError(400, f"A subscription has no {unknown[0][:50]}")
        code, kind = _code(self.tenant, body), _event_type(body)
        _check_url(body.get("url"))
        token = body.get("authToken")
        if not isinstance(token, str) or not token or len(token) >= _LONGEST_TOKEN:
            raise ApiError(400, f"authToken is a text of less than {_LONGEST_TOKEN} characters")
        if body.get("filterConnector", "AND") not in {"AND", "OR"} or body.get("version", "v2") not in _VERSIONS:
            raise ApiError(400, "filterConnector is AND or OR, version v1 or v2")
        made = {**body, "objCode": code, "eventType": kind, "filters": check_filters(body.get("filters"), kind)}
        if any(_same(row, made) for row in self.rows.values()):
            raise ApiError(409, "The subscription exists already")
        return self.insert(made)

    def get(self, subscription_id: str) -> Row:
        """Raises ApiError 404."""
        if subscription_id not in self.rows:
            raise ApiError(404, "The subscription does not exist")
        return self.rows[subscription_id]

    def delete(self, subscription_id: str) -> None:
        """Raises ApiError 404."""
        self.get(subscription_id)
        del self.rows[subscription_id]
        self._before.pop(subscription_id, None)
        self.save()

    def set_version(self, ids: list[str], version: Any) -> None:
        """Raises ApiError 400 for an unknown version, 404 for an unknown subscription."""
        if version not in _VERSIONS:
            raise ApiError(400, "version is v1 or v2")
        until = self.tenant.clock.now() + (_BOTH_VERSIONS if self.both_versions else timedelta())
        for row in [self.get(one) for one in ids]:
            if row["version"] != version:
                self._before[str(row["id"])] = str(row["version"]), until
            row.update(version=version, dateVersionUpdated=self.stamp())
        self.save()

    def versions(self, row: Row) -> list[str]:
        """Returns the versions a message comes in: for some time after a change both, the former first."""
        before, until = self._before.get(str(row["id"]), ("", None))
        version = str(row.get("version") or "v2")
        is_both = until is not None and self.tenant.clock.now() < until and before != version
        return [before, version] if is_both else [version]

    def page(self, page: int, limit: int) -> Row:
        """Returns one page of the list. Raises ApiError 400."""
        if not 1 <= limit <= _MOST_ROWS or page < 1:
            raise ApiError(400, f"limit is 1 to {_MOST_ROWS}, page at least 1")
        rows = [shown(row) for row in self.rows.values()]
        count = -(-len(rows) // limit)
        meta = {"page": page, "page_count": count, "limit": limit, "total_count": len(rows)}
        return {"subscriptions": rows[(page - 1) * limit : page * limit], "meta": meta}

    def save(self) -> None:
        """Stores the subscriptions with the tenant's rows."""
        self.tenant.store.put_value("subscriptions", self.rows)

    def stamp(self) -> str:
        """Returns now, as subscriptions write it: local, microseconds, no offset."""
        return self.tenant.clock.now().replace(tzinfo=None).isoformat(timespec="microseconds")


def shown(row: Row) -> Row:
    """Returns a subscription as it is answered: its token is hidden."""
    return {**row, "authToken": masked(str(row.get("authToken") or ""))}


def old_row(row: Row) -> Row:
    """Returns a subscription as the old list writes it."""
    names = {"objId": "obj_id", "objCode": "obj_code", "eventType": "event_type", "customerId": "customer_id"}
    hidden = {"auth_token": masked(str(row.get("authToken") or ""))}
    return {names.get(key, key): value for key, value in row.items() if key != "authToken"} | hidden


def masked(token: str) -> str:
    """Returns a token with all but its last four characters hidden; a short one wholly."""
    return "*" * len(token) if len(token) <= 8 else f"****{token[-4:]}"


def version_ids(body: Any, rows: Mapping[str, Row]) -> list[str]:
    """Returns the subscriptions a change of versions names. Raises ApiError 400."""
    if is_object(body) and body.get("allCustomerSubscriptions") is True:
        return list(rows)
    ids = body.get("subscriptionIds") if is_object(body) else None
    if not is_list(ids):
        raise ApiError(400, "subscriptionIds or allCustomerSubscriptions is needed")
    return [str(one) for one in ids]


def _same(row: Row, made: Row) -> bool:
    names = ("objCode", "eventType", "url", "objId", "filters", "authToken")
    return all(row.get(name) == made.get(name) for name in names)


def _code(tenant: Tenant, body: Row) -> str:
    code = str(body.get("objCode") or "").upper()
    if code not in tenant.catalogue.newest.objects and code not in _MORE_CODES:
        raise ApiError(400, f"Unknown objCode: {code[:50]}")
    return code


def _event_type(body: Row) -> str:
    kind = body.get("eventType")
    if kind not in {"CREATE", "UPDATE", "DELETE"}:
        raise ApiError(400, "eventType is CREATE, UPDATE or DELETE")
    return str(kind)


def _check_url(url: Any) -> None:
    try:
        parts = urlsplit(url) if isinstance(url, str) else urlsplit("")
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ApiError(400, "url must be an http or https address")
