"""Which package the objects of a command are of: one of the tenant, or the one that is shipped."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

import click

DEFAULT_PACKAGE: Final = "workfront_client"
_CHOSEN: Final = ContextVar("_CHOSEN", default=DEFAULT_PACKAGE)
"""Of the command under way; the threads that answer an assistant see it, which click's own context does not reach."""


@contextmanager
def choosing(name: str) -> Generator[None]:
    """Keeps the name for what is done in the block."""
    before = _CHOSEN.set(name)
    try:
        yield
    finally:
        _CHOSEN.reset(before)


def choose_package(name: str) -> None:
    """Keeps the name for what the command that runs does."""
    click.get_current_context().with_resource(choosing(name))


def chosen_package() -> str:
    """Returns the name that was kept; that of the shipped package where there is none."""
    return _CHOSEN.get()
