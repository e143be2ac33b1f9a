"""Rows on the standard output or in a file: a table for people, text or JSON for programs."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from textwrap import indent
from typing import Any, Final, TextIO, TypeAlias

import click

from workfront_cli.data.cells import cell, nested, unsteered
from workfront_cli.data.laid_aside import laid_aside
from workfront_cli.output import is_quiet, json_text, plain
from workfront_cli.output_file import STANDARD
from workfront_core.errors import QueryError

FORMATS: Final = ("table", "json", "jsonl", "csv", "tsv", "md", "ids")
_BY_ENDING: Final = {".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".tsv": "tsv", ".md": "md", ".txt": "table"}
Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """How rows are written.

    Attributes:
        format_name: one of ``FORMATS``; ``None`` for a table in a terminal and tab-separated values elsewhere.
        file: where they go; ``None`` for the standard output.
        header: whether the names of the columns come first.
        null: what stands for no value in tables and text.
        raw_cells: whether texts that a spreadsheet would run as formulas are left as they are.
        wide: whether a table cuts nothing.
        headings: of columns, by name, in place of the names.
    """

    format_name: str | None = None
    file: Path | None = None
    header: bool = True
    null: str = ""
    raw_cells: bool = False
    wide: bool = False
    headings: Mapping[str, str] = field(default_factory=dict[str, str])

    def heading(self, name: str) -> str:
        """Returns what stands above a column: a path is written with dots."""
        given = self.headings.get(name)
        return given if given is not None else name if name.startswith("DE:") else name.replace(":", ".")

    def chosen(self) -> str:
        """Returns the format.

        Raises:
            QueryError: the name of the file ends with none of those known.
        """
        if self.format_name is not None:
            return self.format_name
        if self.file is None or str(self.file) in STANDARD:
            return "table" if sys.stdout.isatty() else "tsv"
        found = _BY_ENDING.get(self.file.suffix.lower())
        if found is None:
            raise QueryError(
                f"The name {self.file.name} does not tell a format.",
                hint=f"Name it with one of {' '.join(_BY_ENDING)}, or add --format. For .parquet and .xlsx: export.",
            )
        return found


def write_rows(rows: Iterable[Row], columns: Sequence[str] | None, options: OutputOptions) -> int:
    """Writes flat rows and returns how many there were.

    Args:
        rows: values by wire name with the path that leads to them.
        columns: their order; ``None`` for all that the rows hold.
        options: format and place.

    Raises:
        QueryError: the file cannot be written, or rows have no ID to be listed by.
    """
    writer = _WRITERS[options.chosen()]
    with text_target(options.file) as target:
        coming = iter(rows)
        first = list(islice(coming, 1))  # asked before a header is written: what is refused has none
        return writer(chain(first, coming), columns, options, target)


@contextmanager
def text_target(file: Path | None) -> Generator[TextIO]:
    """Yields where text goes: the standard output without a file, which appears whole or not at all. What is no
    ordinary file, such as ``/dev/null`` or a named pipe, is written as it is.

    Raises:
        QueryError: the file cannot be written.
    """
    if file is None or str(file) in STANDARD:
        yield sys.stdout
        return
    try:
        with _written_as_it_is(file) if file.exists() and not file.is_file() else _written_beside(file) as target:
            yield target
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise QueryError(f"{file} cannot be written: {error.strerror or error}.") from None


def _written_as_it_is(file: Path) -> TextIO:
    return file.open("w", encoding="utf-8", newline="")


@contextmanager
def _written_beside(file: Path) -> Generator[TextIO]:
    from workfront_core.request.part_file import part_file

    place = file.resolve()  # a link stays, and what it leads to is written
    with part_file(place.parent, prefix=f".{place.name}.") as part:
        text = io.TextIOWrapper(part.file, encoding="utf-8", newline="", write_through=True)
        yield text
        text.detach()
        part.replace(place)


def _write_json(rows: Iterable[Row], columns: Sequence[str] | None, _: OutputOptions, target: TextIO) -> int:
    number = 0
    for row in rows:
        document = json_text(nested(_picked(row, columns)), indent=2)
        target.write(f"{',' if number else '['}\n{indent(document, '  ')}")
        number += 1
    target.write("\n]\n" if number else "[]\n")
    return number


def _write_lines(rows: Iterable[Row], columns: Sequence[str] | None, _: OutputOptions, target: TextIO) -> int:
    number = 0
    for row in rows:
        number += 1
        target.write(json_text(nested(_picked(row, columns))) + "\n")
    return number


def _write_ids(rows: Iterable[Row], _columns: Sequence[str] | None, _: OutputOptions, target: TextIO) -> int:
    number = 0
    for row in rows:
        number += 1
        if not row.get("ID"):
            raise QueryError("A row has no ID to be listed by.", hint="Take another format, such as --format tsv.")
        target.write(f"{row['ID']}\n")
    return number


def _write_csv(rows: Iterable[Row], columns: Sequence[str] | None, options: OutputOptions, target: TextIO) -> int:
    names, table = _table(rows, columns)
    writer = csv.writer(target, lineterminator="\r\n" if options.file else "\n")
    if options.header:
        writer.writerow(options.heading(name) for name in names)
    number = 0
    for row in table:
        number += 1
        texts = [cell(row.get(name), options.null) for name in names]
        writer.writerow(texts if options.raw_cells else map(unsteered, texts))
    return number


def _write_tabs(rows: Iterable[Row], columns: Sequence[str] | None, options: OutputOptions, target: TextIO) -> int:
    names, table = _table(rows, columns)
    if options.header:
        target.write("\t".join(plain(options.heading(name)) for name in names) + "\n")
    number = 0
    for row in table:
        number += 1
        target.write("\t".join(plain(cell(row.get(name), options.null)) for name in names) + "\n")
    return number


def _write_markdown(rows: Iterable[Row], columns: Sequence[str] | None, options: OutputOptions, target: TextIO) -> int:
    names, table = _table(rows, columns)
    target.write(f"| {' | '.join(_in_markdown(options.heading(name)) for name in names)} |\n|{'---|' * len(names)}\n")
    number = 0
    for row in table:
        number += 1
        texts = (_in_markdown(cell(row.get(name), options.null)) for name in names)
        target.write(f"| {' | '.join(texts)} |\n")
    return number


def _write_table(rows: Iterable[Row], columns: Sequence[str] | None, options: OutputOptions, target: TextIO) -> int:
    """Writes aligned columns that fit the terminal: texts are shortened, numbers, dates and IDs never."""
    from workfront_cli.data.table import write_table

    names, listed = _table(rows, columns)
    headings = {name: options.heading(name) for name in names}
    whole = options.wide or not target.isatty()
    return write_table(listed, headings, target, null=options.null, header=options.header, whole=whole)


def _table(rows: Iterable[Row], columns: Sequence[str] | None) -> tuple[Sequence[str], Iterable[Row]]:
    """Returns the names of the columns and the rows; where no columns are given all that the rows hold."""
    return (columns, rows) if columns is not None else laid_aside(rows)


def _picked(row: Row, columns: Sequence[str] | None) -> Row:
    return row if columns is None else {name: row.get(name) for name in columns}


def _in_markdown(text: str) -> str:
    return plain(text).replace("|", "\\|")


Writer: TypeAlias = Callable[[Iterable[Row], Sequence[str] | None, OutputOptions, TextIO], int]

_WRITERS: Final[Mapping[str, Writer]] = {
    "table": _write_table,
    "json": _write_json,
    "jsonl": _write_lines,
    "csv": _write_csv,
    "tsv": _write_tabs,
    "md": _write_markdown,
    "ids": _write_ids,
}


def tell_number(number: int, rest: str = "") -> None:
    """Says on the error stream how many rows there were, to a person at a terminal."""
    if sys.stderr.isatty() and not is_quiet():
        click.echo(f"{number} row{'' if number == 1 else 's'}{rest}", err=True)
