"""Queries that type checkers must reject: every line marked ``# E`` is an error, no other line is. Never run."""

from __future__ import annotations

from datetime import date

from tests.support.query_fixture.models.hour import Hour
from tests.support.query_fixture.models.project import Project
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.models.user import User
from tests.support.query_fixture.services import Workfront
from workfront_core.auth import Auth
from workfront_core.query.condition import FilterCondition
from workfront_core.query.exists import exists, outer
from workfront_core.query.wildcard import NOW, TODAY, USER


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
    wf.task.search(Task.f.percent_complete.not_between(1, "x"))  # E
    wf.task.search(Task.f.percent_complete.any_bits(1.5))  # E
    wf.task.search(Task.f.name.length > "x")  # E
    wf.task.search(Task.f.name.length == "x")  # E
    wf.task.search(Task.f.name.iequals(5))  # E
    wf.task.search(Task.f.name.iin_("abc"))  # E
    wf.task.search(Task.f.name.icontains_any("abc"))  # E
    wf.task.search(Task.f.name.ibetween(1, 2))  # E


def tests_a_kind_does_not_have(wf: Workfront) -> None:
    wf.task.search(Task.f.percent_complete.contains("x"))  # E
    wf.task.search(Task.f.percent_complete.length > 5)  # E
    wf.task.search(Task.f.name.any_bits(1))  # E
    wf.task.search(Task.f.planned_completion_date.icontains("2026"))  # E
    wf.task.search(Task.f.accessor_ids.in_(["1"]))  # E
    wf.task.search(Task.f.is_done.between(False, True))  # E
    wf.task.search(Task.f.is_done < True)  # E
    wf.task.search(Task.f.status.startswith("N"))  # E
    wf.task.search(Task.f.accessor_ids == "x")  # E
    wf.task.search(Task.f.assigned_to == "x")  # E


def fields_of_another_kind_or_object(wf: Workfront) -> None:
    wf.task.search(Task.f.percent_complete > Task.f.name)  # E
    wf.task.search(Task.f.planned_completion_date < Task.f.percent_complete)  # E
    wf.task.search(Task.f.name == Task.f.percent_complete)  # E
    wf.task.search(Task.f.name == Project.f.name)  # E
    wf.task.search(Task.f.name == Task.f.project)  # E


def wildcards_of_another_kind(wf: Workfront) -> None:
    wf.task.search(Task.f.name == TODAY)  # E
    wf.task.search(Task.f.percent_complete < NOW)  # E
    wf.task.search(Task.f.planned_completion_date < USER.id)  # E
    wf.task.search(Task.f.assigned_to.id == USER.role_ids)  # E
    wf.task.search(Task.f.planned_completion_date < TODAY - 7)  # E
    wf.task.search(Task.f.planned_completion_date < TODAY.begin_of("fortnight"))  # E


def other_objects(wf: Workfront) -> None:
    wf.task.search(exists(Hour, Hour.f.owner.id == outer(User.f.id)))  # E
    wf.task.search(exists(Hour, Hour.f.hours > 5))  # E
    wf.task.search(exists(Hour, Project.f.id == outer(Task.f.id)))  # E
    wf.task.search(exists(Hour, Hour.f.id == outer(Task.f.id), Task.f.name == "x"))  # E
    wf.task.search(Task.f.id == outer(User.f.id))  # E
    outer(User.f)  # E


def texts_for_addresses(auth: Auth) -> None:
    Workfront(domain="acme", environment="preview", auth=auth)  # E
    Workfront(domain=5, auth=auth)  # E


def another_object(wf: Workfront) -> None:
    wf.task.search(Project.f.name == "x")  # E
    wf.task.count(Project.f.name == "x")  # E
    wf.task.search(Task.f.name == "x", order_by=[Project.f.name.asc()])  # E
    wf.task.get("1" * 32, fields=[Project.f.name])  # E
    wf.hour.report(group_by=[Task.f.name])  # E
    wf.hour.report(sum=[Task.f.percent_complete])  # E
    wf.task.search((Task.f.name == "x") & (Project.f.name == "x"))  # E


def one_text_where_a_list_belongs(wf: Workfront) -> None:
    wf.task.get("1" * 32, fields="name")  # E
    wf.task.search(fields="name")  # E
    wf.task.search(order_by=["name"])  # E
    wf.task.search(order_by=Task.f.name.asc())  # E
    wf.task.search("name=x")  # E


def python_operators(wf: Workfront, late: FilterCondition[Task], mine: FilterCondition[Task]) -> None:
    wf.task.search(not late)  # E
    wf.hour.report(sums=[Hour.f.hours])  # E
    print(mine)


def typos(wf: Workfront) -> None:
    wf.task.create(nmae="x")  # E
    wf.task.update("1" * 32, percent_complete="half")  # E
    Task.f.assigned_to.frist_name  # E
