"""What a sync keeps of one object type."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from workfront_core.arguments import checked_flag, checked_list, described
from workfront_core.errors.kinds import QueryError
from workfront_core.frames.schema import FrameSchema, frame_schema
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.payload import wire_names
from workfront_core.operations.search import Query
from workfront_core.process_state import cached_property
from workfront_core.query.condition import Comparison, FilterCondition, own_tests
from workfront_core.query.model_fields import by_wire_name
from workfront_core.query.operators import Operator
from workfront_core.query.selection import Fields, field_parameters, listed_names
from workfront_core.sync.strategy import UPDATED, Strategy, parents_of, strategy_of

M = TypeVar("M", bound=WorkfrontObject)

_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, eq=False)
class Table(Generic[M]):
    """One table of a sync: which rows and fields of an object type it holds.

    Attributes:
        model: the object type.
        fields: the columns: plain fields and custom fields; ``None`` for all that can be read. Related objects have
            tables of their own: a renamed project does not mark its tasks as changed.
        where: conditions the rows meet. A row that ceases to meet them is found by a sweep alone.
        sweep: whether a sync ends each run over changes with a sweep where there are conditions.
        look: fields that a sweep compares beside the moment of the last change, for values that the service alters
            without setting it; they are columns, too.
        every: how long ago the latest run has to be for the next to read the table; every run does unless given.
            Assignments, which tell no moment of change, are read whole so often; runs in between read those of tasks
            and issues that changed.

    Raises:
        QueryError: a field leads to another object, a condition is on another one, or rows of the object cannot be told
            apart.
    """

    model: type[M]
    fields: Fields[M] = None
    where: Sequence[FilterCondition[M]] = ()
    look: Fields[M] = None
    sweep: bool = True
    every: timedelta | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.model, type) or not issubclass(self.model, WorkfrontObject):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(f"A table is of an object, not of {described(self.model)}.", hint="Write Table(Task).")
        _ = self.strategy
        checked_flag(self.sweep, "sweep")
        self._check_every()
        given: list[Any] = checked_list(self.where, "where=", "Write where=[Task.f.status == 'INP'].")
        tests = own_tests(given, self.model, f"a table of {self.model.__name__}")
        object.__setattr__(self, "where", tests)  # the way into a frozen instance, for what can be gone through once
        if not self.rows_to_compare().takes_id:
            raise QueryError(
                f"where= of {self.name} leaves no room for a test on the ID, by which a sync tells its pages.",
                hint="Write it with typed conditions in place of raw_parameters().",
            )
        for name in (*self.names, *self.looked_at):
            self._refuse_nested(name)

    @property
    def sweeps_every_run(self) -> bool:
        """Whether rows may leave the table without a stamp, and runs are to find them."""
        return bool(self.where) and self.sweep and self.strategy.sweeps

    @property
    def obj_code(self) -> str:
        """The object type, as the API calls it."""
        return self.model.obj_code

    @cached_property
    def name(self) -> str:
        """The table's name: ``wf_`` and the object's name in Python, such as ``wf_task``."""
        return table_name(self.model.__name__)

    @cached_property
    def strategy(self) -> Strategy:
        """How the table is kept up to date."""
        return strategy_of(self.model)

    @cached_property
    def parents(self) -> tuple[str, ...]:
        """Relations to objects whose changes tell of rows of this one, where it is not read whole in every run."""
        return parents_of(self.model) if self.every is not None else ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The wire names of the columns, ID and stamp among them."""
        asked = self._listed(self.fields) if self.fields is not None else ["*"]
        needed = [self.strategy.stamp, *(f"{parent}ID" for parent in self.parents)]
        looked_at = [name for name in self.looked_at if self.fields is not None or name.startswith(CUSTOM)]
        return tuple(dict.fromkeys(["ID", *asked, *looked_at[1:], *filter(None, needed)]))

    @cached_property
    def looked_at(self) -> tuple[str, ...]:
        """The wire names that a sweep compares."""
        return tuple(dict.fromkeys(["ID", *filter(None, [self.strategy.stamp]), *self._listed(self.look)]))

    @cached_property
    def schema(self) -> FrameSchema:
        """The columns and their types."""
        return frame_schema(self.model, self.names)

    @cached_property
    def look_schema(self) -> FrameSchema:
        """The columns that a sweep compares."""
        return frame_schema(self.model, self.looked_at)

    @cached_property
    def conditions(self) -> str:
        """A fingerprint of ``where``: a table holds the rows of one set of conditions."""
        filters = Query(self.model, where=self.where).count().params
        return hashlib.blake2b(repr(filters).encode(), digest_size=8).hexdigest()

    def rows_since(self, low: str | None) -> Query[M]:
        """Returns the search for rows stamped, or whose parents are, at or after a moment; for all rows without one."""
        stamps = [self.strategy.stamp] if self.strategy.stamp else [f"{parent}:{UPDATED}" for parent in self.parents]
        since = [Comparison[M](stamp, Operator.GTE, (low,)) for stamp in stamps if low]
        either = [reduce(or_, since)] if since else []
        return Query(self.model, where=(*self.where, *either), fields=self.names)

    def changed_parents(self, low: str) -> Iterator[tuple[str, Query[Any]]]:
        """Yields the searches for parents stamped at or after a moment, each with the column that holds their IDs."""
        for parent in self.parents:
            relation = by_wire_name(self.model)[parent].relation
            model: type[WorkfrontObject] | None = relation.target() if relation is not None else None
            if model is not None:
                changed = Comparison[Any](UPDATED, Operator.GTE, (low,))
                yield f"{parent}ID", Query(model, where=(changed,), fields=("ID",))

    def rows_of(self, ids: Sequence[str]) -> Query[M]:
        """Returns the search for rows of these IDs, as far as they meet the conditions."""
        named = Comparison[M]("ID", Operator.IN, tuple(ids))
        return Query(self.model, where=(*self.where, named), fields=self.names)

    def rows_to_compare(self) -> Query[M]:
        """Returns the search for all rows with what a sweep compares."""
        return Query(self.model, where=self.where, fields=self.looked_at)

    def _check_every(self) -> None:
        if self.every is None:
            return
        if not isinstance(self.every, timedelta):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(f"every= takes a timedelta, not {described(self.every)}.", hint="Write timedelta(days=1).")
        if self.every <= timedelta():
            raise QueryError(f"every={self.every}: it is a time above zero.")

    def _listed(self, fields: Fields[M]) -> list[str]:
        return listed_names(field_parameters(fields, wire_names(self.model)))

    def _refuse_nested(self, name: str) -> None:
        member = by_wire_name(self.model).get(name.partition(":")[0])
        if name.startswith(CUSTOM):
            leads_on = ":" in name.removeprefix(CUSTOM)
        else:
            leads_on = ":" in name or (member is not None and member.relation is not None)
        if leads_on:
            raise QueryError(
                f"{name} is a field of another object: a change there does not mark a row of {self.name} as changed.",
                hint=f"Give the other object a table of its own; the view {view_name(self.name)} joins the two by ID.",
            )


def table_name(name: str) -> str:
    """Returns the name of the table of a model by the name of its class: ``wf_journal_entry``."""
    return f"wf_{_WORD_START.sub('_', name).lower()}"


def view_name(name: str) -> str:
    """Returns the name of the view beside a table, which names what rows refer to: ``task_with_names``."""
    return f"{name.removeprefix('wf_')}_with_names"
