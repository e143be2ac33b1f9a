"""What a server has, found by reading a few rows of each object: the values that requests of checks are made with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final

from workfront_testing.conformance.answer import Answer, Row, as_row
from workfront_testing.conformance.server import Server, encoded

ROWS: Final = 40
"""Rows of an object that are looked at."""

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "project": (
        "proj",
        "name,status,priority,percentComplete,ownerID,owner:name,owner:username,plannedStartDate,plannedCompletionDate,"
        "actualCompletionDate,entryDate,description,portfolioID,portfolio:name",
    ),
    "task": (
        "task",
        "name,status,priority,percentComplete,projectID,project:name,project:status,project:ownerID,assignedToID,"
        "assignedTo:name,parentID,parent:name,taskNumber,plannedStartDate,plannedCompletionDate,actualCompletionDate,"
        "entryDate,description,isCritical,workRequired,durationMinutes,numberOfChildren",
    ),
    "issue": ("optask", "name,status,priority,projectID,ownerID,entryDate,description,assignedToID"),
    "user": ("user", "name,firstName,lastName,username,emailAddr,isActive,homeGroupID,title"),
    "hour": ("hour", "hours,entryDate,ownerID,projectID,taskID,opTaskID"),
    "role": ("role", "name"),
    "portfolio": ("port", "name"),
    "form": ("ctgy", "name,objTypes,catObjCode"),
    "parameter": ("param", "name,label,dataType,displayType"),
    "document": ("docu", "name,projectID,taskID,docObjCode"),
    "note": ("note", "noteText,noteObjCode,objID,entryDate"),
    "assignment": ("assgn", "status,taskID,assignedToID"),
    "status": ("cstem", "value,label,equatesWith"),
    "template": ("tmpl", "name"),
    "group": ("group", "name"),
}
_PLACEHOLDER: Final = re.compile(r"\{(\w+)(?:#(\d+))?\.([\w:]+)\}")
_SPECIAL: Final = frozenset(",%_\\$&?*\"'()[]{}|/<>")


class CannotTry(Exception):
    """A check cannot be tried on this server; the text names nothing of its."""


class Samples:
    """Rows of a server, each object read once, when it is first asked for.

    Args:
        server: to read from.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self.rows: Callable[[str], list[Row]] = cache(self._rows)
        self.custom_field: Callable[[], str] = cache(self._custom_field)

    def chosen(self, texts: Iterable[str]) -> dict[str, str]:
        """Returns a value for each ``{object.field}`` of some texts; those of one object are of one row.

        Raises:
            CannotTry: the server has no such row.
        """
        wanted: dict[tuple[str, int], set[str]] = {}
        for text in texts:
            for kind, number, field in _PLACEHOLDER.findall(text):
                wanted.setdefault((kind, int(number or 1)), set()).add(field)
        together = {kind: set[str]().union(*(wanted[key] for key in wanted if key[0] == kind)) for kind, _ in wanted}
        found: dict[str, str] = {}
        for (kind, number), fields in wanted.items():
            row = self._row(kind, number, together[kind])
            found |= {_name(kind, number, field): str(value_at(row, field)) for field in fields}
        return found

    def _row(self, kind: str, number: int, fields: set[str]) -> Row:
        fitting = [row for row in self.rows(kind) if all(_is_usable(value_at(row, field)) for field in fields)]
        if len(fitting) < number:
            raise CannotTry(f"too few rows ({kind} with {', '.join(sorted(fields))})")
        return fitting[number - 1]

    def _rows(self, kind: str) -> list[Row]:
        if kind == "custom":
            return self._custom_rows()
        path, fields = _KINDS[kind]
        pairs = [("fields", fields), ("ID_Sort", "asc"), ("$$LIMIT", str(ROWS))]
        return _checked(self.server.get(f"{path}/search", encoded(pairs)), kind).rows

    def _custom_rows(self) -> list[Row]:
        """Returns projects with the value of one custom field of theirs under ``value``, its name under ``field``."""
        name = self.custom_field()
        pairs = [("fields", f"name,DE:{name}"), (f"DE:{name}_Mod", "notblank"), ("ID_Sort", "asc")]
        filled = self.server.get("proj/search", encoded([*pairs, ("$$LIMIT", str(ROWS))])).rows
        pairs = [("fields", f"name,DE:{name}"), ("ID_Sort", "desc"), ("$$LIMIT", str(ROWS))]
        every = _checked(self.server.get("proj/search", encoded(pairs)), "custom").rows
        rows = {str(row.get("ID")): row for row in [*filled, *every]}
        return [{**row, "field": name, "value": row.get(f"DE:{name}")} for row in rows.values()]

    def _custom_field(self) -> str:
        """Returns the name of a custom field of projects that holds one text."""
        document = as_row(self.server.get("proj/metadata").data)
        for name, described in as_row(document.get("custom")).items():
            if as_row(described).get("type") == "string" and "," not in name and self._holds_one_text(name):
                return name
        raise CannotTry("no custom field of projects that holds a text")

    def _holds_one_text(self, name: str) -> bool:
        pairs = [("fields", f"DE:{name}"), ("ID_Sort", "asc"), ("$$LIMIT", str(ROWS))]
        values = [row.get(f"DE:{name}") for row in self.server.get("proj/search", encoded(pairs)).rows]
        filled = [value for value in values if value is not None]
        return len({str(value) for value in filled}) > 1 and all(_is_usable(value) for value in filled)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Returns a text with its ``{object.field}`` filled in."""
    return _PLACEHOLDER.sub(lambda found: values[_name(found[1], int(found[2] or 1), found[3])], text)


def value_at(row: Row, path: str) -> object:
    """Returns the value of a row under a path over relations: ``owner:name``."""
    first, _, rest = path.partition(":")
    return value_at(as_row(row.get(first)), rest) if rest else row.get(first)


def is_plain(text: str) -> bool:
    """Returns whether a text means nothing but itself in a filter."""
    return text.strip() == text != "" and text.isprintable() and not _SPECIAL & set(text)


def _is_usable(value: object) -> bool:
    return is_plain(value) if isinstance(value, str) else isinstance(value, int | float)


def _name(kind: str, number: int, field: str) -> str:
    return f"{kind}#{number}.{field}"


def _checked(answer: Answer, kind: str) -> Answer:
    if not answer.rows:
        raise CannotTry(f"no rows to take values from ({kind})")
    return answer
