"""Values no row can have: refused where the sandbox checks values, and never a plan that ends in a server error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.sandbox.asking import FIRE, LEAK, MIA, OVEN, Asker, bakery
from workfront_sandbox.planning.working_time import WorkingTime
from workfront_sandbox.writing.requirements import NEEDED

PLANNED = {"plannedStartDate": "2027-06-02", "plannedCompletionDate": "2027-06-01"}
NEW = f"{0xF1:032x}"
FAR_OUT: tuple[Mapping[str, Any], ...] = (
    {"duration": 1e7},
    {"duration": 1e7, "durationUnit": "ED"},
    {"durationMinutes": 1e18},
    {"taskConstraint": "MSO", "plannedStartDate": "9998-12-31", "duration": 5},
    {"taskConstraint": "MFO", "plannedCompletionDate": "0002-01-01"},
    {"taskConstraint": "MFO", "constraintDate": "0002-01-01T00:00:00"},
    {"taskConstraint": "FIXT", "plannedStartDate": "0002-01-01", "plannedCompletionDate": "9998-12-31"},
    {"actualStartDate": "0002-01-01", "actualCompletionDate": "9998-12-31", "status": "CPL"},
)


@pytest.fixture
def strict() -> Asker:
    """A bakery that requires what the service requires."""
    return bakery(strict="values")


@pytest.mark.parametrize("value", [-1, "-2", -(10**12)])
@pytest.mark.parametrize("name", ["percentComplete", "duration", "durationMinutes", "work", "workRequired"])
def test_less_than_nothing_is_refused(strict: Asker, name: str, value: object) -> None:
    status, text = strict.refused("PUT", f"TASK/{FIRE}", json_body={name: value})
    assert status == 422
    assert name in text
    new = {"name": "Sweep", "projectID": OVEN, name: value}
    assert strict.refused("POST", "TASK", json_body=new) == (status, text)


@pytest.mark.parametrize("path", [f"TASK/{FIRE}", f"OPTASK/{LEAK}"])
def test_more_than_all_is_refused(strict: Asker, path: str) -> None:
    assert strict.refused("PUT", path, json_body={"percentComplete": 100.5}) == (
        422,
        'Invalid Parameter: percentComplete value "100.5"',
    )
    assert strict("PUT", path, {"fields": "percentComplete"}, json_body={"percentComplete": 100})


@pytest.mark.parametrize(
    "values",
    [
        PLANNED,
        {"actualStartDate": "2027-06-02", "actualCompletionDate": "2027-06-01"},
        {"taskConstraint": "FIXT", **PLANNED},
    ],
)
def test_an_end_before_its_begin_is_refused(strict: Asker, values: Mapping[str, str]) -> None:
    status, text = strict.refused("PUT", f"TASK/{FIRE}", json_body=values)
    assert (status, text.count("lies before")) == (422, 1)


def test_one_date_of_a_fixed_task_cannot_pass_the_other(strict: Asker) -> None:
    fixed = {"plannedStartDate": "2027-06-02", "plannedCompletionDate": "2027-06-03", "taskConstraint": "FIXT"}
    strict("PUT", f"TASK/{FIRE}", json_body=fixed)
    assert strict.refused("PUT", f"TASK/{FIRE}", json_body={"plannedStartDate": "2027-06-04"}) == (
        422,
        "plannedCompletionDate 2027-06-03 lies before plannedStartDate 2027-06-04",
    )


@pytest.mark.parametrize("empty", [None, ""])
def test_what_a_row_needs_cannot_be_emptied(strict: Asker, empty: object) -> None:
    for code in NEEDED:
        strict.sandbox.insert(code, [{"ID": NEW}])
    kept = [(code, name) for code, names in NEEDED.items() for name in names]
    for code, name in [*kept, ("PROJ", "status"), ("TASK", "status"), ("OPTASK", "status")]:
        status, text = strict.refused("PUT", f"{code}/{NEW}", json_body={name: empty})
        assert (status, text.partition(" (")[0]) == (422, f"{name} cannot be emptied"), code


def test_a_sandbox_that_checks_no_values_takes_them(ask: Asker) -> None:
    assert ask("PUT", f"TASK/{FIRE}", {"fields": "name"}, json_body={"name": None, **PLANNED})["name"] is None


@pytest.mark.parametrize("values", FAR_OUT)
def test_plans_that_reach_too_far_are_refused_in_words_and_change_nothing(
    ask: Asker, values: Mapping[str, Any]
) -> None:
    shown = {"fields": ",".join(["duration", "constraintDate", *PLANNED, *values])}
    before = ask("GET", f"TASK/{FIRE}", shown)
    status, text = ask.refused("PUT", f"TASK/{FIRE}", json_body=values)
    assert (status, text.endswith(": not computed by this sandbox")) == (422, True)
    assert ask("GET", f"TASK/{FIRE}", shown) == before


def test_a_member_of_a_batch_that_reaches_too_far_is_an_error_of_its_own(ask: Asker) -> None:
    far, near = ask("GET", "batch", f"uri=/TASK/{FIRE}?method=PUT%26duration=10000000&uri=/TASK/{FIRE}?fields=name")
    assert "not computed by this sandbox" in far["error"]["message"]
    assert near["data"]["name"] == "First fire"


def test_a_week_without_working_time_has_no_end_of_work() -> None:
    idle = WorkingTime(UTC, ((),) * 7)
    for ask in (idle.start_from, idle.end_until):
        with pytest.raises(OverflowError, match="too little working time"):
            ask(datetime(2027, 5, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("code", "row", "name"),
    [("USER", {"firstName": "Ida", "lastName": "Ide", "name": "Ida Ide"}, "firstName"),
     ("USER", {"firstName": "Ida", "lastName": "Ide", "name": "Ida Ide"}, "lastName"),
     ("HOUR", {"projectID": OVEN, "hours": 1}, "projectID"), ("ASSGN", {"taskID": FIRE, "assignedToID": MIA}, "taskID"),
     ("EXPNS", {"projectID": OVEN}, "projectID")],
)  # fmt: skip
def test_the_last_of_what_a_row_needs_one_of_is_not_emptied(
    strict: Asker, code: str, row: Mapping[str, Any], name: str
) -> None:
    strict.sandbox.insert(code, [{"ID": NEW, **row}])
    assert strict.refused("PUT", f"{code}/{NEW}", json_body={name: None})[0] == 422
    assert strict("GET", f"{code}/{NEW}", {"fields": name})[name] == row[name]
