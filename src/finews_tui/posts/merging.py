"""Makes one post of the copies that upstream wrote of one article (FORMAT.md section 2)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from finews_tui.posts.card import Card, card_of
from finews_tui.posts.model import NO_TITLE, Post
from finews_tui.posts.naming import stem_of


class _Choice(NamedTuple):
    """From which copy each part is taken, as numbers of the copies."""

    order: tuple[int, ...]
    """All, as ``copies`` lists them."""
    marked: tuple[int, ...]
    """All, those with a body and marks first."""
    head: int
    titled: int
    dated: int
    sourced: int
    linked: int

    @property
    def body(self) -> int:
        """The copy whose body and tickers are taken."""
        return self.marked[0]


def merge(copies: Sequence[Post]) -> Post:
    """The post of ``copies``, which share a key; at least one.

    Title, date, source, categories and tags come from the copy that has them, the NW copy first;
    digest, body and tickers from the em copy that has a body; the link from the em copy before
    the NW copy. The order of ``copies`` does not matter.
    """
    if len(copies) == 1:
        return copies[0]
    choice = _choose(list(map(card_of, copies)))
    body, head, titled = copies[choice.body], copies[choice.head], copies[choice.titled]
    dated = copies[choice.dated]
    digests = (copies[place].digest for place in choice.marked)
    return replace(
        body,
        copies=tuple(copies[place].path for place in choice.order),
        title=titled.title,
        published=dated.published,
        categories=head.categories,
        tags=head.tags,
        source=copies[choice.sourced].source,
        url=copies[choice.linked].url,
        digest=next((digest for digest in digests if digest is not None), None),
        problems=_problems(body, titled, dated),
    )


def merge_cards(copies: Sequence[Card]) -> Card:
    """The card of the post that ``merge`` makes of the copies of which these are the cards."""
    if len(copies) == 1:
        return copies[0]
    choice = _choose(copies)
    head, titled, dated = copies[choice.head], copies[choice.titled], copies[choice.dated]
    return copies[choice.body]._replace(
        copies=tuple(copies[place].path for place in choice.order),
        title=titled.title,
        published=dated.published,
        categories=head.categories,
        tags=head.tags,
        source=copies[choice.sourced].source,
        url=copies[choice.linked].url,
        lacks_title=titled.lacks_title,
        lacks_date=dated.lacks_date,
    )


def _choose(copies: Sequence[Card]) -> _Choice:
    is_nw = ["NW" in stem_of(card.path)[-20:] for card in copies]
    is_old = [f"{os.sep}old_post{os.sep}" in f"{os.sep}{card.path}" for card in copies]
    is_broken = [card.lacks_title or card.lacks_date for card in copies]
    order = sorted(range(len(copies)), key=lambda at: (is_old[at], copies[at].path))
    news = sorted(order, key=lambda at: (not is_nw[at], is_broken[at]))
    marked = sorted(order, key=lambda at: (not copies[at].has_body, is_nw[at], is_broken[at]))
    titled = _first(news, lambda at: not copies[at].lacks_title)
    return _Choice(
        order=tuple(order),
        marked=tuple(marked),
        head=titled if is_broken[news[0]] else news[0],
        titled=titled,
        dated=_first(
            news, lambda at: copies[at].published is not None and not copies[at].lacks_date
        ),
        sourced=_first(news, lambda at: copies[at].source is not None),
        linked=_first(
            [at for at in marked if copies[at].url] or marked[:1], lambda at: not is_nw[at]
        ),
    )


def _problems(body: Post, titled: Post, dated: Post) -> tuple[str, ...]:
    """The problems that are left when the best copy of each field was taken."""
    kept = [p for p in body.problems if not p.startswith((NO_TITLE, "The date", "The time"))]
    kept += [p for p in titled.problems if p.startswith(NO_TITLE)]
    kept += [p for p in dated.problems if p.startswith(("The date", "The time"))]
    return tuple(dict.fromkeys(kept))


def _first(places: Iterable[int], test: Callable[[int], bool]) -> int:
    places = list(places)
    return next(filter(test, places), places[0])
