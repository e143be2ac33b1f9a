"""The outcome of a run as a file fit for a public issue: facts and verdicts, nothing of the tenant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from workfront_testing.conformance.runner import Finding, Verdict

_HEAD: Final = "| Fact | Mark | Source | Verdict |\n|---|---|---|---|\n"


def totals(findings: Sequence[Finding]) -> dict[str, int]:
    """Returns how many checks came to each verdict."""
    return {str(verdict): sum(found.verdict is verdict for found in findings) for verdict in Verdict}


def as_json(findings: Sequence[Finding], version: str) -> str:
    """Returns the report as JSON."""
    document = {"api_version": version, "totals": totals(findings), "facts": [_members(found) for found in findings]}
    return json.dumps(document, indent=2) + "\n"


def as_markdown(findings: Sequence[Finding], version: str) -> str:
    """Returns the report as Markdown, a table for each subject."""
    counts = ", ".join(f"{number} {verdict}" for verdict, number in totals(findings).items())
    parts = [f"# Facts of the API {version}\n\n{counts}.\n"]
    for subject in dict.fromkeys(found.subject for found in findings):
        lines = "".join(_line(found) for found in findings if found.subject == subject)
        parts.append(f"\n## {subject}\n\n{_HEAD}{lines}")
    return "".join(parts)


def _members(found: Finding) -> dict[str, Any]:
    fact = found.check
    known = {"subject": found.subject, "rule": fact.rule, "mark": str(fact.mark), "source": fact.source}
    return known | {"verdict": str(found.verdict), "because": found.because or None}


def _line(found: Finding) -> str:
    verdict = f"{found.verdict}: {found.because}" if found.because else str(found.verdict)
    rule = found.check.rule.replace("|", "\\|")
    return f"| {rule} | {found.check.mark} | {found.check.source} | {verdict} |\n"
