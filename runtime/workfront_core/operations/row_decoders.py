"""Decoders of rows: what an answer has to be so that its rows are believed.

Those of typed rows take the wire names that the call asked for, so that rows know what the server left out. A row that
was asked for by its ID has to have that ID, and every row the objCode of its class where it shows one: an answer that
belongs to another request, as a proxy or a connection out of step gives it, must not pass for this one's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final, Generic, TypeVar, cast

from pydantic import ValidationError

from workfront_core.errors.kinds import NotFound, ProtocolError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.selection import asked_names
from workfront_core.request.request import Decoder, Request

M = TypeVar("M", bound=WorkfrontObject)
T = TypeVar("T")

WireRow = Mapping[str, object]

_ID_OF: Final = itemgetter("ID")
_CODE_OF: Final = itemgetter("objCode")
_VIEWS: Final = frozenset({"", "APPROVAL", "WORK"})
"""Objects whose rows are of several types, and show the objCode of these."""


def row_of(model: type[M], asked: frozenset[str] = frozenset(), /, *, object_id: str | None = None) -> Decoder[M]:
    """Returns one row; a list of one counts as the row.

    Args:
        model: its class.
        asked: wire names that the call asked for.
        object_id: the ID it was asked for by.

    The decoder raises NotFound where an empty list says that there is none, ProtocolError where the answer is no row,
    or another one: nothing at all says nothing about the row.
    """

    def decode(data: object, /, *, strict: bool = False) -> M:
        if data is None:
            raise _no_answer(data, f"a row of {model.__name__}")
        rows = _rows(data, model)
        if len(rows) != 1:
            raise _not_one(len(rows), model)
        _refuse_other(rows[0], model, object_id)
        return model.from_wire(rows[0], strict=strict, asked=asked)

    return decode


def optional_row_of(model: type[M], asked: frozenset[str] = frozenset(), /) -> Decoder[M | None]:
    """Returns one row or, for null and an empty list, ``None``."""

    def decode(data: object, /, *, strict: bool = False) -> M | None:
        rows = _rows(data, model)
        if len(rows) > 1:
            raise _not_one(len(rows), model)
        if not rows:
            return None
        _refuse_other(rows[0], model)
        return model.from_wire(rows[0], strict=strict, asked=asked)

    return decode


def written_row_of(
    model: type[M], asked: frozenset[str] = frozenset(), /, *, object_id: str | None = None
) -> Decoder[M]:
    """Returns the row after a write; one without any field where the server confirms without showing it.

    Args:
        model: its class.
        asked: wire names that the call asked for.
        object_id: the ID of the row that was written, where it had one before.
    """
    row = row_of(model, asked, object_id=object_id)

    def decode(data: object, /, *, strict: bool = False) -> M:
        return model.from_wire({}, strict=strict) if _is_confirmation(data) else row(data, strict=strict)

    return decode


def new_row_of(model: type[M], asked: frozenset[str] = frozenset(), /) -> Decoder[M]:
    """Returns the row that a write has made.

    The decoder raises a ProtocolError where the answer shows nothing of it, not even an ID: nobody knows then whether
    there is one.
    """
    row = written_row_of(model, asked)

    def decode(data: object, /, *, strict: bool = False) -> M:
        made = row(data, strict=strict)
        if not made.model_fields_set:
            raise ProtocolError(f"The answer shows nothing of the new {model.__name__}: {data!r:.120}.")
        return made

    return decode


class ListDecoder(Generic[T]):
    """Reads a list. Null is an empty one where an action has nothing to give; of a read it is no answer."""

    def __init__(self, kind: str, entries: Decoder[list[T]], /) -> None:
        self._kind = kind
        self._entries = entries

    def __call__(self, data: object, /, *, strict: bool = False) -> list[T]:
        return [] if data is None else self._entries(data, strict=strict)

    def of_read(self, data: object, /, *, strict: bool = False) -> list[T]:
        """Returns the same for a read, which answers a list in any case.

        Raises:
            ProtocolError: the answer is null.
        """
        if data is None:
            raise no_list(data, self._kind)
        return self._entries(data, strict=strict)


def list_of(model: type[M], asked: frozenset[str] = frozenset(), /) -> ListDecoder[M]:
    """Returns rows in the server's order: a list, a single row, rows by ID, or null for none."""

    def decode(data: object, /, *, strict: bool = False) -> list[M]:
        rows = _checked(_rows(data, model), model)
        return model.from_wire_rows(rows, strict=strict, asked=asked)

    return ListDecoder(f"rows of {model.__name__}", decode)


def rows_of_ids(model: type[M], ids: Collection[str], asked: frozenset[str] = frozenset(), /) -> Decoder[list[M]]:
    """Returns rows that were asked for by these IDs: none but these, each once. One that is alone may come without a
    list.
    """
    wanted = {normal_id(row_id) for row_id in ids}
    is_certain = not any(map(is_placeholder, ids))

    def decode(data: object, /, *, strict: bool = False) -> list[M]:
        if data is None:
            raise no_list(data, f"rows of {model.__name__}")
        rows = _checked(_rows(data, model), model)
        if is_certain:
            _refuse_others(rows, model, wanted)
        return model.from_wire_rows(rows, strict=strict, asked=asked)

    return decode


def page_of(model: type[M], asked: frozenset[str] = frozenset(), /) -> Decoder[list[M]]:
    """Returns the rows of a search, which come as a list and in no other form."""

    def decode(data: object, /, *, strict: bool = False) -> list[M]:
        return model.from_wire_rows(_page(data, model, as_map=False), strict=strict, asked=asked)

    return decode


@dataclass(frozen=True, slots=True)
class RawPage(Generic[M]):
    """Rows as they came: what a pager looks at before it types those that are new.

    Attributes:
        model: their class.
        rows: the rows.
        strict: whether a value that does not fit is an error.
        count: in place of rows, how many the search has in all.
    """

    model: type[M]
    rows: Sequence[WireRow]
    strict: bool
    count: int | None = None

    def typed(self, rows: Sequence[WireRow], request: Request[Any]) -> list[M]:
        """Returns some of the rows as objects.

        Raises:
            ProtocolError: a row does not fit the schema, and reading is strict.
        """
        try:
            return self.model.from_wire_rows(rows, strict=self.strict, asked=asked_names(request.params))
        except ValidationError as mismatch:
            message = f"The answer does not fit the schema: {mismatch}"
            raise ProtocolError(message, request=request.redact_secrets()) from mismatch


def raw_page_of(model: type[M], /, *, as_map: bool = False) -> Decoder[RawPage[M]]:
    """Returns the rows of a search, left untyped: a list or, where it was asked for, rows by ID."""

    def decode(data: object, /, *, strict: bool = False) -> RawPage[M]:
        return RawPage(model, _page(data, model, as_map=as_map), strict)

    return decode


def rows_by_id(rows: Iterable[M]) -> dict[str, M]:
    """Returns the rows by their ID, in their order."""
    return {str(row["ID"]): row for row in rows}


def no_list(data: object, kind: str) -> ProtocolError:
    """Returns the error for an answer that is no list where one is due: not a single row may be believed of it."""
    return _no_answer(data, f"a list of {kind}")


def _no_answer(data: object, what: str) -> ProtocolError:
    return ProtocolError(
        f"The answer is not {what}: {data!r:.120}.", hint="The server failed without saying so; ask again."
    )


def normal_id(row_id: object) -> str:
    """Returns an ID as one compares it: the case does not matter, nor do dashes."""
    return str(row_id).replace("-", "").lower()


def is_placeholder(object_id: str) -> bool:
    """Returns whether this stands for an ID that only the server knows, such as ``$$USER``."""
    return object_id.startswith("$$")


def _page(data: object, model: type[WorkfrontObject], *, as_map: bool) -> Sequence[WireRow]:
    if isinstance(data, list) or (as_map and _is_map_by_id(data)):
        return _checked(_rows(cast("list[object]", data), model), model)
    if as_map and data == {}:
        return ()
    raise no_list(data, f"rows of {model.__name__}")


def _rows(data: object, model: type[WorkfrontObject]) -> Sequence[WireRow]:
    if data is None:
        return ()
    rows: Sequence[object] = (data,)
    if isinstance(data, list):
        rows = cast("list[object]", data)
    elif _is_map_by_id(data):
        rows = list(cast("dict[str, object]", data).values())
    if set(map(type, rows)) == {dict}:
        return cast("Sequence[WireRow]", rows)
    for entry in rows:
        if not isinstance(entry, dict):
            raise ProtocolError(f"The answer holds {entry!r:.120} where a {model.__name__} is due.")
    return cast("Sequence[WireRow]", rows)


def _is_map_by_id(data: object) -> bool:
    """Returns whether this is the answer to ``map=true``: every member is a row that repeats its key as ID."""
    members = cast("dict[str, object]", data) if isinstance(data, dict) else {}
    return bool(members) and all(
        isinstance(row, dict) and cast("dict[str, object]", row).get("ID") == key for key, row in members.items()
    )


def _is_confirmation(data: object) -> bool:
    """Returns whether the server says that a write was done, and nothing more."""
    if not isinstance(data, dict) or list(cast("dict[str, object]", data)) != ["success"]:
        return not data
    if cast("dict[str, object]", data)["success"] not in (True, "true"):
        raise ProtocolError(f"The server did not confirm the change; it answered {data!r:.120}.")
    return True


def _checked(rows: Sequence[WireRow], model: type[WorkfrontObject]) -> Sequence[WireRow]:
    """Returns the rows, each of the right type."""
    code = _codes(model)
    if _are_usual(rows, code):
        return rows
    for row in rows:
        if not isinstance(row.get("ID"), str) or (code is not None and row.get("objCode", code) != code):
            _refuse_other(row, model)
    return rows


def _are_usual(rows: Sequence[WireRow], code: str | None) -> bool:
    """Returns whether each row has an ID and shows the code; quick, since that is so for nearly every page."""
    try:
        is_usual = set(map(type, map(_ID_OF, rows))) == {str}
        return is_usual and (code is None or set(map(_CODE_OF, rows)) == {code})
    except (KeyError, TypeError):
        return False


def _codes(model: type[WorkfrontObject]) -> str | None:
    """Returns the objCode that rows of the class show, ``None`` where they may show any."""
    return model.obj_code if model.__workfront_described__ and model.obj_code not in _VIEWS else None


def _refuse_other(row: WireRow, model: type[WorkfrontObject], object_id: str | None = None) -> None:
    code, expected = row.get("objCode"), _codes(model)
    if code is not None and expected is not None and code != expected:
        raise ProtocolError(
            f"The answer is about another object: a {model.__name__} ({expected}) was asked for, "
            f"a row of {code!r:.40} came."
        )
    found = row.get("ID")
    if "ID" in row and not isinstance(found, str):
        raise ProtocolError(f"The answer is not a row of {model.__name__}: its ID is {found!r:.40}.")
    if found is None:
        _refuse_no_row(row, model)
    elif object_id is not None and not is_placeholder(object_id) and normal_id(found) != normal_id(object_id):
        raise _another(model, object_id, found)


def _refuse_no_row(row: WireRow, model: type[WorkfrontObject]) -> None:
    """Refuses a row that shows neither an ID nor anything else that belongs to its object type."""
    names = model.__workfront_shapes__.names
    if not any(key in names or key.startswith(CUSTOM) or not names for key in row):
        raise ProtocolError(f"The answer is not a row of {model.__name__}: it has no ID, and holds {list(row)!r:.120}.")


def _refuse_others(rows: Sequence[WireRow], model: type[WorkfrontObject], wanted: Collection[str]) -> None:
    left = set(wanted)
    for row in rows:
        if "ID" not in row:
            continue  # an object whose rows have none
        found = normal_id(row["ID"])
        if found not in left:
            what = "came twice" if found in wanted else "was not asked for"
            raise ProtocolError(f"The answer is about another object: {model.__name__} {row['ID']!r:.80} {what}.")
        left.remove(found)


def _another(model: type[WorkfrontObject], object_id: str, found: object) -> ProtocolError:
    return ProtocolError(
        f"The answer is about another object: {model.__name__} {object_id} was asked for, {found!r:.80} came.",
        hint="A proxy or a connection out of step mixed answers up; nothing of this answer was used.",
    )


def _not_one(number: int, model: type[WorkfrontObject]) -> NotFound | ProtocolError:
    if number == 0:
        return NotFound(f"One {model.__name__} was asked for, none came.")
    return ProtocolError(f"One {model.__name__} was asked for, {number} came.")
