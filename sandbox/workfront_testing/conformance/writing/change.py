"""A check that writes: what has to be there, the steps whose answers are looked at, and a test of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from workfront_testing.conformance.answer import Answer
from workfront_testing.conformance.check import OTHER_FORM, Fact, Observed, Test, judged
from workfront_testing.conformance.samples import CannotTry
from workfront_testing.conformance.writing.step import Step


class Sender(Protocol):
    """Sends steps within the project."""

    version: str
    project: dict[str, str]

    def send(self, step: Step, known: dict[str, str]) -> Answer:
        """Returns the answer to a step; keeps the rows that it names among what is known."""
        ...


@dataclass(frozen=True, slots=True)
class Change(Fact):
    """A fact that a few writes show.

    Attributes:
        steps: whose answers are looked at.
        holds: tells from the answers whether the fact holds.
        prepare: what goes before, and has to succeed.
    """

    steps: Sequence[Step]
    holds: Test
    prepare: Sequence[Step] = ()

    def run(self, trial: Sender) -> bool:
        """Returns whether the fact holds on a server.

        Raises:
            CannotTry: what goes before was refused, or the server gives no answer to judge by.
        """
        return self.judge(self.observe(trial))

    def observe(self, trial: Sender) -> Observed:
        """Returns what a server answers to the steps.

        Raises:
            CannotTry: what goes before was refused, or the server gives no answer to judge by.
        """
        known = dict(trial.project)
        try:
            if not all(judged(trial.send(step, known)).is_success for step in self.prepare):
                raise CannotTry("what it is tried with was refused")
            answers = tuple(judged(trial.send(step, known)) for step in self.steps)
        except LookupError:
            raise CannotTry("what it is tried with was not answered as a row") from None
        return Observed(answers, known, trial.version)

    def judge(self, seen: Observed) -> bool:
        """Returns whether answers show the fact."""
        try:
            return self.holds(seen)
        except OTHER_FORM:
            return False
