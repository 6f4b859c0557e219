"""Shares the reading of files out to worker processes, and does it here where that fails."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import chain, islice, repeat, takewhile
from multiprocessing import get_context
from typing import Generic, TypeVar

from finews_tui.library.extracting import Sheet, Wanted, read_texts
from finews_tui.library.reading import (
    Articles,
    Group,
    prepare_worker,
    read_groups,
)

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_FIRST = 200
"""Files of the first chunk: the newest, read here while the workers are still starting."""
_CHUNK = 100
"""Files that a worker is given at a time."""
_TEXTS = 256
"""Posts that a worker is given at a time: many share most of their tokens."""
_FEW = 300
"""Fewer files than this are read before a worker has even started."""
_MOST_JOBS = 16


def read_all(groups: Sequence[Group], jobs: int | None) -> Iterator[list[Articles]]:
    """Read ``groups`` in their order, in chunks of which the first is for the first screen.

    ``jobs`` is the number of processes (None: one per core). A worker that is killed, and a system
    on which none can be started, cost time but no post.
    """
    few = sum(len(group.tasks) for group in groups) < _FEW
    yield from _spread(read_groups, list(_cut(groups)), 1 if few else _processes(jobs))


def read_all_texts(posts: Iterable[Wanted], count: int, jobs: int | None) -> Iterator[Sheet]:
    """Read the texts of ``count`` posts in their order; ``jobs`` as for ``read_all``."""
    rest = iter(posts)
    sizes = chain((_CHUNK,), repeat(_TEXTS))
    chunks = takewhile(len, (list(islice(rest, size)) for size in sizes))
    yield from _spread(read_texts, chunks, 1 if count < _FEW else _processes(jobs))


def _processes(jobs: int | None) -> int:
    return _cores() if jobs is None else max(1, min(jobs, _MOST_JOBS))


def _spread(
    function: Callable[[Sequence[_Item]], _Result],
    chunks: Iterable[Sequence[_Item]],
    jobs: int,
) -> Iterator[_Result]:
    """Apply ``function`` to each chunk; with workers, to the first one here."""
    if jobs == 1:
        yield from map(function, chunks)
        return
    workers = _Workers(function, jobs)
    try:
        rest = iter(chunks)
        first = list(islice(rest, 1))
        under_way = deque(map(workers.start, islice(rest, 2 * jobs + 1)))
        yield from map(function, first)
        while under_way:
            result = workers.result(under_way.popleft())
            under_way.extend(map(workers.start, islice(rest, 1)))
            yield result
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


class _Workers(Generic[_Item, _Result]):
    """A pool of processes that may be missing or break; then this process does the work."""

    def __init__(self, function: Callable[[Sequence[_Item]], _Result], jobs: int) -> None:
        self._function = function
        self._pool: ProcessPoolExecutor | None = None
        # Without semaphores or processes (a locked-down container) there is no pool.
        with suppress(OSError, ImportError):
            self._pool = ProcessPoolExecutor(
                jobs, mp_context=get_context("spawn"), initializer=prepare_worker
            )

    def start(self, chunk: Sequence[_Item]) -> tuple[Sequence[_Item], Future[_Result] | None]:
        if self._pool is not None:
            try:
                return chunk, self._pool.submit(self._function, chunk)
            except (OSError, BrokenProcessPool):
                self.close()
        return chunk, None

    def result(self, started: tuple[Sequence[_Item], Future[_Result] | None]) -> _Result:
        chunk, future = started
        if future is not None:
            try:
                return future.result()
            except (CancelledError, BrokenProcessPool):
                self.close()
        return self._function(chunk)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
