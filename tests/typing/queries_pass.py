"""Queries and the types they have. Checked by mypy and pyright, never run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, assert_type

from tests.support.query_fixture.enums import Priority, TaskField, TaskStatus
from tests.support.query_fixture.models.hour import Hour
from tests.support.query_fixture.models.project import Project
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.models.user import User
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from workfront_core.auth import Auth
from workfront_core.operations import decoders as result
from workfront_core.operations import operation
from workfront_core.operations.metadata import ObjectMetadata, ObjectSummary
from workfront_core.operations.report import ReportGroup, ReportRow
from workfront_core.paging._async.pager import AsyncPager
from workfront_core.paging._sync.pager import Pager
from workfront_core.query.condition import FilterCondition, all_of, any_of
from workfront_core.query.custom_field import custom
from workfront_core.query.exists import exists, not_exists, outer
from workfront_core.query.field_kinds import CustomPath
from workfront_core.query.join import Join
from workfront_core.query.order import Order
from workfront_core.query.raw import raw, raw_field, raw_parameters
from workfront_core.query.text_path import TextPath
from workfront_core.query.wildcard import NOW, TODAY, USER, Moment, days, weeks
from workfront_core.request.address import Environment
from workfront_core.request.explanation import Explanation
from workfront_core.request.request import Request


def conditions(when: datetime, day: date) -> None:
    assert_type(Task.f.percent_complete < 100, FilterCondition[Task])
    assert_type(Task.f.percent_complete == Decimal("1.5"), FilterCondition[Task])
    assert_type(Task.f.percent_complete != None, FilterCondition[Task])  # noqa: E711
    assert_type(Task.f.assigned_to.first_name == "John", FilterCondition[Task])
    assert_type(Task.f.assigned_to.manager.first_name, TextPath[Task])
    assert_type(Project.f.tasks.status == TaskStatus.NEW, FilterCondition[Project])
    assert_type(Task.f.status == "XYZ", FilterCondition[Task])
    assert_type(Task.f.status.in_([TaskStatus.NEW, "XYZ"]), FilterCondition[Task])
    assert_type(Task.f.priority >= Priority.LOW, FilterCondition[Task])
    assert_type(Task.f.priority == 7, FilterCondition[Task])
    assert_type(Task.f.is_done == True, FilterCondition[Task])  # noqa: E712
    assert_type(Task.f.planned_completion_date.between(day, when), FilterCondition[Task])
    assert_type(Task.f.due_date <= day, FilterCondition[Task])
    assert_type(Task.f.accessor_ids.has("1"), FilterCondition[Task])
    assert_type(Task.f.name.icontains("x") & ~(Task.f.name == "y") | Task.f.name.is_null(), FilterCondition[Task])
    assert_type(all_of(Task.f.name == "x", Task.f.is_done == False), FilterCondition[Task])  # noqa: E712
    assert_type(any_of(*[Task.f.name == name for name in "ab"]), FilterCondition[Task])
    assert_type(Task.f.percent_complete.not_between(1, 5), FilterCondition[Task])
    assert_type(Task.f.percent_complete.any_bits(4), FilterCondition[Task])
    assert_type(Task.f.name.iequals("x"), FilterCondition[Task])
    assert_type(Task.f.name.iin_(["x", "y"]), FilterCondition[Task])
    assert_type(Task.f.name.icontains_any({"x", "y"}), FilterCondition[Task])
    assert_type(Task.f.name.ibetween("a", "m"), FilterCondition[Task])
    assert_type(Task.f.name.length > 60, FilterCondition[Task])
    assert_type(Task.f.name.length == 60, FilterCondition[Task])
    assert_type(Task.f.name.soundex("Robert"), FilterCondition[Task])
    assert_type(custom("Region"), CustomPath[Any])
    assert_type(Task.f.custom("Region"), CustomPath[Task])
    assert_type(Task.f.project.custom("Region").icontains("x"), FilterCondition[Task])
    assert_type(Task.f.custom("Sizes").has_all(["S"]), FilterCondition[Task])
    assert_type(Task.f.custom("Budget").any_bits(1), FilterCondition[Task])
    assert_type(custom("Region", of=Task.f.project), CustomPath[Task])


def fields_against_fields() -> None:
    assert_type(Task.f.planned_completion_date > Task.f.project.entry_date, FilterCondition[Task])
    assert_type(Task.f.planned_completion_date >= Task.f.due_date, FilterCondition[Task])
    assert_type(Task.f.name == Task.f.project.name, FilterCondition[Task])
    assert_type(Task.f.name != Task.f.assigned_to.name, FilterCondition[Task])
    assert_type(Task.f.percent_complete.differs(Task.f.project.budget), FilterCondition[Task])
    assert_type(Task.f.planned_completion_date < custom("Deadline"), FilterCondition[Task])
    assert_type(Task.f.custom("Deadline") > Task.f.planned_completion_date, FilterCondition[Task])
    assert_type(Task.f.status == Task.f.parent.status, FilterCondition[Task])


def wildcards() -> None:
    assert_type(TODAY - days(7), Moment)
    assert_type(TODAY.begin_of("week") - weeks(1), Moment)
    assert_type(Task.f.planned_completion_date < NOW, FilterCondition[Task])
    assert_type(Task.f.planned_completion_date == TODAY, FilterCondition[Task])
    assert_type(Task.f.due_date.between(TODAY, TODAY + days(7)), FilterCondition[Task])
    assert_type(Task.f.assigned_to.id == USER.id, FilterCondition[Task])
    assert_type(Task.f.assigned_to.id.in_(USER.role_ids), FilterCondition[Task])
    assert_type(Task.f.percent_complete > USER.access_level_rank, FilterCondition[Task])
    assert_type(custom("Deadline") <= TODAY, FilterCondition[Any])


def other_objects() -> None:
    join = Hour.f.owner.id == outer(User.f.id)
    assert_type(join, Join[Hour, User])
    assert_type(exists(Hour, join, Hour.f.hours > 4), FilterCondition[User])
    assert_type(not_exists(Hour, Hour.f.owner.id == outer(Task.f.assigned_to.id)), FilterCondition[Task])
    assert_type((Task.f.name == "x") | exists(Hour, Hour.f.id == outer(Task.f.id)), FilterCondition[Task])


def as_they_are(wf: Workfront) -> None:
    assert_type(raw("statusEquatesWith", "in", "CUR", "PLN"), FilterCondition[Any])
    wf.task.search(raw("x", "odd", 5), raw_parameters(("OR:1:x", "y")), fields=[raw_field("x"), Task.f.all])
    wf.task.search(fields=[Task.f.project.all, Task.f.custom("Region")])
    assert_type(wf.task.search().explain(), Explanation)
    assert_type(wf.explain(operation.get(Task, "1" * 32)), Explanation)
    assert_type(operation.get(Task, "1" * 32).explain(), Explanation)


def addresses(auth: Auth) -> None:
    assert_type(Workfront(domain="acme", environment=Environment.PREVIEW, auth=auth), Workfront)
    assert_type(AsyncWorkfront("https://acme.my.workfront.com", auth=auth), AsyncWorkfront)


def calls(wf: Workfront, names: list[str], members: list[TaskField], paths: Sequence[TextPath[Task]]) -> None:
    assert_type(wf.task.get("1" * 32), Task)
    assert_type(
        wf.task.get("1" * 32, fields=[TaskField.NAME, Task.f.assigned_to.first_name, "DE:Region"]),
        Task,
    )
    assert_type(wf.task.get("1" * 32, fields=names), Task)
    assert_type(wf.task.get("1" * 32, fields=members), Task)
    assert_type(wf.task.get("1" * 32, fields=(Task.f.assigned_to,)), Task)
    assert_type(wf.task.get_many(["1" * 32], fields=[custom("Region")]), list[Task])
    assert_type(wf.task.search(Task.f.name == "x", custom("Region") == "N"), Pager[Task])
    assert_type(wf.task.search(order_by=[Task.f.name.asc(), custom("Region").desc()]).first(), Task | None)
    assert_type(wf.task.search().to_list(), list[Task])
    assert_type(list(wf.task.search()), list[Task])
    assert_type(wf.task.count(Task.f.percent_complete > 5), int)
    assert_type(wf.hour.report(group_by=[Hour.f.project.name], sum=[Hour.f.hours], rollup=True), ReportGroup)
    assert_type(wf.task.create(name="x", assigned_to=User.from_wire({"ID": "1"})), Task)
    assert_type(wf.task.create(planned_completion_date=None, custom={"Region": "N"}), Task)
    assert_type(wf.task.my_tasks(Task.f.name == "x", user_id="1"), list[Task])
    print(paths)


async def the_same_with_await(wf: AsyncWorkfront) -> None:
    assert_type(await wf.task.get("1" * 32), Task)
    assert_type(wf.task.search(Task.f.name == "x"), AsyncPager[Task])
    assert_type([row async for row in wf.task.search()], list[Task])
    assert_type(await wf.task.search().first(), Task | None)
    assert_type(await wf.task.count(), int)
    assert_type(await wf.task.create(name="x"), Task)


def requests() -> None:
    assert_type(operation.get(Task, "1" * 32), Request[Task])
    assert_type(operation.search(Task, [Task.f.name == "x"]), Request[list[Task]])
    assert_type(operation.delete(Task, "1" * 32), Request[None])
    assert_type(operation.action(Task, "x", None, {}, result.text), Request[str | None])
    assert_type(Task.f.name.asc(), Order[Task])


def reading(wf: Workfront, awf: AsyncWorkfront) -> None:
    rows = wf.task.search(Task.f.name == "x", page_size=2000, after=None, prefetch=True)
    assert_type(rows, Pager[Task])
    assert_type(rows.one(), Task)
    assert_type(rows.count(), int)
    assert_type(rows.cursor, str | None)
    assert_type(list(rows.pages()), list[list[Task]])
    assert_type(awf.task.search(after=rows.cursor), AsyncPager[Task])
    assert_type(wf.task.search_map(order_by=[Task.f.name.asc()]), dict[str, Task])
    assert_type(wf.task.metadata(fields=["custom"]), ObjectMetadata)
    assert_type(wf.metadata(), dict[str, ObjectSummary])
    report = wf.hour.report(group_by=[Hour.f.project.name], sum=[Hour.f.hours])
    assert_type(list(report.rows()), list[ReportRow])
    assert_type(report.number("sum", Hour.f.hours), float | None)


async def reading_async(wf: AsyncWorkfront) -> None:
    assert_type([row async for row in wf.task.search()], list[Task])
    assert_type([page async for page in wf.task.search().pages()], list[list[Task]])
    assert_type(await wf.task.search().one(), Task)
    assert_type(await wf.task.search_map(), dict[str, Task])
    assert_type(await wf.task.get_many(["1" * 32]), list[Task])
    assert_type(await wf.task.metadata(), ObjectMetadata)
