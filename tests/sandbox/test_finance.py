"""Costs and revenue: of hours as they are logged, of expenses, and of projects when they are computed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import MIA, NOAH, Asker
from workfront_sandbox import Sandbox

PLAN, DIG, PART, ISSUE, DIGGER, BOSS = (f"{0xFA0 + number:032x}" for number in range(6))
SEED: dict[str, Any] = {
    "now": "2027-05-12T09:00:00:000+0000",
    "me": MIA,
    "ROLE": [
        {"ID": DIGGER, "name": "Digger", "costPerHour": 7.0, "billingPerHour": 11.0},
        {"ID": BOSS, "name": "Boss", "costPerHour": 30.0, "billingPerHour": 50.0},
    ],
    "USER": [
        {"ID": MIA, "name": "Mia", "costPerHour": 15.0, "billingPerHour": 20.0, "roleID": BOSS},
        {"ID": NOAH, "name": "Noah", "roleID": BOSS},
    ],
    "PROJ": [{"ID": PLAN, "name": "Garden"}],
    "TASK": [
        {"ID": DIG, "name": "dig", "projectID": PLAN, "status": "NEW", "roleID": DIGGER},
        {"ID": PART, "name": "part", "projectID": PLAN, "parentID": DIG, "status": "NEW", "workRequired": 300},
    ],
    "OPTASK": [{"ID": ISSUE, "name": "stone", "projectID": PLAN, "status": "NEW"}],
}
MONEY = (
    "plannedLaborCost,plannedExpenseCost,plannedCost,plannedRevenue,"
    "actualLaborCost,actualExpenseCost,actualCost,actualRevenue"
)


@pytest.fixture
def ask() -> Asker:
    return Asker(Sandbox(SEED))


def money(ask: Asker, code: str, object_id: str, *names: str) -> list[float | None]:
    row = ask("GET", f"{code}/{object_id}", {"fields": ",".join(names)})
    return [row[name] for name in names]


def log(ask: Asker, hours: float, owner: str, **about: Any) -> dict[str, Any]:
    body = {"hours": hours, "ownerID": owner, **about}
    row: dict[str, Any] = ask("POST", "HOUR", {"fields": "actualCost,resourceRevenue"}, json_body=body)
    return row


def test_the_costs_of_a_project_are_work_expenses_and_what_is_fixed(ask: Asker) -> None:
    ask("PUT", f"PROJ/{PLAN}", json_body={"fixedCost": 200})
    ask.sandbox.tenant.change_quietly("USER", NOAH, {"costPerHour": 20.0})
    ask("PUT", f"TASK/{PART}", json_body={"assignedToID": MIA})
    for planned, actual, task in ((100, 100, PART), (100, 110, DIG), (50, 40, None)):
        ask(
            "POST",
            "EXPNS",
            json_body={"projectID": PLAN, "plannedAmount": planned, "actualAmount": actual, "taskID": task},
        )
    log(ask, 6, MIA, taskID=PART)
    log(ask, 10, NOAH, projectID=PLAN)
    assert money(ask, "PROJ", PLAN, "actualCost", "actualExpenseCost", "plannedExpenseCost") == [740, 250, 250]
    before = money(ask, "PROJ", PLAN, *MONEY.split(",")[4:])
    ask("PUT", f"PROJ/{PLAN}/calculateFinance")
    assert money(ask, "PROJ", PLAN, "plannedCost", "actualCost", "plannedLaborCost") == [525, 740, 75]
    assert money(ask, "PROJ", PLAN, *MONEY.split(",")[4:]) == before
    assert money(ask, "TASK", DIG, "plannedExpenseCost", "actualExpenseCost", "actualCost") == [200, 210, 300]


@pytest.mark.parametrize(
    ("cost_type", "cost", "other"), [(None, 15, 30), ("UHR", 15, 30), ("RHC", 7, 7), ("FHR", 4, 4), ("NOC", 0, 0)]
)
@pytest.mark.parametrize(
    ("revenue_type", "brought", "others"),
    [(None, 20, 50), ("UHR", 20, 50), ("RHR", 11, 50), ("FHR", 9, 9), ("NOB", 0, 0), ("FRV", 0, 0), ("UHF", 20, 50)],
)
def test_an_hour_is_priced_by_the_types_of_its_task(
    ask: Asker, cost_type: str, cost: float, other: float, revenue_type: str, brought: float, others: float
) -> None:
    kinds: dict[str, Any] = {"costType": cost_type, "revenueType": revenue_type, "costAmount": 4, "billingAmount": 9}
    ask("PUT", f"TASK/{DIG}", json_body={name: value for name, value in kinds.items() if value is not None})
    ask.sandbox.insert("ASSGN", [{"taskID": DIG, "assignedToID": MIA, "roleID": DIGGER}])
    mine, noahs = log(ask, 2, MIA, taskID=DIG), log(ask, 2, NOAH, taskID=DIG)
    assert (mine["actualCost"], noahs["actualCost"]) == (2 * cost, 2 * other)
    assert (mine["resourceRevenue"], noahs["resourceRevenue"]) == (2 * brought, 2 * others)


@pytest.mark.parametrize("kind", [{"costType": "URH"}, {"revenueType": "URH"}, {"revenueType": "URC"}])
def test_rates_whose_rules_are_not_on_record_are_not_computed(ask: Asker, kind: dict[str, str]) -> None:
    assert ask.refused("PUT", f"TASK/{DIG}", json_body=kind)[1].endswith("not computed by this sandbox")
    assert ask.refused("POST", "TASK", json_body={"name": "x", "projectID": PLAN, **kind})[0] == 422
    (other,) = ask.sandbox.insert("TASK", [{"name": "x", "projectID": PLAN, **kind}])
    assert log(ask, 2, MIA, taskID=other)["actualCost"] is None
    assert ask.refused("PUT", f"PROJ/{PLAN}/calculateFinance")[1].endswith("not computed by this sandbox")


def test_a_later_rate_is_for_new_hours_until_finances_are_computed(ask: Asker) -> None:
    first = log(ask, 2, MIA, taskID=DIG)["ID"]
    billed = log(ask, 1, MIA, taskID=DIG, status="BLD")["ID"]
    ask("PUT", f"USER/{MIA}", json_body={"costPerHour": 100})
    ask("PUT", f"HOUR/{first}", json_body={"hours": 4})
    assert money(ask, "HOUR", first, "actualCost") == [60]
    assert log(ask, 1, MIA, taskID=DIG)["actualCost"] == 100
    assert money(ask, "TASK", DIG, "actualLaborCost") == [175]
    ask("PUT", f"PROJ/{PLAN}/calculateFinance")
    assert money(ask, "HOUR", first, "actualCost") == [400]
    assert money(ask, "HOUR", billed, "actualCost") == [15]
    assert money(ask, "PROJ", PLAN, "actualLaborCost") == [515]


def test_hours_that_go_take_their_money_with_them(ask: Asker) -> None:
    hours = [log(ask, 1, MIA, **about)["ID"] for about in ({"taskID": PART}, {"opTaskID": ISSUE}, {"projectID": PLAN})]
    assert money(ask, "PROJ", PLAN, "actualLaborCost", "actualRevenue") == [45, 60]
    assert money(ask, "OPTASK", ISSUE, "actualCost") == [15]
    for one in hours:
        ask("DELETE", f"HOUR/{one}")
    assert money(ask, "PROJ", PLAN, "actualLaborCost", "actualRevenue") == [0, 0]
    assert [money(ask, code, one, "actualCost") for code, one in (("TASK", DIG), ("OPTASK", ISSUE))] == [[0], [0]]


def test_the_revenue_of_a_project_is_planned_work_and_what_is_fixed(ask: Asker) -> None:
    ask("PUT", f"PROJ/{PLAN}", json_body={"fixedRevenue": 100})
    ask.sandbox.tenant.change_quietly("TASK", PART, {"workRequired": 600, "assignedToID": MIA})
    ask("PUT", f"PROJ/{PLAN}/calculateFinance")
    assert money(ask, "PROJ", PLAN, "plannedRevenue") == [300]


def test_the_rates_of_a_project_go_before_those_of_a_role_each_in_its_time(ask: Asker) -> None:
    rate = {"projectID": PLAN, "roleID": BOSS}
    ask.sandbox.insert("RATE", [{**rate, "rateValue": 20.0, "endDate": "2027-05-11"}])
    ask.sandbox.insert("RATE", [{**rate, "rateValue": 25.0, "startDate": "2027-05-12"}])
    first = log(ask, 2, NOAH, projectID=PLAN, entryDate="2027-05-11")
    second = log(ask, 3, NOAH, projectID=PLAN, entryDate="2027-05-12")
    assert first["resourceRevenue"] + second["resourceRevenue"] == 115


@pytest.mark.parametrize(
    ("kind", "open_task", "done_task"), [("FRV", 0, 25), ("UHC", 25, 25), ("UHF", 40, 65), ("UHR", 40, 40)]
)
def test_what_is_fixed_is_had_when_the_task_is_done_and_a_cap_is_not_exceeded(
    ask: Asker, kind: str, open_task: float, done_task: float
) -> None:
    ask("PUT", f"TASK/{PART}", json_body={"revenueType": kind, "billingAmount": 25})
    log(ask, 1, MIA, taskID=PART)
    log(ask, 1, MIA, taskID=PART)
    assert money(ask, "TASK", PART, "actualRevenue") == [open_task]
    ask("PUT", f"TASK/{PART}", json_body={"status": "CPL"})
    ask("PUT", f"PROJ/{PLAN}/calculateFinance")
    assert money(ask, "TASK", PART, "actualRevenue") == [done_task]
    assert money(ask, "PROJ", PLAN, "actualRevenue") == [done_task]


@pytest.mark.parametrize("status", ["BLD", "BA"])
def test_a_billed_hour_and_its_project_stay_until_it_is_taken_out_of_its_record(ask: Asker, status: str) -> None:
    (hour,) = ask.sandbox.insert("HOUR", [{"projectID": PLAN, "ownerID": MIA, "hours": 2.0, "status": status}])
    for method, path, body in (
        ("PUT", f"HOUR/{hour}", {"hours": 3}),
        ("PUT", f"HOUR/{hour}", {"hours": 3, "status": "APP"}),
        ("DELETE", f"HOUR/{hour}", None),
        ("DELETE", f"PROJ/{PLAN}", None),
    ):
        code, text = ask.refused(method, path, {"force": "true"} if method == "DELETE" else None, json_body=body)
        assert (code, "billed" in text) == (422, True)
    ask("PUT", f"HOUR/{hour}", json_body={"status": "APP", "billingRecordID": None})
    assert ask("PUT", f"HOUR/{hour}", {"fields": "hours"}, json_body={"hours": 3})["hours"] == 3
    ask("DELETE", f"PROJ/{PLAN}", {"force": "true"})


def test_a_billing_record_amounts_to_what_is_in_it(ask: Asker) -> None:
    plan = ask("POST", "PROJ", json_body={"name": "plan"})["ID"]
    ask("PUT", f"USER/{MIA}", json_body={"billingPerHour": 30})
    body = {"name": "t", "projectID": plan, "revenueType": "UHR"}
    work = ask("POST", "TASK", json_body=body)["ID"]
    hour = ask("POST", "HOUR", json_body={"taskID": work, "hours": 4, "ownerID": MIA})["ID"]
    kept = ask("POST", "HOUR", json_body={"taskID": work, "hours": 1, "ownerID": MIA})["ID"]
    spent = [{"projectID": plan, "actualAmount": 50, "isBillable": one} for one in (True, False)]
    costs = [ask("POST", "EXPNS", json_body=one)["ID"] for one in spent]
    record = {"projectID": plan, "description": "May", "otherAmount": 5, "hours": [{"ID": hour}]}
    bill = ask("POST", "BILL", json_body=record)["ID"]
    assert amount(ask, bill) == 125
    for cost in costs:
        ask("PUT", f"EXPNS/{cost}", json_body={"billingRecordID": bill})
    assert amount(ask, bill) == 175
    ask("PUT", f"BILL/{bill}", json_body={"otherAmount": 15})
    assert amount(ask, bill) == 185
    ask("PUT", f"BILL/{bill}", json_body={"hours": [{"ID": kept}], "expenses": []})
    assert amount(ask, bill) == 45
    ask("DELETE", f"HOUR/{kept}")
    assert amount(ask, bill) == 15


def test_a_billing_record_of_nothing_has_the_amount_that_is_written(ask: Asker) -> None:
    plan = ask("POST", "PROJ", json_body={"name": "plan"})["ID"]
    bill = ask("POST", "BILL", json_body={"projectID": plan, "description": "May", "amount": 70})["ID"]
    ask("PUT", f"BILL/{bill}", json_body={"poNumber": "7"})
    assert amount(ask, bill) == 70


def amount(ask: Asker, bill: str) -> float:
    return float(ask("GET", f"BILL/{bill}", {"fields": "amount"})["amount"])
