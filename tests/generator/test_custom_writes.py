"""Every kind of custom field takes every form of value in the form of its kind, or refuses it in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import Any, Final

import pytest
from pydantic import ConfigDict, Field

from tests.generator.test_custom_fields import ID, SNAPSHOT
from tests.support.tenant_package import tenant_package
from workfront_core import CustomForm, Linked, QueryError, RichText, RowInput, raw_custom
from workfront_core.bulk.rows import changed_row, new_row
from workfront_core.operations import operation
from workfront_core.operations.row_update import RowUpdate
from workfront_schema.custom_fields import CustomCatalogue, CustomField, FieldKind

FIELDS: Final[Mapping[FieldKind, str]] = {
    FieldKind.TEXT: "Note", FieldKind.NUMBER: "Margin", FieldKind.MONEY: "Cost", FieldKind.DATE: "Go-live",
    FieldKind.DATE_TIME: "Call", FieldKind.LINK: "Lead", FieldKind.RICH: "Text", FieldKind.JSON: "Odd",
    FieldKind.CHOICE: "Region", FieldKind.CHOICES: "Sizes", FieldKind.OPTIONS: "Either",
}  # fmt: skip


class Market(StrEnum):
    NORTH = "N"


class Rank(IntEnum):
    FIRST = 1


class Word(Enum):
    N = "N"


class _Person(dict[str, object]):
    """Stands for a row of a user, which the package of the test has."""


LEAD = '{"objCode":"USER","name":"Ann","ID":"a1"}'
DRAFT = {"blocks": [{"key": "a", "text": "Dough", "type": "unstyled"}]}
KEPT = {**DRAFT, "entityMap": {}}
EAST = timezone(timedelta(hours=9))
MOMENT = datetime(2026, 6, 13, 23, 30, tzinfo=EAST)
VALUES: Final[Mapping[str, Any]] = {
    "null": None, "text": "N", "blank": "", "blanks": "N S", "digits": "007.50", "digits apart": "1_000",
    "comma": "7,5", "no number": "NaN", "flag": True, "whole": 7, "float": 7.5, "exact": Decimal("7.50"),
    "fine": Decimal("0.12345678901234567891"), "large": Decimal("1E+9999999"), "not finite": Decimal("NaN"),
    "endless": float("inf"), "day": date(2026, 6, 13), "moment": MOMENT, "naive": datetime(2026, 6, 13, 9),  # noqa: DTZ001
    "day as text": "2026-06-13", "midnight as text": "2026-06-13T00:00:00:000-0600",
    "moment as text": "2026-06-13T23:30:00+09:00", "moment without a zone": "2026-06-13 23:30",
    "no day": "2026-02-30", "list": ["N", "S"], "tuple": ("S",), "set": {"S", "N"}, "empty list": [],
    "list of numbers": [7], "list of lists": [["N"]], "bytes": b"N", "map": {"a": 1},
    "object": {"ID": "a1", "name": "Ann"}, "own name of an ID": {"id": "a1"}, "reference": Linked("a1", "Ann", "USER"),
    "reference as it was read": LEAD,
    "reference without an ID": '{"name":"Ann"}', "half a reference": '{"ID":', "list as text": '["a1"]',
    "row": _Person({"ID": ID}), "row without an ID": _Person(), "formatted": RichText(DRAFT),
    "formatted, as text": json.dumps(DRAFT), "formatted, as JSON": DRAFT, "half formatted": '{"blocks":5}',
    "member": Market.NORTH, "number of a list": Rank.FIRST, "member that is no text": Word.N, "thing": object(),
}  # fmt: skip

_ODD: Final = ("reference as it was read", "reference without an ID")
"""Texts that hold an object of JSON which is no text with formatting."""
_DRAFT: Final = json.dumps(KEPT, separators=(",", ":"))
_NONE: Final = {"null": None}
_TEXTS: Final = {name: str(value) for name, value in VALUES.items() if isinstance(value, str)}
_NUMBERS: Final = {
    **_NONE, "digits": 7.5, "whole": 7, "float": 7.5, "exact": 7.5, "fine": "0.12345678901234567891",
    "number of a list": 1,
}  # fmt: skip
_CHOICE: Final = {**_NONE, "text": "N", "member": "N"}
_LISTS: Final = {"list": ["N", "S"], "tuple": ["S"], "set": ["N", "S"], "empty list": None}
_WORDS: Final = {
    name: text for name, text in _TEXTS.items() if name not in ("formatted, as text", "half formatted", *_ODD)
}
TAKEN: Final[Mapping[FieldKind, Mapping[str, Any]]] = {
    FieldKind.TEXT: {**_NONE, **_TEXTS, "member that is no text": "N", "formatted": _DRAFT},
    FieldKind.NUMBER: _NUMBERS,
    FieldKind.MONEY: _NUMBERS,
    FieldKind.DATE: {**_NONE, "day": "2026-06-13", "day as text": "2026-06-13", "midnight as text": "2026-06-13"},
    FieldKind.DATE_TIME: {
        **_NONE, "day": "2026-06-13", "moment": "2026-06-13T23:30:00:000+0900", "day as text": "2026-06-13",
        "midnight as text": "2026-06-13T00:00:00:000-0600", "moment as text": "2026-06-13T23:30:00:000+0900",
        "moment without a zone": "2026-06-13 23:30",
    },
    FieldKind.LINK: {
        **_NONE, "text": "N", "digits": "007.50", "digits apart": "1_000", "comma": "7,5", "no number": "NaN",
        "day as text": "2026-06-13", "midnight as text": "2026-06-13T00:00:00:000-0600",
        "moment as text": "2026-06-13T23:30:00+09:00", "no day": "2026-02-30",
        "object": "a1", "own name of an ID": "a1", "reference": "a1", "reference as it was read": "a1",
        "row": ID, "member": "N",
    },
    FieldKind.CHOICE: _CHOICE,
    FieldKind.CHOICES: {**_NONE, "text": ["N"], "member": ["N"], **_LISTS},
    FieldKind.OPTIONS: {**_NONE, **_TEXTS, **_LISTS},
    FieldKind.RICH: {
        **_NONE, **{name: str(RichText.from_text(text)) for name, text in _WORDS.items()},
        "formatted": _DRAFT, "formatted, as text": _DRAFT, "formatted, as JSON": _DRAFT,
    },
}  # fmt: skip
"""What a value becomes, by kind; every other is refused. A field of an unknown kind takes what JSON has a form for."""


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with tenant_package(SNAPSHOT, "tenant_of_writes", tmp_path_factory.mktemp("writes")) as package:
        yield package


class AnyForm(CustomForm):
    """A form that checks nothing, so that the write is what does."""

    model_config = ConfigDict(populate_by_name=True, arbitrary_types_allowed=True)
    note: Any = Field(None, alias="Note")
    margin: Any = Field(None, alias="Margin")
    cost: Any = Field(None, alias="Cost")
    go_live: Any = Field(None, alias="Go-live")
    call: Any = Field(None, alias="Call")
    lead: Any = Field(None, alias="Lead")
    text: Any = Field(None, alias="Text")
    odd: Any = Field(None, alias="Odd")
    region: Any = Field(None, alias="Region")
    sizes: Any = Field(None, alias="Sizes")
    either: Any = Field(None, alias="Either")


def _assigned(model: Any, name: str, value: Any) -> Any:
    row = model.from_wire({"ID": ID})
    member = {"Go-live": "go_live"}.get(name, name.lower())
    setattr(row.custom, member, value)
    return RowUpdate.of(row).body


def _by_key(model: Any, name: str, value: Any) -> Any:
    row = model.from_wire({"ID": ID})
    row.custom[name] = value
    return RowUpdate.of(row).body


def _listed(model: Any, name: str, value: Any) -> Any:
    row = model.from_wire({"ID": ID})
    row["parameterValues"] = {f"DE:{name}": value}
    return RowUpdate.of(row).body


def _changed(model: Any, name: str, value: Any) -> Any:
    return {
        key: item
        for key, item in _body(changed_row(model, 0, (ID, RowInput({}, custom={name: value})))).items()
        if key != "ID"
    }


def _body(prepared: Any) -> Any:
    return prepared.body


def _form_as_custom(model: Any, name: str, value: Any) -> Any:
    form: Any = AnyForm(**{name: value})
    return operation.update(model, ID, {}, custom=form).json


WAYS: Final[Mapping[str, Callable[[Any, str, Any], Any]]] = {
    "create": lambda model, name, value: operation.create(model, {}, custom={name: value}).json,
    "create, wire name": lambda model, name, value: operation.create(model, {}, custom={f"DE:{name}": value}).json,
    "update": lambda model, name, value: operation.update(model, ID, {}, custom={name: value}).json,
    "copy": lambda model, name, value: operation.copy(model, ID, custom={name: value}).json,
    "form": lambda model, name, value: operation.create(model, {}, form=AnyForm(**{name: value})).json,
    "form as custom": _form_as_custom,
    "created row": lambda model, name, value: _body(new_row(model, 0, RowInput({}, custom={name: value}))),
    "row with a form": lambda model, name, value: _body(new_row(model, 0, RowInput({}, form=AnyForm(**{name: value})))),
    "changed row": _changed,
    "made row": lambda model, name, value: _body(new_row(model, 0, model(**{f"DE:{name}": value}))),
    "member": _assigned,
    "key": _by_key,
    "all at once": _listed,
}


def _given(tenant: Any, form: str) -> Any:
    value = VALUES[form]
    return tenant.Task.from_wire(dict(value)) if isinstance(value, _Person) else value


def _outcome(write: Callable[[Any, str, Any], Any], model: Any, name: str, value: Any) -> str:
    try:
        return json.dumps(write(model, name, value))
    except QueryError as error:
        told = str(error)
        return "refused" if f"DE:{name}: " in told or f"DE:{name} takes one of its options" in told else told


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", TAKEN)
def test_a_value_is_written_as_its_kind_or_refused(tenant: Any, kind: FieldKind, way: str) -> None:
    name, taken = FIELDS[kind], TAKEN[kind]
    found = {form: _outcome(WAYS[way], tenant.Project, name, _given(tenant, form)) for form in VALUES}
    assert found == {form: json.dumps({f"DE:{name}": taken[form]}) if form in taken else "refused" for form in VALUES}


def test_every_kind_stands_in_the_table() -> None:
    assert set(FIELDS) == set(FieldKind)
    assert set(TAKEN) == set(FieldKind) - {FieldKind.JSON}


def test_a_field_of_an_unknown_kind_takes_any_json(tenant: Any) -> None:
    for form in ("null", "text", "flag", "whole", "list", "map", "moment", "exact"):
        assert operation.create(tenant.Project, {}, custom={"Odd": VALUES[form]}).json, form
    for form in ("thing", "bytes", "naive", "not finite"):
        with pytest.raises(QueryError, match="Odd"):
            operation.create(tenant.Project, {}, custom={"Odd": VALUES[form]})


READ: Final[Mapping[str, Any]] = {
    "ID": ID, "DE:Lead": LEAD, "DE:Text": json.dumps(DRAFT), "DE:Sizes": "S", "DE:Region": "gone", "DE:Total": 5,
    "DE:Margin": "much", "DE:Cost": "12.50", "DE:New": LEAD, "DE:Note": None,
}  # fmt: skip
SENT_BACK: Final[Mapping[str, Any]] = {
    "DE:Lead": "a1", "DE:Text": _DRAFT, "DE:Sizes": ["S"], "DE:Region": "gone", "DE:Margin": "much", "DE:Cost": 12.5,
    "DE:New": LEAD, "DE:Note": None,
}  # fmt: skip


def test_a_row_that_was_read_is_written_in_the_forms_of_a_write(tenant: Any) -> None:
    row = tenant.Project.from_wire(dict(READ))
    assert RowUpdate.of(row, whole=True).body == SENT_BACK
    assert _body(new_row(tenant.Project, 0, row)) == SENT_BACK
    assert not RowUpdate.of(row).body


def test_a_row_inside_another_is_checked_as_one_of_its_own(tenant: Any) -> None:
    inside = {"id": ID, "DE:Lead": LEAD}
    assert operation.update(tenant.Task, ID, {"project": inside}).json == {"project": {"ID": ID, "DE:Lead": "a1"}}
    with pytest.raises(QueryError, match="DE:Margin: a number"):
        operation.update(tenant.Task, ID, {"project": {"id": ID, "DE:Margin": True}})


def test_what_the_package_does_not_check_goes_by_a_door_of_its_own(tenant: Any) -> None:
    assert operation.update(tenant.Project, ID, {}, custom=raw_custom({"Margin": "7", "Lead": LEAD})).json == {
        "DE:Margin": "7", "DE:Lead": LEAD,
    }  # fmt: skip


def test_a_reference_to_another_object_is_refused(tenant_of_targets: Any) -> None:
    project = tenant_of_targets.Project
    task = tenant_of_targets.Task.from_wire({"ID": ID})
    for wrong in (task, Linked("a1", "Ann", "TEAMOB"), {"ID": "a1", "objCode": "TASK"}, LEAD.replace("USER", "TASK")):
        with pytest.raises(QueryError, match="DE:Lead: a reference to USER is expected"):
            operation.update(project, ID, {}, custom={"Lead": wrong})
    for right in ("a1", Linked("a1"), Linked("a1", "Ann", "USER"), LEAD, {"ID": "a1"}):
        assert operation.update(project, ID, {}, custom={"Lead": right}).json == {"DE:Lead": "a1"}


@pytest.fixture(scope="module")
def tenant_of_targets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    lead = CustomField("Lead", FieldKind.LINK, "Lead", ("PROJ",), target="USER", source="param")
    with tenant_package(
        replace(SNAPSHOT, custom=CustomCatalogue((lead,))), "tenant_of_targets", tmp_path_factory.mktemp("targets")
    ) as package:
        yield package
