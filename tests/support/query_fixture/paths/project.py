"""Paths from and through projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from workfront_core.query import path as _path
from workfront_core.query.field_kinds import DateTimePath, NumberPath
from workfront_core.query.path import ObjectPath
from workfront_core.query.text_path import TextPath

if TYPE_CHECKING:
    from .task import TaskPath
    from .user import UserPath

R = TypeVar("R")


class ProjectPath(ObjectPath[R]):
    obj_code = "PROJ"
    id: TextPath[R] = _path.text("ID")
    name: TextPath[R] = _path.text("name")
    budget: NumberPath[R] = _path.number("budget")
    entry_date: DateTimePath[R] = _path.date_time("entryDate")
    owner: UserPath[R] = _path.reference(__package__, "user", "UserPath", "owner")
    tasks: TaskPath[R] = _path.collection(__package__, "task", "TaskPath", "tasks")
