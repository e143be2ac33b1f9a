"""Operations: the exact request each one builds, and misuse refused before anything is sent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.support.query_fixture.enums import Priority, TaskStatus
from tests.support.query_fixture.models.custom_enum import CustomEnum
from tests.support.query_fixture.models.hour import Hour
from tests.support.query_fixture.models.project import Project
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.models.user import User
from workfront_core.errors import QueryError
from workfront_core.operations import decoders as result
from workfront_core.operations import operation
from workfront_core.request.encoding import MAX_URL
from workfront_core.request.request import Request

ROOT = "https://acme.example/attask/api/v22.0/"
ID = "4c78821c0000d6fa8d5e52f07a1d54d0"
A, B, C = ("a" * 32, "b" * 32, "c" * 32)


def line(request: Request[Any]) -> str:
    """Verb and URL as they travel."""
    call = request.call(ROOT)
    return f"{call.method} {call.url.removeprefix(ROOT)}"


def test_get_asks_for_one_object_by_path() -> None:
    assert line(operation.get(Task, ID)) == f"GET TASK/{ID}"
    assert line(operation.get(Task, ID, fields=[Task.f.project.name])) == f"GET TASK/{ID}?fields=project:name"


def test_a_placeholder_id_is_a_parameter() -> None:
    assert line(operation.get(User, "$$USER")) == "GET USER?id=$$USER"


def test_get_many_joins_ids_with_commas_and_drops_repetitions() -> None:
    assert line(operation.get_many(Task, [A, B, A])) == f"GET TASK?id={A},{B}"


def test_search_sends_filters_fields_order_and_page() -> None:
    request = operation.search(
        Task, [Task.f.percent_complete < 100], fields=["name"], order_by=[Task.f.name.asc()], first=200, limit=50
    )
    assert line(request) == (
        "GET TASK/search?percentComplete=100&percentComplete_Mod=lt&fields=name"
        "&name_1_Sort=asc&ID_2_Sort=asc&$$FIRST=200&$$LIMIT=50"
    )
    assert request.reads


def test_rows_without_an_id_are_not_sorted_by_it() -> None:
    assert line(operation.search(CustomEnum)) == "GET CSTEM/search?$$FIRST=0&$$LIMIT=100"


def test_count_and_report_share_the_filters() -> None:
    mine = Hour.f.owner.name == "Ana B"
    assert line(operation.count(Hour, [mine])) == "GET HOUR/count?owner:name=Ana%20B"
    request = operation.report(
        Hour, [mine], group_by=[Hour.f.project.name, Hour.f.owner.name], aggregates={"sum": [Hour.f.hours]}, rollup=True
    )
    assert line(request) == (
        "GET HOUR/report?owner:name=Ana%20B&project:name_1_GroupBy=true&owner:name_2_GroupBy=true"
        "&hours_AggFunc=sum&$$ROLLUP=true"
    )


def test_create_writes_python_values_under_wire_names() -> None:
    request = operation.create(
        Task,
        {
            "name": "x",
            "percent_complete": 12.5,
            "planned_completion_date": datetime(2026, 3, 18, 12, tzinfo=UTC),
            "due_date": date(2026, 3, 18),
            "status": TaskStatus.NEW,
            "priority": Priority.HIGH,
            "assigned_to": User.from_wire({"ID": ID}),
            "parent": None,
            "project": {"ID": ID, "budget": Decimal("1.10"), "tasks": [{"percent_complete": 5}]},
        },
        fields=["status"],
        custom={"Region": ["N"], "DE:Size": 5},
    )
    assert line(request) == "POST TASK?fields=status"
    assert request.json == {
        "name": "x",
        "percentComplete": 12.5,
        "plannedCompletionDate": "2026-03-18T12:00:00:000+0000",
        "dueDate": "2026-03-18",
        "status": "NEW",
        "priority": 3,
        "assignedTo": {"ID": ID},
        "parent": None,
        "project": {"ID": ID, "budget": 1.1, "tasks": [{"percentComplete": 5}]},
        "DE:Region": ["N"],
        "DE:Size": 5,
    }
    assert not request.reads


def test_an_amount_no_float_holds_travels_as_text() -> None:
    request = operation.create(Project, {"budget": Decimal("12345678901234567890.12")})
    assert request.json == {"budget": "12345678901234567890.12"}


def test_update_puts_the_changed_fields() -> None:
    request = operation.update(Task, ID, {"name": None})
    assert (line(request), request.json) == (f"PUT TASK/{ID}", {"name": None})


def test_copy_names_its_source_and_options_beside_the_body() -> None:
    request = operation.copy(Task, ID, values={"name": "y"}, options=["clearProgress"])
    assert line(request) == f"POST TASK?copySourceID={ID}&options=%5B%22clearProgress%22%5D"
    assert request.json == {"name": "y"}
    assert operation.copy(Task, ID).json is None


def test_delete_forces_only_on_request() -> None:
    assert line(operation.delete(Task, ID)) == f"DELETE TASK/{ID}"
    assert line(operation.delete(Task, ID, force=True)) == f"DELETE TASK/{ID}?force=true"


def test_replace_names_the_replaced_and_the_replacement() -> None:
    request = operation.replace(User, [A, B], C)
    assert line(request) == f"PUT USER/replace?id={A},{B}&replacementID={C}"
    assert not request.reads


def test_an_action_with_plain_arguments_sends_them_as_parameters() -> None:
    request = operation.action(Task, "move", ID, {"projectID": "p", "parentID": None, "keep ": True})
    assert (line(request), request.json) == (f"PUT TASK/{ID}/move?projectID=p&keep=true", None)
    assert line(operation.action(Task, "calculate", None, {})) == "PUT TASK/calculate"


def test_an_action_with_lists_maps_or_secrets_sends_a_json_body() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    request = operation.action(Task, "bulkCopy", None, {"taskIDs": ["a"], "projectID": "p", "at": at})
    assert line(request) == "PUT TASK/bulkCopy"
    assert request.json == {"taskIDs": ["a"], "projectID": "p", "at": "2026-01-01T00:00:00:000+0000"}
    assert operation.action(Task, "convert", ID, {"project": {"name": "x"}}).json == {"project": {"name": "x"}}
    secret = operation.action(User, "setPassword", ID, {"password": "hush"})
    assert "hush" not in line(secret)
    assert secret.json == {"password": "hush"}


def test_a_named_query_takes_arguments_filters_and_fields() -> None:
    request = operation.named_query(
        Task,
        "myTasks",
        {"userID": "u", "ids ": ["a", "b"], "hidden": None},
        result.list_of(Task),
        where=[Task.f.name == "x"],
        fields=["name"],
    )
    assert line(request) == "GET TASK/myTasks?userID=u&ids=a&ids=b&name=x&fields=name"
    assert request.reads


def test_what_could_be_taken_for_syntax_is_escaped_and_the_rest_stays_readable() -> None:
    request = operation.named_query(Task, "q", {"a": "1&b=2+3#%é *,()$:"}, result.json_value)
    assert line(request) == "GET TASK/q?a=1%26b%3D2%2B3%23%25%C3%A9%20*,()$:"


def test_a_get_too_long_for_a_url_is_posted_as_a_form_that_says_get() -> None:
    ids = [f"{number:032x}" for number in range(300)]
    call = operation.search(Task, [Task.f.id.in_(ids)]).call(ROOT)
    assert (call.method, call.url, call.content_type) == (
        "POST",
        f"{ROOT}TASK/search",
        "application/x-www-form-urlencoded",
    )
    assert call.content is not None
    assert call.content.endswith(b"&$$LIMIT=100&method=GET")
    assert len(call.content) > MAX_URL
    assert operation.search(Task, [Task.f.id.in_(ids[:200])]).call(ROOT).method == "GET"


@pytest.mark.parametrize(
    ("misuse", "message"),
    [
        (lambda: operation.get(Task, ""), "ID is empty"),
        (lambda: operation.get(Task, "../PROJ"), "is not an ID"),
        (lambda: operation.get(Task, "a?b"), "is not an ID"),
        (lambda: operation.update(Task, None, {"name": "x"}), "not NoneType"),  # type: ignore[arg-type]
        (lambda: operation.get_many(Task, []), "At least one ID"),
        (lambda: operation.get_many(Task, "abc"), "as a list"),
        (lambda: operation.get_many(Task, ["a,b"]), "is not an ID"),
        (lambda: operation.search(Task, limit=2001), "1 to 2000 rows, not 2001"),
        (lambda: operation.update(Task, ID, {}), "nothing to change"),
        (lambda: operation.create(Task, {"nmae": "x"}), "no field 'nmae'.*\n.*mean name"),
        (lambda: operation.create(Task, {"percentComplete": 1}), "\n.*mean percent_complete"),
        (lambda: operation.create(Task, {"zzz": 1}), "custom="),
        (lambda: operation.create(Task, {"planned_completion_date": datetime(2026, 1, 1)}), "no time zone"),  # noqa: DTZ001
        (lambda: operation.create(Task, {"percent_complete": float("inf")}), "finite"),
        (
            lambda: operation.create(Task, {"project": {"tasks": [{"name": object()}]}}),
            r"tasks\[0\].name takes a JSON value",
        ),
        (lambda: operation.copy(Task, ID, options="clear"), "list of texts"),  # type: ignore[arg-type]
        (lambda: operation.report(Hour, group_by=[Hour.f.id]), "NOT_GROUPABLE"),
        (lambda: operation.report(Hour, group_by=Hour.f.hours), "list of paths"),  # type: ignore[arg-type]
        (lambda: operation.report(Hour, aggregates={"sum": Hour.f.hours}), "list of paths"),  # type: ignore[dict-item]
        (
            lambda: operation.report(Hour, aggregates={"sum": [Hour.f.hours], "avg": [Hour.f.hours]}),
            "hours is aggregated by two functions",
        ),
    ],
)
def test_misuse_is_refused_with_what_to_do(misuse: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        misuse()
