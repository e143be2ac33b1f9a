"""What a check of a setup found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was seen, and what to do about it."""

    verdict: Verdict
    seen: str
    remedy: str | None = None


def ok(seen: str) -> Finding:
    """Nothing to do."""
    return Finding(Verdict.OK, seen)


def warning(seen: str, remedy: str | None) -> Finding:
    """It works, but may not for long, or not as expected."""
    return Finding(Verdict.WARNING, seen, remedy)


def problem(seen: str, remedy: str | None) -> Finding:
    """It does not work."""
    return Finding(Verdict.PROBLEM, seen, remedy)


def skipped(because: str) -> Finding:
    """It could not be looked at."""
    return Finding(Verdict.SKIPPED, because)
