"""Views that name what the rows of a table refer to: ``task_with_names`` has ``project_name`` beside ``projectID``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from workfront_core.models.model import WorkfrontObject
from workfront_core.query.model_fields import by_wire_name
from workfront_core.sync.duckdb_columns import GONE_AT, columns_of, quoted
from workfront_core.sync.table import Table, table_name, view_name

if TYPE_CHECKING:
    import duckdb

_MADE: Final = "Made by workfront sync"
"""How the comment on a view of ours begins; what follows tells whether it is made anew."""
_WITH_NAME: Final = """
SELECT DISTINCT s.table_name FROM _wf_state s JOIN duckdb_columns() c ON c.table_name = s.table_name
WHERE c.column_name = 'name'
"""
_PRESENT: Final = """
SELECT view_name, comment FROM duckdb_views() WHERE NOT internal
UNION ALL SELECT table_name, NULL FROM duckdb_tables()
"""


def write_views(db: duckdb.DuckDBPyConnection, tables: Iterable[Table[Any]]) -> list[Table[Any]]:
    """Makes the views of tables that refer to others of the file; returns those whose name is taken."""
    named = {str(row[0]) for row in db.execute(_WITH_NAME).fetchall()}
    present = dict[str, str | None](db.execute(_PRESENT).fetchall())
    taken: list[Table[Any]] = []
    for table in tables:
        view, statement = view_name(table.name), _select(table, named)
        if statement is None:
            continue
        comment = f"{_MADE} ({hashlib.blake2b(statement.encode(), digest_size=8).hexdigest()})"
        if view in present and not str(present[view]).startswith(_MADE):
            taken.append(table)
        elif present.get(view) != comment:
            db.execute(f"CREATE OR REPLACE VIEW {quoted(view)} AS {statement}")
            db.execute(f"COMMENT ON VIEW {quoted(view)} IS '{comment}'")
    return taken


def drop(db: duckdb.DuckDBPyConnection, name: str) -> None:
    """Drops what has a quoted name, be it a table or a view that someone put in its place."""
    found = db.execute("SELECT 1 FROM duckdb_views() WHERE view_name = ? AND NOT temporary", [name.strip('"')])
    db.execute(f"DROP {'VIEW' if found.fetchall() else 'TABLE'} IF EXISTS {name}")


def drop_views(db: duckdb.DuckDBPyConnection, table: Table[Any]) -> None:
    """Drops the views that read a table."""
    wanted = "SELECT view_name FROM duckdb_views() WHERE starts_with(comment, ?) AND contains(sql, ?)"
    for (view,) in db.execute(wanted, [_MADE, table.name]).fetchall():
        db.execute(f"DROP VIEW {quoted(view)}")


def _select(table: Table[Any], named: set[str]) -> str | None:
    """Returns the query of a view over the rows that are not gone; ``None`` where they refer to no table with names."""
    model: type[WorkfrontObject] = table.model
    columns = columns_of(table.schema.arrow)
    known = {name.casefold() for name in columns}
    names: list[str] = []
    joins: list[str] = []
    for member in by_wire_name(model).values():
        key, title = f"{member.wire}ID", f"{member.wire}_name"
        if member.relation is None or member.many or key not in columns or title.casefold() in known:
            continue
        other = table_name(member.relation.name)
        if other in named:
            alias = f"r{len(joins)}"
            names.append(f'{alias}."name" AS {quoted(title)}')
            joins.append(f"LEFT JOIN {quoted(other)} {alias} ON {alias}.ID = t.{quoted(key)}")
    if not joins:
        return None
    return (
        f"SELECT t.* EXCLUDE ({GONE_AT}), {', '.join(names)} FROM {quoted(table.name)} t {' '.join(joins)} "
        f"WHERE t.{GONE_AT} IS NULL"
    )
