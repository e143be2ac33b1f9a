"""User (USER)."""

from typing import TYPE_CHECKING, ClassVar, TypeAlias

from workfront_core.models.declarations import lazy_path as _lazy_path
from workfront_core.models.declarations import wire as _wire
from workfront_core.models.model import WorkfrontObject
from workfront_core.models.model import reference as _reference

if TYPE_CHECKING:
    from ..paths.user import UserPath

    _User: TypeAlias = "User"
else:
    _User = _reference(__package__, "user", "User")


class User(WorkfrontObject):
    """A user."""

    obj_code: ClassVar[str] = "USER"
    f: ClassVar["UserPath[User]"] = _lazy_path(__package__, "user", "UserPath")

    id: str | None = _wire("ID")
    name: str | None = None
    first_name: str | None = _wire("firstName")
    username: str | None = None
    password: str | None = None
    manager: _User | None = None
