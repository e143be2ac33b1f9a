"""Filters, fields and parameters as they travel, for what has no typed form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from workfront_core.arguments import checked_text
from workfront_core.errors.kinds import QueryError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.query.condition import Comparison, FilterCondition
from workfront_core.query.field_path import Path
from workfront_core.query.literal import Scalar, literal
from workfront_core.query.wildcard import Moment, NumberWildcard
from workfront_core.request.encoding import Params

__all__ = ["RawParameters", "raw", "raw_field", "raw_parameters"]

R = TypeVar("R")


@dataclass(frozen=True)
class RawParameters(FilterCondition[R]):
    """Parameters that travel as they are, beside all others."""

    pairs: Params


def raw(field: str, operator: str = "eq", /, *values: Scalar | Moment | NumberWildcard) -> FilterCondition[Any]:
    """Returns a test by wire names: ``raw("statusEquatesWith", "in", "CUR", "PLN")``.

    Args:
        field: wire name with its path, ``DE:`` in front of a custom field; not checked.
        operator: what follows ``_Mod``; not checked. For ranges the second value travels as ``_Range``.
        values: texts travel as they are, other kinds in their wire form; none for null tests.

    Raises:
        QueryError: the field or the operator is empty, a datetime has no time zone.

    Examples:
        >>> from workfront_client import raw
        >>> print(raw("statusEquatesWith", "in", "CUR", "PLN"))
        raw.statusEquatesWith in ('CUR', 'PLN')
    """
    if not checked_text(field, "raw()") or not checked_text(operator, "The operator of raw()"):
        raise QueryError("raw() needs the wire name of a field and an operator.")
    many = ":" in field and not field.startswith(CUSTOM)  # a relation or a collection: there is no telling
    return Comparison(field, operator, tuple(literal(value, field) for value in values), many)


def raw_field(name: str, /) -> Path[Any]:
    """Returns a field to load whose name is not checked, such as one the metadata does not list.

    Raises:
        QueryError: the name is empty, or no text.

    Examples:
        >>> from workfront_client import raw_field
        >>> print(raw_field("project:auditNote"))
        project:auditNote
    """
    if not checked_text(name, "raw_field()"):
        raise QueryError("raw_field() needs the wire name of a field.")
    return Path(tuple(name.split(":")) if not name.startswith(CUSTOM) else (name,))


def raw_parameters(*pairs: tuple[str, str]) -> FilterCondition[Any]:
    """Returns parameters as they are: ``raw_parameters(("OR:1:status", "CUR"))``. Given beside conditions, not under |
    or ~.

    They are neither repeated in OR groups nor prefixed. Names that carry credentials are hidden in logs and errors.

    Raises:
        QueryError: a pair is not two texts, or a name is empty.

    Examples:
        >>> from workfront_client import raw_parameters
        >>> raw_parameters(("OR:1:status", "CUR"), ("OR:2:status", "PLN")).pairs
        (('OR:1:status', 'CUR'), ('OR:2:status', 'PLN'))
    """
    for pair in pairs:
        if not _is_pair(pair):
            raise QueryError(
                f"raw_parameters() takes pairs of name and value as texts, not {pair!r:.80}.",
                hint='Write raw_parameters(("name", "value"), ("name_Mod", "ne")).',
            )
    return RawParameters(tuple(pairs))


def _is_pair(pair: object) -> bool:
    match pair:
        case (str(name), str()):
            return bool(name)
        case _:
            return False
