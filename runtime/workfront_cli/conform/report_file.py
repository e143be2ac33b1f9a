"""The report as a file, fit for a public issue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from workfront_cli.data.rows_output import text_target
from workfront_core.errors import QueryError
from workfront_testing.conformance.report import as_json, as_markdown
from workfront_testing.conformance.runner import CheckResult

_FORMS: Final = {".json": as_json, ".md": as_markdown}


def checked_report_file(file: Path | None) -> None:
    """Checks the name of a report before anything is sent.

    Raises:
        QueryError: its ending tells no format.
    """
    if file is not None and file.suffix.lower() not in _FORMS:
        raise QueryError(
            f"The name {file.name} does not tell a format; nothing was sent.", hint="Name it with .json or .md."
        )


def write_report(results: Sequence[CheckResult], version: str, file: Path | None) -> None:
    """Writes the report, whole or not at all; does nothing without a file.

    Raises:
        QueryError: the file cannot be written.
    """
    if file is not None:
        with text_target(file) as target:
            target.write(_FORMS[file.suffix.lower()](results, version))
