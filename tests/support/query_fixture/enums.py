"""Value enums and one field enum."""

from enum import IntEnum, StrEnum


class TaskStatus(StrEnum):
    NEW = "NEW"
    IN_PROGRESS = "INP"
    COMPLETE = "CPL"


class Priority(IntEnum):
    NONE = 0
    LOW = 1
    HIGH = 3


class TaskField(StrEnum):
    NAME = "name"
    PERCENT_COMPLETE = "percentComplete"
    ASSIGNED_TO = "assignedTo"
