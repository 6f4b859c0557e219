"""Brings the hits of many runs into the order of lists; a run is looked at when its turn comes.

Runs mostly follow each other in time, and then each is a piece of the answer. Where they overlap
(posts that came late, a second archive), the pieces are as long as the order allows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from heapq import heapify, heappop, heappush

from finews_tui.library.runs import Stretch

Moment = tuple[int, str]
"""Epoch and key of a post, by which lists go."""

Look = Callable[[Stretch], Iterator[Sequence[int]]]
"""Returns the places of the hits in a run, ascending, some at a time."""

_LAST_KEY = chr(0x10FFFF)


class _Source:
    """The hits of one run."""

    def __init__(self, run: Stretch, hits: Iterator[Sequence[int]], key_of: Callable[[int], str]):
        self.run = run
        self._hits = hits
        self._key_of = key_of
        self._places: Sequence[int] = ()
        self._at = 0
        self.head: Moment = (0, "")
        """Of the next hit."""

    def advance(self) -> bool:
        """Find the next hit; False where there is none."""
        while self._at >= len(self._places):
            places = next(self._hits, None)
            if places is None:
                return False
            self._places, self._at = places, 0
        self.head = self._moment(self._at)
        return True

    def take(self, limit: Moment | None) -> Sequence[int]:
        """Return hits from the next one on that are newer than ``limit``."""
        start, epochs = self._at, self.run.epochs
        self._at = len(self._places)
        if limit is not None:
            self._at = bisect_left(self._places, -limit[0], start, key=lambda place: -epochs[place])
            while self._at < len(self._places) and self._moment(self._at) > limit:
                self._at += 1
        return self._places[start : self._at]

    def _moment(self, at: int) -> Moment:
        place = self._places[at]
        return self.run.epochs[place], self._key_of(self.run.posts[place])


def in_order(
    runs: Sequence[Stretch],
    others: Iterator[Stretch],
    look: Look,
    key_of: Callable[[int], str],
) -> Iterator[tuple[Stretch, Sequence[int]]]:
    """Yield pieces of the answer, the newest post first: runs with places in them.

    ``others`` are further runs, each newer than the next.
    """
    waiting: list[tuple[int, int, Stretch, bool]] = [
        (-run.newest, number, run, False) for number, run in enumerate(runs)
    ]
    heapify(waiting)
    number = len(waiting)

    def wait_for_other() -> None:
        nonlocal number
        if (run := next(others, None)) is not None:
            number += 1
            heappush(waiting, (-run.newest, number, run, True))

    wait_for_other()
    open: list[_Source] = []
    while waiting or open:
        while waiting and (not open or -waiting[0][0] >= open[0].head[0]):
            *_, run, is_other = heappop(waiting)
            if is_other:
                wait_for_other()
            source = _Source(run, look(run), key_of)
            if source.advance():
                open.append(source)
                open.sort(key=lambda source: source.head, reverse=True)
        if not open:
            return
        first = open[0]
        limits = [source.head for source in open[1:2]]
        limits += [(-waiting[0][0], _LAST_KEY)] if waiting else []
        yield first.run, first.take(max(limits, default=None))
        if not first.advance():
            open.remove(first)
        open.sort(key=lambda source: source.head, reverse=True)
