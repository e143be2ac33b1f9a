"""Paths from and through hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from workfront_core.query import path as _path
from workfront_core.query.field_kinds import NumberPath
from workfront_core.query.path import ObjectPath
from workfront_core.query.text_path import TextPath

if TYPE_CHECKING:
    from .project import ProjectPath
    from .user import UserPath

R = TypeVar("R")


class HourPath(ObjectPath[R]):
    obj_code = "HOUR"
    id: TextPath[R] = _path.text("ID", "NOT_GROUPABLE")
    hours: NumberPath[R] = _path.number("hours")
    project: ProjectPath[R] = _path.reference(__package__, "project", "ProjectPath", "project")
    owner: UserPath[R] = _path.reference(__package__, "user", "UserPath", "owner")
