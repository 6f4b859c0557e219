"""Answers a Query: which posts, in which order, the first ones before the rest is counted.

Where only the catalogue is asked, SQL goes through the posts by time. Where words are asked for,
the runs of the full text are gone through, the newest first, and each gives its part of the answer.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from itertools import chain, compress
from operator import not_
from time import monotonic

from finews_tui.library.conditions import Ask, condition
from finews_tui.library.listing import Listing
from finews_tui.library.matching import Matching, needs_texts
from finews_tui.library.ordering import in_order
from finews_tui.library.patterns import Patterns
from finews_tui.library.query import And, Filter, Node, Not, Or, Query
from finews_tui.library.runs import Stretch, runs, without_text
from finews_tui.library.tokens import fold, printable

_INSTALMENT = 0.25
"""Seconds between two states of an answer that is still being counted."""
_ROWS = 4_096
"""Posts that are taken from SQL at once."""
_TEXTS = 256
"""Posts of which it is looked at once how well they match."""
_BY_TIME = "ORDER BY posts.epoch DESC, posts.key DESC"

_Piece = tuple[Stretch, Sequence[int]]


class Search:
    """One question and the way to its answer."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        ask: Ask,
        query: Query,
        today: date,
        patterns: Patterns,
    ) -> None:
        self._connection = connection
        self._ask = ask
        self._today = today
        self._patterns = patterns
        self._asked = And(query.conditions)
        self._words = [fold(printable(word)) for word in query.words]
        self._is_ranked = query.is_by_relevance and bool(self._words)

    def pages(self, first: int, patience: float = 0.0) -> Iterator[Listing]:
        """Yield the answer as it grows: ``first`` posts as soon as they are known, last all.

        With ``patience`` all may come at once, if that takes no more seconds than this.
        """
        with self._one_moment():
            due = monotonic() + patience
            if self._is_ranked:
                yield from self._ranked_pages(first, due)
                return
            found = array("I")
            is_in_texts = needs_texts(self._asked)
            for posts in self._from_texts() if is_in_texts else self._from_catalogue(first):
                found.extend(posts)
                if len(found) >= first and monotonic() >= due:
                    yield Listing(found, is_complete=False)
                    due = monotonic() + _INSTALMENT
                self._connection.execute("SELECT 1")  # here a question is given up
            yield Listing(found)

    def _ranked_pages(self, first: int, due: float) -> Iterator[Listing]:
        """Go through the hits twice, since what is told must stay where it is.

        Which have the words in their title is soon known. The texts of the others take a hundred
        times as long; of these, the first are those that begin with the words.
        """
        best = array("I")
        below: list[tuple[Stretch, array[int]]] = []

        def is_due() -> bool:
            nonlocal due
            self._connection.execute("SELECT 1")  # here a question is given up
            if len(best) < first or monotonic() < due:
                return False
            due = monotonic() + _INSTALMENT
            return True

        for run, places in self._some_at_a_time():
            titles = self._titles(run, places)
            is_best = [all(word in title for word in self._words) for title in titles]
            best.extend(compress(map(run.posts.__getitem__, places), is_best))
            below.append((run, array("I", compress(places, map(not_, is_best)))))
            if is_due():
                yield Listing(best, is_complete=False)
        last = array("I")
        for run, some in below:
            texts = zip(self._titles(run, some), run.records(some), strict=True)
            for place, (title, record) in zip(some, texts, strict=True):
                is_better = all(word in title or record.begins_with(word) for word in self._words)
                (best if is_better else last).append(run.posts[place])
            if is_due():
                yield Listing(best, is_complete=False)
        yield Listing(best + last)

    def _titles(self, run: Stretch, places: Sequence[int]) -> list[str]:
        """Return the folded titles at ``places``."""
        posts = [run.posts[place] for place in places]
        rows = self._connection.execute(
            "SELECT id, folded FROM posts WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(posts),),
        )
        titles: dict[int, str] = dict(rows.fetchall())
        return [titles[post] for post in posts]

    def _some_at_a_time(self) -> Iterator[_Piece]:
        for run, places in self._pieces():
            for start in range(0, len(places), _TEXTS):
                yield run, places[start : start + _TEXTS]

    def _from_texts(self) -> Iterator[Iterator[int]]:
        for run, places in self._pieces():
            yield map(run.posts.__getitem__, places)

    def _pieces(self) -> Iterator[_Piece]:
        matching = Matching(self._connection, self._ask, self._today, self._patterns)
        return in_order(
            runs(self._connection),
            without_text(self._connection),
            lambda run: matching.matches(self._asked, run),
            self._key_of,
        )

    def _key_of(self, post: int) -> str:
        ((key,),) = self._ask("SELECT key FROM posts WHERE id = ?", (post,))
        return str(key)

    def _from_catalogue(self, first: int) -> Iterator[Iterator[int]]:
        sql, values = self._sql(self._asked)
        rows = self._connection.execute(
            f"SELECT posts.id FROM posts WHERE {sql} {_BY_TIME}", values
        )
        some = rows.fetchmany(max(first, 1))
        while some:
            yield chain.from_iterable(some)
            some = rows.fetchmany(_ROWS)

    def _sql(self, node: Node) -> tuple[str, list[object]]:
        """Return what ``node``, in which no texts are asked for, means for a row of ``posts``."""
        match node:
            case Filter():
                return condition(node, self._ask, self._today)
            case Not(part):
                sql, values = self._sql(part)
                return f"NOT ifnull({sql}, 0)", values
            case And(parts) | Or(parts):
                found = [self._sql(part) for part in parts]
                operator = " AND " if isinstance(node, And) else " OR "
                values = [value for _, values in found for value in values]
                return f"({operator.join(sql for sql, _ in found)})" if found else "1", values
        raise ValueError(f"{node} is not for the catalogue")

    @contextmanager
    def _one_moment(self) -> Iterator[None]:
        """See the index as it is now: so does all that is asked before this statement's end."""
        with closing(self._connection.execute("SELECT id FROM library.posts")) as anchor:
            anchor.fetchone()
            yield
