"""The screen as cells: what Textual paints is read here, and nothing else is taken from it.

Textual writes whole lines where a cell has changed. It writes them here instead, and only what
differs goes to the terminal (``difference.py``). This is also the last gate: of what is painted,
printable text, places, colours and links are read, and any other sequence falls away.
"""

from __future__ import annotations

import re
from functools import lru_cache

from finews_tui.lean import NamedTuple
from finews_tui.page import width_of
from finews_tui.tui.addresses import safe_url
from finews_tui.tui.pens import PLAIN, Pen, pen_of


class Cell(NamedTuple):
    """What stands in a cell."""

    text: str
    """A character with its combining marks; empty for the right half of a wide one."""
    pen: Pen
    left: str = ""
    """For a right half, the character: it goes where its left half goes."""


Row = list[Cell | None]
"""The cells of a row; None where nobody knows what stands there."""

_TOKEN = re.compile(
    r"\x1b\[(\d+);(\d+)H"
    r"|\x1b\[([0-9;]*)m"
    r"|\x1b\]8;[^;\x00-\x1f\x7f-\x9f]*;([^\x00-\x1f\x7f-\x9f]*)\x1b\\"
    r"|([^\x00-\x1f\x7f-\x9f]+)"
)
"""What Textual's compositor writes: a place, a colouring, a link, text."""
EMPTY = Cell(" ", PLAIN)
"""What a terminal puts where nothing is."""


class Picture:
    """What stands in each cell of a screen, and where the cursor is wanted."""

    def __init__(self, columns: int, rows: int, ambiguous: int = 1) -> None:
        self.columns = columns
        self.rows: list[Row] = [[None] * columns for _ in range(rows)]
        self.cursor = (0, 0)
        """Row and column, the first being 0."""
        self.parts: dict[tuple[int, int], set[int]] = {}
        """Which rows were painted between two columns, since somebody last looked."""
        self._ambiguous = ambiguous

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self.columns, len(self.rows)

    def paint(self, text: str) -> None:
        """Take in what Textual paints; it begins with a place and ends with the cursor's."""
        y, x, start = 0, 0, 0
        pen, link, sgr = PLAIN, "", ""
        for token in _TOKEN.finditer(text):
            match token.lastindex:
                case 2:
                    self._note(y, start, x)
                    y, x = int(token[1]) - 1, int(token[2]) - 1
                    start = x
                    self.cursor = (y, x)
                case 3:
                    sgr = token[3]
                    pen = pen_of(sgr, link)
                case 4:
                    link = (safe_url(token[4]) or "") if token[4] else ""
                    pen = pen_of(sgr, link)
                case 5:
                    x += self._put(y, x, cells_of(token[5], pen, self._ambiguous))
        self._note(y, start, x)

    def _note(self, y: int, start: int, stop: int) -> None:
        if stop > start:
            self.parts.setdefault((start, stop), set()).add(y)

    def _put(self, y: int, x: int, cells: tuple[Cell, ...]) -> int:
        """Write cells as a terminal without automatic margins does; how many they are."""
        if 0 <= y < len(self.rows) and 0 <= x < self.columns:
            row = self.rows[y]
            stop = min(x + len(cells), self.columns)
            if _is_right_half(row[x]):
                row[x - 1] = EMPTY  # its left half
            if stop < self.columns and _is_right_half(row[stop]):
                row[stop] = EMPTY
            row[x:stop] = cells[: stop - x]
            if stop - x < len(cells) and _is_right_half(cells[stop - x]):
                row[stop - 1] = EMPTY
        return len(cells)


def _is_right_half(cell: Cell | None) -> bool:
    return cell is not None and not cell.text


@lru_cache(maxsize=16_384)
def cells_of(text: str, pen: Pen, ambiguous: int) -> tuple[Cell, ...]:
    """The cells of a run of text; spaces that look the same are the same."""
    blank = Cell(" ", pen.blank)
    if text.isascii():
        return tuple(blank if character == " " else Cell(character, pen) for character in text)
    cells: list[Cell] = []
    for character in text:
        width = width_of(character, ambiguous)
        if character == " ":
            cells.append(blank)
        elif width:
            cells.append(Cell(character, pen))
            cells += [Cell("", pen, character)] * (width - 1)
        elif cells:
            last = -1 if cells[-1].text else -2
            cells[last] = cells[last]._replace(text=cells[last].text + character)
    return tuple(cells)
