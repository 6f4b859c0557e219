"""Keeps what the person did: read marks, stars and notes. Owns state.db, which nothing rebuilds.

A mark is on the disk when the call that made it returns. Several readers may be open at once. Where
the file cannot be written, marks live in memory and a warning says so.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from finews_tui.library import database
from finews_tui.library.tokens import printable

_VERSION = 1
_SCHEMA = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS marks (
    key        TEXT PRIMARY KEY,
    read_at    INTEGER,
    starred_at INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS marks_starred ON marks (key) WHERE starred_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS notes (
    archive TEXT NOT NULL,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (archive, name)
) WITHOUT ROWID;
PRAGMA user_version = 1;
COMMIT;
"""
_PATIENCE = 5.0
"""Seconds to wait for another reader that is creating the file at the same moment."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is kept of a post, in seconds since 1970."""

    read_at: int | None = None
    starred_at: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One post's mark before and after, for undo and redo."""

    key: str
    before: Mark
    after: Mark


class State:
    """The open state database; its connection is the main one of a Library."""

    def __init__(self, file: Path, *, read_only: bool = False) -> None:
        self.file = file
        self.warnings: list[str] = []
        self._writing = threading.Lock()
        self.is_lasting = True
        """Whether marks are kept in the file; else they live in memory, for this connection."""
        self.connection = self._open(read_only)

    def _open(self, read_only: bool) -> sqlite3.Connection:
        if read_only and not self.file.exists():
            self.is_lasting = False
            return _in_memory()
        try:
            return _open_file(self.file, read_only)
        except (OSError, sqlite3.Error, _ForeignError) as error:
            self.is_lasting = False
            connection = _in_memory()
            with suppress(OSError, sqlite3.Error):
                _copy_marks(self.file, connection)
            if not read_only or not isinstance(error, sqlite3.OperationalError):
                self.warnings.append(
                    f"{self.file} cannot be used ({error}); "
                    "what you mark as read or starred is forgotten at the end"
                )
            return connection

    def mark(
        self, keys: Sequence[str], *, read: bool | None = None, starred: bool | None = None
    ) -> list[Change]:
        """Mark posts; None leaves a mark as it is. Returns what really changed, for undo."""
        now = int(time.time())
        changes: list[Change] = []
        with self._transaction():
            for key in dict.fromkeys(keys):
                before = self._mark_of(key)
                after = Mark(
                    _marked(before.read_at, read, now), _marked(before.starred_at, starred, now)
                )
                if after != before:
                    changes.append(Change(key, before, after))
            self._put((change.key, change.after) for change in changes)
        return changes

    def apply(self, changes: Sequence[Change]) -> None:
        """Bring the marks to what they are after ``changes``."""
        with self._transaction():
            self._put((change.key, change.after) for change in changes)

    def revert(self, changes: Sequence[Change]) -> None:
        """Bring the marks to what they were before ``changes``."""
        with self._transaction():
            self._put((change.key, change.before) for change in reversed(changes))

    def interrupt(self) -> None:
        """Stop what is being asked in the connection's thread, but never a change of marks."""
        if self._writing.acquire(blocking=False):
            try:
                self.connection.interrupt()
            finally:
                self._writing.release()

    @property
    def version(self) -> int:
        """A number that is another one after somebody else has changed a mark or a note."""
        number: int = self.connection.execute("PRAGMA main.data_version").fetchone()[0]
        return number

    def save_note(self, archive: str, name: str, value: str) -> None:
        """Remember a small text for an archive, such as the last position."""
        with self._transaction():
            self.connection.execute(
                "INSERT INTO notes VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET value = excluded.value",
                (archive, name, printable(value)),
            )

    def note(self, archive: str, name: str) -> str | None:
        """Recall a text that ``save_note`` remembered."""
        row = self.connection.execute(
            "SELECT value FROM notes WHERE archive = ? AND name = ?", (archive, name)
        ).fetchone()
        return None if row is None else str(row[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._writing, database.speaking(f"the state file {self.file}"):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                self.connection.rollback()
                raise

    def _mark_of(self, key: str) -> Mark:
        row = self.connection.execute(
            "SELECT read_at, starred_at FROM marks WHERE key = ?", (key,)
        ).fetchone()
        return Mark() if row is None else Mark(*row)

    def _put(self, marks: Iterator[tuple[str, Mark]]) -> None:
        for key, mark in marks:
            if mark == Mark():
                self.connection.execute("DELETE FROM marks WHERE key = ?", (key,))
            else:
                self.connection.execute(
                    "INSERT INTO marks VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET "
                    "(read_at, starred_at) = (excluded.read_at, excluded.starred_at)",
                    (key, mark.read_at, mark.starred_at),
                )


class _ForeignError(Exception):
    """The file is a database of another version or program."""


def _marked(before: int | None, wanted: bool | None, now: int) -> int | None:
    if wanted is None:
        return before
    return (before or now) if wanted else None


def _open_file(file: Path, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    connection = database.connect(file, "ro" if read_only else "rwc")
    try:
        if not read_only:
            _make_writable(connection)
        _check_version(connection)
        connection.execute("SELECT count(*) FROM marks WHERE key = ''").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _make_writable(connection: sqlite3.Connection) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            if _version(connection) == 0:
                connection.executescript(_SCHEMA)
            # Whether the file can be written shows only when something is.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            return
        except sqlite3.OperationalError as error:
            # SQLite waits for a busy file, but not while the change to WAL is under way.
            if not database.is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _check_version(connection: sqlite3.Connection) -> None:
    version = _version(connection)
    if version != _VERSION:
        raise _ForeignError(f"it is of version {version}, this finews-tui knows {_VERSION}")


def _version(connection: sqlite3.Connection) -> int:
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect("file::memory:", uri=True, isolation_level=None)
    connection.executescript(_SCHEMA)
    return connection


def _copy_marks(file: Path, connection: sqlite3.Connection) -> None:
    """Take over what can be read, such as from a file system that is mounted read-only."""
    with closing(database.connect(file, "immutable")) as old:
        if _version(old) == _VERSION:
            connection.executemany(
                "INSERT INTO marks VALUES (?, ?, ?)", old.execute("SELECT * FROM marks")
            )
            connection.executemany(
                "INSERT INTO notes VALUES (?, ?, ?)", old.execute("SELECT * FROM notes")
            )
