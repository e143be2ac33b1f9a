"""Stands for a generated path tree: what `Project.f` needs of it is a root made without arguments."""

from __future__ import annotations

from typing import Generic, TypeVar

R = TypeVar("R")


class ProjectPaths(Generic[R]):
    obj_code = "PROJ"
    name = "name"
