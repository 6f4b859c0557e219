"""What the SQLite of this Python can do, for ``doctor``."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from finews_tui.library.fulltext import is_available


def engine() -> str:
    """Return the version of SQLite and whether it has FTS5, in a few words."""
    with closing(sqlite3.connect(":memory:")) as connection:
        has = "with" if is_available(connection) else "without"
    return f"{sqlite3.sqlite_version}, {has} FTS5"
