"""Overrides: what a fix can do, and that one which no longer fits is an error that names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import JsonValue

from tests.support.metadata_host import SMALL
from workfront_schema import overrides, store
from workfront_schema.errors import SchemaError
from workfront_schema.overrides import Fix, Patched, apply
from workfront_schema.snapshot import Argument, EnumValue, Field, ObjectType, Operation, Relation


def fix(path: str, op: str, value: JsonValue = None, *, of: str = "TASK", versions: tuple[str, ...] = ()) -> Fix:
    return Fix.model_validate(
        {"object": of, "path": path, "op": op, "value": value, "reason": "a test", "versions": versions}
    )


def patched(*fixes: Fix) -> ObjectType:
    return apply(SMALL, fixes).snapshot.objects[1]


def test_without_fixes_nothing_changes() -> None:
    assert apply(SMALL, ()) == Patched(SMALL, {})


def test_a_property_is_set_whether_or_not_it_was_there() -> None:
    assert patched(fix("fields.ID.type", "set", "int")).fields[0].type == "int"
    assert patched(fix("fields.strange.type", "set", "string")).fields[2].type == "string"
    assert patched(fix("label", "set", "Duty")).label == "Duty"
    assert patched(fix("references.parent.targetCode", "set", "TASK")).references[0].target_code == "TASK"
    assert patched(fix("actions.move.arguments.projectID.type", "set", "int")).actions[0].arguments[0].type == "int"
    assert patched(fix("fields.priority.values.1.label", "set", "Small")).fields[1].values[1] == EnumValue(1, "Small")


def test_members_flags_verbs_values_and_arguments_are_added() -> None:
    found = patched(
        fix("fields.extra", "add", {"label": "Extra", "type": "string"}),
        fix("collections.children", "add", {"target": "Task", "targetCode": "TASK"}),
        fix("flags.REPORTABLE", "add"),
        fix("verbs.get", "add"),
        fix("fields.ID.flags.READ_ONLY", "add"),
        fix("fields.ID.values.A", "add", {"label": "Letter A"}),
        fix("actions.move.arguments.parentID", "add", {"type": "string"}),
    )
    assert found.fields[1] == Field("extra", "Extra", "string")
    assert found.collections == (Relation("children", "children", "Task", "TASK"),)
    assert (found.flags, found.verbs) == (("REPORTABLE",), ("get",))
    assert found.fields[0] == Field("ID", "ID", "string", ("READ_ONLY",), values=(EnumValue("A", "Letter A"),))
    assert found.actions[0].arguments[-1] == Argument("parentID", "string")


def test_members_and_arguments_are_removed() -> None:
    found = patched(fix("fields.ID", "remove"), fix("actions.move.arguments.projectID", "remove"))
    assert [item.name for item in found.fields] == ["priority", "strange"]
    assert found.actions == (Operation("move", "Move", (Argument("options ", "string[]"),), "map"),)


def test_the_given_snapshot_is_left_as_it_is() -> None:
    before = repr(SMALL)
    patched(fix("fields.strange.extra.newWord", "remove"))
    assert repr(SMALL) == before


def test_renames_leave_the_snapshot_alone_and_are_handed_on() -> None:
    names = [
        fix("name", "rename", "Duty"),
        fix("fields.ID", "rename", "key"),
        fix("actions.move.arguments.options ", "rename", "choices"),
        fix("enums.StatusEnum", "rename", "Status", of="*"),
    ]
    assert apply(SMALL, names) == Patched(
        SMALL,
        {
            ("TASK", "name"): "Duty",
            ("TASK", "fields.ID"): "key",
            ("TASK", "actions.move.arguments.options "): "choices",
            ("*", "enums.StatusEnum"): "Status",
        },
    )


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (fix("fields.gone.type", "set", "int"), r"there is no fields\.gone"),
        (fix("fields.gone", "remove"), "there is nothing of that path"),
        (fix("fields.gone", "rename", "x"), "there is nothing of that path"),
        (fix("fields.gone", "set", {}), "there is nothing of that path"),
        (fix("actions.move.arguments.gone", "remove"), "there is nothing of that path"),
        (fix("fields.ID", "add", {"label": "again"}), "it is there already"),
        (fix("fields.ID.type", "set", "string"), "it changes nothing"),
        (fix("fields.ID.flags.READ_ONLY.deep", "set", 1), "there is no"),
        (fix("fields.ID.typ", "set", "int"), "'typ' is not a word of a snapshot file"),
        (fix("fields.new", "add", {"lable": "x"}), "'lable' is not a word of a snapshot file"),
        (fix("fields.ID.type", "set", 5), "type: input should be a valid string"),
        (fix("objCode", "set", "DUTY"), "an objCode cannot be changed"),
        (fix("fields.ID", "rename", "not a name"), "is not a Python name"),
        (fix("fields.ID", "rename", "class"), "is not a Python name"),
        (fix("fields.ID", "set", "x", of="*"), "only the name of an enum"),
    ],
)
def test_a_fix_that_does_not_fit_is_named(wrong: Fix, problem: str) -> None:
    with pytest.raises(SchemaError, match=problem) as caught:
        apply(SMALL, [wrong])
    assert f"fix {wrong.op} {wrong.object} {wrong.path}" in str(caught.value)
    assert "v22.0" in str(caught.value)


def test_two_names_for_one_thing_are_refused() -> None:
    with pytest.raises(SchemaError, match=r"fix rename TASK fields\.ID: a second name"):
        apply(SMALL, [fix("fields.ID", "rename", "a"), fix("fields.ID", "rename", "b")])


def test_a_fix_is_applied_to_the_versions_it_is_meant_for() -> None:
    assert patched(fix("label", "set", "Duty", versions=("v21.0",))).label == "Task"
    assert patched(fix("label", "set", "Duty", versions=("v21.0", "v22.0"))).label == "Duty"


def test_an_object_that_a_partial_snapshot_lacks_is_an_error_only_where_the_version_is_named() -> None:
    assert apply(SMALL, [fix("label", "set", "x", of="WORK")]).snapshot == SMALL
    assert apply(SMALL, [fix("enums.Gone", "rename", "Gone", of="*")]).renames == {}
    with pytest.raises(SchemaError, match="WORK is not there"):
        apply(SMALL, [fix("label", "set", "x", of="WORK", versions=("v22.0",))])
    with pytest.raises(SchemaError, match=r"enums\.Gone is not there"):
        apply(SMALL, [fix("enums.Gone", "rename", "Gone", of="*", versions=("v22.0",))])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[[fix]]\nobject = "TASK"\npath = "label"\nop = "set"\nvalue = "x"', "fix 1: reason: field required"),
        ('[[fix]]\nobject = "TASK"\npath = "label"\nop = "set"\nreason = ""', "fix 1: reason"),
        ('[[fix]]\nobject = "TASK"\npath = "label"\nop = "twist"\nreason = "r"', "fix 1: op: input should be 'set'"),
        ('[[fix]]\nobjekt = "TASK"\n', "fix 1: objekt|fix 1: object"),
        ('[fixes]\na = 1', "'fixes' is not known there"),
        ("[[fix]", "is not TOML"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_right_names_the_entry(text: str, problem: str, tmp_path: Path) -> None:
    file = tmp_path / "overrides.toml"
    file.write_text(text)
    with pytest.raises(SchemaError, match=problem) as caught:
        overrides.load(file)
    assert str(file) in str(caught.value)


def test_no_file_means_no_fixes(tmp_path: Path) -> None:
    assert overrides.load(tmp_path / "overrides.toml") == ()


@pytest.mark.parametrize("version", ["v21.0", "v22.0"])
def test_every_shipped_fix_applies_to_the_shipped_snapshots(version: str) -> None:
    schema = store.standard_schema()
    fixes = overrides.load(schema / "overrides.toml")
    snapshot = store.load_snapshot(schema, version)
    found = apply(snapshot, fixes)
    assert len(found.renames) == sum(item.op == "rename" and item.concerns(version) for item in fixes)
    assert found.renames["OPTASK", "name"] == "Issue"
    assert found.renames["*", "enums.com.attask.common.constants.TimelinePriorityEnum"] == "Priority"
