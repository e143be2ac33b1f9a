"""Access rules as filters see them: every row has its own, and those that come down to it from above.

A filter on ``accessRules`` compares what ``fields=accessRules:*`` shows, where inherited rules stand among the own.
"""

from __future__ import annotations

from typing import Final, Protocol

from workfront_sandbox.access.ancestry import ties
from workfront_sandbox.schema.joins import Join
from workfront_sandbox.schema.overrides import VIEWS
from workfront_sandbox.store.store import Store

_RULE: Final = "ACSRUL"
_HOLDER: Final = "securityObjID"


class Expressions(Protocol):
    """What makes expressions for one statement."""

    @property
    def store(self) -> Store:
        """Where the rows are."""
        ...

    def field(self, code: str, alias: str, name: str, /) -> str:
        """Returns the expression of a field of a table."""
        ...


def leads_to_rules(join: Join) -> bool:
    """Returns whether a join leads to the access rules of a row."""
    return join.name == "accessRules" and join.target == _RULE


def shown(name: str, code: str, stored: str, heir: str, store: Store) -> str:
    """Returns the expression of a field of a rule as a row shows it that may have inherited the rule.

    Args:
        name: the field.
        code: the type of the row.
        stored: the expression of the field in the rule itself.
        heir: the alias of what pairs rows with rules.
        store: where the rows are.
    """
    inherits = f"{heir}.holder <> {heir}.origin"
    match name:
        case "isInherited":
            return f"({inherits})"
        case "ancestorID":
            return f"nullif({heir}.origin, {heir}.holder)"
        case "securityObjID":
            return f"{heir}.holder"
        case "ID":
            return f"CASE WHEN {inherits} THEN wf_mixed({heir}.rule, {heir}.holder) ELSE {heir}.rule END"
        case "securityObjCode":
            return f"CASE WHEN {inherits} THEN {_type(code, heir, store)} ELSE {stored} END"
        case _:
            return stored


def origin_type(stored: str, heir: str) -> str:
    """Returns the expression of the type that a rule comes down from, of the type it was made for."""
    return f"CASE WHEN {heir}.holder <> {heir}.origin THEN {stored} END"


def has_rule(statement: Expressions, alias: str, rule: str, heir: str, test: str) -> str:
    """Returns the SQL that a row has a rule, its own or an inherited one, which meets a condition.

    Args:
        statement: what the SQL is for.
        alias: of the row.
        rule: the alias of the rule in the condition.
        heir: the alias of what pairs rows with rules, in the condition.
        test: the condition.
    """
    rows = statement.store.rows_of(_RULE)
    first, last = ("1", test) if f"{heir}." in test else (test, "1")
    held = statement.field(_RULE, rule, _HOLDER)
    paths = [f"SELECT {held}, {rule}.id, {held} FROM {rows} {rule} WHERE {held} IS NOT NULL AND {first}"]  # noqa: S608
    for code, key in ties():
        column = statement.store.column(code, key)
        if column is not None:
            statement.store.index(code, key)
            table = statement.store.rows_of(code)
            joined = f"{heir}s JOIN {table} below ON below.{column} = {heir}s.holder"
            paths.append(f"SELECT below.id, {heir}s.rule, {heir}s.origin FROM {joined}")  # noqa: S608
    pairs = f"WITH RECURSIVE {heir}s(holder, rule, origin) AS ({' UNION '.join(paths)})"
    return (
        f"{alias}.id IN ({pairs} SELECT {heir}.holder FROM {heir}s {heir} "  # noqa: S608
        f"JOIN {rows} {rule} ON {rule}.id = {heir}.rule WHERE {last})"
    )


def _type(code: str, heir: str, store: Store) -> str:
    """Returns the expression of the type of a row, which in a view is that of one of its parts."""
    cases = [
        f"WHEN {heir}.holder IN (SELECT id FROM {store.rows_of(part)}) THEN '{part}'"  # noqa: S608
        for part in VIEWS.get(code, ())
    ]
    return f"CASE {' '.join(cases)} END" if cases else f"'{code}'"
