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
from typing import Generic, Self, TypeVar

from finews_tui.library.extracting import Sheet, Wanted, read_texts
from finews_tui.library.reading import prepare_worker
from finews_tui.library.tokens import folding_in_force

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_CHUNK = 100
"""Texts of the first chunk."""
_TEXTS = 256
"""Texts that a worker is given at a time: many share most of their tokens."""
_FEW = 300
"""Fewer than this are read here before a worker has even started."""
_AHEAD = 3
"""Chunks a worker that are handed out before the first one is waited for."""
_MOST_JOBS = 16


def read_all_texts(posts: Iterable[Wanted], count: int, jobs: int | None) -> Iterator[Sheet]:
    """Read the texts of ``count`` posts in their order; ``jobs`` as for ``Workers``."""
    rest = iter(posts)
    sizes = chain((_CHUNK,), repeat(_TEXTS))
    chunks = takewhile(len, (list(islice(rest, size)) for size in sizes))
    with Workers(read_texts, jobs) as workers:
        if count >= _FEW:
            workers.start()
        yield from workers.map(chunks)


class Workers(Generic[_Item, _Result]):
    """Processes that apply ``function`` to chunks of items.

    ``jobs`` is how many (None: one per core). A worker that is killed, and a system on which none
    can be started, cost time but no item: then this process does the work.
    """

    def __init__(self, function: Callable[[Sequence[_Item]], _Result], jobs: int | None) -> None:
        self._function = function
        self._jobs = _cores() if jobs is None else max(1, min(jobs, _MOST_JOBS))
        self._pool: ProcessPoolExecutor | None = None
        self._may_start = self._jobs > 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def start(self) -> None:
        """Start the processes, which takes them a while: there will be much to do."""
        if not self._may_start:
            return
        self._may_start = False
        # Without semaphores or processes (a locked-down container) there is no pool.
        with suppress(OSError, ImportError):
            self._pool = ProcessPoolExecutor(
                self._jobs,
                mp_context=get_context("spawn"),
                initializer=prepare_worker,
                initargs=(folding_in_force(),),
            )
            for _ in range(self._jobs):
                self._pool.submit(int)

    def map(self, chunks: Iterable[Sequence[_Item]]) -> Iterator[_Result]:
        """Apply the function to each chunk, in order; the first ones here if they are few.

        A result is not held back while ``chunks`` thinks about its next one, if it can be helped.
        """
        under_way: deque[tuple[Sequence[_Item], Future[_Result] | None]] = deque()
        seen = 0
        for chunk in chunks:
            seen += len(chunk)
            if seen >= _FEW:
                self.start()
            under_way.append((chunk, self._submit(chunk)))
            while under_way and (len(under_way) > _AHEAD * self._jobs or _is_done(under_way[0][1])):
                yield self._result(*under_way.popleft())
        while under_way:
            yield self._result(*under_way.popleft())

    def _submit(self, chunk: Sequence[_Item]) -> Future[_Result] | None:
        if self._pool is not None and chunk:
            try:
                return self._pool.submit(self._function, chunk)
            except (OSError, BrokenProcessPool):
                self._close()
        return None

    def _result(self, chunk: Sequence[_Item], future: Future[_Result] | None) -> _Result:
        if future is not None:
            try:
                return future.result()
            except (CancelledError, BrokenProcessPool):
                self._close()
        return self._function(chunk)

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _is_done(future: Future[_Result] | None) -> bool:
    return future is None or future.done()


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return min(_MOST_JOBS, len(affinity(0)) if affinity else os.cpu_count() or 1)
