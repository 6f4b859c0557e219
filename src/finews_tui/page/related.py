"""The line under which the articles at the end of an article are folded: ``相关报道 · 5 ▸``."""

from __future__ import annotations

from collections.abc import Iterable

from finews_tui.page.blocks import Block, Heading, Items, Paragraph
from finews_tui.page.line import Span

_OF_A_LINK = frozenset({"link", "link-number"})


def folding(heading: Heading, others: Iterable[object], *, is_folded: bool) -> Block:
    """The heading above the blocks ``others`` as it stands: how many, and whether they are shown.

    What is added to its text is a mark, which no search finds. Folded, it has no hairline.
    """
    count = sum(map(_articles, others))
    told = f" · {count}" if count else ""
    mark: Span = (f"{told} ▸" if is_folded else f"{told} ▾", "mark")
    runs = (*heading.runs, mark)
    return Paragraph(runs) if is_folded else Heading(runs, 3)


def _articles(block: object) -> int:
    """How many articles ``block`` names: a paragraph or an item that is nothing but a link."""
    if isinstance(block, Items):
        return sum(_articles(inner) for item in block.items for inner in item)
    if not isinstance(block, Paragraph):
        return 0
    return bool(block.runs) and all(role in _OF_A_LINK for text, role in block.runs if text.strip())
