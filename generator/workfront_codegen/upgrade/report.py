"""The uses that were found, as lines, JSON or SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass

from pydantic import JsonValue

from workfront_codegen.upgrade.judge import Use
from workfront_codegen.upgrade.program import Unread
from workfront_schema.strict_json import Document, render


@dataclass(frozen=True, slots=True)
class UpgradeReport:
    """What a check found: uses of what goes, files that could not be read, and how many members go or narrow."""

    uses: tuple[Use, ...]
    unread: tuple[Unread, ...]
    members: int

    def is_clean(self, *, strict: bool) -> bool:
        """Returns whether nothing has to be changed; with ``strict`` possible uses count, too."""
        return not self.unread and not any(use.certain or strict for use in self.uses)


def as_text(report: UpgradeReport) -> str:
    """Returns a line a use, possible ones apart, and a line that counts them."""
    certain = [use for use in report.uses if use.certain]
    possible = [use for use in report.uses if not use.certain]
    lines = [_line(use) for use in certain]
    lines += [f"{_relative(item.path)}: not read, {item.why}" for item in report.unread]
    lines += ["possible:", *(_line(use) for use in possible)] if possible else []
    counted = f"{len(certain)} uses of what goes, {len(possible)} possible; {report.members} members go or narrow"
    return "\n".join([*lines, counted]) + "\n"


def as_json(report: UpgradeReport) -> str:
    """Returns a JSON document of all uses."""
    listed: list[JsonValue] = [asdict(use) | {"path": _relative(use.path)} for use in report.uses]
    unread: list[JsonValue] = [{"path": _relative(item.path), "why": item.why} for item in report.unread]
    return render({"uses": listed, "unread": unread, "members": report.members})


def as_sarif(report: UpgradeReport) -> str:
    """Returns a SARIF log with the rules ``removed``, ``retyped`` and ``possible``."""
    rules: list[JsonValue] = [{"id": "removed"}, {"id": "retyped"}, {"id": "possible"}, {"id": "unread"}]
    driver: Document = {"name": "workfront-codegen upgrade-check", "rules": rules}
    results: list[JsonValue] = [_result(use) for use in report.uses]
    results += [_unread(item) for item in report.unread]
    return render(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "results": results}],
        }
    )


def _line(use: Use) -> str:
    return f"{_relative(use.path)}:{use.line}:{use.column}: {use.text}"


def _result(use: Use) -> Document:
    region: Document = {"startLine": use.line, "startColumn": use.column}
    return {
        "ruleId": use.rule,
        "level": "error" if use.certain else "note",
        "message": {"text": use.text},
        "locations": [_location(use.path, region)],
    }


def _unread(item: Unread) -> Document:
    message: Document = {"text": f"not read: {item.why}"}
    places: list[JsonValue] = [_location(item.path, {"startLine": 1})]
    return {"ruleId": "unread", "level": "error", "message": message, "locations": places}


def _location(path: str, region: Document) -> Document:
    uri = _relative(path).replace(os.sep, "/")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}


def _relative(path: str) -> str:
    return os.path.relpath(path)
