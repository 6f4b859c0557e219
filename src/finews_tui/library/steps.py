"""Finds the next row of a listing that is unread, starred, of another day or of a ticker."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import compress

from finews_tui.library.conditions import Ask, tickers_of
from finews_tui.library.flags import HAS_STARRED, NOT_READ, Flags
from finews_tui.library.listing import Listing

_FIRST_CHUNK = 64
_LAST_CHUNK = 8_192
"""Few enough rows that other threads can go on every half millisecond."""


def find_next(
    connection: sqlite3.Connection,
    listing: Listing,
    row: int,
    what: str,
    step: int,
    flags: Flags,
    ask: Ask,
) -> int | None:
    """Return the nearest row after (``step`` 1) or before (-1) ``row``, or None.

    ``what`` is ``unread``, ``starred``, ``day`` or ``ticker:`` with what may follow that in a
    query; ``day`` finds the first row of the next or of the previous day. ``flags`` are up to date.
    """
    kind, _, text = what.partition(":")
    match kind:
        case "day":
            return _next_day(connection, listing, row, step)
        case "unread":
            wanted = flags.content.translate(NOT_READ)
        case "starred":
            wanted = flags.content.translate(HAS_STARRED)
        case "ticker":
            wanted = bytearray(len(flags.content))
            numbers = ", ".join(map(str, tickers_of(text, ask)))
            for (post,) in connection.execute(
                f"SELECT post FROM mentions WHERE ticker IN ({numbers})"
            ):
                wanted[post] = 1
        case _:
            raise ValueError(f"nothing is found by {what!r}")
    for rows in _chunks(listing, row, step):
        marks = map(wanted.__getitem__, listing[_slice(rows)])
        if (found := next(compress(rows, marks), None)) is not None:
            return found
    return None


def _next_day(connection: sqlite3.Connection, listing: Listing, row: int, step: int) -> int | None:
    if not 0 <= row < len(listing):
        return None
    if listing.is_by_time:
        return _next_day_by_halves(connection, listing, row, step)
    own = _days(connection, [listing[row]]).get(listing[row])
    target: int | None = None
    other: int | None = None
    for rows in _chunks(listing, row, step):
        days = _days(connection, listing[_slice(rows)])
        for near in rows:
            day = days.get(listing[near])
            if target is None:
                if day != own:
                    target, other = near, day
                    if step > 0:
                        return target
            elif day == other:
                target = near
            else:
                return target
    return target


def _next_day_by_halves(
    connection: sqlite3.Connection, listing: Listing, row: int, step: int
) -> int | None:
    """Find the day in a listing of which the newest comes first, and what has no date last."""

    def age(row: int) -> int:
        for near in range(row, len(listing)):  # a post may be gone meanwhile
            if found := _days(connection, [listing[near]]):
                return -(found[listing[near]] or 0)
        return 0

    rows = range(len(listing))
    if step > 0:
        found = bisect_right(rows, age(row), lo=row, key=age)
        return found if found < len(listing) else None
    first = bisect_left(rows, age(row), hi=row, key=age)
    return bisect_left(rows, age(first - 1), hi=first - 1, key=age) if first else None


def _days(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, int | None]:
    return dict(
        connection.execute(
            "SELECT id, day FROM posts WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
    )


def _chunks(listing: Listing, row: int, step: int) -> Iterator[range]:
    """Go away from ``row`` in ever longer strides: the nearest match is mostly near."""
    size = _FIRST_CHUNK
    start = row + step
    while 0 <= start < len(listing):
        stop = min(len(listing), start + size) if step > 0 else max(-1, start - size)
        yield range(start, stop, step)
        start, size = stop, min(_LAST_CHUNK, size * 2)


def _slice(rows: range) -> slice:
    return slice(rows.start, rows.stop if rows.stop >= 0 else None, rows.step)
