"""What can be opened in an article, in the order in which it is read: badges, links, folds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from finews_tui.page.article import Article
from finews_tui.page.cells import width_of
from finews_tui.page.line import Line, Spot
from finews_tui.page.pointing import badge_at

_NUMBER = re.compile(r"\[(\d+)\]")


class Target(NamedTuple):
    """Something to open, and where it stands."""

    row: int
    """The line, counted from the first of those that were asked about."""
    column: int
    """Its first cell."""
    cells: int
    url: str = ""
    """Where a link or a picture leads."""
    symbol: str = ""
    """The ticker or sector of a badge."""
    is_original: bool = False
    is_rest: bool = False
    """Whether it is the ``+12`` behind the badges."""
    is_fold: bool = False
    """Whether it folds and unfolds the related articles."""


def targets(article: Article, rows: Sequence[tuple[Spot, Line]]) -> list[Target]:
    """What can be opened on ``rows``."""
    original = len(article.manuscript.parts) - 1 if article.manuscript.original else -1
    is_original_told = False
    found: list[Target] = []
    for row, (spot, line) in enumerate(rows):
        for column, cells, text, role in _placed(line, article.form.ambiguous):
            if role == "link-number" and (number := _NUMBER.match(text)):
                url = article.manuscript.url(int(number[1])) or ""
                found.append(Target(row, column, cells, url))
            elif role == "badge-more":
                found.append(Target(row, column, cells, is_rest=True))
            elif role.startswith("badge-") and text.startswith("["):
                symbol = badge_at(article, spot, column) or ""
                found.append(Target(row, column, cells, symbol=symbol))
            elif role == "mark" and article.is_fold(spot):
                found.append(Target(row, column, cells, is_fold=True))
            elif role == "link" and spot.part == original and not is_original_told:
                is_original_told = True
                url = article.manuscript.original or ""
                found.append(Target(row, column, cells, url, is_original=True))
    return [
        target
        for target in found
        if target.url or target.symbol or target.is_rest or target.is_fold
    ]


def _placed(line: Line, ambiguous: int) -> Iterator[tuple[int, int, str, str]]:
    """The spans of a line, each with its first cell and its cells."""
    column = 0
    for text, role in line:
        cells = width_of(text, ambiguous)
        yield column, cells, text, role
        column += cells
