"""Mistakes that type checkers must catch: every line marked ``# E`` is an error, no other line is. Never run."""

from __future__ import annotations

from workfront_client import v22
from workfront_client.v22 import (
    AsyncWorkfront,
    Project,
    ProjectField,
    ProjectStatus,
    Task,
    Workfront,
)


def typos(wf: Workfront, project: Project, task: Task) -> None:
    v22.Projct  # E
    project.nmae  # E
    project.owner.name  # E (may be None)
    Task.f.asigned_to  # E
    Task.f.assigned_to.frist_name  # E
    Task.f.search.is_complet  # E
    Task.f.is_complete  # E (for filters only)
    task.is_complete  # E
    ProjectStatus.CURRNT  # E
    ProjectField.NMAE  # E
    wf.projct  # E
    wf.project.calculate_timline("1")  # E


def values_of_another_kind(wf: Workfront) -> None:
    wf.task.search(Task.f.percent_complete == "half")  # E
    wf.task.search(Task.f.name < 3)  # E
    wf.task.search(Task.f.search.is_complete == "yes")  # E
    wf.project.search(Task.f.search.is_complete.is_null())  # E
    wf.task.search(Task.f.planned_completion_date == 5)  # E
    wf.project.search(Project.f.priority == "high")  # E
    wf.project.create(name=5)  # E
    wf.project.create(planned_start_date="tomorrow")  # E
    wf.project.update("1" * 32, nmae="x")  # E
    wf.project.update("1" * 32, whole=True)  # E
    wf.project.update(Project(id="1"), name="x")  # E
    wf.project.update(Task(id="1"))  # E
    wf.project.save(Task(id="1"))  # E
    wf.project.save("1")  # E
    wf.task.move("1", project_id=3)  # E
    wf.project.get(5)  # E


def another_object(wf: Workfront) -> None:
    wf.task.search(Project.f.name == "x")  # E
    wf.task.search(order_by=[Project.f.name.asc()])  # E
    wf.project.get("1" * 32, fields="name")  # E


def operations_the_metadata_does_not_list(wf: Workfront) -> None:
    wf.journal_entry.create()  # E
    wf.work.update("1" * 32, name="x")  # E


async def forgotten_await(wf: AsyncWorkfront) -> None:
    project: Project = wf.project.get("1" * 32)  # E
    print(project)
