"""A sandbox that serves snapshots of one's own: their object types, versions, fields and forms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from workfront_cli.sandbox.command import command
from workfront_client import ApiKey
from workfront_client.v22 import Project, Workfront
from workfront_codegen.fetch import fetch
from workfront_codegen.host import host
from workfront_core.errors import WorkfrontError
from workfront_sandbox.tenant.schema_seed import SchemaRefused
from workfront_schema import store
from workfront_schema.custom_fields import CustomCatalogue, CustomField, CustomForm, FieldKind, FieldOption
from workfront_schema.snapshot import Field, ObjectType
from workfront_testing import in_process, live

VALUES = (FieldOption("N", "North"), FieldOption("S", "South", hidden=True))
FIELDS = tuple(
    CustomField(
        f"A {kind}", kind, f"The {kind}", ("PROJ",), VALUES if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else (),
        complete=kind in (FieldKind.CHOICE, FieldKind.CHOICES), source="param",
        target="USER" if kind is FieldKind.LINK else None, read_only=kind is FieldKind.MONEY,
    )
    for kind in FieldKind if kind not in (FieldKind.OPTIONS, FieldKind.JSON)
)  # fmt: skip
FORMS = (CustomForm("Intake", ("PROJ",), {item.name: item.kind is FieldKind.CHOICE for item in FIELDS}),)


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    """A tenant's folder: v22.0 with fields and forms, and v23.0 with an object type that nobody else has."""
    shipped = store.load_snapshot(store.standard_schema(), "v22.0")
    own = replace(shipped, custom=CustomCatalogue(FIELDS, FORMS))
    extra = ObjectType(
        "NEWOBJ", "NewObject", "New", verbs=("add", "get", "search"), fields=(Field("ID", "ID", "string"),)
    )
    store.save_snapshot(own, tmp_path / "schema")
    store.save_snapshot(replace(own, version="v23.0", objects=(*own.objects, extra)), tmp_path / "schema")
    return tmp_path / "schema"


def test_what_it_serves_is_fetched_again(schema: Path) -> None:
    with live(schema=schema) as kit:
        found = fetch(host(kit.url, api_key=kit.api_key), "v22.0", custom=True)
    assert found.parts == {"custom": "metadata", "param": "read", "ctgy": "read"}
    assert found.custom == store.load_snapshot(schema, "v22.0").custom


def test_versions_beyond_the_shipped_ones_are_served(schema: Path) -> None:
    with in_process(schema=schema) as kit:
        client = type("Next", (Workfront,), {"api_version": "v23.0"})
        with client(kit.url, auth=ApiKey(kit.api_key), transport=kit.transport, allow_insecure=True) as wf:
            assert wf.untyped("NEWOBJ").search().to_list() == []
            assert "NEWOBJ" in wf.metadata()
        with kit.client(Workfront) as wf, pytest.raises(WorkfrontError):
            wf.untyped("NEWOBJ").search().to_list()
    with in_process() as kit:
        client = type("Next", (Workfront,), {"api_version": "v23.0"})
        other = client(kit.url, auth=ApiKey(kit.api_key), transport=kit.transport, allow_insecure=True)
        with other as wf, pytest.raises(WorkfrontError):
            wf.project.search().to_list()


def test_a_version_has_the_fields_of_its_own_snapshot_whatever_rows_hold(schema: Path) -> None:
    newest = store.load_snapshot(schema, "v23.0")
    project = next(item for item in newest.objects if item.obj_code == "PROJ")
    less = replace(project, fields=tuple(item for item in project.fields if item.name != "budget"))
    objects = tuple(less if item is project else item for item in newest.objects)
    store.save_snapshot(replace(newest, version="v23.0", objects=objects), schema)
    with in_process(schema=schema) as kit:
        with kit.client(Workfront) as wf:
            row = wf.project.create(name="x", budget=5)
            assert "'budget'" in str(wf.request("GET", f"PROJ/{row.id}", params={"fields": "*"}))
        client = type("Next", (Workfront,), {"api_version": "v23.0"})
        with client(kit.url, auth=ApiKey(kit.api_key), transport=kit.transport, allow_insecure=True) as wf:
            assert "'budget'" not in str(wf.request("GET", f"PROJ/{row.id}", params={"fields": "*"}))
            for asked in ({"fields": "budget"}, {"budget": "5"}, {"budget_Sort": "asc"}):
                with pytest.raises(WorkfrontError, match="does not support field budget"):
                    wf.request("GET", "PROJ/search", params=asked)


def test_its_fields_are_kept_by_their_kind(schema: Path) -> None:
    with in_process(schema=schema) as kit, kit.client(Workfront) as wf:
        (form,) = wf.untyped("CTGY").search().to_list()
        made = wf.project.create(
            name="x", category_id=form.id, custom={"A choices": ["N"], "A choice": "N"},
            fields=[Project.f.custom("A choices"), Project.f.custom("A choice")],
        )  # fmt: skip
        assert (made.custom["A choices"], made.custom["A choice"]) == ("N", "N")


def test_the_seed_goes_before_its_names(schema: Path) -> None:
    with in_process({"PARAM": [{"ID": "5d" * 16, "name": "A text", "dataType": "TEXT"}]}, schema=schema) as kit:
        rows = [row for row in kit.sandbox.rows("PARAM") if row["name"] == "A text"]
        assert [row["ID"] for row in rows] == ["5d" * 16]


def test_the_demo_tenant_has_the_fields_of_the_schema_and_none_of_its_own(schema: Path) -> None:
    with in_process("demo", schema=schema) as kit, kit.client(Workfront) as wf:
        assert {row["name"] for row in kit.sandbox.rows("PARAM")} == {item.name for item in FIELDS}
        assert [row["name"] for row in kit.sandbox.rows("CTGY")] == ["Intake"]
        rows = wf.project.search(fields=[Project.f.custom, Project.f.category_id]).to_list()
        assert len(rows) == 30
        assert not any(dict(row.custom) or row.category_id for row in rows)


def test_a_folder_without_snapshots_is_refused(tmp_path: Path) -> None:
    with pytest.raises((SchemaRefused, WorkfrontError), match="snapshot"), in_process(schema=tmp_path):
        pass
    result = CliRunner().invoke(command, ["--schema", str(tmp_path), "--port", "0"])
    assert result.exit_code != 0
    assert "snapshot" in str(result.output) + str(result.exception)
