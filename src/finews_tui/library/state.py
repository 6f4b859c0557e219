"""Keeps what the person did: read marks and stars. Owns state.db, which nothing rebuilds.

A mark is on the disk when the call that made it returns. Several readers may be open at once, and
each finds in the journal what the others changed.
"""

from __future__ import annotations

import _thread
import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from finews_tui.errors import LibraryError
from finews_tui.lean import NamedTuple
from finews_tui.library import database
from finews_tui.library.state_file import open_state

_JOURNAL_KEPT = 2_000
"""Changes that another reader may sleep through without reading all marks again."""
_SWEEPS_KEPT = 20
"""The same for changes of many posts, of which each may take a fifth of a megabyte."""
_TALLIES_KEPT = 4
"""Indexes of which the counts are kept."""
_NAMED = 2_000
"""Posts that a change in the journal names; of more it only says that they are many."""


class StateLost(LibraryError):
    """The file is damaged, or another one stands in its place: it has to be opened anew."""

    def __init__(self, sentence: str, *, is_damaged: bool) -> None:
        super().__init__(sentence)
        self.is_damaged = is_damaged


class Mark(NamedTuple):
    """What is kept of a post, in microseconds since 1970.

    Negative: it was read or starred since then, but is no more.
    """

    read_at: int | None = None
    starred_at: int | None = None


class Change(NamedTuple):
    """One post's mark before and after, for undo and redo."""

    key: str
    before: Mark
    after: Mark


class State:
    """The open state database; its connection is the main one of a Library."""

    def __init__(self, file: Path, *, read_only: bool = False, is_damaged: bool = False) -> None:
        self.file = file
        self._writing = _thread.allocate_lock()  # as threading has it, which takes long to load
        self.connection, self.warnings = open_state(
            file, read_only=read_only, is_damaged=is_damaged
        )
        self.is_read_only = read_only
        _, _, name = self.connection.execute("PRAGMA main.database_list").fetchone()
        self._file = _identity(file) if name else None
        self._version = 0
        self._looked_at: int | None = None
        self._newest: int | None = None

    @property
    def is_kept(self) -> bool:
        """Whether marks are on the disk; else they are forgotten at the end."""
        return self._file is not None

    def reopened(self, lost: StateLost) -> State:
        """Close what cannot be used any more and open what can."""
        self.connection.close()
        state = State(self.file, read_only=self.is_read_only, is_damaged=lost.is_damaged)
        state.warnings = [*self.warnings, *state.warnings]
        return state

    def mark(
        self, keys: Sequence[str], *, read: bool | None = None, starred: bool | None = None
    ) -> list[Change]:
        """Mark posts; None leaves a mark as it is. Returns what really changed, for undo."""
        changes: list[Change] = []
        with self.transaction() as now:
            for key in dict.fromkeys(keys):
                before = self._mark_of(key)
                after = Mark(
                    _marked(before.read_at, read, now), _marked(before.starred_at, starred, now)
                )
                if after != before:
                    changes.append(Change(key, before, after))
            self._put(changes, now)
        return changes

    def apply(self, changes: Sequence[Change]) -> None:
        """Bring the marks to what they are after ``changes``."""
        with self.transaction() as now:
            self._put(changes, now)

    def revert(self, changes: Sequence[Change]) -> None:
        """Bring the marks to what they were before ``changes``."""
        with self.transaction() as now:
            back = [Change(change.key, change.after, change.before) for change in changes]
            self._put(back[::-1], now)

    def interrupt(self) -> None:
        """Stop what is being asked in the connection's thread, but never a change of marks."""
        if self._writing.acquire(blocking=False):
            try:
                self.connection.interrupt()
            finally:
                self._writing.release()

    @property
    def version(self) -> int:
        """A number that is another one after somebody else has changed a mark."""
        number: int = self.connection.execute("PRAGMA main.data_version").fetchone()[0]
        if number != self._looked_at:
            # Others also write what concerns nobody else, such as how far they have read.
            self._looked_at = number
            (newest,) = self.connection.execute("SELECT max(number) FROM journal").fetchone()
            self._version += newest != self._newest
            self._newest = newest
        return self._version

    @contextmanager
    def transaction(self, *, is_synced: bool = True) -> Iterator[int]:
        """Change something, all or nothing; yields a time that no other change has.

        Where it is not ``is_synced`` it survives the end of the program, but perhaps not that of
        the machine, and takes no time that the disk takes. Raises StateLost where the file must be
        opened anew, else LibraryError.
        """
        with self._writing, self._speaking():
            if self._file is not None and self._file != _identity(self.file):
                raise StateLost(
                    f"another file stands in the place of {self.file}", is_damaged=False
                )
            if not is_synced:
                self.connection.execute("PRAGMA main.synchronous = NORMAL")
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                (last,) = self.connection.execute("SELECT max(at) FROM journal").fetchone()
                yield max(time.time_ns() // 1_000, (last or 0) + 1)
                self.connection.execute("COMMIT")
            except BaseException:
                self.connection.rollback()
                raise
            finally:
                if not is_synced:
                    self.connection.execute("PRAGMA main.synchronous = FULL")

    def save_tally(self, archive: str, content: bytes) -> None:
        """Keep what is known about the posts of an index; the oldest of such are dropped."""
        with self.transaction() as now:
            self.connection.execute(
                "INSERT OR REPLACE INTO tallies VALUES (?, ?, ?)", (archive, now, content)
            )
            self.connection.execute(
                "DELETE FROM tallies WHERE archive NOT IN "
                "(SELECT archive FROM tallies ORDER BY at DESC LIMIT ?)",
                (_TALLIES_KEPT,),
            )

    def tell(self, now: int, keys: Sequence[str] | None) -> None:
        """Write into the journal which posts were marked, inside the transaction; None: many."""
        named = json.dumps(keys) if keys is not None and len(keys) <= _NAMED else None
        self.connection.execute("INSERT INTO journal (at, keys) VALUES (?, ?)", (now, named))
        self.connection.execute(
            "DELETE FROM journal WHERE number <= (SELECT max(number) FROM journal) - ?",
            (_JOURNAL_KEPT,),
        )

    def tell_sweep(self, now: int, archive: str, field: str, is_set: bool, posts: bytes) -> None:
        """Write into the journal that many posts were marked: those of an index, packed."""
        self.connection.execute(
            "INSERT INTO journal (at, archive, field, is_set, posts) VALUES (?, ?, ?, ?, ?)",
            (now, archive, field, is_set, posts),
        )
        self.connection.execute(
            "DELETE FROM journal WHERE number <= (SELECT number FROM journal "
            "WHERE posts IS NOT NULL ORDER BY number DESC LIMIT 1 OFFSET ?)",
            (_SWEEPS_KEPT,),
        )

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        with database.speaking(f"the state file {self.file}"):
            try:
                yield
            except sqlite3.DatabaseError as error:
                if self._file is not None and database.is_damage(error):
                    raise StateLost(f"{self.file} is damaged", is_damaged=True) from error
                raise

    def _mark_of(self, key: str) -> Mark:
        row = self.connection.execute(
            "SELECT read_at, starred_at FROM marks WHERE key = ?", (key,)
        ).fetchone()
        return Mark() if row is None else Mark(*row)

    def _put(self, changes: Sequence[Change], now: int) -> None:
        """Write what changes, and nothing else: a sweep may have written the rest."""
        self.connection.executemany(
            "INSERT INTO marks VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET "
            "(read_at, starred_at) = "
            "(iif(?4, excluded.read_at, read_at), iif(?5, excluded.starred_at, starred_at))",
            (
                (
                    change.key,
                    change.after.read_at,
                    change.after.starred_at,
                    change.before.read_at != change.after.read_at,
                    change.before.starred_at != change.after.starred_at,
                )
                for change in changes
            ),
        )
        if changes:
            self.tell(now, [change.key for change in changes])


def _marked(before: int | None, wanted: bool | None, now: int) -> int | None:
    """Return the time of a mark: since it was made for the first time, however often taken off."""
    if wanted is None or (before is None and not wanted):
        return before
    since = abs(before or now)
    return since if wanted else -since


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
