"""Numbers the names that posts are filed under, and counts what posts call their tickers."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from finews_tui.library.tokens import fold
from finews_tui.library.work import Naming

_MARK = "mark"
"""The trust of a mark of upstream's."""


class Labels:
    """Sources, categories, tags, tickers and their names in an open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._labels: dict[tuple[str, str], int] = {}
        self._tickers: dict[str, int] = {}
        self._names: dict[tuple[int, str], int] = {}
        self._counts: dict[int, list[int]] = {}

    def label(self, kind: str, text: str) -> int:
        """Return the number of a source, category or tag."""
        known = self._labels.get((kind, text))
        if known is None:
            known = self._labels[kind, text] = self._number(
                "labels", {"kind": kind, "text": text}, {"folded": fold(text)}
            )
        return known

    def naming(self, naming: Naming) -> tuple[int, int | None]:
        """Return the numbers of a ticker and of the name that a new post gives it."""
        symbol, market, kind, text, trust = naming
        ticker = self._tickers.get(symbol)
        if ticker is None:
            ticker = self._tickers[symbol] = self._number(
                "tickers", {"symbol": symbol}, {"market": market, "kind": kind}
            )
        if text is None:
            return ticker, None
        name = self._names.get((ticker, text))
        if name is None:
            name = self._names[ticker, text] = self._number(
                "names", {"ticker": ticker, "text": text}, {"folded": fold(text)}
            )
        self._count(name, trust, 1)
        return ticker, name

    def drop(self, post: int) -> None:
        """Take what a post calls its tickers from the counts."""
        for name, trust in self._connection.execute(
            "SELECT name, trust FROM mentions WHERE post = ? AND name IS NOT NULL", (post,)
        ):
            self._count(name, trust, -1)

    def write_counts(self) -> None:
        """Write down what was counted since the last time."""
        self._connection.executemany(
            "UPDATE names SET marks = marks + ?, others = others + ? WHERE id = ?",
            ((marks, others, name) for name, (marks, others) in self._counts.items()),
        )
        self._counts.clear()

    def _count(self, name: int, trust: str, step: int) -> None:
        self._counts.setdefault(name, [0, 0])[trust != _MARK] += step

    def _number(
        self, table: str, identity: Mapping[str, str | int], facts: Mapping[str, str]
    ) -> int:
        """Return the id of the row of ``identity``, which is made where it is missing."""
        where = " AND ".join(f"{name} = ?" for name in identity)
        row = self._connection.execute(
            f"SELECT id FROM {table} WHERE {where}", tuple(identity.values())
        ).fetchone()
        if row is None:
            values = {**identity, **facts}
            row = self._connection.execute(
                f"INSERT INTO {table} ({', '.join(values)}) "
                f"VALUES ({', '.join('?' * len(values))}) RETURNING id",
                tuple(values.values()),
            ).fetchone()
        number: int = row[0]
        return number
