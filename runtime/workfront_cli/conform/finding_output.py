"""What became of each fact, as lines for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import click

from workfront_testing.conformance.report import totals
from workfront_testing.conformance.runner import Finding, Verdict

_STYLES: Final[dict[Verdict, dict[str, Any]]] = {
    Verdict.HOLDS: {"fg": "green"},
    Verdict.FAILS: {"fg": "red", "bold": True},
    Verdict.NOT_TRIED: {"dim": True},
}


def show_finding(finding: Finding) -> None:
    """Writes one fact with its verdict, how sure it was, and its section."""
    verdict = click.style(f"{finding.verdict.value:<13}", **_STYLES[finding.verdict])
    because = f"; {finding.because}" if finding.because else ""
    click.echo(f"{verdict} {finding.check.rule} [{finding.check.mark} {finding.check.source}]{because}")


def show_totals(findings: Sequence[Finding]) -> None:
    """Writes how many facts came to each verdict."""
    click.echo(", ".join(f"{number} {verdict}" for verdict, number in totals(findings).items()))
