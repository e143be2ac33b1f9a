"""The database: SQLite in memory, or in a file that one sandbox alone holds as long as it lives.

What is answered is committed. Whatever fails on the way there (a full disk, a file that may not be written) undoes the
whole transaction and is a 503; nothing of it comes back later.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, Final, TypeAlias

from workfront_sandbox.store.sql_function import install
from workfront_sandbox.wire.errors import ApiError, invalid

Cell: TypeAlias = str | int | float | bytes | None

MEMORY: Final = ":memory:"
APPLICATION: Final = 0x57465342
"""What a file of a sandbox says it belongs to: ``WFSB``."""

_REASONS: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_BUSY: "another program holds it",
    sqlite3.SQLITE_LOCKED: "another program holds it",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
    sqlite3.SQLITE_READONLY: "its file may not be written",
    sqlite3.SQLITE_CANTOPEN: "its file cannot be opened",
    sqlite3.SQLITE_CORRUPT: "its file is damaged",
    sqlite3.SQLITE_NOTADB: "its file is damaged",
    sqlite3.SQLITE_NOMEM: "memory is used up",
}
_UNDONE: Final = "The database of the sandbox took back what this call wrote. Nothing of this call was kept."
_PIECE: Final = 256 * 1024
_PRIMARY: Final = 0xFF
"""The part of a code of SQLite that names the kind of error."""


class DatabaseRefused(ValueError):
    """A file cannot be the database of this sandbox; the message says why."""


class Database:
    """One connection. Not safe for threads; the server takes turns.

    Raises:
        DatabaseRefused: another process has the file, or it is not that of a sandbox; it is left as it was.
    """

    def __init__(self, file: str, undone: Callable[[], None]) -> None:
        """Opens the database; ``undone`` is called after changes were taken back."""
        self._file = None if file == MEMORY else Path(file)
        self.is_new: bool = self._file is None or not self._file.exists() or self._file.stat().st_size == 0
        self._undone = undone
        self._depth = 0
        self._db = _connect(file)
        self._closing = weakref.finalize(self, self._db.close)
        install(self._db)
        if self._file is not None:
            self._take(self._file)

    @property
    def is_in_transaction(self) -> bool:
        """Whether a transaction has begun and not ended."""
        return self._depth > 0

    def close(self) -> None:
        """Lets go of the database, which also happens when nobody holds it any more."""
        self._closing()

    def discard(self) -> None:
        """Closes the database and removes its file. Only for one that was made by this connection."""
        self.close()
        for ending in ("", "-wal", "-shm", "-journal") if self._file is not None else ():
            Path(f"{self._file}{ending}").unlink(missing_ok=True)

    def run(self, sql: str, values: Sequence[Cell] | Mapping[str, Cell] = ()) -> sqlite3.Cursor:
        """Runs a statement. Raises ApiError: 503 where the database fails, 422 where it is asked for too much."""
        return self._done(partial(self._db.execute, sql, values))

    def run_each(self, sql: str, rows: Iterable[Sequence[Cell]]) -> None:
        """Runs a statement once for the values of each row, which are asked for one by one. Raises ApiError as `run`
        does.
        """
        self._done(partial(self._db.executemany, sql, rows))

    def fill(self, table: str, column: str, row: int, content: IO[bytes]) -> None:
        """Writes a file over the bytes of a cell, piece by piece. Raises ApiError as `run` does."""
        content.seek(0)
        try:
            with self._db.blobopen(table, column, row) as blob:
                while piece := content.read(_PIECE):
                    blob.write(piece)
        except sqlite3.DatabaseError as error:
            raise failure(error) from None

    def _done(self, work: Callable[[], sqlite3.Cursor]) -> sqlite3.Cursor:
        if self._depth and not self._db.in_transaction:
            raise ApiError(503, _UNDONE)
        try:
            return work()
        except (sqlite3.OperationalError, sqlite3.DatabaseError, OverflowError) as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise
            raise failure(error) from None

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Keeps all changes inside, or none. Transactions nest. Raises ApiError 503 where they cannot be kept."""
        point = f"s{self._depth}"
        self._begin(point)
        self._depth += 1
        try:
            yield
            self._commit(point)
        except BaseException:
            self._depth -= 1
            self._take_back(point)
            raise
        self._depth -= 1

    def _begin(self, point: str) -> None:
        if self._depth == 0 and self._db.in_transaction:
            raise AssertionError("a transaction was left open")
        self.run("BEGIN IMMEDIATE" if self._depth == 0 else f"SAVEPOINT {point}")

    def _commit(self, point: str) -> None:
        self.run("COMMIT" if self._depth == 1 else f"RELEASE {point}")

    def _take_back(self, point: str) -> None:
        """Takes all changes back; some failures end the whole transaction, then there is nothing left to undo."""
        with suppress(sqlite3.Error):
            if self._depth == 0 and self._db.in_transaction:
                self._db.execute("ROLLBACK")
            elif self._db.in_transaction:
                self._db.execute(f"ROLLBACK TO {point}")
                self._db.execute(f"RELEASE {point}")
        self._undone()

    def _take(self, file: Path) -> None:
        """Makes the file this connection's alone, until it is closed, and sees whether it is that of a sandbox."""
        try:
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("BEGIN EXCLUSIVE")
            self._claim(file)
            self._db.execute("COMMIT")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.Error as error:
            self.close()
            raise DatabaseRefused(_refusal(file, error)) from None
        except BaseException:
            self.close()
            raise

    def _claim(self, file: Path) -> None:
        owner = self._db.execute("PRAGMA application_id").fetchone()[0]
        tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if owner == APPLICATION:
            return
        if owner or tables:
            raise DatabaseRefused(f"{file} is the database of another program: name a file of its own")
        self._db.execute(f"PRAGMA application_id = {APPLICATION}")


def failure(error: Exception) -> ApiError:
    """Returns the refusal of a call whose statement failed."""
    code = getattr(error, "sqlite_errorcode", None)
    reason = _REASONS.get(code & _PRIMARY) if isinstance(code, int) else None
    if reason is not None:
        return ApiError(503, f"The database of the sandbox failed: {reason}. Nothing of this call was kept.")
    return invalid(f"The request is too complex: {error}"[:300])


def _connect(file: str) -> sqlite3.Connection:
    try:
        return sqlite3.connect(file, timeout=0, check_same_thread=False, isolation_level=None)
    except sqlite3.Error as error:
        raise DatabaseRefused(_refusal(Path(file), error)) from None


def _refusal(file: Path, error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return f"{file} is in use by another sandbox: end that one, or name another file"
    if code == sqlite3.SQLITE_NOTADB:
        return f"{file} is not a database: name a file of its own"
    return f"{file} cannot be opened as the database of a sandbox: {_REASONS.get(code) or error}"
