"""The calls that bulk writes are made of (docs/protocol.md 11.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast

from pydantic import JsonValue

from workfront_core.errors.kinds import ProtocolError
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import decoders as result
from workfront_core.operations.object_ids import joined_ids
from workfront_core.operations.row_decoders import normal_id
from workfront_core.request.encoding import Params
from workfront_core.request.request import Decoder, Request


def create(
    model: type[WorkfrontObject], rows: Sequence[JsonValue], /, *, atomic: bool = False
) -> Request[list[str | None]]:
    """Returns the call that creates objects; an atomic one is answered without IDs."""
    return Request("POST", model.obj_code, ids_of(len(rows), confirms=atomic), _atomic(atomic), list(rows))


def create_one(model: type[WorkfrontObject], row: JsonValue, /) -> Request[list[str | None]]:
    """Returns the call that creates one object."""
    return Request("POST", model.obj_code, ids_of(1), json=row)


def update(
    model: type[WorkfrontObject], rows: Sequence[JsonValue], /, *, atomic: bool = False
) -> Request[list[str | None]]:
    """Returns the call that changes objects; each row holds its ``ID``, and the answer is about these."""
    ids = [str(cast("Mapping[str, JsonValue]", row)["ID"]) for row in rows]
    parse = ids_of(len(rows), among=ids)
    return Request("PUT", model.obj_code, parse, _atomic(atomic), list(rows))


def update_one(model: type[WorkfrontObject], row: JsonValue, /) -> Request[list[str | None]]:
    """Returns the call that changes one object, as its own path names it; the row holds its ``ID``."""
    values = dict(cast("Mapping[str, JsonValue]", row))
    object_id = str(values.pop("ID"))
    return Request("PUT", f"{model.obj_code}/{object_id}", ids_of(1, among=[object_id]), json=values)


def delete(
    model: type[WorkfrontObject], object_ids: Sequence[str], /, *, force: bool = False, atomic: bool = False
) -> Request[list[str | None]]:
    """Removes objects. Nothing says that a refused call removed none of them, not even where it was to be atomic."""
    forced: Params = (("force", "true"),) if force else ()
    params = (("id", joined_ids(object_ids)), *forced, *_atomic(atomic))
    return Request("DELETE", model.obj_code, _confirmed, params)


def present(model: type[WorkfrontObject], object_ids: Sequence[str], /) -> Request[list[str]]:
    """Returns which of the objects are there."""
    params = (("id", joined_ids(object_ids)), ("fields", "ID"))
    read = result.rows_of_ids(model, object_ids)

    def decode(data: object, /, *, strict: bool = False) -> list[str]:  # noqa: ARG001
        return [str(row["ID"]) for row in read(data)]

    return Request("GET", model.obj_code, decode, params, reads=True)


def ids_of(number: int, /, *, among: Sequence[str] = (), confirms: bool = False) -> Decoder[list[str | None]]:
    """Returns the IDs in an answer to so many rows, in their order; none where the server may and does only confirm.

    Args:
        number: how many rows were sent.
        among: the IDs they have already: a confirmation will do for these.
        confirms: whether a confirmation will do for new objects as well.

    The decoder raises a ProtocolError where the answer is neither, shows nothing of a row, or is about other rows: what
    became of the rows is then unknown.
    """
    known = Counter(map(normal_id, among))

    def decode(data: object, /, *, strict: bool = False) -> list[str | None]:  # noqa: ARG001
        rows = _listed(data)
        if (known or confirms) and isinstance(data, dict) and "success" in data:
            return _confirmed(cast("object", data))
        ids = [_id(row) for row in rows]
        shown = [object_id for object_id in ids if object_id]
        found = Counter(map(normal_id, shown))
        if len(rows) != number or "" in ids or len(found) != len(shown) or (known and len(shown) != number):
            raise ProtocolError(f"{number} rows were sent; the answer does not show each of them: {data!r:.120}.")
        if known and found != known:
            other = next((one for one in shown if normal_id(one) not in known), None)
            what = "one of the rows twice" if other is None else f"another object: {other:.80} was not sent"
            raise ProtocolError(f"The answer is about {what}.")
        return list(among) or list(ids)

    return decode


def _confirmed(data: object, /, *, strict: bool = False) -> list[str | None]:  # noqa: ARG001
    result.success(data)
    return []


def _listed(data: object) -> list[object]:
    return cast("list[object]", data) if isinstance(data, list) else [data]


def _id(row: object) -> str | None:
    """Returns the ID in a row, ``None`` of one that shows other values alone, empty of what shows no row."""
    members = cast("Mapping[str, object]", row if isinstance(row, dict) else {})
    object_id = members.get("ID", None if members.keys() - {"success"} else "")
    return object_id if object_id is None or isinstance(object_id, str) else ""


def _atomic(atomic: bool) -> Params:
    return (("atomic", "true"),) if atomic else ()
