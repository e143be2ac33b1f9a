"""A small package in the style of the generated ones: three object types that refer to each other in circles."""

from typing import TYPE_CHECKING

from workfront_core.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from .enums.priority import Priority as Priority
    from .enums.task_status import TaskStatus as TaskStatus
    from .models.project import Project as Project
    from .models.task import Task as Task
    from .models.user import User as User

__getattr__, __dir__ = lazy_exports(
    __name__,
    {
        "Priority": "enums.priority",
        "Project": "models.project",
        "Task": "models.task",
        "TaskStatus": "enums.task_status",
        "User": "models.user",
    },
)
