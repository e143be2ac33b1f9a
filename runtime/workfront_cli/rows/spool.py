"""Rows of the standard input, kept in a file so that their job can be resumed."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

from workfront_cli.output import reason
from workfront_core.errors import QueryError


def spooled() -> Path:
    """Returns a new file in the current folder with the rows of the standard input.

    Raises:
        QueryError: it cannot be written.
    """
    text = sys.stdin.buffer.read()
    start = text.lstrip()[:1]
    ending = ".jsonl" if start == b"{" else ".json" if start == b"[" else ".csv"
    path = Path(f"workfront-rows-{secrets.token_hex(4)}{ending}")
    try:
        path.write_bytes(text)
    except OSError as error:
        raise QueryError(
            f"The rows of the standard input are kept in a file, and {Path.cwd()} takes none: {reason(error)}.",
            hint="Go to a folder that can be written to.",
        ) from None
    return path
