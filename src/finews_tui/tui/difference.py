"""The shortest way from what the terminal shows to what it should show.

This room alone writes pictures. Where rows have moved, the terminal moves them: of a list that goes
on by a line, one line is written and not all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from finews_tui.tui.pens import PLAIN, Pen
from finews_tui.tui.picture import EMPTY, Cell, Picture, Row

_LEAST_MOVED = 4
"""Rows that must have moved together before the terminal is asked to move them."""
_LONGEST_GAP = 4
"""Cells between two changes that are rather written again than jumped over."""
_LONG_BLANK = 11
"""Spaces from which on it is shorter to erase them."""


Move = tuple[int, int, int]
"""First and last row of a region, and how many rows its content has moved up (down: negative)."""


class Shown:
    """What the terminal shows, as far as it is known, and the pen that it holds."""

    def __init__(self, columns: int, rows: int, *, can_erase: bool = True) -> None:
        """Nothing is known. ``can_erase``: it erases with the background in force, as most do."""
        self.rows: list[Row] = [[None] * columns for _ in range(rows)]
        self._can_erase = can_erase
        self._pen: Pen | None = None

    def follow(self, wanted: Picture) -> str:
        """What to write so that the terminal shows ``wanted``; empty where it does already."""
        parts, wanted.parts = wanted.parts, {}
        changed = [y for y, row in enumerate(wanted.rows) if row != self.rows[y]]
        if not changed:
            return ""
        hand = self._hand(self._pen)
        for y in changed:
            hand.write_row(y, self.rows[y], wanted.rows[y])
        if move := moved(self.rows, wanted.rows, parts, changed):
            hand = min(hand, self._moving(move, wanted), key=len)
        self._pen = hand.pen
        for y in changed:
            pairs = zip(self.rows[y], wanted.rows[y], strict=True)
            self.rows[y] = [before if now is None else now for before, now in pairs]
        return hand.text

    def _hand(self, pen: Pen | None) -> Hand:
        return Hand(pen, can_erase=self._can_erase)

    def _moving(self, move: Move, wanted: Picture) -> Hand:
        """The same by way of rows that the terminal moves."""
        hand = self._hand(self._pen)
        hand.move(move)
        for y, (before, now) in enumerate(zip(_after(self.rows, move), wanted.rows, strict=True)):
            if before != now:
                hand.write_row(y, before, now)
        return hand


def place(y: int, x: int) -> str:
    """The sequence that puts the cursor there."""
    return f"\x1b[{y + 1 if y else ''}{f';{x + 1}' if x else ''}H"


class Hand:
    """Writes cells, and knows where it is and which pen it holds."""

    def __init__(self, pen: Pen | None, *, can_erase: bool) -> None:
        self.pen = PLAIN if pen is None else pen
        """The pen in the hand."""
        self._can_erase = can_erase
        self._out: list[str] = [] if pen is not None else ["\x1b[m"]
        self._place = (-1, -1)

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._out)

    def __len__(self) -> int:
        return sum(len(piece.encode()) for piece in self._out)

    def move(self, move: Move) -> None:
        """Let the terminal move rows; those that come in are empty, with its own background."""
        first, last, steps = move
        self._take(PLAIN)
        lines = f"\x1b[{abs(steps)}{'M' if steps > 0 else 'L'}"
        self._out.append(f"\x1b[{first + 1};{last + 1}r{place(first, 0)}{lines}\x1b[r")

    def write_row(self, y: int, before: Row, now: Row) -> None:
        """Write what has changed of a row."""
        differing = [
            x for x, cell in enumerate(now) if cell is not None and cell != before[x]
        ]  # fmt: skip
        start = 0
        while start < len(differing):
            stop = start + 1
            while stop < len(differing) and self._is_near(
                now, differing[stop - 1], differing[stop]
            ):
                stop += 1
            self._write(y, differing[start], now[differing[start] : differing[stop - 1] + 1], now)
            start = stop

    def _is_near(self, row: Row, x: int, other: int) -> bool:
        """Whether it is as short to write what stands between two changes as to jump over it."""
        if other == x + 1:
            return True
        if other - x > _LONGEST_GAP:
            return False
        pen = (row[x] or EMPTY).pen
        return all(
            cell is not None and cell.text.isascii() and cell.text and cell.pen in (pen, pen.blank)
            for cell in row[x + 1 : other]
        )

    def _write(self, y: int, x: int, cells: Sequence[Cell | None], row: Row) -> None:
        self._go(y, x)
        for is_blank, run in groupby(cells, key=lambda cell: cell is not None and cell.text == " "):
            group = [cell for cell in run if cell is not None]
            if is_blank:
                for pen, some in groupby(group, key=lambda cell: cell.pen):
                    x += self._write_blanks(x, len(list(some)), pen, len(row))
            else:
                for text, pen, _ in group:
                    if text:
                        self._take(pen)
                        self._out.append(text)
                x += len(group)
        # A terminal stays in its last column, or not: nobody knows.
        self._place = (y, x) if x < len(row) else (-1, -1)

    def _write_blanks(self, x: int, count: int, pen: Pen, columns: int) -> int:
        if self.pen.blank != pen:
            self._take(pen)
        if count < _LONG_BLANK or not (self._can_erase or not pen.ground) or pen.attributes:
            self._out.append(" " * count)
        else:
            self._out.append(f"\x1b[{count}X")
            if x + count < columns:
                self._out.append(f"\x1b[{count}C")
        return count

    def _take(self, pen: Pen) -> None:
        if pen is not self.pen:
            self._out.append(self.pen.to(pen))
            self.pen = pen

    def _go(self, y: int, x: int) -> None:
        if self._place == (y, x):
            return
        steps = x - self._place[1]
        if self._place[0] == y and 0 < steps < 1000:
            self._out.append(f"\x1b[{steps if steps > 1 else ''}C")
        else:
            self._out.append(place(y, x))


def moved(
    shown: Sequence[Row],
    wanted: Sequence[Row],
    parts: dict[tuple[int, int], set[int]],
    changed: list[int],
) -> Move | None:
    """The rows that have moved together, if there are enough of them."""
    best: list[tuple[int, int]] = []
    for (start, stop), painted in parts.items():
        rows = {y for y in painted.intersection(changed) if None not in shown[y][start:stop]}
        if len(rows) < _LEAST_MOVED:
            continue
        low, high = min(rows), max(rows)
        origins: dict[tuple[Cell | None, ...], int] = {}
        for y in range(low, high + 1):
            origins.setdefault(tuple(shown[y][start:stop]), y)
        found = [
            (y, origin)
            for y in sorted(rows)
            if (origin := origins.get(tuple(wanted[y][start:stop]))) is not None
            and len(set(wanted[y][start:stop])) > 1
        ]
        if not found:
            continue
        steps, _ = Counter(origin - y for y, origin in found).most_common(1)[0]
        together = [(y, origin) for y, origin in found if origin - y == steps]
        if steps and len(together) > len(best):
            best = together
    if len(best) < _LEAST_MOVED:
        return None
    ends = [best[0][0], best[-1][0], best[0][1], best[-1][1]]
    return min(ends), max(ends), best[0][1] - best[0][0]


def _after(shown: Sequence[Row], move: Move) -> list[Row]:
    first, last, steps = move
    fresh: list[Row] = [[EMPTY] * len(shown[first]) for _ in range(abs(steps))]
    region = list(shown[first : last + 1])
    region = region[steps:] + fresh if steps > 0 else fresh + region[:steps]
    return [*shown[:first], *region, *shown[last + 1 :]]
