"""Somebody who stars and marks posts in the reader, and remembers what the screen has shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import NamedTuple

from tools.terminal import Terminal

_ROW = re.compile(r"^▌(?P<unread>[● ])(?P<star>[★ ]).*№(?P<number>\d{5})")
_KEYS = ("s", "m")
"""Star, and read or unread."""


class Marks(NamedTuple):
    """What a person did to a post."""

    is_read: bool = False
    is_starred: bool = False


class Marked:
    """The changes that the screen has shown."""

    def __init__(self) -> None:
        self.shown: dict[int, Marks] = {}
        """What a post, by its number, was marked as when its last change was shown."""
        self.acknowledged = 0
        """Changes that were asked for and shown."""
        self.uncertain: int | None = None
        """The post with a change that was asked for and not shown: either way is right."""
        self._before = Marks()

    def ask(self, terminal: Terminal, key: str) -> bool:
        """Press a key that changes the selected post; False where there is none."""
        found = _row(terminal)
        if found is not None:
            self.uncertain, self._before = found
            terminal.press(key)
        return found is not None

    def look(self, terminal: Terminal) -> bool:
        """Whether the screen shows the change that was asked for."""
        found = _row(terminal)
        if found is None or found[0] != self.uncertain or found[1] == self._before:
            return False
        number, self.shown[number] = found
        self.acknowledged += 1
        self.uncertain = None
        return True


def mark_until(terminal: Terminal, end: float) -> Marked:
    """Star and mark one post after the other until the clock (``perf_counter``) says ``end``.

    It begins with a step down: only a reader that is live answers to that.
    """
    marked = Marked()
    while _wait(terminal, end, lambda: _row(terminal)):
        before = _row(terminal)
        terminal.press("j")
        if not _wait(terminal, end, partial(_is_elsewhere, terminal, before)):
            break
        for key in _KEYS:
            if not marked.ask(terminal, key) or not _wait(
                terminal, end, lambda: marked.look(terminal)
            ):
                return marked
    return marked


def _is_elsewhere(terminal: Terminal, before: tuple[int, Marks] | None) -> bool:
    found = _row(terminal)
    return found is not None and (before is None or found[0] != before[0])


def _wait(terminal: Terminal, end: float, holds: Callable[[], object]) -> bool:
    """Read until something holds; False where the time is over or the program has ended."""
    while not holds():
        left = end - perf_counter()
        if left <= 0 or terminal.status is not None:
            return False
        terminal.read(min(left, 0.1))
    return perf_counter() < end


def _row(terminal: Terminal) -> tuple[int, Marks] | None:
    """Number and marks of the selected post."""
    for line in terminal.lines:
        if found := _ROW.match(line):
            return int(found["number"]), Marks(found["unread"] == " ", found["star"] == "★")
    return None
