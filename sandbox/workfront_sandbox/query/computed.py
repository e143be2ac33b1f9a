"""Fields that follow from a row's status, so that no row need store them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from workfront_sandbox.query.operators import Binder
from workfront_sandbox.schema.catalogue import Kind
from workfront_sandbox.schema.overrides import DONE, ENUM_CLASSES
from workfront_sandbox.store.store import Store


class Expressions(Protocol):
    """What makes expressions for one statement."""

    @property
    def bind(self) -> Binder:
        """Collects the values of the statement."""
        ...

    @property
    def store(self) -> Store:
        """Where the rows are."""
        ...

    def field(self, code: str, alias: str, name: str, /) -> str:
        """Returns the expression of a field of a table."""
        ...


Sql: TypeAlias = Callable[[str, str, Expressions], str]
"""Makes the expression of a field: of the objCode, the expression of the row's status, and the statement."""


@dataclass(frozen=True, slots=True)
class ComputedField:
    """A field that is computed when a filter names it."""

    kind: Kind
    sql: Sql


def is_done(code: str, status: str, statement: Expressions) -> str:
    """Returns the expression that is true of a row whose status says that nothing is left to do."""
    marks = ", ".join(statement.bind(value) for value in DONE[code])
    return f"(coalesce({equates_with(code, status, statement)}, '') IN ({marks}))"


def waits(_code: str, status: str, _statement: Expressions) -> str:
    """Returns the expression that is true of a row that waits for an approval."""
    return f"coalesce(substr({status}, -2) = ':A', 0)"


def equates_with(code: str, status: str, statement: Expressions) -> str:
    """Returns the expression of the system's status that a row's own status stands for."""
    base = f"replace({status}, ':A', '')"
    value, group, meant = (statement.field("CSTEM", "s", name) for name in ("value", "enumClass", "equatesWith"))
    enum_class = statement.bind(ENUM_CLASSES[code, "status"])
    rows = statement.store.rows_of("CSTEM")
    found = f"SELECT {meant} FROM {rows} s WHERE {group} = {enum_class} AND {value} = {base}"  # noqa: S608
    return f"coalesce(({found}), {base})"


COMPUTED: Final[Mapping[tuple[str, str], ComputedField]] = {
    ("PROJ", "isComplete"): ComputedField("boolean", is_done),
    ("TASK", "isComplete"): ComputedField("boolean", is_done),
    ("OPTASK", "isOpTaskComplete"): ComputedField("boolean", is_done),
    ("OPTASK", "isComplete"): ComputedField("boolean", is_done),
    ("PROJ", "isStatusComplete"): ComputedField("boolean", is_done),
    ("TASK", "isStatusComplete"): ComputedField("boolean", is_done),
    ("PROJ", "pendingApproval"): ComputedField("boolean", waits),
    ("TASK", "pendingApproval"): ComputedField("boolean", waits),
    ("OPTASK", "pendingApproval"): ComputedField("boolean", waits),
    ("PROJ", "statusEquatesWith"): ComputedField("text", equates_with),
    ("OPTASK", "statusEquatesWith"): ComputedField("text", equates_with),
    ("TASK", "statusEquatesWith"): ComputedField("text", equates_with),
}
"""Computed fields by objCode and name."""

SHOWN: Final = frozenset({("OPTASK", "isComplete"), ("PROJ", "isStatusComplete"), ("TASK", "isStatusComplete")})
"""Those that answers show as well, unless a row says otherwise: whether nothing is left to do."""
