"""Task (TASK)."""

from typing import TYPE_CHECKING, ClassVar, TypeAlias

from pydantic import JsonValue

from workfront_core.models.declarations import lazy_path as _lazy_path
from workfront_core.models.declarations import wire as _wire
from workfront_core.models.model import WorkfrontObject
from workfront_core.models.model import reference as _reference
from workfront_core.values.datetimes import Date, DateTime
from workfront_core.values.open_enums import OpenInt, OpenText

from ..enums import Priority, TaskStatus

if TYPE_CHECKING:
    from ..paths.task import TaskPath
    from .project import Project
    from .user import User

    _Task: TypeAlias = "Task"
else:
    Project = _reference(__package__, "project", "Project")
    User = _reference(__package__, "user", "User")
    _Task = _reference(__package__, "task", "Task")


class Task(WorkfrontObject):
    """A task."""

    obj_code: ClassVar[str] = "TASK"
    f: ClassVar["TaskPath[Task]"] = _lazy_path(__package__, "task", "TaskPath")

    accessor_ids: list[str] | None = _wire("accessorIDs")
    approvers: list[User] | None = None
    assigned_to: User | None = _wire("assignedTo")
    assigned_to_id: str | None = _wire("assignedToID")
    derived_owner: User | None = _wire("derivedOwner")
    derived_owner_id: str | None = _wire("derivedOwnerID")
    due_date: Date | None = _wire("dueDate")
    id: str | None = _wire("ID")
    is_done: bool | None = _wire("isDone")
    name: str | None = None
    parameter_values: dict[str, JsonValue] | None = _wire("parameterValues")
    parent: _Task | None = None
    percent_complete: float | None = _wire("percentComplete")
    planned_completion_date: DateTime | None = _wire("plannedCompletionDate")
    priority: OpenInt[Priority] | None = None
    project: Project | None = None
    progress: str | None = None
    status: OpenText[TaskStatus] | None = None
