"""How results are shown: lines for people, JSON for programs."""

from __future__ import annotations

import json
from typing import Final

import click

_REPLACEMENT: Final = "\ufffd"


def show_json(document: object) -> None:
    """Writes a document to standard output."""
    click.echo(json.dumps(document, indent=2))


def tell(*lines: str | None) -> None:
    """Writes lines to the error stream; a missing one is left out."""
    for line in lines:
        if line:
            click.echo(plain(line), err=True)


def plain(text: str) -> str:
    """Returns one line without control characters: what a server sends must not steer the terminal."""
    return "".join(letter if letter.isprintable() else _REPLACEMENT for letter in " ".join(text.split()))
