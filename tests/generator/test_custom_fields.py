"""A tenant's custom fields: named in their own letters, typed in rows, paths and writes, sent with their prefix."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.loopback import Answer, Asked, loopback
from workfront_codegen.custom_names import custom_names
from workfront_codegen.generate import generate
from workfront_codegen.lock import NamesLock, load_lock
from workfront_core import ApiKey
from workfront_core.query.filter_parameters import parameters
from workfront_schema import store
from workfront_schema.custom_fields import CustomField, custom_fields
from workfront_schema.errors import SchemaError
from workfront_schema.snapshot import EnumValue, Field, ObjectType, Relation, Snapshot

TENANT: dict[str, Any] = {
    "Market": {
        "type": "string",
        "possibleValues": [{"label": "North", "value": "N"}, {"label": "South", "value": "S"}],
    },
    "Note": {"type": "string"},
    "Go-live": {"type": "date"},
    "Margin": {"type": "double"},
    "地域": {"type": "string"},
    "status": {"type": "quantum"},
    "odd": None,
}
PROJECT = ObjectType(
    "PROJ",
    "Project",
    "Project",
    verbs=("add", "edit", "get", "search"),
    fields=(Field("ID", "ID", "string"), Field("status", "Status", "string")),
    custom=TENANT,
)
TASK = ObjectType(
    "TASK",
    "Task",
    "Task",
    verbs=("get", "search"),
    fields=(Field("ID", "ID", "string"),),
    references=(Relation("project", "Project", "Project", "PROJ"),),
    custom={"Market": TENANT["Market"]},
)


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    place = tmp_path_factory.mktemp("tenant")
    store.save_snapshot(Snapshot("v22.0", (PROJECT, TASK)), place / "schema")
    generate(place / "schema", ("v22.0",), "tenant_of_a_test", place, check=False)
    sys.path.insert(0, str(place))
    try:
        import tenant_of_a_test.v22 as package  # type: ignore[import-not-found]

        yield package
    finally:
        sys.path.remove(str(place))


def sent(condition: Any) -> list[tuple[str, str]]:
    return list(parameters([condition]))


def test_rows_have_them_typed(tenant: Any) -> None:
    wire = {
        "ID": "1",
        "DE:Market": ["N", "S"],
        "DE:Go-live": "2026-06-13",
        "DE:Margin": "0.5",
        "DE:地域": "x",
        "DE:odd": [1],
    }
    row = tenant.Project.from_wire(wire, strict=True)
    assert (row.de_market, row.de_go_live, row.de_margin, row.de_地域) == (
        ["N", "S"], date(2026, 6, 13), 0.5, "x",
    )  # fmt: skip
    assert tenant.Project.from_wire({"DE:Market": "N"}, strict=True).de_market == "N"
    assert row["DE:Market"] == row.de_market
    assert not hasattr(row, "de_note")


def test_a_field_may_be_called_like_a_native_one(tenant: Any) -> None:
    row = tenant.Project.from_wire({"status": "CUR", "DE:status": "mine"})
    assert (row.status, row.de_status) == ("CUR", "mine")


def test_paths_send_the_prefix_first_over_a_relation_too(tenant: Any) -> None:
    assert sent(tenant.Project.f.de_market == "N") == [("DE:Market", "N")]
    assert sent(tenant.Task.f.project.de_go_live == date(2026, 6, 13)) == [("DE:project:Go-live", "2026-06-13")]
    assert str(tenant.Task.f.project.de_地域.asc().key) == "DE:project:地域"
    assert tenant.ProjectField.DE_MARKET == "DE:Market"


def test_writes_carry_them_by_their_wire_name(tenant: Any) -> None:
    def answer(asked: Asked) -> Answer:
        return Answer({"ID": "1"} if asked.method == "POST" else [])

    with loopback(answer) as server, tenant.Workfront(server.url, auth=ApiKey("k")) as wf:
        wf.project.create(de_market=["N"], de_go_live=date(2026, 6, 13), de_margin=0.5)
        assert server.last.json == {"DE:Market": ["N"], "DE:Go-live": "2026-06-13", "DE:Margin": 0.5}
        list(wf.task.search(fields=[tenant.Task.f.project.de_market, "DE:Market"]))
        assert ("fields", "DE:project:Market,DE:Market") in server.last.query
    assert {"de_market", "de_note", "de_地域"} <= set(tenant.ProjectValues.__annotations__)


def test_what_metadata_says_is_in_the_docstring(tenant: Any) -> None:
    source = Path(sys.modules[tenant.Project.__module__].__file__ or "").read_text("utf-8")
    assert "Market. custom field, string, options N, S. Wire name: DE:Market." in source


def test_names_are_kept_in_the_lock_of_the_folder(tmp_path: Path) -> None:
    store.save_snapshot(Snapshot("v22.0", (PROJECT,)), tmp_path / "schema")
    generate(tmp_path / "schema", ("v22.0",), "acme", tmp_path, check=False)
    kept = json.loads((tmp_path / "schema/names.lock").read_text())["custom"]
    assert kept["Go-live"] == "de_go_live"
    kept["Go-live"] = "de_launch"
    lock = NamesLock({"custom": kept})
    assert custom_names(TENANT, lock)["Go-live"] == "de_launch"
    assert "custom" not in json.loads(load_lock(store.standard_schema() / "names.lock").text())


@pytest.mark.parametrize("spoilt", ["not a name", "class", "", "_hidden", "de_note"])
def test_a_lock_spoilt_by_hand_is_told(spoilt: str, tmp_path: Path) -> None:
    store.save_snapshot(Snapshot("v22.0", (PROJECT,)), tmp_path / "schema")
    (tmp_path / "schema" / "names.lock").write_text(json.dumps({"custom": {"Market": spoilt, "Note": "de_note"}}))
    with pytest.raises(SchemaError, match=r"PROJ: .*custom\.Market"):
        generate(tmp_path / "schema", ("v22.0",), "acme", tmp_path, check=False)


def test_a_member_an_override_adds_is_one_of_them_and_may_be_renamed(tmp_path: Path) -> None:
    schema = tmp_path / "schema"
    store.save_snapshot(Snapshot("v22.0", (PROJECT,)), schema)
    (schema / "overrides.toml").write_text(
        '[[fix]]\nobject = "PROJ"\npath = "fields.DE:Region"\nop = "add"\nvalue = { type = "string" }\nreason = "r"\n'
        '[[fix]]\nobject = "PROJ"\npath = "fields.DE:Region"\nop = "rename"\nvalue = "region"\nreason = "r"\n'
    )
    with (schema / "overrides.toml").open("a") as file:
        file.write('[[fix]]\nobject = "PROJ"\npath = "custom.Note"\nop = "rename"\nvalue = "remark"\nreason = "r"\n')
    generate(schema, ("v22.0",), "acme", tmp_path, check=False)
    assert 'remark: str | None = _models.wire("DE:Note")' in (tmp_path / "acme/v22/models/project.py").read_text()
    assert 'region: str | None = _models.wire("DE:Region")' in (tmp_path / "acme/v22/models/project.py").read_text()


@pytest.mark.parametrize(
    ("wire", "name"),
    [
        ("Region", "de_region"), ("Go-live  Date", "de_go_live_date"), ("planHours", "de_plan_hours"),
        ("100% done", "de_100_percent_done"), ("Cost (€)", "de_cost_euro"), ("R&D", "de_r_ampersand_d"),
        ("class", "de_class"), ("地域", "de_地域"), ("Бюджет", "de_бюджет"), ("ไทย", "de_ไทย"), ("a\u200bb", "de_ab"),
        ("Ｗｉｄｅ", "de_wide"), ("__x__", "de_x"),
    ],
)  # fmt: skip
def test_a_name_is_made_of_the_field_s_own_words(wire: str, name: str) -> None:
    assert custom_names([wire], NamesLock({})) == {wire: name}


@pytest.mark.parametrize("wire", ["", "  ", "🚀", "-", "\u200b", "x" * 500])
def test_where_no_word_is_left_or_too_many_are_a_mark_tells_them_apart(wire: str) -> None:
    name = custom_names([wire], NamesLock({}))[wire]
    assert name.isidentifier()
    assert len(name) <= 66


@settings(deadline=None, max_examples=300)
@given(st.sets(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=30), st.data())
def test_any_names_get_one_each_that_python_keeps_apart(wires: set[str], data: st.DataObject) -> None:
    names = custom_names(wires, NamesLock({}))
    assert names.keys() == wires
    assert len({unicodedata.normalize("NFKC", name) for name in names.values()}) == len(wires)
    assert len({unicodedata.normalize("NFKC", name.upper()) for name in names.values()}) == len(wires)
    assert all(name.isidentifier() and name.startswith("de_") for name in names.values())
    first = set(data.draw(st.lists(st.sampled_from(sorted(wires)), unique=True))) if wires else set()
    lock = NamesLock({})
    before = dict(custom_names(first, lock))
    after = custom_names(wires, lock)
    assert {wire: after[wire] for wire in before} == before
    assert len(set(after.values())) == len(wires)


def test_what_a_snapshot_holds_of_them() -> None:
    item = ObjectType(
        "PROJ", "Project", "", custom={"b": 5, "a": {"type": 7, "possibleValues": ["x", {"value": "y"}, {}, 3]}},
        fields=(Field("DE:c", "C", "int", values=(EnumValue("z", "Z"), EnumValue(1, "One"))), Field("d", "D")),
    )  # fmt: skip
    assert custom_fields(item) == (
        CustomField("a", None, ("x", "y")),
        CustomField("b", None),
        CustomField("c", "int", ("z",)),
    )
