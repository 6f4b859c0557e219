"""What the page adds to a text and takes from it: thin gaps, indents, marks beyond the right edge.

A terminal has no half cells to give away, so compression and hanging are questions of the right
edge alone, and gaps and indents are blanks of a role of their own, ``gap``: whoever takes text out
of lines leaves those out. docs/typography.md gives the reasons.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from finews_tui.page.cells import width_of
from finews_tui.page.line import Line, Span

HANGING = frozenset("。，、．")
"""The marks that may stand beyond the measure: small ones, which leave the edge clear. clreq 3.1.6
and JLREQ 3.8.2 let full stops and commas hang."""
COMPRESSED = HANGING | frozenset("；：）》」』】〉〕〗〙〛］｝＞”’")
"""The marks whose right half is blank where they take two cells."""

GAP: Span = (" ", "gap")
"""A thin gap; also alone on the lines between the lines of a paragraph."""

_HAN = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_GAP_PLACE = re.compile(
    rf"(?<=[{_HAN}])(?=[A-Za-z0-9\u00c0-\u024f]|[$€£¥+±−-]\d)"
    rf"|(?<=[A-Za-z0-9\u00c0-\u024f%‰℃])(?=[{_HAN}])"
)


class Edge(NamedTuple):
    """How far marks may reach beyond the end of a line, in cells of the margin."""

    hanging: int = 0
    """``。，、``."""
    compression: int = 0
    """The blank half of any other full-width closing mark."""


FLUSH = Edge()
"""Nothing does: in table cells, and where there is no margin."""


def overhang(text: str, start: int, end: int, edge: Edge, ambiguous: int) -> int:
    """How many cells the line from ``start`` to ``end`` may be too wide, by its last mark.

    Behind a full-width mark a narrow quote takes the blank half of that one: ``。”`` is no wider
    than two cells and the quote's ink.
    """
    last = text[end - 1] if end > start else ""
    if last in HANGING:
        return max(edge)
    if last not in COMPRESSED:
        return 0
    if width_of(last, ambiguous) == 2 or (end - 2 >= start and text[end - 2] in COMPRESSED):
        return edge.compression
    return 0


def gap_places(text: str) -> list[int]:
    """The offsets between Chinese and Latin letters or digits, ascending."""
    return [found.start() for found in _GAP_PLACE.finditer(text)]


def with_gaps(line: Line, start: int, gaps: Sequence[int]) -> Line:
    """``line``, whose text begins at offset ``start``, with thin gaps at the offsets inside it."""
    spaced: list[Span] = []
    left = iter(gaps)
    gap = next(left, None)
    at = start
    for text, role in line:
        done, end = at, at + len(text)
        while gap is not None and gap < end:
            if gap > start:
                if gap > done:
                    spaced.append((text[done - at : gap - at], role))
                spaced.append(GAP)
                done = gap
            gap = next(left, None)
        if done < end:
            spaced.append((text[done - at :], role))
        at = end
    return tuple(spaced)


def without_gaps(line: Line) -> Line:
    """``line`` without what this room added: the text of its author."""
    return tuple(span for span in line if span[1] != "gap")
