"""Which SQLite this Python has, for ``doctor``."""

from __future__ import annotations

import sqlite3


def engine() -> str:
    """Return the version of SQLite."""
    return sqlite3.sqlite_version
