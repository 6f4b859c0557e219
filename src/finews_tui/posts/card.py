"""What a catalogue keeps of a post: enough for lists, filters and counts, without its text.

Cards travel between processes by the thousand, so they are tuples of plain values, and paths are
strings.
"""

from __future__ import annotations

import os
from datetime import datetime
from typing import NamedTuple

from finews_tui.posts.model import NO_DATE, NO_TITLE, Mention, Post


class Card(NamedTuple):
    """One file, or one article merged from its copies; what is not said here is as in a Post."""

    key: str
    path: str
    copies: tuple[str, ...]
    title: str
    published: datetime | None
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    source: str | None
    url: str | None
    tickers: tuple[Mention, ...]
    sectors: tuple[Mention, ...]
    images: int
    """How many content images there are."""
    tables: int
    has_body: bool
    """Whether anything is left of the body when it was cleaned."""
    lacks_title: bool
    """Whether ``title`` is a stand-in made of the text."""
    lacks_date: bool
    """Whether ``published`` was taken from the file's name, or from nowhere."""


def card_of(post: Post) -> Card:
    """The card of ``post``."""
    return Card(
        key=post.key,
        path=os.fspath(post.path),
        copies=tuple(map(os.fspath, post.copies)),
        title=post.title,
        published=post.published,
        categories=post.categories,
        tags=post.tags,
        source=post.source,
        url=post.url,
        tickers=post.tickers,
        sectors=post.sectors,
        images=len(post.images),
        tables=post.tables,
        has_body=bool(post.html),
        lacks_title=any(problem.startswith(NO_TITLE) for problem in post.problems),
        lacks_date=any(problem.startswith(NO_DATE) for problem in post.problems),
    )
