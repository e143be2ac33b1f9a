"""Values to try filters with, made from those that rows have, and the words in which filters are judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import product
from typing import Any, Final

from workfront_testing.conformance.answer import Row
from workfront_testing.conformance.samples import value_at
from workfront_testing.conformance.selection import Values, each_value

_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)[:.](\d{3})(Z|[+-]\d{4})")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SHORT: Final = 4
_SOME: Final = 6


def read_datetime(text: object) -> datetime | None:
    """Returns a moment of the wire: ``2026-03-02T17:00:00:000-0700``; ``None`` where it is none."""
    found = _MOMENT.fullmatch(str(text))
    return datetime.strptime(f"{found[1]}.{found[2]}{found[3]}", "%Y-%m-%dT%H:%M:%S.%f%z") if found else None


def at(text: object) -> datetime:
    """Returns a moment that is one.

    Raises:
        ValueError: it is none.
    """
    found = read_datetime(text)
    if found is None:
        raise ValueError("It is not a date and time of the wire.")
    return found


def moments(rows: Sequence[Row], field: str) -> Iterator[str]:
    """Yields the moments of a field, those in the middle first."""
    found = sorted({str(value_at(row, field)) for row in rows if read_datetime(value_at(row, field))}, key=at)
    yield from _middle_first(found)


def days(rows: Sequence[Row], field: str) -> Iterator[str]:
    """Yields the days of a field: ``2026-03-02``."""
    found = (str(value_at(row, field)) for row in rows)
    yield from dict.fromkeys(text[:10] for text in found if _DAY.match(text))


def moment_pairs(rows: Sequence[Row], field: str) -> Iterator[tuple[str, str]]:
    """Yields pairs of moments of a field, the earlier one first."""
    yield from _pairs(sorted(set(moments(rows, field)), key=at))


def numbers(rows: Sequence[Row], field: str) -> Iterator[Any]:
    """Yields the numbers of a field, those in the middle first."""
    found = sorted({value for value in each_value(rows, field) if isinstance(value, int | float)})
    yield from _middle_first(found)


def number_pairs(rows: Sequence[Row], field: str) -> Iterator[tuple[Any, Any]]:
    """Yields pairs of numbers of a field, the lesser one first."""
    yield from _pairs(sorted(set(numbers(rows, field))))


def value_pairs(rows: Sequence[Row], field: str) -> Iterator[tuple[Any, Any]]:
    """Yields pairs of different values of a field."""
    yield from _pairs(list(dict.fromkeys(each_value(rows, field))))


def pairs_of_fields(first: str, second: str) -> Values:
    """Returns what yields pairs of a value of one field and a value of another."""

    def pairs(rows: Sequence[Row], _field: str) -> Iterator[tuple[Any, Any]]:
        firsts, seconds = (list(dict.fromkeys(each_value(rows, field)))[:_SOME] for field in (first, second))
        yield from product(firsts, seconds)

    return pairs


def parts(rows: Sequence[Row], field: str) -> Iterator[str]:
    """Yields parts of texts, from within."""
    yield from (text[1 : 1 + _SHORT] for text in _texts(rows, field) if _is_clean(text[1 : 1 + _SHORT]))


def heads(rows: Sequence[Row], field: str) -> Iterator[str]:
    """Yields beginnings of texts."""
    yield from (text[:_SHORT] for text in _texts(rows, field) if _is_clean(text[:_SHORT]))


def tails(rows: Sequence[Row], field: str) -> Iterator[str]:
    """Yields ends of texts."""
    yield from (text[-_SHORT:] for text in _texts(rows, field) if _is_clean(text[-_SHORT:]))


def words(rows: Sequence[Row], field: str) -> Iterator[str]:
    """Yields two words of a text, with a blank between them."""
    parted = [[word for word in text.split() if len(word) > 1] for text in _texts(rows, field)]
    yield from (f"{found[0]} {found[-1]}" for found in parted if len(found) > 1)


def swapped(rows: Sequence[Row], field: str) -> Iterator[str]:
    """Yields texts in the other case."""
    yield from (text.swapcase() for text in _texts(rows, field) if _folds(text))


def swapped_parts(rows: Sequence[Row], field: str) -> Iterator[str]:
    """Yields parts of texts in the other case."""
    yield from (text.swapcase() for text in parts(rows, field) if _folds(text))


def swapped_heads(rows: Sequence[Row], field: str) -> Iterator[str]:
    """Yields beginnings of texts in the other case."""
    yield from (text.swapcase() for text in heads(rows, field) if _folds(text))


def swapped_tails(rows: Sequence[Row], field: str) -> Iterator[str]:
    """Yields ends of texts in the other case."""
    yield from (text.swapcase() for text in tails(rows, field) if _folds(text))


def swapped_pairs(rows: Sequence[Row], field: str) -> Iterator[tuple[str, str]]:
    """Yields pairs of texts in the other case."""
    yield from _pairs(list(dict.fromkeys(swapped(rows, field))))


def lengths(rows: Sequence[Row], field: str) -> Iterator[int]:
    """Yields lengths of texts, those in the middle first."""
    yield from _middle_first(sorted({len(text) for text in _texts(rows, field)}))


def _texts(rows: Sequence[Row], field: str) -> list[str]:
    return [value for value in each_value(rows, field) if isinstance(value, str)]


def _folds(text: str) -> bool:
    """Returns whether only ASCII letters differ in case: how others fold is told by nobody."""
    return text.isascii() and text.swapcase() != text


def _is_clean(text: str) -> bool:
    return len(text) == _SHORT and text.strip() == text


def _middle_first(found: list[Any]) -> list[Any]:
    return sorted(found, key=lambda value: abs(found.index(value) - len(found) // 2))


def _pairs(found: list[Any]) -> Iterator[tuple[Any, Any]]:
    distance = max(1, len(found) // 3)
    yield from zip(found, found[distance:], strict=False)
