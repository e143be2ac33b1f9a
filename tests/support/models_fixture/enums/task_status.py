from enum import StrEnum


class TaskStatus(StrEnum):
    NEW = "NEW"
    IN_PROGRESS = "INP"
    COMPLETE = "CPL"
