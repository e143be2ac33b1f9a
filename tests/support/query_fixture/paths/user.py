"""Paths from and through users."""

from __future__ import annotations

from typing import TypeVar

from workfront_core.query import path as _path
from workfront_core.query.path import ObjectPath
from workfront_core.query.text_path import TextPath

R = TypeVar("R")


class UserPath(ObjectPath[R]):
    obj_code = "USER"
    id: TextPath[R] = _path.text("ID")
    name: TextPath[R] = _path.text("name")
    first_name: TextPath[R] = _path.text("firstName")
    username: TextPath[R] = _path.text("username")
    password: TextPath[R] = _path.text("password", "WRITE_ONLY")
    manager: UserPath[R] = _path.reference(__package__, "user", "UserPath", "manager")
