"""READ: the bytes of a file become a Post, a Failure or a Skipped. Imports no other room."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path

from finews_tui.posts.card import Card, card_of
from finews_tui.posts.clean import clean_block, clean_text
from finews_tui.posts.dates import SHANGHAI
from finews_tui.posts.frontmatter import parse_zone
from finews_tui.posts.heading import TIME_UNKNOWN, key_of
from finews_tui.posts.merge import merge, merge_cards
from finews_tui.posts.model import Failure, Image, Kind, Link, Mention, Post, Skipped, Ticker, Trust
from finews_tui.posts.parse import parse
from finews_tui.posts.split import safe_url

__all__ = [
    "SHANGHAI",
    "TIME_UNKNOWN",
    "Card",
    "Failure",
    "Image",
    "Kind",
    "Link",
    "Mention",
    "Post",
    "Skipped",
    "Ticker",
    "Trust",
    "card_of",
    "clean_block",
    "clean_text",
    "key_of",
    "merge",
    "merge_cards",
    "parse",
    "parse_zone",
    "safe_url",
    "skim",
    "to_markdown",
]


def skim(
    path: Path, data: bytes, *, root: Path | None = None, zone: tzinfo = SHANGHAI
) -> Card | Failure | Skipped | None:
    """The card of the file at ``path``, or None where only ``parse`` can tell."""
    # Imported late: its regular expressions take long to compile, and only the indexer needs it.
    from finews_tui.posts import skimming

    return skimming.skim(path, data, root=root, zone=zone)


def to_markdown(html: str) -> str:
    """The Markdown of a cleaned body, ``Post.html``; see ``markdown.py``."""
    # Imported late: html2text is only needed when a post is opened, never while indexing.
    from finews_tui.posts import markdown

    return markdown.to_markdown(html)
