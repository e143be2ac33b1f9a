"""Options of the commands that keep tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import click

from workfront_cli.output_file import OutputFile

SWEEPS: Final = ("now", "daily", "weekly", "never")
_INTERVAL: Final = re.compile(r"(\d+)([smhd])")
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def to_option(*, required: bool) -> Callable[[Any], Any]:
    """Adds ``--to``; the command gets it as ``file``."""
    return click.option("--to", "file", required=required, type=OutputFile(), metavar="FILE", help="The DuckDB file.")


def every(text: str) -> tuple[str, float]:
    """Returns object and seconds of a text such as ``ASSGN=1d``.

    Raises:
        ValueError: it is none.
    """
    name, sign, time = text.partition("=")
    if not sign or not name.strip():
        raise ValueError(f"{text!r} is not an object and a time, such as ASSGN=1d")
    return name.strip(), interval(time)


def interval(text: str) -> float:
    """Returns the seconds of a time such as ``30s``, ``5m``, ``1h``.

    Raises:
        ValueError: it is none.
    """
    found = _INTERVAL.fullmatch(text)
    if found is None or found[1].strip("0") == "":
        raise ValueError(f"{text!r} is not a time such as 30s, 5m, 1h")
    return float(found[1]) * _SECONDS[found[2]]
