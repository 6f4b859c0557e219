"""Cuts from a text the piece that shows why a post was found, its hits marked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from finews_tui.library.query import Query
from finews_tui.library.records import Record
from finews_tui.library.tokens import composed, folded_words, hits

Snippet = tuple[tuple[str, bool], ...]
"""Pieces of text, each with whether it is a hit; one line."""

_ELLIPSIS = "…"
_LONG = 4
"""A text of so many characters a cell is not measured: nothing but a flood of accents fits."""
_BEFORE = 4
"""One part of so many of the width stands before the first hit."""


def snippet(record: Record, query: Query, width: int) -> Snippet:
    """Return at most ``width`` cells of a text around the first hit of the words of ``query``.

    A hit in the digest or the body comes before one in the title, which the list shows anyway.
    Without any hit it is how the text begins; empty where there is no text.
    """
    words = folded_words(query.words)
    title, digest, body = record.text
    beginning = ""
    for field in (digest, body, title):
        line = " ".join(field.split())
        if words and (found := hits(line, words, record.is_plain)):
            return _cut(line, found, width)
        beginning = beginning or line
    return _cut(beginning, [], width) if beginning else ()


def occurrences(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where ``words`` of a query stand in ``text``, as a search compares them, in order.

    None in a text that is not composed, which hardly any is: places are told for composed ones.
    """
    wanted = folded_words(tuple(words))
    return hits(text, wanted) if wanted and composed(text) == text else []


def _cut(text: str, found: Sequence[tuple[int, int]], width: int) -> Snippet:
    if width < 1:
        return ()
    start, stop = 0, len(text)
    # A long text is cut anyway; to measure all of it would take longer than all the rest.
    if len(text) > _LONG * width or _cells(text) > width:
        # One cell at each end is for an ellipsis.
        start = _back(text, found[0][0] if found else 0, width // _BEFORE)
        stop = _forth(text, start, width - 1 - (start > 0))
        if stop == len(text):
            start = _back(text, stop, width - 1)
    pieces = _pieces(text, found, start, stop)
    before = [(_ELLIPSIS, False)] if start else []
    after = [(_ELLIPSIS, False)] if stop < len(text) else []
    return tuple((*before, *pieces, *after))


def _back(text: str, at: int, room: int) -> int:
    """Return how far back from ``at`` the text fits into ``room`` cells."""
    while at and (room := room - _cells_of(text[at - 1])) >= 0:
        at -= 1
    return at


def _forth(text: str, at: int, room: int) -> int:
    while at < len(text) and (room := room - _cells_of(text[at])) >= 0:
        at += 1
    return at


def _pieces(
    text: str, found: Sequence[tuple[int, int]], start: int, stop: int
) -> Iterator[tuple[str, bool]]:
    at = start
    for first, end in found:
        first, end = max(first, start), min(end, stop)
        if first >= end:
            continue
        if at < first:
            yield text[at:first], False
        yield text[first:end], True
        at = end
    if at < stop:
        yield text[at:stop], False


def _cells(text: str) -> int:
    """Return the cells that ``text`` takes, ambiguous characters counted as one."""
    return sum(map(_cells_of, text))


def _cells_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
