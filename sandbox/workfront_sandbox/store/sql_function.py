"""What SQLite cannot do by itself: Unicode letter case, patterns, SOUNDEX, words, a shuffle, IDs made of two."""

from __future__ import annotations

import sqlite3
from hashlib import blake2b
from typing import Final

_CODES: Final = {
    letter: digit
    for letters, digit in (("BFPV", "1"), ("CGJKQSXZ", "2"), ("DT", "3"), ("L", "4"), ("MN", "5"), ("R", "6"))
    for letter in letters
}


def install(connection: sqlite3.Connection) -> None:
    """Makes the functions known to a connection."""
    connection.create_function("wf_upper", 1, upper, deterministic=True)
    connection.create_function("wf_like", 2, like, deterministic=True)
    connection.create_function("wf_soundex", 1, soundex, deterministic=True)
    connection.create_function("wf_shuffle", 2, shuffle, deterministic=True)
    connection.create_function("wf_mixed", 2, mixed, deterministic=True)


def upper(value: str | float | None) -> str | None:
    """Returns the text in capitals, as comparisons that ignore case see it."""
    return None if value is None else str(value).upper()


def like(pattern: str | None, value: str | float | None) -> bool | None:
    """Matches as SQL LIKE: ``%`` any text, ``_`` one character; letter case counts.

    Where a sign does not fit, the last ``%`` takes one character more: at most as many steps as the lengths multiplied.
    """
    if pattern is None or value is None:
        return None
    text, at, place, wild, taken = str(value), 0, 0, -1, 0
    while at < len(text):
        sign = pattern[place] if place < len(pattern) else ""
        if sign == "%":
            wild, taken, place = place, at, place + 1
        elif sign in {"_", text[at]}:
            at, place = at + 1, place + 1
        elif wild >= 0:
            taken += 1
            at, place = taken, wild + 1
        else:
            return False
    return not pattern[place:].strip("%")


def soundex(value: str | float | None) -> str | None:
    """Returns the American SOUNDEX: ``S310`` for Steve. A text without letters sounds like nothing: an empty code."""
    if value is None:
        return None
    letters = [letter for letter in str(value).upper() if "A" <= letter <= "Z"]
    if not letters:
        return ""
    code, last = letters[0], _CODES.get(letters[0], "")
    for letter in letters[1:]:
        digit = _CODES.get(letter, "")
        if digit and digit != last:
            code += digit
        if letter not in "HW":
            last = digit
    return code[:4].ljust(4, "0")


def mixed(one: str, other: str) -> str:
    """Returns an ID that is the same whenever it is made of the same two."""
    try:
        return f"{int(one, 16) ^ int(other, 16):032x}"
    except ValueError:
        return f"{one}_{other}"


def shuffle(object_id: str, seed: str) -> bytes:
    """Returns a place in an order that is arbitrary and the same for the same seed."""
    return blake2b(object_id.encode(), key=seed.encode()[:64], digest_size=8).digest()
