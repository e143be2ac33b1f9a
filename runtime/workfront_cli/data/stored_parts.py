"""Filters, views and groupings as text mode: out of a file, or kept in Workfront and told by ID or name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from workfront_cli.data.where import given_ids, read_where
from workfront_core.errors import NotFound, QueryError

if TYPE_CHECKING:
    from workfront_cli.data.session import Session

VIEW: Final = "UIVW"
GROUPING: Final = "UIGB"
FILTER: Final = "UIFT"
_WORDS: Final = {VIEW: "view", GROUPING: "grouping", FILTER: "filter"}
_FIELDS: Final = ("ID", "name", "uiObjCode", "definition")


def part_text(asked: str, code: str, opened: Session) -> str:
    """Returns a filter, view or grouping as lines of text mode.

    Args:
        asked: ``@file``, an ID, or the name that one of this object has.
        code: objCode of what it is.
        opened: where it is kept, and the object it is for.

    Raises:
        QueryError: the file cannot be read, several have the name, it is for other objects, or it is empty.
        NotFound: there is none.
    """
    if asked.startswith("@") or asked == "-":
        return read_where(asked, _WORDS[code])
    row = _stored(asked, code, opened)
    said = f"The {_WORDS[code]} {asked!r:.80}"
    if row.get("uiObjCode") not in (None, opened.model.obj_code):
        raise QueryError(f"{said} is for {row['uiObjCode']}, not for {opened.model.obj_code}.")
    lines = _definition(row.get("definition"))
    if not lines:
        raise QueryError(f"{said} has no definition that the API shows.", hint="Copy its text mode into a file: @FILE.")
    return lines


def _stored(asked: str, code: str, opened: Session) -> Mapping[str, Any]:
    service = opened.client.by_code(code)
    ids = given_ids(asked)
    if ids:
        return cast("Mapping[str, Any]", service.get(ids[0], fields=list(_FIELDS)).to_wire())
    root = service.model.f
    tests = (root.name == asked, root.ui_obj_code == opened.model.obj_code)
    rows = list(service.search(*tests, fields=list(_FIELDS), limit=6))
    word = _WORDS[code]
    if not rows:
        raise NotFound(
            f"There is no {word} {asked!r:.80} for {opened.model.__name__}, or you may not see it.",
            hint=f"Give its ID, its whole name, or @FILE with its text mode: workfront search {service.model.__name__}",
        )
    if len(rows) > 1:
        listed = ", ".join(str(row.id) for row in rows[:5])
        raise QueryError(f"Several have the name {asked!r:.80}: {listed}.", hint="Give the ID of the one you mean.")
    return cast("Mapping[str, Any]", rows[0].to_wire())


def _definition(kept: object) -> str:
    """Returns the lines of a definition, which the API gives as names with values, or as the text itself."""
    if isinstance(kept, str):
        return kept
    if not isinstance(kept, Mapping):
        return ""
    return "\n".join(f"{name}={_value(value)}" for name, value in cast("Mapping[str, object]", kept).items())


def _value(value: object) -> str:
    if isinstance(value, list):
        return "\t".join(_value(one) for one in cast("list[object]", value))
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
