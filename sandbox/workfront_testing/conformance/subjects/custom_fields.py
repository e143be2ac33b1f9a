"""Custom fields and forms. docs/protocol.md 7.3, 7.8, 7.9, 8.1."""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.answer import Row, as_list, as_row
from workfront_testing.conformance.check import Check, Mark, Observed
from workfront_testing.conformance.expect import described, has, members, refused, row, rows, some_row
from workfront_testing.conformance.selection import Selection, nothing
from workfront_testing.conformance.values import heads, parts, swapped, swapped_parts, value_pairs

_KINDS: Final = frozenset({"TEXT", "NMBR", "CURC", "DATE", "DTTM", "RICH", "WIDGET"})
_PROJECT: Final = "proj/{custom.ID}"
_ASKED: Final = f"{_PROJECT}?fields=DE:{{custom.field}}"


def _has_value(seen: Observed) -> bool:
    return seen.answer.row.get(f"DE:{seen.value('custom.field')}") == seen.value("custom.value")


def _in_values(seen: Observed) -> bool:
    held = as_row(seen.answer.row.get("parameterValues"))
    return bool(held) and all(name.startswith("DE:") for name in held) and f"DE:{seen.value('custom.field')}" in held


def _among(found: Row, key: str, *names: str) -> bool:
    return bool(as_list(found.get(key))) and all(has(*names)(as_row(one)) for one in found[key])


def _sorted(seen: Observed) -> bool:
    name = f"DE:{seen.value('custom.field')}"
    up, down = ([one[name] for one in answer.rows if one.get(name) is not None] for answer in seen.answers)
    return len(set(up)) > 1 and sorted(up) == sorted(down) and up[0] != down[0]


def _choices(seen: Observed) -> bool:
    found = [one for one in described(seen.answer, "custom").values() if "possibleValues" in one]
    return bool(found) and all(_among(one, "possibleValues", "label", "value") for one in found)


_VALUE: Final = ("custom", "value")
_FILTERS: Final = (
    Selection(
        "A custom field is filtered by DE:<name>.", Mark.DOC, "8.1", *_VALUE, "DE:{field}={}", lambda f, v: f == v
    ),
    Selection(
        "Several values of a custom field mean one of them.",
        Mark.DOC,
        "8.1",
        *_VALUE,
        "DE:{field}={0}&DE:{field}={1}",
        lambda f, v: f in v,
        value_pairs,
    ),
    Selection(
        "cieq on a custom field.",
        Mark.DOC,
        "8.2",
        *_VALUE,
        "DE:{field}={}&DE:{field}_Mod=cieq",
        lambda f, v: str(f).casefold() == v.casefold(),
        swapped,
    ),
    Selection(
        "contains on a custom field.",
        Mark.DOC,
        "8.2",
        *_VALUE,
        "DE:{field}={}&DE:{field}_Mod=contains",
        lambda f, v: f is not None and v in f,
        parts,
    ),
    Selection(
        "cicontains on a custom field.",
        Mark.DOC,
        "8.2",
        *_VALUE,
        "DE:{field}={}&DE:{field}_Mod=cicontains",
        lambda f, v: f is not None and v.casefold() in f.casefold(),
        swapped_parts,
    ),
    Selection(
        "startswith on a custom field.",
        Mark.DOC,
        "8.2",
        *_VALUE,
        "DE:{field}={}&DE:{field}_Mod=startswith",
        lambda f, v: f is not None and f.startswith(v),
        heads,
    ),
    Selection(
        "notblank on a custom field.",
        Mark.DOC,
        "8.2",
        *_VALUE,
        "DE:{field}=&DE:{field}_Mod=notblank",
        lambda f, _: bool(f),
        nothing,
    ),
    Selection(
        "isblank on a custom field.",
        Mark.DOC,
        "8.2",
        *_VALUE,
        "DE:{field}=&DE:{field}_Mod=isblank",
        lambda f, _: not f,
        nothing,
    ),
    Selection(
        "A custom field stands in an OR group.",
        Mark.SEEN,
        "8.3",
        *_VALUE,
        "OR:1:DE:{field}={0}&OR:2:DE:{field}={1}",
        lambda f, v: f in v,
        value_pairs,
        ("OR:1:", "OR:2:"),
    ),
)
_READING: Final = (
    Check(
        "DE:<name> among fields gives the value under this key.",
        Mark.DOC,
        "7.3",
        (_ASKED,),
        _has_value,
        ("{custom.value}",),
    ),
    Check(
        "parameterValues gives an object with DE: keys.",
        Mark.DOC,
        "7.3",
        (f"{_PROJECT}?fields=parameterValues",),
        _in_values,
        ("{custom.field}",),
    ),
    Check(
        "parameterValues:* gives it too.",
        Mark.SEEN,
        "7.3",
        (f"{_PROJECT}?fields=parameterValues:*",),
        _in_values,
        ("{custom.field}",),
    ),
    Check(
        "An unknown custom field is refused.",
        Mark.SEEN,
        "7.3",
        ("proj/search?fields=DE:qxq no such field qxq",),
        refused("qxq no such field qxq"),
    ),
    Check(
        "Rows sort by a custom field.",
        Mark.INFERRED,
        "7.4",
        (
            "proj/search?fields=DE:{custom.field}&DE:{custom.field}_Mod=notblank&DE:{custom.field}_Sort=asc&$$LIMIT=2000",
            "proj/search?fields=DE:{custom.field}&DE:{custom.field}_Mod=notblank&DE:{custom.field}_Sort=desc&$$LIMIT=2000",
        ),
        _sorted,
    ),
    Check(
        "A custom field over a relation has DE: first in a filter.",
        Mark.SEEN,
        "8.1",
        (
            "task/count?DE:project:{custom.field}={custom.value}&projectID={custom.ID}",
            "task/count?projectID={custom.ID}",
        ),
        lambda s: s.answer.count == s.answers[1].count > 0,
    ),
    Check(
        "custom maps names without DE: to their types.",
        Mark.SEEN,
        "7.8",
        ("proj/metadata",),
        members("custom", lambda r: r.get("type") in {"string", "double", "date"}),
    ),
    Check(
        "custom names the forms of each field.",
        Mark.SEEN,
        "7.8",
        ("proj/metadata",),
        members("custom", has("categories")),
    ),
    Check("custom has the choices of a field with choices.", Mark.SEEN, "7.8", ("proj/metadata",), _choices),
    Check(
        "A parameter has dataType and displayType.",
        Mark.SEEN,
        "7.9",
        ("param/search?fields=dataType,displayType&$$LIMIT=50",),
        rows(lambda r: bool(r.get("dataType")) and bool(r.get("displayType"))),
    ),
    Check(
        "Data types of parameters are of seven words.",
        Mark.SEEN,
        "7.9",
        ("param/search?fields=dataType&$$LIMIT=2000",),
        rows(lambda r: r.get("dataType") in _KINDS),
    ),
    Check(
        "A parameter has a name and a label.",
        Mark.SEEN,
        "7.3",
        ("param/search?fields=name,label&$$LIMIT=50",),
        rows(has("name", "label")),
    ),
    Check(
        "A parameter with choices has parameterOptions.",
        Mark.SEEN,
        "7.9",
        ("param/search?displayType=SLCT&displayType=RDIO&fields=parameterOptions:*&$$LIMIT=20",),
        some_row(lambda r: _among(r, "parameterOptions", "value", "label", "isHidden", "displayOrder")),
    ),
    Check(
        "A form has categoryParameters with parameterID and isRequired.",
        Mark.SEEN,
        "7.9",
        ("ctgy/search?fields=categoryParameters:*&$$LIMIT=20",),
        some_row(lambda r: _among(r, "categoryParameters", "parameterID", "isRequired")),
    ),
    Check(
        "A form names the objects it is for.",
        Mark.SEEN,
        "7.9",
        ("ctgy/search?fields=objTypes&$$LIMIT=20",),
        rows(lambda r: "objTypes" in r),
    ),
    Check(
        "A parameter tells whether it is active.",
        Mark.DOC,
        "7.9",
        ("param/search?fields=isActive&$$LIMIT=20",),
        rows(lambda r: "isActive" in r),
    ),
    Check(
        "A form is a row of its own by ID.",
        Mark.DOC,
        "7.1",
        ("ctgy/{form.ID}",),
        row(lambda r: r.get("objCode") == "CTGY"),
    ),
)
CHECKS: Final = (*_READING, *_FILTERS)
