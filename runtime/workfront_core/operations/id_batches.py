"""Many objects by ID: as many calls as it takes, and the rows back in the order asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import operation
from workfront_core.operations.object_ids import joined_ids
from workfront_core.operations.payload import wire_names
from workfront_core.query.selection import Fields, field_parameters
from workfront_core.request.encoding import MAX_URL, query_text
from workfront_core.request.request import Request

M = TypeVar("M", bound=WorkfrontObject)

MAX_IDS: Final = 100
"""IDs a call; an answer to one without ``$$LIMIT`` may stop at as many rows (docs/protocol.md 6)."""

_ROOT: Final = 300
"""Bytes kept for scheme, host and the path down to the object."""

_LEAST: Final = 1000
"""Bytes of IDs a call holds in any case; where ``fields`` leaves no room for them, it travels as POST."""


def id_requests(model: type[M], ids: Sequence[str], /, *, fields: Fields[M] = None) -> list[Request[list[M]]]:
    """The calls that read the objects of these distinct IDs, each short enough for a URL."""
    selection = field_parameters(fields, wire_names(model))
    room = max(_LEAST, MAX_URL - _ROOT - len(query_text(selection)))
    return [operation.get_many(model, chunk, fields=fields) for chunk in _chunks(ids, room)]


def names_one(request: Request[list[M]]) -> bool:
    """Whether a call reads one object only, for which "not found" is an answer and no failure."""
    return "," not in dict(request.params)["id"]


def distinct_ids(object_ids: Iterable[str]) -> list[str]:
    """The IDs, checked, each once; none for an empty list.

    Raises:
        QueryError: one text in place of a list, or an entry that is no ID.
    """
    ids = object_ids if isinstance(object_ids, str) else list(object_ids)
    return joined_ids(ids).split(",") if ids else []


def in_order(rows: Iterable[M], ids: Sequence[str]) -> list[M]:
    """The rows in the order of these IDs; rows of no such ID, which placeholders bring, behind."""
    place = {row_id: number for number, row_id in enumerate(ids)}
    return sorted(rows, key=lambda row: place.get(getattr(row, "id", None) or "", len(place)))


def _chunks(ids: Sequence[str], room: int) -> Iterator[list[str]]:
    chunk: list[str] = []
    left = room
    for row_id in ids:
        if chunk and (len(chunk) == MAX_IDS or len(row_id) >= left):
            yield chunk
            chunk, left = [], room
        chunk.append(row_id)
        left -= len(row_id) + 1
    if chunk:
        yield chunk
