"""Paths of requests: which API, which version, which object, which row, which verb. docs/protocol.md 1.2-1.4."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from workfront_sandbox.wire.errors import ApiError, too_many_parts

OLDEST: Final = 15
NEWEST: Final = 22
_ROOTS: Final = {"api": None, "api-internal": "INTERNAL", "api-unsupported": "UNSUPPORTED", "api-asp": "ASP"}
_VERSION = re.compile(r"v(\d{1,3})\.(\d)", re.ASCII | re.IGNORECASE)
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the object API: ``model`` is how error texts name the called version (``V19_0``, ``INTERNAL``)."""

    model: str
    version: int
    parts: tuple[str, ...]

    @property
    def unsupported(self) -> bool:
        """Whether derived fields such as ``statusLabel`` are shown."""
        return self.model == "UNSUPPORTED"


@dataclass(frozen=True, slots=True)
class Target:
    """What follows the object type: a row, a verb, both or neither."""

    object_id: str | None = None
    verb: str | None = None


def parse_address(path: str, newest: int = NEWEST) -> Address:
    """Returns the address of a path below ``/attask``, where versions up to ``newest`` are served.

    Raises ApiError 404 or 410 where there is none.
    """
    parts = [unquote(part) for part in path.split("/") if part]
    if len(parts) < 2 or parts[0] != "attask" or parts[1] not in _ROOTS:
        raise ApiError(404, f"Nothing is served at {path}")
    model, rest = _ROOTS[parts[1]], parts[2:]
    if model is None and rest and rest[0] in {"unsupported", "internal", "asp"}:
        model, rest = rest[0].upper(), rest[1:]
    if model is None and rest and (found := _VERSION.fullmatch(rest[0])):
        return Address(f"V{found[1]}_{found[2]}", _served(int(found[1]), rest[0], newest), tuple(rest[1:]))
    return Address(model or f"V{newest}_0", newest, tuple(rest))


def is_id(text: str) -> bool:
    """Returns whether a part of a path is an ID, not a verb."""
    return _ID.fullmatch(text) is not None


def parse_target(parts: tuple[str, ...]) -> Target:
    """Returns what the parts after the object type mean. Raises ApiError for more than a row and a verb."""
    match parts:
        case ():
            return Target()
        case (one,):
            return Target(object_id=one) if is_id(one) else Target(verb=one)
        case (row, verb):
            return Target(row, verb)
        case _:
            raise too_many_parts()


def _served(number: int, written: str, newest: int) -> int:
    if number < OLDEST:
        raise ApiError(410, f"API version {written} is no longer available")
    if number > newest:
        raise ApiError(404, f"API version {written} is not available yet")
    return number
