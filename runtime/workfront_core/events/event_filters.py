"""Conditions as the filters of event subscriptions (docs/protocol.md 13.2).

Filters are joined by one connector; beside plain ones there may be ten groups of two to five. What does not fit that
form is refused here: the service accepts a filter that makes no sense, and never sends a message for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal, NamedTuple, TypeAlias, cast

from pydantic import JsonValue

from workfront_core.errors.kinds import QueryError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.condition import All, AnyCondition, AnyOf, Comparison, FilterCondition, Not, own_tests
from workfront_core.query.event_test import EventTest, Was
from workfront_core.query.field_kinds import DatePath, DateTimePath
from workfront_core.query.operators import Operator
from workfront_core.query.path import declared

Connector: TypeAlias = Literal["AND", "OR"]
State: TypeAlias = Literal["newState", "oldState"]
Filter: TypeAlias = dict[str, JsonValue]

MOST_GROUPS: Final = 10
MOST_IN_GROUP: Final = 5

_COMPARISONS: Final = {
    Operator.EQ: "eq",
    Operator.EXACT_TIME: "eq",
    Operator.NE: "ne",
    Operator.LT: "lt",
    Operator.LTE: "lte",
    Operator.GT: "gt",
    Operator.GTE: "gte",
    Operator.CONTAINS: "contains",
    Operator.NOT_CONTAINS: "notContains",
}
_OPPOSITES: Final = {
    Operator.EQ: Operator.NE,
    Operator.NE: Operator.EQ,
    Operator.CONTAINS: Operator.NOT_CONTAINS,
    Operator.NOT_CONTAINS: Operator.CONTAINS,
}
_WIRE_INSTANT: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d):(\d{3}[+-]\d{4})", re.ASCII)
_UNFILTERABLE: Final = {"DOCU": ("groups",), "RECORD": ("data",), "RECORD_TYPE": ("data", "fields")}
_CHANGED_ONLY: Final = {"USER": ("userRoles",)}
_CAN: Final = "Event filters know ==, !=, <, <=, >, >=, contains(), not_contains(), has(), contains_only(), changed()."


class EventFilters(NamedTuple):
    """Filters as they travel, and how they are joined."""

    filters: list[JsonValue]
    connector: Connector = "AND"


def event_filters(
    model: type[WorkfrontObject], conditions: FilterCondition[Any] | Iterable[FilterCondition[Any]] | None, use: str
) -> EventFilters:
    """Returns the filters that let an event pass if every condition holds.

    Args:
        model: the object whose events are asked for.
        conditions: one, or several joined by AND.
        use: what for, as in "a subscription to UPDATE of Task".

    Raises:
        QueryError: a condition is on another object, or has no form as a filter.
    """
    given = () if conditions is None else (conditions,) if isinstance(conditions, FilterCondition) else conditions
    parts = list(_conjuncts(All(own_tests(given, model, use))))
    connector: Connector = "OR" if len(parts) == 1 and isinstance(parts[0], AnyOf) else "AND"
    if connector == "OR":
        found = list(_alternatives(parts[0], model))
    else:
        found = [item for part in parts for item in _conjoined(part, model)]
    _check_groups(found)
    return EventFilters(cast("list[JsonValue]", found), connector)


def _conjuncts(condition: AnyCondition, state: State = "newState") -> Iterator[AnyCondition]:
    """Yields the parts all of which must hold; an old state stays with each of its parts."""
    match condition:
        case All():
            for part in condition.parts:
                yield from _conjuncts(part, state)
        case Was(part=All() as inner):
            yield from _conjuncts(inner, "oldState")
        case _:
            yield Was(condition) if state == "oldState" and not isinstance(condition, Was) else condition


def _conjoined(condition: AnyCondition, model: type[WorkfrontObject]) -> Iterator[Filter]:
    """Yields the filters of a part of an AND: plain ones, or a group joined by OR."""
    inner, old = _state_of(condition)
    if isinstance(inner, Comparison) and inner.operator == Operator.BETWEEN:
        yield from _bounds(inner, model, old=old)
    elif isinstance(inner, AnyOf) or (isinstance(inner, Comparison) and inner.operator == Operator.IN):
        either = list(_alternatives(inner, model, old=old))
        if any("type" in item for item in either):
            raise _too_deep("an AND within an OR within an AND")
        yield from either if len(either) == 1 else [_group("OR", either)]
    else:
        yield _plain(inner, model, old=old)


def _alternatives(condition: AnyCondition, model: type[WorkfrontObject], *, old: bool = False) -> Iterator[Filter]:
    """Yields the filters of an OR: plain ones, or groups joined by AND."""
    inner, was_old = _state_of(condition)
    old = old or was_old
    match inner:
        case AnyOf():
            for part in inner.parts:
                yield from _alternatives(part, model, old=old)
        case Comparison(operator=Operator.IN):
            for value in inner.values:
                yield _filter(inner.key, "eq" if not inner.many else "contains", _value(inner, value, model), old=old)
        case Comparison(operator=Operator.BETWEEN):
            yield _group("AND", list(_bounds(inner, model, old=old)))
        case All():
            both = [item for part in _conjuncts(inner) for item in _conjoined(_kept_old(part, old), model)]
            if any("type" in item for item in both):
                raise _too_deep("an OR within an AND within an OR")
            yield from both if len(both) == 1 else [_group("AND", both)]
        case _:
            yield _plain(inner, model, old=old)


def _state_of(condition: AnyCondition) -> tuple[AnyCondition, bool]:
    old = False
    while isinstance(condition, Was):
        condition, old = condition.part, True
    return condition, old


def _kept_old(condition: AnyCondition, old: bool) -> AnyCondition:
    return Was(condition) if old else condition


def _plain(condition: AnyCondition, model: type[WorkfrontObject], *, old: bool) -> Filter:
    match condition:
        case EventTest():
            return _event_test(condition, model, old=old)
        case Comparison():
            return _comparison(condition, model, old=old)
        case Not(part=Comparison() as part) if part.operator in _OPPOSITES:
            opposite = _OPPOSITES[Operator(part.operator)]
            return _comparison(part, model, old=old, comparison=_COMPARISONS[opposite])
        case _:
            raise QueryError(f"This condition has no form as an event filter: {condition!r:.200}.", hint=_CAN)


def _event_test(test: EventTest[Any], model: type[WorkfrontObject], *, old: bool) -> Filter:
    if test.comparison == "changed":
        if old:
            raise QueryError(f"{test.key}: a change has no state of its own.", hint="Write changed() without was().")
        if test.key.startswith(CUSTOM):
            raise QueryError(
                f"{test.key}: event filters cannot ask whether one custom field changed.",
                hint="Leave it out, and compare event.old and event.new when the event is there.",
            )
        _check_name(test.key, model, changed=True)
        return _filter(test.key, "changed", "", old=False)
    _check_name(test.key, model)
    return _filter(test.key, "containsOnly", list(test.values), old=old)


def _comparison(
    test: Comparison[Any], model: type[WorkfrontObject], *, old: bool, comparison: str | None = None
) -> Filter:
    known = comparison or _COMPARISONS.get(cast("Operator", test.operator))
    if known is None:
        raise QueryError(f"{test.key}: event filters do not know the test {test.operator}.", hint=_CAN)
    if test.many:
        known = {"eq": "contains", "ne": "notContains"}.get(known, known)
    return _filter(test.key, known, _value(test, test.values[0], model), old=old)


def _bounds(test: Comparison[Any], model: type[WorkfrontObject], *, old: bool) -> Iterator[Filter]:
    for comparison, value in zip(("gte", "lte"), test.values, strict=True):
        yield _filter(test.key, comparison, _value(test, value, model), old=old)


def _value(test: Comparison[Any], value: str, model: type[WorkfrontObject]) -> str:
    """Returns the text that the service holds against the event: dates with a dot, as events write them."""
    _check_name(test.key, model)
    if test.other_key is not None:
        raise QueryError(f"{test.key}: an event filter cannot compare with another field.", hint="Take a value.")
    if test.has_wildcard:
        raise QueryError(
            f"{test.key}: an event filter does not know {value}; nothing would replace it.", hint="Take a value."
        )
    kind = _kind(test)
    if test.whole_day or (kind is DateTimePath and len(value) == len("2026-03-01")):
        raise QueryError(
            f"{test.key}: an event filter compares instants, and this is a day.",
            hint="Take datetimes with a time zone, and >= and < for the hours of a day.",
        )
    is_instant = kind in (DateTimePath, DatePath) or test.key.startswith(CUSTOM)
    return _WIRE_INSTANT.sub(r"\1.\2", value) if is_instant and _WIRE_INSTANT.fullmatch(value) else value


def _kind(test: Comparison[Any]) -> object:
    """Returns the class of the path a test was built from, where the path says where it starts."""
    origin = test.origin
    if origin is None or len(origin.names) != 1:
        return None
    root: Any = getattr(origin.model, "f", None)
    found = declared(root, origin.names[0]) if root is not None else None
    return found[0] if found is not None else None


def _check_name(key: str, model: type[WorkfrontObject], *, changed: bool = False) -> None:
    code = model.obj_code.upper()
    if ":" in key.removeprefix(CUSTOM):
        raise QueryError(
            f"{key}: an event holds fields of the object itself, none of related ones.",
            hint="Take the ID beside the relation, such as Task.f.project_id.",
        )
    if key in _UNFILTERABLE.get(code, ()) or (key in _CHANGED_ONLY.get(code, ()) and not changed):
        raise QueryError(f"{model.__name__}.{key} cannot be filtered by; such a filter lets nothing pass.")


def _filter(key: str, comparison: str, value: JsonValue, *, old: bool) -> Filter:
    """Returns one filter; a custom field stands nested, as in the event."""
    custom = key.startswith(CUSTOM)
    found: Filter = {
        "fieldName": "parameterValues" if custom else key,
        "fieldValue": {key: value} if custom else value,
        "comparison": comparison,
    }
    return found | {"state": "oldState"} if old else found


def _group(connector: Connector, filters: list[Filter]) -> Filter:
    if len(filters) > MOST_IN_GROUP:
        raise QueryError(
            f"An {connector} of {len(filters)} event filters is too long: a group holds {MOST_IN_GROUP} at most.",
            hint="Make several subscriptions, or one without the filter and look at the events.",
        )
    return {"type": "group", "connector": connector, "filters": cast("JsonValue", filters)}


def _check_groups(filters: Iterable[Filter]) -> None:
    groups = sum("type" in item for item in filters)
    if groups > MOST_GROUPS:
        raise QueryError(f"{groups} groups of event filters are too many: a subscription takes {MOST_GROUPS}.")


def uses_old_state(filters: Iterable[JsonValue]) -> bool:
    """Returns whether a filter, or one inside a group, looks at the row as it was before."""
    rows = [cast("Filter", item) for item in filters]
    inner = [one for row in rows for one in cast("list[Filter]", row.get("filters") or [row])]
    return any(row.get("state") == "oldState" or row.get("comparison") == "changed" for row in inner)


def _too_deep(what: str) -> QueryError:
    return QueryError(
        f"Event filters cannot express {what}: groups do not hold groups.",
        hint="Write the condition as an OR of ANDs or an AND of ORs, or make several subscriptions.",
    )
