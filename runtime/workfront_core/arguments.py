"""The gate for arguments: what is no text, list, map or number is told so before anything is sent."""

from __future__ import annotations

import math
import os
from collections.abc import AsyncIterable, Callable, Coroutine, Iterable, Mapping
from decimal import Decimal
from inspect import iscoroutinefunction
from types import MappingProxyType
from typing import Any, Final, NoReturn, TypeVar, cast

from pydantic import BaseModel

from workfront_core.errors.kinds import QueryError

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

BEYOND_INT64: Final = 2**63
"""The first whole number that 64 bits, and so the fields of the API, do not hold."""
_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})
_SINGLE: Final = (str, bytes, bytearray, BaseModel)
"""What can be iterated, and is one value all the same."""


def checked_text(value: object, name: str, /, hint: str | None = None) -> str:
    """Returns the text itself.

    Raises:
        QueryError: it is something else.
    """
    if not isinstance(value, str):
        raise QueryError(f"{name} takes a text, not {described(value)}.", hint=hint)
    return value


def checked_texts(values: object, name: str, /, hint: str | None = None) -> list[str]:
    """Returns the texts of a list.

    Raises:
        QueryError: it is one text in place of a list, or holds something else.
    """
    if isinstance(values, str):
        raise QueryError(f"{name} takes a list of texts, not one text.", hint=f"Write [{values!r}].")
    return [checked_text(value, f"Each entry of {name}", hint) for value in checked_list(values, name, hint)]


def checked_list(values: object, name: str, /, hint: str | None = None) -> list[object]:
    """Returns the entries of a list, or of anything that holds several values.

    Raises:
        QueryError: it is a single value.
    """
    given = values
    if isinstance(values, Mapping) or not is_several(values):
        raise QueryError(f"{name} takes a list, not {described(given)}.", hint=hint or listing_hint(given))
    return list(cast("Iterable[object]", values))


def listing_hint(value: object, /) -> str:
    """Returns how to make a list of what is none."""
    if isinstance(value, AsyncIterable):
        return "Read it first: [row async for row in ...]."
    return "Write [...] around it."


def is_utf8(text: str, /) -> bool:
    """Returns whether a text has an encoding: half of a character has none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def path_text(path: object, /) -> str | None:
    """Returns the text of a path, ``None`` for what can be the path of no file: no path, an empty one, or one with
    letters that no system has in names.
    """
    text: object = os.fspath(cast("os.PathLike[str]", path)) if isinstance(path, str | os.PathLike) else None
    return text if isinstance(text, str) and text and "\0" not in text and is_utf8(text) else None


def is_several(values: object, /) -> bool:
    """Returns whether something holds several values: a list, a set, a generator, but no text and no row."""
    return isinstance(values, Iterable) and not isinstance(values, _SINGLE)


def checked_map(values: object, name: str, /, hint: str | None = None) -> Mapping[str, object]:
    """Returns values by name.

    Raises:
        QueryError: it is no mapping, or one of its names is no text.
    """
    if not isinstance(values, Mapping):
        raise QueryError(f"{name} takes values by name, not {described(values)}.", hint=hint or 'Write {"name": ...}.')
    named = cast("Mapping[object, object]", values)
    for key in named:
        checked_text(key, f"Each name in {name}", hint)
    return cast("Mapping[str, object]", named)


def optional_map(values: object, name: str, /, hint: str | None = None) -> Mapping[str, object]:
    """Returns values by name; none for None.

    Raises:
        QueryError: it is no mapping, or one of its names is no text.
    """
    return _NOTHING if values is None else checked_map(values, name, hint)


def checked_whole(value: object, name: str, /, *, least: int | None = None) -> int:
    """Returns the whole number itself.

    Raises:
        QueryError: it is something else, or below ``least``.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise QueryError(f"{name} takes a whole number, not {described(value)}.")
    if least is not None and value < least:
        raise QueryError(f"{name} takes a whole number from {least} on, not {value}.")
    return value


def checked_number(value: object, name: str, /) -> float:
    """Returns the number itself.

    Raises:
        QueryError: it is something else, or not finite.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise QueryError(f"{name} takes a number, not {described(value)}.")
    if not is_finite(value):
        raise QueryError(f"{name} takes a finite number, not {shown_number(value)}.")
    return value


def is_finite(value: float | Decimal, /) -> bool:
    """Returns whether a number is finite, and no whole number beyond all that servers read as one."""
    try:
        return math.isfinite(value)
    except (OverflowError, ValueError):  # a ValueError is a signalling NaN
        return False


def shown_number(value: float | Decimal, /) -> str:
    """Returns a number as a message shows it; Python writes no whole number of many thousand digits."""
    return f"{value}" if not isinstance(value, int) or is_finite(value) else "a number of more than 308 digits"


def checked_flag(value: bool, name: str, /) -> bool:
    """Returns the value itself.

    Raises:
        QueryError: it is neither True nor False; what merely counts as one of them may be a slip.
    """
    if not isinstance(value, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"{name}= takes True or False, not {value!r:.80}.")
    return value


def checked_choice(value: T, name: str, choices: Iterable[T], /) -> T:
    """Returns one of a few words.

    Raises:
        QueryError: it is none of them.
    """
    words = tuple(choices)
    if type(value) not in {type(word) for word in words} or value not in words:
        raise QueryError(f"{name} takes one of {', '.join(map(repr, words))}, not {described(value)}.")
    return value


def checked_callable(value: F, name: str, /, hint: str | None = None, *, awaits: bool = False) -> F:
    """Returns the function itself.

    Args:
        value: the function.
        name: what takes it.
        hint: what to write.
        awaits: whether what it returns is awaited.

    Raises:
        QueryError: it cannot be called, or is asynchronous where nobody awaits it.
    """
    if not awaits and iscoroutinefunction(value):
        raise QueryError(
            f"{name} takes a plain function; nobody would await an async one.", hint="Write def, or lambda."
        )
    if not callable(value) or isinstance(cast("object", value), type):
        raise QueryError(f"{name} takes a function, not {described(value)}.", hint=hint)
    return value


def refuse_truth(what: str, /, hint: str) -> NoReturn:
    """Raises the QueryError for ``if``, ``and``, ``or``, ``not`` over what is neither true nor false.

    Args:
        what: what it is, and why it has no truth.
        hint: what to write.
    """
    raise QueryError(f"{what} is neither true nor false.", hint=hint)


def checked_sender(value: object, /) -> None:
    """Raises a QueryError unless this is a client."""
    if isinstance(value, type) or not callable(getattr(value, "send", None)):
        raise QueryError(
            f"A client is needed here, not {described(value)}.", hint="Make one: Workfront(url, auth=...)."
        )


def shown(value: object, /) -> str:
    """Returns a value of any kind as a message shows it; three points for one that cannot be shown."""
    try:
        return f"{value!r:.80}"
    except Exception:
        return "..."


def described(value: object, /) -> str:
    """Returns how a message names a value that does not fit: its type, and the value where that is short."""
    kind = type(value).__name__
    if value is None:
        return "None"
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if isinstance(value, Coroutine):
        return "a coroutine, which nobody awaited"
    if isinstance(value, AsyncIterable):
        return f"{kind}, which async for reads"
    if isinstance(value, BaseModel):
        return f"a row of type {kind}"
    shown = f" {value!r:.60}" if isinstance(value, bool | int | float | str) else ""
    return f"{kind}{shown}"
