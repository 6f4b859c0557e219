"""What stands in a body, before anybody asks how wide the screen is: the kinds of blocks.

``markup.py`` reads them, ``typeset.py`` lays them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from finews_tui.page.line import Span, plain
from finews_tui.posts import Link

Runs = tuple[Span, ...]
"""The text of a block with its roles; ``\\n`` in it is a line end of the author's."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    runs: Runs
    level: int


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that stands alone."""

    alt: str
    url: str
    number: int


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code, its lines as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, whose rows are of one length; the first one is its head, see ``head_of``."""

    rows: tuple[tuple[Runs, ...], ...]
    left: frozenset[tuple[int, int]] = frozenset()
    """The places (row, column) that belong to the cell to the left of them; they are empty."""
    above: frozenset[tuple[int, int]] = frozenset()
    """The places that belong to the cell above them."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation and the blocks in it."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list: the number of its first item (None: bullets) and the blocks of each item."""

    start: int | None
    items: tuple[tuple[Block, ...], ...]


Block = Paragraph | Heading | Picture | Code | Rule | Table | Quote | Items


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of a body; the link with number n is ``links[n - 1]``."""

    blocks: tuple[Block, ...]
    links: tuple[Link, ...]


_SIZE = re.compile(r"_w(\d+)h(\d+)", re.ASCII)


def picture_text(url: str) -> str:
    """``▣ 图`` and the size in pixels, where upstream wrote it into the address."""
    size = _SIZE.search(url)
    return f"▣ 图 {size[1]}×{size[2]}" if size else "▣ 图"


def texts(blocks: Sequence[Block]) -> Iterator[str]:
    """The text inside ``blocks``, piece by piece; link numbers and pictures are none."""
    for block in blocks:
        match block:
            case Paragraph(runs) | Heading(runs):
                yield text_of(runs)
            case Table(rows=rows):
                for row in rows:
                    yield from map(text_of, row)
            case Quote(inner):
                yield from texts(inner)
            case Items(_, items):
                for item in items:
                    yield from texts(item)
            case Code(text):
                yield text
            case Picture() | Rule():
                pass


def text_of(runs: Runs) -> str:
    """The characters of ``runs`` that the author wrote."""
    if len(runs) == 1:
        return runs[0][0]
    return plain(tuple(span for span in runs if span[1] != "link-number"))
