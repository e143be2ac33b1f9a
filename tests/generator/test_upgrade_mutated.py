"""Every kind of change of a next version, made one by one in a v23: what uses the changed thing is a certain find.

Each row of the table takes or narrows one thing, and says how a program uses it. The program uses as many things that
stay, which must not be complained of.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.support.type_checkers import warm_upgrade_check
from workfront_codegen.cli import app
from workfront_codegen.generate import generate
from workfront_schema import store
from workfront_schema.custom_fields import CustomCatalogue, CustomField, CustomForm, FieldKind, FieldOption
from workfront_schema.snapshot import Argument, EnumValue, Field, ObjectType, Operation, Relation, Snapshot

_VALUES = (EnumValue("A", "Active"), EnumValue("X", "Gone"))
_MARKET = (FieldOption("N", "North"), FieldOption("S", "South"), FieldOption("W", "West"))
_VERBS = ("add", "copy", "count", "delete", "edit", "get", "report", "search")


def _objects() -> tuple[ObjectType, ...]:
    project = ObjectType(
        "PROJ", "Project", "Project", verbs=_VERBS,
        fields=(
            Field("ID", "ID", "string"), Field("name", "Name", "string"), Field("oldText", "Old", "string"),
            Field("budget", "Budget", "double"), Field("start", "Start", "date"), Field("level", "Level", "int"),
            Field("status", "Status", "string", (), "a.StatusEnum", _VALUES),
            Field("mood", "Mood", "string", (), "a.MoodEnum", _VALUES),
        ),
        references=(Relation("owner", "Owner", "User", "USER"), Relation("sponsor", "Sponsor", "User", "USER")),
        collections=(Relation("members", "Members", "User", "USER"), Relation("fans", "Fans", "User", "USER")),
        actions=(
            Operation("lockIt", "Lock"), Operation("stay", "Stay", (Argument("target", "string"),)),
            Operation("moveIt", "Move", (Argument("target", "string"), Argument("how", "string"))),
            Operation("countIt", "Count", (Argument("size", "string"),)),
        ),
        queries=(Operation("oldOnes", "old"), Operation("newOnes", "new")),
    )  # fmt: skip
    user = ObjectType(
        "USER", "User", "User", verbs=_VERBS,
        fields=(Field("ID", "ID", "string"), Field("nick", "Nick", "string"), Field("firstName", "First", "string")),
    )  # fmt: skip
    team = ObjectType(
        "TEAMOB", "Team", "Team", verbs=_VERBS, fields=(Field("ID", "ID", "string"), Field("name", "Name", "string"))
    )
    return project, user, team


_FIELDS = (
    CustomField("Region", FieldKind.TEXT, "Region", ("PROJ", "USER"), source="param"),
    CustomField("Area", FieldKind.TEXT, "Area", ("PROJ", "USER"), source="param"),
    CustomField("Cost", FieldKind.NUMBER, "Cost", ("PROJ",), source="param"),
    CustomField("Total", FieldKind.NUMBER, "Total", ("PROJ",), source="param"),
    CustomField("Market", FieldKind.CHOICE, "Market", ("PROJ",), _MARKET, complete=True, source="param"),
    CustomField("Several", FieldKind.CHOICES, "Several", ("PROJ",), _MARKET, complete=True, source="param"),
    CustomField("Last", FieldKind.TEXT, "Last", ("PROJ",), source="param"),
    CustomField("Old choice", FieldKind.CHOICE, "Old", ("PROJ",), _MARKET, complete=True, source="param"),
)
_FORMS = (
    CustomForm("Intake", ("PROJ",), {"Region": False, "Area": False, "Market": False}),
    CustomForm("Closing", ("PROJ",), {"Area": False, "Total": False}),
    CustomForm("Leaver", ("PROJ",), {"Area": False}),
)
OLD = Snapshot("v22.0", _objects(), custom=CustomCatalogue(_FIELDS, _FORMS))
Change = Callable[[Snapshot], Snapshot]


def _changed(code: str, change: Callable[[ObjectType], ObjectType]) -> Change:
    def made(snapshot: Snapshot) -> Snapshot:
        listed = tuple(change(item) if item.obj_code == code else item for item in snapshot.objects)
        return replace(snapshot, objects=listed)

    return made


def _without(part: str, name: str, code: str = "PROJ") -> Change:
    def change(item: ObjectType) -> ObjectType:
        kept: Any = tuple(entry for entry in getattr(item, part) if getattr(entry, "name", entry) != name)
        assert len(kept) < len(getattr(item, part))
        return replace(item, **{part: kept})

    return _changed(code, change)


def _field(name: str, **more: Any) -> Change:
    def change(item: ObjectType) -> ObjectType:
        return replace(
            item, fields=tuple(replace(entry, **more) if entry.name == name else entry for entry in item.fields)
        )

    return _changed("PROJ", change)


def _action(name: str, *arguments: Argument) -> Change:
    def change(item: ObjectType) -> ObjectType:
        made = tuple(replace(e, arguments=arguments) if e.name == name else e for e in item.actions)
        return replace(item, actions=made)

    return _changed("PROJ", change)


def _custom(name: str, change: Callable[[CustomField], CustomField | None]) -> Change:
    def made(snapshot: Snapshot) -> Snapshot:
        found = [change(item) if item.name == name else item for item in snapshot.custom.fields]
        kept = {item.name: item for item in found if item}
        forms = (
            replace(form, fields={wire: needed for wire, needed in form.fields.items() if wire in kept})
            for form in snapshot.custom.forms
        )
        return replace(snapshot, custom=CustomCatalogue(tuple(kept.values()), tuple(forms)))

    return made


def _forms(change: Callable[[CustomForm], CustomForm | None]) -> Change:
    def made(snapshot: Snapshot) -> Snapshot:
        found = [change(item) for item in snapshot.custom.forms]
        return replace(snapshot, custom=replace(snapshot.custom, forms=tuple(item for item in found if item)))

    return made


def _option_less(name: str) -> Change:
    return _custom(name, lambda item: replace(item, values=_MARKET[:2]))


@dataclass(frozen=True)
class Case:
    """A change, and lines of a program that use what it takes."""

    change: Change
    uses: tuple[tuple[str, str], ...]


CASES: dict[str, Case] = {
    "a field": Case(_without("fields", "oldText"), (
        ("print(row.old_text)", "old_text"), ("Project.f.old_text.is_null()", "old_text"),
        ('wf.project.create(old_text="x")', "old_text"), ('wf.project.update("1", old_text="x")', "old_text"),
        ('wf.project.create_many([{"old_text": "x", "name": None}])', "old_text"),
        ("ProjectField.OLD_TEXT", "OLD_TEXT"),
    )),
    "a reference": Case(_without("references", "sponsor"), (
        ("print(row.sponsor)", "sponsor"), ("Project.f.sponsor.first_name == 'x'", "sponsor"),
    )),
    "a collection": Case(_without("collections", "fans"), (
        ("print(row.fans)", "fans"), ("wf.project.search(fields=[Project.f.fans.id])", "fans"),
    )),
    "a field of a referred object": Case(_without("fields", "nick", "USER"), (
        ("Project.f.owner.nick == 'x'", "nick"), ("print(row.owner and row.owner.nick)", "nick"),
    )),
    "a type read": Case(_field("budget", type="string"), (("print(row.budget)", "budget"),)),
    "a type written": Case(_field("level", type="date"), (("wf.project.create(level=5)", "level"),)),
    "a value of an enumeration": Case(
        _field("status", values=_VALUES[:1]), (("print(Status.GONE)", "GONE"),)
    ),
    "an enumeration": Case(_field("mood", enum=None, values=()), (("from acme_up.v22 import Mood", "Mood"),)),
    "an action": Case(_without("actions", "lockIt"), (("wf.project.lock_it()", "lock_it"),)),
    "an argument": Case(
        _action("moveIt", Argument("target", "string")), (('wf.project.move_it(target="x", how="y")', "how"),)
    ),
    "a type of an argument": Case(
        _action("countIt", Argument("size", "int")), (('wf.project.count_it(size="x")', "size"),)
    ),
    "a named query": Case(_without("queries", "oldOnes"), (("wf.project.old_ones()", "old_ones"),)),
    "a verb": Case(_without("verbs", "copy", "USER"), (('wf.user.copy("1")', "copy"),)),
    "a verb with methods of its own": Case(_without("verbs", "add", "USER"), (
        ("wf.user.create(nick='x')", "create"), ("wf.user.create_many([])", "create_many"),
    )),
    "an object type": Case(
        lambda old: replace(old, objects=tuple(item for item in old.objects if item.obj_code != "TEAMOB")),
        (("from acme_up.v22 import Team", "Team"), ("print(wf.team)", "team")),
    ),
    "a custom field": Case(_custom("Region", lambda _: None), (
        ("print(row.custom.region)", "region"), ("Project.f.custom.region == 'x'", "region"),
        ("Project.f.owner.custom.region == 'x'", "region"), ('wf.project.create(custom={"Region": "x"})', "Region"),
        ('IntakeForm(region="x")', "region"), ('Factory().make(Project, custom={"Region": "x"})', "Region"),
        ('Factory().make(User, name="x", custom={"Region": "x", "Area": "x"})', "Region"),
    )),
    "a custom field that is computed now": Case(_custom("Total", lambda item: replace(item, read_only=True)), (
        ('wf.project.create(custom={"Total": 5})', "Total"), ('Factory().make(Project, custom={"Total": 5})', "Total"),
    )),
    "a kind of a custom field": Case(_custom("Cost", lambda item: replace(item, kind=FieldKind.TEXT)), (
        ("print(row.custom.cost)", "cost"), ('wf.project.create(custom={"Cost": 5})', "Cost"),
        ('Factory().make(Project, custom={"Area": "x", "Cost": 5})', "Cost"),
    )),
    "an option": Case(
        lambda old: _option_less("Several")(_option_less("Market")(old)), (
        ("print(MarketOption.WEST)", "WEST"), ('wf.project.create(custom={"Market": "W"})', "W"),
        ('IntakeForm(market="W")', "W"), ('wf.project.update("1", custom={"Area": "x", "Several": ["N", "W"]})', "W"),
        ('Factory().make(Project, custom={"Market": "W"})', "W"),
    )),
    "a key of a write of an ID": Case(_custom("Last", lambda _: None), (
        ('wf.project.update("1", custom={"Last": "x"})', "Last"),
        ('wf.project.copy("1", custom={"Last": "x"})', "Last"),
    )),
    "the options of a field": Case(_custom("Old choice", lambda _: None), (
        ("from acme_up.v22.options import OldChoiceOption", "OldChoiceOption"),
    )),
    "a field that a form demands now": Case(
        _forms(lambda form: replace(form, fields={"Area": True}) if form.name == "Closing" else form),
        (("ClosingForm()", "area"), ("ClosingForm(total=5)", "total")),
    ),
    "a form": Case(_forms(lambda form: None if form.name == "Leaver" else form), (
        ("from acme_up.v22.forms import LeaverForm", "LeaverForm"),
    )),
}  # fmt: skip
HEAD = """
from acme_up.v22 import Project, ProjectField, Status, User, Workfront
from acme_up.v22.forms import ClosingForm, IntakeForm
from acme_up.v22.options import MarketOption
from workfront_testing import Factory


def use(wf: Workfront, row: Project) -> None:
    print(row.name, row.start, row.status, row.id, row.owner, row.members, row.custom.area, Status.ACTIVE)
    Project.f.owner.first_name == "x"
    wf.project.create(name="x", custom={"Area": "x", "Market": "N"}, form=IntakeForm(area="x", market="S"))
    print(MarketOption.NORTH, wf.project.new_ones(), wf.project.stay(target="x"), ProjectField.NAME)
    wf.project.copy("1", name="x")
    wf.user.delete("1")
    ClosingForm(area="x")
    Factory().make(Project, custom={"Area": "x", "Market": "N"})
"""
"""What stays."""


def program() -> tuple[str, dict[int, set[str]]]:
    """Returns a program with every use of the table, and the names to be found by line."""
    lines: list[str] = [*HEAD.splitlines()]
    named: dict[int, set[str]] = {}
    for case in CASES.values():
        for text, name in case.uses:
            lines.append(f"    {text}")
            named[len(lines)] = {name}
    return "\n".join(lines) + "\n", named


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mutated")
    warm_upgrade_check(tmp_path_factory, folder)
    new = replace(OLD, version="v23.0")
    for case in CASES.values():
        new = case.change(new)
    for snapshot in (OLD, new):
        store.save_snapshot(snapshot, folder / "schema")
    generate(folder / "schema", ("v22.0", "v23.0"), "acme_up", folder, check=False)
    (folder / "program.py").write_text(program()[0])
    return folder


@pytest.fixture
def found(place: Path, monkeypatch: pytest.MonkeyPatch) -> dict[int, set[str]]:
    monkeypatch.chdir(place)
    monkeypatch.syspath_prepend(str(place))
    versions = ["--from", "v22", "--to", "v23", "--package", "acme_up", "--format", "json"]
    result = CliRunner().invoke(app, ["upgrade-check", "program.py", *versions])
    assert result.exit_code == 1, result.output
    lines: dict[int, set[str]] = {}
    for use in json.loads(result.stdout)["uses"]:
        if use["certain"]:
            lines.setdefault(use["line"], set()).add(use["name"])
    return lines


def test_rows_of_a_bulk_call_that_no_checker_reads_are_possible_uses(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    monkeypatch.syspath_prepend(str(place))
    (place / "rows.py").write_text(
        "from acme_up.v22 import Workfront\nfrom workfront_core import RowInput\n\n\ndef use(wf: Workfront) -> None:\n"
        '    wf.project.create_many([{"old_text": "x"}])\n'
        '    wf.project.create_many([RowInput({}, custom={"Last": "x"})])\n    print({"old_text": "x"})\n'
    )
    versions = ["--from", "v22", "--to", "v23", "--package", "acme_up", "--format", "json"]
    result = CliRunner().invoke(app, ["upgrade-check", "rows.py", *versions])
    uses = [(use["line"], use["name"], use["certain"]) for use in json.loads(result.stdout)["uses"]]
    assert (result.exit_code, uses) == (0, [(6, "old_text", False), (7, "Last", False)])


def test_every_change_is_found_where_it_is_used_and_nowhere_else(found: dict[int, set[str]]) -> None:
    assert found == program()[1]
