"""A hundred mistakes in scripts and services: a type checker sees each line marked ``# E``. Never run.

Lines marked ``# unseen`` are mistakes that no checker sees; the package refuses them when it runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from workfront_client import (
    TODAY,
    AccessGrant,
    AccessorKind,
    ApiKey,
    CoreAction,
    Environment,
    Retry,
    days,
    exists,
    outer,
    raw,
)
from workfront_client.v22 import (
    AsyncWorkfront,
    Hour,
    Issue,
    Project,
    ProjectStatus,
    Severity,
    Task,
    TaskStatus,
    User,
    Workfront,
)
from workfront_client.v22.services.task import TaskService

KEY = ApiKey("k")
ID = "1" * 32


def making_clients() -> None:
    Workfront()  # E
    Workfront("https://acme.my.workfront.com")  # E
    Workfront("https://acme.my.workfront.com", auth="key")  # E
    Workfront("https://acme.my.workfront.com", KEY)  # E
    Workfront(domain="acme", environment="preview", auth=KEY)  # E
    Workfront(domain="acme", environment=Environment.PREVEW, auth=KEY)  # E
    Workfront(domain="acme", auth=KEY, allow_writes="yes")  # E
    Workfront(domain="acme", auth=KEY, retry=3)  # E
    Workfront(domain="acme", auth=KEY, timeout="5")  # E
    Workfront(domain="acme", auth=KEY, tunnel="PUT")  # E
    Retry(max_retries="3")  # E
    ApiKey(5)  # E
    ApiKey()  # E


def reading(wf: Workfront, project: Project, ids: list[int]) -> None:
    wf.projct.get(ID)  # E
    wf.project.gett(ID)  # E
    wf.project.get()  # E
    wf.project.get(5)  # E
    wf.project.get(project)  # E
    wf.project.get(project.owner_id)  # E
    wf.project.get(ID, ["name"])  # E
    wf.project.get(ID, fields="name")  # E
    wf.project.get(ID, fields=[5])  # E
    wf.project.get(ID, fields=[Task.f.name])  # E
    wf.project.get_many("id")  # E
    wf.project.get_many(ids)  # E
    wf.project.search("name=x")  # E
    wf.project.search(name="x")  # E
    wf.project.search(limit="5")  # E
    wf.project.search(order_by=["name"])  # E
    wf.project.search(order_by=Project.f.name.asc())  # E
    wf.project.search(order_by=[Task.f.name.asc()])  # E
    wf.project.search().frist()  # E
    len(wf.project.search())  # E
    wf.project.search()[0]  # E
    wf.project.search().first().name  # E
    wf.project.count(Task.f.name == "x")  # E
    wf.by_code("TASK").serach()  # E


def rows(project: Project, task: Task, user: User) -> None:
    project.nmae  # E
    project.owner.name  # E
    project.planned_start_date + timedelta(days=1)  # E
    print(project.percent_complete > 5)  # E
    task.project.name.upper()  # E
    Project(nmae="x")  # E
    user.emailAddr  # E
    task["name"] = 5 + "x"  # E


def conditions(wf: Workfront, when: datetime) -> None:
    wf.task.search(Task.f.nmae == "x")  # E
    wf.task.search(Task.f.assigned_to.frist_name == "x")  # E
    wf.task.search(Task.f.name == 5)  # E
    wf.task.search(Task.f.percent_complete < "x")  # E
    wf.task.search(Task.f.percent_complete.between(1, "x"))  # E
    wf.task.search(Task.f.percent_complete.contains("x"))  # E
    wf.task.search(Task.f.planned_completion_date < "2026-01-01")  # E
    wf.task.search(Task.f.planned_completion_date < TODAY - 7)  # E
    wf.task.search(Task.f.slack_date == when)  # E
    wf.task.search(Task.f.slack_date.between(when, when))  # E
    wf.task.search(Task.f.is_critical == "true")  # E
    wf.task.search(Task.f.status == 5)  # E
    wf.task.search(Task.f.status == ProjectStatus.CURRENT)  # E
    wf.task.search(Task.f.status.in_([ProjectStatus.CURRENT]))  # E
    wf.task.search(Task.f.status != ProjectStatus.CURRENT)  # E
    wf.issue.search(Issue.f.priority == Severity.FATAL)  # E
    wf.task.search(Task.f.status == TaskStatus.NWE)  # E
    wf.task.search(Task.f.name.in_("abc"))  # E
    wf.task.search(Task.f.name == "a" and Task.f.name == "b", Project.f.name == "c")  # E
    wf.task.search((Task.f.name == "a") & (Project.f.name == "b"))  # E
    wf.task.search(not Task.f.name.contains("a"))  # E
    wf.task.search(Task.f.name == Task.f.percent_complete)  # E
    wf.task.search(Task.f.is_complete)  # E
    wf.task.search(exists(Hour, Hour.f.hours > 5))  # E
    wf.task.search(exists(Hour, Hour.f.task_id == outer(User.f.id)))  # E
    wf.task.search(raw(5))  # E
    days("7")  # E


def writes(wf: Workfront, when: datetime, task: Task, texts: Iterable[int]) -> None:
    wf.project.create({"name": "x"})  # E
    wf.project.create(nmae="x")  # E
    wf.project.create(name=5)  # E
    wf.project.create(status=TaskStatus.NEW)  # E
    wf.project.create(planned_start_date="2026-01-01")  # E
    wf.project.create(priority="high")  # E
    wf.project.create(custom="Region=North")  # E
    wf.task.create(slack_date=when)  # E
    wf.task.create(assigned_to="1")  # E
    wf.task.create(assigned_to=task)  # E
    wf.task.update(ID, project=task)  # E
    wf.project.create(owner=task)  # E
    wf.project.update(ID, tasks=[task, 5])  # E
    wf.task.create(predecessors=[task])  # E
    wf.issue.convert_to_project(ID, project=task)  # E
    wf.project.update(name="x")  # E
    wf.project.update(ID, nmae="x")  # E
    wf.project.update(ID, {"name": "x"})  # E
    wf.project.update(task)  # E
    wf.project.save(task)  # E
    wf.project.save("1")  # E
    wf.project.delete([ID])  # E
    wf.project.delete_many("id")  # E
    wf.project.delete_many(texts)  # E
    wf.task.create_many({"name": "x"})  # E
    wf.task.create_many([{"name": 5}])  # E
    wf.task.create_many([Project(name="x")])  # E
    wf.task.update_many([{"name": "x"}])  # E
    wf.task.update_many([(1, {"name": "x"})])  # E
    wf.task.copy(ID, options="clearProgress")  # E
    wf.task.create_many([], on_error="ignore")  # E


def actions(wf: Workfront, task: Task) -> None:
    wf.project.calculate_timeline()  # E
    wf.project.calculate_timline(ID)  # E
    wf.task.move(task.parent_id, project_id=ID)  # E
    wf.task.move(ID, project_id=3)  # E
    wf.task.move(ID, prject_id=ID)  # E
    wf.assignment.swap_users_on_tasks(task_ids=ID, swap_from_user_id=ID, swap_to_user_id=ID)  # E
    wf.task.update(ID, audit_user_ids=ID)  # E
    wf.task.update(ID, audit_user_ids={ID})  # E
    wf.work.my_work(Task.f.name == "x")  # E
    wf.project.share(ID, "2")  # E
    wf.project.share(ID, AccessGrant(ID, "USER", CoreAction.VIEW))  # E
    wf.project.share(ID, AccessGrant(ID, AccessorKind.USER, "VIEW"))  # E
    wf.hour.report(sum=[Hour.f.description])  # E
    wf.hour.report(avg=[Hour.f.status])  # E
    wf.hour.report(sums=[Hour.f.hours])  # E
    wf.hour.report(sum=[Task.f.percent_complete])  # E
    wf.hour.report(group_by=["owner:name"])  # E
    wf.task.members(Project.f.tasks, ID)  # E


async def forgotten_await(wf: AsyncWorkfront) -> None:
    project: Project = wf.project.get(ID)  # E
    for _ in wf.task.search():  # E
        print(project)
    print(wf.task.count() + 1)  # E


class HasNoSuchService(Protocol):
    """What no client has."""

    @property
    def tasks(self) -> TaskService: ...


def parts_of_a_client(wf: Workfront, aio: AsyncWorkfront) -> None:
    def names(client: HasNoSuchService) -> None:
        print(client.tasks)

    names(wf)  # E
    names(aio)  # E
    titles: list[str] = [wf.task]  # E
    print(titles)


def only_refused_when_it_runs(wf: Workfront) -> None:
    wf.by_code("TSK")  # unseen
    wf.task.create(custom={"Sizes": {"S", "M"}})  # unseen
    wf.task.create_many([{"nmae": "x"}])  # unseen
