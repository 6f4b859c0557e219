"""The tables of state.db: what they hold, how older ones become them, and what of them is saved.

Rows that are saved from a damaged file are told apart by their shape alone, so that no two of the
tables that hold what the person did may have the same; see ``salvage.py``.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.library.salvage import Row

VERSION = 3
SECOND = 1_000_000
"""Times are kept in microseconds since 1970, so that no two changes have the same."""

_MARKS = """
CREATE TABLE IF NOT EXISTS marks (
    key        TEXT PRIMARY KEY,
    read_at    INTEGER,             -- negative: since when it was read, but it is no more
    starred_at INTEGER
) WITHOUT ROWID;
"""
_CHANGES = """
-- The last changes of marks, for those who follow them: of single posts, or of many at once.
CREATE TABLE journal (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    keys   TEXT,                    -- JSON list
    archive TEXT,                   -- the identity of the index by which posts are told
    field  TEXT,
    is_set INTEGER,
    posts  BLOB                     -- packed: a byte for each id
);
-- What is read and how many below which node, as of a journal's number; see unread.py.
CREATE TABLE tallies (
    archive TEXT PRIMARY KEY,
    at      INTEGER NOT NULL,
    content BLOB NOT NULL
);
"""
_SEARCHES = """
-- What was typed, by the kind of prompt.
CREATE TABLE searches (
    archive TEXT NOT NULL,
    kind    TEXT NOT NULL,
    text    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (archive, kind, text)
) WITHOUT ROWID;
"""
_PAST = """
-- Where the reader was: a list, the post selected in it and the pane that had the focus.
CREATE TABLE visits (
    archive TEXT NOT NULL,
    at      INTEGER NOT NULL,
    base    TEXT NOT NULL,
    filter  TEXT NOT NULL,
    key     TEXT NOT NULL,
    pane    TEXT NOT NULL,
    PRIMARY KEY (archive, at)
) WITHOUT ROWID;
-- How many characters of a post stood above the screen when it was left. Like a mark, that is the
-- post's, in whichever archive it is read.
CREATE TABLE positions (
    key   TEXT PRIMARY KEY,
    at    INTEGER NOT NULL,
    place INTEGER NOT NULL
) WITHOUT ROWID;
"""
_FROM_NOTES = f"""
INSERT OR IGNORE INTO searches
SELECT archive, substr(name, 9), line.value, {SECOND} * strftime('%s', 'now') - line.key
FROM notes, json_each(iif(json_valid(notes.value), notes.value, '[]')) AS line
WHERE name LIKE 'history _' AND line.type = 'text';
INSERT OR IGNORE INTO visits
SELECT archive, {SECOND} * strftime('%s', 'now') + line.key, line.value ->> 0, line.value ->> 1,
       line.value ->> 2, line.value ->> 3
FROM notes, json_each(iif(json_valid(notes.value), notes.value, '[]')) AS line
WHERE name = 'visited' AND line.type = 'array';
DROP TABLE notes;
"""
"""Before the third version lines that were typed and places visited were notes, as JSON."""
_THIRD = f"PRAGMA user_version = {VERSION};"

NEW = f"{_MARKS}{_CHANGES}{_SEARCHES}{_PAST}{_THIRD}"
CHANGES = {
    0: NEW,
    1: f"""
UPDATE marks SET read_at = read_at * {SECOND}, starred_at = starred_at * {SECOND};
DROP INDEX IF EXISTS marks_starred;
{_CHANGES}{_SEARCHES}{_PAST}{_FROM_NOTES}{_THIRD}""",
    2: f"DROP TABLE visits;{_PAST}{_FROM_NOTES}{_THIRD}",
}
"""What makes a file of a version one of this version; 0 is an empty one."""
MISSING = {1: f"{_CHANGES}{_SEARCHES}{_PAST}", 2: _PAST}
"""The tables that a file of an older version has not, or not as they are now."""

SAVED = {"marks": 3, "searches": 4, "visits": 6, "positions": 3}
"""What is saved from a damaged file: the tables and how many columns they have."""
PRIMARY = {"marks": 1, "searches": 3, "visits": 2, "positions": 1}
"""How many columns, the first ones, tell the rows of a table apart."""
_LONGEST = 1_000_000_000
"""No post has so many characters, and no mark is of a time so early."""


def table_of(row: Row) -> str | None:
    """Return the table that a row belongs to, as far as its shape tells."""
    match row:
        case (str(), int(), int(place)) if 0 <= place < _LONGEST:
            return "positions"
        case (str(), int() | None, int() | None):
            return "marks"
        case (str(), str(), str(), int()):
            return "searches"
        case (str(), int(), str(), str(), str(), str()):
            return "visits"
    return None
