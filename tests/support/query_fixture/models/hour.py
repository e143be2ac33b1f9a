"""Hour (HOUR)."""

from typing import TYPE_CHECKING, ClassVar

from workfront_core.models.declarations import lazy_path as _lazy_path
from workfront_core.models.declarations import wire as _wire
from workfront_core.models.model import WorkfrontObject
from workfront_core.models.model import reference as _reference

if TYPE_CHECKING:
    from ..paths.hour import HourPath
    from .project import Project
    from .user import User
else:
    Project = _reference(__package__, "project", "Project")
    User = _reference(__package__, "user", "User")


class Hour(WorkfrontObject):
    """Logged time."""

    obj_code: ClassVar[str] = "HOUR"
    f: ClassVar["HourPath[Hour]"] = _lazy_path(__package__, "hour", "HourPath")

    id: str | None = _wire("ID")
    hours: float | None = None
    project: Project | None = None
    owner: User | None = None
