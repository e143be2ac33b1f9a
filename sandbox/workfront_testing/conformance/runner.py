"""Runs checks, one request at a time, and keeps what came of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TypeAlias

from workfront_core.errors.kinds import TransportError
from workfront_testing.conformance.check import Check, Fact
from workfront_testing.conformance.samples import CannotTry, Samples
from workfront_testing.conformance.selection import Selection
from workfront_testing.conformance.server import Server
from workfront_testing.conformance.writing.change import Change, Sender

AnyCheck: TypeAlias = Check | Selection
Corpus: TypeAlias = Mapping[str, Iterable[AnyCheck]]


class Outcome(StrEnum):
    """What came of a check."""

    HOLDS = "holds"
    FAILS = "does not hold"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What came of one check.

    Attributes:
        subject: of the check.
        check: itself.
        outcome: whether its fact holds.
        because: why it could not be tried; names nothing of the server's.
    """

    subject: str
    check: Fact
    outcome: Outcome
    because: str = ""


def examine(server: Server, corpus: Corpus, samples: Samples | None = None) -> Iterator[CheckResult]:
    """Runs every check, whatever came of the others.

    Args:
        server: that is asked.
        corpus: checks by subject.
        samples: of the server; found when they are needed unless given.
    """
    found = samples or Samples(server)
    for subject, checks in corpus.items():
        for check in checks:
            yield _result(subject, check, partial(check.run, server, found))


def examine_writing(trial: Sender, changes: Mapping[str, Iterable[Change]]) -> Iterator[CheckResult]:
    """Runs every check that writes, whatever came of the others.

    Args:
        trial: whose project they write in.
        changes: checks by subject.
    """
    for subject, checks in changes.items():
        for check in checks:
            yield _result(subject, check, partial(check.run, trial))


def _result(subject: str, check: Fact, run: Callable[[], bool]) -> CheckResult:
    try:
        holds = run()
    except CannotTry as reason:
        return CheckResult(subject, check, Outcome.NOT_TRIED, str(reason))
    except TransportError:
        return CheckResult(subject, check, Outcome.NOT_TRIED, "no answer")
    return CheckResult(subject, check, Outcome.HOLDS if holds else Outcome.FAILS)
