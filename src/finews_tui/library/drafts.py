"""Drafts the rows of an article: all that a worker can do so that the one writer need not."""

from __future__ import annotations

from datetime import datetime, tzinfo

from finews_tui.library.days import number_of
from finews_tui.library.tokens import fold
from finews_tui.library.work import Draft, Naming
from finews_tui.posts import Card


def draft(card: Card, zone: tzinfo) -> Draft:
    """Return the rows of ``card`` in an archive whose days go by ``zone``."""
    published = card.published
    mentions = (mention for mention in (*card.tickers, *card.sectors) if mention.trust.counts)
    namings = {
        ticker.symbol: Naming(
            ticker.symbol, ticker.market, ticker.kind.value, ticker.name or None, trust.value
        )
        for ticker, trust, _ in mentions
    }
    return Draft(
        key=card.key,
        path=card.path,
        copies=card.copies,
        title=card.title,
        folded=fold(card.title),
        published=None if published is None else published.isoformat(),
        epoch=None if published is None else int(published.timestamp()),
        day=None if published is None else day_in(published, zone),
        source=card.source,
        categories=card.categories,
        tags=card.tags,
        url=card.url,
        images=card.images,
        tables=card.tables,
        namings=tuple(namings.values()),
    )


def day_in(published: datetime, zone: tzinfo) -> int:
    """Return the day of a moment in ``zone``, as the index keeps it."""
    try:
        return number_of(published.astimezone(zone).date())
    except OverflowError:  # the first or last day that a calendar can name
        return number_of(published.date())
