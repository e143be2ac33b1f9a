"""Paths from and through tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from workfront_core.query import path as _path
from workfront_core.query.field_kinds import (
    BooleanPath,
    DatePath,
    DateTimePath,
    EnumPath,
    IntEnumPath,
    JsonPath,
    ListPath,
    NumberPath,
)
from workfront_core.query.path import ObjectPath
from workfront_core.query.text_path import TextPath

if TYPE_CHECKING:
    from ..enums import Priority, TaskStatus
    from .project import ProjectPath
    from .user import UserPath

R = TypeVar("R")


class TaskPath(ObjectPath[R]):
    obj_code = "TASK"
    accessor_ids: ListPath[R] = _path.list("accessorIDs")
    approvers: UserPath[R] = _path.collection(__package__, "user", "UserPath", "approvers")
    assigned_to_id: TextPath[R] = _path.text("assignedToID")
    derived_owner: UserPath[R] = _path.reference(__package__, "user", "UserPath", "derivedOwner", "READ_ONLY")
    derived_owner_id: TextPath[R] = _path.text("derivedOwnerID")
    progress: TextPath[R] = _path.text("progress", "READ_ONLY")
    assigned_to: UserPath[R] = _path.reference(__package__, "user", "UserPath", "assignedTo")
    due_date: DatePath[R] = _path.date("dueDate")
    id: TextPath[R] = _path.text("ID")
    is_done: BooleanPath[R] = _path.boolean("isDone")
    name: TextPath[R] = _path.text("name")
    parameter_values: JsonPath[R] = _path.json("parameterValues", "NOT_FILTERABLE")
    parent: TaskPath[R] = _path.reference(__package__, "task", "TaskPath", "parent")
    percent_complete: NumberPath[R] = _path.number("percentComplete")
    planned_completion_date: DateTimePath[R] = _path.date_time("plannedCompletionDate")
    priority: IntEnumPath[R, Priority] = _path.int_enum("priority")
    project: ProjectPath[R] = _path.reference(__package__, "project", "ProjectPath", "project")
    status: EnumPath[R, TaskStatus] = _path.enum("status")
