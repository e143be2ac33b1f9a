"""API Explorer documents: what is kept, what is dropped, and that writing undoes reading."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from tests.support.metadata_host import SMALL
from tests.support.places import SHARED
from workfront_schema import store
from workfront_schema.errors import SchemaError
from workfront_schema.explorer import explorer_document, explorer_index, index_entries, normalise
from workfront_schema.snapshot import Argument, EnumValue, Field, ObjectType, Operation, Relation, Snapshot
from workfront_schema.strict_json import Document, parse

CAPTURED = SHARED / "metadata" / "v17.0"
ENTRY: Document = {"name": "Task", "label": "Task", "objCode": "TASK", "url": "https://a.example/task/metadata"}
HOST = "https://acme.my.workfront.com"


def described(**document: JsonValue) -> ObjectType:
    return normalise({"objCode": "TASK", **document}, ENTRY)


def field(**words: JsonValue) -> Field:
    return described(fields={"status": {"label": "Status", **words}}).fields[0]


def returned(snapshot: Snapshot) -> Snapshot:
    entries = index_entries(explorer_index(snapshot, HOST))
    documents = {item.obj_code: explorer_document(item, snapshot.version, HOST) for item in snapshot.objects}
    return Snapshot(
        snapshot.version, tuple(normalise(documents[code], entry, custom=True) for code, entry in entries.items())
    )


@pytest.mark.parametrize("version", ["v17.0", "v21.0", "v22.0"])
def test_writing_and_reading_gives_the_same_snapshot(version: str) -> None:
    snapshot = store.load_snapshot(store.standard_schema(), version)
    assert returned(snapshot) == snapshot


names = st.text(min_size=1, max_size=8)
texts = st.text(max_size=12)
flags = st.sets(st.sampled_from(["READ_ONLY", "LAZY_READ", "DYNAMIC", "NEW_FLAG"])).map(lambda s: tuple(sorted(s)))
words: st.SearchStrategy[str | None] = st.none() | st.sampled_from(["string", "int", "dateTime", "Task", "brand.New"])
codes = st.text(max_size=5) | st.integers(-5, 10_000)
values = st.lists(st.builds(EnumValue, codes, texts), max_size=3).map(tuple)
arguments = st.lists(st.builds(Argument, names, words), max_size=3).map(tuple)
extras = st.dictionaries(
    names.map(lambda name: f"x{name}"), st.integers() | st.text() | st.lists(st.booleans()), max_size=2
)


def members(build: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    unique = st.lists(build, max_size=3, unique_by=lambda item: item.name)  # type: ignore[attr-defined]
    return unique.map(lambda found: tuple(sorted(found, key=lambda item: item.name)))  # type: ignore[attr-defined]


fields = st.builds(Field, names, texts, words.filter(lambda w: w != "int"), flags, words, values, extras)
relations = st.builds(Relation, names, texts, words, st.none() | st.just("TASK"), flags, extras)
operations = st.builds(Operation, names, texts, arguments, words, flags, extras)
objects = st.builds(
    ObjectType, st.just("TASK"), names, texts, st.booleans(), flags, st.sampled_from([(), ("get", "search")]),
    members(fields), members(relations), members(relations), members(operations), members(operations),
    extras, extras, extras,
)  # fmt: skip


@given(objects)
def test_any_object_type_comes_back_from_its_document(item: ObjectType) -> None:
    snapshot = Snapshot("v22.0", (item,))
    assert returned(snapshot) == snapshot


@pytest.mark.skipif(not CAPTURED.is_dir(), reason="needs the captured documents")
@pytest.mark.parametrize("code", ["docu", "hour", "optask", "proj", "ptlsec", "task", "uift", "uigb", "uivw", "user"])
def test_a_captured_document_is_written_back_as_the_server_wrote_it(code: str) -> None:
    captured = json.loads((CAPTURED / f"{code}.json").read_text())["data"]
    shipped = store.load_snapshot(store.standard_schema(), "v17.0")
    item = next(item for item in shipped.objects if item.obj_code == code.upper())
    assert in_order(explorer_document(item, "v17.0", "https://example.my.workfront.com")) == in_order(captured)


def in_any_order(value: JsonValue) -> JsonValue:
    assert isinstance(value, list)
    return [*sorted(map(str, value))]


def in_order(value: JsonValue) -> JsonValue:
    """Flags have no order."""
    if isinstance(value, dict):
        return {key: in_any_order(item) if key == "flags" else in_order(item) for key, item in value.items()}
    return [in_order(item) for item in value] if isinstance(value, list) else value


def test_hosts_nulls_and_addresses_do_not_survive() -> None:
    found = described(
        url="https://acme.example/x",
        fields={"ID": {"label": "ID", "fieldType": "string", "enumType": None, "url": None, "flags": None}},
        references={
            "project": {"label": "P", "fieldType": "Project", "typeObjCode": "PROJ", "url": "https://b.example"}
        },
        search={"mine": {"label": "Mine", "url": "https://c.example", "typeObjCode": None}, "url": {"label": "URL"}},
    )
    assert found.fields == (Field("ID", "ID", "string"),)
    assert found.references == (Relation("project", "P", "Project", "PROJ"),)
    assert found.search == {"mine": {"label": "Mine"}, "url": {"label": "URL"}}
    assert found.extra == {}


def test_unknown_words_are_kept_at_every_level() -> None:
    found = described(
        novel=1,
        fields={"f": {"novel": 2, "possibleValues": [{"value": "A", "label": "a", "novel": 3}]}},
        actions={"a": {"novel": 4, "arguments": [{"name": "x", "novel": 5}]}},
    )
    assert found.extra == {"novel": 1}
    assert found.fields[0].extra == {"novel": 2}
    assert found.fields[0].values == (EnumValue("A", "a", {"novel": 3}),)
    assert found.actions[0].extra == {"novel": 4}
    assert found.actions[0].arguments == (Argument("x", None, {"novel": 5}),)
    assert returned(Snapshot("v22.0", (found,))).objects == (found,)


def test_a_field_type_nobody_has_seen_is_kept_as_the_server_says_it() -> None:
    assert field(fieldType="com.example.Money").type == "com.example.Money"
    assert field(fieldType=None).type is None


def test_base_values_of_another_kind_are_kept_as_they_came() -> None:
    odd: JsonValue = [{"value": True, "label": "Yes"}, {"value": None, "label": "None"}]
    found = field(fieldType="string", possibleValues=odd)
    assert found.values == ()
    assert found.extra == {"possibleValues": odd}


def test_base_values_of_an_int_field_are_numbers() -> None:
    texts: JsonValue = [{"value": "0", "label": "None"}, {"value": "4", "label": "Urgent"}]
    assert field(fieldType="int", possibleValues=texts).values == (EnumValue(0, "None"), EnumValue(4, "Urgent"))
    assert field(fieldType="string", possibleValues=texts).values == (EnumValue("0", "None"), EnumValue("4", "Urgent"))
    mixed: JsonValue = [{"value": "x", "label": "X"}]
    assert field(fieldType="int", possibleValues=mixed).values == (EnumValue("x", "X"),)


def test_members_flags_and_verbs_are_sorted_and_arguments_and_values_are_not() -> None:
    found = described(
        flags=["SHARABLE", "REPORTABLE", "SHARABLE"],
        operations=["search", "get"],
        fields={"b": {"possibleValues": [{"value": "Z"}, {"value": "A"}]}, "a": {}},
        actions={"move": {"arguments": [{"name": "z", "type": "int"}, {"name": "a", "type": "int"}]}},
    )
    assert found.flags == ("REPORTABLE", "SHARABLE")
    assert found.verbs == ("get", "search")
    assert [item.name for item in found.fields] == ["a", "b"]
    assert [item.value for item in found.fields[1].values] == ["Z", "A"]
    assert [item.name for item in found.actions[0].arguments] == ["z", "a"]


def test_a_member_without_a_label_is_labelled_by_its_name() -> None:
    assert described(fields={"status": {"label": None}}).fields[0].label == "status"


def test_tenant_data_is_kept_only_when_asked_for() -> None:
    document: Document = {
        "objCode": "TASK",
        "fields": {"DE:Region": {"label": "Region"}, "ID": {"label": "ID"}},
        "custom": {"Region": {"type": "string", "categories": [{"ID": "1", "name": "Form", "objCode": "CTGY"}]}},
    }
    public, tenant = normalise(document, ENTRY), normalise(document, ENTRY, custom=True)
    assert public.custom == {}
    assert [item.name for item in public.fields] == ["ID"]
    assert tenant.custom == document["custom"]
    assert [item.name for item in tenant.fields] == ["DE:Region", "ID"]


def test_secondary_objects_are_marked_in_the_index_as_the_server_does() -> None:
    listed = explorer_index(SMALL, HOST)["objects"]
    assert isinstance(listed, dict)
    assert listed["Task"] == {
        "name": "Task", "label": "Task", "objCode": "TASK", "secondaryObject": "true",
        "url": f"{HOST}/attask/api/v22.0/task/metadata",
    }  # fmt: skip
    assert "secondaryObject" not in explorer_document(SMALL.objects[1], "v22.0", HOST)


def test_a_malformed_document_names_object_member_and_word() -> None:
    with pytest.raises(
        SchemaError, match=r"^TASK actions\.move: arguments\.0|^TASK actions\.move: name: field required"
    ):
        described(actions={"move": {"arguments": [{"type": "string"}]}})
    with pytest.raises(SchemaError, match=r"^TASK fields\.status: flags"):
        field(flags="READ_ONLY")
    with pytest.raises(SchemaError, match=r"^TASK fields\.status: should be a JSON object, is a string"):
        described(fields={"status": "string"})


def test_json_that_hides_a_definition_is_refused() -> None:
    with pytest.raises(SchemaError, match="there: key 'a' is given twice"):
        parse('{"x": {"a": 1, "a": 2}}', "there")
