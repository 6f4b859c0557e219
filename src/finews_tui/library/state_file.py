"""Opens state.db whatever has become of it: makes it, brings it up to date, saves what is damaged.

Where the file cannot be used at all, what the person does lives in memory and a warning says so.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from finews_tui.library import database
from finews_tui.library.state_tables import (
    CHANGES,
    MISSING,
    NEW,
    PRIMARY,
    SAVED,
    SECOND,
    VERSION,
    table_of,
)
from finews_tui.mounts import network_kind

_PATIENCE = 5.0
"""Seconds to wait for another reader that is creating the file at the same moment."""


class ForeignError(Exception):
    """The file is a database of another version or program."""


def open_state(
    file: Path, *, read_only: bool, is_damaged: bool = False
) -> tuple[sqlite3.Connection, list[str]]:
    """Return the open state database, and what the person should know about it.

    ``is_damaged``: it showed to be while it was used, though it may look whole at first.
    """
    if read_only and not file.exists():
        return _in_memory(), []
    if file.exists() and not file.is_file():  # to open a FIFO would take for ever
        return _in_memory(), [_forgotten(file, "it is not a regular file")]
    warnings = []
    try:
        if is_damaged:
            warnings.append(_saved(file))
        try:
            return _open_file(file, read_only), warnings
        except sqlite3.DatabaseError as error:
            if read_only or not database.is_damage(error):
                raise
            warnings.append(_saved(file))
            return _open_file(file, read_only), warnings
    except (OSError, sqlite3.Error, ForeignError) as error:
        connection = _in_memory()
        _copy_marks(file, connection)
        if not read_only or not isinstance(error, sqlite3.OperationalError):
            warnings.append(_forgotten(file, str(error)))
        return connection, warnings


def _forgotten(file: Path, why: str) -> str:
    return (
        f"what you mark as read or starred is forgotten at the end: {file} cannot be used ({why})"
    )


def _open_file(file: Path, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    connection = database.connect(file, "ro" if read_only else "rwc")
    try:
        if not read_only:
            # Readers on several machines share no memory, which WAL is made for.
            _make_writable(connection, "DELETE" if network_kind(file.parent) else "WAL")
        version = _version(connection)
        if read_only and version in MISSING:
            connection.executescript(MISSING[version].replace("CREATE TABLE", "CREATE TEMP TABLE"))
        elif version != VERSION:
            raise ForeignError(f"it is of version {version}, this finews-tui knows {VERSION}")
        connection.execute("SELECT count(*) FROM marks WHERE key = ''").fetchone()
        connection.execute("SELECT max(number) FROM journal").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _make_writable(connection: sqlite3.Connection, journal: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute(f"PRAGMA journal_mode = {journal}")
            connection.execute("PRAGMA synchronous = FULL")
            # Whether the file can be written shows only when something is.
            connection.execute("BEGIN IMMEDIATE")
            try:
                for statement in _statements(CHANGES.get(_version(connection), "")):
                    connection.execute(statement)
                connection.execute("COMMIT")
            except BaseException:
                connection.rollback()
                raise
            return
        except sqlite3.OperationalError as error:
            # SQLite waits for a busy file, but not while the change to WAL is under way.
            if not database.is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _statements(script: str) -> Iterator[str]:
    """Cut a script of ours into statements: ``executescript`` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _version(connection: sqlite3.Connection) -> int:
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect("file::memory:", uri=True, isolation_level=None)
    connection.executescript(NEW)
    return connection


def _copy_marks(file: Path, connection: sqlite3.Connection) -> None:
    """Take over what can be read, such as from a file system that is mounted read-only."""
    with suppress(OSError, sqlite3.Error), closing(database.connect(file, "immutable")) as old:
        if _version(old) in (*MISSING, VERSION):
            connection.executemany(
                "INSERT INTO marks VALUES (?, ?, ?)", old.execute("SELECT * FROM marks")
            )


# What is damaged


def _saved(file: Path) -> str:
    """Put a new file with all that can be read in the place of a damaged one; returns a warning.

    The damaged one is kept under another name. Raises OSError or sqlite3.Error.
    """
    aside = file.with_name(f"{file.stem}-damaged-{time.strftime('%Y%m%d-%H%M%S')}{file.suffix}")
    new = file.with_name(f"{file.name}.new-{os.getpid()}")
    with _one_at_a_time(file):
        if _is_whole(file):
            return f"{file} was damaged; another finews-tui has saved what could be read"
        try:
            marks = _fill_anew(new, file)
            for end in ("-wal", ""):
                if (part := Path(f"{file}{end}")).exists():
                    part.rename(f"{aside}{end}")
            Path(f"{file}-shm").unlink(missing_ok=True)
            new.rename(file)
            _sync(file.parent)
        finally:
            database.discard(new)
    return f"{file} was damaged: {marks:,} marks were saved from it, it is kept as {aside.name}"


@contextmanager
def _one_at_a_time(file: Path) -> Iterator[None]:
    """Wait for whoever saves the same file."""
    import fcntl

    with file.open("rb") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


def _is_whole(file: Path) -> bool:
    try:
        with closing(database.connect(file, "ro")) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
            return bool(found[0] == "ok" and _version(connection))
    except sqlite3.Error as error:
        if database.is_damage(error):
            return False
        raise


def _sync(folder: Path) -> None:
    """Have the new names of files on the disk."""
    opened = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _fill_anew(new: Path, old: Path) -> int:
    from finews_tui.library import salvage  # late: hardly any file is ever damaged

    database.discard(new)
    os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    with closing(database.connect(new, "rwc")) as connection:
        connection.executescript(NEW)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN")
        rows = {table: dict[tuple[object, ...], salvage.Row]() for table in SAVED}
        for row in salvage.rows(old):
            if table := table_of(row):
                rows[table][row[: PRIMARY[table]]] = row
        with suppress(sqlite3.Error), closing(database.connect(old, "ro")) as damaged:
            for table, columns in SAVED.items():
                with suppress(sqlite3.Error):
                    for row in damaged.execute(f"SELECT * FROM {table}"):
                        if len(row) == columns:  # an older version has another table of this name
                            rows[table][row[: PRIMARY[table]]] = row
        for table, columns in SAVED.items():
            connection.executemany(
                f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows[table].values()
            )
        # What the first version had written is in seconds.
        for column in ("read_at", "starred_at"):
            connection.execute(
                f"UPDATE marks SET {column} = {column} * {SECOND} "
                f"WHERE abs({column}) < {SECOND * SECOND}"
            )
        connection.execute("COMMIT")
    return len(rows["marks"])
