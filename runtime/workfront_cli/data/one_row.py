"""A single row for people: a value a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from workfront_cli.data.cells import cell
from workfront_cli.output import plain


def show_one(row: Mapping[str, Any]) -> None:
    """Writes each value of a row in a line of its own, behind its name."""
    width = max((len(name) for name in row), default=0)
    for name, value in row.items():
        click.echo(f"{click.style(name.replace(':', '.').ljust(width), dim=True)}  {plain(cell(value))}")
