"""The options of rows from a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final, Self

import click

from workfront_cli.data.suggestions import files_begun


@dataclass(frozen=True, slots=True)
class FileOptions:
    """How a file is read and sent; the command's help explains each."""

    file: str | None = None
    resume: str | None = None
    key: str | None = None
    pairs: tuple[str, ...] = ()
    map_file: str | None = None
    ignored: tuple[str, ...] = ()
    print_map: bool = False
    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    decimal: str = "."
    date_format: str | None = None
    empty_clears: bool = False
    mark: str | None = None
    skip_bad: bool = False
    restart: bool = False
    chunk: int = 100

    @property
    def is_given(self) -> bool:
        """Whether rows come from a file at all."""
        return self.file is not None or self.resume is not None

    @classmethod
    def again(cls, kept: dict[str, Any]) -> Self:
        """Returns the options that a job was started with."""
        given: dict[str, Any] = {**kept}
        given |= {name: tuple(kept.get(name, ())) for name in ("pairs", "ignored")}
        return cls(**given)

    def kept(self) -> dict[str, Any]:
        """Returns what a resumed job has to know."""
        return {name: value for name, value in asdict(self).items() if name not in _OF_THE_RUN}


_OF_THE_RUN: Final = frozenset({"file", "resume", "print_map", "restart"})


def file_options(*, with_key: bool, with_marks: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Returns what adds ``--from`` and its kin; the command gets them as ``rows``."""
    options = [
        click.option("--from", "file", metavar="FILE", shell_complete=files_begun,
                     help="Rows: .csv, .jsonl, .json, .xlsx; - for standard input."),
        click.option("--resume", metavar="FILE.wfjob", shell_complete=files_begun,
                     help="Go on with a job that was stopped."),
        click.option("--restart", is_flag=True, help="Send a file once more that was sent before."),
        click.option("--map", "pairs", multiple=True, metavar="HEADING=FIELD", help="Where a column goes."),
        click.option("--map-file", metavar="FILE", shell_complete=files_begun,
                     help='The same from a TOML file: "Done %" = "percentComplete".'),
        click.option("--ignore", "ignored", multiple=True, metavar="HEADING", help="Leave a column out."),
        click.option("--print-map", is_flag=True, help="Only write where the columns would go, for --map-file."),
        click.option("--skip-bad", is_flag=True, help="Send the other rows where some cannot be sent."),
        click.option("--delimiter", metavar="CHAR", callback=_one_letter, help="Between cells; noticed unless given."),
        click.option("--encoding", metavar="NAME", help="Of the file; UTF-8 unless given or marked."),
        click.option("--sheet", metavar="NAME", help="Of an Excel file; the first unless given."),
        click.option("--decimal", default=".", metavar="CHAR", callback=_one_letter, help="Before decimals; a dot."),
        click.option("--date-format", metavar="FORMAT", help="Of days: %d.%m.%Y; ISO 8601 unless given."),
        click.option("--empty-clears", is_flag=True, help="An empty cell clears the field; else it leaves it."),
        click.option("--chunk", type=click.IntRange(1, 100), default=100, show_default=True, help="Rows a call."),
    ]  # fmt: skip
    options += [click.option("--key", metavar="HEADING", help="Tells the object; ID unless given.")] if with_key else []
    marking = "Field by which new objects are found after a stop; extRefID unless given, - for none."
    options += [click.option("--mark", metavar="FIELD", help=marking)] if with_marks else []

    def add(run: Callable[..., None]) -> Callable[..., None]:
        @wraps(run)
        def given(*args: Any, **named: Any) -> None:
            found = FileOptions(**{name: named.pop(name) for name in FileOptions.__slots__ if name in named})
            run(*args, rows=found, **named)

        adorned: Callable[..., None] = given
        for option in reversed(options):
            adorned = option(adorned)
        return adorned

    return add


def refuse_besides_file(where: str | None, limit: int | None, *, as_python: bool) -> None:
    """Raises a click.UsageError for what contradicts rows that come from a file."""
    if as_python:
        raise click.UsageError("--python shows objects that WHERE or --set tell; for a file see docs/writing.md.")
    if where is not None or limit is not None:
        raise click.UsageError("The rows of a file say which objects are meant; WHERE and --limit do, too.")


def _one_letter(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Returns the value; ``\\t`` is a tab."""
    letter = "\t" if value == "\\t" else value
    if letter is not None and len(letter) != 1:
        raise click.BadParameter(f"{value!r} is not one letter.")
    return letter


def path_of(text: str) -> Path:
    """Returns the job file that is meant, by its own name or that of the rows.

    Raises:
        click.UsageError: it is a folder.
    """
    path = Path(text)
    if not path.name:
        raise click.UsageError(f"--resume takes a job file, and {text} is a folder.")
    return path if path.suffix == ".wfjob" else path.with_name(f"{path.name}.wfjob")
