"""Rows of the standard input, kept in a file so that their job can be resumed."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from shutil import copyfileobj
from typing import Final

from workfront_cli.output import reason
from workfront_core.errors import QueryError

_LOOK: Final = 4096
"""Bytes by whose first letter the kind of rows is told."""


def spooled() -> Path:
    """Returns a new file in the current folder with the rows of the standard input.

    Raises:
        QueryError: it cannot be written.
    """
    source = sys.stdin.buffer
    begun = source.read(_LOOK)
    while begun and not begun.strip() and (more := source.read(_LOOK)):
        begun += more
    start = begun.lstrip()[:1]
    ending = ".jsonl" if start == b"{" else ".json" if start == b"[" else ".csv"
    path = Path(f"workfront-rows-{secrets.token_hex(4)}{ending}")
    try:
        with path.open("wb") as file:
            file.write(begun)
            copyfileobj(source, file)
    except OSError as error:
        raise QueryError(
            f"The rows of the standard input are kept in a file, and {Path.cwd()} takes none: {reason(error)}.",
            hint="Go to a folder that can be written to.",
        ) from None
    return path
