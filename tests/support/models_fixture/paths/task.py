"""Stands for a generated path tree: what `Task.f` needs of it is a root made without arguments."""

from __future__ import annotations

from typing import Generic, TypeVar

R = TypeVar("R")


class TaskPaths(Generic[R]):
    obj_code = "TASK"
    name = "name"
