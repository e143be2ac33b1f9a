"""Custom fields of every kind, the whole way: a tenant's parameters, fetched, generated, written, kept, read, filtered.

The server is the sandbox; its parameters have every pair of dataType and displayType on record (docs/protocol.md 7.9).
"""

from __future__ import annotations

import copy
import importlib
import json
import pickle
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from workfront_client.v22 import Workfront as Plain
from workfront_codegen.fetch import fetch
from workfront_codegen.generate import generate
from workfront_codegen.host import host
from workfront_core import Linked, QueryError, RichText, raw_custom
from workfront_core.errors import WorkfrontError
from workfront_schema import store
from workfront_testing import SandboxKit, live

PAIRS = {
    "Line": "TEXT TEXT", "Story": "TEXT TXTA", "Secret": "TEXT PSWD", "Outside": "TEXT EXTRNL", "Loaves": "NMBR TEXT",
    "Price": "CURC TEXT", "Opened": "DATE TEXT", "Noticed": "DTTM TEXT", "Flour": "TEXT SLCT", "Crust": "TEXT RDIO",
    "Seeds": "TEXT MULT", "Days": "TEXT CHCK", "Baker": "TEXT TYAH", "Helper": "TEXT INTRNL", "Free": "TEXT TYAH",
    "Sum": "NMBR CALC", "Text sum": "TEXT CALC", "Date sum": "DATE CALC", "Up": "CURC ROLLUP",
    "One up": "NMBR SNGLROLLUP", "Phased": "DATE TIMEPHASED", "Note": "TEXT DTXT", "Film": "WIDGET VIDEO",
    "Native": "WIDGET WFNATIVE",
    "Recipe": "RICH RICH", "Lexical": "HTML RICH", "Files": "TEXT DOCUMENT", "Many inside": "TEXT MULTINTRNL",
    "Length": "DRTN TEXT", "Many outside": "TEXT MULTEXTRNL", "Costs / R&D? #1 100% it's +a. b  c": "TEXT TEXT",
}  # fmt: skip
CHOICES = {"SLCT", "RDIO", "MULT", "CHCK"}
OPTIONS = [
    {"label": "Yes, now", "value": "Y"},
    {"label": "No", "value": "N"},
    {"label": "Old", "value": "O", "isHidden": True},
]
WITHOUT_VALUE = {"Note", "Film", "Native"}
COMPUTED = {"Sum", "Text sum", "Date sum", "Up", "One up", "Phased"}
ODD = "Costs / R&D? #1 100% it's +a. b  c"


@pytest.fixture(scope="module")
def kit() -> Iterator[SandboxKit]:
    with live("demo") as started:
        with started.client(Plain) as wf:
            parts = [{"parameterID": _parameter(wf, name, pair)} for name, pair in PAIRS.items()]
            wf.untyped("CTGY").create({"name": "Bread", "objTypes": ["PROJ", "TASK"], "categoryParameters": parts})
        yield started


def _parameter(wf: Plain, name: str, pair: str) -> str:
    data, display = pair.split()
    row: dict[str, object] = {"name": name, "label": f"{name} label", "dataType": data, "displayType": display}
    if name in ("Baker", "Helper"):
        row["refObjCode"] = "USER"
    if display in CHOICES:
        row["parameterOptions"] = OPTIONS
    return str(wf.untyped("PARAM").create(row).id)


@pytest.fixture(scope="module")
def tenant(kit: SandboxKit, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("round")
    found = fetch(host(kit.url, api_key=kit.api_key), "v22.0", custom=True)
    store.save_snapshot(found, folder / "schema")
    generate(folder / "schema", ("v22.0",), "bread_wf", folder, check=False)
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module("bread_wf.v22")
    finally:
        sys.path.remove(str(folder))


@pytest.fixture
def wf(kit: SandboxKit, tenant: Any) -> Iterator[Any]:
    with kit.client(tenant.Workfront) as client:
        yield client


@pytest.fixture
def row_id(wf: Any) -> str:
    form = wf.untyped("CTGY").search(fields=["name"]).to_list()
    bread = next(item["ID"] for item in form if item["name"] == "Bread")
    return str(wf.project.create(name="x", category_id=bread).id)


def person(wf: Any) -> str:
    return str(wf.user.search(limit=1).to_list()[0].id)


def test_every_field_that_holds_a_value_is_a_member(tenant: Any) -> None:
    fields = {member.name: member for member in vars(tenant.Project.custom).values() if hasattr(member, "wire")}
    assert fields.keys() >= PAIRS.keys() - WITHOUT_VALUE
    assert not fields.keys() & WITHOUT_VALUE
    assert {name for name, member in fields.items() if member.read_only} >= COMPUTED
    assert not {name for name in PAIRS.keys() - COMPUTED - WITHOUT_VALUE if fields[name].read_only}


DRAFT = RichText.from_text("Dough")
CASES: list[tuple[str, Any, Any]] = [
    ("Line", "Sour", "Sour"), ("Line", None, None), ("Story", "a\nb", "a\nb"), ("Secret", "s", "s"),
    ("Outside", "x", "x"), ("Free", "any", "any"), (ODD, "v & w", "v & w"),
    ("Loaves", 12, 12.0), ("Loaves", 12.5, 12.5), ("Loaves", Decimal("0.25"), 0.25), ("Loaves", None, None),
    ("Price", Decimal("3.20"), Decimal("3.2")), ("Price", 3.5, Decimal("3.5")), ("Price", None, None),
    ("Opened", date(2026, 6, 13), date(2026, 6, 13)), ("Opened", None, None),
    ("Noticed", datetime(2026, 6, 13, 9, tzinfo=UTC), datetime(2026, 6, 13, 9, tzinfo=UTC)), ("Noticed", None, None),
    ("Flour", "Y", "Y"), ("Flour", "O", "O"), ("Flour", None, None), ("Crust", "N", "N"),
    ("Seeds", (), ()), ("Seeds", None, ()), ("Seeds", ["Y"], ("Y",)), ("Seeds", ("N", "Y"), ("N", "Y")),
    ("Days", ["N"], ("N",)), ("Days", ["N", "O"], ("N", "O")), ("Many outside", ["a", "b"], ("a", "b")),
    ("Recipe", DRAFT, DRAFT), ("Recipe", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "written", "read"), CASES, ids=[f"{name}-{value!s:.12}" for name, value, _ in CASES])
def test_a_value_comes_back_as_it_was_written(
    wf: Any, tenant: Any, row_id: str, name: str, written: Any, read: Any
) -> None:
    space = tenant.Project.f.custom
    member = next(key for key, field in vars(tenant.Project.custom).items() if getattr(field, "name", "") == name)
    wf.project.update(row_id, custom={name: written})
    for fields in ([getattr(space, member)], [f"DE:{name}"], [space]):
        row = wf.project.get(row_id, fields=fields)
        assert getattr(row.custom, member) == read
        assert type(getattr(row.custom, member)) is type(read) or isinstance(read, str)
    listed = wf.project.search(tenant.Project.f.id == row_id, fields=[space]).to_list()[0]
    assert getattr(listed.custom, member) == read
    setattr(row.custom, member, written)
    assert getattr(wf.project.save(row).custom, member) == read
    over = wf.task.create(name="t", project_id=row_id)
    found = wf.task.get(over.id, fields=[getattr(tenant.Task.f.project.custom, member)])
    assert getattr(found.project.custom, member) == read


def test_columns_of_tables_have_the_types_of_the_kinds(wf: Any, tenant: Any, row_id: str) -> None:
    """Through a related row, too; options stand in the metadata by value and name, and labels as people know them."""
    pytest.importorskip("pyarrow")
    ann = wf.user.search(limit=1, fields=["name"]).to_list()[0]
    given = {"Loaves": 12, "Price": Decimal("3.5"), "Opened": date(2026, 6, 13), "Seeds": ["Y"], "Baker": ann.id}
    wf.project.update(row_id, custom=given)
    space = tenant.Project.f.custom
    fields = [space.loaves, space.price, space.opened, space.seeds, space.baker]
    table = wf.project.search(tenant.Project.f.id == row_id, fields=fields).to_arrow()
    expected = {
        "DE:Loaves": 12.0,
        "DE:Price": Decimal("3.5"),
        "DE:Opened": date(2026, 6, 13),
        "DE:Seeds": ["Y"],
        "DE:Baker": {"ID": ann.id, "name": ann.name, "objCode": "USER"},
    }
    assert table.select(list(expected)).to_pylist() == [expected]
    codes = json.loads(table.schema.field("DE:Seeds").metadata[b"workfront:codes"])
    assert codes == {"Y": "YES_NOW", "N": "NO", "O": "OLD"}
    labels = {name: table.schema.field(name).metadata[b"workfront:label"] for name in expected}
    assert labels == {name: f"{name.removeprefix('DE:')} label".encode() for name in expected}
    over = wf.task.create(name="t", project_id=row_id)
    above = [tenant.Task.f.project.custom.loaves, tenant.Task.f.project.custom.baker]
    found = wf.task.search(tenant.Task.f.id == over.id, fields=above).to_arrow()
    related = {"ID": row_id, "DE:Loaves": 12.0, "DE:Baker": expected["DE:Baker"]}
    assert found.column("project").to_pylist() == [related]


@pytest.mark.parametrize("member", ["baker", "helper"])
def test_a_reference_is_an_id_that_knows_its_name(wf: Any, tenant: Any, row_id: str, member: str) -> None:
    ann = wf.user.search(limit=1, fields=["name"]).to_list()[0]
    for value in (ann.id, ann, Linked(ann.id)):
        wf.project.update(row_id, custom={member.capitalize(): value})
        found = getattr(wf.project.get(row_id, fields=[tenant.Project.f.custom]).custom, member)
        assert (found, found.name, found.obj_code) == (ann.id, ann.name, "USER")
        wf.project.update(row_id, custom={member.capitalize(): found})
    path = getattr(tenant.Project.f.custom, member)
    assert row_id in [row.id for row in wf.project.search(path == found, fields=["name"])]


OPEN: list[tuple[str, Any]] = [
    ("Files", [{"ID": "1"}]), ("Files", "x"), ("Many inside", ["1", "2"]), ("Length", 90), ("Length", "2 h"),
    ("Lexical", '{"root": {"children": []}}'), ("Lexical", "plain"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), OPEN, ids=[f"{name}-{value!s:.12}" for name, value in OPEN])
def test_a_value_of_a_kind_that_is_not_on_record_comes_back_as_it_was_written(
    wf: Any, tenant: Any, row_id: str, name: str, value: Any
) -> None:
    member = next(key for key, field in vars(tenant.Project.custom).items() if getattr(field, "name", "") == name)
    wf.project.update(row_id, custom={name: value})
    row = wf.project.get(row_id, fields=[getattr(tenant.Project.f.custom, member)])
    assert (getattr(row.custom, member), row.custom[name]) == (value, value)
    wf.project.update(row_id, custom={name: None})
    assert wf.project.get(row_id, fields=[f"DE:{name}"]).custom[name] is None


def test_what_has_no_value_is_null_and_what_no_form_has_is_none_too(wf: Any, row_id: str) -> None:
    """The row with the form sends null; the one without may lack the key (docs/protocol.md 11.1)."""
    names = [name for name in PAIRS if name not in WITHOUT_VALUE]
    bare = wf.project.create(name="without a form").id
    for key in (row_id, bare):
        row = wf.project.get(key, fields=[f"DE:{name}" for name in names])
        assert {name: row.custom[name] for name in names} == dict.fromkeys(names)
        assert row.custom.seeds == row.custom.many_outside == ()
        assert row.custom.loaves is row.custom.baker is row.custom.flour is None


@pytest.mark.parametrize("custom", [{"Loaves label": 5}, raw_custom({"Loaves label": 5})], ids=["plain", "raw"])
def test_a_label_is_no_name_of_a_field(wf: Any, row_id: str, custom: Any) -> None:
    with pytest.raises(WorkfrontError, match='"Loaves label" not found'):
        wf.project.update(row_id, custom=custom)


@pytest.mark.parametrize("unknown", ["DE:Loaves label", "DE:Nobody", "DE:*"])
def test_what_no_field_is_called_is_refused_in_a_read(wf: Any, row_id: str, unknown: str) -> None:
    with pytest.raises(WorkfrontError):
        wf.project.get(row_id, fields=[unknown])


def test_a_day_in_a_field_of_date_and_time_is_read(tenant: Any) -> None:
    row = tenant.Project.from_wire({"ID": "1", "DE:Noticed": "2026-06-13"})
    assert row.custom.noticed in (date(2026, 6, 13), datetime(2026, 6, 13, tzinfo=UTC))


REFUSED: list[tuple[str, Any]] = [
    ("Flour", "Yes, now"), ("Flour", ["Y"]), ("Crust", "Z"), ("Seeds", ["Y", "Z"]), ("Seeds", 5), ("Flour", 5),
    *((name, 5) for name in sorted(COMPUTED)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_what_a_field_cannot_hold_is_refused_before_it_is_sent(
    wf: Any, kit: SandboxKit, row_id: str, name: str, value: Any
) -> None:
    before = len(kit.log)
    with pytest.raises(QueryError, match=f"DE:{name}"):
        wf.project.update(row_id, custom={name: value})
    assert len(kit.log) == before


@pytest.mark.parametrize(("name", "value"), [("Flour", "Yes, now"), ("Loaves", "many"), ("Opened", "x"), ("Sum", 5)])
def test_the_server_refuses_it_too(wf: Any, row_id: str, name: str, value: Any) -> None:
    with pytest.raises(WorkfrontError, match=f"DE:{name}"):
        wf.project.update(row_id, custom=raw_custom({name: value}))


def test_every_kind_is_found_by_a_condition(wf: Any, tenant: Any, row_id: str) -> None:
    space = tenant.Project.f.custom
    wf.project.update(row_id, custom={
        "Line": "Sour rye", "Loaves": 12, "Price": Decimal("3.5"), "Opened": date(2026, 6, 13), "Flour": "Y",
        "Seeds": ["N", "Y"], ODD: "a & b",
        "Noticed": datetime(2026, 6, 13, 9, tzinfo=UTC),
    })  # fmt: skip
    odd = next(key for key, field in vars(tenant.Project.custom).items() if getattr(field, "name", "") == ODD)
    for condition in (
        space.line.contains("rye"), space.loaves > 11, space.price == Decimal("3.5"), space.opened < date(2026, 7, 1),
        space.flour == "Y", space.flour.in_(["Y", "N"]), space.seeds.has("N"), space.seeds.has_all(["N", "Y"]),
        space.seeds.has_any(["O", "Y"]), getattr(space, odd) == "a & b", space.noticed.not_null(),
        space("Line") == "Sour rye", space["Line"].not_null(),
    ):  # fmt: skip
        assert [row.id for row in wf.project.search(condition, tenant.Project.f.id == row_id)] == [row_id], condition
    for condition in (space.loaves > 13, space.flour == "N", space.seeds.has_all(["N", "O"]), space.line.is_null()):
        assert wf.project.search(condition, tenant.Project.f.id == row_id).to_list() == [], condition
    names = [
        row.custom.line
        for row in wf.project.search(space.line.not_null(), fields=[space.line], order_by=[space.line.asc()])
    ]
    assert names == sorted(names)


def test_fields_and_options_that_came_later_are_kept(wf: Any, tenant: Any, kit: SandboxKit, row_id: str) -> None:
    """The package does not know them: they are read by name, written by ``raw_custom``, and survive a save."""
    with kit.client(Plain) as plain:
        new = _parameter(plain, "Newcomer", "TEXT MULT")
        forms = plain.untyped("CTGY").search(fields=["name", "categoryParameters:parameterID"])
        form = next(item for item in forms if item["name"] == "Bread")
        parts = [{"parameterID": part["parameterID"]} for part in form["categoryParameters"]]
        plain.untyped("CTGY").update(form.id, {"categoryParameters": [*parts, {"parameterID": new}]})
        flour = next(item for item in plain.untyped("PARAM").search(fields=["name"]) if item["name"] == "Flour")
        plain.untyped("POPT").create({"parameterID": flour.id, "label": "Spelt", "value": "S"})
    wf.project.update(row_id, custom=raw_custom({"Newcomer": ["Y", "N"], "Flour": "S", "Line": "x"}))
    row = wf.project.get(row_id, fields=[tenant.Project.f.custom])
    assert (row.custom["Newcomer"], row.custom.flour, type(row.custom.flour)) == (["Y", "N"], "S", str)
    row.custom.line = "y"
    assert dict(row.changes) == {"DE:Line": "y"}
    wf.project.save(row)
    again = wf.project.get(row_id, fields=[tenant.Project.f.custom])
    assert (again.custom["Newcomer"], again.custom.flour, again.custom.line) == (["Y", "N"], "S", "y")


ODD_VALUES: list[Any] = [
    None, True, 0, -1.5, 1e300, "", "x", "🚀", "2026-06-13", [], ["a", None, {"b": []}], {}, {"a": {"b": [1]}},
    '{"objCode": 5}', "2017-06-13T09:00:00:000-0600", "NaN", "{not json", {"objCode": "USER"}, [[["deep"]]],
]  # fmt: skip


@pytest.mark.parametrize("value", ODD_VALUES, ids=[repr(value)[:20] for value in ODD_VALUES])
def test_any_value_in_any_field_is_kept(tenant: Any, value: Any) -> None:
    """Whatever a server sends for a field of whatever kind: nothing fails, and the row gives it back as it came."""
    members = {key: field for key, field in vars(tenant.Project.custom).items() if hasattr(field, "wire")}
    sent = {"ID": "1", **{field.wire: value for field in members.values()}}
    row = tenant.Project.from_wire(copy.deepcopy(sent))
    for key in members:
        getattr(row.custom, key)
    twins = [
        row,
        copy.deepcopy(row),
        row.model_copy(),
        pickle.loads(pickle.dumps(row)),  # noqa: S301
        tenant.Project.from_wire(row.to_wire()),
    ]
    for twin in twins:
        assert twin.to_wire() == sent
        assert dict(twin.custom) == {field.name: value for field in members.values()}
    assert dict(row.changes) == {}
    nested = tenant.Task.from_wire({"ID": "2", "project": copy.deepcopy(sent)})
    assert nested.project.to_wire() == sent
    held = tenant.Project.from_wire({"ID": "1", "parameterValues": {f.wire: value for f in members.values()}})
    assert {key: repr(getattr(held.custom, key)) for key in members} == {
        key: repr(getattr(row.custom, key)) for key in members
    }
