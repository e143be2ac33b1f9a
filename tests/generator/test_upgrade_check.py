"""upgrade-check finds what a program uses of what the next version lacks, and nothing else."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.generator.test_custom_fields import FIELDS, PROJECT, TASK
from tests.support.type_checkers import warm_upgrade_check
from workfront_codegen.cli import app
from workfront_codegen.generate import generate
from workfront_schema import store
from workfront_schema.custom_fields import CustomCatalogue
from workfront_schema.snapshot import Argument, EnumValue, Field, Operation, Relation, Snapshot

pytestmark = pytest.mark.long

Run = Callable[..., Result]

OLD_PROJECT = replace(
    PROJECT,
    fields=(
        Field("ID", "ID", "string"), Field("budget", "Budget", "double"), Field("oldOwner", "Old owner", "string"),
        Field("status", "Status", "string", (), "a.StatusEnum", (EnumValue("A", "Active"), EnumValue("X", "Gone"))),
    ),
    actions=(
        Operation("lockIt", "Lock"),
        Operation("moveIt", "Move", (Argument("target", "string"), Argument("how", "string"))),
    ),
    queries=(Operation("oldOnes", "old"),),
)  # fmt: skip
OLD_TASK = replace(TASK, references=(*TASK.references, Relation("template", "Template", "Project", "PROJ")))
OLD = Snapshot("v21.0", (OLD_PROJECT, OLD_TASK), custom=CustomCatalogue(FIELDS))
NEW_PROJECT = replace(
    OLD_PROJECT,
    fields=(
        Field("ID", "ID", "string"), Field("budget", "Budget", "java.math.BigDecimal"),
        Field("status", "Status", "string", enum="a.StatusEnum", values=(EnumValue("A", "Active"),)),
    ),
    actions=(Operation("moveIt", "Move", (Argument("target", "string"),)),),
    queries=(),
)  # fmt: skip
NEW = Snapshot(
    "v22.0", (NEW_PROJECT, TASK), custom=CustomCatalogue(tuple(item for item in FIELDS if item.name != "Region"))
)
PROGRAM = """
from workfront_core import ApiKey
from next_wf.v21 import AsyncWorkfront, Project, ProjectField, Task, Workfront
import next_wf.v21 as api
from next_wf.v21 import Status  # fine


def typed(wf: Workfront, rows: list[Project], row: Project) -> None:
    print(row.old_owner)  # USE old_owner
    row.old_owner = "x"  # USE old_owner
    print([item.old_owner for item in rows])  # USE old_owner
    print(sorted(rows, key=lambda item: item.old_owner or ""))  # USE old_owner
    print(row.budget)  # USE budget
    print(row.status, row.id)
    wf.project.search(Project.f.old_owner == "x")  # USE old_owner
    wf.task.search(Task.f.project.old_owner.is_null())  # USE old_owner
    wf.task.search(Task.f.template.id == "x")  # USE template
    wf.project.create(old_owner="x")  # USE old_owner
    wf.project.update("5", old_owner="x", status="A")  # USE old_owner
    wf.project.create_many([{"old_owner": "x", "custom": {"a": 1}}])  # USE old_owner
    wf.project.lock_it()  # USE lock_it
    wf.project.move_it(target="x", how="y")  # USE how
    wf.project.old_ones()  # USE old_ones
    print(Status.GONE, Status.ACTIVE)  # USE GONE
    print(ProjectField.OLD_OWNER)  # USE OLD_OWNER
    print(row.custom.region)  # USE region
    wf.project.search(Project.f.custom.region == "N")  # USE region
    wf.project.create(custom={"Region": "N"})  # USE Region
    for found in wf.project.search():
        print(found.old_owner)  # USE old_owner
    first = wf.project.search().first()
    if first is not None:
        print(first.old_owner)  # USE old_owner


async def asynchronous(wf: AsyncWorkfront) -> None:
    row = await wf.project.get("5")
    print(row.old_owner)  # USE old_owner
    async for item in wf.project.search():
        print(item.old_owner)  # USE old_owner
    await wf.project.lock_it()  # USE lock_it


def untyped(url):
    wf = Workfront(url, auth=ApiKey("k"))
    row = wf.project.get("5")
    print(row.old_owner)  # USE old_owner
    wf.project.create(old_owner="x")  # USE old_owner
    print(api.Project.f.old_owner)  # USE old_owner


def nobody_knows(row):
    print(row.old_owner)  # MAYBE old_owner


def by_text(wf: Workfront, row: Project) -> None:
    wf.project.search(fields=["oldOwner"])  # MAYBE old_owner
    print(row["oldOwner"])  # MAYBE old_owner
    print(getattr(row, "old_owner"))  # MAYBE old_owner
    print(getattr(row, "lock_it", None), getattr(row, "status", None))  # MAYBE lock_it
"""
DECOYS = """
# old_owner, Project.f.old_owner
class Mine:
    old_owner: str = "x"
    budget = 5

    def lock_it(self) -> str:
        return self.old_owner


def use(mine: Mine, table: dict[str, str]) -> None:
    print(mine.old_owner, mine.budget, mine.lock_it(), table["old_owner"], "old_owner", {"old_owner": 1})
    undefined_name
"""
USE = re.compile(r"# (USE|MAYBE) (\w+)$")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("upgrade")
    warm_upgrade_check(tmp_path_factory, folder)
    for snapshot in (OLD, NEW):
        store.save_snapshot(snapshot, folder / "schema")
    generate(folder / "schema", ("v21.0", "v22.0"), "next_wf", folder, check=False, forms=False)
    (folder / "program").mkdir()
    (folder / "program" / "main.py").write_text(PROGRAM)
    (folder / "program" / "decoys.py").write_text(DECOYS)
    return folder


@pytest.fixture
def run(place: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(place)
    monkeypatch.syspath_prepend(str(place))

    def check(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["upgrade-check", *arguments, "--package", "next_wf"])

    return check


def planted() -> tuple[set[tuple[int, str]], set[tuple[int, str]]]:
    found: dict[str, set[tuple[int, str]]] = {"USE": set(), "MAYBE": set()}
    for number, line in enumerate(PROGRAM.splitlines(), 1):
        if match := USE.search(line):
            found[match[1]].add((number, match[2]))
    return found["USE"], found["MAYBE"]


@pytest.mark.long
def test_every_planted_use_is_found_and_nothing_else(run: Run, place: Path) -> None:
    result = run("program", "--from", "v21", "--to", "22", "--format", "json")
    assert result.exit_code == 1, result.output
    report = json.loads(result.stdout)
    certain = {(use["line"], use["name"]) for use in report["uses"] if use["certain"]}
    possible = {(use["line"], use["name"]) for use in report["uses"] if not use["certain"]}
    assert (certain, possible) == planted()
    assert {use["path"] for use in report["uses"]} == {"program/main.py"}
    assert (place / ".workfront" / "upgrade").is_dir()
    text = run("program", "--from", "v21", "--to", "v22").stdout
    assert "program/main.py:9:11: Project.old_owner is gone" in text
    assert "Project.budget: was float | None, is" in text
    log = json.loads(run("program", "--from", "21", "--to", "v22.0", "--format", "sarif").stdout)
    results = log["runs"][0]["results"]
    assert {entry["ruleId"] for entry in results} == {"removed", "retyped", "possible"}
    assert len(results) == len(report["uses"])


def test_what_needs_no_change_is_clean_and_what_is_no_python_is_not(run: Run, place: Path) -> None:
    assert run("program/decoys.py", "--from", "v21", "--to", "v22").exit_code == 0
    assert run("program", "--from", "v22", "--to", "v22").exit_code == 0
    broken = place / "broken.py"
    broken.write_text("def (:\n")
    result = run("broken.py", "program/decoys.py", "--from", "v21", "--to", "v22")
    assert result.exit_code == 1
    assert "broken.py: not read" in result.stdout


NOTEBOOK = '{"cells": [{"source": ["from next_wf.v21 import Project"]}]}'
UNREAD: list[tuple[str, bytes, str]] = [
    ("broken.py", b"def (:", "it is not valid Python"),
    ("other_bytes.py", b"x = '\xe9'", "it is not valid Python"),
    ("zero.py", b"x = 1\0", "it is not valid Python"),
    ("deep.py", b"(" * 3000 + b")" * 3000, "it is not valid Python"),
    ("book.ipynb", NOTEBOOK.encode(), "it is a notebook"),
    ("script", b"import next_wf", "its name does not end in .py"),
]


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_what_cannot_be_read_is_told_and_never_clean(run: Run, place: Path, form: str) -> None:
    folder = place / f"odd_{form}"
    folder.mkdir()
    for name, content, _ in UNREAD:
        (folder / name).write_bytes(content)
    (folder / "dangling.py").symlink_to("nowhere.py")
    os.mkfifo(folder / "fifo.py")
    (folder / "folder.py").mkdir()
    (folder / "again").symlink_to(folder)
    (folder / "elsewhere.ipynb").write_text('{"cells": []}')
    (folder / "encoded.py").write_bytes("# coding: latin-1\nx = 'é'\n".encode("latin-1"))
    result = run(folder.name, f"{folder.name}/script", "--from", "v21", "--to", "v22", "--format", form)
    assert result.exit_code == 1
    expected = {name: why for name, _, why in UNREAD} | {"dangling.py": "does not exist", "fifo.py": "it is a pipe"}
    readers: dict[str, Callable[[], dict[str, str]]] = {
        "text": lambda: dict(line.split(": not read, ") for line in result.stdout.splitlines()[:-1]),
        "json": lambda: {item["path"]: item["why"] for item in json.loads(result.stdout)["unread"]},
        "sarif": lambda: {
            entry["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]: entry["message"]["text"]
            for entry in json.loads(result.stdout)["runs"][0]["results"]
        },
    }
    told = readers[form]()
    assert told.keys() == {f"{folder.name}/{name}" for name in expected}
    assert all(why in told[f"{folder.name}/{name}"] for name, why in expected.items())


def test_a_file_named_more_than_once_is_checked_once_whatever_its_encoding(run: Run, place: Path) -> None:
    text = "# coding: latin-1\nfrom next_wf.v21 import Project\nprint('é', Project.f.old_owner)\n"
    folders = [place / "my-program", place / "other-program"]
    for folder in folders:
        folder.mkdir()
        (folder / "main-file.py").write_bytes(text.encode("latin-1"))
    (place / "linked.py").symlink_to(folders[0] / "main-file.py")
    named = ("my-program", "./my-program/main-file.py", "linked.py", "other-program", str(folders[0]))
    result = run(*named, "--from", "v21", "--to", "v22", "--format", "json")
    assert [(Path(use["path"]).parent.name, use["line"]) for use in json.loads(result.stdout)["uses"]] == [
        ("my-program", 3),
        ("other-program", 3),
    ]


def test_possible_uses_count_when_asked(run: Run, place: Path) -> None:
    (place / "maybe.py").write_text("def use(row):\n    return row.old_owner\n")
    assert run("maybe.py", "--from", "v21", "--to", "v22").exit_code == 0
    assert run("maybe.py", "--from", "v21", "--to", "v22", "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.py", "--from", "v21", "--to", "v22"), "does not exist"),
        (("program", "--from", "v20", "--to", "v22"), "generated version"),
        (("program", "--from", "soon", "--to", "v22"), "API version"),
    ],
)
def test_what_is_missing_is_said(run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert said in result.output


def test_an_earlier_state_of_a_package_is_named_by_its_folder(run: Run, place: Path) -> None:
    """As after a fetch that changed the tenant's fields: the program stands beside the package it imports."""
    (place / "src").mkdir()
    shutil.move(place / "next_wf", place / "src" / "next_wf")
    (place / "src" / "mine.py").write_text("from next_wf.v21 import Project\nProject.f.old_owner\n")
    try:
        folders = [f"src/next_wf/{version}" for version in ("v21", "v22")]
        result = run("src", "--from", folders[0], "--to", folders[1], "--format", "json")
    finally:
        shutil.move(place / "src" / "next_wf", place / "next_wf")
    assert [(use["path"], use["line"]) for use in json.loads(result.stdout)["uses"]] == [("src/mine.py", 2)]


def test_nothing_of_the_program_is_run(run: Run, place: Path) -> None:
    (place / "ran.py").write_text("import sys\nsys.modules['it_ran'] = sys\n")
    run("ran.py", "--from", "v21", "--to", "v22")
    assert "it_ran" not in sys.modules
