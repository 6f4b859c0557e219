"""Lists what is asked for without words: the posts by time, the first screen before the rest."""

from __future__ import annotations

import sqlite3
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from operator import itemgetter
from time import monotonic

from finews_tui.library.conditions import Ask, condition, filed_under
from finews_tui.library.flags import CHOSEN
from finews_tui.library.listing import Listing
from finews_tui.library.query import Filter, Query
from finews_tui.library.verifying import is_text

_INSTALMENT = 0.25
"""Seconds between two states of an answer that is still being listed."""
_CHUNK = 4_096
Bound = tuple[str, list[object]]
"""A condition in SQL and its values."""


def can_browse(query: Query) -> bool:
    """Whether ``query`` asks for posts by what the catalogue knows of them, each part by itself."""
    return all(isinstance(part, Filter) and not is_text(part) for part in query.conditions)


def browse(
    connection: sqlite3.Connection, ask: Ask, query: Query, today: date, first: int
) -> Iterator[Listing]:
    """Yield the answer as it grows: ``first`` posts as soon as they are known, last all."""
    filters = [part for part in query.conditions if isinstance(part, Filter)]
    bounds = [condition(part, ask, today) for part in filters]
    rows = _newest_first(connection, bounds)
    found = array("I", map(itemgetter(0), islice(rows, first)))
    is_more = len(found) == first
    if is_more:
        yield Listing(found)
        # The first statement goes on: as long as it does, the index is seen as it was then.
        rest = rows
        quicker = [_looked_up(*pair, ask) for pair in zip(filters, bounds, strict=True)]
        if quicker != bounds:
            rest = _newest_first(connection, quicker)
            deque(islice(rest, first), maxlen=0)
    due = monotonic() + _INSTALMENT
    while is_more:
        before = len(found)
        found.extend(map(itemgetter(0), islice(rest, _CHUNK)))
        is_more = len(found) == before + _CHUNK
        if is_more and monotonic() >= due:
            yield Listing(found)
            due = monotonic() + _INSTALMENT
    yield Listing(found)


def _newest_first(connection: sqlite3.Connection, bounds: Sequence[Bound]) -> sqlite3.Cursor:
    where = " AND ".join(f"({sql})" for sql, _ in bounds) or "1"
    return connection.execute(
        f"SELECT posts.id FROM posts WHERE {where} ORDER BY posts.epoch DESC, posts.key DESC",
        [value for _, values in bounds for value in values],
    )


def _looked_up(filter: Filter, bound: Bound, ask: Ask) -> Bound:
    """Where many posts are filed under something, look these up at once rather than one by one."""
    if not bound[0].startswith("EXISTS") or (under := filed_under(filter, ask)) is None:
        return bound
    ids = array("I", map(itemgetter(0), ask(under, ())))
    chosen = bytearray(max(ids) + 1)
    for post in ids:
        chosen[post] = 1
    return CHOSEN, [bytes(chosen)]
