"""The objects a write is about: read first, so that the selection does not move while it writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workfront_cli.data.where import given_ids, read_where, typed
from workfront_cli.writing.options import MOST
from workfront_core.errors import NotFound, QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.model_fields import by_wire_name

if TYPE_CHECKING:
    from workfront_cli.data.session import Session


def selected(
    where: str, opened: Session, fields: Sequence[str] = (), *, limit: int | None = None, everything: bool = False
) -> list[WorkfrontObject]:
    """Returns the objects that are meant, with ID, name and further fields.

    Args:
        where: a condition, IDs, a link, ``@file``, or ``-`` for one of these from the standard input.
        opened: where to read.
        fields: further wire names.
        limit: take so many at most.
        everything: take them all, however many.

    Raises:
        QueryError: it is none of these, or there are more than 10,000, and nobody said that so many are meant.
        NotFound: there is no object of an ID.
    """
    text = read_where(where)
    if not text.strip():
        if where == "-":
            return []
        raise QueryError("WHERE is empty; it would mean every object.", hint="Give an ID, or a condition.")
    asked = list(dict.fromkeys(["ID", *_name(opened.model), *fields]))
    ids = given_ids(text)
    if ids:
        return _by_ids(ids[:limit], opened, asked)
    most = limit if limit is not None else None if everything else MOST + 1
    rows = list(opened.service.search(typed(text, opened.model), fields=asked, limit=most))
    if limit is None and not everything and len(rows) > MOST:
        raise QueryError(
            f"More than {MOST} objects meet the condition; nothing was sent.",
            hint="Add --all if they are meant, or --limit.",
        )
    return rows


def label(row: WorkfrontObject) -> str:
    """Returns the name of an object; empty where it has none."""
    name: Any = row.flat(["name"]).get("name") if "name" in by_wire_name(type(row)) else None
    return str(name) if name is not None else ""


def id_of(row: WorkfrontObject) -> str:
    """Returns the ID of a loaded row."""
    loaded: Any = row
    return str(loaded.id)


def _name(model: type[WorkfrontObject]) -> tuple[str, ...]:
    return ("name",) if "name" in by_wire_name(model) else ()


def _by_ids(ids: Sequence[str], opened: Session, fields: Sequence[str]) -> list[WorkfrontObject]:
    rows: list[WorkfrontObject] = opened.service.get_many(ids, fields=list(fields))
    found = {id_of(row).lower() for row in rows}
    missing = [one for one in ids if one.lower() not in found]
    if missing:
        raise NotFound(
            f"No {opened.model.__name__} has the ID {', '.join(missing[:5])}, or you may not see it; nothing was sent."
        )
    return rows
