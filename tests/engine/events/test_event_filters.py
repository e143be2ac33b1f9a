"""Conditions become filters of event subscriptions, or are refused: a wrong filter would never let an event pass."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from workfront_client.v22 import Document, Iteration, Project, Task, User
from workfront_core import TODAY, QueryError, any_of, custom, days, raw
from workfront_core.events.event_filters import event_filters, uses_old_state
from workfront_core.events.subscription import EVENT_TYPES
from workfront_core.query.event_test import was
from workfront_core.query.operators import Operator

_T = Task.f
_MOMENT = datetime(2026, 3, 18, 14, 5, 30, 250_000, tzinfo=UTC)


def _one(name: str, value: Any, comparison: str, **more: Any) -> dict[str, Any]:
    return {"fieldName": name, "fieldValue": value, "comparison": comparison, **more}


def _group(connector: str, *filters: dict[str, Any]) -> dict[str, Any]:
    return {"type": "group", "connector": connector, "filters": list(filters)}


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        (_T.name == "again", _one("name", "again", "eq")),
        (_T.name != "again", _one("name", "again", "ne")),
        (~(_T.name == "again"), _one("name", "again", "ne")),
        (_T.name.contains("x"), _one("name", "x", "contains")),
        (_T.name.not_contains("x"), _one("name", "x", "notContains")),
        (~_T.name.contains("x"), _one("name", "x", "notContains")),
        (_T.percent_complete < 100, _one("percentComplete", "100", "lt")),
        (_T.percent_complete <= 100, _one("percentComplete", "100", "lte")),
        (_T.percent_complete > 5, _one("percentComplete", "5", "gt")),
        (_T.percent_complete >= 5, _one("percentComplete", "5", "gte")),
        (_T.status == "CUR", _one("status", "CUR", "eq")),
        (_T.is_critical == True, _one("isCritical", "true", "eq")),  # noqa: E712
        (_T.planned_completion_date > _MOMENT, _one("plannedCompletionDate", "2026-03-18T14:05:30.250+0000", "gt")),
        (_T.planned_completion_date == _MOMENT, _one("plannedCompletionDate", "2026-03-18T14:05:30.250+0000", "eq")),
        (_T.status.changed(), _one("status", "", "changed")),
        (was(_T.status == "NEW"), _one("status", "NEW", "eq", state="oldState")),
        (_T.custom("Region") == "North", _one("parameterValues", {"DE:Region": "North"}, "eq")),
        (
            _T.custom("Region").contains_only(["a", "b"]),
            _one("parameterValues", {"DE:Region": ["a", "b"]}, "containsOnly"),
        ),
        (raw("name", "eq", "x"), _one("name", "x", "eq")),
    ],
)
def test_a_test_becomes_one_filter(condition: Any, wanted: dict[str, Any]) -> None:
    assert event_filters(Task, condition, "here") == ([wanted], "AND")


def test_a_list_is_asked_for_its_entries() -> None:
    path = Iteration.f.task_ids
    assert event_filters(Iteration, path.has("a"), "here").filters == [_one("taskIDs", "a", "contains")]
    only = event_filters(Iteration, path.contains_only(["a", "b"]), "here").filters
    assert only == [_one("taskIDs", ["a", "b"], "containsOnly")]
    either = [_one("taskIDs", "a", "contains"), _one("taskIDs", "b", "contains")]
    assert event_filters(Iteration, path.has_any(["a", "b"]), "here").filters == [_group("OR", *either)]


def test_conditions_are_joined_by_and_by_or_and_in_groups() -> None:
    a, b, c = _T.name == "a", _T.name == "b", _T.percent_complete < 100
    plain = [_one("name", "a", "eq"), _one("name", "b", "eq")]
    less = _one("percentComplete", "100", "lt")
    assert event_filters(Task, [a, b], "here") == (plain, "AND")
    assert event_filters(Task, a & b, "here") == (plain, "AND")
    assert event_filters(Task, a | b, "here") == (plain, "OR")
    assert event_filters(Task, _T.name.in_(["a", "b"]), "here").filters == [_group("OR", *plain)]
    assert event_filters(Task, c & (a | b), "here") == ([less, _group("OR", *plain)], "AND")
    assert event_filters(Task, (c & a) | b, "here") == ([_group("AND", less, plain[0]), plain[1]], "OR")
    assert event_filters(Task, any_of([a, b, c]), "here") == ([*plain, less], "OR")
    between = [_one("percentComplete", "5", "gte"), _one("percentComplete", "9", "lte")]
    assert event_filters(Task, _T.percent_complete.between(5, 9), "here") == (between, "AND")
    assert event_filters(Task, a | _T.percent_complete.between(5, 9), "here").filters[1] == _group("AND", *between)
    assert event_filters(Task, None, "here") == ([], "AND")


def test_what_a_row_was_is_asked_of_each_part() -> None:
    old = {"state": "oldState"}
    both = was((_T.name == "a") & (_T.status == "NEW"))
    wanted = [_one("name", "a", "eq", **old), _one("status", "NEW", "eq", **old)]
    assert event_filters(Task, [both], "here") == (wanted, "AND")
    assert event_filters(Task, was((_T.name == "a") | (_T.status == "NEW")), "here").filters == [_group("OR", *wanted)]
    assert uses_old_state(event_filters(Task, [both], "here").filters)
    assert uses_old_state(event_filters(Task, both | (_T.name == "y"), "here").filters)
    assert not uses_old_state(event_filters(Task, _T.name == "a", "here").filters)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (_T.project.name == "x", "project:name"),
        (_T.name.startswith("x"), "startswith"),
        (_T.name.is_null(), "isnull"),
        (_T.name.icontains("x"), "cicontains"),
        (~(_T.percent_complete < 5), "no form"),
        (_T.planned_completion_date > TODAY - days(7), "TODAY"),
        (_T.planned_completion_date == date(2026, 3, 18), "day"),
        (_T.planned_completion_date < date(2026, 3, 18), "day"),
        (_T.planned_start_date < _T.planned_completion_date, "another field"),
        (_T.custom("Region").changed(), "custom field"),
        (was(_T.status.changed()), "no state"),
        (_T.name.in_(["a", "b", "c", "d", "e", "f"]), "5 at most"),
        ((_T.name == "a") & ((_T.name == "b") | ((_T.status == "x") & (_T.name == "d"))), "groups do not hold groups"),
        ([_T.name.in_(["a", f"b{number}"]) for number in range(11)], "takes 10"),
        (Project.f.name == "x", "belongs to Project"),
        (custom("Budget", of=Task.f.project) == 5, "related"),
    ],
)
def test_what_no_filter_can_say_is_refused(condition: Any, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        event_filters(Task, condition, "here")


def test_fields_the_service_never_filters_by_are_refused() -> None:
    with pytest.raises(QueryError, match="lets nothing pass"):
        event_filters(Document, raw("groups", "contains", "x"), "here")
    with pytest.raises(QueryError, match="lets nothing pass"):
        event_filters(User, raw("userRoles", "eq", "x"), "here")


def test_every_operator_has_a_filter_or_is_refused_in_words() -> None:
    for operator in Operator:
        values = ("1",) * max(1, operator.arity)
        try:
            found = event_filters(Task, raw("name", operator, *values[: operator.arity]), "here")
        except QueryError as error:
            assert "event filter" in str(error), operator  # noqa: PT017
        else:
            assert found.filters, operator


def test_searches_refuse_tests_that_only_events_have() -> None:
    from workfront_core.operations import operation

    for condition in (_T.status.changed(), was(_T.name == "x"), (_T.name == "a") | _T.status.changed()):
        with pytest.raises(QueryError, match="a search sees rows as they are"):
            operation.search(Task, [condition])


def test_event_types_are_those_of_the_protocol() -> None:
    assert EVENT_TYPES == ("CREATE", "UPDATE", "DELETE")
