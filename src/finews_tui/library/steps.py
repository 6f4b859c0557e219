"""Finds the next row of a listing that is unread, starred, of another day or of a ticker."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from finews_tui.library.conditions import READ, STARRED, Ask, tickers_of
from finews_tui.library.listing import Listing

_FIRST_CHUNK = 64
_LAST_CHUNK = 8_192


def find_next(
    connection: sqlite3.Connection, listing: Listing, row: int, what: str, step: int, ask: Ask
) -> int | None:
    """Return the nearest row after (``step`` 1) or before (-1) ``row``, or None.

    ``what`` is ``unread``, ``starred``, ``day`` or ``ticker:`` with what may follow that in a
    query; ``day`` finds the first row of the next or of the previous day.
    """
    kind, _, text = what.partition(":")
    match kind:
        case "day":
            return _next_day(connection, listing, row, step)
        case "unread":
            condition = f"posts.id NOT IN ({READ})"
        case "starred":
            condition = f"posts.id IN ({STARRED})"
        case "ticker":
            numbers = ", ".join(map(str, tickers_of(text, ask)))
            condition = f"posts.id IN (SELECT post FROM mentions WHERE ticker IN ({numbers}))"
        case _:
            raise ValueError(f"nothing is found by {what!r}")
    for rows in _chunks(listing, row, step):
        ids = json.dumps([listing[row] for row in rows])
        matching = {
            number
            for (number,) in connection.execute(
                "SELECT id FROM posts WHERE id IN (SELECT value FROM json_each(?)) "
                f"AND {condition}",
                (ids,),
            )
        }
        for near in rows:
            if listing[near] in matching:
                return near
    return None


def _next_day(connection: sqlite3.Connection, listing: Listing, row: int, step: int) -> int | None:
    if not 0 <= row < len(listing):
        return None
    own = _days(connection, [listing[row]]).get(listing[row])
    target: int | None = None
    other: int | None = None
    for rows in _chunks(listing, row, step):
        days = _days(connection, [listing[near] for near in rows])
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
