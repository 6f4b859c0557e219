"""Writes articles into the index; owns what the rows of an article are."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import NamedTuple

from finews_tui.library.days import number_of
from finews_tui.library.keys import assign
from finews_tui.library.reading import Articles
from finews_tui.library.tokens import fold
from finews_tui.posts import Card, Mention


class Known(NamedTuple):
    """What the index remembers of a file."""

    size: int
    mtime_ns: int
    zone: str
    bare: str


class Changes(NamedTuple):
    """How many posts were added, rewritten and removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def plus(self, added: int, changed: int, removed: int) -> Changes:
        """Return the sum."""
        return Changes(self.added + added, self.changed + changed, self.removed + removed)


class Store:
    """One open index and the writing of it; ``zone`` is that of the archive, which days go by."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        zone: tzinfo,
        carried: Mapping[str, str],
        roots: Sequence[str],
    ) -> None:
        self._connection = connection
        self._zone = zone
        self._carried = carried
        self._roots = roots
        self._labels: dict[tuple[str, str], int] = {}
        self._tickers: dict[str, int] = {}
        self._names: dict[tuple[int, str], int] = {}
        self.changes = Changes()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; what is said inside is on the disk afterwards, or never was."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self._connection.execute("COMMIT")

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Remember facts about the whole archive."""
        self._connection.executemany(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            values.items(),
        )

    def write(self, articles: Articles) -> None:
        """Replace all that is known under the bare key by ``articles``."""
        before = self._before(articles.bare)
        held = {path: key for path, (key, _) in before.items() if key}
        keys = assign(articles.posts, held, self._carried, self._roots, self._is_taken)
        kept: dict[str, tuple[int, int]] = {}
        old = {post for _, post in before.values() if post is not None}
        added = 0
        for post, key in zip(articles.posts, keys, strict=True):
            number = self._write_post(post, key)
            if number in old:
                self._remove_relations(number)
            else:
                added += 1
            self._write_relations(post, number)
            old.discard(number)
            kept.update((path, (number, i)) for i, path in enumerate(post.copies))
        self._write_files(articles, kept)
        gone = before.keys() - {reading.path for reading in articles.files}
        self._connection.executemany(
            "DELETE FROM files WHERE path = ?", ((os.fsencode(path),) for path in gone)
        )
        for number in old:
            self._remove_post(number)
        self.changes = self.changes.plus(added, len(keys) - added, len(old))

    def write_all(self, batch: Sequence[Articles]) -> None:
        """Write a batch in one transaction."""
        with self.transaction():
            for articles in batch:
                self.write(articles)

    def known_files(self) -> dict[str, Known]:
        """Return what the index remembers of each file, by path."""
        rows = self._connection.execute("SELECT path, size, mtime_ns, zone, bare FROM files")
        return {os.fsdecode(row[0]): Known(*row[1:]) for row in rows}

    def remove_orphans(self) -> None:
        """Remove posts of which no file is left."""
        orphans = self._connection.execute(
            "SELECT id FROM posts WHERE id NOT IN (SELECT post FROM files WHERE post IS NOT NULL)"
        ).fetchall()
        for (number,) in orphans:
            self._remove_post(number)
        self.changes = self.changes.plus(0, 0, len(orphans))

    def sweep(self) -> None:
        """Remove labels that no post has any more, lest they hide those of similar name."""
        if self.changes.changed or self.changes.removed:
            with self.transaction():
                self._connection.execute(
                    "DELETE FROM labels "
                    "WHERE NOT EXISTS (SELECT 1 FROM posts WHERE posts.source = labels.id) "
                    "AND NOT EXISTS (SELECT 1 FROM post_labels WHERE label = labels.id)"
                )

    def move_days(self) -> None:
        """Put every post under the day that it has in the archive's zone."""
        rows = self._connection.execute("SELECT id, published FROM posts WHERE epoch IS NOT NULL")
        days = [(self._day(datetime.fromisoformat(text)), number) for number, text in rows]
        self._connection.executemany("UPDATE posts SET day = ? WHERE id = ?", days)

    def _before(self, bare: str) -> dict[str, tuple[str | None, int | None]]:
        rows = self._connection.execute(
            "SELECT files.path, posts.key, posts.id FROM files LEFT JOIN posts "
            "ON posts.id = files.post WHERE files.bare = ?",
            (bare,),
        )
        return {os.fsdecode(path): (key, post) for path, key, post in rows}

    def _is_taken(self, key: str) -> bool:
        row = self._connection.execute("SELECT 1 FROM posts WHERE key = ?", (key,)).fetchone()
        return row is not None

    def _write_files(self, articles: Articles, posts: Mapping[str, tuple[int, int]]) -> None:
        self._connection.executemany(
            "INSERT INTO files (path, size, mtime_ns, zone, bare, post, place, failure, skipped) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET "
            "(size, mtime_ns, zone, bare, post, place, failure, skipped) = (excluded.size, "
            "excluded.mtime_ns, excluded.zone, excluded.bare, excluded.post, excluded.place, "
            "excluded.failure, excluded.skipped)",
            (
                (
                    os.fsencode(reading.path),
                    reading.size,
                    reading.mtime_ns,
                    reading.zone,
                    articles.bare,
                    *posts.get(reading.path, (None, 0)),
                    reading.failure,
                    reading.skipped,
                )
                for reading in articles.files
            ),
        )

    def _write_post(self, post: Card, key: str) -> int:
        published = post.published
        row = self._connection.execute(
            "INSERT INTO posts (key, path, title, folded, published, epoch, day, source, "
            "categories, tags, url, images, tables) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (key) DO UPDATE SET (path, title, folded, published, epoch, day, source, "
            "categories, tags, url, images, tables, is_pending) = (excluded.path, excluded.title, "
            "excluded.folded, excluded.published, excluded.epoch, excluded.day, excluded.source, "
            "excluded.categories, excluded.tags, excluded.url, excluded.images, excluded.tables, "
            "1) RETURNING id",
            (
                key,
                os.fsencode(post.path),
                post.title,
                fold(post.title),
                None if published is None else published.isoformat(),
                None if published is None else int(published.timestamp()),
                None if published is None else self._day(published),
                None if post.source is None else self._label("source", post.source),
                json.dumps(post.categories, ensure_ascii=False),
                json.dumps(post.tags, ensure_ascii=False),
                post.url,
                post.images,
                post.tables,
            ),
        ).fetchone()
        number: int = row[0]
        return number

    def _write_relations(self, post: Card, number: int) -> None:
        filed = [("category", text) for text in post.categories]
        filed += [("tag", text) for text in post.tags]
        self._connection.executemany(
            "INSERT OR IGNORE INTO post_labels VALUES (?, ?)",
            ((self._label(kind, text), number) for kind, text in filed),
        )
        mentions = (mention for mention in (*post.tickers, *post.sectors) if mention.trust.counts)
        self._connection.executemany(
            "INSERT OR IGNORE INTO mentions (ticker, post, place, trust, name) "
            "VALUES (?, ?, ?, ?, ?)",
            self._mentions(mentions, number),
        )

    def _day(self, published: datetime) -> int:
        try:
            return number_of(published.astimezone(self._zone).date())
        except OverflowError:  # the first or last day that a calendar can name
            return number_of(published.date())

    def _mentions(
        self, mentions: Iterable[Mention], post: int
    ) -> Iterator[tuple[int, int, int, str, int | None]]:
        for place, mention in enumerate(mentions):
            ticker = self._ticker(mention)
            name = mention.ticker.name
            yield (
                ticker,
                post,
                place,
                mention.trust.value,
                self._name(ticker, name) if name else None,
            )

    def _remove_post(self, number: int) -> None:
        self._remove_relations(number)
        self._connection.execute("UPDATE files SET post = NULL WHERE post = ?", (number,))
        self._connection.execute("DELETE FROM posts WHERE id = ?", (number,))

    def _remove_relations(self, number: int) -> None:
        self._connection.execute("DELETE FROM post_labels WHERE post = ?", (number,))
        self._connection.execute("DELETE FROM mentions WHERE post = ?", (number,))

    def _label(self, kind: str, text: str) -> int:
        known = self._labels.get((kind, text))
        if known is None:
            known = self._labels[kind, text] = self._number(
                "labels", {"kind": kind, "text": text}, {"folded": fold(text)}
            )
        return known

    def _ticker(self, mention: Mention) -> int:
        ticker = mention.ticker
        known = self._tickers.get(ticker.symbol)
        if known is None:
            known = self._tickers[ticker.symbol] = self._number(
                "tickers",
                {"symbol": ticker.symbol},
                {"market": ticker.market, "kind": ticker.kind.value},
            )
        return known

    def _name(self, ticker: int, text: str) -> int:
        known = self._names.get((ticker, text))
        if known is None:
            known = self._names[ticker, text] = self._number(
                "names", {"ticker": ticker, "text": text}, {"folded": fold(text)}
            )
        return known

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
