"""What a check of a setup found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was seen, and what to do about it."""

    verdict: Severity
    seen: str
    remedy: str | None = None


def ok(seen: str) -> CheckResult:
    """Returns that there is nothing to do."""
    return CheckResult(Severity.OK, seen)


def warning(seen: str, remedy: str | None) -> CheckResult:
    """Returns that it works, but may not for long, or not as expected."""
    return CheckResult(Severity.WARNING, seen, remedy)


def problem(seen: str, remedy: str | None) -> CheckResult:
    """Returns that it does not work."""
    return CheckResult(Severity.PROBLEM, seen, remedy)


def skipped(because: str) -> CheckResult:
    """Returns that it could not be looked at."""
    return CheckResult(Severity.SKIPPED, because)
