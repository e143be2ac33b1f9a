"""Every member that the metadata lists, of every type: `fields` takes it, filters find by it, writes are read back.

What the sandbox does not compute, it refuses in words.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.sandbox.asking import Asker
from tests.support.shipped import catalogue
from workfront_sandbox import Sandbox
from workfront_sandbox.actions import registry
from workfront_sandbox.query.computed import COMPUTED
from workfront_sandbox.reading import named_query
from workfront_sandbox.schema.catalogue import ObjectSchema
from workfront_sandbox.schema.overrides import DONE, ENUM_CLASSES, OWN_ROW, VIEWS
from workfront_sandbox.tenant.effects import NotComputedWarning
from workfront_sandbox.writing.defaults import IGNORED
from workfront_schema.snapshot import Argument, Field, Relation
from workfront_schema.wire_types import TypeKind, is_list_type, kind_of

VERSIONS = (21, 22)
SCHEMA = catalogue(*(f"v{version}.0" for version in VERSIONS))
TYPES = SCHEMA.newest.objects
OWN, OTHER = f"{1:032x}", f"{2:032x}"
REFUSAL = "not computed by this sandbox"
ELSEWHERE = {
    ("TTSK", "workRequired"): "an edit of it changes nothing: docs/protocol.md 11.3",
    ("DOCV", "handle"): "only that of an upload is taken",
    **dict.fromkeys(IGNORED, "it follows from something else, and an edit of it changes nothing"),
}
"""Fields with a rule of their own, which tests of writing hold."""
STAMPS = {"lastUpdateDate", "lastUpdatedByID"}  # test_lasting_values.py
UNWRITTEN = {"READ_ONLY"}
"""Flags of fields that an edit takes without looking at them."""
CONTROL_WORDS = {"action", "username"}
"""Fields that no search finds by, because calls mean something else by their names."""
VALUES: Mapping[TypeKind | None, Any] = {
    TypeKind.TEXT: "some text",
    TypeKind.INTEGER: 3,
    TypeKind.FLOAT: 2.5,
    TypeKind.DECIMAL: 2.5,
    TypeKind.BOOLEAN: True,
    TypeKind.DATE: "2027-05-12",
    TypeKind.DATE_TIME: "2027-05-12T09:00:00:000+0000",
    TypeKind.TEXTS: ["a", "b"],
    None: "some text",
}


@pytest.fixture(params=VERSIONS, ids="v{}".format)
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def asker(version: int, seed: Mapping[str, Any], **options: Any) -> Asker:
    return Asker(Sandbox({"now": "2027-05-12T10:00:00:000+0000", **seed}, **options), f"/attask/api/v{version}.0")


def one_row_each(version: int) -> dict[str, list[dict[str, Any]]]:
    """A seed with one row of every type that has rows of its own."""
    return {code: [{"ID": OWN}] for code in SCHEMA.at(version).objects if code not in VIEWS}


def reachable(version: int, *verbs: str) -> Iterator[ObjectSchema]:
    """The types that calls may name, with basic operations they must have."""
    for described in SCHEMA.at(version).objects.values():
        named = not described.source.secondary and described.code != "TASSGN"
        if (
            named
            and set(verbs) <= set(described.source.verbs)
            and not ({"edit", "add"} & set(verbs) and described.code in VIEWS)
        ):
            yield described


def read(ask: Asker, described: ObjectSchema, fields: str) -> dict[str, Any]:
    """The row OWN, read in a way its type allows."""
    query = {"method": "GET", "fields": fields}
    if "get" in described.source.verbs and described.code not in VIEWS:
        return dict(ask("POST", f"{described.code}/{OWN}", form=query))
    return dict(ask("POST", f"{described.code}/search", form=query)[0])


def found(ask: Asker, described: ObjectSchema, query: Mapping[str, Any]) -> list[str]:
    """The IDs a search finds."""
    return [row["ID"] for row in ask("GET", f"{described.code}/search", {**query, "fields": "ID"})]


def shown(described: ObjectSchema) -> list[str]:
    """The members that `fields` may name."""
    fields = [item.name for item in described.fields.values() if "WRITE_ONLY" not in item.flags]
    return [*fields, *described.relations]


def test_fields_take_every_member_that_metadata_lists(version: int) -> None:
    ask = asker(version, one_row_each(version))
    missing: dict[str, Any] = {}
    for described in reachable(version, "search"):
        row = read(ask, described, ",".join(shown(described)))
        if absent := set(shown(described)) - set(row):
            missing[described.code] = absent
    assert missing == {}


def test_a_star_brings_what_metadata_lists_and_what_only_a_row_has_comes_by_its_name(version: int) -> None:
    own = {"ID": OWN, "hueOfSeed": "teal", "primaryAssignmentID": OTHER, "approvalStartDate": "2027-05-12"}
    ask = asker(version, {})
    assert all(ask.sandbox.insert(code, [own]) for code in one_row_each(version))
    unlisted: dict[str, Any] = {}
    seen = [*reachable(version, "search")]
    for described in seen:
        if beyond := set(read(ask, described, "*")) - set(described.fields) - {"objCode"}:
            unlisted[described.code] = beyond
        if described.code not in VIEWS:
            assert read(ask, described, "*,hueOfSeed")["hueOfSeed"] == "teal", described.code
    assert len(seen) > 110
    assert unlisted == {}


def filter_names(described: ObjectSchema) -> list[str]:
    """Every name that filters may use, relations by the ID they lead to."""
    relations = [f"{name}:ID" for name in described.relations]
    for name in described.filter_only:
        entry = described.source.search[name]
        target = entry.get("typeObjCode") if isinstance(entry, Mapping) else None
        relations.append(f"{name}:ID" if target else name)
    return [*described.fields, *relations]


def test_no_field_that_holds_an_object_type_takes_the_code_of_none(version: int) -> None:
    ask = asker(version, one_row_each(version))
    taken = []
    for described in reachable(version, "edit"):
        for item in described.fields.values():
            if item.name.lower().endswith("objcode") and item.name != "objCode" and not set(item.flags) & UNWRITTEN:
                reply = ask.reply("PUT", f"{described.code}/{OWN}", json_body={item.name: "GIZMO"})
                taken += [f"{described.code}.{item.name}"] if reply.status == 200 else []
    assert taken == []


def test_filters_take_every_name_or_say_that_it_is_not_computed_or_not_filterable(version: int) -> None:
    ask = asker(version, one_row_each(version))
    unknown: list[str] = []
    for described in reachable(version, "count"):
        for name in filter_names(described):
            reply = ask.reply("GET", f"{described.code}/count", {name: "x", f"{name}_Mod": "isnull"})
            message = "" if reply.status == 200 else json.loads(reply.body)["error"]["message"]
            if message and not re.search(rf"{REFUSAL}|cannot be filtered", message):
                unknown.append(f"{described.code}.{name}: {message}")
    assert unknown == []


def value_of(item: Field) -> Any:
    """A value that the service takes for a field."""
    if item.values:
        one = item.values[0].value
        return [one] if item.type and is_list_type(item.type) else one
    if item.name.lower().endswith("objcode"):
        return "PROJ"
    return VALUES.get(kind_of(item.type) if item.type else None, {"a": "b"})


def written_fields(described: ObjectSchema) -> Iterator[Field]:
    """Fields that an edit may change, and that hold no ID, whose rows would have to be there."""
    for item in described.fields.values():
        writable = not {"READ_ONLY", "WRITE_ONLY"} & set(item.flags) and not item.name.endswith(("ID", "IDs"))
        if writable and (described.code, item.name) not in ELSEWHERE:
            yield item


def is_searchable(item: Field, value: Any) -> bool:
    """Whether filters know how to ask for a value of a field."""
    return not isinstance(value, dict) and "NOT_FILTERABLE" not in item.flags and item.name not in CONTROL_WORDS


def refusals(reply: Any) -> str:
    """What a call is refused with, empty where it is not."""
    return "" if reply.status == 200 else str(json.loads(reply.body)["error"]["message"])


def test_a_written_field_is_read_back_and_found_by_its_value(version: int) -> None:
    lost: list[str] = []
    tried = 0
    for described in reachable(version, "edit", "search"):
        ask = asker(version, {described.code: [{"ID": OWN}, {"ID": OTHER}]})
        for item in written_fields(described):
            value = value_of(item)
            reply = ask.reply("PUT", f"{described.code}/{OWN}", json_body={item.name: value})
            if refusals(reply):
                continue
            tried += 1
            there = read(ask, described, item.name)[item.name]
            if there != value:
                lost.append(f"{described.code}.{item.name}: {there} for {value}")
            elif is_searchable(item, value):
                text = value[0] if isinstance(value, list) else value
                wanted = json.dumps(text) if isinstance(text, bool) else str(text)
                ids = found(ask, described, {item.name: wanted})
                if OWN not in ids or OTHER in ids:
                    lost.append(f"{described.code}.{item.name}={wanted} finds {ids}")
    assert tried > 850
    assert lost == []


@pytest.mark.parametrize("verb", ["edit", "add"])
def test_a_value_for_a_field_that_follows_from_something_else_is_refused_unless_the_row_has_it(
    version: int, verb: str
) -> None:
    taken: list[str] = []
    tried = 0
    for described in reachable(version, verb, "search"):
        ask = asker(version, {described.code: [{"ID": OWN}]})
        quiet = asker(version, {described.code: [{"ID": OWN}]}, effects="ignore")
        method, path = ("PUT", f"{described.code}/{OWN}") if verb == "edit" else ("POST", described.code)
        for name in filter(described.follows, (set(shown(described)) & set(described.fields)) - STAMPS):
            tried += 1
            reply = ask.reply(method, path, json_body={name: value_of(described.fields[name])})
            if REFUSAL not in refusals(reply) and "no access" not in refusals(reply):
                taken.append(f"{described.code}.{name}: {refusals(reply)}")
            if verb == "edit":
                there = read(quiet, described, name)[name]
                assert refusals(ask.reply(method, path, json_body={name: there})) == "", (described.code, name)
                quiet.reply(method, path, json_body={name: value_of(described.fields[name])})
                assert read(quiet, described, name)[name] == there, (described.code, name)
    assert tried > 100
    assert taken == []


def references(described: ObjectSchema, version: int) -> Iterator[Relation]:
    objects = SCHEMA.at(version).objects
    for item in described.source.references:
        stamped = item.name == "lastUpdatedBy" or (described.code, item.name) in OWN_ROW
        stamped |= (described.code, f"{item.name}ID") in IGNORED  # as its ID is: docs/protocol.md 11.3
        if item.target_code in objects and item.target_code not in VIEWS and not stamped:
            yield item


def test_a_written_reference_is_read_back_and_filtered_over(version: int) -> None:
    lost: list[str] = []
    tried = 0
    for described in reachable(version, "edit", "search"):
        for item in references(described, version):
            seed = {described.code: [{"ID": OWN}], str(item.target_code): [{"ID": OTHER}]}
            if item.target_code == described.code:
                seed = {described.code: [{"ID": OWN}, {"ID": OTHER}]}
            ask = asker(version, seed)
            if refusals(ask.reply("PUT", f"{described.code}/{OWN}", json_body={item.name: {"ID": OTHER}})):
                continue
            tried += 1
            there = read(ask, described, f"{item.name}:ID")[item.name]
            ids = found(ask, described, {f"{item.name}:ID": OTHER})
            if (there or {}).get("ID") != OTHER or OWN not in ids:
                lost.append(f"{described.code}.{item.name}: {there}, found {ids}")
    assert tried > 300
    assert lost == []


def plain_member(described: ObjectSchema) -> dict[str, str]:
    """Values for a new row: one text that may be written."""
    for item in sorted(described.fields.values(), key=lambda item: item.name != "name"):
        free = not {"READ_ONLY", "WRITE_ONLY"} & set(item.flags) and not item.values and item.name != "ID"
        if free and item.type == "string" and not item.name.endswith(("ID", "ObjCode")):
            return {item.name: "new"}
    return {}


def test_a_new_member_of_a_collection_is_read_back_and_filtered_over(version: int) -> None:
    lost: list[str] = []
    tried = 0
    objects = SCHEMA.at(version).objects
    for described in reachable(version, "edit", "search"):
        for item in described.source.collections:
            if item.target_code not in objects or item.target_code in VIEWS:
                continue
            ask = asker(version, {described.code: [{"ID": OWN}]})
            member = plain_member(objects[str(item.target_code)])
            if refusals(ask.reply("PUT", f"{described.code}/{OWN}", json_body={item.name: [member]})):
                continue
            tried += 1
            members = read(ask, described, f"{item.name}:ID")[item.name]
            ids = found(ask, described, {f"{item.name}:ID": members[0]["ID"]}) if members else []
            if len(members) != 1 or OWN not in ids:
                lost.append(f"{described.code}.{item.name}: {members}, found {ids}")
    assert tried > 120
    assert lost == []


def test_a_relation_that_leads_to_no_known_type_shows_nothing_and_is_neither_filtered_nor_written(
    version: int,
) -> None:
    schema = SCHEMA.at(version)
    ask = asker(version, one_row_each(version))
    nowhere = [(code, name) for code in schema.objects for name in schema.objects[code].relations
               if schema.leads_nowhere(code, name)]  # fmt: skip
    assert nowhere
    for code, name in nowhere:
        assert ask("GET", f"{code}/{OWN}", {"fields": name})[name] is schema.nothing(code, name)
        assert REFUSAL in ask.refused("GET", f"{code}/count", {f"{name}:ID": OWN})[1]
        if "edit" in schema.objects[code].source.verbs:
            assert REFUSAL in ask.refused("PUT", f"{code}/{OWN}", json_body={name: {"ID": OWN}})[1]


def argument(item: Argument) -> Any:
    """A value an argument may have."""
    if item.type is None or item.name.lower().endswith("objcode"):
        return "TASK"
    if is_list_type(item.type):
        return [OWN]
    kind = kind_of(item.type)
    return {} if kind in {None, TypeKind.MAP} else VALUES[kind]


def uncomputed(version: int) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Actions and named queries without a handler: method, objCode, name, arguments."""
    for described in reachable(version):
        for one in described.actions.values():
            if registry.find_handler(described.code, one.name) is None:
                yield "PUT", described.code, one.name, {item.name: argument(item) for item in one.arguments}
        for one in described.queries.values():
            if not named_query.is_computed(described.code, one.name):
                yield "GET", described.code, one.name, {}


def sent(ask: Asker, method: str, code: str, name: str, arguments: Mapping[str, Any]) -> Any:
    return ask.reply(method, f"{code}/{name}", json_body=dict(arguments) if method == "PUT" else None)


def test_actions_and_named_queries_without_an_effect_are_refused_unless_told_otherwise(version: int) -> None:
    calls = list(uncomputed(version))
    refusing, warning, silent = (asker(version, {}, effects=word) for word in ("refuse", "warn", "ignore"))
    assert calls
    for method, code, name, arguments in calls:
        refusal = refusals(sent(refusing, method, code, name, arguments))
        assert refusal.endswith(REFUSAL), (code, name, refusal)
        assert name in refusal
        with pytest.warns(NotComputedWarning, match=name):
            sent(warning, method, code, name, arguments)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            answer = json.loads(sent(silent, method, code, name, arguments).body)["data"]
        assert answer in ([], {"result": None}), (code, name, answer)


def test_how_missing_effects_are_told_is_one_of_three_words() -> None:
    with pytest.raises(ValueError, match="refuse, warn, ignore"):
        Sandbox(effects="wrong")  # type: ignore[arg-type]


def expected(code: str, name: str, status: str | None) -> str | None:
    """What a computed field is for a row of a status; OWN is a status of the tenant that means done."""
    plain = (status or "").removesuffix(":A")
    meant = DONE[code][0] if plain == "OWN" else plain
    if name == "statusEquatesWith":
        return meant or None
    return json.dumps((status or "").endswith(":A") if name == "pendingApproval" else meant in DONE[code])


@pytest.mark.parametrize(("code", "name"), sorted(COMPUTED), ids=str)
def test_what_is_computed_of_a_status_is_right_for_every_status(code: str, name: str) -> None:
    base = [str(item.value) for item in TYPES[code].fields["status"].values]
    statuses = [None, "OWN", *(f"{one}{mark}" for one in base for mark in ("", ":A"))]
    own = {"ID": "own", "enumClass": ENUM_CLASSES[code, "status"], "value": "OWN", "equatesWith": DONE[code][0]}
    ask = asker(22, {code: [{"ID": f"{at:032x}", "status": one} for at, one in enumerate(statuses)], "CSTEM": [own]})
    for wanted in {expected(code, name, one) for one in statuses} - {None}:
        found_ids = {row["ID"] for row in ask("GET", f"{code}/search", {name: wanted, "$$LIMIT": 500})}
        assert found_ids == {f"{at:032x}" for at, one in enumerate(statuses) if expected(code, name, one) == wanted}


@pytest.mark.parametrize(("code", "name"), [pair for pair in sorted(OWN_ROW) if pair[1] in TYPES[pair[0]].relations])
def test_what_a_row_is_of_itself_cannot_be_another_row(code: str, name: str) -> None:
    ask = asker(22, {code: [{"ID": OWN}, {"ID": OTHER}]})
    assert name in ask.refused("PUT", f"{code}/{OWN}", json_body={name: {"ID": OTHER}})[1]
    assert ask("GET", f"{code}/{OWN}", {"fields": f"{name}:ID"})[name]["ID"] == OWN


@pytest.mark.parametrize("member", ["ST", "nothing"])
def test_every_member_of_a_list_of_codes_is_checked(member: str) -> None:
    ask = asker(22, {"PROJ": [{"ID": OWN}]})
    reply = ask.reply("PUT", f"PROJ/{OWN}", json_body={"auditTypes": ["ST", member]})
    assert (reply.status == 200) == (member == "ST")
    assert member == "ST" or "auditTypes" in refusals(reply)


@pytest.mark.parametrize("status", ["NEW", "CLS", "CLS:A", "OWN", None])
def test_open_issues_of_a_task_are_those_that_are_not_done(status: str | None) -> None:
    own = {"ID": "own", "enumClass": "STATUS_OPTASK", "value": "OWN", "equatesWith": "CLS"}
    issue = {"ID": OTHER, "sourceTaskID": OWN, "status": status}
    ask = asker(22, {"TASK": [{"ID": OWN}], "OPTASK": [issue], "CSTEM": [own]})
    is_open = status in {"NEW", None}
    members = read(ask, TYPES["TASK"], "openOpTasks:ID,opTasks:ID")
    assert [len(members[name]) for name in ("openOpTasks", "opTasks")] == [int(is_open), 1]
    assert found(ask, TYPES["TASK"], {"openOpTasks:ID": OTHER}) == ([OWN] if is_open else [])
