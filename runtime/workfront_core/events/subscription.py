"""Event subscriptions as the service shows them, and how their messages fare (docs/protocol.md 13.1, 13.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias, cast

from pydantic import JsonValue

from workfront_core.errors.kinds import ProtocolError
from workfront_core.values.datetimes import parse_datetime

EventType: TypeAlias = Literal["CREATE", "UPDATE", "DELETE"]
EVENT_TYPES: Final[tuple[EventType, ...]] = ("CREATE", "UPDATE", "DELETE")

SubscriptionVersion: TypeAlias = Literal["v1", "v2"]
VERSIONS: Final[tuple[SubscriptionVersion, ...]] = ("v1", "v2")

SubscriptionState: TypeAlias = Literal["active", "failing", "disabled", "frozen"]
"""``disabled`` heals by itself when the address answers again, ``frozen`` does not (docs/protocol.md 13.4)."""

_SHOWN: Final = 4
"""Characters of a token that the service shows, where the token has more than eight."""


@dataclass(frozen=True, slots=True)
class SubscriptionHealth:
    """How the messages to the address of a subscription fared.

    Attributes:
        successes: messages that were taken.
        failures: attempts that failed.
        disabled_at: the moment since which it is tried every ten minutes only, ``None`` where it is not disabled.
        frozen_at: the moment since which nothing is sent at all, ``None`` where it is not frozen.
    """

    successes: int = 0
    failures: int = 0
    disabled_at: datetime | None = None
    frozen_at: datetime | None = None

    @property
    def state(self) -> SubscriptionState:
        """What all of it comes to; ``failing`` where more attempts failed than succeeded."""
        if self.frozen_at is not None:
            return "frozen"
        if self.disabled_at is not None:
            return "disabled"
        return "failing" if self.failures > self.successes else "active"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One event subscription.

    Attributes:
        id: the service's name for it, which every message carries.
        obj_code: object type whose events are sent.
        event_type: ``CREATE``, ``UPDATE`` or ``DELETE``.
        url: where messages are posted.
        object_id: the one object it is limited to, ``None`` for all of the type.
        auth_token: the token as the service shows it: masked but for its end.
        filters: as they travel; they cannot be changed.
        connector: how the filters are joined, ``AND`` or ``OR``.
        is_base64: whether the states travel as base64 of their JSON.
        version: the form of the messages, ``v1`` or ``v2``.
        created_at: the moment when it was made.
        health: how its messages fare.
        is_new: whether the call that returned it made it.
    """

    id: str
    obj_code: str
    event_type: str
    url: str
    object_id: str | None = None
    auth_token: str = ""
    filters: Sequence[JsonValue] = ()
    connector: str = "AND"
    is_base64: bool = False
    version: str = "v2"
    created_at: datetime | None = None
    health: SubscriptionHealth = field(default_factory=SubscriptionHealth)
    is_new: bool = False

    def has_token(self, token: str) -> bool:
        """Returns whether the token may be this one, as far as the mask shows its end."""
        return (
            len(token) <= 2 * _SHOWN or self.auth_token.strip("*") == "" or self.auth_token[-_SHOWN:] == token[-_SHOWN:]
        )


def subscription_of(data: object) -> Subscription:
    """Returns the subscription of a row, in camel or in snake case.

    Raises:
        ProtocolError: the row has no ID.
    """
    row = _object(data)
    if not row.get("id"):
        raise ProtocolError(f"The answer is not an event subscription: {data!r:.200}.")
    address = _object(row.get("subscription_url"))
    return Subscription(
        id=str(row["id"]),
        obj_code=str(_of(row, "objCode", "obj_code") or ""),
        event_type=str(_of(row, "eventType", "event_type") or ""),
        url=str(row.get("url") or address.get("url") or ""),
        object_id=_of(row, "objId", "obj_id") or None,
        auth_token=str(_of(row, "authToken", "auth_token") or ""),
        filters=tuple(_of(row, "filters", "filters") or ()),
        connector=str(_of(row, "filterConnector", "filter_connector") or "AND"),
        is_base64=str(_of(row, "base64Encoding", "base64_encoding")).lower() == "true",
        version=str(row.get("version") or "v2"),
        created_at=_instant(_of(row, "date_created", "dateCreated")),
        health=_health(address),
    )


def subscriptions_of(data: object) -> list[Subscription]:
    """Returns the subscriptions of an answer: an envelope, a bare list, or one bare object."""
    if isinstance(data, Mapping):
        rows: object = cast("Mapping[str, Any]", data).get("subscriptions", [data])
    else:
        rows = data
    if not isinstance(rows, list):
        raise ProtocolError(f"The answer is not a list of event subscriptions: {data!r:.200}.")
    return [subscription_of(row) for row in cast("list[object]", rows)]


def page_count_of(data: object) -> int:
    """Returns the number of pages an answer tells of; one where it tells none."""
    members = _object(data)
    meta = _object(members.get("meta")) or members
    count = meta.get("page_count")
    return count if isinstance(count, int) and not isinstance(count, bool) else 1


def _health(address: Mapping[str, Any]) -> SubscriptionHealth:
    return SubscriptionHealth(
        successes=_count(address.get("successes")),
        failures=_count(address.get("failures")),
        disabled_at=_instant(address.get("disabled_at")),
        frozen_at=_instant(address.get("frozen_at")),
    )


def _object(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def _of(row: Mapping[str, Any], *names: str) -> Any:
    return next((row[name] for name in names if row.get(name) is not None), None)


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _instant(value: object) -> datetime | None:
    try:
        return parse_datetime(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
