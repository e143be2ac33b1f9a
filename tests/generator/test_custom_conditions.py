"""Every test of a path on every kind of custom field: the filter it sends, or a refusal that says what to write."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

import pytest

from tests.generator.test_custom_fields import SNAPSHOT
from tests.generator.test_custom_writes import FIELDS
from tests.support.tenant_package import tenant_package
from workfront_core import Linked, RichText, WorkfrontError, parse
from workfront_core.query.filter_parameters import parameters
from workfront_schema.custom_fields import FieldKind

LEAD = '{"objCode":"USER","name":"Ann","ID":"a1"}'
DRAFT = str(RichText.from_text("Dough"))
SAMPLES: Final[Mapping[FieldKind, Any]] = {
    FieldKind.TEXT: "N", FieldKind.NUMBER: 7, FieldKind.MONEY: Decimal("7.5"), FieldKind.DATE: date(2026, 6, 13),
    FieldKind.DATE_TIME: datetime(2026, 6, 13, 9, tzinfo=UTC), FieldKind.LINK: "a1", FieldKind.RICH: "N",
    FieldKind.JSON: "N", FieldKind.CHOICE: "N", FieldKind.CHOICES: "N", FieldKind.OPTIONS: "N",
}  # fmt: skip

NULLS: Final = {"== None", "!= None", "is_null", "not_null"}
EQUAL: Final = {*NULLS, "==", "!=", "differs", "in_", "not_in"}
ORDER: Final = {*EQUAL, "<", "<=", ">", ">=", "between", "not_between"}
PARTS: Final = {
    "iequals", "idiffers", "contains", "not_contains", "icontains", "not_icontains", "startswith", "istartswith",
    "endswith", "iendswith", "like", "ilike", "soundex",
}  # fmt: skip
WORDS: Final = {"iin_", "not_iin", "icontains_any", "icontains_all", "not_icontains_any", "not_icontains_all"}
TEXTS: Final = {*ORDER, *PARTS, *WORDS, "ibetween", "not_ibetween", "is_blank", "not_blank", "length"}
BITS: Final = {"any_bits", "all_bits", "no_bits"}
LISTS: Final = {"is_null", "not_null", "has", "has_any", "has_all"}
ALLOWED: Final[Mapping[FieldKind, set[str]]] = {
    FieldKind.TEXT: TEXTS,
    FieldKind.NUMBER: ORDER | BITS,
    FieldKind.MONEY: ORDER | BITS,
    FieldKind.DATE: ORDER,
    FieldKind.DATE_TIME: ORDER,
    FieldKind.LINK: EQUAL | {"is_blank", "not_blank"},
    FieldKind.RICH: {"is_null", "not_null"},
    FieldKind.JSON: EQUAL,
    FieldKind.CHOICE: EQUAL,
    FieldKind.CHOICES: LISTS,
    FieldKind.OPTIONS: EQUAL | LISTS,
}
BY_NAME: Final[Mapping[FieldKind, set[str]]] = {
    FieldKind.LINK: EQUAL | {"is_blank", "not_blank"}, FieldKind.RICH: NULLS | {"is_blank", "not_blank"},
}  # fmt: skip
"""What fields of these kinds allow by their own names, ``f.custom("Lead")``; others allow what a field may."""


def _method(name: str) -> Callable[[Any, Any], Any]:
    match name:
        case "is_null" | "not_null" | "is_blank" | "not_blank":
            return lambda path, _: getattr(path, name)()
        case "in_" | "not_in" | "iin_" | "not_iin" | "has_any" | "has_all" | "icontains_any" | "icontains_all":
            return lambda path, value: getattr(path, name)([value])
        case "not_icontains_any" | "not_icontains_all":
            return lambda path, value: getattr(path, name)([value])
        case "between" | "not_between" | "ibetween" | "not_ibetween":
            return lambda path, value: getattr(path, name)(value, value)
        case "any_bits" | "all_bits" | "no_bits":
            return lambda path, _: getattr(path, name)(1)
        case "length":
            return lambda path, _: path.length > 1
        case "== None":
            return lambda path, _: path == None  # noqa: E711 - what a program writes
        case "!= None":
            return lambda path, _: path != None  # noqa: E711 - what a program writes
        case _:
            return lambda path, value: getattr(path, name)(value)


_SIGNS: Final = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
TESTS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    name: _SIGNS.get(name) or _method(name) for name in sorted(TEXTS | BITS | LISTS)
}


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with tenant_package(SNAPSHOT, "tenant_of_conditions", tmp_path_factory.mktemp("conditions")) as package:
        yield package


def _told(test: Callable[[Any, Any], Any], path: Any, value: Any) -> str:
    """Returns what a test sends, or ``refused`` where it says what to write."""
    try:
        return json.dumps(list(parameters([test(path, value)])))
    except (WorkfrontError, AttributeError) as error:
        told = f"{error} {getattr(error, 'hint', '')}"
        assert "custom" in told, told
        return "refused"


def _member(space: Any, name: str) -> Any:
    return getattr(space, {"Go-live": "go_live"}.get(name, name.lower()))


@pytest.mark.parametrize("kind", FieldKind)
def test_a_kind_has_the_tests_that_the_api_knows_for_it(tenant: Any, kind: FieldKind) -> None:
    for space, key in ((tenant.Project.f.custom, "DE:"), (tenant.Task.f.project.custom, "DE:project:")):
        path = _member(space, FIELDS[kind])
        told = {name: _told(test, path, SAMPLES[kind]) for name, test in TESTS.items()}
        assert {name for name, sent in told.items() if sent != "refused"} == ALLOWED[kind]
        assert all(f'"{key}{FIELDS[kind]}' in sent for sent in told.values() if sent != "refused")


@pytest.mark.parametrize("kind", FieldKind)
def test_a_field_by_its_own_name_refuses_what_its_kind_cannot(tenant: Any, kind: FieldKind) -> None:
    for path in (tenant.Project.f.custom(FIELDS[kind]), tenant.Task.f.project.custom[FIELDS[kind]]):
        told = {name: _told(test, path, "N" if kind is not FieldKind.LINK else "a1") for name, test in TESTS.items()}
        allowed = BY_NAME.get(kind, set(TESTS) - {"has", "has_any"})
        assert {name for name, sent in told.items() if sent != "refused"} == allowed


READ: Final = [LEAD, Linked("a1", "Ann", "USER"), " " + LEAD, "a1"]


@pytest.mark.parametrize("value", READ, ids=["text", "linked", "blank", "ID"])
def test_what_was_read_of_a_reference_is_compared_by_its_id(tenant: Any, value: str) -> None:
    for path in (tenant.Project.f.custom.lead, tenant.Project.f.custom("Lead")):
        assert list(parameters([path == value])) == [("DE:Lead", "a1")]
        assert list(parameters([path.in_([value, "b2"])])) == [("DE:Lead", "a1"), ("DE:Lead", "b2")]
        assert ("DE:Lead", "a1") in list(parameters([path != value]))
        assert ("DE:Lead", "a1") in list(parameters([path.differs(value)]))


@pytest.mark.parametrize("kind", [kind for kind in FieldKind if "==" in ALLOWED[kind]])
def test_a_row_is_compared_by_its_id_and_the_refusal_says_so(tenant: Any, kind: FieldKind) -> None:
    row = tenant.Project.from_wire({"ID": "a1", "name": "x"})
    space = tenant.Project.f.custom
    for path in (_member(space, FIELDS[kind]), space(FIELDS[kind]), space("Newcomer")):
        for test in (operator.eq, operator.ne, lambda path, row: path.in_([row]), lambda path, row: path.differs(row)):
            with pytest.raises(WorkfrontError, match=r"takes .*, not Project .*\n.*write row\.id"):
                test(path, row)
    assert list(parameters([space.lead == row.id])) == [("DE:Lead", "a1")]


def test_what_matches_nothing_is_refused_where_nobody_knows_the_kind() -> None:
    from workfront_client.v22 import Project

    with pytest.raises(WorkfrontError, match="a reference reads as") as raised:
        _ = Project.f.custom("Lead") == LEAD
    assert "'a1'" in str(getattr(raised.value, "hint", ""))
    with pytest.raises(WorkfrontError, match="text with formatting"):
        _ = Project.f.custom("Notes").in_([DRAFT])
    for other in ("{", "{}", '{"ID": 5}', '{"a": 1}', "[1]"):
        assert list(parameters([Project.f.custom("Text") == other])) == [("DE:Text", other)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('DE:Lead contains "Ann"', "compares its ID alone"), ('custom.lead contains "Ann"', "compares its ID alone"),
        ('DE:Text = "x"', "text with formatting"), ('custom.text = "x"', "does not apply"),
        ('DE:Text contains "x"', "text with formatting"), ('custom.sizes = "N"', "does not apply"),
        ("custom.region > 5", "does not apply"), ("custom.margin = 'x'", "a number"),
    ],
)  # fmt: skip
def test_the_condition_language_refuses_the_same(tenant: Any, text: str, told: str) -> None:
    with pytest.raises(WorkfrontError, match=told):
        parse(text, tenant.Project)


@pytest.mark.parametrize("text", ['DE:Lead = "a1"', 'custom.lead = "a1"', "DE:Text is null", "custom.text is not null"])
def test_the_condition_language_takes_what_is_left(tenant: Any, text: str) -> None:
    assert list(parameters([parse(text, tenant.Project)]))
