"""Stats, and what a snapshot looks like to other tools."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import JsonValue

from tests.support.metadata_host import SMALL
from workfront_codegen.cli import app
from workfront_codegen.stats import stats
from workfront_schema import store
from workfront_schema.explorer import index_entries, normalise
from workfront_schema.jsonschema import AMOUNT, DATE, DATE_TIME, json_schema
from workfront_schema.snapshot import EnumValue, Field, ObjectType, Relation, Snapshot


def definition(item: ObjectType) -> dict[str, object]:
    schema = json_schema(Snapshot("v22.0", (item,)))
    return schema["$defs"][item.name]["properties"]  # type: ignore[index, call-overload, return-value]


def of_type(word: str | None, *values: EnumValue) -> object:
    found = definition(ObjectType("TASK", "Task", "Task", fields=(Field("a", "A", word, values=values),)))["a"]
    assert isinstance(found, dict)
    return {key: value for key, value in found.items() if key not in ("title", "description")}


def test_the_counts_of_v22() -> None:
    found = stats(store.load_snapshot(store.standard_schema(), "v22.0"), store.standard_schema())
    assert (found.objects, found.fields, found.references) == (174, 3157, 742)
    assert (found.collections, found.actions, found.queries) == (338, 274, 81)
    assert (found.secondary, found.reconstructed) == (44, 174)
    assert found.unknown_types == {"none": 38}
    assert found.unknown_targets == ("AGLEWK.storyboardParent", "PRFAPL.approver")


def test_relations_out_of_a_partial_snapshot_have_no_known_target(tmp_path: Path) -> None:
    task_only = Snapshot("v22.0", SMALL.objects[1:])
    assert stats(SMALL, tmp_path).unknown_targets == ("TASK.parent",)
    assert stats(task_only, tmp_path).unknown_targets == ("TASK.parent", "TASK.project")


def test_types_nobody_has_seen_are_counted_by_their_word(tmp_path: Path) -> None:
    odd = ObjectType("TASK", "Task", "Task", fields=(Field("a", "A", "com.x.Money"), Field("b", "B", "byte[]")))
    assert stats(Snapshot("v22.0", (odd,)), tmp_path).unknown_types == {"byte[]": 1, "com.x.Money": 1}


def test_the_command_lists_what_is_not_known(tmp_path: Path) -> None:
    store.save_snapshot(SMALL, tmp_path)
    result = CliRunner().invoke(app, ["stats", "--schema", str(tmp_path)])
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "v22.0"
    assert lines[-2:] == ["  relations without a known target: 1", "    TASK.parent"]
    assert "    none           1" in lines


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("string", {"type": ["string", "null"]}),
        ("int", {"type": ["integer", "null"]}),
        ("java.lang.Long", {"type": ["integer", "null"]}),
        ("double", {"type": ["number", "null"]}),
        (
            "java.math.BigDecimal",
            {"anyOf": [{"type": "number"}, {"type": "string", "pattern": AMOUNT}, {"type": "null"}]},
        ),
        ("java.lang.Boolean", {"type": ["boolean", "null"]}),
        ("dateTime", {"type": ["string", "null"], "pattern": DATE_TIME}),
        ("date", {"type": ["string", "null"], "pattern": DATE}),
        ("string[]", {"type": ["array", "null"], "items": {"type": "string"}}),
        ("map", {"type": ["object", "null"], "additionalProperties": True}),
        ("com.example.Unheard", {}),
        (None, {}),
    ],
)
def test_field_types_as_json_schema(word: str | None, expected: object) -> None:
    assert of_type(word) == expected


def test_base_values_leave_room_for_others() -> None:
    assert of_type("string", EnumValue("N", "New")) == {
        "anyOf": [{"type": "string", "enum": ["N"]}, {"type": "string"}, {"type": "null"}]
    }
    assert of_type("int", EnumValue(1, "Low")) == {
        "anyOf": [{"type": "integer", "enum": [1]}, {"type": "integer"}, {"type": "null"}]
    }
    assert of_type("string[]", EnumValue("N", "New")) == {
        "type": ["array", "null"],
        "items": {"anyOf": [{"type": "string", "enum": ["N"]}, {"type": "string"}]},
    }


def test_relations_refer_to_definitions_and_admit_anything_without_a_target() -> None:
    relations = (Relation("kids", "Kids", "Task", "TASK"), Relation("other", "Other", "Gone", "GONE"))
    found = definition(ObjectType("TASK", "Task", "Task", references=(relations[0],), collections=relations[1:]))
    assert found["kids"] == {"title": "Kids", "anyOf": [{"$ref": "#/$defs/Task"}, {"type": "null"}]}
    assert found["other"] == {"title": "Other"}
    many = definition(ObjectType("TASK", "Task", "Task", collections=relations[:1]))
    assert many["kids"] == {"title": "Kids", "type": ["array", "null"], "items": {"$ref": "#/$defs/Task"}}


def test_custom_fields_are_there_when_the_snapshot_holds_them() -> None:
    tenant = replace(SMALL.objects[1], custom={"Region": {"type": "string"}, "Odd": {"type": "?"}, "Bare": None})
    found = definition(tenant)
    text = {"type": "string"}
    several = {"type": "array", "items": text}
    assert found["DE:Region"] == {
        "title": "Region", "description": "custom field", "anyOf": [text, several, {"type": "null"}]
    }  # fmt: skip
    assert found["DE:Odd"] == {"title": "Odd", "description": "custom field"}
    assert found["DE:Bare"] == {"title": "Bare", "description": "custom field"}


def test_a_custom_field_with_options_takes_one_several_none_and_others() -> None:
    options: list[JsonValue] = [{"label": "North", "value": "North"}, {"label": "South", "value": "South"}]
    tenant = replace(SMALL.objects[1], custom={"Region": {"type": "string", "possibleValues": options}})
    choice = [{"type": "string", "enum": ["North", "South"]}, {"type": "string"}]
    several = {"type": "array", "items": {"anyOf": choice}}
    assert definition(tenant)["DE:Region"]["anyOf"] == [*choice, several, {"type": "null"}]  # type: ignore[index]


@pytest.mark.parametrize(
    ("pattern", "written", "fits"),
    [
        (DATE_TIME, "2017-03-24T17:00:00:000+0400", True),
        (DATE_TIME, "2017-03-24T17:00:00.000Z", True),
        (DATE_TIME, "2017-03-24", True),
        (DATE_TIME, "24.03.2017", False),
        (DATE_TIME, "2017-03-24T17", False),
        (DATE, "2017-03-24", True),
        (DATE, "tomorrow", False),
        (AMOUNT, "-12.50", True),
        (AMOUNT, "1E+3", True),
        (AMOUNT, "12,50", False),
    ],
)
def test_the_patterns_are_the_forms_that_travel(pattern: str, written: str, fits: bool) -> None:
    assert bool(re.search(pattern, written)) is fits


def test_no_format_is_named_and_the_root_leads_to_every_definition() -> None:
    snapshot = store.load_snapshot(store.standard_schema(), "v22.0")
    schema = json_schema(snapshot)
    assert '"format": "' not in json.dumps(schema)
    assert schema["anyOf"] == [{"$ref": f"#/$defs/{item.name}"} for item in snapshot.objects]
    assert "anyOf" not in json_schema(Snapshot("v90.0", ()))


AJV = """
const Ajv = require(process.argv[1] + "/ajv/dist/2020");
const said = [];
const note = (text) => said.push(String(text));
new Ajv({logger: {log: note, warn: note, error: note}}).compile(JSON.parse(require("fs").readFileSync(0, "utf8")));
console.log(JSON.stringify(said));
"""


@pytest.mark.parametrize("version", ["v17.0", "v21.0", "v22.0"])
def test_a_strict_validator_of_javascript_takes_it_without_a_word(version: str) -> None:
    modules = os.environ.get("WORKFRONT_NODE_MODULES")
    if not modules or shutil.which("node") is None:
        pytest.skip("needs node, and a folder with ajv 8 in WORKFRONT_NODE_MODULES (npm install ajv)")
    schema = json.dumps(json_schema(store.load_snapshot(store.standard_schema(), version)))
    done = subprocess.run(["node", "-e", AJV, modules], input=schema, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_every_member_of_every_object_is_a_property() -> None:
    snapshot = store.load_snapshot(store.standard_schema(), "v22.0")
    definitions = json_schema(snapshot)["$defs"]
    assert isinstance(definitions, dict)
    assert definitions.keys() == {item.name for item in snapshot.objects}
    for item in snapshot.objects:
        relations = (*item.references, *item.collections)
        members = {field.name for field in item.fields} | {relation.name for relation in relations}
        assert definitions[item.name]["properties"].keys() == members  # type: ignore[index, call-overload, union-attr]


def test_references_in_the_schema_lead_somewhere() -> None:
    text = json.dumps(schema := json_schema(store.load_snapshot(store.standard_schema(), "v22.0")))
    targets = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
    assert targets
    assert targets <= schema["$defs"].keys()  # type: ignore[union-attr]


def test_the_explorer_export_is_a_folder_a_host_could_serve(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["export", "--format", "explorer", "--api-version", "v22.0", "--out", str(out)])
    assert result.exit_code == 0, result.output
    files = {file.name: json.loads(file.read_text())["data"] for file in (out / "v22.0").iterdir()}
    entries = index_entries(files.pop("metadata.json"))
    objects = tuple(normalise(files[f"{code.lower()}.json"], entry) for code, entry in entries.items())
    assert Snapshot("v22.0", objects) == store.load_snapshot(store.standard_schema(), "v22.0")
    assert len(files) == 174


def test_the_schema_export_has_the_overrides_applied(tmp_path: Path) -> None:
    store.save_snapshot(SMALL, tmp_path / "schema")
    (tmp_path / "schema" / "overrides.toml").write_text(
        '[[fix]]\nobject = "TASK"\npath = "fields.strange.type"\nop = "set"\nvalue = "date"\nreason = "seen in rows"\n'
    )
    arguments = ["--schema", str(tmp_path / "schema"), "--out", str(tmp_path / "out"), "--api-version", "v22.0"]
    result = CliRunner().invoke(app, ["export", "--format", "jsonschema", *arguments])
    assert result.exit_code == 0, result.output
    written = json.loads((tmp_path / "out" / "v22.0.schema.json").read_text())
    assert written["$defs"]["Task"]["properties"]["strange"]["pattern"] == DATE
    assert written["title"] == "Workfront API v22.0"
