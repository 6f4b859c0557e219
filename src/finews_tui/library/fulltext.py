"""The full text: which posts have a word. The only room that knows FTS5.

The index of words is a contentless FTS5 table over the set of characters and pairs of characters of
each text (``tokens.py``), without positions: what it cannot decide is verified against the text
itself, which the table ``texts`` keeps.

A text is a *document*. Documents are numbered so that a greater number is a newer post, and common
words can be listed newest first without being sorted: numbers are given out upwards to posts newer
than all others, downwards to posts older than all others, and below zero to the few that come in
between, which are sorted when asked for.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence

from finews_tui.library.records import Record
from finews_tui.library.tokens import wanted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.library.reading import Written

SWITCH = "FINEWS_TUI_NO_FTS5"
"""For debugging: an environment variable that makes any SQLite one without FTS5."""

WITHOUT = "this SQLite lacks FTS5: a search goes through the text of every post, which is slow"
"""What the person should know."""

_FIRST = 1 << 24
"""The first document: sixteen million older ones have room below it."""
_UNDATED = float("-inf")
_CREATE = (
    "CREATE VIRTUAL TABLE words USING fts5"
    "(tokens, content = '', detail = none, columnsize = 0, tokenize = 'ascii')"
)
_KIND = "SELECT value FROM {}meta WHERE name = 'words'"

Place = tuple[float, str]
"""Epoch and key of a post, by which lists go; the epoch of a post without date is -inf."""


def is_available(connection: sqlite3.Connection) -> bool:
    """Whether this SQLite has FTS5."""
    if os.environ.get(SWITCH):
        return False
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.probe USING fts5(text)")
        connection.execute("DROP TABLE temp.probe")
    except sqlite3.OperationalError:
        return False
    return True


def has_words(connection: sqlite3.Connection, schema: str) -> bool:
    """Whether the index attached as ``schema`` has an index of words that can be used."""
    row = connection.execute(_KIND.format(f"{schema}.")).fetchone()
    return row is not None and row[0] == "fts5" and is_available(connection)


def expression(word: str) -> tuple[str, bool]:
    """Return what to MATCH for a folded word, and whether all that match have the word."""
    found, is_exact = wanted(word)
    return " AND ".join(f'"{token}"' for token in found), is_exact


class FullText:
    """The writing of the full text into an open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._has_words = is_available(connection)

    @staticmethod
    def is_foreign(connection: sqlite3.Connection) -> bool:
        """Whether an index was made by a SQLite with FTS5, and this one has none: it is lost."""
        row = connection.execute(_KIND.format("")).fetchone()
        return row is not None and row[0] == "fts5" and not is_available(connection)

    def prepare(self) -> None:
        """Make the index of words where it is missing; inside a transaction."""
        row = self._connection.execute(_KIND.format("")).fetchone()
        kind = "fts5" if self._has_words else "none"
        if row is not None and row[0] == kind:
            return
        if self._has_words:
            self._connection.execute(_CREATE)
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('words', ?)", (kind,))
        # Documents from before, whose words are in no index.
        self._connection.execute("UPDATE posts SET document = NULL, is_pending = 1")
        self._connection.execute("DELETE FROM texts")
        self._connection.execute("DELETE FROM dropped")

    def pending(self) -> list[int]:
        """Return the posts whose text is to be read, the newest first."""
        return [
            number
            for (number,) in self._connection.execute(
                "SELECT id FROM posts WHERE is_pending ORDER BY epoch DESC, key DESC"
            )
        ]

    def sweep(self, limit: int) -> bool:
        """Forget at most ``limit`` documents that belong to no post; False where there are none."""
        found = self._connection.execute(
            "SELECT document, content FROM dropped JOIN texts USING (document) "
            "ORDER BY document LIMIT ?",
            (limit,),
        ).fetchall()
        self._forget(found)
        return bool(found)

    def write(self, batch: Iterable[Written]) -> None:
        """Replace the texts of posts; inside a transaction."""
        kept: dict[int, Written] = {}
        new: list[tuple[Place, Written]] = []
        old: list[tuple[int, bytes]] = []
        for written in batch:
            row = self._connection.execute(
                "SELECT epoch, key, document, content FROM posts LEFT JOIN texts USING (document) "
                "WHERE id = ?",
                (written.post,),
            ).fetchone()
            if row is None:
                continue
            epoch, key, document, content = row
            if document is None:
                new.append(((_UNDATED if epoch is None else epoch, key), written))
            elif content != written.content:
                old.append((document, content))
                kept[document] = written
            self._connection.execute(
                "UPDATE posts SET is_pending = 0 WHERE id = ?", (written.post,)
            )
        self._forget(sorted(old))
        numbers = self._numbers([place for place, _ in new])
        kept.update(zip(numbers, (written for _, written in new), strict=True))
        # FTS5 keeps words in memory as long as documents come in ascending order.
        for document, written in sorted(kept.items()):
            self._put(document, written)

    def _put(self, document: int, written: Written) -> None:
        self._connection.execute("INSERT INTO texts VALUES (?, ?)", (document, written.content))
        if self._has_words:
            self._connection.execute(
                "INSERT INTO words (rowid, tokens) VALUES (?, ?)", (document, written.tokens)
            )
        self._connection.execute(
            "UPDATE posts SET document = ? WHERE id = ?", (document, written.post)
        )

    def _forget(self, documents: Sequence[tuple[int, bytes]]) -> None:
        for document, content in documents:
            if self._has_words:
                self._connection.execute(
                    "INSERT INTO words (words, rowid, tokens) VALUES ('delete', ?, ?)",
                    (document, Record.unpacked(content).tokens()),
                )
            self._connection.execute("DELETE FROM texts WHERE document = ?", (document,))
            self._connection.execute("DELETE FROM dropped WHERE document = ?", (document,))
            self._connection.execute(
                "UPDATE posts SET document = NULL WHERE document = ?", (document,)
            )

    def _numbers(self, places: Sequence[Place]) -> list[int]:
        """Return a number for a new document of each of ``places``."""
        newest, oldest = self._place("max"), self._place("min")
        lowest, lower, upper = self._numbers_in_use()
        numbers = [0] * len(places)
        rising = sorted(range(len(places)), key=places.__getitem__)
        older = [i for i in rising if oldest is None or places[i] < oldest]
        for i in reversed(older):
            if lower > 1:
                lower = numbers[i] = lower - 1
        for i in rising:
            if numbers[i] == 0 and newest is not None and places[i] > newest:
                upper = numbers[i] = upper + 1
            elif numbers[i] == 0:
                lowest = numbers[i] = lowest - 1
        return numbers

    def _place(self, end: str) -> Place | None:
        row = self._connection.execute(
            "SELECT epoch, key FROM posts "
            f"WHERE document = (SELECT {end}(document) FROM posts WHERE document > 0)"
        ).fetchone()
        return None if row is None else (_UNDATED if row[0] is None else row[0], row[1])

    def _numbers_in_use(self) -> tuple[int, int, int]:
        """Return the lowest number of all, and the ends of those above zero."""
        found: tuple[int, int, int] = self._connection.execute(
            "SELECT (SELECT min(0, ifnull(min(document), 0)) FROM texts), "
            "ifnull(min(document), ?), ifnull(max(document), ?) FROM texts WHERE document > 0",
            (_FIRST + 1, _FIRST),
        ).fetchone()
        return found
