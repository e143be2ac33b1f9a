"""The smallest parts of a condition's text, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from workfront_core.query.language.syntax_error import ConditionSyntaxError


class Kind(Enum):
    """What a token is."""

    NAME = auto()
    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    SPAN = auto()
    WILDCARD = auto()
    SIGN = auto()
    MARK = auto()
    EVERY = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One part of the text.

    Attributes:
        kind: what it is.
        text: what it says; of a quoted text what stands between the quotes, without escapes.
        start: its place, in characters from 0.
        end: the place behind it.
    """

    kind: Kind
    text: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Returns whether it is one of these words of the language, in upper or lower case."""
        return self.kind is Kind.NAME and self.text.lower() in words

    def is_mark(self, *marks: str) -> bool:
        """Returns whether it is one of these marks."""
        return self.kind is Kind.MARK and self.text in marks


_QUOTED: Final = r"""'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*\""""
_PARTS: Final = {
    Kind.TEXT: _QUOTED,
    Kind.WILDCARD: r"\$\$[A-Za-z]+(?:\.[A-Za-z]+)?(?:[+-]\d+)?[a-z]?",
    Kind.DATE: r"\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?",
    Kind.SPAN: r"\d+[hdwmqyHDWMQY](?!\w)",
    Kind.NUMBER: r"\d+(?:\.\d+)?(?![\w.])",
    Kind.NAME: r"[^\W\d]\w*",
    Kind.SIGN: r"==|!=|<>|<=|>=|=|<|>",
    Kind.MARK: r"[().,:~&|+-]",
}
_PART: Final = re.compile("|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in _PARTS.items()), re.DOTALL)
_KINDS: Final = {kind.name: kind for kind in _PARTS}
_EVERY: Final = "*"
_BLANK: Final = re.compile(r"\s*")
_PROCESS_NUMBER: Final = re.compile(r"\d+(TODAY|NOW|USER|CUSTOMER)[\w.+-]*")
_ESCAPED: Final = re.compile(r"\\(.)|''|\"\"", re.DOTALL)


def tokens(text: str, *, has_every: bool = False) -> Iterator[Token]:
    """Yields the parts of a text, and ``END`` behind the last one.

    Args:
        text: what a person wrote.
        has_every: whether ``*`` is one of them, as in lists of fields.

    Raises:
        ConditionSyntaxError: a quote is not closed, a character has no meaning here.
    """
    place = _blank_end(text, 0)
    while place < len(text):
        is_every = has_every and text[place] == _EVERY
        token = Token(Kind.EVERY, _EVERY, place, place + 1) if is_every else _token(text, place)
        yield token
        place = _blank_end(text, token.end)
    yield Token(Kind.END, "", len(text), len(text))


def _blank_end(text: str, place: int) -> int:
    found = _BLANK.match(text, place)
    return found.end() if found else place


def _token(text: str, place: int) -> Token:
    found = _PART.match(text, place)
    if found is None:
        raise _unknown(text, place)
    kind = _KINDS[found.lastgroup or ""]
    said = _unquoted(found[0]) if kind is Kind.TEXT else found[0]
    return Token(kind, said, place, found.end())


def _unquoted(quoted: str) -> str:
    """Returns what stands between quotes: ``\\`` gives the next character its plain meaning, a doubled quote is one."""
    quote = quoted[0]
    return _ESCAPED.sub(lambda found: found[1] or (quote if found[0] == quote * 2 else found[0]), quoted[1:-1])


def _unknown(text: str, place: int) -> ConditionSyntaxError:
    replaced = _PROCESS_NUMBER.match(text, place)
    if replaced:
        written = replaced[0].lstrip("0123456789")
        return ConditionSyntaxError(
            f"{replaced[0]} is what a shell makes of $${written} in double quotes: it puts its process number for $$.",
            hint="Put the condition in single quotes, or write today - 7d, now, me.",
            text=text, start=place, end=replaced.end(),
        )  # fmt: skip
    if text[place] in "'\"":
        return ConditionSyntaxError(
            "This quote is not closed.",
            hint=f"Add {text[place]} where the text ends; inside of it write a quote twice.",
            text=text, start=place, end=len(text),
        )  # fmt: skip
    end = re.compile(r"[\w.]+|.").match(text, place)
    return ConditionSyntaxError(
        f"{text[place : end.end() if end else place + 1]!r} has no meaning in a condition.",
        hint="Texts stand in quotes, lists in parentheses; a condition looks like percentComplete < 100.",
        text=text, start=place, end=end.end() if end else place + 1,
    )  # fmt: skip
