"""Laying out: (Post | Headline, width) → lines of (text, role). Pure functions, no terminal."""

from typing import TYPE_CHECKING

from finews_tui.page.cells import cut, pad, printable, split_at, width_of
from finews_tui.page.headline import badges_of, heading_of, headline_lines, title_of
from finews_tui.page.line import Line, Role, Span, plain

if TYPE_CHECKING:
    from finews_tui.page.article import Article, PlacedLink, layout

__all__ = [
    "Article",
    "Line",
    "PlacedLink",
    "Role",
    "Span",
    "badges_of",
    "cut",
    "heading_of",
    "headline_lines",
    "layout",
    "pad",
    "plain",
    "printable",
    "split_at",
    "title_of",
    "width_of",
]


def __getattr__(name: str) -> object:
    """The names of ``article.py``, loaded late: a list needs no Markdown parser."""
    if name in ("Article", "PlacedLink", "layout"):
        from finews_tui.page import article

        return getattr(article, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
