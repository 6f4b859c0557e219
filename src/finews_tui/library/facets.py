"""Tells the posts and unread posts under every heading of the category tree.

Nothing is counted here: the index keeps the totals (``counts.py``), and ``unread.py`` knows what of
them is read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from finews_tui.lean import Literal, NamedTuple
from finews_tui.library import days
from finews_tui.library.counts import MARKET_NAMES, SECTIONS, WHOLE, Heading, Node, market_of
from finews_tui.library.flags import READ, STARRED, Flags
from finews_tui.library.query import Filter, Query
from finews_tui.library.unread import Unread
from finews_tui.posts import Kind

FacetKind = Literal[
    "views",
    "sections",
    "sources",
    "tickers",
    "markets",
    "sectors",
    "years",
    "months",
    "days",
    "categories",
]
"""What can be counted: the headings of the category tree, and what stands below each."""


class Facet(NamedTuple):
    """One node of the category tree."""

    label: str
    query: str
    """The text form of the Query that lists its posts; empty for all, and for mere headings."""
    total: int | None
    unread: int | None
    """None, as of the total of what is unread or starred: not known yet."""
    group: str = ""
    """The market's name, for tickers."""


def facets(
    connection: sqlite3.Connection, kind: FacetKind, within: str, flags: Flags, unread: Unread
) -> list[Facet]:
    """Return the nodes below one heading, in the order in which the tree shows them.

    ``within`` is a year for ``months``, and a month such as ``2022-05`` for ``days``. Has to be
    said inside a transaction in which ``unread`` has followed what changed.
    """
    counts = _Counts(connection, unread.read)
    match kind:
        case "views":
            return _views(counts, flags)
        case "sections":
            return _named(counts, "section", SECTIONS)
        case "markets":
            return [facet for facet in _named(counts, "market", MARKET_NAMES) if facet.total]
        case "sources":
            return _labels(counts, "source", "source")
        case "categories":
            return _labels(counts, "category", "cat")
        case "tickers":
            return _tickers(counts, f"<> '{Kind.SECTOR}'")
        case "sectors":
            return _tickers(counts, f"= '{Kind.SECTOR}'")
        case "years" | "months" | "days":
            return _dates(counts, {"years": 10_000, "months": 100, "days": 1}[kind], within)


class _Count(NamedTuple):
    """What stands below one node."""

    total: int = 0
    unread: int | None = None


class _Counts:
    def __init__(self, connection: sqlite3.Connection, read: Mapping[Node, int] | None) -> None:
        self.connection = connection
        self._read = read

    def of(self, kind: Heading) -> dict[int, _Count]:
        """Return the counts of all nodes of a kind that have posts."""
        return {
            number: self._count(Node(kind, number), total)
            for number, total in self.connection.execute(
                "SELECT node, posts FROM counts WHERE kind = ? AND posts > 0", (kind,)
            )
        }

    def one(self, node: Node) -> _Count:
        """Return the count of one node."""
        row = self.connection.execute(
            "SELECT posts FROM counts WHERE kind = ? AND node = ?", node
        ).fetchone()
        return self._count(node, row[0] if row else 0)

    def _count(self, node: Node, total: int) -> _Count:
        return _Count(total, None if self._read is None else total - self._read.get(node, 0))


def _views(counts: _Counts, flags: Flags) -> list[Facet]:
    whole = counts.one(WHOLE)
    starred = unread = None
    if flags.is_loaded:
        unread = flags.count(STARRED)
        starred = unread + flags.count(STARRED | READ)
    return [
        Facet("All", "", *whole),
        Facet("Unread", "is:unread", whole.unread, whole.unread),
        _today(counts),
        Facet("Starred", "is:starred", starred, unread),
    ]


def _named(counts: _Counts, kind: Heading, names: Sequence[str]) -> list[Facet]:
    """Return nodes that have a name of ours; a post counts once for each, however many tickers."""
    return [Facet(name, "", *counts.one(Node(kind, number))) for number, name in enumerate(names)]


def _today(counts: _Counts) -> Facet:
    """Return the archive's newest day; of an archive without dates, today, on which nothing is."""
    newest = counts.connection.execute("SELECT max(day) FROM posts").fetchone()[0]
    if newest is None:
        return Facet("Today", "since:today", 0, 0)
    return Facet("Today", _on(newest), *counts.one(Node("day", newest)))


def _on(number: int) -> str:
    text = days.text_of(number)
    return str(Query((Filter("since", text), Filter("until", text))))


def _labels(counts: _Counts, kind: Heading, field: str) -> list[Facet]:
    known = counts.of(kind)
    rows = counts.connection.execute("SELECT id, text FROM labels WHERE kind = ?", (kind,))
    found = [
        (-known[number].total, Facet(text, str(Query.of(field, text)), *known[number]))
        for number, text in rows
        if number in known
    ]
    return _most_first(found)


def _tickers(counts: _Counts, which: str) -> list[Facet]:
    known = counts.of("ticker")
    rows = counts.connection.execute(
        f"SELECT id, symbol, kind, name FROM badges WHERE kind {which}"
    )
    found = [
        (
            -known[number].total,
            Facet(
                f"{name} {symbol}" if name else symbol,
                str(Query.of("ticker", symbol)),
                *known[number],
                group="" if kind == Kind.SECTOR else market_of(symbol),
            ),
        )
        for number, symbol, kind, name in rows
        if number in known
    ]
    return _most_first(found)


def _dates(counts: _Counts, unit: int, within: str) -> list[Facet]:
    span = 1
    bound = 0
    if within:
        bound = int(within.replace("-", ""))
        span = 10_000 if bound < 10_000 else 100
    found: dict[int, list[_Count]] = {}
    for day, count in counts.of("day").items():
        if not within or day // span == bound:
            found.setdefault(day // unit, []).append(count)
    return [
        Facet(days.text_of(number), _on(number), *_sum(found[number]))
        for number in sorted(found, reverse=True)
    ]


def _sum(counts: Sequence[_Count]) -> _Count:
    unread = [count.unread for count in counts if count.unread is not None]
    known = sum(unread) if len(unread) == len(counts) else None
    return _Count(sum(count.total for count in counts), known)


def _most_first(found: list[tuple[int, Facet]]) -> list[Facet]:
    return [facet for _, facet in sorted(found, key=lambda pair: (pair[0], pair[1].label))]
