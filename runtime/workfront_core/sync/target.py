"""Where the rows of a sync go. Write a class with these methods to sync into a store of your own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import pyarrow as pa

from workfront_core.sync.state import Run, TableState
from workfront_core.sync.table import Table


@dataclass(frozen=True, slots=True)
class Merged:
    """What a step changed in a table.

    Attributes:
        added: rows that are new.
        changed: rows that differ from before.
        gone: rows that were marked as gone.
        late: the greatest time by which a row's stamp was older than the cursor when we first saw it.
        ahead: the greatest time by which a row was stamped after it was read, by the server's clock.
    """

    added: int = 0
    changed: int = 0
    gone: int = 0
    late: timedelta = timedelta()
    ahead: timedelta = timedelta()

    def __add__(self, other: Merged) -> Merged:
        late, ahead = max(self.late, other.late), max(self.ahead, other.ahead)
        return Merged(self.added + other.added, self.changed + other.changed, self.gone + other.gone, late, ahead)


class Target(Protocol):
    """A store for tables and how far each has come.

    Every method is one transaction: after a crash it has happened whole, or not at all. The rows of a run are kept
    aside until it ends, so that nobody sees half of it.
    """

    def prepare(self, table: Table[Any], site: str, /) -> TableState:
        """Makes what is missing of the table, and returns how far it has come.

        Args:
            table: what is to be kept.
            site: scheme and host of the tenant; a store holds the rows of one.
        """
        ...

    def begin(self, table: Table[Any], run: Run, /) -> None:
        """Notes a run as begun, with its parts; rows kept aside by an earlier one are dropped."""
        ...

    def append(self, table: Table[Any], rows: pa.RecordBatch, after_id: str, /) -> None:
        """Keeps rows of the run aside, and notes the ID after which to go on: in the part that holds it, if any."""
        ...

    def finish(self, table: Table[Any], /) -> Merged:
        """Ends the run: its rows replace those of the table, and the cursor becomes its ``high``.

        After a run that read every row, the rows it did not find are among those to be read again.
        """
        ...

    def compare(self, table: Table[Any], rows: pa.RecordBatch | None, /) -> None:
        """Takes rows of a sweep aside; ``None`` begins one."""
        ...

    def differences(self, table: Table[Any], at: datetime, /) -> int:
        """Ends a sweep: the IDs that are on one side alone, or differ, are to be read again. Returns their number."""
        ...

    def to_read_again(self, table: Table[Any], number: int, /) -> Sequence[str]:
        """Returns some of the IDs to be read again that were not asked for yet, ``number`` of them at most."""
        ...

    def read_again(self, table: Table[Any], ids: Sequence[str], /) -> None:
        """Adds IDs that are to be read again."""
        ...

    def read_again_under(self, table: Table[Any], column: str, parents: Sequence[str], /) -> None:
        """Adds the rows that have one of these IDs in a column and that the run under way did not find."""
        ...

    def replace(self, table: Table[Any], asked: Sequence[str], rows: pa.RecordBatch, /) -> Merged:
        """Puts rows that were read again in place; those asked for and not sent are noted as missing."""
        ...

    def mark_gone(self, table: Table[Any], at: datetime, at_most: int | None, /) -> tuple[Merged, int]:
        """Marks the missing rows as gone, unless they are more than ``at_most``: then nothing is marked.

        Returns what was marked, and the number of rows that are missing still.
        """
        ...

    def alive(self, table: Table[Any], /) -> int:
        """Returns the number of rows that are not marked as gone."""
        ...
