"""What a search is not: its rows are on the server, so it has no truth, no length and no places."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from workfront_core.arguments import refuse_truth
from workfront_core.errors.kinds import NotSupported, QueryError


class UnreadRows:
    """Refuses what would take a search for the list of its rows, and says what to write."""

    def __bool__(self) -> NoReturn:
        refuse_truth(
            "A search, of which nothing was asked yet,",
            hint="Write if search(...).first() is not None:, or if count(...):.",
        )

    if not TYPE_CHECKING:  # to a checker these do not exist

        def __len__(self) -> NoReturn:
            raise NotSupported("A search has no length before it is read.", hint="Write .count(), or len(.to_list()).")

        def __getitem__(self, place: object, /) -> NoReturn:
            raise NotSupported(
                f"A search has no places, so [{place!r:.40}] asks for nothing.",
                hint="Write .first(), .to_list()[...], or limit= for the first rows.",
            )

        def __next__(self) -> NoReturn:
            raise NotSupported("A search is not an iterator.", hint="Write .first(), or next(iter(search)).")

        def __contains__(self, row: object, /) -> NoReturn:
            raise NotSupported(
                "A search is not asked whether it holds a row.", hint="Count the rows of its ID: X.f.id == row.id."
            )


def checked_number(value: int, name: str, /) -> int:
    """Returns the whole number itself.

    Raises:
        QueryError: it is something else, such as a text of digits or True.
    """
    if isinstance(value, bool) or not isinstance(value, int):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"{name}= takes a whole number, not {value!r:.80}.")
    return value
