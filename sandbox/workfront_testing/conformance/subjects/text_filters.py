"""Operators on texts, each held against the rows it should select. docs/protocol.md 8.1, 8.2."""

from __future__ import annotations

from typing import Any, Final

from workfront_testing.conformance.check import Mark
from workfront_testing.conformance.selection import Selection
from workfront_testing.conformance.values import (
    heads,
    lengths,
    parts,
    swapped,
    swapped_heads,
    swapped_pairs,
    swapped_parts,
    swapped_tails,
    tails,
    value_pairs,
    words,
)


def _low(value: Any) -> str:
    return str(value).casefold()


def _some_word(field: Any, value: str) -> bool:
    return any(word in _low(field) for word in _low(value).split())


def _all_words(field: Any, value: str) -> bool:
    return all(word in _low(field) for word in _low(value).split())


_NAME: Final = ("task", "name")
CHECKS: Final = (
    Selection("One plain value selects rows that have it.", Mark.DOC, "8.1", *_NAME, "name={}", lambda f, v: f == v),
    Selection(
        "eq selects rows that have the value.", Mark.DOC, "8.2", *_NAME, "name={}&name_Mod=eq", lambda f, v: f == v
    ),
    Selection(
        "cieq ignores case.", Mark.DOC, "8.2", *_NAME, "name={}&name_Mod=cieq", lambda f, v: _low(f) == _low(v), swapped
    ),
    Selection(
        "cine selects what cieq does not.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={}&name_Mod=cine",
        lambda f, v: _low(f) != _low(v),
        swapped,
    ),
    Selection(
        "ne selects rows that have another value.", Mark.DOC, "8.2", *_NAME, "name={}&name_Mod=ne", lambda f, v: f != v
    ),
    Selection(
        "contains selects texts of which the value is a part.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={}&name_Mod=contains",
        lambda f, v: v in f,
        parts,
    ),
    Selection(
        "notcontains selects texts of which the value is not a part.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={}&name_Mod=notcontains",
        lambda f, v: v not in f,
        parts,
    ),
    Selection(
        "cicontains ignores case.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={}&name_Mod=cicontains",
        lambda f, v: _low(v) in _low(f),
        swapped_parts,
    ),
    Selection(
        "cinotcontains ignores case.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={}&name_Mod=cinotcontains",
        lambda f, v: _low(v) not in _low(f),
        swapped_parts,
    ),
    Selection(
        "cicontainsany selects texts that hold some word of the value.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={}&name_Mod=cicontainsany",
        _some_word,
        words,
    ),
    Selection(
        "cicontainsall selects texts that hold every word of the value.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={}&name_Mod=cicontainsall",
        _all_words,
        words,
    ),
    Selection(
        "cinotcontainsany selects texts that hold no word of the value.",
        Mark.CONFLICT,
        "8.2",
        *_NAME,
        "name={}&name_Mod=cinotcontainsany",
        lambda f, v: not _some_word(f, v),
        words,
    ),
    Selection(
        "cinotcontainsall selects texts that do not hold every word of the value.",
        Mark.CONFLICT,
        "8.2",
        *_NAME,
        "name={}&name_Mod=cinotcontainsall",
        lambda f, v: not _all_words(f, v),
        words,
    ),
    Selection(
        "like takes % for anything.", Mark.DOC, "8.2", *_NAME, "name=%{}%&name_Mod=like", lambda f, v: v in f, parts
    ),
    Selection(
        "like without % is the whole text.", Mark.DOC, "8.2", *_NAME, "name={}&name_Mod=like", lambda f, v: f == v
    ),
    Selection(
        "like takes _ for one letter.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name=_{}%&name_Mod=like",
        lambda f, v: f[1:].startswith(v),
        parts,
    ),
    Selection(
        "cilike ignores case.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name=%{}%&name_Mod=cilike",
        lambda f, v: _low(v) in _low(f),
        swapped_parts,
    ),
    Selection(
        "startswith selects texts that begin with the value.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={}&name_Mod=startswith",
        lambda f, v: _low(f).startswith(_low(v)),
        heads,
    ),
    Selection(
        "startswith ignores case.",
        Mark.CONFLICT,
        "8.2",
        *_NAME,
        "name={}&name_Mod=startswith",
        lambda f, v: _low(f).startswith(_low(v)),
        swapped_heads,
    ),
    Selection(
        "cistartswith ignores case.",
        Mark.SEEN,
        "8.2",
        *_NAME,
        "name={}&name_Mod=cistartswith",
        lambda f, v: _low(f).startswith(_low(v)),
        swapped_heads,
    ),
    Selection(
        "endswith selects texts that end with the value.",
        Mark.SEEN,
        "8.2",
        *_NAME,
        "name={}&name_Mod=endswith",
        lambda f, v: f.endswith(v),
        tails,
    ),
    Selection(
        "ciendswith ignores case.",
        Mark.SEEN,
        "8.2",
        *_NAME,
        "name={}&name_Mod=ciendswith",
        lambda f, v: _low(f).endswith(_low(v)),
        swapped_tails,
    ),
    Selection(
        "Several plain values mean one of them.",
        Mark.DOC,
        "8.1",
        *_NAME,
        "name={0}&name={1}",
        lambda f, v: f in v,
        value_pairs,
    ),
    Selection(
        "in selects rows that have one of the values.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={0}&name={1}&name_Mod=in",
        lambda f, v: f in v,
        value_pairs,
    ),
    Selection(
        "notin selects rows that have none of the values.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={0}&name={1}&name_Mod=notin",
        lambda f, v: f not in v,
        value_pairs,
    ),
    Selection(
        "ciin ignores case.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={0}&name={1}&name_Mod=ciin",
        lambda f, v: _low(f) in map(_low, v),
        swapped_pairs,
    ),
    Selection(
        "cinotin ignores case.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={0}&name={1}&name_Mod=cinotin",
        lambda f, v: _low(f) not in map(_low, v),
        swapped_pairs,
    ),
    Selection(
        "length_lt selects shorter texts.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={}&name_Mod=length_lt",
        lambda f, v: len(f) < v,
        lengths,
    ),
    Selection(
        "length_eq selects texts of a length.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={}&name_Mod=length_eq",
        lambda f, v: len(f) == v,
        lengths,
    ),
    Selection(
        "length_gt selects longer texts.",
        Mark.DOC,
        "8.2",
        *_NAME,
        "name={}&name_Mod=length_gt",
        lambda f, v: len(f) > v,
        lengths,
    ),
)
