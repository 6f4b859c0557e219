"""Collects the tickers of one post: order of first appearance, best trust, number of marks."""

from __future__ import annotations

from dataclasses import dataclass, field

from finews_tui.posts.model import Kind, Mention, Ticker, Trust

_ORDER = {trust: rank for rank, trust in enumerate(Trust)}


@dataclass(slots=True)
class Mentions:
    """The tickers met so far, one entry a symbol."""

    _found: dict[str, Mention] = field(default_factory=dict)

    def add(self, ticker: Ticker, trust: Trust) -> None:
        """Count one mark; the first name wins, and the best trust."""
        known = self._found.get(ticker.symbol)
        if known is None:
            self._found[ticker.symbol] = Mention(ticker, trust, 1)
            return
        best = min(known.trust, trust, key=_ORDER.__getitem__)
        # A name from a mark is better than one from a false (weak) mark; a chart has none.
        named = known.ticker
        if ticker.name and (named.name is None or _ORDER[trust] < _ORDER[known.trust]):
            named = named._replace(name=ticker.name)
        self._found[ticker.symbol] = Mention(named, best, known.times + 1)

    def tickers(self) -> tuple[Mention, ...]:
        """All but sectors."""
        return tuple(m for m in self._found.values() if m.ticker.kind is not Kind.SECTOR)

    def sectors(self) -> tuple[Mention, ...]:
        """Boards only."""
        return tuple(m for m in self._found.values() if m.ticker.kind is Kind.SECTOR)
