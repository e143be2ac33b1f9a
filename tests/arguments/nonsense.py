"""What stands where an argument should: nothing, a number, a list, a text, rows and codes of other objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workfront_client.v22 import Portfolio, Project, ProjectStatus, Task


@dataclass(frozen=True)
class Nonsense:
    """A value, and what it is called in a message.

    Attributes:
        name: what it is.
        value: the value.
        is_foreign: whether it belongs to another object than `Task`.
    """

    name: str
    value: object
    is_foreign: bool = False


def nonsense() -> Iterator[Nonsense]:
    """Yields each kind of value, made anew."""
    yield Nonsense("None", None)
    yield Nonsense("a number", 7)
    yield Nonsense("a negative number", -1)
    yield Nonsense("a list", [1])
    yield Nonsense("a map", {None: 1})
    yield Nonsense("a text", "absurd")
    yield Nonsense("an empty text", "")
    yield Nonsense("bytes", b"absurd")
    yield Nonsense("a row", Task.from_wire({"ID": "a" * 32, "objCode": "TASK", "name": "x"}))
    yield Nonsense("a row without anything", Task.from_wire({}))
    yield Nonsense("a foreign row", Portfolio.from_wire({"ID": "b" * 32, "objCode": "PORT"}), is_foreign=True)
    yield Nonsense("a foreign code", ProjectStatus.CURRENT)
    yield Nonsense("a foreign condition", Project.f.name == "x", is_foreign=True)
    yield Nonsense("a foreign path", Project.f.name, is_foreign=True)
    yield Nonsense("a foreign sort key", Project.f.name.asc(), is_foreign=True)
    yield Nonsense("a list of foreign paths", [Project.f.name], is_foreign=True)
    yield Nonsense("a list of foreign sort keys", [Project.f.name.asc()], is_foreign=True)
    yield Nonsense("a class", Task)
    yield Nonsense("an object", object())
