"""Which tickers the posts of an answer name, how many of them, and the newest: all are counted."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from math import inf

import pytest

from finews_tui.library import Query
from finews_tui.library.mentioned import _FEW
from finews_tui.posts import Post

from .conftest import Shelf
from .oracle import mentions_of

QUERIES = [
    "",
    "茅台",
    "is:read",
    "-is:read",
    "until:20w",
    "since:20w",
    "source:TechWeb",
    "ticker:600519",
    "title:没有日期的",
    "sort:relevance 茅台",
    "没有这个词",
]


@pytest.mark.parametrize("query", QUERIES)
def test_it_counts_what_one_counts(shelf: Shelf, query: str) -> None:
    asked = Query.parse(query)
    posts = shelf.oracle.search(asked)
    assert told(shelf, asked) == counted([p for p in shelf.oracle.posts if p.key in posts])


def test_each_post_alone_and_the_newest_ones(shelf: Shelf) -> None:
    listing = shelf.library.search(Query())
    by_day = sorted({p.published.date() for p in shelf.oracle.posts if p.published})
    sizes = set()
    for day in by_day[::4]:
        for query in (f"since:{day}", f"until:{day}", f"since:{day} until:{day}"):
            asked = Query.parse(query)
            found = shelf.oracle.search(asked)
            sizes.add(_FEW * len(found) < len(listing))
            assert told(shelf, asked) == counted([p for p in shelf.oracle.posts if p.key in found])
    assert sizes == {True, False}, "post by post, and all at once"


def told(shelf: Shelf, query: Query) -> list[tuple[str, int, datetime | None]]:
    counts = shelf.library.tickers(query)
    return [(count.badge.symbol, count.posts, count.last) for count in counts]


def counted(posts: list[Post]) -> list[tuple[str, int, datetime | None]]:
    counts = Counter(m.ticker.symbol for post in posts for m in mentions_of(post))
    newest: dict[str, datetime] = {}
    for post in posts:
        for mention in mentions_of(post):
            symbol = mention.ticker.symbol
            if post.published and (symbol not in newest or post.published > newest[symbol]):
                newest[symbol] = post.published
    found = [(symbol, count, newest.get(symbol)) for symbol, count in counts.items()]
    return sorted(found, key=lambda f: (-f[1], -f[2].timestamp() if f[2] else inf, f[0]))
