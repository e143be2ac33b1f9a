"""Queries that type checkers must reject: every line marked ``# E`` is an error, no other line is. Never run."""

from __future__ import annotations

from datetime import date

from query_fixture.models.hour import Hour
from query_fixture.models.project import Project
from query_fixture.models.task import Task
from query_fixture.services import Workfront
from workfront_core.condition import Condition


def values_of_another_kind(wf: Workfront, day: date) -> None:
    wf.task.search(Task.f.percent_complete == "x")  # E
    wf.task.search(Task.f.percent_complete != "x")  # E
    wf.task.search(Task.f.name == 5)  # E
    wf.task.search(Task.f.is_done == "true")  # E
    wf.task.search(Task.f.planned_completion_date == "2026-01-01")  # E
    wf.task.search(Task.f.status == 5)  # E
    wf.task.search(Task.f.priority == "high")  # E
    wf.task.search(Task.f.percent_complete < "x")  # E
    wf.task.search(Task.f.name < 5)  # E
    wf.task.search(Task.f.name.in_("abc"))  # E
    wf.task.search(Task.f.percent_complete.in_(["a"]))  # E
    wf.task.search(Task.f.percent_complete.between(1, "x"))  # E
    wf.task.search(Task.f.due_date.between(day, "x"))  # E


def tests_a_kind_does_not_have(wf: Workfront) -> None:
    wf.task.search(Task.f.percent_complete.contains("x"))  # E
    wf.task.search(Task.f.is_done < True)  # E
    wf.task.search(Task.f.status.startswith("N"))  # E
    wf.task.search(Task.f.accessor_ids == "x")  # E
    wf.task.search(Task.f.assigned_to == "x")  # E


def another_object(wf: Workfront) -> None:
    wf.task.search(Project.f.name == "x")  # E
    wf.task.count(Project.f.name == "x")  # E
    wf.task.search(Task.f.name == "x", order_by=[Project.f.name.asc()])  # E
    wf.task.get("1", fields=[Project.f.name])  # E
    wf.hour.report(group_by=[Task.f.name])  # E
    wf.hour.report(sum=[Task.f.percent_complete])  # E
    wf.task.search((Task.f.name == "x") & (Project.f.name == "x"))  # E


def one_text_where_a_list_belongs(wf: Workfront) -> None:
    wf.task.get("1", fields="name")  # E
    wf.task.search(fields="name")  # E


def python_operators(wf: Workfront, late: Condition[Task], mine: Condition[Task]) -> None:
    wf.task.search(not late)  # E
    wf.hour.report(sums=[Hour.f.hours])  # E
    print(mine)


def typos(wf: Workfront) -> None:
    wf.task.create(nmae="x")  # E
    wf.task.update("1", percent_complete="half")  # E
    Task.f.assigned_to.frist_name  # E
