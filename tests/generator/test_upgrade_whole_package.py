"""upgrade-check over a whole package of a tenant's own: 49 uses of what a next version lacks, and decoys beside them.

The next version is the shipped one with 13 changes. Of the 49 uses, one is a name in ``getattr`` and one an attribute
of a value whose type nobody knows; these two cannot be certain.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.support.places import ROOT
from tests.support.type_checkers import warm_upgrade_check
from workfront_codegen.cli import app
from workfront_codegen.generate import generate
from workfront_schema import store
from workfront_schema.custom_fields import CustomCatalogue, CustomField, FieldKind
from workfront_schema.snapshot import ObjectType, Snapshot

pytestmark = pytest.mark.long

TYPED = """
from __future__ import annotations

import asyncio

from acme.v22 import AsyncWorkfront, Hour, Issue, Priority, Project, ProjectField, Task, TaskField, User, Workfront
from acme.v22 import RiskLevel  # USE RiskLevel

KEY = "0" * 32


def in_a_thread(wf: Workfront, project: Project, task: Task, hour: Hour, user: User, issue: Issue) -> object:
    print(project.description)  # USE description
    print(project.name, project.description or "")  # USE description
    total = project.budget or 0  # USE budget
    project.budget = 5.0  # USE budget
    done = task.percent_complete  # USE percent_complete
    print(user.email_addr)  # USE email_addr
    if project.owner is not None:  # USE owner
        print(project.owner.name)  # USE owner
    for item in task.assignments or []:  # USE assignments
        print(item.id)
    print(hour.hours)  # USE hours
    print(issue.reference_number)  # USE reference_number
    wf.project.create(name="x", description="y")  # USE description
    wf.project.update(KEY, budget=5)  # USE budget
    wf.task.update(KEY, percent_complete=50, name="n")  # USE percent_complete
    wf.hour.create(hours=4)  # USE hours
    rows = wf.project.search(Project.f.description.contains("x"), fields=[Project.f.name])  # USE description
    wf.task.search(Task.f.project.owner.name == "x")  # USE owner
    wf.task.search(Task.f.percent_complete < 50)  # USE percent_complete
    wf.task.search(fields=[Task.f.assignments.id])  # USE assignments
    wf.hour.search(Hour.f.hours > 3)  # USE hours
    wf.project.search(fields=[ProjectField.DESCRIPTION])  # USE DESCRIPTION
    wf.task.search(fields=[TaskField.PERCENT_COMPLETE])  # USE PERCENT_COMPLETE
    wf.project.search(Project.f.priority == Priority.URGENT)  # USE URGENT
    wf.note.get(KEY)  # USE note
    wf.task.move(KEY, project_id=KEY)  # USE move
    print(project.custom.media_budget)  # USE media_budget
    wf.project.search(Project.f.custom.media_budget > 5)  # USE media_budget
    wf.project.create(custom={"Media budget": 5})  # USE Media budget
    wf.task.search(Task.f.project.custom.media_budget.is_null())  # USE media_budget
    for row in rows:
        print(row.description)  # USE description
    values = [item.percent_complete for item in wf.task.search()]  # USE percent_complete
    best = max(wf.task.search(), key=lambda item: item.percent_complete or 0)  # USE percent_complete
    wf.task.create_many([{"name": "x", "percent_complete": 5}])  # USE percent_complete
    parent = wf.task.get(KEY).project
    if parent:
        print(parent.owner)  # USE owner
    return total, done, values, best


async def in_a_loop(wf: AsyncWorkfront) -> None:
    row = await wf.task.get(KEY)
    print(row.percent_complete)  # USE percent_complete
    async for other in wf.project.search(Project.f.owner.name == "x"):  # USE owner
        print(other.description)  # USE description
    await wf.note.get(KEY)  # USE note
    await asyncio.gather(wf.task.move(KEY))  # USE move
"""
UNTYPED = """
import acme.v22 as api
from acme.v22 import Task, Workfront

KEY = "0" * 32


def main():
    with Workfront("https://x", auth=None) as wf:
        row = wf.project.get(KEY)
        print(row.description)  # USE description
        for task in wf.task.search(Task.f.percent_complete > 5):  # USE percent_complete
            print(task.percent_complete)  # USE percent_complete
        helper(row)
        print({item.id: item.percent_complete for item in wf.task.search()})  # USE percent_complete
        api.Project.f.owner  # USE owner
        getattr(row, "owner")  # MAYBE owner


def helper(row):
    return row.description  # MAYBE description


class Job:
    def __init__(self, wf: Workfront):
        self.wf = wf
        self.task = wf.task.get(KEY)

    def run(self):
        return self.task.percent_complete, self.wf.note  # USE percent_complete note
"""
DECOYS = """
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acme.v22 import Hour, Issue, Portfolio, Priority, Program, Project, Task, Workfront


@dataclass
class Mine:
    description: str
    budget: float
    owner: str
    hours: float
    percent_complete: int
    email_addr: str


def use(wf: Workfront, mine: Mine, portfolio: Portfolio, program: Program, issue: Issue, task: Task) -> object:
    print(mine.description, mine.budget, mine.owner, mine.hours, mine.percent_complete, mine.email_addr)
    print(portfolio.description, portfolio.owner, program.description, task.description, issue.description)
    wf.task.create(description="x")
    wf.portfolio.search(Portfolio.f.owner.name == "x", Portfolio.f.description == "y")
    wf.issue.search(Issue.f.percent_complete == 5)
    wf.project.search(Project.f.priority == Priority.HIGH)
    description = {"description": 1, "percent_complete": 2, "percentComplete": 3, "emailAddr": 4}
    print("Project.f.description", description["description"], "percent_complete")  # project.description in a comment
    print(description["percentComplete"], description["emailAddr"], {"referenceNumber": 1}["referenceNumber"])
    budget = owner = hours = move = note = 1
    return budget, owner, hours, move, note, description


def tables(first: dict[str, int], second: Mapping[str, str], third: dict[str, str] | None) -> object:
    fourth: dict[str, object] = json_of("x")
    fifth = dict(percentComplete=1)
    sixth = {name: 1 for name in first}
    for row in [{"emailAddr": 1}]:
        print(row["emailAddr"])
    last = third["referenceNumber"] if third else None
    print(first["percentComplete"], second["emailAddr"], fourth["referenceNumber"])
    return fifth["percentComplete"], sixth["emailAddr"], last


def json_of(_text: str) -> dict[str, object]:
    return {}
"""
MARK = re.compile(r"# (USE|MAYBE) (.+)$")
Change = Callable[[ObjectType], ObjectType]


def without(part: str, *names: str) -> Change:
    def change(item: ObjectType) -> ObjectType:
        kept = tuple(entry for entry in getattr(item, part) if entry.name not in names)
        assert len(kept) == len(getattr(item, part)) - len(names), (item.obj_code, names)
        more: dict[str, Any] = {part: kept}
        return replace(item, **more)

    return change


def as_text(name: str) -> Change:
    def change(item: ObjectType) -> ObjectType:
        fields = [replace(field, type="string") if field.name == name else field for field in item.fields]
        assert tuple(fields) != item.fields
        return replace(item, fields=tuple(fields))

    return change


def without_code(field_name: str, code: int) -> Change:
    def change(item: ObjectType) -> ObjectType:
        return replace(
            item,
            fields=tuple(
                replace(field, values=tuple(one for one in field.values if one.value != code))
                if field.name == field_name else field
                for field in item.fields
            ),
        )  # fmt: skip

    return change


def without_service(item: ObjectType) -> ObjectType:
    return replace(item, verbs=(), actions=(), queries=(), secondary=True)


CHANGES: dict[str, list[Change]] = {
    "PROJ": [without("fields", "description"), without("references", "owner"), as_text("budget")],
    "TASK": [
        without("fields", "percentComplete"), without("collections", "assignments"), without("actions", "move"),
    ],
    "USER": [without("fields", "emailAddr")],
    "OPTASK": [without("fields", "referenceNumber")],
    "HOUR": [as_text("hours")],
    "NOTE": [without_service],
}  # fmt: skip
MEDIA = CustomField("Media budget", FieldKind.MONEY, "Media budget", ("PROJ",), source="param")
REGION = CustomField("Region", FieldKind.TEXT, "Region", ("PROJ", "TASK"), source="param")


def next_version(old: Snapshot) -> Snapshot:
    """The shipped version, less what the programs use."""
    objects = []
    for item in old.objects:
        for change in (*CHANGES.get(item.obj_code, ()), without_code("priority", 4), without_risk_levels):
            item = change(item)
        objects.append(item)
    return replace(old, version="v23.0", objects=tuple(objects), custom=CustomCatalogue((REGION,)))


def without_risk_levels(item: ObjectType) -> ObjectType:
    return replace(
        item,
        fields=tuple(
            replace(field, enum=None, values=()) if str(field.enum).endswith("RiskLevelEnum") else field
            for field in item.fields
        ),
    )


def planted(kind: str) -> Counter[tuple[str, int, str]]:
    found: Counter[tuple[str, int, str]] = Counter()
    for file, text in (("typed.py", TYPED), ("untyped.py", UNTYPED)):
        for number, line in enumerate(text.splitlines(), 1):
            if (match := MARK.search(line)) is not None and match[1] == kind:
                names = [match[2]] if match[2] == "Media budget" else match[2].split()
                found.update((file, number, name) for name in names)
    return found


def test_of_49_uses_47_are_certain_and_no_decoy_is_told(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm_upgrade_check(tmp_path_factory, tmp_path)
    old = replace(store.load_snapshot(ROOT / "schema", "v22.0"), custom=CustomCatalogue((MEDIA, REGION)))
    for snapshot in (old, next_version(old)):
        store.save_snapshot(snapshot, tmp_path / "schema")
    for name in ("overrides.toml", "names.lock", "facts.toml"):
        (tmp_path / "schema" / name).write_text((ROOT / "schema" / name).read_text("utf-8"), "utf-8")
    generate(tmp_path / "schema", ("v22.0", "v23.0"), "acme", tmp_path, check=False, forms=False)
    (tmp_path / "program").mkdir()
    for name, text in (("typed.py", TYPED), ("untyped.py", UNTYPED), ("decoys.py", DECOYS)):
        (tmp_path / "program" / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    line = ["upgrade-check", "program", "--from", "v22", "--to", "v23", "--package", "acme", "--format", "json"]
    result = CliRunner().invoke(app, line)
    assert result.exit_code == 1, result.output
    told = json.loads(result.stdout)["uses"]
    uses = [(Path(use["path"]).name, use["line"], use["name"], use["certain"]) for use in told]
    certain = Counter(use[:3] for use in uses if use[3])
    assert certain == planted("USE")
    possible = Counter(use[:3] for use in uses if not use[3])
    assert possible == planted("MAYBE")
    assert (certain.total(), possible.total()) == (47, 2)
