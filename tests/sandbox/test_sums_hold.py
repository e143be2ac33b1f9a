"""After any edits, what follows from them is what computing it anew gives: costs, hours, work, dates, places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from tests.sandbox.asking import Asker
from tests.support.soak import seeds
from workfront_sandbox import Sandbox

MONEY = ("plannedCost", "plannedLaborCost", "plannedExpenseCost", "plannedRevenue", "actualCost", "actualLaborCost",
         "actualExpenseCost", "actualRevenue", "actualWorkRequired", "actualWorkRequiredDouble")  # fmt: skip
PLAN = ("workRequired", "percentComplete", "plannedStartDate", "plannedCompletionDate", "durationMinutes")
STEPS = 40


@dataclass
class Tenant:
    """Two projects, people with rates and a role, and what is done to them."""

    ask: Asker
    random: Random
    people: list[str] = field(default_factory=list[str])
    projects: list[str] = field(default_factory=list[str])
    done: list[str] = field(default_factory=list[str])

    def rows(self, code: str) -> list[dict[str, Any]]:
        """All rows of a type, as they are stored."""
        return list(self.ask.sandbox.rows(code))

    def make(self, code: str, **values: Any) -> str:
        """Makes a row; returns its ID."""
        return str(self.ask("POST", code, json_body=values)["ID"])

    def one(self, code: str) -> str | None:
        """The ID of some row, if there is any."""
        rows = self.rows(code)
        return str(self.random.choice(rows)["ID"]) if rows else None

    def send(self, method: str, path: str, **values: Any) -> None:
        """Sends a write; the sandbox may refuse it, and then nothing is done."""
        reply = self.ask.reply(method, path, json_body=values or None)
        assert reply.status < 500, reply.body
        self.done.append(f"{method} {path} {values}: {reply.status}")

    def task(self) -> None:
        values: dict[str, Any] = {"name": "t", "projectID": self.random.choice(self.projects)}
        values |= {"workRequired": 60 * self.random.randint(1, 20), "duration": self.random.randint(1, 5)}
        values["durationType"] = self.random.choice("AWDS")
        if self.random.random() < 0.6:
            values["assignments"] = [{"assignedToID": self.random.choice(self.people)}]
        parents = [row["ID"] for row in self.rows("TASK") if row["projectID"] == values["projectID"]]
        if parents and self.random.random() < 0.4:
            values["parentID"] = self.random.choice(parents)
        self.send("POST", "TASK", **values)

    def hour(self) -> None:
        plain = [row["ID"] for row in self.rows("TASK") if not row.get("costType")]
        by_task = plain and self.random.random() < 0.7  # without its task, an hour costs what it costs its project
        about = {"taskID": self.random.choice(plain)} if by_task else {"opTaskID": self.one("OPTASK")}
        hours = self.random.randint(1, 9) / 2
        self.send("POST", "HOUR", hours=hours, ownerID=self.random.choice(self.people), **about)

    def expense(self) -> None:
        planned, actual = self.random.randint(0, 99), self.random.randint(0, 99)
        self.send("POST", "EXPNS", taskID=self.one("TASK"), plannedAmount=planned, actualAmount=actual)

    def issue(self) -> None:
        self.send(
            "POST", "OPTASK", name="i", projectID=self.random.choice(self.projects), sourceTaskID=self.one("TASK")
        )

    def edit(self) -> None:
        values: dict[str, Any] = self.random.choice([
            {"status": self.random.choice(["NEW", "INP", "CPL"])},
            {"percentComplete": self.random.choice([0, 30, 100])},
            {"workRequired": 60 * self.random.randint(1, 9)},
            {"duration": self.random.randint(1, 6)},
            {"parentID": self.random.choice([None, self.one("TASK")])},
            {"durationType": self.random.choice("AWDS")},
            {"assignments": [{"assignedToID": one} for one in self.random.sample(self.people, 2)]},
            {"predecessors": [{"predecessorID": self.one("TASK")}]},
        ])  # fmt: skip
        self.send("PUT", f"TASK/{self.one('TASK')}", **values)

    def price(self) -> None:
        worked = {row.get("taskID") for row in self.rows("HOUR")}
        fresh = [row["ID"] for row in self.rows("TASK") if row["ID"] not in worked]
        revenue = self.random.choice(["UHR", "FRV", "UHF", "NOB"])
        cost = self.random.choice(["UHR", "NOC", "FHR"])
        values = {"revenueType": revenue, "billingAmount": 70, "costType": cost, "costAmount": 13}
        if fresh:  # what was logged keeps its rates
            self.send("PUT", f"TASK/{self.random.choice(fresh)}", **values)

    def change_hour(self) -> None:
        self.send("PUT", f"HOUR/{self.one('HOUR')}", hours=self.random.randint(1, 8))

    def delete(self) -> None:
        code = self.random.choice(["TASK", "TASK", "HOUR", "EXPNS", "OPTASK", "ASSGN"])
        self.send("DELETE", f"{code}/{self.one(code)}")

    def bin(self) -> None:
        if key := self.one("TASK"):
            self.send("DELETE", f"TASK/{key}")
            self.ask.sandbox.restore("TASK", key)
            self.done.append(f"restored {key}")

    def move(self) -> None:
        code = self.random.choice(["TASK", "OPTASK"])
        self.send("PUT", f"{code}/{self.one(code)}/move", projectID=self.random.choice(self.projects))

    def copy(self) -> None:
        values = {"taskIDs": [self.one("TASK")], "projectID": self.random.choice(self.projects)}
        options = self.random.choice([[], ["clearProgress"], ["clearAssignments", "clearExpenses"]])
        self.send("PUT", "TASK/bulkCopy", **values, options=options)

    def convert(self) -> None:
        self.send("PUT", f"OPTASK/{self.one('OPTASK')}/convertToTask", task={"name": "was an issue"})

    def act(self) -> None:
        name = self.random.choice(["acceptWork", "unacceptWork", "markDone", "assign", "unassign"])
        who = {"objID": self.random.choice(self.people), "objCode": "USER"} if name == "assign" else {}
        who |= {"userID": self.random.choice(self.people)} if name == "unassign" else {}
        self.send("PUT", f"TASK/{self.one('TASK')}/{name}", **who)

    def project(self) -> None:
        name, value = self.random.choice(
            [("fixedCost", 50), ("fixedRevenue", 20), ("plannedStartDate", "2027-06-01T09:00:00")]
        )
        self.send("PUT", f"PROJ/{self.random.choice(self.projects)}", **{name: value})


def begun(number: int) -> Tenant:
    ask = Asker(Sandbox({"now": "2027-05-10T08:00:00:000+0000"}), "/attask/api/v22.0")
    tenant = Tenant(ask, Random(number))
    for name, cost in (("Ana", 50), ("Bo", 20), ("Cy", None)):
        tenant.people.append(tenant.make("USER", name=name, costPerHour=cost, billingPerHour=80))
    tenant.projects = [tenant.make("PROJ", name=name, completionType="MAN") for name in ("one", "two")]
    return tenant


def numbers(tenant: Tenant, names: tuple[str, ...]) -> Mapping[tuple[str, str, str], Any]:
    """What follows, of every project and task; nothing is zero."""
    return {
        (code, row["ID"], name): row.get(name) or 0
        for code in ("PROJ", "TASK")
        for row in tenant.rows(code)
        for name in names
    }


def differences(tenant: Tenant, names: tuple[str, ...], action: str) -> list[str]:
    """What computing anew makes other."""
    before = numbers(tenant, names)
    for project in tenant.projects:
        tenant.ask("PUT", f"PROJ/{project}/{action}")
    after = numbers(tenant, names)
    return [f"{key}: {before[key]} -> {after[key]}" for key in before if before[key] != after[key]]


def crosses(tasks: Mapping[str, Any], link: Mapping[str, Any]) -> bool:
    """Whether a task waits for one of another project, whose dates it follows when its own project is computed."""
    return bool(tasks[link["predecessorID"]]["projectID"] != tasks[link["successorID"]]["projectID"])


def ties(tenant: Tenant) -> list[str]:
    """What names another project than the row it hangs on, places that are not so, work items that are nobody's."""
    tasks = {row["ID"]: row for row in tenant.rows("TASK")}
    wrong = [
        f"{code} {row['ID']}"
        for code in ("ASSGN", "HOUR", "EXPNS")
        for row in tenant.rows(code)
        if (task := tasks.get(row.get("taskID"))) and row.get("projectID") != task["projectID"]
    ]
    for project in tenant.projects:
        own = [row for row in tasks.values() if row["projectID"] == project]
        found = sorted(row["taskNumber"] for row in own)
        wrong += [f"numbers {found}"] if found != list(range(1, len(own) + 1)) else []
        wrong += [f"wbs of {row}" for row in own if row.get("parentID") in tasks
                  and row["wbs"].rpartition(".")[0] != tasks[row["parentID"]]["wbs"]]  # fmt: skip
        wrong += ["the same place"] if len({row["wbs"] for row in own}) != len(own) else []
    counted = {key: sum(row.get("parentID") == key for row in tasks.values()) for key in tasks}
    wrong += [f"children of {key}" for key, row in tasks.items() if (row.get("numberOfChildren") or 0) != counted[key]]
    users = {row["ID"]: row["assignedToID"] for row in tenant.rows("ASSGN") if row.get("assignedToID")}
    items = {row["assignmentID"]: row["userID"] for row in tenant.rows("WRKITM")}
    wrong += [f"link {row}" for row in tenant.rows("PRED") if row["isCP"] != crosses(tasks, row)]
    return wrong + ([f"work items {items} for {users}"] if users != items else [])


@pytest.mark.parametrize("number", [11, 17, 29, *seeds(3, 11, 400)])
def test_computing_anew_changes_nothing_after_any_edits(number: int) -> None:
    tenant = begun(number)
    steps: list[Callable[[], None]] = [
        tenant.task, tenant.task, tenant.task, tenant.hour, tenant.hour, tenant.expense, tenant.issue, tenant.edit,
        tenant.edit, tenant.edit, tenant.price, tenant.change_hour, tenant.delete, tenant.bin, tenant.move, tenant.copy,
        tenant.convert, tenant.act, tenant.project,
    ]  # fmt: skip
    for _ in range(STEPS):
        tenant.random.choice(steps)()
        problems = ties(tenant) + differences(tenant, MONEY, "calculateFinance")
        if not any(row["isCP"] for row in tenant.rows("PRED")):
            problems += differences(tenant, PLAN, "calculateTimeline")
        assert problems == [], tenant.done[-1]
