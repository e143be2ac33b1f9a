"""Names of fields in rows as tests write them, held against the object's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from workfront_core.errors.kinds import UnfitValue
from workfront_core.nearest import did_you_mean
from workfront_sandbox.schema.catalogue import VersionSchema
from workfront_sandbox.wire.json_value import is_list, is_object

_NAMES: Final = "Rows have wire names."
_EVERYWHERE: Final = frozenset({"ID", "objCode"})


def refuse_unknown_names(document: Mapping[str, Any], schema: VersionSchema, where: str) -> None:
    """Raises a QueryError where a row has a name that its object lacks: the sandbox would never show it.

    Rows of objects of which the metadata tells no fields may have any.

    Args:
        document: rows by objCode.
        schema: the version whose names count.
        where: what holds the rows, for messages.
    """
    for code, rows in document.items():
        known = schema.objects.get(code.upper())
        own = {*known.fields, *known.relations} if known is not None else set[str]()
        names = own | _EVERYWHERE
        for name in _names(rows if own - _EVERYWHERE else None):
            if name not in names and ":" not in name:
                raise UnfitValue(f"{where} has {name!r} in a row of {code}.", hint=did_you_mean(name, names, _NAMES))


def _names(rows: object) -> Iterator[str]:
    for row in rows if is_list(rows) else []:
        yield from row if is_object(row) else []
