"""The outcome of a run as a file fit for a public issue: facts and outcomes, nothing of the tenant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from workfront_testing.conformance.runner import CheckResult, Outcome

_HEAD: Final = "| Fact | Mark | Source | Outcome |\n|---|---|---|---|\n"


def totals(results: Sequence[CheckResult]) -> dict[str, int]:
    """Returns how many checks came to each outcome."""
    return {str(outcome): sum(found.outcome is outcome for found in results) for outcome in Outcome}


def as_json(results: Sequence[CheckResult], version: str) -> str:
    """Returns the report as JSON."""
    document = {"api_version": version, "totals": totals(results), "facts": [_members(found) for found in results]}
    return json.dumps(document, indent=2) + "\n"


def as_markdown(results: Sequence[CheckResult], version: str) -> str:
    """Returns the report as Markdown, a table for each subject."""
    counts = ", ".join(f"{number} {outcome}" for outcome, number in totals(results).items())
    parts = [f"# Facts of the API {version}\n\n{counts}.\n"]
    for subject in dict.fromkeys(found.subject for found in results):
        lines = "".join(_line(found) for found in results if found.subject == subject)
        parts.append(f"\n## {subject}\n\n{_HEAD}{lines}")
    return "".join(parts)


def _members(found: CheckResult) -> dict[str, Any]:
    fact = found.check
    known = {"subject": found.subject, "rule": fact.rule, "mark": str(fact.mark), "source": fact.source}
    return known | {"outcome": str(found.outcome), "because": found.because or None}


def _line(found: CheckResult) -> str:
    outcome = f"{found.outcome}: {found.because}" if found.because else str(found.outcome)
    rule = found.check.rule.replace("|", "\\|")
    return f"| {rule} | {found.check.mark} | {found.check.source} | {outcome} |\n"
