"""Where an interrupted search goes on, as a short text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, Self, TypeAlias

from workfront_core.errors.kinds import QueryError

Paging: TypeAlias = Literal["id", "row"]
"""How pages are told: by the last ID, or by the number of rows before them."""

_FORM: Final = re.compile(
    r"1:(?P<query>[0-9a-f]{16}):(?P<paging>id|row):(?P<number>[0-9]{1,18}):(?P<row_id>.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place after one row of a search.

    Attributes:
        query: the fingerprint of the search.
        paging: how its pages are told.
        number: rows up to and including this one.
        row_id: the row's ID, ``None`` where it has none.

    Examples:
        >>> from workfront_client.v22 import Task, Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     made = wf.task.create_many([{"name": "Brief"}, {"name": "Draft"}])
        ...     tasks = wf.task.search(fields=[Task.f.name], limit=1)
        ...     first = tasks.to_list()
        ...     rest = wf.task.search(fields=[Task.f.name], after=tasks.cursor).to_list()
        >>> len(first), len(rest)
        (1, 1)
    """

    query: str
    paging: Paging
    number: int
    row_id: str | None

    def __str__(self) -> str:
        return f"1:{self.query}:{self.paging}:{self.number}:{self.row_id or ''}"

    @classmethod
    def of(cls, text: str, query: str) -> Self:
        """Returns the place a text names in the search with this fingerprint.

        Raises:
            QueryError: the text is no cursor, or one of another search.
        """
        form = _FORM.fullmatch(text) if isinstance(text, str) else None  # pyright: ignore[reportUnnecessaryIsInstance]
        if form is None or (form["paging"] == "id" and not form["row_id"]):
            raise QueryError(f"after={text!r:.80} is not a cursor.", hint="Take it from .cursor of a pager.")
        if form["query"] != query:
            raise QueryError(
                "after= is the cursor of another search: object, conditions and order have to be the same.",
                hint="A condition on the present time changes with every call; keep its value beside the cursor.",
            )
        return cls(query, "id" if form["paging"] == "id" else "row", int(form["number"]), form["row_id"] or None)
