"""Makes Headlines of ids: everything that a list row shows, without opening a file."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from finews_tui.lean import NamedTuple
from finews_tui.posts import Kind


class Badge(NamedTuple):
    """An instrument as a list shows it."""

    symbol: str
    name: str | None
    """What most posts of the archive call it."""
    market: str
    """Upstream's market number."""
    kind: Kind


class Headline(NamedTuple):
    """What one row of a list needs, and of a ``search``."""

    id: int
    key: str
    path: Path
    """The file that the body comes from."""
    copies: tuple[Path, ...]
    title: str
    published: datetime | None
    source: str | None
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    tickers: tuple[Badge, ...]
    """Of the trust levels chart, mark and text, in order of first appearance."""
    sectors: tuple[Badge, ...]
    url: str | None
    is_read: bool
    is_starred: bool

    @property
    def names(self) -> dict[str, str]:
        """What posts call its tickers and sectors, by symbol, though this one may not."""
        badges = (*self.tickers, *self.sectors)
        return {badge.symbol: badge.name for badge in badges if badge.name}


_POSTS = """
SELECT posts.id, posts.key, posts.path, posts.title, posts.published, labels.text,
       posts.categories, posts.tags, posts.url,
       ifnull(marks.read_at, 0) > 0, ifnull(marks.starred_at, 0) > 0
FROM posts LEFT JOIN labels ON labels.id = posts.source LEFT JOIN marks ON marks.key = posts.key
WHERE posts.id IN (SELECT value FROM json_each(?))
"""
_COPIES = """
SELECT post, path FROM files WHERE post IN (SELECT value FROM json_each(?)) ORDER BY post, place
"""
_BADGES = """
SELECT mentions.post, badges.symbol, badges.name, badges.market, badges.kind
FROM mentions JOIN badges ON badges.id = mentions.ticker
WHERE mentions.post IN (SELECT value FROM json_each(?)) ORDER BY mentions.post, mentions.place
"""


def headlines(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Headline]:
    """Return the headlines of ``ids`` in their order; a post that is gone meanwhile is left out."""
    wanted = (json.dumps(list(ids)),)
    copies: dict[int, list[Path]] = {}
    for post, path in connection.execute(_COPIES, wanted):
        copies.setdefault(post, []).append(Path(os.fsdecode(path)))
    badges: dict[int, list[Badge]] = {}
    for post, symbol, name, market, kind in connection.execute(_BADGES, wanted):
        badges.setdefault(post, []).append(Badge(symbol, name, market, Kind(kind)))
    found: dict[int, Headline] = {}
    for row in connection.execute(_POSTS, wanted):
        number, key, path, title, published, source, categories, tags, url, is_read, is_starred = (
            row
        )
        main = Path(os.fsdecode(path))
        own = badges.get(number, [])
        found[number] = Headline(
            id=number,
            key=key,
            path=main,
            copies=tuple(copies.get(number, [main])),
            title=title,
            published=None if published is None else datetime.fromisoformat(published),
            source=source,
            categories=tuple(json.loads(categories)),
            tags=tuple(json.loads(tags)),
            tickers=tuple(badge for badge in own if badge.kind is not Kind.SECTOR),
            sectors=tuple(badge for badge in own if badge.kind is Kind.SECTOR),
            url=url,
            is_read=bool(is_read),
            is_starred=bool(is_starred),
        )
    return [found[number] for number in ids if number in found]
