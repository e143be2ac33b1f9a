"""A tenant's custom fields in a package of its own: typed in rows, paths and writes, in a namespace apart."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support.loopback import Answer, Received, loopback
from tests.support.tenant_package import tenant_package
from workfront_codegen.generate import generate
from workfront_core import ApiKey, FieldNotLoaded, Linked, QueryError, RichText, RowInput, raw_custom
from workfront_core.query.filter_parameters import parameters
from workfront_schema import store
from workfront_schema.custom_fields import CustomCatalogue, CustomField, CustomForm, FieldKind, FieldOption
from workfront_schema.errors import SchemaError
from workfront_schema.snapshot import Field, ObjectType, Relation, Snapshot

ID = "5d" * 16
MARKET = tuple(FieldOption(value, label) for value, label in (("N", "North"), ("S", "South"), ("Y", "Yes, now")))
KINDS = {
    "Note": FieldKind.TEXT, "Margin": FieldKind.NUMBER, "Cost": FieldKind.MONEY, "Go-live": FieldKind.DATE,
    "Call": FieldKind.DATE_TIME, "Lead": FieldKind.LINK, "Text": FieldKind.RICH, "Odd": FieldKind.JSON,
    "get": FieldKind.TEXT, "keys": FieldKind.TEXT, "status": FieldKind.TEXT, "地域": FieldKind.TEXT,
    "custom": FieldKind.TEXT,
}  # fmt: skip
FIELDS = (
    *(CustomField(name, kind, name, ("PROJ",), source="param") for name, kind in KINDS.items()),
    CustomField("Region", FieldKind.CHOICE, "Region", ("PROJ", "TASK"), MARKET, complete=True, source="param"),
    CustomField("Sizes", FieldKind.CHOICES, "Sizes", ("PROJ",), MARKET, complete=True, source="param"),
    CustomField("Either", FieldKind.OPTIONS, "Either", ("PROJ",), MARKET),
    CustomField("Total", FieldKind.NUMBER, "Total", ("PROJ",), read_only=True, source="param"),
)
TENANT = CustomCatalogue(FIELDS, (CustomForm("Intake", ("PROJ",), {"Region": True, "Note": False}),))
PROJECT = ObjectType(
    "PROJ",
    "Project",
    "Project",
    verbs=("add", "copy", "edit", "get", "search"),
    fields=(Field("ID", "ID", "string"), Field("status", "Status", "string")),
)
TASK = ObjectType(
    "TASK",
    "Task",
    "Task",
    verbs=("get", "search"),
    fields=(Field("ID", "ID", "string"),),
    references=(Relation("project", "Project", "Project", "PROJ"),),
)
SNAPSHOT = Snapshot("v22.0", (PROJECT, TASK), custom=TENANT)


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with tenant_package(SNAPSHOT, "tenant_of_a_test", tmp_path_factory.mktemp("tenant")) as package:
        yield package


def sent(condition: Any) -> list[tuple[str, str]]:
    return list(parameters([condition]))


READ: list[tuple[str, str, Any, Any]] = [
    ("text", "Note", "x", "x"),
    ("number", "Margin", 0.5, 0.5),
    ("number as text", "Margin", "0.5", 0.5),
    ("amount", "Cost", 12.5, Decimal("12.5")),
    ("amount as text", "Cost", "12.50", Decimal("12.50")),
    ("date", "Go-live", "2026-06-13", date(2026, 6, 13)),
    ("moment", "Call", "2017-06-13T09:00:00:000+0000", datetime(2017, 6, 13, 9, tzinfo=UTC)),
    ("reference", "Lead", '{"objCode":"USER","name":"Ann","ID":"a1"}', "a1"),
    ("nested reference", "Lead", {"objCode": "USER", "name": "Ann", "ID": "a1"}, "a1"),
    ("bare reference", "Lead", "a1", "a1"),
    ("any JSON", "Odd", {"a": [1]}, {"a": [1]}),
    ("option", "Region", "N", "N"),
    ("option that is gone", "Region", "West", "West"),
    ("none of several", "Sizes", None, ()),
    ("one of several", "Sizes", "S", ("S",)),
    ("several", "Sizes", ["S", "N"], ("S", "N")),
    ("one, where nobody knows", "Either", "S", ("S",)),
    ("several, where nobody knows", "Either", ["S"], ("S",)),
    ("computed", "Total", 5, 5.0),
    ("no value", "Note", None, None),
    ("no reference", "Lead", None, None),
]


@pytest.mark.parametrize(("_what", "wire", "came", "value"), READ, ids=[case[0] for case in READ])
def test_rows_have_them_typed(tenant: Any, _what: str, wire: str, came: Any, value: Any) -> None:
    row = tenant.Project.from_wire({"ID": "1", f"DE:{wire}": came})
    name = {"Go-live": "go_live"}.get(wire, wire.lower())
    found = getattr(row.custom, name)
    assert found == value
    assert type(found) is type(value) or isinstance(found, str)
    assert row.custom[wire] == came == row.custom[f"DE:{wire}"]
    assert dict(row.custom) == {wire: came}
    assert wire in row.custom
    assert "Other" not in row.custom


def test_an_option_is_a_member_and_a_reference_says_what_it_refers_to(tenant: Any) -> None:
    from tenant_of_a_test.v22.options import RegionOption  # type: ignore[import-not-found]

    row = tenant.Project.from_wire({"DE:Region": "Y", "DE:Lead": '{"objCode":"USER","name":"Ann","ID":"a1"}'})
    assert row.custom.region is RegionOption.YES_NOW
    assert (row.custom.lead.name, row.custom.lead.obj_code, row.custom.lead.id) == ("Ann", "USER", "a1")
    assert isinstance(row.custom.lead, Linked)
    assert json.dumps(row.custom.lead) == '"a1"'


def test_what_does_not_fit_stays_as_it_came_and_is_told_once(tenant: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert tenant.Project.from_wire({"DE:Margin": "much"}).custom.margin == "much"
    assert [record.name for record in caplog.records] == ["workfront"]


def test_what_was_not_loaded_is_told_and_what_the_forms_lack_is_none(tenant: Any) -> None:
    with pytest.raises(FieldNotLoaded, match="DE:Region"):
        _ = tenant.Project.from_wire({"ID": "1"}).custom.region
    asked = tenant.Project.from_wire({"ID": "1"}, asked=frozenset({"DE:Region", "DE:Sizes"}))
    assert (asked.custom.region, asked.custom.sizes) == (None, ())
    listed = tenant.Project.from_wire({"parameterValues": {"DE:Note": "x"}})
    assert (listed.custom.note, listed.custom.region) == ("x", None)


def test_a_field_may_be_called_like_a_native_one_or_like_a_method(tenant: Any) -> None:
    row = tenant.Project.from_wire({"status": "CUR", "DE:status": "mine", "DE:get": "g", "DE:custom": "c"})
    assert (row.status, row.custom.status, row.custom.get, row.custom.custom) == ("CUR", "mine", "g", "c")
    assert "get" in dir(row.custom)
    with pytest.raises(AttributeError, match="regoin"):
        _ = row.custom.regoin
    with pytest.raises(AttributeError, match="regoin"):
        row.custom.regoin = "N"


def test_a_field_of_any_name_leaves_the_view_a_view(tenant: Any) -> None:
    """``dict()`` asks what it is given for ``keys``; so may no field of that name be one."""
    held = {f"DE:{name}": None for name in KINDS}
    row = tenant.Project.model_validate({"ID": ID, **held, "DE:keys": "k", "DE:get": "g"})
    assert dict(row.custom) == {**dict.fromkeys(KINDS), "keys": "k", "get": "g"}
    assert row.custom == tenant.Project.model_validate({"ID": ID, **held, "DE:keys": "k", "DE:get": "g"}).custom
    assert (row.custom.keys_, row.custom["keys"], row.custom.get) == ("k", "k", "g")


def test_assigning_changes_the_row_in_the_form_of_the_wire(tenant: Any) -> None:
    row = tenant.Project.from_wire({"ID": "1", "DE:Go-live": "2026-06-13", "DE:Sizes": ["S"]})
    assert dict(row.changes) == {}
    row.custom.go_live = date(2026, 7, 1)
    row.custom.sizes = ()
    row.custom["Note"] = "x"
    assert dict(row.changes) == {"DE:Go-live": "2026-07-01", "DE:Sizes": None, "DE:Note": "x"}
    assert (row.custom.go_live, row.custom.sizes) == (date(2026, 7, 1), ())
    with pytest.raises(QueryError, match="computed"):
        row.custom.total = 5
    with pytest.raises(QueryError, match="'N', 'S'"):
        row.custom.region = "North"


PATHS: list[tuple[str, Any, str, str]] = [
    ("go_live", date(2026, 6, 13), "Go-live", "2026-06-13"),
    ("region", "N", "Region", "N"),
    ("either", "N", "Either", "N"),
    ("lead", "a1", "Lead", "a1"),
    ("margin", 5, "Margin", "5"),
    ("cost", Decimal("1.5"), "Cost", "1.5"),
    ("地域", "x", "地域", "x"),
    ("get", "x", "get", "x"),
]


@pytest.mark.parametrize(("name", "value", "wire", "text"), PATHS)
def test_paths_send_the_prefix_first_over_a_relation_too(
    tenant: Any, name: str, value: Any, wire: str, text: str
) -> None:
    assert sent(getattr(tenant.Project.f.custom, name) == value) == [(f"DE:{wire}", text)]
    assert sent(getattr(tenant.Task.f.project.custom, name) == value) == [(f"DE:project:{wire}", text)]
    assert sent(tenant.Task.f.project.custom(wire) == value) == [(f"DE:project:{wire}", text)]
    assert sent(tenant.Task.f.project.custom[wire] == value) == [(f"DE:project:{wire}", text)]
    assert getattr(tenant.Project.f, f"de_{name}") is getattr(tenant.Project.f.custom, name)
    assert f"de_{name}" in dir(tenant.Project.f)


def test_several_choices_have_tests_of_their_own(tenant: Any) -> None:
    assert sent(tenant.Project.f.custom.sizes.has("S")) == [("DE:Sizes", "S")]
    both = sent(tenant.Project.f.custom.sizes.has_all(["S", "N"]))
    assert ("DE:Sizes_Mod", "allof") in both
    assert str(tenant.Task.f.project.custom) == "project:parameterValues"


def test_a_label_in_place_of_a_value_is_told_once(tenant: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert sent(tenant.Project.f.custom.region == "North") == [("DE:Region", "North")]
        sent(tenant.Project.f.custom.region == "North")
        sent(tenant.Project.f.custom.region == "West")
    assert len(caplog.records) == 1


def test_writes_carry_them_and_are_checked_first(tenant: Any) -> None:
    def answer(asked: Received) -> Answer:
        return Answer({"ID": ID} if asked.method != "GET" else [])

    custom = {
        "Region": "N", "Sizes": ("S", "N"), "Go-live": date(2026, 6, 13), "Cost": Decimal("1.5"), "Lead": Linked("a1"),
        "Text": RichText.from_text("x"), "Either": "S", "New": 1,
    }  # fmt: skip
    with loopback(answer) as server, tenant.Workfront(server.url, auth=ApiKey("k")) as wf:
        wf.project.create(custom=custom)
        written = server.last.json
        assert isinstance(written, dict)
        assert written.pop("DE:Text") == str(RichText.from_text("x"))
        assert written == {
            "DE:Region": "N", "DE:Sizes": ["S", "N"], "DE:Go-live": "2026-06-13", "DE:Cost": 1.5, "DE:Lead": "a1",
            "DE:Either": "S", "DE:New": 1,
        }  # fmt: skip
        wf.project.copy(ID, custom={"Sizes": ()})
        assert server.last.json == {"DE:Sizes": None}
        wf.project.update(ID, custom=raw_custom({"Region": "West", "Total": 5}))
        assert server.last.json == {"DE:Region": "West", "DE:Total": 5}
        count = len(server.asked)
        for wrong in ({"Region": "West"}, {"Sizes": ["S", "XL"]}, {"Total": 5}, {"Sizes": 5}, {"": 1}):
            with pytest.raises(QueryError):
                wf.project.update(ID, custom=wrong)
        results = wf.project.create_many([RowInput({}, custom={"Region": "West"})], on_error="collect")
        assert [str(result.error) for result in results if result.error is not None]
        assert len(server.asked) == count
        list(wf.task.search(fields=[tenant.Task.f.project.custom.region, tenant.Task.f.custom]))
        assert ("fields", "DE:project:Region,parameterValues") in server.asked[-2].query


NOT_WRITTEN: list[tuple[str, object, str]] = [
    ("Cost", Decimal("NaN"), "DE:Cost: NaN cannot be sent; JSON knows finite numbers only."),
    ("Margin", Decimal("-Infinity"), "DE:Margin: -Infinity cannot be sent; JSON knows finite numbers only."),
    ("Cost", Decimal("sNaN"), "DE:Cost: sNaN cannot be sent; JSON knows finite numbers only."),
    ("Sizes", {"N": True}, "DE:Sizes: a list of choices is expected."),
    ("Sizes", b"N", "DE:Sizes: a list of choices is expected."),
    ("Either", 5, "DE:Either: a list of choices is expected."),
]


@pytest.mark.parametrize(("name", "value", "told"), NOT_WRITTEN)
def test_a_value_that_no_request_could_carry_is_refused_first(tenant: Any, name: str, value: object, told: str) -> None:
    row = tenant.Project.from_wire({"ID": ID, f"DE:{name}": None})
    with pytest.raises(QueryError) as raised:
        setattr(row.custom, name.lower(), value)
    assert str(raised.value) == told
    assert not row.changes


def test_a_choice_that_is_no_text_is_told_in_words(tenant: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for came in (["N"], {"N": 1}, 5, True):
            assert tenant.Project.from_wire({"DE:Region": came}).custom.region == came
    (told,) = caplog.messages
    assert "a list does not fit and is kept as it came (a text is expected)" in told


def test_what_a_reference_says_beside_its_id_is_text_or_nothing(tenant: Any) -> None:
    row = tenant.Project.from_wire({"DE:Lead": '{"ID": "a1", "name": 7, "objCode": []}'})
    assert (row.custom.lead, row.custom.lead.name, row.custom.lead.obj_code) == ("a1", None, None)


def test_what_is_known_of_a_field_is_in_its_docstring(tenant: Any) -> None:
    source = Path(sys.modules[tenant.Project.custom.__module__].__file__ or "").read_text("utf-8")
    assert "Region. Choice. On: Intake. Wire name: DE:Region." in source
    assert "Total. Number, computed. On: no form. Wire name: DE:Total." in source
    assert "total: _t.Final[float | None]" in source


def test_one_changed_field_touches_its_own_files_alone(tmp_path: Path) -> None:
    def written(catalogue: CustomCatalogue) -> dict[str, bytes]:
        store.save_snapshot(Snapshot("v22.0", (PROJECT, TASK), custom=catalogue), tmp_path / "schema")
        generate(tmp_path / "schema", ("v22.0",), "acme", tmp_path, check=False)
        found = {file.relative_to(tmp_path).as_posix(): file.read_bytes() for file in tmp_path.glob("acme/**/*.py")}
        return found | {"names.lock": (tmp_path / "schema/names.lock").read_bytes()}

    before = written(TENANT)
    more = CustomField(
        "Sizes", FieldKind.CHOICES, "Sizes", ("PROJ",), (*MARKET, FieldOption("W", "West")), True, source="param"
    )
    after = written(CustomCatalogue(tuple(more if item.name == "Sizes" else item for item in FIELDS), TENANT.forms))
    touched = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert touched == {"acme/v22/options/sizes.py", "names.lock"}


def test_names_are_kept_in_the_lock_of_the_folder_and_never_change_silently(tmp_path: Path) -> None:
    schema = tmp_path / "schema"

    def run(*names: str) -> tuple[str, ...]:
        fields = tuple(CustomField(name, FieldKind.TEXT, name, ("PROJ",)) for name in names)
        store.save_snapshot(Snapshot("v22.0", (PROJECT,), custom=CustomCatalogue(fields)), schema)
        return generate(schema, ("v22.0",), "acme", tmp_path, check=False).unknown

    def kept() -> dict[str, str]:
        names: dict[str, str] = json.loads((schema / "names.lock").read_text())["custom"]
        return names

    run("Region")
    assert kept() == {"Region": "region"}
    assert "'Region'" in run("Area")[0]
    assert kept() == {"Region": "region", "Area": "area"}
    (schema / "overrides.toml").write_text('[[custom]]\nwire = "Area"\nname = "region"\n')
    run("Area")
    assert kept()["Area"] == "region"
    assert "region: str | None" in (tmp_path / "acme/v22/custom/project.py").read_text("utf-8")
    marks = run("Area", "Region", "x", "X")
    assert "'X' -> x_" in marks[0]
    assert len(marks) == 1
    many = run("Area", "Region", *(f"{sign}{number}" for sign in "xX" for number in range(200)))
    assert many[-2].count(" -> ") == 401  # all at once, however many
    assert run(*kept(), "   ", "half \ud800", "long" * 999)[0] == (
        "2 custom fields are left out, no request can carry their names: 'half \\ud800', '   '"
    )


@pytest.mark.parametrize("spoilt", ["not a name", "class", "", "_hidden", "copy"])
def test_a_lock_spoilt_by_hand_is_told(spoilt: str, tmp_path: Path) -> None:
    store.save_snapshot(SNAPSHOT, tmp_path / "schema")
    (tmp_path / "schema" / "names.lock").write_text(json.dumps({"custom": {"Region": spoilt, "Note": "note"}}))
    with pytest.raises(SchemaError, match=r"custom\.Region"):
        generate(tmp_path / "schema", ("v22.0",), "acme", tmp_path, check=False)


@pytest.mark.parametrize(
    "text",
    ['[[custom]]\nwire = "A"\nname = "a b"\n', '[[custom]]\nwire = "A"\n', 'custom = 5\n',
     '[[custom]]\nwire = "A"\nname = "a"\n[[custom]]\nwire = "B"\nname = "a"\n'],
)  # fmt: skip
def test_a_chosen_name_that_is_none_is_told(text: str, tmp_path: Path) -> None:
    store.save_snapshot(SNAPSHOT, tmp_path / "schema")
    (tmp_path / "schema" / "overrides.toml").write_text(text)
    with pytest.raises(SchemaError, match=r"overrides\.toml"):
        generate(tmp_path / "schema", ("v22.0",), "acme", tmp_path, check=False)


@pytest.mark.parametrize("name", ["copy", "model_config"])
def test_a_chosen_name_that_forms_need_is_told_with_what_to_write(name: str, tmp_path: Path) -> None:
    store.save_snapshot(SNAPSHOT, tmp_path / "schema")
    (tmp_path / "schema" / "overrides.toml").write_text(f'[[custom]]\nwire = "Region"\nname = "{name}"\n')
    with pytest.raises(SchemaError, match=f"'Region' cannot be called '{name}'") as raised:
        generate(tmp_path / "schema", ("v22.0",), "acme", tmp_path, check=False)
    assert "[[custom]] wire = 'Region', name = \"<name>\"" in str(raised.value)


def test_a_chosen_name_of_no_field_is_told_and_stops_nothing(tmp_path: Path) -> None:
    store.save_snapshot(SNAPSHOT, tmp_path / "schema")
    chosen = '[[custom]]\nwire = "Regoin"\nname = "area"\n[[custom]]\nwire = "Cost"\nname = "costs"\n'
    (tmp_path / "schema" / "overrides.toml").write_text(chosen)
    assert generate(tmp_path / "schema", ("v22.0",), "acme", tmp_path, check=False).unknown == (
        "[[custom]] of 'Regoin' in overrides.toml names no field of the tenant. Did you mean 'Region' or 'Margin'?",
    )


def test_a_fix_that_renames_a_field_of_the_tenant_is_told_its_own_word(tmp_path: Path) -> None:
    store.save_snapshot(SNAPSHOT, tmp_path / "schema")
    fix = '[[fix]]\nobject = "PROJ"\npath = "fields.DE:Region"\nop = "rename"\nvalue = "area"\nreason = "x"\n'
    (tmp_path / "schema" / "overrides.toml").write_text(fix)
    with pytest.raises(SchemaError, match=r"nothing of that path") as raised:
        generate(tmp_path / "schema", ("v22.0",), "acme", tmp_path, check=False)
    assert "name a field of the tenant like this: [[custom]] wire = 'Region', name = 'area'" in str(raised.value)


def test_a_member_an_override_adds_is_one_of_them_and_may_be_renamed(tmp_path: Path) -> None:
    schema = tmp_path / "schema"
    listed = ObjectType("PROJ", "Project", "", custom={"Note": {"type": "string"}})
    store.save_snapshot(Snapshot("v22.0", (listed,)), schema)
    (schema / "overrides.toml").write_text(
        '[[fix]]\nobject = "PROJ"\npath = "fields.DE:Region"\nop = "add"\nvalue = { type = "string" }\nreason = "r"\n'
        '[[fix]]\nobject = "PROJ"\npath = "custom.Note"\nop = "rename"\nvalue = "remark"\nreason = "r"\n'
    )
    generate(schema, ("v22.0",), "acme", tmp_path, check=False)
    source = (tmp_path / "acme/v22/custom/project.py").read_text()
    assert "remark: str | None = _custom.custom_field('text', 'Note')".replace("'", '"') in source
    assert 'region: str | None = _custom.custom_field("text", "Region")' in source


def test_a_field_of_the_tenant_that_an_override_adds_elsewhere_is_one_field(tmp_path: Path) -> None:
    store.save_snapshot(Snapshot("v22.0", (PROJECT, TASK), custom=TENANT), tmp_path / "schema")
    fix = '[[fix]]\nobject = "TASK"\npath = "fields.DE:Sizes"\nop = "add"\nvalue = { type = "int" }\nreason = "r"\n'
    (tmp_path / "schema" / "overrides.toml").write_text(fix)
    generate(tmp_path / "schema", ("v22.0",), "acme", tmp_path, check=False, forms=False)
    for module in ("project", "task"):
        source = (tmp_path / f"acme/v22/custom/{module}.py").read_text("utf-8")
        assert "sizes: tuple[SizesOption | str, ...]" in source
