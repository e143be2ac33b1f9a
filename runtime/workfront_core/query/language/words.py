"""The words that compare, and which method of a path each one stands for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Operands(Enum):
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
    shape: Operands
    method: str
    opposite: str | None = None


SIGNS: Final = {
    text: Word(text, Operands.ONE, method)
    for text, method in (
        ("=", "__eq__"), ("==", "__eq__"), ("!=", "__ne__"), ("<>", "__ne__"),
        ("<", "__lt__"), ("<=", "__le__"), (">", "__gt__"), (">=", "__ge__"),
    )
}  # fmt: skip

_WORDS: Final = (
    Word("differs", Operands.ONE, "differs"),
    Word("iequals", Operands.ONE, "iequals", "idiffers"),
    Word("contains", Operands.ONE, "contains", "not_contains"),
    Word("icontains", Operands.ONE, "icontains", "not_icontains"),
    Word("startswith", Operands.ONE, "startswith"),
    Word("istartswith", Operands.ONE, "istartswith"),
    Word("endswith", Operands.ONE, "endswith"),
    Word("iendswith", Operands.ONE, "iendswith"),
    Word("like", Operands.ONE, "like"),
    Word("ilike", Operands.ONE, "ilike"),
    Word("soundex", Operands.ONE, "soundex"),
    Word("anybits", Operands.ONE, "any_bits", "no_bits"),
    Word("allbits", Operands.ONE, "all_bits"),
    Word("nobits", Operands.ONE, "no_bits", "any_bits"),
    Word("has", Operands.ONE, "has"),
    Word("in", Operands.LIST, "in_", "not_in"),
    Word("iin", Operands.LIST, "iin_", "not_iin"),
    Word("icontainsany", Operands.LIST, "icontains_any", "not_icontains_any"),
    Word("icontainsall", Operands.LIST, "icontains_all", "not_icontains_all"),
    Word("hasany", Operands.LIST, "has_any"),
    Word("hasall", Operands.LIST, "has_all"),
    Word("between", Operands.RANGE, "between", "not_between"),
    Word("ibetween", Operands.RANGE, "ibetween", "not_ibetween"),
)
WORDS: Final = {word.text: word for word in _WORDS}

STATES: Final = {
    word.text: word
    for word in (
        Word("is null", Operands.NOTHING, "is_null", "not_null"),
        Word("is blank", Operands.NOTHING, "is_blank", "not_blank"),
        Word("is true", Operands.NOTHING, "__eq__", "__ne__"),
        Word("is false", Operands.NOTHING, "__eq__", "__ne__"),
    )
}
ALL_WORDS: Final = {**SIGNS, **WORDS, **STATES}
