"""Stands for a generated path tree: what `User.f` needs of it is a root made without arguments."""

from __future__ import annotations

from typing import Generic, TypeVar

R = TypeVar("R")


class UserPaths(Generic[R]):
    obj_code = "USER"
    name = "name"
