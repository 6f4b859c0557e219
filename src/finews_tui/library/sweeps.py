"""Marks many posts at once, a million in less than a second, and takes that back.

Marks are written by SQLite alone, in the order of keys. What a sweep changed is kept as one byte a
post, packed; a time that no other change has tells the rows that it made.
"""

from __future__ import annotations

from collections.abc import Iterable
from zlib import decompress

from finews_tui.errors import LibraryError
from finews_tui.lean import Literal, NamedTuple
from finews_tui.library.flags import CHOSEN, FIELDS, Flags, packed
from finews_tui.library.state import State

Field = Literal["read", "starred"]

_AMONG = f"EXISTS (SELECT 1 FROM posts WHERE posts.key = marks.key AND {CHOSEN})"


class Sweep(NamedTuple):
    """One change of many posts, for undo and redo."""

    field: Field
    is_set: bool
    """Whether the posts were marked; else their marks were taken off."""
    posts: int
    """How many changed."""
    changed: bytes
    """Which, packed: a byte for each id of the index ``archive``."""
    archive: str
    made_at: int | None
    """The time of all these marks, where the sweep made each; they can be told by it."""


class Sweeper:
    """Sweeps the marks of one index; ``archive`` is its identity."""

    def __init__(self, state: State, flags: Flags, archive: str) -> None:
        self._state = state
        self._flags = flags
        self._archive = archive

    def sweep(self, ids: Iterable[int], field: Field, is_set: bool, now: int) -> Sweep:
        """Mark those of ``ids`` that are not marked yet, or take their marks off.

        Has to be said inside a transaction of the state, with flags that are up to date.
        """
        size = len(self._flags.content)
        wanted = bytearray(size)
        for post in ids:
            if post < size:
                wanted[post] = 1
        marked = self._flags.having(FIELDS[field])
        chosen = int.from_bytes(wanted, "little")
        changed = (chosen & ~marked if is_set else chosen & marked).to_bytes(size, "little")
        posts = changed.count(1)
        turned = inserted = 0
        if posts:
            is_all = not is_set and self._count(field) == posts
            turned = self._turn(field, is_set, changed, are_all=is_all)
        if is_set and turned < posts:
            inserted = self._insert(field, changed, now)
        if turned + inserted < posts:
            changed = self._existing(changed)
        made_at = now if inserted and not turned else None
        sweep = Sweep(field, is_set, turned + inserted, packed(changed), self._archive, made_at)
        if sweep.posts:
            self._tell(sweep, is_set, now)
        return sweep

    def turn(self, sweep: Sweep, *, forth: bool, now: int) -> None:
        """Make a sweep again, or take it back, inside a transaction of the state.

        Raises LibraryError where its posts cannot be told any more.
        """
        is_set = sweep.is_set is forth
        if sweep.made_at is not None:
            column = f"{sweep.field}_at"
            turned = self._state.connection.execute(
                f"UPDATE marks SET {column} = -{column} WHERE {column} = ?",
                (-sweep.made_at if is_set else sweep.made_at,),
            ).rowcount
        elif sweep.archive != self._archive:
            raise LibraryError("the index was made anew since; this cannot be undone any more")
        else:
            turned = self._turn(sweep.field, is_set, decompress(sweep.changed))
        if turned == sweep.posts:
            self._tell(sweep, is_set, now)
        elif turned:
            self._state.tell(now, None)

    def _existing(self, changed: bytes) -> bytes:
        """Leave out the posts that have left the index since they were listed."""
        existing = bytearray(len(changed))
        for (post,) in self._state.connection.execute(
            f"SELECT id FROM posts WHERE {CHOSEN}", (changed,)
        ):
            existing[post] = 1
        return bytes(existing)

    def _turn(self, field: Field, is_set: bool, chosen: bytes, *, are_all: bool = False) -> int:
        """Turn the sign of marks that are there; returns how many.

        ``are_all``: no other marks have that sign, so that they need not be looked up.
        """
        column = f"{field}_at"
        sign = f"{column} {'<' if is_set else '>'} 0"
        among, values = ("1", ()) if are_all else (_AMONG, (chosen,))
        return self._state.connection.execute(
            f"UPDATE marks SET {column} = -{column} WHERE {sign} AND {among}", values
        ).rowcount

    def _insert(self, field: Field, chosen: bytes, now: int) -> int:
        column = f"{field}_at"
        return self._state.connection.execute(
            f"INSERT INTO marks (key, {column}) SELECT key, ? FROM posts WHERE {CHOSEN} "
            f"ORDER BY key ON CONFLICT DO UPDATE SET {column} = excluded.{column} "
            f"WHERE {column} IS NULL",
            (now, chosen),
        ).rowcount

    def _count(self, field: Field) -> int:
        (found,) = self._state.connection.execute(
            f"SELECT count(*) FROM marks WHERE {field}_at > 0"
        ).fetchone()
        return int(found)

    def _tell(self, sweep: Sweep, is_set: bool, now: int) -> None:
        self._state.tell_sweep(now, sweep.archive, sweep.field, is_set, sweep.changed)
