"""What a server answered, as checks look at it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from workfront_core.foreign_text import json_or

Row: TypeAlias = Mapping[str, Any]
_ID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Attributes:
        status: of HTTP.
        content_type: the header.
        text: the body as it came.
        document: the body read as JSON, ``None`` where it is none.
    """

    status: int
    content_type: str
    text: str
    document: object

    @property
    def data(self) -> object:
        """What stands under ``data``; ``None`` where the call failed."""
        return self.members.get("data") if self.is_success else None

    @property
    def is_success(self) -> bool:
        """Whether the call did what it should: a status of success, and no error in the body."""
        return 200 <= self.status < 300 and "error" not in self.members

    @property
    def members(self) -> Row:
        """The body as an object; empty where it is none."""
        return as_row(self.document)

    @property
    def row(self) -> Row:
        """``data`` as an object; empty where it is none."""
        return as_row(self.data)

    @property
    def rows(self) -> list[Row]:
        """``data`` as rows; empty where it is no list of objects."""
        found = as_list(self.data)
        return [as_row(row) for row in found] if all(isinstance(row, dict) for row in found) else []

    @property
    def ids(self) -> list[str]:
        """The IDs of the rows, in their order; empty where a row has none, or two have the same."""
        found = [str(row.get("ID")) for row in self.rows]
        are_ids = all(_ID.fullmatch(one) for one in found) and len(set(found)) == len(found)
        return found if are_ids else []

    @property
    def count(self) -> int:
        """The number that a count answered; -1 where it is none."""
        found = self.row.get("count")
        return found if type(found) is int else -1

    @property
    def message(self) -> str:
        """What an error says; empty where there is none."""
        error = self.members.get("error")
        return error if isinstance(error, str) else str(as_row(error).get("message") or "")


def answer_of(status: int, content_type: str, body: str) -> Answer:
    """Returns an answer, read as far as it can be."""
    return Answer(status, content_type, body, json_or(body, None))


def as_row(value: object) -> Row:
    """Returns an object of JSON; an empty one for anything else."""
    return cast("Row", value) if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """Returns a list of JSON; an empty one for anything else."""
    return list(cast("Iterable[Any]", value)) if isinstance(value, list) else []
