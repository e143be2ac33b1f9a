"""Where rows are stored: SQLite, one table an object type, in memory or in a file.

A row is stored twice: as the JSON it is answered from, and spread over columns in the form values are compared in.
A column is added with the first value it gets, so a table of a wide type stays narrow: 100,000 rows are looked through
in some 30 ms. Only what ties rows to each other has indexes.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from io import SEEK_END, BytesIO
from typing import IO, Any, Final, TypeAlias

from workfront_sandbox.schema.overrides import VIEWS
from workfront_sandbox.store.database import MEMORY, Cell, Database
from workfront_sandbox.store.record import records
from workfront_sandbox.store.view import columns_of, fields_of, statement
from workfront_sandbox.wire.errors import ApiError, invalid
from workfront_sandbox.wire.json_value import Row

Encoder: TypeAlias = Callable[[str, str], Callable[[Any], Cell]]

_TABLES: Final = (
    "_column (code TEXT, field TEXT, PRIMARY KEY (code, field))",
    "_kept (name TEXT PRIMARY KEY, value TEXT)",
    "_content (handle TEXT PRIMARY KEY, name TEXT NOT NULL, content BLOB NOT NULL)",
)
_MOST_COLUMNS: Final = 1500
_WORTH_AN_INDEX: Final = 200
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)


class Store:
    """All rows of a tenant. Not safe for threads; the server takes turns."""

    def __init__(self, encoder: Encoder, file: str = MEMORY) -> None:
        """Opens the database; ``encoder`` gives, for object type and field, what makes sort values.

        Raises:
            DatabaseRefused: the file is another's.
        """
        self._encoder = encoder
        self._columns: dict[str, dict[str, str]] = {}
        self._views: dict[str, dict[str, str]] = {}
        self._shapes: dict[str, list[tuple[str, int]]] = {}
        self._counts: dict[str, int] = {}
        self._indexed: set[tuple[str, ...]] = set()
        self._is_layout_new = False
        self.database: Database = Database(file, self._forget)
        with self.transaction():
            for table in _TABLES:
                self.run(f"CREATE TABLE IF NOT EXISTS {table}")
        self._read_layout()

    def close(self) -> None:
        """Lets go of the database, which also happens when nobody holds the store any more."""
        self.database.close()

    def give_up(self) -> None:
        """Lets go of a database that could not be filled, and removes its file if it was made for it."""
        if self.database.is_new:
            self.database.discard()
        self.database.close()

    @property
    def codes(self) -> tuple[str, ...]:
        """The object types that have a table."""
        return tuple(self._columns)

    def column(self, code: str, field: str) -> str | None:
        """Returns the column of a field, or None where no row ever had a value of it."""
        return self._layout(code).get(field)

    def fields(self, code: str) -> Sequence[str]:
        """Returns the fields of an object type that any row ever had a value of."""
        return tuple(self._layout(code))

    def count(self, code: str) -> int:
        """Returns how many rows an object type has."""
        return self._counts.get(code, 0)

    def insert(self, code: str, rows: Iterable[Row]) -> None:
        """Adds rows, each with its ``ID``. Raises ApiError where an ID is taken, or the rows are those of others."""
        if code in VIEWS:
            raise invalid(f"{code} has no rows of its own")
        with self._whole():
            ready = list(rows)
            fields = self._fields_for(code, ready)
            columns = ", ".join(("id", "body", *(self._columns[code][field] for field in fields)))
            marks = ", ".join("?" * (len(fields) + 2))
            statement = f'INSERT INTO "{code}" ({columns}) VALUES ({marks})'  # noqa: S608
            encoders = [(field, self._encoder(code, field)) for field in fields]
            begun: list[Row] = []
            try:
                self.database.run_each(statement, records(ready, encoders, begun))
            except sqlite3.IntegrityError:
                raise invalid(f"{code} {begun[-1]['ID']} exists already") from None
            self._counts[code] = self._counts.get(code, 0) + len(ready)

    def _fields_for(self, code: str, rows: Sequence[Row]) -> list[str]:
        """Returns the fields that any of the rows has a value of, each of which has a column from now on."""
        named = (field for row in rows for field, value in row.items() if value is not None and value != [])
        fields = [field for field in dict.fromkeys(named) if field != "ID"]
        self._table(code, fields)
        for field in fields:
            if field not in self._columns[code]:
                self._add_column(code, field)
        return fields

    def update(self, code: str, row: Row) -> None:
        """Puts a row in the place of the one with its ID. Raises ApiError where the rows are those of others."""
        if code in VIEWS:
            raise invalid(f"{code} has no rows of its own: write {' or '.join(VIEWS[code])}")
        with self._whole():
            emptied: dict[str, Cell] = {column: None for column in self._columns[code].values() if column != "id"}
            cells = emptied | self._cells(code, row)
            sets = ", ".join(f"{name} = ?" for name in ("body", *cells))
            self.run(f'UPDATE "{code}" SET {sets} WHERE id = ?', (json.dumps(row), *cells.values(), row["ID"]))  # noqa: S608

    def delete(self, code: str, object_id: str) -> None:
        """Takes a row away, if it is there."""
        if code in self._columns:
            gone = self.run(f'DELETE FROM "{code}" WHERE id = ?', (object_id,)).rowcount  # noqa: S608
            self._counts[code] = self.count(code) - gone

    def get(self, code: str, object_id: str) -> Row | None:
        """Returns one row, or None."""
        if not self._layout(code):
            return None
        found = self.run(f'SELECT body FROM "{code}" WHERE id = ?', (object_id,)).fetchone()  # noqa: S608
        return json.loads(found[0]) if found else None

    def many(self, code: str, ids: Sequence[str]) -> list[Row]:
        """Returns the rows of the given IDs that exist, in the order of the IDs."""
        if not self._layout(code) or not ids:
            return []
        wanted = json.dumps(list(ids))
        found = self.run(
            f'SELECT id, body FROM "{code}" WHERE id IN (SELECT value FROM json_each(?))',  # noqa: S608
            (wanted,),
        )
        rows = {key: json.loads(body) for key, body in found}
        return [rows[key] for key in dict.fromkeys(ids) if key in rows]

    def where(self, code: str, **values: Cell) -> list[Row]:
        """Returns the rows whose fields equal the given sort values, oldest first."""
        columns = {name: self.column(code, name) for name in values}
        if code not in self._columns or any(
            columns[name] is None for name, value in values.items() if value is not None
        ):
            return []
        tests = " AND ".join(f"{column} IS ?" for column in columns.values() if column) or "1"
        for name in values:
            self.index(code, name)
        wanted = [value for name, value in values.items() if columns[name]]
        found = self.run(f'SELECT body FROM "{code}" WHERE {tests} ORDER BY seq', wanted)  # noqa: S608
        return [json.loads(body) for (body,) in found]

    def cells(self, code: str, fields: Sequence[str], **values: Cell) -> list[Row]:
        """Returns sort values of the rows whose fields equal the given ones; the rest of them is not read."""
        columns = [self.column(code, name) or "NULL" for name in fields]
        tests = " AND ".join(f"{self.column(code, name) or 'NULL'} IS ?" for name in values) or "1"
        if code not in self._columns:
            return []
        self.index(code, *values)
        found = self.run(f'SELECT {", ".join(columns)} FROM "{code}" WHERE {tests}', list(values.values()))  # noqa: S608
        return [dict(zip(fields, cells, strict=True)) for cells in found]

    def put_cells(self, code: str, rows: Sequence[tuple[str, Row]]) -> None:
        """Writes single fields of rows, by their IDs; the rest of them is not read. The values are numbers or texts."""
        with self._whole():
            for key, fields in rows:
                names = {name: self.column(code, name) or self._add_column(code, name) for name in fields}
                paths = ", ".join("?, ?" for _ in fields)
                sets = ", ".join(f"{column} = ?" for column in names.values())
                values = [part for name, value in fields.items() for part in (f"$.{name}", value)]
                self.run(
                    f'UPDATE "{code}" SET body = json_set(body, {paths}), {sets} WHERE id = ?',  # noqa: S608
                    [*values, *fields.values(), key],
                )

    def number(self, code: str, **values: Cell) -> int:
        """Returns how many rows have fields that equal the given sort values."""
        if code not in self._columns:
            return 0
        self.index(code, *values)
        tests = " AND ".join(f"{self.column(code, name) or 'NULL'} IS ?" for name in values)
        (found,) = self.run(f'SELECT count(*) FROM "{code}" WHERE {tests}', list(values.values())).fetchone()  # noqa: S608
        return int(found)

    def outermost(self, code: str, field: str, *, is_lowest: bool = False, **values: Cell) -> Cell:
        """Returns the highest or lowest sort value of a field among the rows whose fields equal the given ones."""
        columns = [self.column(code, name) for name in (*values, field)]
        if code not in self._columns or columns[-1] is None:
            return None
        self.index(code, *values, field)
        tests = " AND ".join(f"{column or 'NULL'} IS ?" for column in columns[:-1]) or "1"
        found: tuple[Cell] | None = self.run(
            f'SELECT {columns[-1]} FROM "{code}" WHERE {tests} AND {columns[-1]} IS NOT NULL '  # noqa: S608
            f"ORDER BY {columns[-1]} {'ASC' if is_lowest else 'DESC'} LIMIT 1",
            list(values.values()),
        ).fetchone()
        return found[0] if found else None

    def last_number(self, code: str, field: str, **values: Cell) -> int:
        """Returns the highest whole number of a field among the rows whose fields equal the given ones, else zero."""
        found = self.outermost(code, field, is_lowest=False, **values)
        return int(found) if isinstance(found, int | float) else 0

    def newest(self, code: str, **values: Cell) -> Row | None:
        """Returns the row made last of those whose fields equal the given sort values, or None."""
        if code not in self._columns:
            return None
        self.index(code, *values)
        tests = " AND ".join(f"{self.column(code, name) or 'NULL'} IS ?" for name in values)
        found = self.run(f'SELECT body FROM "{code}" WHERE {tests} ORDER BY seq DESC LIMIT 1', list(values.values()))  # noqa: S608
        row = found.fetchone()
        return json.loads(row[0]) if row else None

    def members(self, code: str, keys: Sequence[str], owners: Sequence[str]) -> dict[str, list[Row]]:
        """Returns the rows that name an owner in one of the fields ``keys``, oldest first, by the owner they name."""
        found: dict[str, list[Row]] = {}
        for key in keys:
            column = self.column(code, key)
            if column is None:
                continue
            self.index(code, key)
            rows = self.run(
                f'SELECT {column}, body FROM "{code}" WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY seq',  # noqa: S608
                (json.dumps(list(owners)),),
            )
            for owner, body in rows.fetchall():
                found.setdefault(str(owner), []).append(json.loads(body))
        return found

    def listing(self, code: str, key: str, owners: Sequence[str]) -> dict[str, list[Row]]:
        """Returns the rows whose list ``key`` names an owner, oldest first, by the owner they name."""
        column, found = self.column(code, key), dict[str, list[Row]]()
        if column is None:
            return found
        rows = self.run(
            f'SELECT named.value, body FROM "{code}", json_each(CAST({column} AS TEXT)) AS named '  # noqa: S608
            "WHERE named.value IN (SELECT value FROM json_each(?)) ORDER BY seq",
            (json.dumps(list(owners)),),
        )
        for owner, body in rows.fetchall():
            found.setdefault(str(owner), []).append(json.loads(body))
        return found

    def every(self, code: str) -> Iterator[Row]:
        """Yields all rows of an object type, oldest first."""
        if code in self._columns:
            for (body,) in self.run(f'SELECT body FROM "{code}" ORDER BY seq').fetchall():  # noqa: S608
                yield json.loads(body)

    def run(self, sql: str, values: Sequence[Cell] | Mapping[str, Cell] = ()) -> sqlite3.Cursor:
        """Runs a statement. Raises ApiError where it is more than the database takes, or the database fails."""
        return self.database.run(sql, values)

    def index(self, code: str, *fields: str) -> None:
        """Makes searching by fields quick, once the object type has rows enough to gain by it."""
        for part in VIEWS.get(code, ()):
            shown = fields_of(code, part, self._columns.get(part, {}))
            self.index(part, *(shown[field] for field in fields if field in shown))
        if self.count(code) < _WORTH_AN_INDEX or code in VIEWS:
            return
        columns = [column for field in fields if (column := self.column(code, field)) is not None]
        if not columns or (code, *columns) in self._indexed:
            return
        name = "_".join((code, *columns))
        with suppress(ApiError), self.transaction():
            self.run(f'CREATE INDEX IF NOT EXISTS "{name}" ON "{code}" ({", ".join(columns)})')
        self._indexed.add((code, *columns))

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Keeps all changes inside, or none. Transactions nest. Raises ApiError 503 where they cannot be kept."""
        counts = dict(self._counts)
        try:
            with self.database.transaction():
                yield
        except BaseException:
            self._counts = counts
            raise
        finally:
            self._is_layout_new &= self.database.is_in_transaction

    def _whole(self) -> AbstractContextManager[None]:
        """Returns a transaction, unless one is open: a new column is more than one statement."""
        return nullcontext() if self.database.is_in_transaction else self.transaction()

    def _forget(self) -> None:
        """Learns anew what tables, views and indexes there are: those made in a transaction that failed are gone."""
        self._indexed.clear()
        self._shapes.clear()
        if self._is_layout_new:
            self._read_layout()

    def put_value(self, name: str, value: Any) -> None:
        """Stores a JSON value that does not belong to a row."""
        self.run("INSERT OR REPLACE INTO _kept VALUES (?, ?)", (name, json.dumps(value)))

    def get_value(self, name: str) -> Any:
        """Returns a JSON value stored before, or None."""
        found = self.run("SELECT value FROM _kept WHERE name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else None

    def put_content(self, handle: str, name: str, content: bytes | IO[bytes]) -> None:
        """Stores the bytes of an upload, piece by piece."""
        source = BytesIO(content) if isinstance(content, bytes) else content
        size = source.seek(0, SEEK_END)
        with self._whole():
            made = self.run("INSERT OR REPLACE INTO _content VALUES (?, ?, zeroblob(?))", (handle, name, size))
            self.database.fill("_content", "content", made.lastrowid or 0, source)

    def content_name(self, handle: str) -> tuple[str, int] | None:
        """Returns the file name of an upload and its size in bytes, or None where there is none of the handle."""
        found = self.run("SELECT name, length(content) FROM _content WHERE handle = ?", (handle,)).fetchone()
        return (found[0], found[1]) if found else None

    def content(self, handle: str) -> bytes | None:
        """Returns the bytes of an upload, or None."""
        found = self.run("SELECT content FROM _content WHERE handle = ?", (handle,)).fetchone()
        return bytes(found[0]) if found else None

    def rows_of(self, code: str) -> str:
        """Returns what a statement reads the rows of an object type from: its table, or nothing where it has
        none yet.
        """
        if self._layout(code):
            return f'"{code}"'
        return "(SELECT NULL AS seq, NULL AS id, NULL AS body WHERE 0)"

    def _table(self, code: str, fields: Sequence[str] = ()) -> None:
        """Makes sure an object type has a table; a new one has columns for these fields."""
        if code in self._columns:
            return
        if not _CODE.fullmatch(code):
            raise ValueError(f"{code!r} is not an objCode: letters and digits only")
        known = {"ID": "id", **{field: f"c{at}" for at, field in enumerate(fields[: _MOST_COLUMNS - 1], 1)}}
        fixed = "seq INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, body TEXT NOT NULL"
        self.run(f'CREATE TABLE "{code}" ({", ".join((fixed, *list(known.values())[1:]))})')
        pairs = ", ".join(["(?, ?)"] * len(known))
        self.run(f"INSERT INTO _column VALUES {pairs}", [word for field in known for word in (code, field)])  # noqa: S608
        self._columns[code] = known
        self._is_layout_new = True

    def _layout(self, code: str) -> Mapping[str, str]:
        """Returns columns by field: those of the table, or of the view made of other tables."""
        if code not in VIEWS:
            return self._columns.get(code, {})
        parts = {part: self._columns[part] for part in VIEWS[code] if part in self._columns}
        shape = [(part, len(columns)) for part, columns in parts.items()]
        if parts and self._shapes.get(code) != shape:
            self._views[code] = columns_of(code, parts)
            self.run(f'DROP VIEW IF EXISTS temp."{code}"')
            self.run(statement(code, parts, self._views[code]))
            self._shapes[code] = shape
        return self._views[code] if parts else {}

    def _cells(self, code: str, row: Row) -> dict[str, Cell]:
        self._table(code)
        cells: dict[str, Cell] = {}
        for field, value in row.items():
            cell = None if value is None else self._encoder(code, field)(value)
            column = self.column(code, field) or (self._add_column(code, field) if cell is not None else None)
            if column is not None and column != "id":
                cells[column] = cell
        return cells

    def _add_column(self, code: str, field: str) -> str:
        known = self._columns[code]
        if len(known) >= _MOST_COLUMNS:
            raise invalid(f"{code} has more than {_MOST_COLUMNS} fields in use")
        self.run("INSERT INTO _column VALUES (?, ?)", (code, field))
        column = "id" if field == "ID" else f"c{len(known)}"
        if field != "ID":
            self.run(f'ALTER TABLE "{code}" ADD COLUMN {column}')
        known[field] = column
        self._is_layout_new = True
        return column

    def _read_layout(self) -> None:
        """Reads which columns there are."""
        layout: dict[str, dict[str, str]] = {}
        for code, field in self.database.run("SELECT code, field FROM _column ORDER BY rowid"):
            named = layout.setdefault(code, {})
            named[field] = "id" if field == "ID" else f"c{len(named)}"
        if layout != self._columns:
            self._columns, self._indexed = layout, set()
            self._counts = {code: self._count(code) for code in layout}

    def _count(self, code: str) -> int:
        found: int = self.run(f'SELECT count(*) FROM "{code}"').fetchone()[0]  # noqa: S608
        return found
