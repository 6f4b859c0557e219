"""Counts the tickers and sectors that the posts of an answer name."""

from __future__ import annotations

import json
import math
import sqlite3
import sys
from array import array
from datetime import datetime

from finews_tui.lean import NamedTuple
from finews_tui.library.listing import Listing
from finews_tui.library.rows import Badge
from finews_tui.posts import Kind


class TickerCount(NamedTuple):
    """One ticker or sector, and the posts that name it."""

    badge: Badge
    posts: int
    last: datetime | None
    """When the newest of them was published, where one has a date."""


# Both give the first row of each ticker: in a number, or in bytes that are ordered like it.
_BY_POST = """
SELECT ticker, count(*), min(asked.key) FROM json_each(?) AS asked
CROSS JOIN mentions ON mentions.post = asked.value GROUP BY ticker
"""
_BY_TICKER = """
SELECT ticker, count(*), min(substr(?1, 4 * post + 1, 4)) FROM mentions
WHERE 4 * post < length(?1) AND substr(?1, 4 * post + 1, 4) < x'FFFFFFFF' GROUP BY ticker
"""
_BADGES = """
SELECT badges.id, symbol, name, market, kind, published, epoch FROM json_each(?) AS asked
CROSS JOIN badges ON badges.id = asked.value ->> 0 JOIN posts ON posts.id = asked.value ->> 1
"""
_NOWHERE = 0xFFFFFFFF
_FEW = 16
"""An answer of one in so many posts is looked up post by post."""


def ticker_counts(connection: sqlite3.Connection, listing: Listing) -> list[TickerCount]:
    """Return the tickers and sectors of the listed posts, those with most posts first.

    The listing is by time: so a ticker's newest post is the one that comes first in it.
    """
    if not listing:
        return []
    if _FEW * len(listing) < max(listing):
        asked = json.dumps(list(listing))
        rows = connection.execute(_BY_POST, (asked,)).fetchall()
    else:
        found = connection.execute(_BY_TICKER, (_rows_by_id(listing),))
        rows = [(ticker, posts, int.from_bytes(row, "big")) for ticker, posts, row in found]
    posts = {ticker: count for ticker, count, _ in rows}
    newest = json.dumps([(ticker, listing[row]) for ticker, _, row in rows])
    counts = [
        (
            epoch,
            TickerCount(
                Badge(symbol, name, market, Kind(kind)),
                posts[ticker],
                None if published is None else datetime.fromisoformat(published),
            ),
        )
        for ticker, symbol, name, market, kind, published, epoch in connection.execute(
            _BADGES, (newest,)
        )
    ]
    counts.sort(key=_order)
    return [count for _, count in counts]


def _order(found: tuple[int | None, TickerCount]) -> tuple[int, float, str]:
    epoch, count = found
    return -count.posts, math.inf if epoch is None else -epoch, count.badge.symbol


def _rows_by_id(listing: Listing) -> bytes:
    """Return for each id the row of its post, as four bytes that compare like the number."""
    rows = array("I", [_NOWHERE]) * (max(listing) + 1)
    for row, post in enumerate(listing):
        rows[post] = row
    if sys.byteorder == "little":
        rows.byteswap()
    return rows.tobytes()
