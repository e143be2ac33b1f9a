"""What a job leaves beside its file: the rows that failed, to be sent again, and the IDs of new objects."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from workfront_cli.output import json_text
from workfront_cli.rows.job_file import FAILED, UNKNOWN, JobFile
from workfront_cli.rows.mapping import REPORTED
from workfront_cli.rows.sheet import Fault
from workfront_cli.rows.source import Source
from workfront_core.errors import QueryError


def beside(path: Path, what: str, ending: str = ".csv") -> Path:
    """Returns the name of a file beside another one: ``rows.csv.failed.csv``.

    Raises:
        QueryError: the other one is a folder.
    """
    if not path.name:
        raise QueryError(f"{path} is a folder, not a file of rows.")
    return path.with_name(f"{path.name}.{what}{ending}")


def write_failed(source: Source, file: JobFile) -> Path | None:
    """Writes the rows that failed, or whose status is unknown, as they came, with the reason behind; ``None`` for none.

    Raises:
        QueryError: the file cannot be written.
    """
    target = beside(source.path, "failed", ".csv" if source.is_table else ".jsonl")
    if not file.having(FAILED, UNKNOWN):
        target.unlink(missing_ok=True)
        return None
    rows = _failed(source, file)
    if source.is_table:
        _write_table(target, [*(name for name in source.headings() if name not in REPORTED), *REPORTED], rows)
    else:
        _write(target, (json_text(row) for row in rows))
    return target


def write_created(source: Source, file: JobFile) -> Path:
    """Writes line and ID of every object made.

    Raises:
        QueryError: the file cannot be written.
    """
    target = beside(source.path, "created")
    ids = dict(file.ids())
    rows = ({"line": row.line, "ID": ids[number]} for number, row in enumerate(source.rows()) if number in ids)
    _write_table(target, ["line", "ID"], rows)
    return target


def write_faults(source: Source, faults: Iterable[Fault]) -> Path:
    """Writes what is wrong with the rows that were not sent.

    Raises:
        QueryError: the file cannot be written.
    """
    target = beside(source.path, "errors")
    rows = (
        {"line": fault.line, "column": fault.column, "error": fault.message, "hint": fault.hint or ""}
        for fault in faults
    )
    _write_table(target, ["line", "column", "error", "hint"], rows)
    return target


def _failed(source: Source, file: JobFile) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(source.rows()):
        if file.states[number] in (FAILED, UNKNOWN):
            message, hint = file.problems.get(number, ("", None))
            cells = {name: cell for name, cell in row.cells.items() if name not in REPORTED}
            yield {**cells, "error": message, "hint": hint or "", "line": row.line}


def _write_table(target: Path, names: list[str], rows: Iterable[Mapping[str, Any]]) -> None:
    try:
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
    except OSError as error:
        raise _unwritable(target, error) from None


def _write(target: Path, lines: Iterable[str]) -> None:
    try:
        with target.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise _unwritable(target, error) from None


def _unwritable(target: Path, error: OSError) -> QueryError:
    return QueryError(f"{target} cannot be written: {error.strerror or error}.")
