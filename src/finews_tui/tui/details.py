"""Everything that is known about one post and how it was found: the ``i`` of the reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from finews_tui.page.line import Line, Role
from finews_tui.page.wrap import wrap_text
from finews_tui.posts.model import Mention, Post, Trust
from finews_tui.tui.bindings import Keymap
from finews_tui.tui.sheet import Pages

HOW: dict[Trust, str] = {
    Trust.CHART: "chart in the text",
    Trust.MARK: "marked in the text",
    Trust.TEXT: "code written out in the text",
    Trust.WEAK: "only a weak mark, often wrong: not counted",
    Trust.RELATED: "only in related articles: not counted",
}
"""How a ticker was found, in words."""

_COLUMN = 12


def details_lines(post: Post, width: int, zone: tzinfo) -> list[Line]:
    """The front matter, the tickers with their trust, the copies and what was repaired."""
    lines: list[Line] = []
    for label, values in _facts(post, zone):
        lines += _fact(label, values, width)
    for heading, mentions in (("Tickers", post.tickers), ("Sectors", post.sectors)):
        if mentions:
            lines += [(), ((heading, "heading"),)]
            for mention in mentions:
                lines += _mention(mention, width)
    files = [str(path) for path in post.copies]
    for heading, texts in (("Files", files), ("Repaired", list(post.problems))):
        if texts:
            lines += [(), ((heading, "heading"),)]
            for text in texts:
                lines += wrap_text(text, width, "text")
    return lines


def _facts(post: Post, zone: tzinfo) -> Iterator[tuple[str, Sequence[str]]]:
    when = post.published
    yield "title", [post.title]
    yield "published", [when.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S %z") if when else "—"]
    yield "source", [post.source or "—"]
    yield "categories", [" › ".join(post.categories) or "—"]
    yield "tags", [", ".join(post.tags) or "—"]
    yield "key", [post.key]
    yield "original", [post.url or "—"]
    yield "digest", [post.digest or "—"]
    yield "images", [str(len(post.images))]
    yield "tables", [str(post.tables)]
    yield "links", [str(len(post.links))]


def _fact(label: str, values: Sequence[str], width: int) -> list[Line]:
    rows: list[Line] = []
    for value in values:
        for line in wrap_text(value, max(8, width - _COLUMN), "text"):
            rows.append(((label.ljust(_COLUMN), "dim"), *line))
            label = ""
    return rows


def _mention(mention: Mention, width: int) -> list[Line]:
    ticker = mention.ticker
    name = f"{ticker.name} " if ticker.name else ""
    times = "once" if mention.times == 1 else f"{mention.times} times"
    role: Role = "text" if mention.trust.counts else "dim"
    text = f"{name}{ticker.symbol} · {ticker.kind} · {HOW[mention.trust]} · {times}"
    return wrap_text(text, width, role)


class Details(Pages):
    """The details of one post over the panes."""

    def __init__(self, post: Post, keymap: Keymap, zone: tzinfo) -> None:
        super().__init__("Details", keymap, closing=("details",))
        self._post = post
        self._zone = zone

    def lines(self, width: int) -> Sequence[Line]:
        """What is known about the post."""
        return details_lines(self._post, width, self._zone)
