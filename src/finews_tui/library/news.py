"""Tells what has changed in an open library since one looked: posts that arrived, what others did.

Ids of posts are never used twice and grow, so what has arrived since is what has a greater id.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from finews_tui.lean import NamedTuple
from finews_tui.library.conditions import Ask
from finews_tui.library.counts import WHOLE
from finews_tui.library.database import identity

_CONTENTS = (
    "SELECT ifnull((SELECT max(id) FROM posts), 0), "
    "(SELECT posts FROM counts WHERE kind = ? AND node = ?)"
)
"""The posts are not counted: the writer does, and a reader asks for this before its first row."""


class Versions(NamedTuple):
    """How the databases are, to be compared with how they were; only others' changes count."""

    marks: int
    library: tuple[int, object]


class News:
    """The questions about changes; ``marks_version`` is that of the state database."""

    def __init__(self, index: Path, ask: Ask, marks_version: Callable[[], int]) -> None:
        self._index = index
        self._ask = ask
        self._marks_version = marks_version

    @property
    def versions(self) -> Versions:
        """Of marks and index; an index that was replaced has another one, too."""
        ((index,),) = self._ask("PRAGMA library.data_version", ())
        return Versions(self._marks_version(), (index, identity(self._index)))

    @property
    def contents(self) -> tuple[int, int]:
        """Another value after posts came or went; the version also changes when nothing did."""
        ((last, total),) = self._ask(_CONTENTS, WHOLE)
        return int(last), int(total or 0)

    @property
    def last(self) -> int:
        """The greatest id of a post."""
        ((number,),) = self._ask("SELECT ifnull(max(id), 0) FROM posts", ())
        return int(number)

    def count(self, after: int) -> int:
        """Return how many posts have arrived since ``last`` was ``after``."""
        ((number,),) = self._ask("SELECT count(*) FROM posts WHERE id > ?", (after,))
        return int(number)

    def newest(self, after: int) -> int | None:
        """Return the id of the newest of them."""
        found = self._ask(
            "SELECT id FROM posts WHERE id > ? ORDER BY epoch DESC, key DESC LIMIT 1", (after,)
        )
        return found[0][0] if found else None
