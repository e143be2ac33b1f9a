"""The tables of a sync, checked, and what came of them: what `Sync` and `AsyncSync` share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar

from workfront_core.arguments import checked_list, checked_number, checked_sender, checked_whole, described
from workfront_core.errors.kinds import QueryError
from workfront_core.models.api_versions import refuse_other_version
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.search import MAX_PAGE
from workfront_core.sync.state import RunKind
from workfront_core.sync.steps import SyncProgress, TableSync
from workfront_core.sync.table import Table
from workfront_core.sync.target import Merged, Target
from workfront_core.sync.time_span import in_words

T = TypeVar("T")
ProgressCallback = Callable[[SyncProgress], None]

OVERLAP: Final = timedelta(minutes=10)
"""How far behind its cursor a run begins to read, unless told otherwise."""
MOST_WORKERS: Final = 8
"""Calls that a tenant takes at a time from one user, with some to spare (docs/protocol.md 6)."""
_METHODS: Final = [name for name, member in vars(Target).items() if callable(member) and not name.startswith("_")]
_AHEAD: Final = timedelta(minutes=1)
"""Stamps this much after the server's time are warned of."""
_LATE_SHARE: Final = 0.5
"""Changes later than this share of the overlap are warned of."""


@dataclass(frozen=True, slots=True)
class TableResult:
    """What a sync did with one table.

    Attributes:
        table: the table's name.
        kind: what the run read; ``None`` where there was none.
        read: rows that came.
        added: rows that are new.
        changed: rows that differ from before.
        gone: rows that were marked as gone.
        calls: requests that were sent.
        misfits: rows among those read of which a value stands in ``_wf_extra``, since it fits no column.
        drift: what changed about the columns, so that every row was read; ``None`` where nothing did.
        warnings: what one should know, in words.
    """

    table: str
    kind: RunKind | None
    read: int
    added: int
    changed: int
    gone: int
    calls: int
    misfits: int = 0
    drift: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a sync did, by the name of the table."""

    tables: Mapping[str, TableResult]

    def __getitem__(self, name: str) -> TableResult:
        return self.tables[name]


class SyncTables:
    """What both kinds of sync share: the tables, checked, and their steps."""

    def __init__(
        self,
        target: Target,
        tables: Iterable[Table[Any]],
        *,
        page_size: int = MAX_PAGE,
        overlap: timedelta = OVERLAP,
        most_gone: float = 0.1,
        workers: int = 1,
        progress: ProgressCallback | None = None,
    ) -> None:
        _check_kinds(target, page_size, overlap, most_gone, workers)
        if not 1 <= page_size <= MAX_PAGE:
            raise QueryError(f"page_size={page_size}: a page holds 1 to {MAX_PAGE} rows.")
        if overlap < timedelta():
            raise QueryError("overlap= is less than nothing: a run cannot begin to read after its cursor.")
        if not 0 <= most_gone <= 1:
            raise QueryError(f"most_gone={most_gone}: it is a share, from 0 to 1.")
        if not 1 <= workers <= MOST_WORKERS:
            raise QueryError(f"workers={workers}: 1 to {MOST_WORKERS} pages are read side by side.")
        self.target = target
        self.overlap = overlap
        self._steps = {
            table.model: TableSync(
                table,
                target,
                page_size=page_size,
                overlap=overlap,
                most_gone=most_gone,
                workers=workers,
                notify=progress or silent,
            )
            for table in _each_once(tables)
        }

    def __repr__(self) -> str:
        codes = ", ".join(model.obj_code for model in self._steps)
        return f"<{type(self).__name__} of {codes} into {self.target!r}>"

    def check_client(self, client: object) -> None:
        """Raises a QueryError unless this is a client, and of the API version that the tables are of."""
        checked_sender(client)
        for model in self.models:
            refuse_other_version(model, type(client), f"Table({model.__name__}) of {client!r:.80}")

    @property
    def models(self) -> Mapping[type[WorkfrontObject], Table[Any]]:
        """The tables by their object types."""
        return {model: steps.table for model, steps in self._steps.items()}

    def chosen(self, models: Sequence[type[WorkfrontObject]]) -> list[TableSync]:
        """Returns the steps of some object types, or of all where none is named.

        Raises:
            QueryError: the sync has no table of the object.
        """
        for model in models:
            if model not in self._steps:
                known = ", ".join(each.__name__ for each in self._steps)
                raise QueryError(f"The sync has no table of {model.__name__}.", hint=f"It has those of {known}.")
        return [self._steps[model] for model in models or self._steps]

    def result(self, progress: SyncProgress, steps: TableSync) -> TableResult:
        merged = progress.merged
        return TableResult(
            progress.table,
            progress.kind,
            progress.read,
            merged.added,
            merged.changed,
            merged.gone,
            progress.calls,
            progress.misfits,
            progress.drift,
            tuple(_warnings(steps.table, progress.kind, self.overlap, merged)),
        )


def _check_kinds(target: object, page_size: object, overlap: object, most_gone: object, workers: object) -> None:
    """Raises a QueryError where an argument is of another kind than the sync takes."""
    if isinstance(target, type) or not callable(getattr(target, "prepare", None)):
        raise QueryError(f"A target is needed here, not {described(target)}.", hint='Write DuckDB("acme.duckdb").')
    lacking = [name for name in _METHODS if not callable(getattr(target, name, None))]
    if lacking:
        raise QueryError(
            f"The target {type(target).__name__} lacks {', '.join(lacking)}.",
            hint="It needs every method of workfront_core.sync.Target.",
        )
    checked_whole(page_size, "page_size=")
    checked_whole(workers, "workers=")
    checked_number(most_gone, "most_gone=")
    if not isinstance(overlap, timedelta):
        raise QueryError(f"overlap= takes a timedelta, not {described(overlap)}.", hint="Write timedelta(minutes=10).")


def _each_once(tables: Iterable[Table[Any]]) -> list[Table[Any]]:
    found: list[Any] = checked_list(tables, "tables=", "Write [Table(Task)].")
    other = next((table for table in found if not isinstance(table, Table)), None)
    if other is not None:
        raise QueryError(f"A sync takes tables, not {described(other)}.", hint="Write [Table(Task)].")
    if not found:
        raise QueryError("A sync needs at least one table.", hint="Write [Table(Task)].")
    names = [table.name for table in found]
    double = next((name for name in names if names.count(name) > 1), None)
    if double is not None:
        raise QueryError(f"{double} is there twice.", hint="A table holds one set of conditions and fields.")
    return found


def _warnings(table: Table[Any], kind: RunKind | None, overlap: timedelta, merged: Merged) -> list[str]:
    warnings: list[str] = []
    if merged.ahead > _AHEAD:
        warnings.append(
            f"A row is stamped {in_words(merged.ahead)} after the server's own time; clocks of the service differ by "
            "that much."
        )
    if merged.late > overlap * _LATE_SHARE:
        warnings.append(
            f"A change showed {in_words(merged.late)} after its stamp; the overlap of {in_words(overlap)} should be "
            "more than twice that."
        )
    if table.parents and kind is RunKind.FULL:
        warnings.append(
            f"A row that is changed or removed without its {' or '.join(table.parents)} is seen by the next run that "
            f"reads all, after {in_words(table.every or timedelta())}."
        )
    if table.where and table.strategy.sweeps and not table.sweep and kind is RunKind.FULL:
        warnings.append("Rows that cease to meet where= are found by a sweep alone, and runs make none.")
    return warnings


def silent(_progress: SyncProgress) -> None:
    """Drops progress where nobody asked to hear of it."""
