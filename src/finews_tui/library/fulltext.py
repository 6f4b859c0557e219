"""Writes the full text: which posts have a word. Owns the runs, and when they are merged.

The index of words is a set of *runs*: up to ``postings.FULL`` posts in the order of lists, the
newest first, with the places of each token among them. A run is never changed. A post whose text
is new gets a place in a new run, and the place that it had is dropped. A few runs of about the same
size become one, so that there are few and each post is written a few times at most, however slowly
an archive grows; a run of which much is dropped counts as a smaller one. Runs may overlap in time:
``searching.py`` merges them.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from finews_tui.library.extracting import Sheet
from finews_tui.library.postings import FULL, TOKEN_BITS, UNDATED

if TYPE_CHECKING:
    from finews_tui.library.segments import Part

_SHARE = 4
"""So many runs of one tier become one of the next, which holds so many times as much."""
_SMALLEST = 64
"""Posts up to which all runs are of the first tier."""
_AS_GOOD_AS_FULL = FULL * 3 // 4
"""Posts from which on a run is left alone."""


class _Placed(NamedTuple):
    """A post in the order of lists."""

    epoch: int
    key: str
    post: int


class FullText:
    """The writing of the full text into an open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def pending(self) -> Sequence[int]:
        """Return the posts whose text is to be read, the newest first."""
        rows = self._connection.execute(
            "SELECT id FROM posts WHERE is_pending ORDER BY epoch DESC, key DESC"
        )
        return array("I", (number for (number,) in rows))

    def write(self, sheets: Sequence[Sheet]) -> None:
        """Replace the texts of posts; inside a transaction."""
        from finews_tui.library.segments import Part

        contents = {
            post: content
            for sheet in sheets
            for post, content in zip(sheet.posts, sheet.contents, strict=True)
        }
        wanted = json.dumps(list(contents))
        self._connection.execute(
            "UPDATE posts SET is_pending = 0 WHERE id IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
        for post, content in self._connection.execute(
            "SELECT post, content FROM texts WHERE post IN (SELECT value FROM json_each(?))",
            (wanted,),
        ):
            if contents[post] == content:
                del contents[post]
        changed = [(post,) for post in contents]
        self._connection.executemany("DELETE FROM places WHERE post = ?", changed)
        for placed in self._runs_of(contents):
            places = {one.post: place for place, one in enumerate(placed)}
            parts = [
                Part(sheet.sheaf, [places.get(post, -1) for post in sheet.posts])
                for sheet in sheets
            ]
            self._write_run(placed, parts)
            # In ascending order rows fill their pages.
            self._connection.executemany(
                "INSERT OR REPLACE INTO texts VALUES (?, ?)",
                ((post, contents[post]) for post in sorted(places)),
            )

    def tidy(self) -> bool:
        """Merge some runs, inside a transaction; False where all is well as it is."""
        tiers: dict[int, list[int]] = {}
        for run, alive in self._connection.execute(
            "SELECT id, size - (SELECT count(*) FROM dropped WHERE run = runs.id) FROM runs "
            "ORDER BY newest DESC"
        ):
            if alive < _AS_GOOD_AS_FULL:
                tiers.setdefault(_tier(alive), []).append(run)
        for tier, runs in sorted(tiers.items()):
            if len(runs) >= _SHARE or tier < 0:
                self._merge(runs[:_SHARE])
                return True
        return False

    def _merge(self, runs: Sequence[int]) -> None:
        """Make of ``runs`` as few as can be, without what was dropped."""
        from finews_tui.library.segments import Part, unpacked

        posts: dict[int, array[int]] = {}
        sheaves = {}
        for run in runs:
            size, content = self._connection.execute(
                "SELECT size, posts FROM runs WHERE id = ?", (run,)
            ).fetchone()
            posts[run] = array("I", content)
            for (place,) in self._connection.execute(
                "SELECT place FROM dropped WHERE run = ?", (run,)
            ):
                posts[run][place] = 0
            blocks = self._connection.execute(
                "SELECT block FROM words WHERE number BETWEEN ? AND ? ORDER BY number", _span(run)
            )
            sheaves[run] = unpacked([block for (block,) in blocks], size)
        for placed in self._runs_of(post for run in runs for post in posts[run] if post):
            places = {one.post: place for place, one in enumerate(placed)}
            parts = [
                Part(sheaves[run], [places.get(post, -1) for post in posts[run]]) for run in runs
            ]
            self._write_run(placed, parts)
        for run in runs:
            self._connection.execute("DELETE FROM words WHERE number BETWEEN ? AND ?", _span(run))
            self._connection.execute("DELETE FROM dropped WHERE run = ?", (run,))
            self._connection.execute("DELETE FROM runs WHERE id = ?", (run,))

    def _runs_of(self, posts: Iterable[int]) -> Iterator[list[_Placed]]:
        """Cut posts into runs, in the order of lists; those that are gone are left out."""
        found = [
            _Placed(UNDATED if epoch is None else epoch, key, post)
            for epoch, key, post in self._connection.execute(
                "SELECT epoch, key, id FROM posts WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(posts)),),
            )
        ]
        found.sort(reverse=True)
        for start in range(0, len(found), FULL):
            yield found[start : start + FULL]

    def _write_run(self, placed: Sequence[_Placed], parts: Sequence[Part]) -> None:
        from finews_tui.library.segments import blocks

        run = self._connection.execute(
            "INSERT INTO runs (size, newest, posts, epochs) VALUES (?, ?, ?, ?)",
            (
                len(placed),
                placed[0].epoch,
                array("I", (one.post for one in placed)).tobytes(),
                array("q", (one.epoch for one in placed)).tobytes(),
            ),
        ).lastrowid
        assert run is not None
        self._connection.executemany(
            "INSERT INTO words VALUES (?, ?)",
            ((run << TOKEN_BITS | token, block) for token, block in blocks(parts, len(placed))),
        )
        self._connection.executemany(
            "INSERT OR REPLACE INTO places VALUES (?, ?, ?)",
            sorted((one.post, run, place) for place, one in enumerate(placed)),
        )


def _tier(alive: int) -> int:
    """Return the tier of a run by its posts, -1 for one that has none left."""
    return (max(alive, _SMALLEST).bit_length() - 1) // 2 if alive else -1


def _span(run: int) -> tuple[int, int]:
    """Return the numbers that the first and the last block of a run may have."""
    return run << TOKEN_BITS, (run + 1 << TOKEN_BITS) - 1
