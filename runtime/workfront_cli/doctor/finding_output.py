"""What a check found, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

import click

from workfront_cli.doctor.finding import CheckResult, Severity
from workfront_cli.output import plain

_STYLES: Final[dict[Severity, dict[str, Any]]] = {
    Severity.OK: {"fg": "green"},
    Severity.WARNING: {"fg": "yellow"},
    Severity.PROBLEM: {"fg": "red", "bold": True},
    Severity.SKIPPED: {"dim": True},
}


def show_finding(name: str, finding: CheckResult) -> None:
    """Writes what one check found, and what to do."""
    verdict = click.style(f"{finding.verdict.value:<8}", **_STYLES[finding.verdict])
    click.echo(f"{verdict} {click.style(f'{name:<12}', bold=True)} {plain(finding.seen)}")
    if finding.remedy:
        click.echo(f"{'':<22}{click.style(plain(finding.remedy), italic=True)}")


def finding_members(name: str, finding: CheckResult) -> dict[str, Any]:
    """Returns a finding as a JSON object."""
    return {"check": name, **asdict(finding)}
