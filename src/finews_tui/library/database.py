"""Opens databases: the only room that knows files, pragmas, versions and damage of SQLite.

Whoever works on an open connection is in ``store.py``, ``state.py`` and the questions' rooms.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from finews_tui.errors import LibraryError

VERSION = 4
"""Of schema.sql; an index of another version is built anew."""

APPLICATION = 0x66696E74
"""``fint``: tells our index from other SQLite files."""

PAGE = 16_384
"""Bytes of a page of the index: in smaller ones texts, two to a page, leave much room unused."""
_BUSY_MS = 5_000
_CACHE_KB = 64 * 1024
"""Of the writer: the pages that a first build writes to again and again."""
_WAL_PAGES = 4_000
"""Pages that are written twice, first beside the index: a page that changes often, once less."""
DAMAGED = "it is damaged"
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Interrupted(LibraryError):
    """A question was stopped by ``Library.interrupt()``; there is no answer."""


def is_damage(error: sqlite3.Error) -> bool:
    """Whether ``error`` means that the file itself is broken."""
    return _code(error) in _DAMAGE


def is_busy(error: sqlite3.Error) -> bool:
    """Whether ``error`` means that somebody else is writing."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def speaking(what: str) -> Iterator[None]:
    """Turn errors of SQLite into sentences about ``what``, such as ``the index /…/index.db``."""
    try:
        yield
    except sqlite3.ProgrammingError:  # a bug of ours, not a state of the file
        raise
    except sqlite3.Error as error:
        raise _sentence(error, what) from error


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _sentence(error: sqlite3.Error, what: str) -> LibraryError:
    match _code(error):
        case sqlite3.SQLITE_INTERRUPT:
            return Interrupted("interrupted")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LibraryError(f"{what} is in use by another finews-tui; try again")
        case sqlite3.SQLITE_FULL:
            return LibraryError(f"{what} cannot be written: the disk is full")
        case (
            sqlite3.SQLITE_READONLY
            | sqlite3.SQLITE_CANTOPEN
            | sqlite3.SQLITE_PERM
            | sqlite3.SQLITE_IOERR
        ):
            return LibraryError(f"{what} cannot be opened or written: {error}")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return LibraryError(f"{what} is damaged; `finews-tui index --rebuild` makes it anew")
    return LibraryError(f"{what} cannot be used: {error}")


def connect(file: Path, mode: str) -> sqlite3.Connection:
    """Open a database file; ``mode`` is one of ``ro``, ``rwc`` and ``immutable``.

    Every statement is its own transaction unless BEGIN is said. The connection belongs to the
    thread that opens it, but for ``interrupt()``.
    """
    connection = sqlite3.connect(address(file, mode), uri=True, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    return connection


def address(file: Path, mode: str) -> str:
    """Return the URI of a database file."""
    uri = file.absolute().as_uri()
    return f"{uri}?mode=ro&immutable=1" if mode == "immutable" else f"{uri}?mode={mode}"


def create_index(file: Path) -> sqlite3.Connection:
    """Open the index for writing, with its tables; makes file and folder where they are missing.

    Raises sqlite3.Error or OSError. Neither version nor health of what is there is looked at.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = connect(file, "rwc")
    try:
        connection.execute(f"PRAGMA page_size = {PAGE}")  # of a new file
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES}")
        if version(connection) == 0:
            from importlib import resources

            schema = (resources.files(__package__) / "schema.sql").read_text(encoding="utf-8")
            connection.executescript(
                f"BEGIN IMMEDIATE; {schema}\n"
                f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT"
            )
    except BaseException:
        connection.close()
        raise
    return connection


def attach_index(connection: sqlite3.Connection, file: Path) -> None:
    """Attach an index for reading as ``library``; raises LibraryError where it cannot be used."""
    if not file.exists():
        raise LibraryError(f"there is no index yet ({file}); `finews-tui index` makes it")
    with speaking(f"the index {file}"):
        # WAL keeps shared memory beside the file; a folder that cannot be written has no place for
        # it, but then nobody writes the index either.
        is_fixed = not os.access(file.parent, os.W_OK)
        connection.execute(
            "ATTACH ? AS library", (address(file, "immutable" if is_fixed else "ro"),)
        )
        try:
            found = version(connection, "library")
        except sqlite3.Error:
            connection.execute("DETACH library")
            raise
    if found != VERSION:
        connection.execute("DETACH library")
        raise LibraryError(
            f"the index {file} was made by another version of finews-tui; "
            "`finews-tui index` makes it anew"
        )


def open_index(file: Path) -> sqlite3.Connection:
    """Open an index for reading beside the connection that asks questions."""
    connection = sqlite3.connect("file::memory:", uri=True, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    try:
        attach_index(connection, file)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Have all that is asked see the databases as they are at one moment."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        # Nothing was written; a rollback would end the answers that are being listed meanwhile.
        connection.execute("COMMIT")


def version(connection: sqlite3.Connection, schema: str = "main") -> int:
    """Return the version of an index; 0 for an empty file, -1 for a database that is not ours."""
    number: int = connection.execute(f"PRAGMA {schema}.user_version").fetchone()[0]
    application: int = connection.execute(f"PRAGMA {schema}.application_id").fetchone()[0]
    if application == APPLICATION:
        return number
    tables = connection.execute(f"SELECT count(*) FROM {schema}.sqlite_schema").fetchone()[0]
    return -1 if tables or number else 0


def flaw_of(file: Path, seal: str) -> str:
    """Return why an index cannot be used, in half a sentence; empty where it is ours and whole.

    ``seal`` is what ``seal_of`` returned when the file was last closed; where it still fits, the
    slow look at every page is spared.
    """
    try:
        with closing(connect(file, "ro")) as connection:
            if (found := version(connection)) != VERSION:
                return "it was made by another version of finews-tui" if found > 0 else DAMAGED
            if seal and seal == seal_of(file):
                return ""
            (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            return "" if said == "ok" else DAMAGED
    except sqlite3.Error as error:
        if is_damage(error):
            return DAMAGED
        raise


def seal_of(file: Path) -> str:
    """Return size and time of an index at rest, or an empty string where it is not."""
    try:
        status = file.stat()
    except OSError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns}"


def identity(file: Path) -> tuple[int, int] | None:
    """Return what tells this file from another one of its name; None where there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def discard(file: Path) -> None:
    """Remove an index and what SQLite keeps beside it."""
    for name in (file, Path(f"{file}-wal"), Path(f"{file}-shm"), Path(f"{file}-journal")):
        with suppress(FileNotFoundError):
            name.unlink()
