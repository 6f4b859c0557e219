"""Counts the tickers and sectors that the posts of an answer name."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from finews_tui.library.listing import Listing
from finews_tui.library.rows import Badge
from finews_tui.posts import Kind


@dataclass(frozen=True, slots=True)
class TickerCount:
    """One ticker or sector, and the posts that name it."""

    badge: Badge
    posts: int
    last: datetime | None
    """When the newest of them was published, where one has a date."""


# With max(), SQLite takes the other columns from the row that has the maximum.
_COUNTS = """
SELECT symbol, name, market, kind, posts, published FROM
    (SELECT mentions.ticker, count(*) AS posts, max(posts.epoch) AS epoch, posts.published
     FROM mentions CROSS JOIN posts ON posts.id = mentions.post
     WHERE substr(?, mentions.post + 1, 1) = x'01' GROUP BY mentions.ticker) AS found
JOIN badges ON badges.id = found.ticker ORDER BY posts DESC, epoch DESC, symbol
"""


def ticker_counts(connection: sqlite3.Connection, listing: Listing) -> list[TickerCount]:
    """Return the tickers and sectors of the listed posts, those with most posts first."""
    if not listing:
        return []
    chosen = bytearray(max(listing) + 1)
    for post in listing:
        chosen[post] = 1
    return [
        TickerCount(
            Badge(symbol, name, market, Kind(kind)),
            posts,
            None if published is None else datetime.fromisoformat(published),
        )
        for symbol, name, market, kind, posts, published in connection.execute(
            _COUNTS, (bytes(chosen),)
        )
    ]
