"""The door to an archive's index and marks: one open connection and the questions it answers.

Synchronous, and used by the thread that opened it; only ``interrupt`` may be called from another.
What few questions need is imported when it is needed: a search opens no file and counts no news.
"""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from datetime import date, datetime, tzinfo
from pathlib import Path

from finews_tui.errors import NotFoundError
from finews_tui.library import database, extent, lookup, rows
from finews_tui.library.listing import Listing
from finews_tui.library.marks import Marks
from finews_tui.library.patterns import Patterns
from finews_tui.library.places import folder_of
from finews_tui.library.query import Query
from finews_tui.library.records import Record
from finews_tui.library.rows import Headline
from finews_tui.library.searching import Search
from finews_tui.library.snippets import Snippet, snippet
from finews_tui.library.state import Change, State
from finews_tui.library.tokens import FOLDING, Folding, fold_by
from finews_tui.library.zones import zone_of
from finews_tui.posts import SHANGHAI

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import Any, Self

    from finews_tui.library.facets import Facet, FacetKind
    from finews_tui.library.mentioned import TickerCount
    from finews_tui.library.news import News
    from finews_tui.library.past import Past, Steps
    from finews_tui.library.sweeps import Field, Sweep
    from finews_tui.posts import Failure, Post

_CONTENT = "SELECT content FROM library.texts WHERE post = ?"
_KEYS = "SELECT key FROM posts WHERE id IN (SELECT value FROM json_each(?))"


class Library:
    """An open archive: what is in it, and what the person did with it."""

    def __init__(self, index: Path, state: State) -> None:
        self._index = index
        self._patterns = Patterns()
        meta = dict(state.connection.execute("SELECT name, value FROM library.meta"))
        self._marks = Marks(state, index, meta["identity"])
        self.folding = Folding.read(meta.get(FOLDING, ""))
        """What this index folds beyond the usual: traditional characters, where it does."""
        self._zone = zone_of(meta.get("zone", SHANGHAI.key))
        self._folders = [folder_of(Path(root)) for root in json.loads(meta.get("roots", "[]"))]

    @classmethod
    def open(cls, index: Path, state: Path, *, read_only_state: bool = False) -> Library:
        """Open an index for reading and the state database for marking.

        Raises LibraryError where the index is missing, damaged or of another version. A state
        database that cannot be used does no harm: see ``warnings``.
        """
        opened = State(state, read_only=read_only_state)
        try:
            database.attach_index(opened.connection, index)
            return cls(index, opened)
        except BaseException:
            opened.connection.close()
            raise

    def twin(self) -> Library | None:
        """Open the same again, for reading, in the thread that calls this; see ``open``.

        None where the marks are in no file that a second connection could read.
        """
        state = self._marks.state
        if not state.is_kept:
            return None
        return Library.open(self._index, state.file, read_only_state=True)

    def close(self) -> None:
        """Close the connection; nothing can be asked any more."""
        self._patterns.close()
        self._marks.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def interrupt(self) -> None:
        """Stop the question that another thread is asking: there, Interrupted is raised.

        A change of marks is never stopped, so a call that comes late does no harm.
        """
        self._marks.state.interrupt()

    # Facts

    @property
    def warnings(self) -> list[str]:
        """What the person should know about the state database, one sentence each."""
        return self._marks.state.warnings

    @property
    def keeps_marks(self) -> bool:
        """Whether marks are on the disk; else a warning says that they are forgotten at the end."""
        return self._marks.state.is_kept

    @property
    def zone(self) -> tzinfo:
        """The archive's zone, by which days go."""
        return self._zone

    @property
    def newest_day(self) -> date | None:
        """The day of the newest post that has a date."""
        return extent.newest_day(self._rows)

    @property
    def total(self) -> int:
        """The number of posts."""
        return extent.total(self._rows)

    @property
    def coverage(self) -> float:
        """The share of the posts whose full text can be searched, from 0 to 1."""
        return extent.coverage(self._rows)

    def failures(self) -> list[Failure]:
        """Return the files that could not be read, by path."""
        return extent.failures(self._rows)

    @property
    def news(self) -> News:
        """What has changed since one looked."""
        from finews_tui.library.news import News

        return News(self._index, self._rows, lambda: self._marks.state.version)

    def given_up(self, query: Query) -> list[str]:
        """Return the expressions of ``query`` that took too long with some post."""
        return [source for source in query.patterns if source in self._patterns.given_up]

    # Questions

    def search(self, query: Query) -> Listing:
        """List the posts that ``query`` asks for, the newest first and those without date last.

        With ``sort:relevance`` posts with the words in the title come first, then those with the
        words in the first paragraph. A post whose text is not indexed yet is found by its title.
        """
        return deque(self.search_pages(query), maxlen=1)[0]

    def search_pages(
        self, query: Query, first: int = 100, patience: float = 0.0
    ) -> Generator[Listing]:
        """Yield the answer to ``query`` as it grows: what ``search`` lists, while you type.

        The first Listing comes when ``first`` posts are known and ``patience`` seconds over, the
        last one is complete; each begins with the one before. Close it to give the question up.
        """
        fold_by(self.folding)
        today = datetime.now(self._zone).date()
        with self._speaking():
            self._marks.follow(is_needed=query.asks_for("is"))
            search = Search(self._connection, self._rows, query, today, self._patterns)
            for listing in search.pages(first, patience):
                listing.is_by_time = not (query.is_by_relevance and query.words)
                yield listing

    def headlines(self, ids: Sequence[int]) -> list[Headline]:
        """Return the headlines of ``ids`` in their order, without those that are gone meanwhile."""
        with self._speaking():
            return rows.headlines(self._connection, ids)

    def headline(self, key: str) -> Headline | None:
        """Return the headline of a key, or None."""
        return next(iter(self.headlines(lookup.by_key(key, self._rows))), None)

    def keys(self, ids: Sequence[int]) -> list[str]:
        """Return the keys of many posts, in no order: enough to mark them."""
        return [key for (key,) in self._rows(_KEYS, (json.dumps(list(ids)),))]

    def find(self, post: str) -> Headline:
        """Return the headline of a key or of the path of a copy; raises NotFoundError."""
        found = next(iter(self.headlines(lookup.by_name(post, self._rows))), None)
        if found is None:
            raise NotFoundError(
                f"no post has the key or path {post!r}; "
                "`finews-tui search --format tsv` lists the keys"
            )
        return found

    def post(self, headline: Headline) -> Post:
        """Read an article from its files as they are now, copies merged.

        Raises NotFoundError where they are gone and LibraryError where none can be read.
        """
        from finews_tui.library.originals import article

        return article(headline, self._folders)

    def snippet(self, post: Headline | Post, query: Query, width: int) -> Snippet:
        """Return the piece of a post, at most ``width`` cells, that shows why ``query`` found it.

        Raises LibraryError or NotFoundError where the text is not indexed and cannot be read.
        """
        fold_by(self.folding)
        if isinstance(post, Headline) and (found := self._rows(_CONTENT, (post.id,))):
            return snippet(Record.unpacked(found[0][0]), query, width)
        from finews_tui.posts.text import text_of

        text = text_of(self.post(post) if isinstance(post, Headline) else post)
        return snippet(Record.of(text), query, width)

    def facets(self, kind: FacetKind, within: str = "") -> list[Facet]:
        """Return the nodes under one heading of the category tree; see ``facets.py``.

        What of them is read may not be known yet: see ``count_on``.
        """
        with self._speaking():
            return self._marks.facets(kind, within)

    def count_on(self, seconds: float) -> bool:
        """Count what is unread for a while; returns whether all of it is known now."""
        with self._speaking():
            return self._marks.count_on(seconds)

    def tickers(self, query: Query) -> list[TickerCount]:
        """Return the tickers and sectors of the posts that match, those with most posts first."""
        from finews_tui.library.mentioned import ticker_counts

        listing = self.search(Query(query.conditions))  # the newest first
        with self._speaking():
            return ticker_counts(self._connection, listing)

    def find_next(self, listing: Listing, row: int, what: str, step: int) -> int | None:
        """Return the next row (``step`` 1) or the previous one (-1) of a kind; see ``steps.py``."""
        from finews_tui.library.steps import find_next

        with self._speaking():
            self._marks.follow(is_needed=True)
            return find_next(
                self._connection, listing, row, what, step, self._marks.flags, self._rows
            )

    # Marks and the past

    def mark(
        self, keys: Sequence[str], *, read: bool | None = None, starred: bool | None = None
    ) -> list[Change]:
        """Mark posts, durably; None leaves a mark as it is. Returns what changed, for undo."""
        return self._marks.mark(keys, read, starred)

    def sweep(self, ids: Iterable[int], field: Field, is_set: bool) -> Sweep:
        """Mark many posts by their ids, durably, or take their marks off; see ``sweeps.py``."""
        with self._speaking():
            return self._marks.sweep(ids, field, is_set)

    def apply(self, change: Sequence[Change] | Sweep) -> None:
        """Make a change again."""
        with self._speaking():
            self._marks.turn(change, forth=True)

    def revert(self, change: Sequence[Change] | Sweep) -> None:
        """Take a change back; raises LibraryError where that is not possible any more."""
        with self._speaking():
            self._marks.turn(change, forth=False)

    @property
    def past(self) -> Past:
        """Where the reader was, and what was typed."""
        return self._marks.past

    def remember(self, steps: Steps) -> None:
        """Remember where the reader was and how far it has read; see ``past.py``."""
        self._marks.durably(lambda: self.past.remember(steps))

    def remember_search(self, kind: str, text: str) -> None:
        """Remember what was typed just now, by the kind of prompt."""
        self._marks.durably(lambda: self.past.remember_search(kind, text))

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._marks.connection

    def _speaking(self) -> AbstractContextManager[None]:
        return database.speaking(f"the index {self._index}")

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._speaking():
            return self._connection.execute(sql, values).fetchall()
