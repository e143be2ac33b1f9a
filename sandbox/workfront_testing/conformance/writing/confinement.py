"""What may leave while checks write: the creation of one project, and what stays within it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import parse_qsl

from workfront_core.errors.kinds import WriteRefused
from workfront_core.http_library import httpx
from workfront_testing.conformance.answer import as_list, as_row
from workfront_testing.conformance.server import refuse_writes

NOBODY: Final = f"{0:032x}"
"""The ID of no row."""
ACTIONS: Final = frozenset({
    "acceptWork", "assign", "assignMultiple", "bulkCopy", "bulkMove", "calculateTimeline", "convertToTask", "markDone",
    "markNotDone", "move", "noSuchAction", "replyToAssignment", "share", "unacceptWork", "unassign", "unshare",
})  # fmt: skip
"""Actions whose effects stay within the project."""
_KINDS: Final = frozenset({"proj", "task", "optask", "assgn", "note", "hour"})
_HOMES: Final = ("projectID", "taskID", "opTaskID", "objID", "parentID", "copySourceID")
_ID: Final = re.compile(r"[0-9a-f]{32}")
_VERSION: Final = re.compile(r"/attask/api/v\d+\.\d+/(.*)")


@dataclass(frozen=True, slots=True)
class _Call:
    verb: str
    path: tuple[str, ...]
    pairs: Mapping[str, str]
    body: Any

    @property
    def rows(self) -> list[Mapping[str, Any]]:
        """What is written, row by row."""
        return [as_row(row) for row in (as_list(self.body) or [self.body])]

    @property
    def action(self) -> str:
        """The action that is called, or nothing."""
        words = [word for word in self.path[1:] if not _ID.fullmatch(word)]
        return self.pairs.get("action", words[0] if words else "")

    @property
    def targets(self) -> set[str]:
        """The IDs of the rows that are changed or deleted."""
        named = [word for word in self.path[1:] if _ID.fullmatch(word)] + self.pairs.get("id", "").split(",")
        rows = [str(row.get("ID") or "") for row in self.rows]
        several = [str(one) for row in self.rows for one in as_list(row.get("taskIDs"))]
        return {one for one in (*named, *rows, *several) if one}


class Confinement:
    """Lets through what reads, and what writes within the project of this run.

    Args:
        name: of the project, as nothing else is called.

    Attributes:
        made: IDs of rows that this run made.
        known: IDs that values may name: who signs in, and no row at all.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.made: set[str] = set()
        self.known: set[str] = {NOBODY}
        self._is_open = False

    def __call__(self, request: httpx.Request) -> None:
        """Lets a request pass.

        Raises:
            WriteRefused: it would change something that this run did not make; it was not sent.
        """
        call = _call_of(request)
        if request.method == call.verb == "GET":
            refuse_writes(request)
        elif not self._is_within(call):
            raise WriteRefused("A check would write outside of its own project; nothing was sent.")

    def _is_within(self, call: _Call) -> bool:
        if not call.path or call.path[0] not in _KINDS or not set(_ids(call)) <= self.made | self.known:
            return False
        if call.verb == "POST" and len(call.path) == 1:
            return self._opens(call) or (call.path[0] != "proj" and all(map(self._has_home, call.rows)))
        stays = not call.action or call.action in ACTIONS
        targets = call.targets - {NOBODY}
        return call.verb in ("PUT", "DELETE") and stays and bool(targets) and targets <= self.made

    def _opens(self, call: _Call) -> bool:
        """Returns whether a call makes the project, which happens once."""
        if self._is_open or call.path != ("proj",) or [row.get("name") for row in call.rows] != [self.name]:
            return False
        self._is_open = True
        return True

    def _has_home(self, row: Mapping[str, Any]) -> bool:
        return any(row.get(name) in self.made for name in _HOMES)


def _call_of(request: httpx.Request) -> _Call:
    found = _VERSION.fullmatch(request.url.path)
    pairs = dict(parse_qsl(request.url.query.decode("ascii"), keep_blank_values=True))
    body = _read(request.content or b"null")
    path = tuple(part for part in (found[1] if found else "").split("/") if part)
    return _Call(pairs.get("method", request.method).upper(), path, pairs, _written(pairs, body))


def _read(text: str | bytes) -> Any:
    """Returns the JSON that a request writes. Raises WriteRefused where it cannot be read, and so not be looked at."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise WriteRefused("A check would write what cannot be read; nothing was sent.") from None


def _written(pairs: Mapping[str, str], body: Any) -> Any:
    """Returns what is written: the body, or what stands in its place in the query."""
    if "updates" in pairs:
        return _read(pairs["updates"])
    return as_list(body) or {**pairs, **as_row(body)}


def _ids(call: _Call) -> Iterator[str]:
    """Yields every ID that a call names, wherever it stands."""
    yield from _ids_in([list(call.path), list(call.pairs.values()), call.body])


def _ids_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _ID.findall(value)
    elif isinstance(value, dict):
        for name, member in cast("Mapping[Any, Any]", value).items():
            yield from _ids_in([name, member])
    elif isinstance(value, list):
        for member in cast("Iterable[Any]", value):
            yield from _ids_in(member)
