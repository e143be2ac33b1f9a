"""``workfront create | update | delete --from FILE``: what is read, checked, sent, left behind. docs/cli.md, Rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.writing_kit import ANA, BEN, BUILD, LAUNCH, PLAN, SEED, SITE, writes
from tests.support.cli_kit import Terminal, served
from workfront_sandbox import Sandbox

MISSING = "9f" * 16


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(SEED)


@pytest.fixture
def terminal(tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.chdir(tmp_path)
    with served(sandbox) as url:
        found = Terminal(tmp_path)
        found.set(URL=url, API_KEY="key-of-ana-1234")
        yield found


def tasks(sandbox: Sandbox) -> dict[str, dict[str, Any]]:
    return {str(one["ID"]): dict(one) for one in sandbox.rows("TASK")}


def write(folder: Path, name: str, content: str | bytes) -> str:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(file)


def sent(terminal: Terminal, *arguments: str, code: int = 0, stdin: str | None = None) -> str:
    result = terminal.run(*arguments, stdin=stdin)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.stderr


SHEET = f"ID,Percent Complete,name\n{PLAN},55.5,Plan\n{BUILD},70,\n"


def encoded() -> dict[str, bytes]:
    """The same two rows in every form that people have them in."""
    semicolons = SHEET.replace(",", ";")
    rows = [{"ID": PLAN, "percentComplete": 55.5}, {"ID": BUILD, "percentComplete": "70"}]
    return {
        "comma.csv": SHEET.encode(),
        "windows.csv": SHEET.replace("\n", "\r\n").encode(),
        "semicolon.csv": semicolons.encode(),
        "excel.csv": f"sep=;\r\n{semicolons}".encode("utf-8-sig"),
        "utf16.csv": SHEET.replace(",", "\t").encode("utf-16"),
        "tabs.tsv": SHEET.replace(",", "\t").encode(),
        "lines.jsonl": "\n\n".join(map(json.dumps, rows)).encode(),
        "list.json": json.dumps(rows).encode(),
    }


@pytest.mark.parametrize("name", encoded())
def test_rows_are_read_from_any_of_these(name: str, terminal: Terminal, sandbox: Sandbox, tmp_path: Path) -> None:
    file = write(tmp_path, name, encoded()[name])
    sent(terminal, "update", "task", "--from", file, "--yes")
    found = tasks(sandbox)
    assert (found[PLAN]["percentComplete"], found[BUILD]["percentComplete"]) == (55.5, 70)
    assert found[BUILD]["name"] == "Build"
    assert len(writes(sandbox)) == 1


def test_rows_are_read_from_excel(terminal: Terminal, sandbox: Sandbox, tmp_path: Path) -> None:
    library = pytest.importorskip("openpyxl")
    from datetime import datetime

    book = library.Workbook()
    book.active.append(["nothing"])
    page = book.create_sheet("People")
    page.append(["ID", "percentComplete", "Planned Start Date", "isWorkRequiredLocked"])
    page.append([PLAN, 55.0, datetime(2026, 8, 3), True])  # noqa: DTZ001 - Excel knows no zones
    book.save(tmp_path / "rows.xlsx")
    file = str(tmp_path / "rows.xlsx")
    sent(terminal, "update", "task", "--from", file, "--sheet", "Peple", "--yes", code=2)
    sent(terminal, "update", "task", "--from", file, "--sheet", "People", "--yes")
    assert tasks(sandbox)[PLAN]["percentComplete"] == 55


def test_rows_come_by_the_standard_input_and_can_still_be_resumed(
    terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    said = sent(terminal, "update", "task", "--from", "-", "--yes", stdin=SHEET)
    assert "The rows of the standard input are in workfront-rows-" in said
    assert tasks(sandbox)[PLAN]["percentComplete"] == 55.5
    assert list(tmp_path.glob("workfront-rows-*.csv.wfjob"))


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        ("", [], "no line of headings"),
        ("ID,name,name\n", [], "heading 'name' twice"),
        ("ID,,name\n", [], "a column has no heading"),
        ("name\nx\n", [], "No column tells the objects"),
        ("ID,Done %\n", [], "--map"),
        ("ID,naem\n", [], "Did you mean name"),
        ("ID,name\n", ["--map", "Nam=name"], "The file has no column 'Nam'"),
        ("ID,name\n", ["--map", "name"], "is not HEADING=FIELD"),
        ("ID,name,x\n", ["--map", "x=name"], "both go to name"),
        ("ID,name\n", ["--set", "name=x"], "set by --set and by the column"),
        (f'ID,name\n{PLAN},"open\n', [], "is not a table"),
        (f"ID,name\n{PLAN},\xe4\n".encode("latin-1"), [], "--encoding"),
        (f"ID,name\n{PLAN},x\n", ["--encoding", "nothing"], "unknown encoding"),
        (f"ID,name\n{PLAN},x,more\n", [], "has 3 cells below 2 headings"),
        (f"ID,name\n{PLAN},\n", [], "nothing to change"),
        ("ID,name\n,x\n", [], "is empty, and tells no object"),
        ("ID,name\nnothing,x\n", [], "row 2, column 'ID'"),
        (f"ID,percentComplete\n{PLAN},150 %\n", [], "row 2, column 'percentComplete': percentComplete takes a number"),
        (f"ID,status\n{PLAN},Late\n", [], "Known: NEW (new), INP (in progress)"),
        (f"ID,project\n{PLAN},Nowhere\n", [], "no Project has the name 'Nowhere'"),
        (f"ID,plannedStartDate\n{PLAN},3.8.2026\n", [], "--date-format"),
        (f"ID,plannedStartDate\n{PLAN},2026-08-03\n", ["--date-format", "%d.%m.%Y"], "%d.%m.%Y"),
    ],
)
def test_all_is_checked_before_anything_is_sent(
    terminal: Terminal, sandbox: Sandbox, tmp_path: Path, content: str | bytes, options: list[str], said: str
) -> None:
    file = write(tmp_path, "rows.csv", content)
    assert said in sent(terminal, "update", "task", "--from", file, *options, "--yes", code=2)
    assert writes(sandbox) == []
    assert not list(tmp_path.glob("*.wfjob"))


@pytest.mark.parametrize("content", ["{", "[1]\n", '{"ID": 1}\n', '"x"\n', "[[]]"])
@pytest.mark.parametrize("name", ["rows.jsonl", "rows.json", "rows.xlsx"])
def test_damaged_documents_are_refused_in_words(
    terminal: Terminal, sandbox: Sandbox, tmp_path: Path, name: str, content: str
) -> None:
    sent(terminal, "update", "task", "--from", write(tmp_path, name, content), "--key", "ID", "--yes", code=2)
    assert writes(sandbox) == []


def test_all_faults_are_in_a_file_and_the_first_on_the_screen(terminal: Terminal, tmp_path: Path) -> None:
    content = "ID,percentComplete\n" + "".join(f"{PLAN},x{number}\n" for number in range(50))
    said = sent(terminal, "update", "task", "--from", write(tmp_path, "rows.csv", content), "--yes", code=2)
    assert said.count("column 'percentComplete'") == 20
    assert "and 30 more" in said
    with (tmp_path / "rows.csv.errors.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["line"] for row in rows] == [str(number) for number in range(2, 52)]
    assert {row["column"] for row in rows} == {"percentComplete"}


def test_failed_rows_are_left_as_they_came_and_can_be_sent_again(
    terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    content = f'ID,name,Note\n{PLAN},Plan 2,a\n{MISSING},"=SUM(1);\n""x""",b\n{BUILD},Build 2,c\n'
    file = write(tmp_path, "rows.csv", content)
    said = sent(terminal, "update", "task", "--from", file, "--ignore", "Note", "--yes", code=1)
    assert "row 3 failed" in said
    assert "2 done, 1 failed" in said
    failed = tmp_path / "rows.csv.failed.csv"
    with failed.open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["ID"], row["name"], row["Note"], row["line"]) for row in rows] == [
        (MISSING, '=SUM(1);\n"x"', "b", "3")
    ]
    assert "not found" in rows[0]["error"]
    failed.write_text(failed.read_text().replace(MISSING, LAUNCH))
    sent(terminal, "update", "task", "--from", str(failed), "--ignore", "Note", "--yes")
    assert tasks(sandbox)[LAUNCH]["name"] == '=SUM(1);\n"x"'


def test_bad_rows_can_be_left_out_and_are_in_the_failed_ones(
    terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    file = write(
        tmp_path, "rows.jsonl", f'{{"ID": "{PLAN}", "name": "x"}}\n{{"ID": "{BUILD}", "percentComplete": "?"}}\n'
    )
    sent(terminal, "update", "task", "--from", file, "--skip-bad", "--yes", code=1)
    assert tasks(sandbox)[PLAN]["name"] == "x"
    failed = json.loads((tmp_path / "rows.jsonl.failed.jsonl").read_text())
    assert (failed["ID"], failed["line"]) == (BUILD, 2)


def test_empty_cells_leave_or_clear_and_null_always_clears(
    terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    file = write(tmp_path, "rows.csv", f"ID,name,assignedTo,description\n{PLAN},Plan 2,,\\N\n")
    sent(terminal, "update", "task", "--from", file, "--yes")
    assert (tasks(sandbox)[PLAN]["assignedToID"], tasks(sandbox)[PLAN]["description"]) == (ANA, None)
    sent(terminal, "update", "task", "--from", file, "--empty-clears", "--restart", "--yes")
    assert tasks(sandbox)[PLAN]["assignedToID"] is None


def test_objects_are_told_by_another_column(terminal: Terminal, sandbox: Sandbox, tmp_path: Path) -> None:
    file = write(tmp_path, "rows.csv", "Task,percentComplete\nPlan,11\nBuild,12\n")
    sent(terminal, "update", "task", "--from", file, "--key", "Task", "--map", "Task=name", "--yes")
    assert (tasks(sandbox)[PLAN]["percentComplete"], tasks(sandbox)[BUILD]["percentComplete"]) == (11, 12)


def test_new_objects_are_marked_and_their_ids_are_kept(terminal: Terminal, sandbox: Sandbox, tmp_path: Path) -> None:
    file = write(tmp_path, "rows.csv", "name,project,Assigned To\nOne,Site,ben@acme.example\nTwo,Site,Ana Ray\n")
    sent(terminal, "create", "task", "--from", file, "--set", "percentComplete=5", "--yes")
    with (tmp_path / "rows.csv.created.csv").open(newline="") as opened:
        ids = {row["line"]: row["ID"] for row in csv.DictReader(opened)}
    found = tasks(sandbox)
    assert [found[ids[line]]["name"] for line in ("2", "3")] == ["One", "Two"]
    assert found[ids["2"]]["assignedToID"] == BEN
    assert {found[one]["percentComplete"] for one in ids.values()} == {5}
    marks = [found[ids[line]]["extRefID"] for line in ("2", "3")]
    assert [mark[:3] for mark in marks] == ["wf-", "wf-"]
    assert marks[0] != marks[1]


def test_a_refused_new_row_stands_alone(terminal: Terminal, sandbox: Sandbox, tmp_path: Path) -> None:
    content = "name,projectID\n" + "".join(f"Row {number},{SITE}\n" for number in range(20)) + f"Bad,{MISSING}\n"
    file = write(tmp_path, "rows.csv", content)
    sent(terminal, "create", "task", "--from", file, "--yes", code=1)
    names = [one["name"] for one in sandbox.rows("TASK") if str(one["name"]).startswith(("Row", "Bad"))]
    assert sorted(names) == sorted(f"Row {number}" for number in range(20))
    with (tmp_path / "rows.csv.failed.csv").open(newline="") as opened:
        assert [row["name"] for row in csv.DictReader(opened)] == ["Bad"]


REPEATED = {
    "update by ID": (("update", "task"), f"ID,name\n{PLAN},One\n{BUILD},Two\n{PLAN},Three\n", "ID", 2),
    "update by link": (("update", "task"), f"ID,name\n{PLAN},One\nhttps://a.example/task/view?ID={PLAN},2\n", "ID", 2),
    "update by name": (("update", "user", "--key", "Who", "--map", "Who=emailAddr"),
                       f"Who,title\n{'ana@acme.example'},Boss\n{ANA},Chief\n", "Who", 2),
    "delete": (("delete", "task"), f"ID\n{PLAN}\n{PLAN.upper()}\n", "ID", 2),
    "create": (("create", "task"), f"name,extRefID,projectID\nA,a1,{SITE}\nB,a2,{SITE}\nC,a1,{SITE}\n", "extRefID", 2),
    "create by --set": (("create", "task", "--set", "extRefID=x"), f"name,projectID\nA,{SITE}\nB,{SITE}\n",
                        "extRefID", 2),
}  # fmt: skip


@pytest.mark.parametrize("name", REPEATED)
def test_an_object_that_two_rows_tell_is_told_before_anything_is_sent(
    name: str, terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    arguments, content, column, line = REPEATED[name]
    file = write(tmp_path, "rows.csv", content)
    said = sent(terminal, *arguments, "--from", file, "--yes", code=2)
    last = content.count("\n")
    assert f"row {last}, column {column!r}: " in said
    assert f"row {line}" in said.partition("column")[2]
    assert writes(sandbox) == []


def test_of_rows_that_tell_one_object_the_first_is_sent_where_bad_ones_are_left_out(
    terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    file = write(tmp_path, "rows.csv", f"ID,name\n{PLAN},One\n{BUILD},Two\n{PLAN},Three\n{PLAN},Four\n")
    assert "2 failed" in sent(terminal, "update", "task", "--from", file, "--yes", "--skip-bad", code=1)
    assert (tasks(sandbox)[PLAN]["name"], tasks(sandbox)[BUILD]["name"]) == ("One", "Two")


def test_new_objects_may_share_what_they_are_not_found_by(terminal: Terminal, sandbox: Sandbox, tmp_path: Path) -> None:
    file = write(tmp_path, "rows.csv", f"name,extRefID,projectID\nA,a1,{SITE}\nB,a1,{SITE}\n")
    sent(terminal, "create", "task", "--from", file, "--yes", "--mark", "-")
    assert [one["extRefID"] for one in sandbox.rows("TASK") if one["name"] in {"A", "B"}] == ["a1", "a1"]


def test_rows_are_deleted_by_their_ids_whatever_else_they_hold(
    terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    file = write(tmp_path, "rows.csv", f"ID,anything\n{PLAN},x\n{BUILD},y\n")
    sent(terminal, "delete", "task", "--from", file, "--yes=2")
    assert list(tasks(sandbox)) == [LAUNCH]


def test_a_dry_run_shows_what_would_change_and_leaves_nothing_behind(
    terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    file = write(tmp_path, "rows.csv", SHEET)
    result = terminal.run("update", "task", "--from", file, "--dry-run", "--json")
    shown = json.loads(result.stdout)
    assert shown["number"] == 2
    assert shown["changes"][0]["fields"]["percentComplete"] == {"old": 40.0, "new": 55.5}
    assert writes(sandbox) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rows.csv"]


def test_the_map_that_would_be_used_can_be_written_and_given(
    terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    file = write(tmp_path, "rows.csv", f"ID,Done %,Planned Start Date\n{PLAN},12,2026-08-03\n")
    result = terminal.run("update", "task", "--from", file, "--map", "Done %=percentComplete", "--print-map")
    assert result.stdout == '"Done %" = "percentComplete"\n"Planned Start Date" = "plannedStartDate"\n'
    (tmp_path / "map.toml").write_text(result.stdout)
    sent(terminal, "update", "task", "--from", file, "--map-file", str(tmp_path / "map.toml"), "--yes")
    assert tasks(sandbox)[PLAN]["percentComplete"] == 12


def test_a_file_is_not_sent_twice_by_mistake(terminal: Terminal, sandbox: Sandbox, tmp_path: Path) -> None:
    file = write(tmp_path, "rows.csv", "name,projectID\nOne," + SITE + "\n")
    sent(terminal, "create", "task", "--from", file, "--yes")
    assert "sent before" in sent(terminal, "create", "task", "--from", file, "--yes", code=2)
    assert "came to its end" in sent(terminal, "create", "--resume", file)
    assert [one["name"] for one in sandbox.rows("TASK")].count("One") == 1
    sent(terminal, "create", "task", "--from", file, "--restart", "--yes")
    assert [one["name"] for one in sandbox.rows("TASK")].count("One") == 2


def test_a_job_goes_on_only_where_it_began(terminal: Terminal, sandbox: Sandbox, tmp_path: Path) -> None:
    file = write(tmp_path, "rows.csv", SHEET)
    sandbox.faults.plan("500", times=50, path="/TASK")
    job = tmp_path / "rows.csv.wfjob"
    header = {"job": "update", "object": "TASK", "rows": 2, "v": 1}
    for content, said in (
        ("", "not a job file"),
        ("{}\n", "not a job file"),
        (json.dumps(header | {"v": 9}) + "\n", "another version"),
        (json.dumps(header | {"job": "delete"}) + "\n", "a job of workfront delete"),
    ):
        job.write_text(content)
        assert said in sent(terminal, "update", "--resume", file, code=2)
    assert "No such file" in sent(terminal, "update", "--resume", str(tmp_path / "other.csv"), code=2)
    assert "--resume goes on as the job began" in sent(terminal, "update", "--resume", file, "--from", file, code=2)
    assert writes(sandbox) == []


def test_what_set_changes_is_shown_with_the_value_there_is(terminal: Terminal, tmp_path: Path) -> None:
    file = write(tmp_path, "rows.csv", f"ID,name\n{PLAN},Planned\n")
    shown = terminal.run("update", "task", "--from", file, "--set", "percentComplete=90", "--dry-run").stdout
    assert "percentComplete 40 -> 90" in shown
    assert "name Plan -> Planned" in shown


@pytest.mark.parametrize(("name", "content"), [("a.csv", "name\n"), ("a.json", "[]"), ("a.jsonl", "")])
def test_a_file_without_rows_changes_nothing(terminal: Terminal, tmp_path: Path, name: str, content: str) -> None:
    for verb, headings in (("create", "name"), ("update", "ID,name"), ("delete", "ID")):
        file = write(tmp_path, name, content.replace("name", headings))
        assert sent(terminal, verb, "task", "--from", file) == f"Nothing to {verb}.\n"
    done = terminal.run("delete", "task", "--from", name, "--json")
    assert json.loads(done.stdout)["done"] == 0


def test_lines_that_are_no_json_are_told_by_their_line(terminal: Terminal, tmp_path: Path) -> None:
    assert "line 2 is not JSON" in sent(
        terminal, "update", "task", "--from", write(tmp_path, "a.jsonl", "\n{,\n"), code=2
    )


def test_rows_of_the_standard_input_leave_a_file_only_where_they_are_sent(terminal: Terminal, tmp_path: Path) -> None:
    rows = f"ID,name\n{PLAN},Planned\n"
    for more, code in ((["--dry-run"], 0), (["--print-map"], 0), ([], 6), (["--set", "nmae=x"], 2)):
        sent(terminal, "update", "task", "--from", "-", *more, code=code, stdin=rows)
        assert not list(tmp_path.glob("workfront-rows-*"))
    assert "The rows of the standard input are in workfront-rows-" in sent(
        terminal, "update", "task", "--from", "-", "--yes", stdin=rows
    )
    assert {one.suffix for one in tmp_path.glob("workfront-rows-*")} == {".csv", ".wfjob"}


def test_a_custom_field_in_a_hint_stands_as_it_is_written(terminal: Terminal, tmp_path: Path) -> None:
    file = write(tmp_path, "rows.csv", f"ID,% Done\n{PLAN},1\n")
    said = sent(terminal, "update", "task", "--from", file, code=2)
    assert 'DE:"% Done"' in said
    assert "1 column leads nowhere." in said
