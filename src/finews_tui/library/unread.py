"""Knows how many posts are read below each node of the category tree, by difference.

Counted once, in short slices and of one moment; from then on the journal of marks and the index's
log of moves tell what changed. What is not known yet is None, never a wrong number.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from zlib import compress, decompress

from finews_tui.library.counts import WHOLE, Node, tally
from finews_tui.library.database import moment
from finews_tui.library.flags import HAS_READ, READ, Flags, chosen_ids

_SLICE = 4_000
"""Ids that are counted at once."""
_FEW = 20
"""Where one id of so many is to be counted, or fewer, they are looked up one by one."""
_MANY = 5_000
"""Changes beyond which all is counted again."""
_BY_LIST = "{post} IN (SELECT value FROM json_each(?))"
_BY_FLAG = "{post} >= ? AND {post} < ? AND substr(?, {post} + 1, 1) = ?"

Moves = list[tuple[int, Node, int]]


class Unread:
    """The read posts of one index, counted. ``connect`` opens a connection that sees the index."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        flags: Flags,
        archive: str,
        connect: Callable[[], sqlite3.Connection],
    ) -> None:
        self._connection = connection
        self.flags = flags
        """Those that are followed together with the counts."""
        self._archive = archive
        self._connect = connect
        self._counting: Iterator[None] | None = None
        self._moved = self._last_move(connection)
        self._stored = (0, 0, 0)
        self.read: Counter[Node] | None = None
        """How many posts are read below each node; None: not known yet."""

    def close(self) -> None:
        """Give up what is being counted."""
        self._counting = None

    def follow(self) -> None:
        """Bring flags and counts to what index and marks are now.

        Has to be said inside a transaction, together with what is asked besides.
        """
        if not self.flags.is_loaded:
            return
        moves = self._moves_since(self._moved)
        if moves is None:
            self.flags.is_loaded = False
        else:
            self._go_with(moves, self.read, self.flags.content)
        turns = self.flags.follow() if self.flags.is_loaded else None
        if turns is None or len(turns) > _MANY:
            self.read = None
        elif self.read is not None:
            self._turn(self.read, [(t.post, t.before, t.after) for t in turns])

    def count_some(self) -> bool:
        """Look up or count some more, for a few milliseconds; returns whether all is known.

        Has to be said outside a transaction.
        """
        if not self.flags.is_loaded:
            self._counting = None
            if self.flags.is_starting:
                self._moved = self._last_move(self._connection)
            self.flags.load_some()
            return False
        if self.read is None:
            if self._counting is None:
                self._counting = self._count()
            if next(self._counting, self) is self:
                self._counting = None
        return self.read is not None

    def restore(self) -> None:
        """Take over what was known when the index was closed; nothing where that does not fit."""
        row = self._connection.execute(
            "SELECT content FROM tallies WHERE archive = ?", (self._archive,)
        ).fetchone()
        if row is None:
            return
        head, _, content = row[0].partition(b"\n")
        known = json.loads(head)
        if known["key"] != self._key(known["newest"]) or known["moved"] > self._last_move(
            self._connection
        ):
            return
        self.flags.restore(decompress(content), known["number"], known["newest"])
        self._moved = known["moved"]
        self.read = Counter({Node(kind, number): read for kind, number, read in known["read"]})
        self._stored = self._state()

    def stored(self) -> tuple[str, bytes] | None:
        """Return the index's identity and what to keep for it, or None where that is not worth it.

        What changes after it was kept is followed, so that it need not be kept often.
        """
        flags = self.flags
        if self.read is None or self._stored == self._state():
            return None
        if flags.count(0) + _MANY > len(flags.content):
            return None
        head = {
            "number": flags.number,
            "newest": flags.newest,
            "key": self._key(flags.newest),
            "moved": self._moved,
            "read": [(*node, read) for node, read in self.read.items() if read],
        }
        return self._archive, json.dumps(head).encode() + b"\n" + compress(flags.content, 1)

    def _state(self) -> tuple[int, int, int]:
        return self.flags.number, self.flags.newest, self._moved

    # What changed

    def _moves_since(self, number: int) -> Moves | None:
        first, last = self._connection.execute("SELECT min(id), max(id) FROM moves").fetchone()
        if last is None or last == number:
            return []
        if first > number + 1 or last < number:
            return None
        rows = self._connection.execute(
            "SELECT post, kind, node, step FROM moves WHERE id > ? ORDER BY id", (number,)
        )
        self._moved = last
        return [(post, Node(kind, node), step) for post, kind, node, step in rows]

    def _go_with(
        self, moves: Moves, read: Counter[Node] | None, content: bytes | bytearray
    ) -> None:
        gone = []
        for post, node, step in moves:
            if post < len(content) and content[post] & READ and read is not None:
                read[node] += step
            if node == WHOLE and step < 0:
                gone.append(post)
        for post in gone:
            self.flags.forget(post)

    def _turn(self, read: Counter[Node], turns: Sequence[tuple[int, int, int]]) -> None:
        for step in (1, -1):
            posts = [
                post
                for post, before, after in turns
                if (after & READ) - (before & READ) == step * READ
            ]
            if posts:
                for node, number in tally(self._connection, _BY_LIST, (json.dumps(posts),)):
                    read[node] += step * number

    # Counting

    def _count(self) -> Iterator[None]:
        content = bytes(self.flags.content)
        read = content.translate(HAS_READ)
        with closing(self._connect()) as other:
            other.execute("BEGIN")
            moved = self._last_move(other)
            totals = {
                Node(kind, number): posts
                for kind, number, posts in other.execute("SELECT kind, node, posts FROM counts")
            }
            number_read = read.count(1)
            is_of_read = 2 * number_read <= totals.get(WHOLE, 0)
            found: Counter[Node] = Counter()
            for start in range(0, len(content), _SLICE):
                chosen = _chosen(read, start, is_of_read)
                if chosen is not None:
                    for node, number in tally(other, *chosen):
                        found[node] += number
                    yield
        if not is_of_read:
            found = Counter({node: posts - found[node] for node, posts in totals.items()})
        with moment(self._connection):
            self._catch_up(found, content, moved)

    def _catch_up(self, found: Counter[Node], content: bytes, moved: int) -> None:
        """Bring what was counted to what is now, and take it over."""
        self.follow()
        moves = self._moves_since(moved)
        if moves is None or not self.flags.is_loaded:
            return
        self._go_with(moves, found, content)
        now = self.flags.content
        size = max(len(content), len(now))
        differences = int.from_bytes(content, "little") ^ int.from_bytes(now, "little")
        changed = differences.to_bytes(size, "little").translate(_ANY)
        if changed.count(1) > _MANY:
            return
        before = content.ljust(size, b"\0")
        self._turn(found, [(post, before[post], now[post]) for post in chosen_ids(changed)])
        self.read = found

    @staticmethod
    def _last_move(connection: sqlite3.Connection) -> int:
        (number,) = connection.execute("SELECT ifnull(max(id), 0) FROM moves").fetchone()
        return int(number)

    def _key(self, post: int) -> str | None:
        row = self._connection.execute("SELECT key FROM posts WHERE id = ?", (post,)).fetchone()
        return None if row is None else str(row[0])


def _chosen(read: bytes, start: int, is_of_read: bool) -> tuple[str, tuple[object, ...]] | None:
    """Return how to count the posts of a slice that are read, or those that are not."""
    part = read[start : start + _SLICE]
    wanted = part.count(is_of_read)
    if not wanted:
        return None
    if wanted * _FEW > len(part):
        return _BY_FLAG, (start, start + len(part), read, bytes([is_of_read]))
    posts = [start + i for i, is_read in enumerate(part) if is_read == is_of_read]
    return _BY_LIST, (json.dumps(posts),)


_ANY = bytes([0]) + bytes([1]) * 255
