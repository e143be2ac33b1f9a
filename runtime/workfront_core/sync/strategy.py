"""How an object type is kept up to date: what its fields allow."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.model_fields import by_wire_name
from workfront_core.sync.searchable import check_searchable

UPDATED = "lastUpdateDate"
ENTERED = "entryDate"
_NEVER_CHANGE = frozenset({"JRNLE"})
_PARENTS: Mapping[str, tuple[str, ...]] = MappingProxyType({"ASSGN": ("task", "opTask")})
"""Relations of objects without a stamp to those whose stamp moves when one of them is made, altered or deleted."""


class Strategy(StrEnum):
    """How the rows of an object type are kept up to date."""

    CHANGES = "changes"
    """Rows carry the moment of their last change: each run reads what changed since the run before."""
    ADDITIONS = "additions"
    """Rows carry the moment they were made alone: each run reads new ones; a sweep compares the rest."""
    JOURNAL = "journal"
    """Rows are added and never change: no sweep is needed."""
    WHOLE = "whole"
    """Rows carry neither moment: every run reads all of them."""

    @property
    def stamp(self) -> str | None:
        """The wire name of the moment that tells which rows are new to us; ``None`` where there is none."""
        return {Strategy.CHANGES: UPDATED, Strategy.ADDITIONS: ENTERED, Strategy.JOURNAL: ENTERED}.get(self)

    @property
    def sweeps(self) -> bool:
        """Whether a sweep can find anything that runs do not."""
        return self in (Strategy.CHANGES, Strategy.ADDITIONS)


def strategy_of(model: type[WorkfrontObject]) -> Strategy:
    """Returns how rows of the object can be kept up to date, as the metadata of this API version has it.

    Raises:
        QueryError: the API has no search for the rows, or they have no ID, so nothing tells one from another.
    """
    check_searchable(model)
    fields = by_wire_name(model)
    if "ID" not in fields:
        raise QueryError(
            f"Rows of {model.__name__} have no ID, so a table of them cannot be kept up to date.",
            hint="Export them as a picture of the moment: search(...).export(...), or workfront export.",
        )
    if model.obj_code in _NEVER_CHANGE:
        return Strategy.JOURNAL
    if UPDATED in fields:
        return Strategy.CHANGES
    return Strategy.ADDITIONS if ENTERED in fields else Strategy.WHOLE


def parents_of(model: type[WorkfrontObject]) -> tuple[str, ...]:
    """Returns the relations to objects that are stamped when a row of this one, which has no stamp, changes."""
    fields = by_wire_name(model)
    return tuple(name for name in _PARENTS.get(model.obj_code, ()) if name in fields)
