"""The lines of one part of an article, laid out as far as somebody has asked for them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from finews_tui.page.line import Line, visible


class Piece:
    """The lines of one part, as far as they have been asked for."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines: list[Line] = []
        self._rest = lines
        self._is_complete = False
        self._before: list[int] = [0]

    def reaches(self, line: int) -> bool:
        """Whether there is a line with that number."""
        while len(self.lines) <= line and not self._is_complete:
            self._lay()
        return line < len(self.lines)

    def count(self) -> int:
        """How many lines there are; lays all of them out."""
        while not self._is_complete:
            self._lay()
        return len(self.lines)

    def before(self, line: int) -> int:
        """The characters before a line."""
        self.reaches(line)
        return self._before[min(line, len(self._before) - 1)]

    def line_at(self, offset: int) -> int:
        """The last line before which at most ``offset`` characters stand."""
        while self._before[-1] <= offset and not self._is_complete:
            self._lay()
        return min(bisect_right(self._before, offset), len(self.lines)) - 1

    def _lay(self) -> None:
        line = next(self._rest, None)
        if line is None:
            self._is_complete = True
        else:
            self.lines.append(line)
            self._before.append(self._before[-1] + len(visible(line)))
