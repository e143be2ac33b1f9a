"""Options of the commands that show rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click

from workfront_cli.data.suggestions import conditions_begun, field_lists
from workfront_cli.output_file import OutputFile

_FORMATS: Final = ("table", "json", "jsonl", "csv", "tsv", "md", "ids")


def output_options(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds ``--format`` and its kin; the command gets them as ``output``."""

    @click.option("-f", "--format", "format_name", type=click.Choice(_FORMATS), help="How rows are written.")
    @click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
    @click.option("-o", "--output", "file", type=OutputFile(), help="Write to this file.")
    @click.option("--no-header", is_flag=True, help="Leave out the names of the columns.")
    @click.option("--null", default="", metavar="TEXT", help="What stands for no value.")
    @click.option("--raw-cells", is_flag=True, help="CSV: leave texts that a spreadsheet would run as formulas.")
    @click.option("--wide", is_flag=True, help="Table: cut nothing.")
    @wraps(run)
    def shown(
        *args: Any,
        format_name: str | None,
        as_json: bool,
        file: Path | None,
        no_header: bool,
        null: str,
        raw_cells: bool,
        wide: bool,
        **options: Any,
    ) -> None:
        from workfront_cli.data.rows_output import OutputOptions

        chosen = "json" if as_json else format_name
        output = OutputOptions(chosen, file, not no_header, null, raw_cells, wide)
        run(*args, output=output, **options)

    return shown


def where_option(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds WHERE, as an argument or as ``--where``, and ``--and``, which joins conditions to it.

    The command gets it as ``where``, ``None`` where none is given.
    """

    @click.argument("where", required=False, metavar="[WHERE]", shell_complete=conditions_begun)
    @click.option(
        "--where", "condition", metavar="WHERE", shell_complete=conditions_begun, help="The same as the argument."
    )
    @click.option(
        "--and", "further", multiple=True, metavar="CONDITION", shell_complete=conditions_begun,
        help="A condition besides WHERE; may be repeated.",
    )  # fmt: skip
    @click.option("--strict-names", is_flag=True, help="Refuse labels in conditions, as scripts should.")
    @wraps(run)
    def selected(
        *args: Any, where: str | None, condition: str | None, further: tuple[str, ...], strict_names: bool,
        **options: Any,
    ) -> None:  # fmt: skip
        if strict_names:
            from workfront_cli.data.where import STRICT_NAMES

            click.get_current_context().meta[STRICT_NAMES] = True
        if where is not None and condition is not None:
            raise click.UsageError("WHERE is given twice.")
        meant = condition if where is None else where
        if further:
            from workfront_cli.data.where import joined

            meant = joined(meant, further)
        run(*args, where=meant, **options)

    return selected


def fail_empty_option(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds ``--fail-empty``; the command gets it as ``fail_empty``."""
    return click.option("--fail-empty", is_flag=True, help="Exit code 1 where nothing is found.")(run)


def python_option(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds ``--python``; the command gets it as ``as_python``."""
    said = "Only show the Python that does the same."
    return click.option("--python", "as_python", is_flag=True, help=said)(run)


def fields_option(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds ``--fields``."""
    said = "What to show: name, assignedTo.name, DE:Region."
    return click.option("--fields", metavar="NAMES", shell_complete=field_lists, help=said)(run)
