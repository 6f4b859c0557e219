"""Fills the full text behind the catalogue: the second pass of the indexer, newest first.

Every batch is one transaction, and each post says whether it is done: a run that is stopped at any
moment leaves texts that can be searched, and the next run goes on from there.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from finews_tui.library.fulltext import FullText
from finews_tui.library.pool import read_all_texts
from finews_tui.library.reading import Wanted, Written

_BATCH = 1_000
"""Posts a transaction, but for the first one."""
_ASKED = 500
"""Posts whose files are looked up at once."""


def fill(
    connection: sqlite3.Connection,
    transaction: Callable[[], AbstractContextManager[None]],
    jobs: int | None,
) -> Iterator[tuple[int, int]]:
    """Read the texts of all posts that are pending; yields how many are done, and of how many."""
    full_text = FullText(connection)
    is_left = True
    while is_left:
        with transaction():
            is_left = full_text.sweep(_BATCH)
    pending = full_text.pending()
    if not pending:
        return
    done = 0
    waiting: list[Written] = []
    is_first = True
    yield 0, len(pending)
    for texts in read_all_texts(_wanted(connection, pending), len(pending), jobs):
        done += len(texts)
        # A file that cannot be read just now stays pending, for the next run.
        waiting += [text for text in texts if isinstance(text, Written)]
        if is_first or len(waiting) >= _BATCH or done == len(pending):
            with transaction():
                full_text.write(waiting)
            waiting, is_first = [], False
        yield done, len(pending)


def _wanted(connection: sqlite3.Connection, pending: list[int]) -> Iterator[Wanted]:
    for start in range(0, len(pending), _ASKED):
        numbers = pending[start : start + _ASKED]
        paths: dict[int, list[str]] = {}
        for post, path in connection.execute(
            f"SELECT post, path FROM files WHERE post IN ({', '.join(map(str, numbers))})"
        ):
            paths.setdefault(post, []).append(os.fsdecode(path))
        for number in numbers:
            yield Wanted(number, tuple(paths.get(number, ())))
