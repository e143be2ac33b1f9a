"""Project (PROJ)."""

from typing import TYPE_CHECKING, ClassVar

from workfront_core.models.declarations import lazy_path as _lazy_path
from workfront_core.models.declarations import wire as _wire
from workfront_core.models.model import WorkfrontObject
from workfront_core.models.model import reference as _reference
from workfront_core.values.datetimes import Amount, DateTime

if TYPE_CHECKING:
    from ..paths.project import ProjectPath
    from .task import Task
    from .user import User
else:
    Task = _reference(__package__, "task", "Task")
    User = _reference(__package__, "user", "User")


class Project(WorkfrontObject):
    """A project."""

    obj_code: ClassVar[str] = "PROJ"
    f: ClassVar["ProjectPath[Project]"] = _lazy_path(__package__, "project", "ProjectPath")

    id: str | None = _wire("ID")
    name: str | None = None
    budget: Amount | None = None
    entry_date: DateTime | None = _wire("entryDate")
    owner: User | None = None
    tasks: list[Task] | None = None
