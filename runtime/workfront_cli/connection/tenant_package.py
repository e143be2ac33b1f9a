"""Which package the objects of a command are of: one of the tenant, or the one that is shipped."""

from __future__ import annotations

from typing import Final

import click

DEFAULT_PACKAGE: Final = "workfront_client"
_CHOSEN: Final = "workfront_cli.package"


def choose_package(name: str) -> None:
    """Keeps the name for what the command that runs does."""
    click.get_current_context().meta[_CHOSEN] = name


def chosen_package() -> str:
    """Returns the name that was kept; that of the shipped package where there is none."""
    ctx = click.get_current_context(silent=True)
    return str(ctx.meta.get(_CHOSEN, DEFAULT_PACKAGE)) if ctx is not None else DEFAULT_PACKAGE
