"""What the journal says of one field: when it changed, from what to what, by whom (docs/protocol.md 14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, Literal, TypeVar, cast

from workfront_core.arguments import described
from workfront_core.errors.kinds import QueryError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.id_batches import MAX_IDS, distinct_ids
from workfront_core.query.condition import Comparison
from workfront_core.query.field_kinds import BooleanPath, DatePath, DateTimePath, NumberPath
from workfront_core.query.field_path import FieldPath, origin, segments
from workfront_core.query.literal import instant
from workfront_core.query.operators import Operator

V = TypeVar("V")

ChangeKind = Literal["added", "edited", "deleted"]

LOADED: Final = (
    "entryDate", "objID", "objObjCode", "subObjID", "subObjCode", "fieldName", "changeType", "editedByID",
    "oldTextVal", "newTextVal", "oldNumberVal", "newNumberVal", "oldDateVal", "newDateVal",
)  # fmt: skip

_PARTS: Final = ("ASSGN", "HOUR")
"""Object types whose changes stand in the journal of the object they belong to."""

_KINDS: Final[dict[object, ChangeKind]] = {"A": "added", "D": "deleted"}


@dataclass(frozen=True, slots=True)
class Change(Generic[V]):
    """One change of one field.

    Attributes:
        at: the moment, in UTC.
        object_id: of the row.
        field: wire name of the field.
        old: the value before it, ``None`` for none.
        new: the value after it, ``None`` for none.
        kind: ``added``, ``edited`` or ``deleted``.
        by: ID of the user.
    """

    at: datetime
    object_id: str
    field: str
    old: V | None
    new: V | None
    kind: ChangeKind
    by: str | None


class JournalQuery:
    """The searches that find the changes of a field, and how their rows are read."""

    def __init__(self, field: FieldPath[Any], since: datetime | None, ids: Iterable[str] | None) -> None:
        """Checks what is asked for.

        Raises:
            QueryError: the field is of a related object or does not say of which object, or the moment has no zone.
        """
        start = origin(field) if isinstance(field, FieldPath) else None  # pyright: ignore[reportUnnecessaryIsInstance]
        if start is None or len(segments(field)) != 1:
            raise QueryError(
                f"changes() takes a field of an object, not {field!r:.80}.",
                hint="Write changes(Task.f.name), or changes(Task.f.custom('Region')).",
            )
        self.field: str = str(field)
        self._path = field
        self._code = start.model.obj_code
        self._since = None if since is None else instant(since, "since=")
        self._ids = None if ids is None else distinct_ids(ids)

    def conditions(self) -> Iterator[Sequence[Comparison[Any]]]:
        """Yields the conditions of each search; of several where there are many IDs."""
        names = (self.field,) if not self.field.startswith(CUSTOM) else (self.field.removeprefix(CUSTOM), self.field)
        tests = [_of_object(self._code), Comparison[Any]("fieldName", Operator.IN, names)]
        if self._since is not None:
            tests.append(Comparison("entryDate", Operator.GTE, (self._since,)))
        if self._ids is None:
            yield tests
            return
        for at in range(0, len(self._ids), MAX_IDS):
            chunk = tuple(self._ids[at : at + MAX_IDS])
            yield [*tests, Comparison("subObjID" if self._code in _PARTS else "objID", Operator.IN, chunk)]

    def change(self, row: WorkfrontObject) -> Change[Any]:
        """Returns the change that a row of the journal tells."""
        owner = "subObjID" if self._code in _PARTS else "objID"
        return Change(
            at=cast("datetime", row.get("entryDate")),
            object_id=str(row.get(owner) or ""),
            field=self.field,
            old=self._value(row, "old"),
            new=self._value(row, "new"),
            kind=_KINDS.get(row.get("changeType"), "edited"),
            by=row.get("editedByID"),
        )

    def _value(self, row: WorkfrontObject, word: str) -> Any:
        """Returns the value out of the column for its kind, else out of the one that holds any."""
        text, number, moment = (row.get(f"{word}{column}Val") for column in ("Text", "Number", "Date"))
        match self._path:
            case NumberPath() if text is not None and number is None:
                return _number(text)
            case DatePath() if isinstance(moment, datetime):
                return moment.date()
            case DatePath() | DateTimePath():
                return moment if moment is not None else text
            case BooleanPath():
                return _truth(text, number)
            case _:
                return next((value for value in (text, number, moment) if value is not None), None)


def recorded_in(model: type[WorkfrontObject]) -> Comparison[Any]:
    """Returns the condition on entries of the journal that are about an object type.

    Raises:
        QueryError: it is no model of an object.
    """
    if not isinstance(model, type) or not issubclass(model, WorkfrontObject):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"recorded() takes an object, not {described(model)}.", hint="Write recorded(Task).")
    return _of_object(model.obj_code)


def _of_object(code: str) -> Comparison[Any]:
    return Comparison("subObjCode" if code in _PARTS else "objObjCode", Operator.EQ, (code,))


def _number(text: object) -> object:
    try:
        return float(str(text))
    except ValueError:
        return text


def _truth(text: object, number: object) -> object:
    if isinstance(number, int | float):
        return bool(number)
    return {"true": True, "false": False}.get(str(text).lower(), text)
