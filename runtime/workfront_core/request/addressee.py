"""What an error of the server is about: the row that was addressed, or something that a value of the request names.

The server words both alike, and answers both with 404. Who creates what is not found has to tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import parse_qsl

from workfront_core.errors.complaints import missing_key, quoted_value
from workfront_core.errors.kinds import InvalidRequest, NotFound, WorkfrontError
from workfront_core.foreign_text import json_or
from workfront_core.request.encoding import Params
from workfront_core.request.request import Request

_CUSTOM: Final = "DE:"
_IDS: Final = frozenset({"ID", "id", "ids", "copySourceID"})
"""Members and parameters that name the rows a call is about."""

_CONTROL: Final = frozenset({"fields", "method", "action", "map", "force", "atomic", "concurrent", "updates"})
"""Parameters that refer to no row."""

_ROW: Final = re.compile(r"[0-9a-f]{32}|\$\$.+")
_PARAMETER: Final = ("Parameter", "PARAM")
"""A custom field, as the server calls its type."""


@dataclass(frozen=True, slots=True)
class _Call:
    """One call: what an error may be about.

    Attributes:
        obj_code: the object type it addresses.
        ids: the rows it addresses.
        values: every value it writes or filters by, with the name of its place.
        names: every field it names.
    """

    obj_code: str
    ids: frozenset[str]
    values: tuple[tuple[str, str], ...]
    names: tuple[str, ...]

    def addresses(self, key: str) -> bool:
        """Returns whether a key that was not found is one of the rows the call is about."""
        keys = {key.lower(), *(part.strip().lower() for part in key.split(","))}
        names_rows = any(_ROW.fullmatch(known) for known in self.ids)
        return (
            bool(keys & self.ids)
            or any(known.startswith("$$") for known in self.ids)
            or (
                names_rows and not self.values  # nothing else that could be missing
            )
        )

    def place_of(self, value: str) -> str | None:
        """Returns the name of the value's place, where exactly one place holds it."""
        places = {name for name, given in self.values if given.lower() == value.lower()}
        return places.pop() if len(places) == 1 else None

    def name_like(self, wrong: str) -> str | None:
        """Returns the field of the call that the server calls so: without its prefix, or by its label."""
        wanted = (wrong.lower(), f"{_CUSTOM}{wrong}".lower())
        return next((name for name in self.names if name.lower() in wanted), None)


def attributed(error: WorkfrontError, request: Request[Any]) -> WorkfrontError:
    """Returns the error that fits what the request was about.

    A `NotFound` that is not about a row the request addresses becomes an `InvalidRequest` with the field at fault; an
    `InvalidRequest` gets the wire name of the field it is about.
    """
    if not isinstance(error, NotFound | InvalidRequest):
        return error
    calls = list(_calls(request))
    if isinstance(error, InvalidRequest):
        error.field = _field_at_fault(error, calls)
        return error
    missing = missing_key(error.message)
    if missing is None:
        return error
    is_custom = missing[0] == _PARAMETER[0] and all(call.obj_code != _PARAMETER[1] for call in calls)
    is_addressed = any(call.addresses(missing[1]) for call in calls)
    if is_addressed and not (is_custom and not _ROW.fullmatch(missing[1].lower())):
        return error
    return _about_a_value(error, *missing, calls, is_custom=is_custom)


def custom_name(field: str) -> str | None:
    """Returns the name of the custom field in a wire name: ``Region`` of ``DE:Region`` and ``project:DE:Region``."""
    _, mark, name = f":{field}".partition(f":{_CUSTOM}")
    return name if mark else None


def custom_hint(name: str, service: str = "") -> str:
    """Returns what to do about a custom field that the customer does not have."""
    lists = f"wf.{service}.metadata().custom lists them" if service else "metadata().custom of its service lists them"
    return f"No form of this customer has a custom field {name!r}; {lists}."


def _about_a_value(error: NotFound, label: str, key: str, calls: list[_Call], *, is_custom: bool) -> InvalidRequest:
    """Returns the error for an object that a value of the request refers to, or a custom field, that does not exist."""
    place = next((place for call in calls if (place := call.place_of(key))), None)
    if is_custom and place is None:
        field, hint = f"{_CUSTOM}{key}", custom_hint(key)
    elif place is not None:
        field, hint = place, f"{place} refers to {label or 'an object'} {key!r}: is that ID of this environment?"
    else:
        field, hint = None, "Not what the call addresses is missing, but something it refers to."
    refusal = InvalidRequest(
        error.message, status=error.status, workfront_class=error.workfront_class, hint=hint, request=error.request
    )
    refusal.field = field
    return refusal


def _field_at_fault(error: InvalidRequest, calls: list[_Call]) -> str | None:
    if error.field is not None:
        return next((name for call in calls if (name := call.name_like(error.field))), error.field)
    quoted = quoted_value(error.message)
    return next((place for call in calls if quoted and (place := call.place_of(quoted))), None)


def _calls(request: Request[Any]) -> Iterator[_Call]:
    """Yields the request, or each call of a batch."""
    if request.path != "batch":
        yield _call(request.path, request.params, request.json)
        return
    for name, uri in request.params:
        if name == "uri":
            path, _, query = uri.partition("?")
            yield _call(path.removeprefix("/"), parse_qsl(query, keep_blank_values=True), None)


def _call(path: str, params: Params | list[tuple[str, str]], body: object) -> _Call:
    obj_code, _, rest = path.partition("/")
    given = [(name, value) for name, value in params if name != "updates"]
    written = [json_or(value, None) for name, value in params if name == "updates"]
    values = [*given, *(pair for document in (body, *written) for pair in _members(document))]
    ids = [rest.partition("/")[0], *_named_ids([*given, *_own_ids([body, *written])])]
    return _Call(
        obj_code.upper(),
        frozenset(part.lower() for part in ids if part),
        tuple((name, value) for name, value in values if name not in _IDS | _CONTROL),
        tuple(name for name, _ in values),
    )


def _named_ids(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in pairs:
        if name in _IDS:
            yield from value.split(",")


def _own_ids(documents: Iterable[object]) -> Iterator[tuple[str, str]]:
    """Yields the IDs of the rows written, not those of rows within them."""
    for document in documents:
        for row in cast("list[object]", document) if isinstance(document, list) else [document]:
            if isinstance(row, Mapping):
                yield from ((str(k), str(v)) for k, v in cast("Mapping[object, object]", row).items() if k in _IDS)


def _members(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Yields every scalar of a document with the name of its member; the ID of a row within goes by the name of that
    row.
    """
    if isinstance(value, Mapping):
        for key, member in cast("Mapping[object, object]", value).items():
            yield from _members(member, name if key == "ID" and name else str(key))
    elif isinstance(value, list):
        for entry in cast("list[object]", value):
            yield from _members(entry, name)
    elif name:
        yield name, str(value)
