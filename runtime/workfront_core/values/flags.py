"""Arguments that are true or false."""

from __future__ import annotations

from workfront_core.errors.kinds import QueryError


def checked_flag(value: bool, name: str, /) -> bool:
    """Returns the value itself.

    Raises:
        QueryError: it is neither True nor False; what merely counts as one of them may be a slip.
    """
    if not isinstance(value, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"{name}= takes True or False, not {value!r:.80}.")
    return value
