"""All rows of a sheet, looked at before the first is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from workfront_cli.output import tell
from workfront_cli.rows.leftovers import beside, write_faults
from workfront_cli.rows.quick_check import QuickCheck
from workfront_cli.rows.repeats import Repeats
from workfront_cli.rows.sheet import CREATE, DELETE, UPDATE, Fault, RowFault, Sheet
from workfront_cli.rows.source import Source, SourceRow
from workfront_core.errors import QueryError

SHOWN_FAULTS: Final = 20
_EXAMPLES: Final = 10


@dataclass(slots=True)
class Checked:
    """What was found.

    Attributes:
        number: how many rows there are.
        bad: those that cannot be sent, by number.
        examples: the first that can, each with the ID it changes.
    """

    number: int = 0
    bad: dict[int, Fault] = field(default_factory=dict[int, Fault])
    examples: list[tuple[str | None, Any]] = field(default_factory=list[tuple[str | None, Any]])


def checked(sheet: Sheet, mark: str | None, *, skip_bad: bool) -> Checked:
    """Checks all rows, each for itself and whether it tells an object that another one tells.

    Raises:
        QueryError: some cannot be sent, and nobody said to send the others; nothing was sent.
    """
    found, repeats, quick = Checked(), Repeats(), QuickCheck(sheet, mark)
    for row in sheet.source.rows():
        try:
            repeats.note(_identity(sheet, row, quick))
            if len(found.examples) < _EXAMPLES:
                found.examples.append(_example(sheet.verb, sheet.row(row)))
        except RowFault as error:
            found.bad[found.number] = error.fault
        found.number += 1
    if twice := repeats.found():
        repeated = dict(_repeated(sheet, mark, twice, found.bad))
        found.bad = dict(sorted({**found.bad, **repeated}.items()))
    if found.bad and not skip_bad:
        raise _refused(sheet.source, list(found.bad.values()))
    beside(sheet.source.path, "errors").unlink(missing_ok=True)
    return found


def _identity(sheet: Sheet, row: SourceRow, quick: QuickCheck) -> str | None:
    """Returns what a row tells its object by: the ID, or of a new one the mark that the sheet gives it.

    Raises:
        RowFault: it cannot be sent.
    """
    try:
        return quick.identity(row)
    except QueryError:
        found = sheet.checked(row, sheet.row(row))
    return found.id or quick.mark_in(found.body)


def _repeated(
    sheet: Sheet, mark: str | None, twice: frozenset[int], bad: dict[int, Fault]
) -> Iterator[tuple[int, Fault]]:
    """Yields the rows that tell an object which a row before them tells."""
    lines: dict[str, int] = {}
    quick = QuickCheck(sheet, mark)
    for number, row in enumerate(sheet.source.rows()):
        identity = None if number in bad else _identity(sheet, row, quick)
        if identity is None or Repeats.mark_of(identity) not in twice:
            continue
        if identity in lines:
            yield number, _fault(sheet, row, mark, lines[identity])
        else:
            lines[identity] = row.line


def _fault(sheet: Sheet, row: SourceRow, mark: str | None, line: int) -> Fault:
    if sheet.verb != CREATE:
        hint = "Leave one of them out, or join them into one row."
        return Fault(row.line, sheet.columns.key or "", f"tells the same object as row {line}", hint)
    heading = next((one for one, target in sheet.columns.targets.items() if target.wire == mark), mark or "")
    said = f"is the same as in row {line}, and new objects are found by it after a stop"
    return Fault(row.line, heading, said, "Give each its own, or find them by another field: --mark FIELD, - for none.")


def _refused(source: Source, faults: list[Fault]) -> QueryError:
    shown = faults[:SHOWN_FAULTS]
    tell(*(f"{fault}{f' ({fault.hint})' if fault.hint else ''}" for fault in shown))
    tell(f"and {len(faults) - len(shown)} more" if len(faults) > len(shown) else None)
    file = write_faults(source, faults)
    return QueryError(
        f"{len(faults)} {'row' if len(faults) == 1 else 'rows'} cannot be sent, and nothing was: {file}.",
        hint="Mend them, or send the others with --skip-bad.",
    )


def _example(verb: str, given: Any) -> tuple[str | None, Any]:
    if verb == DELETE:
        return given, None
    return given if verb == UPDATE else (None, given)
