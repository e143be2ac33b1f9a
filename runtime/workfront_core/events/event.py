"""Events as typed objects: what happened to which row, what it was and what it is (docs/protocol.md 13.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar, cast

from workfront_core.events.given import checked_body, checked_model
from workfront_core.events.message import event_of, message_of, state_of, text_of
from workfront_core.models.model import WorkfrontObject

M = TypeVar("M", bound=WorkfrontObject)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Acknowledgement(Protocol):
    """Where an event came from: it hears what became of it."""

    def ack(self, place: int) -> None:
        """Notes that this event, by its number in the inbox, and all before it are done."""
        ...

    def fail(self, place: int, reason: str, /) -> None:
        """Notes that an attempt failed."""
        ...


@dataclass(frozen=True)
class Event(Generic[M]):
    """One event of a row.

    Attributes:
        type: ``CREATE``, ``UPDATE`` or ``DELETE``.
        obj_code: object type.
        object_id: ID of the row.
        at: when it happened, in UTC.
        new: the row after it, with the fields that events have; empty after a DELETE.
        old: the row before it; empty before a CREATE.
        subscription_id: of the subscription that asked for it.
        version: the form it came in, ``v1`` or ``v2``.
        user_id: who did it, where the message tells.
        raw: the message as it came.
        place: number in the order of an inbox; 0 elsewhere.
        is_late: whether a later event of the same row was handed over before.
        tries: how often it was handed over, this time included.
    """

    type: str
    obj_code: str
    object_id: str
    at: datetime
    new: M
    old: M
    subscription_id: str
    version: str
    user_id: str | None
    raw: Mapping[str, Any] = field(repr=False)
    place: int = 0
    is_late: bool = False
    tries: int = 1
    _source: Acknowledgement | None = field(default=None, repr=False, compare=False)

    @property
    def row(self) -> M:
        """The row as far as it is known: after the event, or before it where it was deleted."""
        return self.old if self.type == "DELETE" else self.new

    @property
    def changes(self) -> dict[str, tuple[Any, Any]]:
        """Old and new value of each field that differs, as they came, by wire name."""
        before, after = _flat(state_of(self.raw, "oldState")), _flat(state_of(self.raw, "newState"))
        names = [*before, *(name for name in after if name not in before)]
        return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}

    def ack(self) -> None:
        """Says that this event and all before it are done: a consumer of this name goes on behind it."""
        if self._source is not None:
            self._source.ack(self.place)

    def fail(self, reason: object) -> None:
        """Says that handling it failed: it is handed over again, and put aside as dead after the last attempt."""
        if self._source is not None:
            self._source.fail(
                self.place, f"{type(reason).__name__}: {reason}" if isinstance(reason, Exception) else str(reason)
            )


def read_event(
    body: bytes,
    model: type[M],
    *,
    place: int = 0,
    is_late: bool = False,
    tries: int = 1,
    source: Acknowledgement | None = None,
) -> Event[M]:
    """Returns the event of a posted body, in either version, plain or base64.

    Args:
        body: as it was posted.
        model: class of the rows.
        place: number in the order of an inbox.
        is_late: whether a later event of the same row was handed over before.
        tries: number of times it was handed over.
        source: hears what becomes of it.

    Raises:
        NotAnEvent: it is not one.
        QueryError: it is not bytes, or the class none of rows.
    """
    checked_model(model)
    found, event = message_of(checked_body(body)), event_of(body)
    return Event(
        type=text_of(event["eventType"]),
        obj_code=found.obj_code,
        object_id=found.object_id,
        at=_EPOCH + timedelta(microseconds=found.event_us),
        new=model.from_wire(_flat(state_of(event, "newState") or state_of(event, "fields"))),
        old=model.from_wire(_flat(state_of(event, "oldState"))),
        subscription_id=text_of(event.get("subscriptionId")),
        version=text_of(event.get("subscriptionVersion") or event.get("eventVersion") or "v1"),
        user_id=text_of(event["userId"]) if isinstance(event.get("userId"), str) else None,
        raw=event,
        place=place,
        is_late=is_late,
        tries=tries,
        _source=source,
    )


def _flat(state: dict[str, Any]) -> dict[str, Any]:
    """Returns a row with its custom fields beside the others, where rows have them."""
    values = state.get("parameterValues")
    if not isinstance(values, dict):
        return state
    return {name: value for name, value in state.items() if name != "parameterValues"} | cast("dict[str, Any]", values)
