"""Rows of a server, and how many of them each call brought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.support.query_fixture.services import TaskValues
from tests.support.row_server import Rows

NAMES: list[TaskValues] = [{"name": f"t{number}"} for number in range(250)]


def holding(number: int, **behaviour: Any) -> Rows:
    return Rows({f"{index:032x}": {"ID": f"{index:032x}", "name": f"t{index}"} for index in range(number)}, **behaviour)


def changes(number: int) -> Iterator[tuple[str, TaskValues]]:
    for index in range(number):
        yield f"{index:032x}", {"name": f"u{index}"}
