"""Hours people logged, their timesheets, and the sums tasks, issues and projects show of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from workfront_sandbox.demo.draft import Draft
from workfront_sandbox.wire.json_value import Row

_TYPES: Final = (("Project time", "TASK"), ("Issue time", "OPTASK"), ("Meetings", "PROJ"))
_WEEK: Final = 5
_SHEETS: Final = 6
"""Weeks that have timesheets: the current one and those before it."""


def add_hours(draft: Draft, spans: Mapping[str, tuple[int, int]]) -> None:
    """Adds hours on begun tasks and closed issues. ``spans`` are the first and last day of each task."""
    for name, scope in _TYPES:
        draft.add("HOURT", name=name, scope=scope, isActive=True, displayObjObjCode=scope,
                  description=f"{name} that is logged", customerID=draft.customer_id)  # fmt: skip
    sheets = _Sheets(draft)
    users = {row["ID"]: row for row in draft.of("USER")}
    for task in draft.of("TASK"):
        if task.get("actualStartDate") and task.get("assignedToID"):
            _log_task(draft, sheets, task, users[task["assignedToID"]], spans[task["ID"]])
    for issue in draft.of("OPTASK"):
        if issue.get("actualCompletionDate"):
            _log(draft, sheets, issue, "opTaskID", users[issue["assignedToID"]], draft.today - 2, 1.5)
    sheets.close()
    _sum_up(draft)


class _Sheets:
    """Timesheets by user and week, made when first needed."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._made: dict[tuple[str, int], Row] = {}

    def of(self, user: Row, day: int) -> Row | None:
        """Returns the timesheet of a user for the week of a day; none for weeks long past."""
        week = day // _WEEK
        if week <= -_SHEETS:
            return None
        key = (str(user["ID"]), week)
        if key not in self._made:
            self._made[key] = self._add(user, week)
        return self._made[key]

    def close(self) -> None:
        """Writes the sums."""
        for row in self._made.values():
            row["regularHours"], row["overtimeHours"] = row["totalHours"], 0.0

    def _add(self, user: Row, week: int) -> Row:
        draft, first = self._draft, week * _WEEK
        name = f"{draft.on(first)} to {draft.on(first + 4)}"
        return draft.add("TSHET", userID=user["ID"], approverID=user.get("managerID") or draft.me, displayName=name,
                         startDate=draft.at(first, 0), endDate=draft.at(first + 4, 23), totalHours=0.0,
                         status="O" if week == 0 else "C", isEditable=week == 0, hasNotes=False,
                         customerID=draft.customer_id)  # fmt: skip


def _log_task(draft: Draft, sheets: _Sheets, task: Row, user: Row, span: tuple[int, int]) -> None:
    """Logs some hours on most days, up to yesterday."""
    chance = draft.chance("hours", task["ID"])
    begin, last = span
    days = range(begin, min(last, draft.today - 1) + 1)
    for day in sorted(chance.sample(days, (4 * len(days) + 4) // 5)):
        _log(draft, sheets, task, "taskID", user, day, chance.randint(4, 16) / 2)


def _log(draft: Draft, sheets: _Sheets, owner: Row, key: str, user: Row, day: int, hours: float) -> None:
    sheet = sheets.of(user, day)
    approved = day < draft.today - _WEEK
    draft.add("HOUR", hours=hours, ownerID=user["ID"], projectID=owner["projectID"], entryDate=draft.on(day),
              roleID=user["roleID"], hourTypeID=draft.of("HOURT")[key == "opTaskID"]["ID"],
              status="APP" if approved else "SUB",
              approvedByID=user.get("managerID") or draft.me if approved else None,
              approvedOnDate=draft.at(day + 3, 10) if approved else None, description=str(owner["name"]),
              actualCost=round(hours * float(user["costPerHour"]), 2), timesheetID=sheet["ID"] if sheet else None,
              lastUpdateDate=draft.at(day, 17), lastUpdatedByID=user["ID"], customerID=draft.customer_id,
              isBillable=False, **{key: owner["ID"]})  # fmt: skip
    if sheet:
        sheet["totalHours"] += hours


def _sum_up(draft: Draft) -> None:
    """Sums up minutes and costs: a task's own, those of its parts, and a project's whole."""
    hours, costs = _totals(draft.of("HOUR"), ("taskID", "opTaskID", "projectID"))
    parents = {row["ID"]: row["parentID"] for row in draft.of("TASK")}
    for key in [key for key in hours if key in parents]:
        above = parents[key]
        while above:
            hours[above] += hours[key]
            costs[above] += costs[key]
            above = parents[above]
    for code in ("TASK", "OPTASK", "PROJ"):
        for row in draft.of(code):
            row["actualWorkRequired"] = round(hours[row["ID"]] * 60)
            row["actualCost"] = round(costs[row["ID"]], 2)
    for row in draft.of("TASK"):
        row["actualWork"] = hours[row["ID"]]


def _totals(entries: Iterable[Row], keys: tuple[str, ...]) -> tuple[defaultdict[str, float], defaultdict[str, float]]:
    """Returns hours and costs by the ID of what they were spent on."""
    hours: defaultdict[str, float] = defaultdict(float)
    costs: defaultdict[str, float] = defaultdict(float)
    for entry in entries:
        for key in keys:
            if entry.get(key):
                hours[entry[key]] += entry["hours"]
                costs[entry[key]] += entry["actualCost"]
    return hours, costs
