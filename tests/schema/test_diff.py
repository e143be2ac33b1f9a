"""The change list between two snapshots: nothing missing, nothing invented, breaking changes marked."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.metadata_host import SMALL
from tests.support.places import ROOT
from workfront_codegen.cli import app
from workfront_schema import overrides, store
from workfront_schema.custom_fields import CustomCatalogue, CustomField, CustomForm, FieldKind, FieldOption
from workfront_schema.diff import as_json, as_markdown, as_text, diff
from workfront_schema.schema_change import Change
from workfront_schema.snapshot import Argument, EnumValue, Field, ObjectType, Operation, Relation, Snapshot


def changes(before: ObjectType, after: ObjectType) -> list[str]:
    found = diff(Snapshot("v1.0", (before,)), Snapshot("v2.0", (after,)))
    return as_text(found).splitlines()[:-1]


def task(**sections: object) -> ObjectType:
    return replace(ObjectType("TASK", "Task", "Task"), **sections)  # type: ignore[arg-type]


def test_equal_snapshots_have_no_changes() -> None:
    assert diff(SMALL, SMALL) == ()
    assert as_text(()) == "no changes\n"


def test_objects_that_come_and_go() -> None:
    project, own = SMALL.objects
    found = diff(Snapshot("v1.0", (project,)), Snapshot("v2.0", (own,)))
    assert found == (
        Change("removed", "PROJ", "", "Project", None, breaking=True),
        Change("added", "TASK", "", None, "Task", breaking=False),
    )


def field(**words: object) -> ObjectType:
    return task(fields=(replace(Field("a", "A", "string"), **words),))  # type: ignore[arg-type]


def action(*arguments: Argument, result: str | None = None) -> ObjectType:
    return task(actions=(Operation("move", "Move", arguments, result),))


CASES: dict[str, tuple[ObjectType, ObjectType, str]] = {
    "field added": (task(), field(), "  TASK fields.a added (string)"),
    "field removed": (field(), task(), "! TASK fields.a removed (string)"),
    "type changed": (field(), field(type="int"), "! TASK fields.a.type: string -> int"),
    "type became known": (field(type=None), field(), "  TASK fields.a.type: unknown -> string"),
    "type became unknown": (field(), field(type=None), "! TASK fields.a.type: string -> unknown"),
    "label": (field(), field(label="B"), "  TASK fields.a.label: A -> B"),
    "limiting flag": (field(), field(flags=("READ_ONLY",)), "! TASK fields.a.flags.READ_ONLY added"),
    "other flag": (field(), field(flags=("LAZY_READ",)), "  TASK fields.a.flags.LAZY_READ added"),
    "flag removed": (field(flags=("READ_ONLY",)), field(), "  TASK fields.a.flags.READ_ONLY removed"),
    "enum": (field(enum="x.A"), field(enum="x.B"), "! TASK fields.a.enum: x.A -> x.B"),
    "value added": (field(), field(values=(EnumValue("N", "New"),)), "  TASK fields.a.values.N added (New)"),
    "value removed": (field(values=(EnumValue("N", "New"),)), field(), "! TASK fields.a.values.N removed (New)"),
    "value label": (
        field(values=(EnumValue(1, "New"),)),
        field(values=(EnumValue(1, "Fresh"),)),
        "  TASK fields.a.values.1: New -> Fresh",
    ),
    "extra word": (field(), field(extra={"w": 1}), "  TASK fields.a.extra: {} -> {'w': 1}"),
    "target": (
        task(references=(Relation("p", "P", "Task", None),)),
        task(references=(Relation("p", "P", "Work", None),)),
        "! TASK references.p.target: Task -> Work",
    ),
    "collection removed": (
        task(collections=(Relation("p", "P", "Task", "TASK"),)),
        task(),
        "! TASK collections.p removed (Task)",
    ),
    "verb removed": (task(verbs=("delete",)), task(), "! TASK verbs.delete removed"),
    "verb added": (task(), task(verbs=("delete",)), "  TASK verbs.delete added"),
    "argument added": (action(), action(Argument("x", "int")), "  TASK actions.move.arguments.x added (int)"),
    "argument removed": (action(Argument("x", "int")), action(), "! TASK actions.move.arguments.x removed (int)"),
    "argument type": (
        action(Argument("x", "int")),
        action(Argument("x", "string")),
        "! TASK actions.move.arguments.x.type: int -> string",
    ),
    "result": (action(result="map"), action(result="string"), "! TASK actions.move.result: map -> string"),
    "query added": (task(), task(queries=(Operation("mine", "Mine"),)), "  TASK queries.mine added"),
    "object name": (task(), replace(task(), name="Duty"), "! TASK name: Task -> Duty"),
    "object flag": (task(), task(flags=("REPORTABLE",)), "  TASK flags.REPORTABLE added"),
    "becomes secondary": (task(), task(secondary=True), "! TASK secondary: False -> True"),
    "search": (task(search={"s": {}}), task(), "  TASK search.s removed ({})"),
    "custom field removed": (task(custom={"R": {}}), task(), "! custom field R removed (json)"),
}


@pytest.mark.parametrize(("before", "after", "line"), CASES.values(), ids=CASES)
def test_a_change_is_one_line_that_says_whether_code_breaks(before: ObjectType, after: ObjectType, line: str) -> None:
    assert changes(before, after) == [line]


def test_the_order_of_arguments_is_no_change_because_they_are_passed_by_name() -> None:
    one, two = Argument("a", "int"), Argument("b", "int")
    assert changes(action(one, two), action(two, one)) == []


def test_from_v21_to_v22_the_user_location_went() -> None:
    schema = store.standard_schema()
    found = diff(store.load_snapshot(schema, "v21.0"), store.load_snapshot(schema, "v22.0"))
    assert [str(item) for item in found if item.breaking] == [
        "USER collections.userLocations removed (UserLocation)",
        "USRLOC removed (UserLocation)",
    ]


def test_json_carries_every_change_with_its_values() -> None:
    found = diff(Snapshot("v1.0", (field(),)), Snapshot("v2.0", (field(type="int"),)))
    assert json.loads(as_json(found, "v1.0", "v2.0")) == {
        "old": "v1.0", "new": "v2.0", "breaking": 1,
        "changes": [{"kind": "changed", "object": "TASK", "path": "fields.a.type", "before": "string", "after": "int",
                     "breaking": True}],
    }  # fmt: skip


def test_markdown_cannot_be_broken_by_labels() -> None:
    found = diff(Snapshot("v1.0", (field(),)), Snapshot("v2.0", (field(label="<b>*x*</b>\n# y|`\u202e"),)))
    text = as_markdown(found, "v1.0", "v2.0")
    assert "- fields.a.label: A -\\> \\<b\\>\\*x\\*\\</b\\>\\\\n# y\\|\\`\\\\u202e\n" in text
    assert [line for line in text.splitlines() if line.startswith("#")] == ["# From v1.0 to v2.0", "## TASK"]


def test_a_name_that_people_typed_stays_on_its_line_and_moves_no_cursor() -> None:
    hostile = CustomField("a\n\x1b[2Jb", FieldKind.TEXT, "a", ("TASK",))
    found = diff(Snapshot("v1.0", ()), Snapshot("v2.0", (), custom=CustomCatalogue((hostile,))))
    assert as_text(found) == "  custom field a\\n\\x1b[2Jb added (text)\n1 change, 0 breaking\n"
    assert "- a\\\\n\\\\x1b\\[2Jb added (text)\n" in as_markdown(found, "v1.0", "v2.0")


@pytest.mark.parametrize("named", ["schema", "empty", ""])
def test_a_folder_without_a_snapshot_is_told_with_what_to_name(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store.save_snapshot(SMALL, tmp_path / "schema")
    (tmp_path / "empty").mkdir()
    result = CliRunner().invoke(app, ["diff", named, "v22.0"])
    told = {
        "schema": f"error: schema holds no snapshot; name one of its versions: schema/{SMALL.version}",
        "empty": "error: empty holds no snapshot; name an API version, or a folder of one",
        "": "error: '' is not how an API version is written; write it like v22.0",
    }
    assert (result.exit_code, result.stderr) == (1, f"{told[named]}\n")


def test_the_command_takes_versions_and_folders(tmp_path: Path) -> None:
    folder = store.save_snapshot(SMALL, tmp_path / "saved")
    store.save_snapshot(Snapshot("v22.0", SMALL.objects[:1]), tmp_path / "schema")
    arguments = ["diff", str(folder), "v22.0", "--schema", str(tmp_path / "schema")]
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, result.stdout) == (0, "! TASK removed (Task)\n1 change, 1 breaking\n")
    assert json.loads(CliRunner().invoke(app, [*arguments, "--format", "json"]).stdout)["breaking"] == 1
    assert "## TASK" in CliRunner().invoke(app, [*arguments, "--format", "markdown"]).stdout


def of_fields(*fields: Field) -> Snapshot:
    return Snapshot("v1.0", (ObjectType("TASK", "Task", "Task", fields=tuple(sorted(fields, key=lambda f: f.name))),))


def test_a_member_with_another_name_and_nothing_else_is_renamed() -> None:
    old, new = (
        Field("work", "Planned Hours", "double", ("READ_ONLY",)),
        Field("plannedHours", "Planned Hours", "double"),
    )
    assert as_text(diff(of_fields(old), of_fields(replace(old, name="plannedHours")))) == (
        "! TASK fields.work renamed to plannedHours?\n1 change, 1 breaking\n"
    )
    assert [item.kind for item in diff(of_fields(old), of_fields(new))] == ["removed", "added"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([Field("a", "a", "string")], [Field("b", "b", "string")]),
        ([Field("a", "Hours", "double")], [Field("b", "Hours", "int")]),
        ([Field("a", "Hours", "double"), Field("c", "Hours", "double")], [Field("b", "Hours", "double")]),
        ([Field("a", "Hours", "double")], [Field("b", "Hours", "double"), Field("c", "Hours", "double")]),
    ],
    ids=["labels that are names", "another type", "two that are gone", "two that have come"],
)
def test_where_it_is_not_certain_one_is_gone_and_another_has_come(before: list[Field], after: list[Field]) -> None:
    found = diff(of_fields(*before), of_fields(*after))
    assert sorted(item.kind for item in found) == ["added"] * len(after) + ["removed"] * len(before)


def test_with_exit_code_a_change_that_breaks_code_ends_with_1(tmp_path: Path) -> None:
    project, task = SMALL.objects
    versions = {
        "v1.0": (project, task),
        "v2.0": (project, replace(task, label="Duty")),
        "v3.0": (project,),
    }
    for version, objects in versions.items():
        store.save_snapshot(Snapshot(version, objects), tmp_path)
    codes = {
        (old, new): CliRunner().invoke(app, ["diff", old, new, "--exit-code", "--schema", str(tmp_path)]).exit_code
        for old in versions
        for new in versions
    }
    assert codes == {(old, new): 0 if old == new else 1 if new == "v3.0" else 3 for old, new in codes}


CUSTOM = CustomField("Region", FieldKind.CHOICE, "Region", ("PROJ",), (FieldOption("N", "North"),))
CUSTOM_CHANGES: dict[str, tuple[CustomField, str]] = {
    "label": (replace(CUSTOM, label="Where"), "  custom field Region.label: Region -> Where"),
    "kind": (replace(CUSTOM, kind=FieldKind.TEXT), "! custom field Region.kind: choice -> text"),
    "computed": (replace(CUSTOM, read_only=True), "! custom field Region.read_only: False -> True"),
    "value": (replace(CUSTOM, values=()), "! custom field Region.values.N removed"),
    "object": (replace(CUSTOM, objects=("PROJ", "TASK")), "  custom field Region.objects.TASK added"),
    "another name": (replace(CUSTOM, name="Area"), "! custom field Region renamed to Area?"),
}


@pytest.mark.parametrize(("after", "line"), CUSTOM_CHANGES.values(), ids=CUSTOM_CHANGES)
def test_custom_fields_are_compared_too_and_what_breaks_comes_first(after: CustomField, line: str) -> None:
    note = CustomField("A note", FieldKind.TEXT, "A note", ("PROJ",))
    old, new = (Snapshot("v1.0", (), custom=CustomCatalogue(fields)) for fields in ((CUSTOM,), (note, after)))
    lines = as_text(diff(old, new)).splitlines()[:-1]
    added = "  custom field A note added (text)"
    assert lines == ([line, added] if line.startswith("!") else [added, line])


def test_forms_are_compared_and_a_field_they_demand_from_now_on_breaks() -> None:
    forms = [CustomForm("Intake", ("PROJ",), fields) for fields in ({"A": False, "B": False}, {"A": True, "C": False})]
    old, new = (Snapshot("v1.0", (), custom=CustomCatalogue((), (form,))) for form in forms)
    assert as_text(diff(old, new)).splitlines()[:-1] == [
        "! custom form Intake.A.required: False -> True",
        "! custom form Intake.B removed",
        "  custom form Intake.C added",
    ]


def test_the_page_of_the_shipped_versions_is_what_diff_gives() -> None:
    result = CliRunner().invoke(app, ["diff", "21", "22", "--format", "markdown"])
    assert (ROOT / "docs" / "changes" / "v21-v22.md").read_text("utf-8") == result.stdout


@pytest.mark.parametrize("older", ["v21.0", str(store.standard_schema() / "v21.0")])
def test_what_overrides_correct_is_compared_as_corrected(older: str) -> None:
    result = CliRunner().invoke(app, ["diff", older, "v22.0"])
    assert "PARAM fields.displayType.values.SNGLROLLUP added (Single Rollup)" in result.stdout


def test_a_version_that_ones_own_schema_lacks_is_the_shipped_one(tmp_path: Path) -> None:
    folder = store.standard_schema()
    shipped = overrides.apply(store.load_snapshot(folder, "v22.0"), overrides.layered(folder)).snapshot
    store.save_snapshot(replace(shipped, version="v23.0"), tmp_path)
    result = CliRunner().invoke(app, ["diff", "22", "23", "--schema", str(tmp_path)])
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "no changes")


def test_a_version_that_is_not_there_is_an_error_of_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["diff", "v1.0", "v2.0", "--schema", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {tmp_path} holds no snapshot")
    assert result.stderr.count("\n") == 1
