"""Events delivered over HTTP, and tried again when that fails. docs/protocol.md 13.3, 13.4."""

from __future__ import annotations

import json
import logging
import threading
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from workfront_sandbox.events.event_filter import matches
from workfront_sandbox.events.subscription import Subscriptions
from workfront_sandbox.store.custom_field import CUSTOM
from workfront_sandbox.tenant.tenant import Change
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.json_value import Row, is_list
from workfront_sandbox.wire.loopback import is_loopback

Send: TypeAlias = Callable[[str, Mapping[str, str], bytes], int | None]
"""Posts a body to an address; answers with the status, or None where none came in time."""

_LOG = logging.getLogger("workfront.sandbox")
TIMEOUT: Final = 5.0
TRIES: Final = 11
_LARGEST: Final = 1_000_000
_LIVES: Final = timedelta(hours=48)
_IN_A_ROW: Final = 2000


@dataclass(frozen=True)
class DeliveryAttempt:
    """One message on its way: ``number`` counts tries from one."""

    subscription_id: str
    payload: Row
    due: datetime
    first: datetime
    number: int = 1


@dataclass
class Deliveries:
    """Messages waiting, and those done with. ``send`` is called without any lock held.

    Attributes:
        late: how long after its change a message is sent.
        twice: whether each message is sent a second time, as if the first answer had been lost.
        order: messages that are due at once are sent in an order by chance; in that of their changes without it.
    """

    subscriptions: Subscriptions
    send: Send
    waiting: list[DeliveryAttempt] = field(default_factory=list[DeliveryAttempt])
    delivered: list[DeliveryAttempt] = field(default_factory=list[DeliveryAttempt])
    given_up: list[DeliveryAttempt] = field(default_factory=list[DeliveryAttempt])
    late: timedelta = timedelta()
    twice: bool = False
    order: Random | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _in_a_row: dict[str, int] = field(default_factory=dict[str, int])

    def watch(self, change: Change) -> None:
        """Puts the messages of a change in line."""
        now = self.subscriptions.tenant.clock.now()
        for row in list(self.subscriptions.rows.values()):
            if wanted(row, change):
                for version in self.subscriptions.versions(row):
                    attempt = DeliveryAttempt(
                        str(row["id"]), message({**row, "version": version}, change), now + self.late, now
                    )
                    with self._lock:
                        self.waiting.extend([attempt] * (2 if self.twice else 1))

    def due(self) -> bool:
        """Returns whether a message may be sent now."""
        now = self.subscriptions.tenant.clock.now()
        return any(attempt.due <= now for attempt in self.waiting)

    def deliver(self) -> int:
        """Sends every message that is due, each once, and answers how many arrived."""
        now = self.subscriptions.tenant.clock.now()
        with self._lock:
            ready = sorted((item for item in self.waiting if item.due <= now), key=lambda item: item.due)
            if self.order is not None:
                self.order.shuffle(ready)
            self.waiting = [item for item in self.waiting if item.due > now]
        return len([item for item in ready if self._try(item)])

    def _try(self, attempt: DeliveryAttempt) -> bool:
        row = self.subscriptions.rows.get(attempt.subscription_id)
        if row is None or row["subscription_url"]["frozen_at"]:
            return False
        body = json.dumps(attempt.payload).encode()
        headers = {"content-type": "application/json", "authorization": f"Bearer {row.get('authToken') or ''}"}
        status = self.send(str(row["url"]), headers, body) if len(body) <= _LARGEST else None
        arrived = status is not None and 200 <= status <= 299
        self._count(row, arrived=arrived)
        if arrived:
            self.delivered.append(attempt)
        else:
            self._again(attempt)
        return arrived

    def _again(self, attempt: DeliveryAttempt) -> None:
        now = self.subscriptions.tenant.clock.now()
        due = now + timedelta(milliseconds=retry_delay(attempt.number))
        if attempt.number >= TRIES or due - attempt.first > _LIVES:
            self.given_up.append(attempt)
            return
        with self._lock:
            self.waiting.append(replace(attempt, due=due, number=attempt.number + 1))

    def _count(self, row: Row, *, arrived: bool) -> None:
        health = row["subscription_url"]
        health["successes" if arrived else "failures"] += 1
        run = self._in_a_row[row["id"]] = 0 if arrived else self._in_a_row.get(row["id"], 0) + 1
        total = health["successes"] + health["failures"]
        failing = (total > 100 and health["failures"] / total > 0.7) or run >= _IN_A_ROW
        health["disabled_at"] = (health["disabled_at"] or self.subscriptions.stamp()) if failing else None
        if run > 25 * _IN_A_ROW:
            health["frozen_at"] = self.subscriptions.stamp()


def retry_delay(attempt: int) -> int:
    """Returns the milliseconds to wait after a try failed: ((2^attempt)-1) * 84800."""
    return ((1 << attempt) - 1) * 84_800


def wanted(row: Row, change: Change) -> bool:
    """Returns whether a subscription asks for a change."""
    if row.get("objCode") != change.code or row.get("eventType") != change.type:
        return False
    state = change.new or change.old
    if row.get("objId") and row["objId"] != state.get("ID"):
        return False
    return matches(row.get("filters") or [], str(row.get("filterConnector") or "AND"), change.old, change.new)


def message(row: Row, change: Change) -> Row:
    """Returns the payload of a change for a subscription."""
    version = str(row.get("version") or "v2")
    milliseconds = datetimes.milliseconds(change.at)
    states: dict[str, Any] = {
        "newState": state(change.new, change, version),
        "oldState": state(change.old, change, version),
    }
    if str(row.get("base64Encoding")).lower() == "true":
        states = {name: b64encode(json.dumps(value).encode()).decode() for name, value in states.items()}
    return {
        "eventType": change.type,
        "subscriptionId": row["id"],
        "eventTime": {"epochSecond": milliseconds // 1000, "nano": milliseconds % 1000 * 1_000_000},
        "eventVersion": version,
        "subscriptionVersion": version,
        "customerId": row.get("customerId"),
        "userId": change.user_id,
        **states,
    }


def state(row: Row, change: Change, version: str) -> Row:
    """Returns a row as events show it: dates with a dot, custom fields below ``parameterValues``."""
    if not row:
        return {}
    plain = {name: _dotted(value) for name, value in row.items() if not name.startswith((CUSTOM, "_"))}
    custom = {name: _single(value, version) for name, value in row.items() if name.startswith(CUSTOM)}
    return {**plain, "objCode": change.code, "parameterValues": custom}


def post_near(url: str, headers: Mapping[str, str], body: bytes) -> int | None:
    """Posts over HTTP to this machine; None for any other, and where no answer came within five seconds."""
    if _is_near(url):
        return post(url, headers, body)
    _LOG.warning("An event was not sent, since it would leave this machine: allow it with --deliver-anywhere")
    return None


def post(url: str, headers: Mapping[str, str], body: bytes) -> int | None:
    """Posts over HTTP; None where no answer came within five seconds."""
    from workfront_sandbox.events.http_library import httpx

    try:
        return httpx.post(url, headers=dict(headers), content=body, timeout=TIMEOUT).status_code
    except (httpx.HTTPError, httpx.InvalidURL):
        return None


def _is_near(url: str) -> bool:
    try:
        return is_loopback((urlsplit(url).hostname or "").rstrip("."))
    except ValueError:
        return False


def _single(value: Any, version: str) -> Any:
    """Returns a value as a version writes it: version 1 writes a multi-select with one value as that value."""
    return value[0] if version == "v1" and is_list(value) and len(value) == 1 else value


def _dotted(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 28 and value[10] == "T" and value[19] == ":":
        return f"{value[:19]}.{value[20:]}"
    return value
