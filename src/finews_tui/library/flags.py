"""Knows of every post whether it is read and starred: one byte a post in memory, by its id.

What a million marks mean for an index is looked up once, in short slices; from then on the journal
of state.db tells what was changed, here or by another reader.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from functools import partial
from zlib import compress, decompress

from finews_tui.lean import NamedTuple

READ, STARRED = 1, 2
FIELDS = {"read": READ, "starred": STARRED}

CHOSEN = "substr(?, posts.id + 1, 1) = x'01'"
"""SQL: whether a post is among those of a value with a byte for each id, which has to be bound.

As a value of its own it is never copied; what a function or a subquery gives is, for every row.
"""
READ_POSTS, UNREAD_POSTS, STARRED_POSTS = (
    f"SELECT {name}_posts()" for name in ("read", "unread", "starred")
)
"""Such values, on a connection that flags were made for."""

HAS_READ = bytes(bool(flag & READ) for flag in range(256))
"""What of a post's flags says that it is read, for ``translate``."""
HAS_STARRED = bytes(bool(flag & STARRED) for flag in range(256))

NOT_READ = bytes(not is_read for is_read in HAS_READ)

_SLICE = 10_000
_FLAG = "(ifnull(read_at, 0) > 0) + 2 * (ifnull(starred_at, 0) > 0)"
_BY_MARK = (
    f"SELECT marks.key, posts.id, {_FLAG} FROM "
    "(SELECT * FROM marks WHERE key > ? ORDER BY key LIMIT ?) AS marks "
    "LEFT JOIN posts ON posts.key = marks.key"
)
_BY_POST = (
    f"SELECT posts.id, {_FLAG} FROM posts CROSS JOIN marks ON marks.key = posts.key "
    "WHERE posts.id > ? AND posts.id <= ?"
)
_NEW_BY_MARK = (
    f"SELECT posts.id, {_FLAG} FROM marks CROSS JOIN posts ON posts.key = marks.key "
    "WHERE posts.id > ? AND posts.id <= ?"
)
_BY_KEY = (
    f"SELECT posts.id, {_FLAG} FROM json_each(?) AS named "
    "CROSS JOIN posts ON posts.key = named.value LEFT JOIN marks ON marks.key = posts.key"
)
_NEWEST = "SELECT ifnull(max(id), 0) FROM posts"


class Turn(NamedTuple):
    """What a change of marks means for one post."""

    post: int
    before: int
    after: int


class Flags:
    """The flags of one index, as of a number of the journal and up to an id of a post."""

    def __init__(self, connection: sqlite3.Connection, archive: str) -> None:
        self._connection = connection
        self._archive = archive
        self.content = bytearray(1)
        """A byte for each id."""
        self.number = 0
        """Of the newest change in the journal that is followed."""
        self.newest = 0
        """The newest post that is looked up."""
        self.is_loaded = False
        self._loading: Iterator[None] | None = None
        for name, table in (("read", HAS_READ), ("unread", NOT_READ), ("starred", HAS_STARRED)):
            connection.create_function(f"{name}_posts", 0, partial(self._having, table))

    @property
    def is_starting(self) -> bool:
        """Whether ``load_some`` begins from the beginning."""
        return self._loading is None

    def load_some(self) -> bool:
        """Look up some more marks; returns whether all are looked up."""
        if self._loading is None:
            self._loading = self._load()
        if next(self._loading, self) is self:
            self._loading = None
            self.is_loaded = True
        return self.is_loaded

    def restore(self, content: bytes, number: int, newest: int) -> None:
        """Take over what was known before."""
        self.content = bytearray(content)
        self.number, self.newest, self.is_loaded = number, newest, True

    def follow(self) -> list[Turn] | None:
        """Bring flags that are loaded up to date; returns what changed, or None if that is much.

        Where too much happened to be followed they have to be loaded again: see ``is_loaded``.
        """
        if (told := self._told()) is None:
            self.is_loaded = False
            return None
        number, keys, sweeps = told
        turns: dict[int, Turn] = {}
        for field, is_set, posts in sweeps:
            self._sweep(FIELDS[field], is_set, posts)
        if keys:
            for post, flag in self._connection.execute(_BY_KEY, (json.dumps(list(keys)),)):
                self._set(post, flag, turns)
        for post, flag in self._arrived():
            self._set(post, flag, turns)
        self.number = number
        return None if sweeps else list(turns.values())

    def forget(self, post: int) -> None:
        """A post is gone from the index."""
        if post < len(self.content):
            self.content[post] = 0

    def count(self, flag: int) -> int:
        """Return how many posts have exactly the flags ``flag``."""
        return self.content.count(flag)

    def _load(self) -> Iterator[None]:
        """Look all posts up: from the marks' side in the order of keys, unless these are more."""
        (self.number,) = self._ask("SELECT ifnull(max(number), 0) FROM journal")
        (newest,) = self._ask(_NEWEST)
        content = bytearray(newest + 1)
        if self._are_more_marks_than(newest):
            for start in range(0, newest, _SLICE):
                for post, flag in self._connection.execute(_BY_POST, (start, start + _SLICE)):
                    if post <= newest:
                        content[post] = flag
                yield
        else:
            key: str | None = ""
            while key is not None:
                rows = self._connection.execute(_BY_MARK, (key, _SLICE)).fetchall()
                for _, post, flag in rows:
                    if post is not None and post <= newest:
                        content[post] = flag
                key = rows[-1][0] if len(rows) == _SLICE else None
                yield
        self.content, self.newest = content, newest

    def _told(self) -> tuple[int, set[str], list[tuple[str, bool, bytes]]] | None:
        first, last = self._ask("SELECT min(number), max(number) FROM journal")
        if last is None or last == self.number:
            return self.number, set(), []
        if first > self.number + 1 or last < self.number:
            return None
        keys: set[str] = set()
        sweeps: list[tuple[str, bool, bytes]] = []
        for named, archive, field, is_set, posts in self._connection.execute(
            "SELECT keys, archive, field, is_set, posts FROM journal WHERE number > ? "
            "ORDER BY number",
            (self.number,),
        ):
            if named is not None:
                keys.update(json.loads(named))
            elif archive == self._archive:
                sweeps.append((field, bool(is_set), posts))
            else:
                return None
        return last, keys, sweeps

    def _arrived(self) -> Iterator[tuple[int, int]]:
        """Look up the posts that are new in the index."""
        (newest,) = self._ask(_NEWEST)
        if newest > self.newest:
            self.content.extend(bytes(newest + 1 - len(self.content)))
            is_by_post = self._are_more_marks_than(newest - self.newest)
            yield from self._connection.execute(
                _BY_POST if is_by_post else _NEW_BY_MARK, (self.newest, newest)
            )
            self.newest = newest

    def _sweep(self, flag: int, is_set: bool, posts: bytes) -> None:
        size = len(self.content)
        content = int.from_bytes(self.content, "little")
        bits = int.from_bytes(decompress(posts)[:size], "little") * flag
        content = content | bits if is_set else content & ~bits
        self.content[:] = content.to_bytes(size, "little")

    def _set(self, post: int, flag: int, turns: dict[int, Turn]) -> None:
        if post >= len(self.content):
            return  # it is new in the index, and comes with those that arrived
        before = self.content[post]
        if before != flag:
            self.content[post] = flag
            turns[post] = Turn(post, turns[post].before if post in turns else before, flag)

    def _are_more_marks_than(self, number: int) -> bool:
        (found,) = self._ask("SELECT count(*) FROM (SELECT 1 FROM marks LIMIT ?)", (number + 1,))
        return bool(found > number)

    def _ask(self, sql: str, values: tuple[object, ...] = ()) -> tuple[int, ...]:
        row: tuple[int, ...] = self._connection.execute(sql, values).fetchone()
        return row

    def having(self, flag: int) -> int:
        """Return the posts that have ``flag``: a number of as many bytes, each of them 1 or 0."""
        return int.from_bytes(self._having(HAS_READ if flag == READ else HAS_STARRED), "little")

    def _having(self, table: bytes) -> bytes:
        return bytes(self.content.translate(table))


def chosen_ids(posts: bytes) -> Iterator[int]:
    """Return the ids whose byte is 1."""
    post = posts.find(1)
    while post >= 0:
        yield post
        post = posts.find(1, post + 1)


def packed(posts: bytes) -> bytes:
    """Return a byte a post, 1 or 0, in few bytes; ``zlib.decompress`` reverses that."""
    return compress(posts, 1)
