"""What became of each fact, as lines for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import click

from workfront_testing.conformance.report import totals
from workfront_testing.conformance.runner import CheckResult, Outcome

_STYLES: Final[dict[Outcome, dict[str, Any]]] = {
    Outcome.HOLDS: {"fg": "green"},
    Outcome.FAILS: {"fg": "red", "bold": True},
    Outcome.NOT_TRIED: {"dim": True},
}


def show_result(result: CheckResult) -> None:
    """Writes one fact with its outcome, how sure it was, and its section."""
    outcome = click.style(f"{result.outcome.value:<13}", **_STYLES[result.outcome])
    because = f"; {result.because}" if result.because else ""
    click.echo(f"{outcome} {result.check.rule} [{result.check.mark} {result.check.source}]{because}")


def show_totals(results: Sequence[CheckResult]) -> None:
    """Writes how many facts came to each outcome."""
    click.echo(", ".join(f"{number} {outcome}" for outcome, number in totals(results).items()))
