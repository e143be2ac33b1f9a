"""Custom fields of which the API compares less than a value of theirs holds: references and text with formatting
(docs/protocol.md 8.1).
"""

from __future__ import annotations

from typing import Any, Final, TypeVar, cast

from workfront_core.errors.kinds import QueryError
from workfront_core.foreign_text import json_or
from workfront_core.query.condition import Comparison
from workfront_core.query.field_kinds import CustomPath
from workfront_core.query.field_path import FieldPath, spelling
from workfront_core.query.operators import Operator
from workfront_core.query.text_path import TextPath
from workfront_core.values.linked import Linked

__all__ = ["AnyCustomPath", "LinkPath", "LinkPathByName", "RichPath", "RichPathByName"]

R = TypeVar("R")

_OF_IDS: Final = frozenset({
    Operator.EQ, Operator.NE, Operator.NEE, Operator.IN, Operator.NOT_IN, Operator.IS_NULL, Operator.NOT_NULL,
    Operator.IS_BLANK, Operator.NOT_BLANK,
})  # fmt: skip
_OF_NULLS: Final = frozenset({Operator.IS_NULL, Operator.NOT_NULL, Operator.IS_BLANK, Operator.NOT_BLANK})


class _LinkTests(FieldPath[R]):
    """A reference, of which the API compares the ID and nothing else."""

    __slots__ = ()

    def _compare(self, operator: Operator, *values: str) -> Comparison[R]:
        if operator not in _OF_IDS:
            raise QueryError(
                f"{spelling(self)} is a reference, and the API compares its ID alone: no other text is found in it.",
                hint="Search the object it refers to, and compare with its ID: == row.id, in_([one.id, other.id]).",
            )
        return super()._compare(operator, *values)

    def _text(self, value: object) -> str:
        stored = _stored(value)
        return super()._text(stored["ID"] if _is_reference(stored) else value)


class LinkPath(_LinkTests[R], TextPath[R]):
    """A reference: its ID, to be compared with one, or with what was read of a reference."""

    __slots__ = ()


class LinkPathByName(_LinkTests[R], CustomPath[R]):
    """A reference by its own name, in a package that knows it for one."""

    __slots__ = ()


class RichPath(FieldPath[R]):
    """Text with formatting, which the API finds by whether there is any."""

    __slots__ = ()


class RichPathByName(CustomPath[R]):
    """Text with formatting by its own name, in a package that knows it for one."""

    __slots__ = ()

    def _compare(self, operator: Operator, *values: str) -> Comparison[R]:
        if operator not in _OF_NULLS:
            raise _not_filtered(self)
        return super()._compare(operator, *values)


class AnyCustomPath(CustomPath[R]):
    """A custom field of which the package knows nothing: what a reference or text with formatting reads as equals no
    value that the API compares.
    """

    __slots__ = ()

    def _text(self, value: object) -> str:
        stored = _stored(value)
        if _is_reference(stored):
            raise QueryError(
                f"{spelling(self)}: this is what a reference reads as, and the API compares its ID alone.",
                hint=f"Compare with {stored['ID']!r:.80}.",
            )
        if isinstance(stored.get("blocks"), list):
            raise _not_filtered(self)
        return super()._text(value)


def _not_filtered(path: FieldPath[Any]) -> QueryError:
    return QueryError(
        f"{spelling(path)} holds text with formatting, which the API does not compare.",
        hint="Test is_null() or not_null(), and look at the words of the rows: RichText.text.",
    )


def _stored(value: object) -> dict[str, Any]:
    """Returns the object of JSON that a text holds, an empty one where it holds none."""
    if not isinstance(value, str) or isinstance(value, Linked) or not value.lstrip().startswith("{"):
        return {}
    found = json_or(value, None)
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _is_reference(stored: dict[str, Any]) -> bool:
    return isinstance(stored.get("ID"), str) and isinstance(stored.get("objCode"), str)
