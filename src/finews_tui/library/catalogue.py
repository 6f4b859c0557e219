"""Fills the catalogue: the first pass of the indexer, after which everything can be listed.

The newest posts come first, and of a new archive those of the folder that goes first before the
others are even listed. Every batch is one transaction: a run that is stopped at any moment leaves
an index that works, and the next run completes it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from time import monotonic
from typing import Literal

from finews_tui.library.pool import Workers
from finews_tui.library.store import Store
from finews_tui.library.survey import Survey
from finews_tui.library.work import Articles, Group
from finews_tui.library.zones import name_of

_FIRST = 200
"""Articles of the first transaction: more than a screenful."""
_CHUNK = 250
"""Articles that a worker is given at a time."""
_SMALL_BATCH = 1_000
"""Articles of the second transaction; each further one has twice as many."""
_LARGE_BATCH = 8_000
"""But no more than this."""
_TICK = 0.5
"""Seconds without a step after which there is one."""
_MANY = 2_000
"""New files of which it is certain that workers will have to read them."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of the indexer. The files of ``done`` may not all be written yet."""

    done: int
    """Files read so far."""
    total: int
    """Files to read in this run, as far as it is known: it may grow."""
    failed: int
    """Files of this run that could not be read, so far."""
    changed: int
    """Posts added, rewritten or removed so far: what a reader can see by now."""
    phase: Literal["folders", "catalogue", "text"] = "catalogue"
    """``folders``: ``done`` files were found, and nobody knows yet how many there are.
    ``text``: the lists are complete, and ``done`` of ``total`` posts got their full text."""


def catalogue(store: Store, survey: Survey, jobs: int | None, written: int) -> Iterator[Progress]:
    """Bring the catalogue up to date with the archive; ``jobs`` as for ``Workers``.

    ``written`` is when the index was written last, in nanoseconds.
    """
    with _uncollected(), Workers(partial(_read, name_of(survey.zone)), jobs) as workers:
        filling = _Filling(store, survey, workers)
        yield from filling.greet(written)
        yield from filling.look()
        yield from filling.read()
    with store.transaction():
        store.shelves.seal()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no rings of objects: there are none, and looking costs more than the writing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(zone: str, groups: Sequence[Group]) -> list[Articles]:
    # Imported late: an archive that has not changed needs no parser.
    from finews_tui.library.reading import read_groups

    return read_groups(zone, groups)


class _Filling:
    def __init__(
        self, store: Store, survey: Survey, workers: Workers[Group, list[Articles]]
    ) -> None:
        self._store = store
        self._survey = survey
        self._workers = workers
        self._done = 0
        self._failed = 0
        self._waiting: list[Articles] = []
        self._batch = 0
        self._ticked = monotonic()

    def greet(self, written: int) -> Iterator[Progress]:
        """Read what arrived last, lest anybody who waits for it wait for all names."""
        if groups := self._survey.arrivals(self._store.shelves, written):
            self._take(_read(name_of(self._survey.zone), groups))
            yield self._step("folders")

    def look(self) -> Iterator[Progress]:
        """List the names in the archives; of a new one, read the first few posts."""
        names = self._survey.names
        is_new = self._store.shelves.is_empty()
        for _ in names.look():
            if is_new and names.count >= _MANY:
                self._workers.start()
            if is_new and names.has_newest and names.count >= _FIRST and not self._done:
                self._take(_read(name_of(self._survey.zone), self._survey.glance(_FIRST)))
                yield self._step("folders")
            elif self._is_time():
                yield self._step("folders")

    def read(self) -> Iterator[Progress]:
        """Read what is new or has changed, and remove what is gone."""
        seen = self._done
        chunks = self._chunks()
        first = next(chunks, [])
        yield self._step(seen=seen)
        for articles in self._workers.map(chain([first], chunks)):
            self._take(articles)
            if articles or self._is_time():
                yield self._step(seen=seen)
        if self._waiting:
            self._write()
            yield self._step(seen=seen)

    def _chunks(self) -> Iterator[list[Group]]:
        """Cut what is to be read into chunks; an empty one is a sign of life."""
        waiting: list[Group] = []
        is_first = not self._done
        for groups in self._survey.changes(self._store.shelves):
            waiting += groups
            is_due = (is_first and bool(waiting)) or self._is_time()
            size = _FIRST if is_first else _CHUNK
            whole = len(waiting) - len(waiting) % size
            yield from (waiting[start : start + size] for start in range(0, whole, size))
            del waiting[:whole]
            is_first = is_first and not whole
            if is_due:
                yield waiting
                waiting = []
                is_first = False
        if waiting:
            yield waiting

    def _take(self, articles: Sequence[Articles]) -> None:
        self._waiting += articles
        read = [reading for one in articles for reading in one.files]
        self._done += len(read)
        self._failed += sum(reading.failure is not None for reading in read)
        if self._waiting and (not articles or len(self._waiting) >= self._batch):
            self._write()

    def _write(self) -> None:
        self._store.write_all(self._waiting)
        self._waiting = []
        self._batch = min(max(_SMALL_BATCH, 2 * self._batch), _LARGE_BATCH)

    def _is_time(self) -> bool:
        return monotonic() - self._ticked >= _TICK

    def _step(
        self, phase: Literal["folders", "catalogue"] = "catalogue", seen: int = 0
    ) -> Progress:
        self._ticked = monotonic()
        changed = sum(self._store.changes)
        if phase == "folders":
            return Progress(self._survey.names.count, 0, self._failed, changed, phase)
        return Progress(self._done, seen + self._survey.total, self._failed, changed, phase)
