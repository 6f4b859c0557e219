"""Reads the reader's screen in the window of the benchmarks: tree, list and article."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tools.terminal import Terminal

_POSITION = re.compile(r"^\s*([\d,]+)/([\d,]+)\+?(?:\s|$)")
_BEGINNING = 6
"""Characters of a title that a narrow row still shows."""


def position(terminal: Terminal) -> tuple[int, int] | None:
    """The selected row, the first being 1, and the rows of the list that are known by now.

    None before it is shown.
    """
    found = _POSITION.match(terminal.line(terminal.screen.lines - 1))
    return (_number(found[1]), _number(found[2])) if found else None


def stands_at(terminal: Terminal, row: int) -> bool:
    """Whether the row ``row`` is selected, and painted."""
    found = position(terminal)
    return found is not None and found[0] == row and is_painted(terminal)


def is_painted(terminal: Terminal) -> bool:
    """Whether the selected row shows its post."""
    return any(line.startswith("▌") and len(line.split()) > 1 for line in right_side(terminal))


def marks_line(terminal: Terminal, row: int) -> bool:
    """Whether the mark of the selected row stands in the list's line ``row``, the first being 1."""
    return right_side(terminal)[row].startswith("▌")


def shows_titles(terminal: Terminal, titles: Iterable[str]) -> bool:
    """Whether all these posts are on the screen."""
    lines = right_side(terminal)
    return all(any(title[:_BEGINNING] in line for line in lines) for title in titles)


def shows_article(terminal: Terminal, title: str) -> bool:
    """Whether a post is in the article pane, by the line that begins with its title."""
    return any(line.strip().startswith(title[:_BEGINNING]) for line in right_side(terminal))


def right_side(terminal: Terminal) -> list[str]:
    """The lines of list and article, beside the tree."""
    return [line.partition("│")[2] for line in terminal.lines]


def _number(text: str) -> int:
    return int(text.replace(",", ""))
