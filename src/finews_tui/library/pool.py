"""Shares the reading of files out to worker processes, and does it here where that fails."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import islice
from multiprocessing import get_context

from finews_tui.library.reading import Articles, Group, prepare_worker, read_groups

_FIRST = 200
"""Files of the first chunk: the newest, read here while the workers are still starting."""
_CHUNK = 100
"""Files that a worker is given at a time."""
_FEW = 300
"""Fewer files than this are read before a worker has even started."""
_MOST_JOBS = 16


def read_all(groups: Sequence[Group], jobs: int | None) -> Iterator[list[Articles]]:
    """Read ``groups`` in their order, in chunks of which the first is for the first screen.

    ``jobs`` is the number of processes (None: one per core). A worker that is killed, and a system
    on which none can be started, cost time but no post.
    """
    chunks = list(_cut(groups))
    jobs = _cores() if jobs is None else max(1, min(jobs, _MOST_JOBS))
    if jobs == 1 or sum(len(group.tasks) for group in groups) < _FEW:
        yield from map(read_groups, chunks)
        return
    workers = _Workers(jobs)
    try:
        rest = iter(chunks[1:])
        under_way = deque(map(workers.start, islice(rest, 2 * jobs + 1)))
        yield read_groups(chunks[0])
        while under_way:
            articles = workers.result(under_way.popleft())
            under_way.extend(map(workers.start, islice(rest, 1)))
            yield articles
    finally:
        workers.close()


def _cut(groups: Sequence[Group]) -> Iterator[Sequence[Group]]:
    start = files = 0
    size = _FIRST
    for stop, group in enumerate(groups, start=1):
        files += len(group.tasks)
        if files >= size:
            yield groups[start:stop]
            start, files, size = stop, 0, _CHUNK
    if start < len(groups):
        yield groups[start:]


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return min(_MOST_JOBS, len(affinity(0)) if affinity else os.cpu_count() or 1)


_Started = tuple[Sequence[Group], Future[list[Articles]] | None]


class _Workers:
    """A pool of processes that may be missing or break; then this process does the work."""

    def __init__(self, jobs: int) -> None:
        self._pool: ProcessPoolExecutor | None = None
        # Without semaphores or processes (a locked-down container) there is no pool.
        with suppress(OSError, ImportError):
            self._pool = ProcessPoolExecutor(
                jobs, mp_context=get_context("spawn"), initializer=prepare_worker
            )

    def start(self, chunk: Sequence[Group]) -> _Started:
        if self._pool is not None:
            try:
                return chunk, self._pool.submit(read_groups, chunk)
            except (OSError, BrokenProcessPool):
                self.close()
        return chunk, None

    def result(self, started: _Started) -> list[Articles]:
        chunk, future = started
        if future is not None:
            try:
                return future.result()
            except (CancelledError, BrokenProcessPool):
                self.close()
        return read_groups(chunk)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
