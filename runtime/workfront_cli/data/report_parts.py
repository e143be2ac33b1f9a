"""Views and groupings of Workfront in text mode: which fields they show, under which headings, and by what they group.

What a view computes (``valueexpression``) or lists by a method of the server is not in the API: left out, and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from workfront_cli.wording import message_of
from workfront_core.errors import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.language.field_lists import loads, parse_fields

_LINE: Final = re.compile(r"(?:(column|group)\.(\d+)\.)?([A-Za-z]\w*)", re.IGNORECASE)
_LISTS: Final = frozenset({"iterate", "interate"})
"""Kinds of columns that the server fills by a method; the second is a slip of Workfront's own pages."""
_CUSTOM: Final = "customdata"
_PERIODS: Final = re.compile(r"(day|week|month|quarter|year)\w*", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[A-Za-z]\w*")


@dataclass(frozen=True, slots=True)
class View:
    """The columns of a view.

    Attributes:
        fields: as a person lists them, one text a column.
        headings: by the wire name of the field.
        left_out: what cannot be shown, and why.
    """

    fields: Sequence[str]
    headings: Mapping[str, str] = field(default_factory=dict[str, str])
    left_out: Sequence[str] = ()


def view_of(text: str, model: type[WorkfrontObject]) -> View:
    """Returns the columns that a view in text mode describes.

    Raises:
        QueryError: the text holds no column that can be shown.
    """
    fields: list[str] = []
    headings: dict[str, str] = {}
    left_out: list[str] = []
    for number, part in _parts(text, "column"):
        heading = part.get("displayname") or part.get("name") or ""
        try:
            written = _field(part)
            [path] = parse_fields(written, model)
        except (QueryError, ValueError) as error:
            said = message_of(error) if isinstance(error, QueryError) else str(error)
            left_out.append(f"column {number}{f' ({heading})' if heading else ''}: {said}")
            continue
        fields.append(written)
        headings |= {name: heading for name in loads(path) if heading and len(loads(path)) == 1}
    if not fields:
        raise QueryError(
            f"The view has no column that the API can show. {' '.join(left_out)}".strip(),
            hint="A view in text mode has lines such as column.0.valuefield=name.",
        )
    return View(fields, headings, left_out)


def grouping_of(text: str) -> str:
    """Returns the fields that a grouping in text mode groups by, as a person lists them.

    Raises:
        QueryError: it has none, computes one, or groups by a period: the API groups by whole values.
    """
    found: list[str] = []
    for number, part in _parts(text, "group"):
        if _PERIODS.fullmatch(part.get("valueformat", "")):
            raise QueryError(
                f"group {number} goes by {part['valueformat']}, and the API groups by whole values.",
                hint="Group by the field itself with --by, or search with a condition for each period.",
            )
        try:
            found.append(_field(part))
        except ValueError as error:
            raise QueryError(f"group {number}: {error}", hint="Group by fields with --by.") from None
    if not found:
        raise QueryError(
            "The grouping names no field.", hint="A grouping in text mode has lines such as group.0.valuefield=status."
        )
    return ", ".join(found)


def _parts(text: str, kind: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yields columns or groups by number; a single one may be pasted without its number."""
    found: dict[int, dict[str, str]] = {}
    for line in _lines(text):
        name, mark, value = line.partition("=")
        key = _LINE.fullmatch(name.strip())
        if not mark:
            raise QueryError(f"{line!r:.80} lacks '='.", hint=f"Write {kind}.0.valuefield=name.")
        if key is None or (key[1] or kind).lower() != kind:
            continue
        found.setdefault(int(key[2] or 0), {}).setdefault(key[3].lower(), value.strip())
    return iter(sorted(found.items()))


def _lines(text: str) -> Iterator[str]:
    for line in re.split(r"<br\s*/?>|\n", text.replace("\ufeff", "")):
        if line.strip() and not line.strip().startswith("#"):
            yield line.strip()


def _field(part: Mapping[str, str]) -> str:
    """Returns the field of a column or group.

    Raises:
        ValueError: it is computed, or filled by a method of the server.
    """
    if part.get("type", "").lower() in _LISTS or "listmethod" in part:
        raise ValueError("Its list is filled by the server.")
    written = part.get("valuefield", "")
    if not written:
        raise ValueError("It is computed." if "valueexpression" in part else "It names no field.")
    sorted_by = part.get("querysort", "")
    if part.get("valueformat", "").lower().startswith(_CUSTOM) or sorted_by.startswith("DE:"):
        *path, name = written.removeprefix("DE:").split(":")
        quoted = name if _PLAIN.fullmatch(name) else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return ".".join([*path, f"DE:{quoted}"])
    return written
