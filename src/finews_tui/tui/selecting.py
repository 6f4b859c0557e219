"""A text selected with the mouse: from where to where, in cells, and which characters that is.

Textual's own selection knows nothing of painted lines, and paints the whole screen again at every
click. Pure, no textual here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Never

from finews_tui.page import width_of
from finews_tui.page.cells import clusters
from finews_tui.page.line import Line

_NONE: Mapping[int, Never] = MappingProxyType({})


class Spot(NamedTuple):
    """A cell of a pane's content."""

    line: int
    column: int


class Selection(NamedTuple):
    """What lies between two cells, both included, in either order."""

    anchor: Spot
    """Where the button was pressed."""
    end: Spot
    """Where the pointer is."""

    @property
    def lines(self) -> range:
        """The lines that it touches."""
        first, last = sorted(self)
        return range(first.line, last.line + 1)

    def cells(self, line: int, text: str) -> tuple[int, int]:
        """Where it begins and ends in a line of ``text``; whole characters, empty ones included."""
        first, last = sorted(self)
        start = first.column if line == first.line else 0
        stop = last.column + 1 if line == last.line else width_of(text)
        return _whole(text, start, stop)


def _whole(text: str, start: int, stop: int) -> tuple[int, int]:
    """The cells of the characters of which ``start`` to ``stop`` touches at least one."""
    cell, first, last = 0, -1, 0
    for cluster in clusters(text):
        after = cell + width_of(cluster)
        if after > start and cell < stop:
            first = cell if first < 0 else first
            last = after
        cell = after
    return (first, last) if first >= 0 else (cell, cell)


def _between(text: str, start: int, stop: int, added: Sequence[tuple[int, int]] = ()) -> str:
    """The characters of ``text`` in the cells ``start`` to ``stop`` that are not ``added``."""
    cell, found = 0, ""
    for cluster in clusters(text):
        if start <= cell < stop and not any(low <= cell < high for low, high in added):
            found += cluster
        cell += width_of(cluster)
    return found


def is_one_address(lines: Sequence[Line], line: int) -> bool:
    """Whether an address goes on in the next line: it was broken since the pane ends there."""
    if not 0 <= line < len(lines) - 1:
        return False
    here, below = lines[line], lines[line + 1]
    return bool(here and below) and here[-1][1] == below[-1][1] == "link"


def selected_text(
    selection: Selection,
    texts: Sequence[str],
    joints: Mapping[int, str] = _NONE,
    added: Mapping[int, Sequence[tuple[int, int]]] = _NONE,
) -> str:
    """The characters of ``texts``, which are the lines that ``selection`` touches.

    Without the margin that all of them have, and the blanks at their ends. ``joints`` tells of
    lines (by their numbers) that go on in the next one, what stands between the two in the text;
    ``added`` the cells of a line that are the layout's, such as thin gaps.
    """
    pieces: list[str] = []
    for number, text in zip(selection.lines, texts, strict=True):
        start, stop = selection.cells(number, text)
        is_partial = start > len(text) - len(text.lstrip())
        blanks = "" if is_partial else " " * start
        pieces.append(blanks + _between(text, start, stop, added.get(number, ())).rstrip())
    whole_lines = [piece for piece in pieces if piece[:1] == " "]
    margin = min((len(piece) - len(piece.lstrip()) for piece in whole_lines), default=0)
    found = ""
    for number, piece in zip(selection.lines, pieces, strict=True):
        if number in added and not piece.strip():
            continue  # an empty line that parts the lines of one paragraph
        if number - 1 in joints and number > selection.lines[0]:
            found += joints[number - 1] + piece.strip()
        else:
            found += f"\n{piece[margin:] if piece[:1] == ' ' else piece}"
    return found.strip("\n")
