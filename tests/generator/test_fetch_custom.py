"""Fetching a tenant's fields and forms: what may be read, what a refusal costs, and nothing that nobody asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.support.loopback import Answer, Received, loopback
from workfront_codegen.cli import app
from workfront_schema import store
from workfront_schema.custom_fields import CustomField, FieldKind, FieldOption
from workfront_schema.parameters import kind_of_parameter

SECRET = "0123456789abcdef" * 2
FORM = {"ID": SECRET, "name": "Intake", "objCode": "CTGY"}
CUSTOM: dict[str, Any] = {
    "Region": {"type": "string", "categories": [FORM], "possibleValues": [{"label": "North", "value": "N"}]},
    "Cost": {"type": "double", "categories": [FORM]},
    "Lead": {"type": "string", "categories": [FORM]},
    "Picture": {"type": "string", "categories": [FORM]},
    "half \ud800": {"type": "string", "categories": [FORM]},
    "Mood": {
        "type": "string",
        "categories": [{**FORM, "name": "bad \ud800"}, FORM],
        "possibleValues": [{"label": "good \ud83d", "value": "G"}, {"label": "bad", "value": "\ud83d"}],
    },
}
FIELDS = {
    "PARAM": ("ID", "name", "label", "dataType", "displayType", "refObjCode", "description"),
    "CTGY": ("ID", "name", "objTypes", "catObjCode", "isActive"),
    "PROJ": ("ID", "name"),
}
BELOW = {"PARAM": "parameterOptions", "CTGY": "categoryParameters"}
PARAMETERS: list[dict[str, Any]] = [
    {"ID": "01", "name": "Region", "label": "Where", "dataType": "TEXT", "displayType": "RDIO",
     "description": "private",
     "parameterOptions": [{"value": "S", "label": "South", "displayOrder": 2, "isHidden": True},
                          {"value": "N", "label": "North", "displayOrder": 1}]},
    {"ID": "02", "name": "Cost", "label": "Cost", "dataType": "CURC", "displayType": "CALC"},
    {"ID": "03", "name": "Lead", "label": "Lead", "dataType": "TEXT", "displayType": "TYAH", "refObjCode": "USER"},
    {"ID": "04", "name": "Picture", "label": "Picture", "dataType": "WIDGET", "displayType": "IMAGE"},
]  # fmt: skip
FORMS: list[dict[str, Any]] = [
    {"ID": SECRET, "name": "Intake", "objTypes": ["PROJ"], "isActive": True, "categoryParameters": [
        {"parameterID": "01", "isRequired": True}, {"parameterID": "02"}, {"parameterID": "04"}]},
    {"ID": "05", "name": "Old", "objTypes": ["PROJ"], "isActive": False, "categoryParameters": []},
]  # fmt: skip


def document(code: str) -> dict[str, Any]:
    fields = {name: {"label": name, "fieldType": "string", "flags": []} for name in FIELDS[code]}
    below = {BELOW[code]: {"label": "x", "fieldType": "X", "typeObjCode": "X", "flags": []}} if code in BELOW else {}
    found = {"objCode": code, "name": code.title(), "label": code, "fields": fields, "collections": below}
    return {**found, "operations": ["search"], **({"custom": CUSTOM} if code == "PROJ" else {})}


def host(*refused: str, broken: str = "") -> Callable[[Received], Answer]:
    """A host that refuses the rows of some objects, or breaks off in the middle of one."""

    def answer(asked: Received) -> Answer:
        code = asked.path.split("/")[4].upper() if asked.path.count("/") > 4 else ""
        if asked.path.endswith("/metadata"):
            index = {"objects": {item.title(): {"name": item.title(), "objCode": item} for item in FIELDS}}
            return Answer(document(code) if code else index)
        if code in refused:
            return Answer(raw=b'{"error":{"message":"You do not have access"}}', status=403)
        if code == broken:
            return Answer(raw=b'{"data":[{"ID":"01"', status=200)
        rows = {"PARAM": PARAMETERS, "CTGY": FORMS}[code]
        return Answer({"count": len(rows)} if asked.path.endswith("/count") else rows)

    return answer


def fetched(folder: Path, answer: Callable[[Received], Answer], *options: str) -> tuple[Result, list[Received]]:
    with loopback(answer) as server:
        arguments = ["fetch", "--url", server.url, "--api-version", "22", "--custom", "--out", str(folder), *options]
        return CliRunner().invoke(app, arguments), server.asked


def fields(folder: Path) -> dict[str, CustomField]:
    return dict(store.load_snapshot(folder, "v22.0").custom.by_name())


def test_parameters_say_what_metadata_cannot(tmp_path: Path) -> None:
    result, _ = fetched(tmp_path, host())
    assert result.exit_code == 0, result.output
    assert "custom fields: 4 on 1 forms" in result.output
    assert "1 custom fields are left out, no request can carry their names: 'half \\ud800'" in result.output
    found = fields(tmp_path)
    assert found.pop("Mood").values == (FieldOption("G", "good ?"),)
    assert {name: (item.kind, item.read_only) for name, item in found.items()} == {
        "Region": (FieldKind.CHOICE, False), "Cost": (FieldKind.MONEY, True), "Lead": (FieldKind.LINK, False),
    }  # fmt: skip
    assert [(o.value, o.label, o.hidden) for o in found["Region"].values] == [
        ("N", "North", False),
        ("S", "South", True),
    ]
    assert (found["Region"].label, found["Region"].complete, found["Lead"].target) == ("Where", True, "USER")
    (form,) = store.load_snapshot(tmp_path, "v22.0").custom.forms
    assert (form.name, form.objects, dict(form.fields)) == ("Intake", ("PROJ",), {"Cost": False, "Region": True})


def test_neither_ids_nor_descriptions_nor_the_host_are_kept(tmp_path: Path) -> None:
    fetched(tmp_path, host())
    texts = [file.read_text("utf-8") for file in tmp_path.rglob("*.json")]
    assert not [text for text in texts if SECRET in text or "private" in text or "127.0.0.1" in text]
    note = json.loads((tmp_path / "v22.0" / "fetched.json").read_text())
    assert note == {"native": "fetched", "custom": "metadata", "param": "read", "ctgy": "read"}
    before = (tmp_path / "v22.0" / "custom.json").read_bytes()
    assert before.isascii()
    fetched(tmp_path, host())
    assert (tmp_path / "v22.0" / "custom.json").read_bytes() == before
    fetched(tmp_path, host(), "--describe")
    assert fields(tmp_path)["Region"].description == "private"


def test_what_may_not_be_read_is_said_with_its_cost(tmp_path: Path) -> None:
    result, _ = fetched(tmp_path, host("PARAM", "CTGY"))
    assert result.exit_code == 0, result.output
    assert "(PARAM) may not be read: 2 of 5 fields" in result.output
    assert "(CTGY) may not be read: which fields they demand is not known" in result.output
    again, _ = fetched(tmp_path / "parameters", host("PARAM"))
    assert "forms (CTGY) name their fields by parameters, too: which fields they demand is not known" in again.output
    found = fields(tmp_path)
    assert found.pop("Mood").kind is FieldKind.OPTIONS
    assert {name: item.kind for name, item in found.items()} == {
        "Region": FieldKind.OPTIONS, "Cost": FieldKind.NUMBER, "Lead": FieldKind.TEXT, "Picture": FieldKind.TEXT,
    }  # fmt: skip
    (form,) = store.load_snapshot(tmp_path, "v22.0").custom.forms
    assert form.fields.keys() == {*found, "Mood"}


@pytest.mark.parametrize("code", ["PARAM", "CTGY"])
def test_a_broken_page_costs_the_whole_run(code: str, tmp_path: Path) -> None:
    fetched(tmp_path, host())
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.json")}
    result, _ = fetched(tmp_path, host(broken=code))
    assert result.exit_code == 1
    assert code in result.output
    assert {file: file.read_bytes() for file in tmp_path.rglob("*.json")} == before


def many(code: str, names: list[str], behind_the_first: Answer | None = None) -> Callable[[Received], Answer]:
    """A host with so many rows of an object, whose second page may be another answer."""
    usual, asked_for = host(), list[str]()
    more: dict[str, Any] = {"PARAM": {"dataType": "CURC", "displayType": "TEXT"}, "CTGY": {"objTypes": ["PROJ"]}}
    rows = [{"ID": f"{number:032}", "name": name, **more[code]} for number, name in enumerate(names)]

    def answer(asked: Received) -> Answer:
        query = dict(asked.query)
        if asked.path.lower().endswith("/proj/metadata"):
            every = {name: {"type": "double", "categories": [FORM]} for name in names}
            return Answer({**document("PROJ"), "custom": every})
        if f"/{code}/".lower() not in asked.path.lower() or asked.path.endswith("/metadata"):
            return usual(asked)
        behind = [row for row in rows if row["ID"] > query.get("ID", "")]
        if asked.path.endswith("/count"):
            return Answer({"count": len(behind)})
        asked_for.append(asked.path)
        return behind_the_first if behind_the_first and asked_for[1:] else Answer(behind[: int(query["$$LIMIT"])])

    return answer


@pytest.mark.parametrize("code", ["PARAM", "CTGY"])
@pytest.mark.parametrize("status", [401, 403, 404, 422])
def test_a_refusal_behind_the_first_page_costs_the_whole_run(status: int, code: str, tmp_path: Path) -> None:
    """A session that ends meanwhile, say: what was read before is no reason to type by half of it, or by none."""
    names = [f"Field {number:04}" for number in range(2001)]
    fetched(tmp_path, host())
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.json")}
    refused = Answer(raw=b'{"error":{"message":"no more"}}', status=status)
    result, _ = fetched(tmp_path, many(code, names, refused))
    assert (result.exit_code, f"{code} rows from 127.0.0.1: HTTP {status}" in result.output) == (1, True)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*.json")} == before


def with_rows(code: str, rows: list[dict[str, Any]]) -> Callable[[Received], Answer]:
    """The usual host with other rows of one object."""
    usual = host()

    def answer(asked: Received) -> Answer:
        if f"/{code}/".lower() not in asked.path.lower() or asked.path.endswith("/metadata"):
            return usual(asked)
        return Answer({"count": len(rows)} if asked.path.endswith("/count") else rows)

    return answer


@pytest.mark.parametrize("odd", [None, 5, "01", [], {}, {"parameterID": [1]}, {"parameterID": {"a": 1}}])
def test_a_part_of_a_form_that_is_none_is_passed_over(odd: Any, tmp_path: Path) -> None:
    form = {**FORMS[0], "categoryParameters": [odd, *FORMS[0]["categoryParameters"]]}
    result, _ = fetched(tmp_path, with_rows("CTGY", [form]))
    assert result.exit_code == 0, result.output
    (found,) = store.load_snapshot(tmp_path, "v22.0").custom.forms
    assert dict(found.fields) == {"Cost": False, "Region": True}


def test_parameters_that_a_user_is_not_shown_are_counted(tmp_path: Path) -> None:
    result, _ = fetched(tmp_path, with_rows("PARAM", PARAMETERS[:1]))
    assert "parameters (PARAM) of 4 of 5 fields are not shown to this user" in result.output
    assert {name: item.kind for name, item in fields(tmp_path).items() if item.source == "param"} == {
        "Region": FieldKind.CHOICE
    }


def test_words_that_nobody_knows_are_told_with_their_fields(tmp_path: Path) -> None:
    odd = [{**PARAMETERS[0], "dataType": "HOLO", "displayType": "GRAM"}, *PARAMETERS[1:]]
    result, _ = fetched(tmp_path, with_rows("PARAM", odd))
    assert "custom fields of type 'HOLO GRAM': of their values nothing is known" in result.output
    assert "any JSON value may come: 'Region'" in result.output
    assert fields(tmp_path)["Region"].kind is FieldKind.JSON


def test_parameters_are_read_to_the_last_page(tmp_path: Path) -> None:
    """The server gives 2,000 rows at most, whatever is asked; IDs say where the next page begins."""
    names = [f"Field {number:04}" for number in range(2001)]
    result, _ = fetched(tmp_path, many("PARAM", names))
    assert result.exit_code == 0, result.output
    assert {name: item.kind for name, item in fields(tmp_path).items()} == dict.fromkeys(names, FieldKind.MONEY)


def test_only_what_the_version_knows_is_asked(tmp_path: Path) -> None:
    _, asked = fetched(tmp_path, host())
    (wanted,) = {
        value for item in asked for name, value in item.query if name == "fields" and "param/" in item.path.lower()
    }
    assert "isActive" not in wanted
    assert "description" not in wanted
    assert "parameterOptions:value" in wanted


def test_a_field_that_was_renamed_is_a_question(tmp_path: Path) -> None:
    fetched(tmp_path, host("CTGY"))
    file = tmp_path / "v22.0" / "custom.json"
    file.write_text(file.read_text().replace('"Lead"', '"Leader"'))
    result, _ = fetched(tmp_path, host("CTGY"))
    assert "custom field 'Leader' is gone, 'Lead' is new, and they are alike: renamed?" in result.output


@pytest.mark.parametrize(
    ("data", "display", "target", "kind"),
    [
        ("TEXT", "TEXT", None, (FieldKind.TEXT, False)), ("TEXT", "TXTA", None, (FieldKind.TEXT, False)),
        ("NMBR", "TEXT", None, (FieldKind.NUMBER, False)), ("CURC", "TEXT", None, (FieldKind.MONEY, False)),
        ("DATE", "TEXT", None, (FieldKind.DATE, False)), ("DTTM", "TEXT", None, (FieldKind.DATE_TIME, False)),
        ("TEXT", "SLCT", None, (FieldKind.CHOICE, False)), ("TEXT", "RDIO", None, (FieldKind.CHOICE, False)),
        ("TEXT", "MULT", None, (FieldKind.CHOICES, False)), ("TEXT", "CHCK", None, (FieldKind.CHOICES, False)),
        ("TEXT", "TYAH", "USER", (FieldKind.LINK, False)), ("TEXT", "TYAH", None, (FieldKind.TEXT, False)),
        ("TEXT", "INTRNL", "PROJ", (FieldKind.LINK, False)), ("TEXT", "MULTINTRNL", "PROJ", (FieldKind.JSON, False)),
        ("TEXT", "EXTRNL", None, (FieldKind.TEXT, False)), ("TEXT", "MULTEXTRNL", None, (FieldKind.CHOICES, False)),
        ("RICH", "RICH", None, (FieldKind.RICH, False)), ("HTML", "RICH", None, (FieldKind.TEXT, False)),
        ("NMBR", "CALC", None, (FieldKind.NUMBER, True)), ("TEXT", "CALC", None, (FieldKind.TEXT, True)),
        ("CURC", "ROLLUP", None, (FieldKind.MONEY, True)), ("DATE", "TIMEPHASED", None, (FieldKind.DATE, True)),
        ("TEXT", "PSWD", None, (FieldKind.TEXT, False)), ("TEXT", "DOCUMENT", None, (FieldKind.JSON, False)),
        ("DRTN", "TEXT", None, (FieldKind.JSON, False)), ("TEXT", "NEWTHING", None, (FieldKind.JSON, False)),
        ("TEXT", "DTXT", None, None), ("WIDGET", "IMAGE", None, None), ("WIDGET", "WFNATIVE", None, None),
    ],
)  # fmt: skip
def test_every_pair_of_words_is_a_kind(data: str, display: str, target: str | None, kind: object) -> None:
    assert kind_of_parameter(data, display, target) == kind
