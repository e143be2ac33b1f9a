"""A file that a command writes: whether it can be is known before anything is sent."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import click

from workfront_cli.guarded import EMPTY_OPTION

STANDARD: Final = ("-", "/dev/stdout")
"""Names of the standard output."""


class OutputFile(click.Path):
    """The file of an option that says where something is written to.

    Args:
        dir_okay: whether it may be a folder that is there.
    """

    def __init__(self, *, dir_okay: bool = False) -> None:
        super().__init__(path_type=Path, dir_okay=dir_okay)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Returns the path; ends the line where no file can be there."""
        if not str(value).strip():
            self.fail(EMPTY_OPTION, param, ctx)
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not self.dir_okay and os.fsdecode(value).endswith((os.sep, os.altsep or os.sep)):
            self.fail(f"{value} cannot be written: there is no such folder.", param, ctx)
        if ctx is None or not ctx.resilient_parsing:
            try:
                _try_out(path)
            except OSError as error:
                self.fail(f"{path} cannot be written: {error.strerror or error}.", param, ctx)
        return path


def _try_out(path: Path) -> None:
    """Raises OSError where the file cannot be; what is no ordinary file is opened when it is written."""
    from tempfile import TemporaryFile

    if not path.name or str(path) in STANDARD:
        return
    if path.exists() and not path.is_file() and not path.is_dir():
        if not os.access(path, os.W_OK):
            raise PermissionError(0, "Permission denied")
        return
    folder = path.resolve().parent
    if not folder.exists():
        raise FileNotFoundError(0, f"the folder {folder} does not exist")
    with TemporaryFile(dir=folder):
        pass
