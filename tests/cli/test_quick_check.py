"""Rows of a file looked at column by column: what passes there passes the whole check, and nothing is read twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from workfront_cli.rows import quick_check
from workfront_cli.rows.checking import checked
from workfront_cli.rows.mapping import ColumnMap
from workfront_cli.rows.quick_check import KEPT, Column, QuickCheck
from workfront_cli.rows.sheet import CREATE, DELETE, UPDATE, RowFault, Sheet
from workfront_cli.rows.source import Source, SourceRow
from workfront_cli.writing.assignments import Assignment, parse_assignments
from workfront_cli.writing.lookups import Lookups
from workfront_cli.writing.targets import Lookup, Target, target_named
from workfront_cli.writing.texts import Reading
from workfront_client.v22 import Hour, Project, Task, User
from workfront_core.errors import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.model_fields import by_wire_name

ID = "5d8000000000000000000000000000a1"
MARK = "extRefID"
CELLS: Sequence[Any] = (
    "", " ", "0", "5", "5.5", "1e3", "1_000", "-7", "NaN", "Infinity", "9" * 400, "true", "Yes", "x", "NEW", "INP",
    "In Progress", "2026-03-18", "2026-03-18T12:00", "2026-03-18T12:00Z", "18.03.2026", "$$TODAY", "$$USER", "\\N",
    ID, ID.upper(), "Known", "Nobody", "1h 30m", "[1]", "[", "{}", "a,b", "\ud800", "ID", None, True, 5, 2.5, [], ["x"],
    {}, {"ID": ID}, {"name": "x"},
)  # fmt: skip


class Told(Lookups):
    """Lookups that need no client: one name tells an object, and no other."""

    def _ask(self, by: Lookup, texts: Sequence[str]) -> None:
        for text in texts:
            self._found[by.model.obj_code, by.field or "", text] = [ID] if text == "Known" else []


def sheet_of(
    model: type[WorkfrontObject],
    targets: dict[str, Target],
    verb: str,
    *,
    path: Path = Path("rows.csv"),
    key: str | None = "Key",
    settings: Sequence[Assignment] = (),
    empty_clears: bool = False,
) -> Sheet:
    columns = ColumnMap(targets, None if verb == CREATE else key)
    return Sheet(Source(path), columns, model, verb, Reading(), settings, empty_clears, Told(None))


def written_by_people(model: type[WorkfrontObject]) -> dict[str, Target]:
    """Every field of an object that a column can go to, by its name; custom fields besides."""
    found: dict[str, Target] = {"DE:Budget code": target_named("DE:Budget code", model)}
    for wire in by_wire_name(model):
        try:
            found[wire] = target_named(wire, model)
        except QueryError:
            continue
    return found


def whole(sheet: Sheet, row: SourceRow) -> tuple[bool, str | None]:
    """Whether the whole check passes a row, and by what it is told."""
    try:
        found = sheet.checked(row, sheet.row(row))
    except RowFault:
        return False, None
    return True, found.id or QuickCheck(sheet, MARK).mark_in(found.body)


def quick(check: QuickCheck, row: SourceRow) -> tuple[bool, str | None]:
    try:
        return True, check.identity(row)
    except QueryError:
        return False, None


@pytest.mark.parametrize("empty_clears", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize(("model", "verb"), [(Task, UPDATE), (Project, CREATE), (User, UPDATE), (Hour, CREATE)])
def test_every_cell_of_every_field_passes_where_the_whole_check_passes_it(
    model: type[WorkfrontObject], verb: str, empty_clears: bool
) -> None:
    told: dict[tuple[str, str], tuple[bool, bool]] = {}
    for wire, target in written_by_people(model).items():
        sheet = sheet_of(model, {wire: target}, verb, empty_clears=empty_clears)
        check = QuickCheck(sheet, MARK)
        for cell in CELLS:
            row = SourceRow(2, {"Key": ID, wire: cell})
            found = quick(check, row)
            if not found == quick(check, row) == whole(sheet, row):
                told[wire, repr(cell)] = (found[0], whole(sheet, row)[0])
    assert not told


@pytest.mark.parametrize(("model", "verb"), [(Task, UPDATE), (User, CREATE)])
def test_a_cell_that_passes_is_written_as_the_whole_row_writes_it(model: type[WorkfrontObject], verb: str) -> None:
    for wire, target in written_by_people(model).items():
        sheet = sheet_of(model, {wire: target}, verb, empty_clears=True)
        column = Column(sheet, target)
        for cell in CELLS:
            row = SourceRow(2, {"Key": ID, wire: cell})
            if whole(sheet, row)[0]:
                body: Any = sheet.checked(row, sheet.row(row)).body
                assert {"ID": ID} | dict(column.written(cell)) == {"ID": ID} | body, (wire, cell)


KEYS = ("", " ", ID, ID.upper(), f"https://acme.my.workfront.com/task/{ID}/overview", "$$USER", "x", None, 5)


@pytest.mark.parametrize("key", KEYS, ids=repr)
@pytest.mark.parametrize("verb", [UPDATE, DELETE])
def test_what_tells_the_object_is_read_as_the_whole_check_reads_it(verb: str, key: Any) -> None:
    sheet = sheet_of(Task, {"name": target_named("name", Task)}, verb)
    row = SourceRow(2, {"Key": key, "name": "x"})
    assert quick(QuickCheck(sheet, MARK), row) == whole(sheet, row)


@pytest.mark.parametrize("verb", [CREATE, UPDATE, DELETE])
def test_rows_that_cannot_be_read_and_constants_count_as_in_the_whole_check(verb: str) -> None:
    for settings in (["priority=2"], ["name="], [f"projectID={ID}"], ["project=Nobody"], ["DE:Region=North"], []):
        constants = parse_assignments(settings, Task, Reading())
        sheet = sheet_of(Task, {"name": target_named("name", Task)}, verb, settings=constants)
        for row in (
            SourceRow(2, {"Key": ID, "name": ""}),
            SourceRow(2, {"Key": ID, "name": "x"}),
            SourceRow(2, {"Key": ID}),
            SourceRow(2, {}, "is not JSON"),
            SourceRow(2, {"Key": ID, "name": "x"}, "has 3 cells below 2 headings"),
        ):
            assert quick(QuickCheck(sheet, MARK), row) == whole(sheet, row), (settings, row)


def test_the_mark_of_a_new_object_is_what_its_row_gives_it() -> None:
    targets = {wire: target_named(wire, Task) for wire in ("name", MARK)}
    sheet = sheet_of(Task, targets, CREATE)
    check = QuickCheck(sheet, MARK)
    for mark, expected in (("a-1", "a-1"), ("", None), ("0", "0")):
        assert check.identity(SourceRow(2, {"name": "x", MARK: mark})) == expected
    assert QuickCheck(sheet, None).identity(SourceRow(2, {"name": "x", MARK: "a-1"})) is None


def rows_file(folder: Path, rows: int, different: int) -> Path:
    path = folder / "rows.csv"
    lines = [f"{number:032x},{number % different},Task {number % different}" for number in range(rows)]
    path.write_text("\n".join(["Key,percentComplete,name", *lines]), "utf-8")
    return path


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[None]:
    """Counts the calls that a module makes of a function."""
    calls: list[None] = []
    real = getattr(quick_check, name)

    def call(*arguments: Any) -> Any:
        calls.append(None)
        return real(*arguments)

    monkeypatch.setattr(quick_check, name, call)
    return calls


@pytest.mark.parametrize(("different", "read"), [(3, 6), (KEPT, 2 * KEPT), (3_000, 6_000)])
def test_a_cell_that_comes_again_is_not_checked_again(
    different: int, read: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls = counted(monkeypatch, "field_values")
    targets = {wire: target_named(wire, Task) for wire in ("percentComplete", "name")}
    sheet = sheet_of(Task, targets, UPDATE, path=rows_file(tmp_path, 3_000, different))
    assert checked(sheet, None, skip_bad=False).number == 3_000
    assert len(calls) == read


def test_rows_that_pass_are_not_put_together_to_be_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    put_together: list[int] = []
    real = Sheet.row

    def row(self: Sheet, given: SourceRow) -> Any:
        put_together.append(given.line)
        return real(self, given)

    monkeypatch.setattr(Sheet, "row", row)
    targets = {wire: target_named(wire, Task) for wire in ("percentComplete", "name")}
    found = checked(sheet_of(Task, targets, UPDATE, path=rows_file(tmp_path, 500, 500)), None, skip_bad=False)
    assert (found.number, put_together) == (500, list(range(2, 12)))  # the examples that people are shown


def test_no_more_cells_are_kept_than_the_memory_of_a_check_allows() -> None:
    target = target_named("name", Task)
    column = Column(sheet_of(Task, {"name": target}, UPDATE), target)
    for number in range(KEPT + 500):
        column.written(f"Task {number}")
    assert len(column._passed) == KEPT  # noqa: SLF001 - what is kept is seen nowhere else


def test_a_number_of_json_is_not_taken_for_the_truth_that_equals_it() -> None:
    sheet = sheet_of(Task, {"priority": target_named("priority", Task)}, UPDATE)
    check = QuickCheck(sheet, None)
    for value in (1, True, "1"):
        row = SourceRow(2, {"Key": ID, "priority": value})
        assert quick(check, row) == whole(sheet, row), value
