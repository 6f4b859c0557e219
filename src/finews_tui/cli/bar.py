"""Draws how far the indexer is, how fast it goes and how long it will take; on a terminal only."""

from __future__ import annotations

import os
import sys
from collections import deque
from time import monotonic

_CELLS = 24
_WORDS = {"catalogue": "indexing", "text": "full text"}
_SPAN = 10.0
"""Seconds over which the rate is taken: batches come in bursts."""
_KNOWN = 1.0
"""Seconds after which there is a rate worth telling."""
_STEP = 0.1
"""Seconds between two drawings."""


class Bar:
    """One line on stderr, drawn anew with each step."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
        self._is_drawn = False
        self._drawn_at = float("-inf")
        self._phase = ""
        self._marks: deque[tuple[float, int]] = deque()

    def draw(self, phase: str, done: int, total: int) -> None:
        """The state after ``done`` of ``total`` steps of a phase; nobody knows a total of 0."""
        if not self._is_shown:
            return
        now = monotonic()
        if phase != self._phase:
            self._phase = phase
            self._marks.clear()
            self._drawn_at = float("-inf")
        self._marks.append((now, done))
        while now - self._marks[0][0] > _SPAN:
            self._marks.popleft()
        if now - self._drawn_at < _STEP and done != total:
            return
        # A line that is longer than the terminal is wide could not be drawn over.
        width = (os.get_terminal_size(sys.stderr.fileno()).columns or 80) - 1
        if phase == "folders":
            text = f"looking at the folders: {done:,} files"
        elif total:
            text = self._text(done, total, width)
        else:
            return
        print(f"\r{text[:width]}", end="\x1b[K", file=sys.stderr, flush=True)
        self._is_drawn, self._drawn_at = True, now

    def _text(self, done: int, total: int, width: int) -> str:
        before = f"{_WORDS[self._phase]} ["
        after = f"] {100 * done // total:3} %{self._pace(done, total)}"
        cells = max(0, min(_CELLS, width - len(before) - len(after)))
        full = cells * done // total
        return before + "#" * full + "." * (cells - full) + after

    def _pace(self, done: int, total: int) -> str:
        since, before = self._marks[0]
        seconds = self._marks[-1][0] - since
        if seconds < _KNOWN or done == before:
            return ""
        rate = (done - before) / seconds
        return f"  {rate:,.0f}/s  {_duration(round((total - done) / rate))} left"

    def clear(self) -> None:
        """Leaves the line empty."""
        if self._is_drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._is_drawn = False


def _duration(seconds: int) -> str:
    """Seconds as ``0:07``, ``12:34`` or ``1:02:03``."""
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"
