"""The one error people see: what is wrong and where, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError


class SchemaError(Exception):
    """A problem a person can solve. ``problem`` says what and where, ``remedy`` what to do; both fit on one line."""

    def __init__(self, problem: str, remedy: str | None = None) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        text = f"{self.problem}; {self.remedy}" if self.remedy else self.problem
        return " ".join(text.split())


def first_fault(error: ValidationError) -> str:
    """Returns the first thing that is wrong with a document, behind its place in it: ``fix.0.op: ...``."""
    first = error.errors()[0]
    return f"{'.'.join(str(step) for step in first['loc'])}: {first['msg'].lower()}"
