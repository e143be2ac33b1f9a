"""The one error people see: what is wrong and where, and what to do about it."""

from __future__ import annotations


class SchemaError(Exception):
    """A problem a person can solve. ``problem`` says what and where, ``remedy`` what to do; both fit on one line."""

    def __init__(self, problem: str, remedy: str | None = None) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        text = f"{self.problem}; {self.remedy}" if self.remedy else self.problem
        return " ".join(text.split())
