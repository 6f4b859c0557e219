"""Fills the full text behind the catalogue: the second pass of the indexer, newest first.

Every batch is one transaction, and each post says whether it is done: an indexer that is stopped at
any moment leaves texts that can be searched, and the next one goes on from there.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import chain, repeat
from time import monotonic

from finews_tui.library.extracting import Sheet, Wanted
from finews_tui.library.fulltext import FullText
from finews_tui.library.pool import read_all_texts
from finews_tui.library.postings import FULL

_SIZES = (1, 1_000, 4_000)
"""Posts of the first transactions at least: what is newest is found after a second."""
_SECONDS = 20.0
"""After which what was read is written in any case: it is lost when the run is stopped."""
_ASKED = 500
"""Posts whose files are looked up at once."""


_Transaction = Callable[[], AbstractContextManager[None]]


def fill(
    connection: sqlite3.Connection,
    transaction: _Transaction,
    jobs: int | None,
) -> Iterator[tuple[int, int]]:
    """Read the texts of all posts that are pending; yields how many are done, and of how many."""
    full_text = FullText(connection)
    _tidy(full_text, transaction)
    pending = full_text.pending()
    if not pending:
        return
    batch = _Batch()
    yield 0, len(pending)
    done = 0
    for sheet in read_all_texts(_wanted(connection, pending), len(pending), jobs):
        if batch.count + len(sheet.posts) > FULL:
            _write(connection, full_text, transaction, batch)
        batch.add(sheet)
        # A file that cannot be read just now stays pending, for the next run.
        done += len(sheet.posts) + sheet.unread
        if batch.is_due or done == len(pending):
            _write(connection, full_text, transaction, batch)
        yield done, len(pending)


class _Batch:
    """What was read and not written yet."""

    def __init__(self) -> None:
        self._sizes = chain(_SIZES, repeat(FULL))
        self.clear()

    def clear(self) -> None:
        """Begin the next one."""
        self.sheets: list[Sheet] = []
        self.count = 0
        self._size = next(self._sizes)
        self._due = monotonic() + _SECONDS

    def add(self, sheet: Sheet) -> None:
        """Hold the texts of ``sheet``."""
        self.sheets.append(sheet)
        self.count += len(sheet.posts)

    @property
    def is_due(self) -> bool:
        """Whether it is time to write."""
        return self.count >= self._size or monotonic() >= self._due


def _write(
    connection: sqlite3.Connection,
    full_text: FullText,
    transaction: _Transaction,
    batch: _Batch,
) -> None:
    with transaction():
        full_text.write(batch.sheets)
        _tell(connection, batch.sheets)
    batch.clear()
    _tidy(full_text, transaction)


def _tell(connection: sqlite3.Connection, sheets: Sequence[Sheet]) -> None:
    """Say of which files the text cannot be read, and no more of which it could not be before."""
    posts = json.dumps([post for sheet in sheets for post in sheet.posts])
    connection.execute(
        "UPDATE entries INDEXED BY entries_by_failure SET failure = NULL "
        "WHERE failure IS NOT NULL AND post IN (SELECT value FROM json_each(?))",
        (posts,),
    )
    for post, path, reason in chain.from_iterable(sheet.problems for sheet in sheets):
        folder, _, name = path.rpartition("/")
        connection.execute(
            "UPDATE entries SET failure = ? WHERE post = ? AND name = ? "
            "AND folder = (SELECT id FROM folders WHERE path = ?)",
            (reason, post, os.fsencode(name), os.fsencode(folder or "/")),
        )


def _tidy(full_text: FullText, transaction: _Transaction) -> None:
    is_left = True
    while is_left:
        with transaction():
            is_left = full_text.tidy()


def _wanted(connection: sqlite3.Connection, pending: Sequence[int]) -> Iterator[Wanted]:
    for start in range(0, len(pending), _ASKED):
        numbers = pending[start : start + _ASKED]
        paths: dict[int, list[str]] = {}
        for post, path in connection.execute(
            f"SELECT post, path FROM files WHERE post IN ({', '.join(map(str, numbers))})"
        ):
            paths.setdefault(post, []).append(os.fsdecode(path))
        for number in numbers:
            yield Wanted(number, tuple(paths.get(number, ())))
