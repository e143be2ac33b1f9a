"""A message as it is posted: what tells it from others, and when it happened (docs/protocol.md 13.3)."""

from __future__ import annotations

import time
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any, Final, NamedTuple, cast

from workfront_core.errors.printable import printable
from workfront_core.events.errors import NotAnEvent
from workfront_core.foreign_text import json_value

_KEY_BYTES: Final = 16
_EARLIEST: Final = -62_135_596_800 * 1_000_000
_LATEST: Final = 253_402_300_800 * 1_000_000
"""Microseconds from 1970 to the years 1 and 10,000, between which a ``datetime`` is."""
_DEEPEST: Final = 200
"""Levels of a message. How many Python reads depends on what else is under way, here and where it is handed over."""


class Message(NamedTuple):
    """One message, ready to be stored.

    Attributes:
        key: tells it from every other; two messages with the same key are the same event in the same words.
        twin: the same for both forms of an event, v1 and v2.
        obj_code: object type.
        object_id: of the row.
        event_us: when it happened, in microseconds since 1970.
        body: as it was posted.
    """

    key: bytes
    twin: bytes
    obj_code: str
    object_id: str
    event_us: int
    body: bytes


def message_of(body: bytes) -> Message:
    """Returns the message of a posted body.

    Raises:
        NotAnEvent: it is not a JSON object with an ``eventType`` and a state.
    """
    event = event_of(body)
    row = state_of(event, "newState") or state_of(event, "oldState") or state_of(event, "fields")
    code, object_id = text_of(row.get("objCode") or event.get("objCode")), text_of(row.get("ID"))
    moment = _microseconds(event.get("eventTime"))
    said = (event.get("subscriptionId"), code, object_id, moment, event["eventType"])
    twin = repr(said).encode()
    key = repr(event.get("subscriptionVersion")).encode() + twin + body
    at = int(time.time() * 1_000_000) if moment is None else moment
    return Message(_digest(key), _digest(twin), code, object_id, at, body)


def event_of(body: bytes) -> Mapping[str, Any]:
    """Returns the members of a posted event.

    Raises:
        NotAnEvent: it is not a JSON object with an ``eventType`` and a state.
    """
    try:
        event = _value_of(body)
    except ValueError:
        raise NotAnEvent("The message is not JSON.") from None
    if not isinstance(event, dict):
        raise NotAnEvent("The message is not a JSON object.")
    members = cast("dict[str, Any]", event)
    if not isinstance(members.get("eventType"), str) or not {"newState", "oldState", "fields"} & members.keys():
        raise NotAnEvent("The message has no eventType, or no state of a row.")
    return members


def state_of(event: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Returns a row out of an event, ``{}`` where there is none; base64 of its JSON is read as well.

    Raises:
        NotAnEvent: it is neither.
    """
    state = event.get(name)
    if isinstance(state, str) and state:
        try:
            state = _value_of(b64decode(state, validate=True))
        except (Base64Error, ValueError):
            raise NotAnEvent(f"{name} is neither an object nor base64 of one.") from None
    if not isinstance(state, dict | None | str) or (isinstance(state, str) and state):
        raise NotAnEvent(f"{name} is not an object.")
    return cast("dict[str, Any]", state) if isinstance(state, dict) else {}


def text_of(value: object) -> str:
    """Returns a member of a message as a text that files and screens take; nothing at all is an empty one."""
    return printable(str(value or ""))


def _value_of(text: bytes) -> object:
    """Returns the value of a JSON text.

    Raises:
        ValueError: it is none, or is nested deeper than any row.
    """
    value = json_value(text)
    if text.count(b"[") + text.count(b"{") > _DEEPEST:
        level = [value]
        for _ in range(_DEEPEST):
            level = [inner for outer in level for inner in _members(outer)]
        if level:
            raise ValueError("too deeply nested")
    return value


def _members(value: object) -> Iterable[object]:
    """Returns what stands within a value of JSON."""
    if isinstance(value, dict):
        return cast("dict[str, object]", value).values()
    return cast("list[object]", value) if isinstance(value, list) else ()


def _microseconds(moment: object) -> int | None:
    """Returns the microseconds since 1970 of ``{"epochSecond": .., "nano": ..}``; ``None`` for anything else."""
    if not isinstance(moment, Mapping):
        return None
    members = cast("Mapping[str, object]", moment)
    seconds, nano = members.get("epochSecond"), members.get("nano", 0)
    if not isinstance(seconds, int) or not isinstance(nano, int):
        return None
    found = seconds * 1_000_000 + nano // 1000
    return found if _EARLIEST <= found < _LATEST else None


def _digest(text: bytes) -> bytes:
    return blake2b(text, digest_size=_KEY_BYTES).digest()
