"""How results are shown: lines for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

import typer
from rich.console import Console
from rich.text import Text

from workfront_cli.account.identity import Identity
from workfront_cli.doctor.finding import CheckResult, Severity

_COLOURS: Final = {
    Severity.OK: "green",
    Severity.WARNING: "yellow",
    Severity.PROBLEM: "bold red",
    Severity.SKIPPED: "dim",
}
_REPLACEMENT: Final = "\ufffd"


def show_json(document: object) -> None:
    """Writes a document to standard output."""
    typer.echo(json.dumps(document, indent=2))


def show_identity(identity: Identity) -> None:
    """Writes who is signed in."""
    for name, value in _lines(identity).items():
        _console().print(Text(f"{name:<14}", style="dim").append(plain(value), style="default not dim"))


def show_finding(name: str, finding: CheckResult) -> None:
    """Writes what one check found, and what to do."""
    line = Text(f"{finding.verdict.value:<8} ", style=_COLOURS[finding.verdict])
    line.append(f"{name:<12} ", style="default bold").append(plain(finding.seen), style="default not bold")
    _console().print(line)
    if finding.remedy:
        _console().print(Text(f"{'':<22}{plain(finding.remedy)}", style="italic"))


def finding_members(name: str, finding: CheckResult) -> dict[str, Any]:
    """Returns a finding as a JSON object."""
    return {"check": name, **asdict(finding)}


def plain(text: str) -> str:
    """Returns one line without control characters: what a server sends must not steer the terminal."""
    return "".join(letter if letter.isprintable() else _REPLACEMENT for letter in " ".join(text.split()))


def _lines(identity: Identity) -> Mapping[str, str]:
    name = f"{identity.user} ({identity.username})" if identity.username else identity.user
    return {
        "User": name,
        "Access level": identity.access_level or "not told",
        "Address": f"{identity.address} ({identity.environment})",
        "API version": f"{identity.api_version}, {identity.support}",
        "Profile": f"{identity.profile}, signs in by {identity.signs_in_by}",
    }


def _console() -> Console:
    return Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
