"""The words that compare, and which method of a path each one stands for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Shape(Enum):
    """What follows a word."""

    ONE = auto()
    LIST = auto()
    RANGE = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """One comparison.

    Attributes:
        text: how it is written.
        shape: what follows.
        method: of the path, with the values as arguments; a list is one argument.
        opposite: the method that ``not`` in front stands for; ``None`` where Workfront has none.
    """

    text: str
    shape: Shape
    method: str
    opposite: str | None = None


SIGNS: Final = {
    text: Word(text, Shape.ONE, method)
    for text, method in (
        ("=", "__eq__"), ("==", "__eq__"), ("!=", "__ne__"), ("<>", "__ne__"),
        ("<", "__lt__"), ("<=", "__le__"), (">", "__gt__"), (">=", "__ge__"),
    )
}  # fmt: skip

_WORDS: Final = (
    Word("differs", Shape.ONE, "differs"),
    Word("iequals", Shape.ONE, "iequals", "idiffers"),
    Word("contains", Shape.ONE, "contains", "not_contains"),
    Word("icontains", Shape.ONE, "icontains", "not_icontains"),
    Word("startswith", Shape.ONE, "startswith"),
    Word("istartswith", Shape.ONE, "istartswith"),
    Word("endswith", Shape.ONE, "endswith"),
    Word("iendswith", Shape.ONE, "iendswith"),
    Word("like", Shape.ONE, "like"),
    Word("ilike", Shape.ONE, "ilike"),
    Word("soundex", Shape.ONE, "soundex"),
    Word("anybits", Shape.ONE, "any_bits", "no_bits"),
    Word("allbits", Shape.ONE, "all_bits"),
    Word("nobits", Shape.ONE, "no_bits", "any_bits"),
    Word("has", Shape.ONE, "has"),
    Word("in", Shape.LIST, "in_", "not_in"),
    Word("iin", Shape.LIST, "iin_", "not_iin"),
    Word("icontainsany", Shape.LIST, "icontains_any", "not_icontains_any"),
    Word("icontainsall", Shape.LIST, "icontains_all", "not_icontains_all"),
    Word("hasany", Shape.LIST, "has_any"),
    Word("hasall", Shape.LIST, "has_all"),
    Word("between", Shape.RANGE, "between", "not_between"),
    Word("ibetween", Shape.RANGE, "ibetween", "not_ibetween"),
)
WORDS: Final = {word.text: word for word in _WORDS}

STATES: Final = {
    word.text: word
    for word in (
        Word("is null", Shape.NOTHING, "is_null", "not_null"),
        Word("is blank", Shape.NOTHING, "is_blank", "not_blank"),
        Word("is true", Shape.NOTHING, "__eq__", "__ne__"),
        Word("is false", Shape.NOTHING, "__eq__", "__ne__"),
    )
}
ALL_WORDS: Final = {**SIGNS, **WORDS, **STATES}
