"""The screen of a terminal, as pyte works it out from what a program writes."""

from __future__ import annotations

import re

import pyte
from wcwidth import wcwidth

_KEYBOARD = re.compile(rb"\x1b\[[<>=?]\d*(?:;\d+)?u")
"""Requests of the kitty keyboard protocol, which pyte would show as text."""
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;<>=?]*)?$")
"""The beginning of a sequence whose end comes with the next piece."""


class Display:
    """A screen that is written to piece by piece."""

    def __init__(self, columns: int, rows: int) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._unfinished = b""

    def show(self, data: bytes) -> None:
        """Write the next piece onto the screen."""
        data = _KEYBOARD.sub(b"", self._unfinished + data)
        cut = _UNFINISHED.search(data)
        self._unfinished = data[cut.start() :] if cut else b""
        self._stream.feed(data[: cut.start()] if cut else data)


def line_of(screen: pyte.Screen, y: int) -> str:
    """A row as a terminal shows it; pyte's ``display`` fails on halves of wide characters."""
    cells = [screen.buffer[y][x].data for x in range(screen.columns)]
    text = ""
    x = 0
    while x < len(cells):
        cell = cells[x] or " "  # the right half of a character whose left half is gone
        is_wide = not cell[0].isascii() and wcwidth(cell[0]) == 2
        if is_wide and (x + 1 == len(cells) or cells[x + 1]):
            cell, is_wide = " ", False  # the left half, its right half overwritten
        text += cell
        x += 2 if is_wide else 1
    return text.rstrip()
