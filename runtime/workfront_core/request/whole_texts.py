"""Texts that no encoding has: halves of characters, as ``surrogateescape`` leaves them in names and CSV files."""

from __future__ import annotations

import json
from typing import Final

from workfront_core.errors.kinds import QueryError
from workfront_core.errors.redaction import MASK, is_secret
from workfront_core.json_type import JsonValue

_ESCAPED: Final = "\\ud"


def dumped(value: JsonValue) -> str:
    """Returns the JSON of a body, in ASCII.

    Raises:
        QueryError: a text in it holds half of a character.
    """
    text = json.dumps(value, separators=(",", ":"))
    if _ESCAPED in text:
        refuse_halves(json.dumps(value, ensure_ascii=False))
    return text


def refuse_halves(text: str) -> None:
    """Raises a QueryError where a text holds half of a character, with what stands before it."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        place = error.start
    else:
        return
    before = MASK if is_secret(text) else repr(text[max(0, place - 20) : place])
    raise QueryError(
        f"A text holds half of a character ({text[place]!r}) behind {before}; it cannot be sent.",
        hint="Read the file with its own encoding, without errors='surrogateescape'.",
    )
