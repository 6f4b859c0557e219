"""Writes articles into the index, a batch in one transaction; owns what the rows of an article are.

New rows are gathered and written at once, and what workers can do has been done: this is the one
place that a million posts go through one by one.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from finews_tui.library.counts import Counts, Node
from finews_tui.library.drafts import day_in
from finews_tui.library.files import is_code
from finews_tui.library.keys import assign
from finews_tui.library.labels import Labels
from finews_tui.library.shelves import Shelves
from finews_tui.library.work import Articles, Draft

_Row = tuple[Any, ...]
_COLUMNS = (
    "id key bare path title folded published epoch day source categories tags url images tables"
).split()
_INSERT = f"INSERT INTO posts ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_UPDATE = (
    f"UPDATE posts SET {', '.join(f'{name} = ?{at}' for at, name in enumerate(_COLUMNS, 1))}, "
    "is_pending = 1 WHERE id = ?1"
)
_LAST = "last post"
"""The name under which the greatest id that was ever used is kept."""


class Changes(NamedTuple):
    """How many posts were added, rewritten and removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0


class _Batch:
    """The rows of a transaction that are still to be written."""

    def __init__(self) -> None:
        self.new: list[_Row] = []
        self.changed: list[_Row] = []
        self.filed: list[tuple[int, int]] = []
        self.mentions: list[_Row] = []
        self.entries: list[_Row] = []
        self.gone: list[_Row] = []
        self.shelves: set[tuple[int, int]] = set()
        self.keys: set[str] = set()


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
        self._labels = Labels(connection)
        self._counts = Counts(connection)
        self._batch = _Batch()
        self.shelves = Shelves(connection)
        self.changes = Changes()
        row = connection.execute("SELECT value FROM meta WHERE name = ?", (_LAST,)).fetchone()
        self._before = self._last = int(row[0]) if row else 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; what is said inside is on the disk afterwards, or never was."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._counts.write()
        except BaseException:
            self._counts.forget()
            self._connection.rollback()
            raise
        self._connection.execute("COMMIT")

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Remember facts about the whole archive."""
        self._connection.executemany(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            values.items(),
        )

    def write_all(self, batch: Sequence[Articles]) -> None:
        """Replace all that is known under the keys of ``batch`` by it, in one transaction."""
        self._batch = _Batch()
        with self.transaction():
            for articles in batch:
                self._add(articles)
            self._write()

    def remove_orphans(self) -> None:
        """Remove posts of which no file is left."""
        orphans = self._connection.execute(
            "SELECT id FROM posts WHERE id NOT IN (SELECT post FROM entries WHERE post IS NOT NULL)"
        ).fetchall()
        for (number,) in orphans:
            self._remove(number)
        self._labels.write_counts()
        self._note(0, 0, len(orphans))

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
        days = [(day_in(datetime.fromisoformat(text), self._zone), number) for number, text in rows]
        self._connection.executemany("UPDATE posts SET day = ? WHERE id = ?", days)
        self._counts.write_anew()

    def _note(self, added: int, changed: int, removed: int) -> None:
        before = self.changes
        self.changes = Changes(
            before.added + added, before.changed + changed, before.removed + removed
        )

    def _add(self, articles: Articles) -> None:
        bare, _, _, posts, old = articles
        held, ids = self._held(old) if old else ({}, {})
        if not held and not self._carried and len(posts) == 1 and is_code(bare):
            keys = [bare]  # nothing but this article can have it
        else:
            keys = assign(posts, held, self._carried, self._roots, self._is_taken)
        added = changed = 0
        places: dict[str, tuple[int | None, int]] = {}
        for post, key in zip(posts, keys, strict=True):
            number = ids.pop(key, None)
            if number is None:
                added += 1
                number = self._last = self._last + 1
                self._batch.keys.add(key)
                self._batch.new.append(self._row(number, key, bare, post))
                self._counts.enter(self._relate(post, number))
            else:
                changed += number <= self._before
                before = self._counts.nodes_of(number)
                self._remove_relations(number)
                self._batch.changed.append(self._row(number, key, bare, post))
                self._counts.move(number, before, self._relate(post, number))
            places.update((path, (number, at)) for at, path in enumerate(post.copies))
        self._add_entries(articles, places)
        for number in ids.values():
            self._remove(number)
        self._note(added, changed, len(ids))

    def _held(self, old: Sequence[_Row]) -> tuple[dict[str, str], dict[str, int]]:
        """Return the keys that files have in the index by path, and the posts by key."""
        numbers = sorted({post for _, post in old if post is not None})
        marks = ", ".join("?" * len(numbers))
        keys = dict(
            self._connection.execute(f"SELECT id, key FROM posts WHERE id IN ({marks})", numbers)
        )
        held = {path: keys[post] for path, post in old if post in keys}
        return held, {key: number for number, key in keys.items()}

    def _is_taken(self, key: str) -> bool:
        row = self._connection.execute("SELECT 1 FROM posts WHERE key = ?", (key,)).fetchone()
        return row is not None or key in self._batch.keys

    def _row(self, number: int, key: str, bare: str, post: Draft) -> _Row:
        return (
            number,
            key,
            None if key == bare else bare,
            os.fsencode(post.path),
            post.title,
            post.folded,
            post.published,
            post.epoch,
            post.day,
            None if post.source is None else self._labels.label("source", post.source),
            _json(post.categories),
            _json(post.tags),
            post.url,
            post.images,
            post.tables,
        )

    def _relate(self, post: Draft, number: int) -> set[Node]:
        """File a post under its names; returns the nodes that it comes under."""
        label = self._labels.label
        categories = {label("category", text) for text in post.categories}
        tags = {label("tag", text) for text in post.tags}
        named = [self._labels.naming(naming) for naming in post.namings]
        self._batch.filed += [(found, number) for found in categories | tags]
        self._batch.mentions += [
            (ticker, name, number, place, naming.trust)
            for place, (naming, (ticker, name)) in enumerate(zip(post.namings, named, strict=True))
        ]
        source = None if post.source is None else label("source", post.source)
        return self._counts.nodes(source, post.day, categories, [ticker for ticker, _ in named])

    def _add_entries(self, articles: Articles, posts: Mapping[str, tuple[int | None, int]]) -> None:
        day = articles.day
        batch = self._batch
        for path, size, mtime_ns, zone, failure, skipped in articles.files:
            folder, _, name = path.rpartition("/")
            number = self.shelves.folder(folder or "/", zone)
            batch.shelves.add((number, day))
            post, place = posts.get(path, (None, 0))
            batch.entries.append(
                (number, day, os.fsencode(name), size, mtime_ns, post, place, failure, skipped)
            )
        if articles.old:
            there = {reading.path for reading in articles.files}
            for path, _ in articles.old:
                if path not in there:
                    folder, _, name = path.rpartition("/")
                    number = self.shelves.folder(folder or "/", "")
                    batch.shelves.add((number, day))
                    batch.gone.append((number, day, os.fsencode(name)))

    def _write(self) -> None:
        write = self._connection.executemany
        batch = self._batch
        write(_INSERT, batch.new)
        write(_UPDATE, batch.changed)
        write("INSERT INTO post_labels VALUES (?, ?)", sorted(batch.filed))
        write(
            "INSERT INTO mentions (ticker, name, post, place, trust) VALUES (?, ?, ?, ?, ?)",
            sorted(batch.mentions, key=itemgetter(0, 2)),
        )
        write("DELETE FROM entries WHERE folder = ? AND day = ? AND name = ?", batch.gone)
        write("REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", batch.entries)
        self._labels.write_counts()
        self.shelves.touch(batch.shelves)
        self.set_meta({_LAST: str(self._last)})

    def _remove(self, number: int) -> None:
        self._counts.move(number, self._counts.nodes_of(number), set())
        self._remove_relations(number)
        self._connection.execute("DELETE FROM posts WHERE id = ?", (number,))

    def _remove_relations(self, number: int) -> None:
        self._labels.drop(number)
        self._connection.execute("DELETE FROM post_labels WHERE post = ?", (number,))
        self._connection.execute("DELETE FROM mentions WHERE post = ?", (number,))


@lru_cache(maxsize=4096)
def _json(texts: tuple[str, ...]) -> str:
    return json.dumps(texts, ensure_ascii=False)
