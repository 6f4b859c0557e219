"""How a reader likes articles to be set: the one value that all of the page's rooms are handed."""

from __future__ import annotations

from dataclasses import dataclass

MEASURE = 76
"""The widest line of text, in cells: 38 Chinese characters."""


@dataclass(frozen=True, slots=True)
class Typography:
    """Measures in terminal cells and in lines; the defaults are those of the reader."""

    measure: int = MEASURE
    """The widest line of text."""
    ambiguous: int = 1
    """The cells of East Asian Ambiguous characters, such as “ ” … — ①: 1 or 2."""
