"""User (USER)."""

from typing import TYPE_CHECKING, ClassVar, TypeAlias

from workfront_core.models.declarations import lazy_path as _lazy_path
from workfront_core.models.declarations import wire as _wire
from workfront_core.models.model import WorkfrontObject
from workfront_core.models.model import reference as _reference

if TYPE_CHECKING:
    from ..paths.user import UserPaths
    from .project import Project

    _User: TypeAlias = "User"
else:
    Project = _reference(__package__, "project", "Project")
    _User = _reference(__package__, "user", "User")


class User(WorkfrontObject):
    """A user."""

    obj_code: ClassVar[str] = "USER"
    f: ClassVar["UserPaths[User]"] = _lazy_path(__package__, "user", "UserPaths")

    id: str | None = _wire("ID")
    login_count: int | None = _wire("loginCount")
    manager: _User | None = None
    name: str | None = None
    password: str | None = None
    projects: list[Project] | None = None
