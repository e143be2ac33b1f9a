"""One change between two snapshots, and whether it breaks code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import JsonValue

Kind: TypeAlias = Literal["added", "removed", "changed", "renamed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: in which object, at which path of its file (empty: the object itself), and whether it breaks code.

    Breaking means that code written for the old package may no longer type-check or no longer be accepted. Becoming
    known (a type, a target or a result where there was none) does not count as breaking, nor do labels.
    """

    kind: Kind
    object: str
    path: str
    before: JsonValue
    after: JsonValue
    breaking: bool

    def __str__(self) -> str:
        place = _one_line(f"{self.object} {self.path}".rstrip())
        if self.kind == "changed":
            return f"{place}: {_brief(self.before)} -> {_brief(self.after)}"
        if self.kind == "renamed":
            return f"{place} renamed to {_brief(self.after)}?"
        detail = self.after if self.kind == "added" else self.before
        return f"{place} {self.kind}" + (f" ({_brief(detail)})" if detail is not None else "")


def _brief(value: JsonValue) -> str:
    return _one_line("unknown" if value is None else str(value))


def _one_line(text: str) -> str:
    """Returns a text on one line. Names and labels are typed by people: line ends and invisible characters are shown
    as escapes.
    """
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
