"""Project (PROJ)."""

from typing import TYPE_CHECKING, ClassVar

from workfront_core.models.declarations import lazy_path as _lazy_path
from workfront_core.models.declarations import wire as _wire
from workfront_core.models.model import WorkfrontObject
from workfront_core.models.model import reference as _reference
from workfront_core.values.datetimes import DateTime

if TYPE_CHECKING:
    from ..paths.project import ProjectPaths
    from .task import Task
    from .user import User
else:
    Task = _reference(__package__, "task", "Task")
    User = _reference(__package__, "user", "User")


class Project(WorkfrontObject):
    """A project."""

    obj_code: ClassVar[str] = "PROJ"
    f: ClassVar["ProjectPaths[Project]"] = _lazy_path(__package__, "project", "ProjectPaths")

    id: str | None = _wire("ID")
    name: str | None = None
    owner: User | None = None
    planned_start_date: DateTime | None = _wire("plannedStartDate")
    tasks: list[Task] | None = None
