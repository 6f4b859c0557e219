"""Reads the full text: posts in runs, which of them have a word, and their texts.

Posts whose text is not known yet come in runs too, in which only titles can be found.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property

from finews_tui.lean import Protocol
from finews_tui.library.postings import TOKEN_BITS, UNDATED, Block, bits_of
from finews_tui.library.records import Record
from finews_tui.library.tokens import Wanted
from finews_tui.posts.text import Text

_RUNS = "SELECT id, size, newest FROM library.runs"
_BLOCKS = (
    "SELECT block FROM library.words WHERE number BETWEEN ifnull("
    "(SELECT max(number) FROM library.words WHERE number BETWEEN ? AND ?), ?) AND ?"
)
_TEXTS = "SELECT post, content FROM library.texts WHERE post IN (SELECT value FROM json_each(?))"
_WITHOUT_TEXT = (
    "SELECT id, epoch, folded, title FROM posts "
    "WHERE is_pending AND id NOT IN (SELECT post FROM library.places) "
    "ORDER BY epoch DESC, key DESC"
)
_TITLES = (200, 1_000, 5_000)
"""Posts without text that are looked at at once: few for the first screen, then more."""


class Stretch(Protocol):
    """Posts in the order of lists, each at its place."""

    newest: int
    """No post has a later epoch."""

    @property
    def posts(self) -> array[int]:
        """The post at each place."""

    @property
    def epochs(self) -> array[int]:
        """Their epochs, ``UNDATED`` for a post without date."""

    @property
    def all(self) -> int:
        """The places at which there is a post."""

    def having(self, word: str, wanted: Wanted) -> tuple[int, bool]:
        """Return where a folded word may stand, and whether it does so there."""

    def records(self, places: Sequence[int]) -> list[Record]:
        """Return the texts at ``places``."""


class Run:
    """A run of the index that is attached as ``library``."""

    def __init__(self, connection: sqlite3.Connection, number: int, size: int, newest: int) -> None:
        self._connection = connection
        self._number = number
        self._size = size
        self.newest = newest

    @cached_property
    def posts(self) -> array[int]:
        """The post at each place."""
        return array("I", self._column("posts"))

    @cached_property
    def epochs(self) -> array[int]:
        """Their epochs."""
        return array("q", self._column("epochs"))

    @cached_property
    def all(self) -> int:
        """The places at which there is a post."""
        dropped = self._connection.execute(
            "SELECT place FROM library.dropped WHERE run = ?", (self._number,)
        ).fetchall()
        everywhere = (1 << self._size) - 1
        return everywhere ^ bits_of([place for (place,) in dropped], self._size)

    def having(self, word: str, wanted: Wanted) -> tuple[int, bool]:
        """Return where a word may stand: everywhere if it is nothing but punctuation."""
        places = self.all
        for first, last in wanted.ranges:
            places &= self._with_token(first, last)
            if not places:
                break
        return places, wanted.is_exact

    def records(self, places: Sequence[int]) -> list[Record]:
        """Return the texts at ``places``."""
        posts = [self.posts[place] for place in places]
        contents = dict(self._connection.execute(_TEXTS, (json.dumps(posts),)))
        return [Record.unpacked(contents[post]) for post in posts]

    def _with_token(self, first: int, last: int) -> int:
        base = self._number << TOKEN_BITS
        places = 0
        for (block,) in self._connection.execute(
            _BLOCKS, (base, base | first, base | first, base | last)
        ):
            places |= Block(block).bits(first, last, self._size)
        return places

    def _column(self, name: str) -> bytes:
        row = self._connection.execute(
            f"SELECT {name} FROM library.runs WHERE id = ?", (self._number,)
        ).fetchone()
        content: bytes = row[0]
        return content


class Titles:
    """Posts whose text is not known yet."""

    def __init__(self, rows: Sequence[tuple[int, int | None, str, str]]) -> None:
        self.posts = array("I", (row[0] for row in rows))
        self.epochs = array("q", (UNDATED if row[1] is None else row[1] for row in rows))
        self.newest = self.epochs[0]
        self.all = (1 << len(rows)) - 1
        self._folded = [row[2] for row in rows]
        self._titles = [row[3] for row in rows]

    def having(self, word: str, wanted: Wanted) -> tuple[int, bool]:
        """Return in which titles a word stands."""
        found = [place for place, title in enumerate(self._folded) if word in title]
        return bits_of(found, len(self._folded)), True

    def records(self, places: Sequence[int]) -> list[Record]:
        """Return the titles as texts."""
        return [Record.of(Text(self._titles[place], "", "")) for place in places]


def runs(connection: sqlite3.Connection) -> list[Run]:
    """Return the runs of the index, in no order."""
    return [Run(connection, *row) for row in connection.execute(_RUNS)]


def without_text(connection: sqlite3.Connection) -> Iterator[Titles]:
    """Yield the posts whose text is not known yet, the newest first."""
    cursor = connection.execute(_WITHOUT_TEXT)
    sizes = iter(_TITLES)
    size = next(sizes)
    while rows := cursor.fetchmany(size):
        yield Titles(rows)
        size = next(sizes, size)
