"""How results are shown: lines for people, JSON for programs."""

from __future__ import annotations

import json
import re
from typing import Final

import click

QUIET: Final = "workfront_cli.quiet"
"""Where ``click.Context.meta`` says that only results and errors are wanted."""

_ALWAYS: Final = ("error:", "hint:", "failed", "unknown")
_REPLACEMENT: Final = "\ufffd"
_HALF: Final = re.compile("[\ud800-\udfff]")


def show_json(document: object) -> None:
    """Writes a document to standard output."""
    click.echo(json.dumps(document, indent=2))


def json_text(document: object, indent: int | None = None) -> str:
    """Returns a document as JSON in letters as they are; halves of letters, which no encoding has, by their numbers."""
    return encodable(json.dumps(document, indent=indent, ensure_ascii=False))


def encodable(text: str) -> str:
    """Returns a text with halves of letters by their numbers, ``\\ud800``."""
    return text if text.isascii() else _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def tell(*lines: str | None) -> None:
    """Writes lines to the error stream; a missing one is left out, and with ``--quiet`` all but what failed."""
    for line in lines:
        if line and (line.startswith(_ALWAYS) or not is_quiet()):
            click.echo(plain(line), err=True)


def is_quiet() -> bool:
    """Returns whether only results and errors are wanted."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get(QUIET))


def reason(error: Exception) -> str:
    """Returns why a file cannot be read or written, in the words of the system, without its number and the name."""
    return getattr(error, "strerror", None) or str(error)


def plain(text: str) -> str:
    """Returns one line without control characters: what a server sends must not steer the terminal."""
    return "".join(letter if letter.isprintable() else _REPLACEMENT for letter in " ".join(text.split()))
