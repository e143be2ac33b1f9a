"""Arguments of actions and named queries, each checked for the kind that metadata gives it; None leaves one out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from workfront_core.arguments import checked_list, checked_map, checked_texts, described
from workfront_core.errors.kinds import QueryError
from workfront_core.errors.redaction import is_secret
from workfront_core.operations.value_kinds import WANTED, is_day, is_flag, is_instant, is_number, is_text

__all__ = ["day", "flag", "instant", "mapping", "number", "text", "texts", "values"]

T = TypeVar("T")


def text(value: T, name: str, /) -> T:
    """Returns a text."""
    return _checked(value, name, is_text)


def number(value: T, name: str, /) -> T:
    """Returns a number."""
    return _checked(value, name, is_number)


def flag(value: T, name: str, /) -> T:
    """Returns True or False."""
    return _checked(value, name, is_flag)


def instant(value: T, name: str, /) -> T:
    """Returns an instant."""
    return _checked(value, name, is_instant)


def day(value: T, name: str, /) -> T:
    """Returns a day."""
    return _checked(value, name, is_day)


def texts(value: object, name: str, /) -> list[str] | None:
    """Returns a list of texts."""
    return None if value is None else checked_texts(value, f"{name}=")


def values(value: object, name: str, /) -> list[object] | None:
    """Returns a list of any values."""
    return None if value is None else checked_list(value, f"{name}=")


def mapping(value: object, name: str, /) -> Mapping[str, object] | None:
    """Returns values by name."""
    return None if value is None else checked_map(value, f"{name}=")


def _checked(value: T, name: str, is_kind: Callable[[object], bool]) -> T:
    """Returns the value itself.

    Raises:
        QueryError: it is of another kind.
    """
    if value is not None and not is_kind(value):
        shown = type(value).__name__ if is_secret(name) else described(cast("object", value))
        raise QueryError(f"{name}= takes {WANTED[is_kind]}, not {shown}.")
    return value
