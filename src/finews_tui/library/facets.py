"""Counts posts and unread posts under every heading of the category tree.

Unread counts are totals less the read ones, and the read ones are counted from the marks: what a
person has read is less than what an archive holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Literal, NamedTuple

from finews_tui.library import days
from finews_tui.library.query import Filter, Query
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

_MARKETS = {
    "SH": "Shanghai",
    "SZ": "Shenzhen",
    "BJ": "Beijing",
    "HK": "Hong Kong",
    "US": "US",
}
_READ = "marks CROSS JOIN posts ON posts.key = marks.key AND marks.read_at IS NOT NULL"


class Facet(NamedTuple):
    """One node of the category tree."""

    label: str
    query: str
    """The text form of the Query that lists its posts; empty for all, and for mere headings."""
    total: int
    unread: int
    group: str = ""
    """The market's name, for tickers."""


def facets(connection: sqlite3.Connection, kind: FacetKind, within: str = "") -> list[Facet]:
    """Return the nodes below one heading, in the order in which the tree shows them.

    ``within`` is a year for ``months``, and a month such as ``2022-05`` for ``days``.
    """
    counts = _Counts(connection)
    match kind:
        case "views":
            return _views(counts)
        case "sections":
            return _sections(counts)
        case "markets":
            return _markets(counts)
        case "sources":
            return _labels(counts, "source", "source", counts.by("posts", "posts.source"))
        case "categories":
            return _labels(counts, "category", "cat", counts.by("post_labels", "post_labels.label"))
        case "tickers":
            return _tickers(counts, lambda kind: kind != Kind.SECTOR)
        case "sectors":
            return _tickers(counts, lambda kind: kind == Kind.SECTOR)
        case "years" | "months" | "days":
            return _dates(counts, {"years": 10_000, "months": 100, "days": 1}[kind], within)


_Pairs = dict[int, tuple[int, int]]
"""Total and unread by number."""


class _Counts:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def by(self, table: str, group: str, where: str = "1") -> _Pairs:
        """Count the posts of ``table`` by the expression ``group``."""
        join = "" if table == "posts" else f"CROSS JOIN {table} ON {table}.post = posts.id"
        condition = f"WHERE {group} IS NOT NULL AND {where} GROUP BY 1"
        read = dict(
            self.connection.execute(f"SELECT {group}, count(*) FROM {_READ} {join} {condition}")
        )
        totals = self.connection.execute(f"SELECT {group}, count(*) FROM {table} {condition}")
        return {number: (total, total - read.get(number, 0)) for number, total in totals}

    def posts_of(self, group: str, where: str) -> dict[str, tuple[int, int]]:
        """Count the posts that mention any ticker, each once, by the expression ``group``."""
        tables = "mentions JOIN tickers ON tickers.id = mentions.ticker"
        read = dict(
            self.connection.execute(
                f"SELECT {group}, count(DISTINCT posts.id) FROM {_READ} "
                "CROSS JOIN mentions ON mentions.post = posts.id "
                f"CROSS JOIN tickers ON tickers.id = mentions.ticker WHERE {where} GROUP BY 1"
            )
        )
        totals = self.connection.execute(
            f"SELECT {group}, count(DISTINCT mentions.post) FROM {tables} WHERE {where} GROUP BY 1"
        )
        return {label: (total, total - read.get(label, 0)) for label, total in totals}

    def one(self, source: str) -> int:
        number: int = self.connection.execute(f"SELECT count(*) FROM {source}").fetchone()[0]
        return number


def _views(counts: _Counts) -> list[Facet]:
    total = counts.one("posts")
    unread = total - counts.one(_READ)
    starred = "marks CROSS JOIN posts ON posts.key = marks.key AND marks.starred_at IS NOT NULL"
    return [
        Facet("All", "", total, unread),
        Facet("Unread", "is:unread", unread, unread),
        _today(counts),
        Facet(
            "Starred",
            "is:starred",
            counts.one(starred),
            counts.one(f"{starred} AND marks.read_at IS NULL"),
        ),
    ]


def _sections(counts: _Counts) -> list[Facet]:
    """Return the headings; a post counts once below each, however many tickers it names."""
    named = counts.posts_of("iif(tickers.kind = 'sector', 'Sectors', 'Tickers')", "1")
    sourced, dated = counts.connection.execute(
        "SELECT count(source), count(day) FROM posts"
    ).fetchone()
    read_sourced, read_dated = counts.connection.execute(
        f"SELECT count(posts.source), count(posts.day) FROM {_READ}"
    ).fetchone()
    return [
        Facet("Sources", "", sourced, sourced - read_sourced),
        Facet("Tickers", "", *named.get("Tickers", (0, 0))),
        Facet("Sectors", "", *named.get("Sectors", (0, 0))),
        Facet("Dates", "", dated, dated - read_dated),
    ]


def _markets(counts: _Counts) -> list[Facet]:
    """Return the markets of the tickers, a post once in each of its markets."""
    cases = " ".join(f"WHEN '.{suffix}' THEN '{label}'" for suffix, label in _MARKETS.items())
    group = f"CASE substr(tickers.symbol, -3) {cases} ELSE 'Other' END"
    found = counts.posts_of(group, "tickers.kind <> 'sector'")
    return [Facet(label, "", *pair) for label, pair in found.items()]


def _today(counts: _Counts) -> Facet:
    """Return the archive's newest day; of an archive without dates, today, on which nothing is."""
    newest = counts.connection.execute("SELECT max(day) FROM posts").fetchone()[0]
    if newest is None:
        return Facet("Today", "since:today", 0, 0)
    total, unread = counts.by("posts", "posts.day", f"posts.day = {newest}")[newest]
    return Facet("Today", _on(newest), total, unread)


def _on(number: int) -> str:
    text = days.text_of(number)
    return str(Query((Filter("since", text), Filter("until", text))))


def _labels(counts: _Counts, kind: str, field: str, pairs: _Pairs) -> list[Facet]:
    rows = counts.connection.execute("SELECT id, text FROM labels WHERE kind = ?", (kind,))
    found = [
        Facet(text, str(Query.of(field, text)), *pairs[number])
        for number, text in rows
        if number in pairs
    ]
    return sorted(found, key=_most_first)


def _tickers(counts: _Counts, is_wanted: Callable[[str], bool]) -> list[Facet]:
    pairs = counts.by("mentions", "mentions.ticker")
    rows = counts.connection.execute("SELECT id, symbol, kind, name FROM badges")
    found = [
        Facet(
            f"{name} {symbol}" if name else symbol,
            str(Query.of("ticker", symbol)),
            *pairs[number],
            group=_MARKETS.get(symbol.rpartition(".")[2], "Other") if kind != Kind.SECTOR else "",
        )
        for number, symbol, kind, name in rows
        if number in pairs and is_wanted(kind)
    ]
    return sorted(found, key=_most_first)


def _dates(counts: _Counts, unit: int, within: str) -> list[Facet]:
    where = "1"
    if within:
        number = int(within.replace("-", ""))
        span = 10_000 if number < 10_000 else 100
        where = f"posts.day >= {number * span} AND posts.day < {(number + 1) * span}"
    pairs = counts.by("posts", f"posts.day / {unit}", where)
    return [
        Facet(days.text_of(number), _on(number), *pairs[number])
        for number in sorted(pairs, reverse=True)
    ]


def _most_first(facet: Facet) -> tuple[int, str]:
    return -facet.total, facet.label
