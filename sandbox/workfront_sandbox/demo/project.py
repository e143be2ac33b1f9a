"""Projects: when they run, who is in charge, what they cost, and their brief."""

from __future__ import annotations

from random import Random
from typing import Final

from workfront_sandbox.demo.breakdown import Plan, add_tasks
from workfront_sandbox.demo.draft import Draft
from workfront_sandbox.demo.forms import choice, fill, rich_text, several
from workfront_sandbox.demo.people import by_name, users_of
from workfront_sandbox.demo.playbook import PLAYS
from workfront_sandbox.demo.portfolio import PROGRAMS
from workfront_sandbox.demo.words import occasion
from workfront_sandbox.planning.working_time import WORKDAY_MINUTES
from workfront_sandbox.wire.json_value import Row

PROJECTS: Final = 30
"""How many at scale 1."""

_TITLES: Final = {"campaign": "{} campaign", "launch": "Launch: {}", "pages": "Web pages: {}"}
_STATUSES: Final = ("CUR", "CUR", "CUR", "CRV", "CUR", "PLN", "CUR", "ONH", "CUR", "CPL")
_STARTS: Final = {"CPL": (-130, -75), "CUR": (-45, -8), "CRV": (-45, -25), "ONH": (-40, -15), "PLN": (5, 30)}
_CONDITIONS: Final = ("ON", "ON", "AR", "ON", "IT")


def add_projects(draft: Draft) -> dict[str, tuple[int, int]]:
    """Adds all projects with their tasks; returns the first and the last working day of each task, by its ID."""
    spans: dict[str, tuple[int, int]] = {}
    for number in range(PROJECTS * draft.scale):
        chance = draft.chance("project", number)
        project = _add_project(draft, number, chance)
        status = str(project["status"])
        kind = list(PLAYS)[number % len(PLAYS)]
        plan = Plan(draft, project, chance, chance.randint(*_STARTS[status]), runs=status not in {"PLN", "ONH"})
        add_tasks(plan, PLAYS[kind])
        _conclude(plan)
        spans |= plan.spans
    return spans


def _add_project(draft: Draft, number: int, chance: Random) -> Row:
    program = draft.of("PRGM")[number % (PROGRAMS * draft.scale)]
    kind = list(PLAYS)[number % len(PLAYS)]
    managers = users_of(draft, "Project manager")
    owner = draft.me if number % 5 == 0 else chance.choice(managers)["ID"]
    status = _STATUSES[(number // 3 + number) % len(_STATUSES)]
    repeat = number // 532
    name = _TITLES[kind].format(occasion(number)) + (f" {repeat + 1}" if repeat else "")
    project = draft.add("PROJ", name=name, status=status, ownerID=owner, programID=program["ID"],
                        portfolioID=program["portfolioID"], groupID=program["groupID"], priority=chance.randint(1, 4),
                        sponsorID=draft.me if number % 4 else None, companyID=draft.of("CMPY")[0]["ID"],
                        condition=_CONDITIONS[number % 5] if status in {"CUR", "CRV"} else "ON", conditionType="MN",
                        completionType="MAN", summaryCompletionType="MAN",
                        referenceNumber=10_000 + number, scheduleMode="S", currency=None,
                        description=f"{name}: from the brief to the figures afterwards.",
                        teamID=by_name(draft, "TEAMOB", "Planning"), scheduleID=draft.of("SCHED")[0]["ID"],
                        milestonePathID=draft.of("MPATH")[0]["ID"], templateID=draft.of("TMPL")[number % 3]["ID"],
                        enteredByID=owner, lastUpdatedByID=owner, customerID=draft.customer_id)  # fmt: skip
    _share(draft, project)
    return project


def _share(draft: Draft, project: Row) -> None:
    """Shares a project: the owner may do all, the planning team may edit."""
    for accessor, code, action in (
        (project["ownerID"], "USER", "DELETE"),
        (project["teamID"], "TEAMOB", "EDIT"),
    ):
        draft.add("ACSRUL", securityObjID=project["ID"], securityObjCode="PROJ", accessorID=accessor,
                  accessorObjCode=code, coreAction=action, forbiddenActions=[], secondaryActions=[],
                  isInherited=False, customerID=draft.customer_id)  # fmt: skip


def _conclude(plan: Plan) -> None:
    """Adds what follows from the tasks: dates, work, progress; then the brief."""
    draft, project = plan.draft, plan.project
    top = [task for task in plan.tasks if task["parentID"] is None]
    minutes = sum(int(task["workRequired"]) for task in top)
    project["plannedStartDate"] = min(task["plannedStartDate"] for task in top)
    project["plannedCompletionDate"] = max(task["plannedCompletionDate"] for task in top)
    project["projectedStartDate"] = project["plannedStartDate"]
    project["projectedCompletionDate"] = max(task["projectedCompletionDate"] for task in top)
    project["workRequired"], project["work"] = minutes, minutes / 60
    project["percentComplete"] = _percent(top, minutes)
    project["durationMinutes"] = plan.length * WORKDAY_MINUTES
    project["totalTaskCount"] = len(plan.tasks)
    project["budget"] = round(minutes / 60 * 110, -3)
    project["entryDate"] = draft.at(plan.start - 12, 10)
    project["lastUpdateDate"] = draft.at(min(draft.today, plan.start + plan.length) - 1, 16)
    project["progressStatus"] = "LT" if any(task["progressStatus"] == "LT" for task in top) else "ON"
    if project["status"] == "CPL":
        project["actualCompletionDate"] = project["plannedCompletionDate"]
    if plan.runs:
        project["actualStartDate"] = project["plannedStartDate"]
    _brief(plan)


def _percent(tasks: list[Row], minutes: int) -> float:
    done = sum(float(task["percentComplete"]) * int(task["workRequired"]) for task in tasks)
    return round(done / minutes, 2)


def _brief(plan: Plan) -> None:
    chance, launch = plan.chance, plan.start + plan.length - 4
    market = choice("Market", chance)
    text = rich_text(f"Win {market} over", "Show what it feels like outdoors; without studio shots and slogans.")
    fill(plan.draft, plan.project, "PROJ", {
        "Market": market,
        "Channels": several("Channels", chance),
        "Budget code": f"MK-{chance.randint(100, 999)}",
        "Launch date": plan.draft.on(launch),
        "Expected reach": chance.randint(20, 900) * 1000,
        "Media budget": chance.randint(10, 240) * 500.0,
        "Brief": text,
    })  # fmt: skip
