"""What the SQLite of this Python can do, for ``doctor``."""

from __future__ import annotations

import sqlite3
from contextlib import closing


def engine() -> str:
    """Return the version of SQLite and whether it has FTS5, in a few words."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        except sqlite3.OperationalError:
            return f"{sqlite3.sqlite_version}, without FTS5"
    return f"{sqlite3.sqlite_version}, with FTS5"
