"""The outline of an article over the panes: its headings, to go to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from finews_tui.page.blocks import Heading
from finews_tui.page.cells import printable
from finews_tui.page.line import Line, Spot, plain
from finews_tui.tui.likeness import best
from finews_tui.tui.picker import Picker, row_of

if TYPE_CHECKING:
    from finews_tui.page import Article


class Section(NamedTuple):
    """A heading."""

    text: str
    level: int
    """1 to 6."""
    spot: Spot
    percent: int
    """How much of the article stands above it, of 100."""
    marks: Sequence[int] = ()
    """Which characters of the text were typed."""


def sections(article: Article) -> list[Section]:
    """The headings of ``article``, from the top."""
    parts = article.manuscript.parts
    found: list[Section] = []
    for spot in article.headings:
        block = parts[spot.part].block
        if isinstance(block, Heading):
            above = article.manuscript.places[spot.part]
            percent = round(100 * above / article.length) if article.length else 0
            text = " ".join(printable(plain(block.runs)).split())
            found.append(Section(text, block.level, spot, percent))
    return found


class Outline(Picker[Section]):
    """Chooses a heading; the one that is read now is selected first."""

    otherwise = "No heading fits."

    def __init__(self, found: Sequence[Section], here: Spot) -> None:
        super().__init__("heading: ")
        self._sections = found
        self._here = here
        self._least = min(section.level for section in found)

    def fitting(self, typed: str) -> Sequence[Section]:
        """The headings that fit, in their order while nothing is typed."""
        if not typed:
            return self._sections
        named = [(section.text, section) for section in self._sections]
        return [section._replace(marks=marks) for section, marks in best(typed, named)]

    def first(self) -> int:
        """The last heading that is not below the top of the pane."""
        above = [n for n, section in enumerate(self._sections) if section.spot <= self._here]
        return above[-1] if above else 0

    def row_line(self, value: Section, width: int) -> Line:
        """The heading, set in by its depth, and how far down it stands."""
        indent = "  " * min(value.level - self._least, 3)
        marks = [mark + len(indent) for mark in value.marks]
        return row_of(indent + value.text, ((f"{value.percent} %", "dim"),), width, marks=marks)
