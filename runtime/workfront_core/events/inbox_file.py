"""The file of an inbox: every message once, in the order of events, and how far each consumer came.

Messages get their place in the order when they have settled: all that came within a few seconds are sorted by the time
of their event first. What comes later still is marked. A place, once given, is the same for every consumer.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from workfront_core.errors.printable import printable
from workfront_core.events.errors import InboxError, InboxFull
from workfront_core.events.message import Message
from workfront_core.process_state import bind_to_process

_FORMAT: Final = 1
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS message (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE, received REAL NOT NULL, obj_code TEXT NOT NULL,
  object_id TEXT NOT NULL, event_us INTEGER NOT NULL, twin BLOB NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS placed (
  place INTEGER PRIMARY KEY AUTOINCREMENT, seq INTEGER NOT NULL, obj_code TEXT NOT NULL, object_id TEXT NOT NULL,
  event_us INTEGER NOT NULL, twin BLOB NOT NULL, is_late INTEGER NOT NULL, is_twin INTEGER NOT NULL, consumer TEXT);
CREATE INDEX IF NOT EXISTS message_twin ON message (twin, seq);
CREATE INDEX IF NOT EXISTS placed_seq ON placed (seq);
CREATE INDEX IF NOT EXISTS placed_twin ON placed (twin);
CREATE INDEX IF NOT EXISTS placed_object ON placed (obj_code, object_id, event_us);
CREATE TABLE IF NOT EXISTS consumer (
  name TEXT PRIMARY KEY, position INTEGER NOT NULL DEFAULT 0, open INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS dead (
  consumer TEXT NOT NULL, place INTEGER NOT NULL, died REAL NOT NULL, reason TEXT NOT NULL, is_over INTEGER NOT NULL
  DEFAULT 0, PRIMARY KEY (consumer, place));
"""
_PLACE: Final = """
INSERT INTO placed (seq, obj_code, object_id, event_us, twin, is_late, is_twin)
SELECT seq, obj_code, object_id, event_us, twin,
  EXISTS (SELECT 1 FROM placed AS p WHERE p.obj_code = m.obj_code AND p.object_id = m.object_id
          AND p.event_us > m.event_us),
  EXISTS (SELECT 1 FROM message AS o WHERE o.twin = m.twin AND o.seq < m.seq AND o.seq > :last)
    OR EXISTS (SELECT 1 FROM placed AS p WHERE p.twin = m.twin)
FROM message AS m WHERE seq > :last AND seq < :limit ORDER BY event_us, seq"""
_NEXT: Final = """
SELECT place, is_late, body FROM placed JOIN message USING (seq)
WHERE place > :after AND (:code = '' OR placed.obj_code = :code COLLATE NOCASE)
  AND (placed.consumer IS NULL OR placed.consumer = :consumer) AND NOT (is_twin AND :one_version)
  AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.consumer = :consumer AND dead.place = placed.place)
ORDER BY place LIMIT :limit"""
_MOVE: Final = """
INSERT INTO consumer (name, position) VALUES (:name, :place) ON CONFLICT (name) DO UPDATE SET
  position = CASE WHEN :back THEN :place ELSE max(position, :place) END,
  tries = CASE WHEN open <= :place THEN 0 ELSE tries END"""
_DEAD: Final = """
SELECT dead.consumer, place, died, reason, body FROM dead JOIN placed USING (place) JOIN message USING (seq)
WHERE NOT is_over AND (:consumer IS NULL OR dead.consumer = :consumer) ORDER BY died, place"""
_PLACE_BEFORE: Final = """
SELECT coalesce(min(place) - 1, (SELECT coalesce(max(place), 0) FROM placed)) FROM placed WHERE event_us >= ?"""
_COUNTS: Final = """
SELECT count(*), count(CASE WHEN seq > coalesce((SELECT max(seq) FROM placed), 0) THEN 1 END) FROM message"""
_PRUNE: Final = """
DELETE FROM message WHERE seq IN (
  SELECT seq FROM placed JOIN message USING (seq) GROUP BY seq HAVING max(place) <= :passed AND max(received) < :before
  LIMIT 1000) AND seq NOT IN (SELECT seq FROM placed JOIN dead USING (place) WHERE NOT is_over)"""


class Handed(NamedTuple):
    """A message in its place."""

    place: int
    is_late: bool
    body: bytes


class DeadLetter(NamedTuple):
    """An event that a consumer could not handle.

    Attributes:
        consumer: which consumer.
        place: number in the order of the inbox.
        died: seconds since 1970.
        reason: what was said of the last attempt.
        body: the message as it was posted.
    """

    consumer: str
    place: int
    died: float
    reason: str
    body: bytes


class InboxFile:
    """One connection to the file in each process; any number of threads may use it, one at a time."""

    def __init__(self, path: str | Path, *, is_safe: bool, most_bytes: int | None = None) -> None:
        """Opens the file, and makes it where there is none.

        Args:
            path: of the file; its folder must exist.
            is_safe: whether every commit is on the disk before it counts.
            most_bytes: size that the file may have.

        Raises:
            InboxError: it cannot be opened, or is something else.
        """
        self._path = path
        self._is_safe = is_safe
        self._most_bytes = most_bytes
        self._inherited: list[sqlite3.Connection | None] = []
        self._db: sqlite3.Connection | None = None
        self._lock = threading.Lock()
        with _database_errors(path):
            self._database()
        bind_to_process(self)

    def restart_in_child(self) -> None:
        """Lets go of the parent's connection, without closing it: SQLite carries none over a fork."""
        self._inherited.append(self._db)
        self._db = None
        self._lock = threading.Lock()

    def _database(self) -> sqlite3.Connection:
        """Returns the connection of this process."""
        if self._db is None:
            self._db = self._opened()
        return self._db

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False, timeout=10.0)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute(f"PRAGMA synchronous={'FULL' if self._is_safe else 'NORMAL'}")
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, _FORMAT):
            db.close()
            raise InboxError(f"The inbox {self._path} is of format {version}, which this version does not know.")
        db.executescript(_TABLES + f"PRAGMA user_version={_FORMAT};")
        if self._most_bytes is not None:
            size = db.execute("PRAGMA page_size").fetchone()[0]
            db.execute(f"PRAGMA max_page_count={max(1, self._most_bytes // size)}")
        return db

    def add(self, messages: Iterable[Message], received: float | None = None) -> None:
        """Stores messages, all or none; those that are there already are left out.

        Raises:
            InboxFull: there is no room.
            InboxError: the file cannot be written.
        """
        at = time.time() if received is None else received
        rows = [(found.key, at, found.obj_code, found.object_id, found.event_us, found.twin, found.body)
                for found in messages]  # fmt: skip
        with self._transaction() as db:
            db.executemany(
                "INSERT OR IGNORE INTO message (key, received, obj_code, object_id, event_us, twin, body)"
                " VALUES (?,?,?,?,?,?,?)",
                rows,
            )

    def place(self, now: float, settle: float) -> None:
        """Gives a place to every message that has settled."""
        with self._transaction() as db:
            last = db.execute("SELECT coalesce(max(seq), 0) FROM placed").fetchone()[0]
            limit = db.execute(
                "SELECT min(seq) FROM message WHERE seq > ? AND received > ? AND received < ?",
                (last, now - settle, now + settle),
            ).fetchone()[0]
            db.execute(_PLACE, {"last": last, "limit": 2**62 if limit is None else limit})

    def next(self, consumer: str, code: str, after: int, limit: int, *, one_version: bool) -> list[Handed]:
        """Returns the messages behind a place, in order; without those that are dead for this consumer."""
        asked = {"consumer": consumer, "code": code, "after": after, "limit": limit, "one_version": one_version}
        return [Handed(place, bool(late), body) for place, late, body in self._rows(_NEXT, asked)]

    def position(self, consumer: str) -> int:
        """Returns the place up to which a consumer is done; 0 for one that is not known."""
        rows = self._rows("SELECT position FROM consumer WHERE name = ?", (consumer,))
        return int(rows[0][0]) if rows else 0

    def positions(self) -> dict[str, int]:
        """Returns how far every consumer came."""
        return dict(self._rows("SELECT name, position FROM consumer ORDER BY name", ()))

    def move(self, consumer: str, place: int, *, back: bool = False) -> None:
        """Notes the number of the event up to which a consumer came; ``back`` takes it back as well."""
        with self._transaction() as db:
            db.execute(_MOVE, {"name": consumer, "place": place, "back": back})

    def hand(self, consumer: str, place: int) -> int:
        """Notes that the event of a number is handed over; returns how often that happened while it was the furthest
        one.
        """
        with self._transaction() as db:
            db.execute("INSERT OR IGNORE INTO consumer (name) VALUES (?)", (consumer,))
            db.execute(
                "UPDATE consumer SET tries = CASE WHEN open = :place THEN tries + 1 ELSE 1 END, open = :place"
                " WHERE name = :name AND (open <= :place OR open <= position)",
                {"name": consumer, "place": place},
            )
            opened, tries = db.execute("SELECT open, tries FROM consumer WHERE name = ?", (consumer,)).fetchone()
        return int(tries) if opened == place else 1

    def bury(self, consumer: str, place: int, reason: str) -> None:
        """Puts the event of a number aside, which a consumer cannot handle."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO dead (consumer, place, died, reason) VALUES (?,?,?,?)",
                       (consumer, place, time.time(), printable(reason[:2000])))  # fmt: skip

    def dead(self, consumer: str | None = None) -> list[DeadLetter]:
        """Returns the events that were put aside, oldest first."""
        return [DeadLetter(*row) for row in self._rows(_DEAD, {"consumer": consumer})]

    def revive(self, consumer: str, places: Sequence[int] | None = None) -> int:
        """Hands dead events of a consumer over again, behind all others; returns how many."""
        with self._transaction() as db:
            rows = db.execute(
                "SELECT place FROM dead WHERE consumer = ? AND NOT is_over ORDER BY place", (consumer,)
            ).fetchall()
            chosen = [place for (place,) in rows if places is None or place in places]
            for place in chosen:
                db.execute("UPDATE dead SET is_over = 1 WHERE consumer = ? AND place = ?", (consumer, place))
                db.execute(
                    "INSERT INTO placed (seq, obj_code, object_id, event_us, twin, is_late, is_twin, consumer)"
                    " SELECT seq, obj_code, object_id, event_us, twin, 1, 0, ? FROM placed WHERE place = ?",
                    (consumer, place),
                )
        return len(chosen)

    def place_before(self, event_us: int) -> int:
        """Returns the last place before the first event since a moment."""
        return int(self._rows(_PLACE_BEFORE, (event_us,))[0][0])

    def counts(self) -> tuple[int, int]:
        """Returns how many messages are stored, and how many of them wait for their place."""
        stored, waiting = self._rows(_COUNTS, ())[0]
        return int(stored), int(waiting)

    def prune(self, before: float) -> None:
        """Removes old messages that every consumer has passed; all old ones where there is no consumer."""
        with self._transaction() as db:
            passed = db.execute("SELECT coalesce(min(position), 9223372036854775807) FROM consumer").fetchone()[0]
            db.execute(_PRUNE, {"passed": passed, "before": before})

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._database().close()

    def _rows(self, query: str, values: Any) -> list[Any]:
        with self._lock, _database_errors(self._path):
            return self._database().execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Generator[sqlite3.Connection]:
        with self._lock, _database_errors(self._path), _all_or_nothing(self._database()) as db:
            yield db


@contextmanager
def _all_or_nothing(db: sqlite3.Connection) -> Generator[sqlite3.Connection]:
    """Begins a transaction, and ends it with the block; one that an interrupt left open is taken back first."""
    try:
        if db.in_transaction:
            db.execute("ROLLBACK")
        db.execute("BEGIN IMMEDIATE")
        yield db
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def _database_errors(path: str | Path) -> Generator[None]:
    """Turns errors of the database into errors of the inbox."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorname", "")
        if code == "SQLITE_FULL":
            raise InboxFull(
                f"The inbox {path} is full, or its disk is.", hint="Make room; nothing was lost."
            ) from error
        hint = "Is there the folder, may this user write there, and is it an inbox?" if code else "It was closed."
        raise InboxError(f"The inbox {path} cannot be used: {error}.", hint=hint) from error
