"""What the refusal of a call of many rows tells of the one that is at fault, and how the others go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from workfront_core.bulk.limits import MAX_BYTES
from workfront_core.bulk.rows import Prepared
from workfront_core.errors.kinds import NotFound, WorkfrontError
from workfront_core.operations.row_decoders import normal_id

_ID: Final = re.compile(r"\b[0-9a-fA-F]{32}\b|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")
_LARGEST: Final = MAX_BYTES // 3
"""A batch carries rows percent-encoded, at most three bytes for one."""


def named_row(rows: Sequence[Prepared], error: WorkfrontError) -> Prepared | None:
    """Returns the one row whose ID stands in the text of a refusal; ``None`` where it names none, or several."""
    named = {normal_id(text) for text in _ID.findall(error.message)}
    found = [row for row in rows if row.id is not None and normal_id(row.id) in named] if named else []
    return found[0] if len(found) == 1 else None


def in_doubt(
    rows: Sequence[Prepared], error: WorkfrontError
) -> tuple[Prepared | None, Sequence[Prepared], Sequence[Prepared]]:
    """Returns the row that a refused removal names as missing, the rows that it may have removed, and the rest.

    The rest stands behind the missing row, and is sent without a look: a server that removed it, too, says so then.
    """
    missing = named_row(rows, error) if isinstance(error, NotFound) else None
    place = rows.index(missing) + 1 if missing is not None else 0
    return (missing, rows[:place], rows[place:]) if 1 < place < len(rows) - 1 else (missing, rows, ())


def never_there(rows: Sequence[Prepared], there: AbstractSet[str], error: WorkfrontError) -> set[str]:
    """Returns the IDs that a call cannot have removed, since it was refused because they were missing: the one that the
    refusal names, or the only one that is not there.

    Args:
        rows: what was to be removed.
        there: the IDs that are still there.
        error: the refusal.
    """
    if not isinstance(error, NotFound):
        return set()
    named = named_row(rows, error)
    gone = {normal_id(row.id) for row in rows} - there if named is None else {normal_id(named.id)}
    return gone if len(gone) == 1 else set()


def fits_a_batch(rows: Sequence[Prepared]) -> bool:
    """Returns whether one call can carry all rows each for itself."""
    return sum(row.size for row in rows) <= _LARGEST
