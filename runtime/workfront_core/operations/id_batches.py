"""Many objects by ID: as many calls as it takes, and the rows back in the order asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from workfront_core.arguments import is_several
from workfront_core.errors.kinds import NotFound, ProtocolError
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import operation
from workfront_core.operations.object_ids import joined_ids
from workfront_core.operations.payload import wire_names
from workfront_core.operations.row_decoders import is_placeholder, normal_id
from workfront_core.query.selection import Fields, field_parameters
from workfront_core.request.encoding import MAX_URL, query_text
from workfront_core.request.flow import RequestFlow
from workfront_core.values.ids import id_or_placeholder

M = TypeVar("M", bound=WorkfrontObject)

MAX_IDS: Final = 100
"""IDs a call; an answer to one without ``$$LIMIT`` may stop at as many rows (docs/protocol.md 6)."""

_ROOT: Final = 300
"""Bytes kept for scheme, host and the path down to the object."""

_LEAST: Final = 1000
"""Bytes of IDs a call holds in any case; where ``fields`` leaves no room for them, it travels as POST."""


def id_chunks(model: type[M], ids: Sequence[str], /, *, fields: Fields[M] = None) -> list[list[str]]:
    """Returns the IDs in groups, each short enough for a URL."""
    selection = field_parameters(fields, wire_names(model), of=model)
    room = max(_LEAST, MAX_URL - _ROOT - len(query_text(selection)))
    return list(_chunks(ids, room))


def found_rows(model: type[M], ids: Sequence[str], /, *, fields: Fields[M] = None) -> RequestFlow[list[M]]:
    """Reads the objects of these distinct IDs; those that do not exist are left out.

    Where some of a call's rows did not come, the call is made again for these alone, until it brings none: a server may
    give fewer rows at once than one asks for.

    Raises:
        ProtocolError: several were asked for, and what came does not show which of them it is.
    """
    rows: list[M] = []
    for chunk in id_chunks(model, ids, fields=fields):
        rows += yield from _all_of(model, chunk, fields)
    return in_order(rows, ids)


def _all_of(model: type[M], ids: Sequence[str], fields: Fields[M]) -> RequestFlow[list[M]]:
    rows: list[M] = []
    missing = ids
    while missing:
        came: list[M] = yield from _existing(model, missing, fields, is_certain=bool(rows))
        rows += came
        if not came or any(map(is_placeholder, ids)):
            break
        there = {_id_of(row) for row in rows}
        left = [row_id for row_id in missing if normal_id(row_id) not in there]
        if len(left) == len(missing):
            if len(ids) > 1:
                raise _no_row_of(model, missing)
            break
        missing = left
    return rows


def _no_row_of(model: type[M], ids: Sequence[str]) -> ProtocolError:
    return ProtocolError(f"Rows of {model.__name__} came that show none of the {len(ids)} IDs asked for.")


def _existing(model: type[M], ids: Sequence[str], fields: Fields[M], *, is_certain: bool) -> RequestFlow[list[M]]:
    """Reads the rows of one call. That a single object is not found is an answer; for several it may be about any of
    them.
    """
    try:
        rows: list[M] = yield operation.get_many(model, ids, fields=fields)
    except NotFound:
        if len(ids) == 1 or is_certain:
            return []
        raise
    return rows


def distinct_ids(object_ids: Iterable[str]) -> list[str]:
    """Returns the IDs, checked, each once; none for an empty list.

    Raises:
        QueryError: one text in place of a list, or an entry that is not an ID.
    """
    ids = object_ids if isinstance(object_ids, str) or not is_several(object_ids) else list(object_ids)
    return [] if ids == [] else joined_ids(ids, check=id_or_placeholder).split(",")


def in_order(rows: Iterable[M], ids: Sequence[str]) -> list[M]:
    """Returns the rows in the order of these IDs; rows of no such ID, which placeholders bring, behind."""
    place = {normal_id(row_id): number for number, row_id in enumerate(ids)}
    return sorted(rows, key=lambda row: place.get(_id_of(row), len(place)))


def _id_of(row: WorkfrontObject) -> str:
    return normal_id(vars(row).get("id", ""))


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
