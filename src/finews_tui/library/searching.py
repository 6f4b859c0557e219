"""Answers a Query: which posts, in which order, the first ones before the rest is counted.

Each part of a query is bounded by SQL from above: a condition that no match fails. Where the bound
is not exact (words of three characters and more, expressions), the posts that it lets through are
verified by their texts, one by one, in the order of the answer.

Where words must stand in the text, the index of words leads and gives the newest documents first;
otherwise the posts are gone through by time.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from heapq import merge
from itertools import chain, count
from time import monotonic
from typing import Any, NamedTuple

from finews_tui.library.conditions import Ask, condition
from finews_tui.library.fulltext import expression
from finews_tui.library.listing import Listing
from finews_tui.library.patterns import Patterns
from finews_tui.library.query import And, Filter, Node, Not, Or, Query, Words
from finews_tui.library.records import Record
from finews_tui.library.tokens import fold, printable
from finews_tui.library.verifying import Test, filters_of, is_text, test_of
from finews_tui.posts.text import Text

_INSTALMENT = 0.25
"""Seconds between two states of an answer that is still being counted."""
_FEW = 5_000
"""Documents out of the order of time that are looked at one by one."""
_MATCHING = "posts.document IN (SELECT rowid FROM library.words WHERE words MATCH ?)"
_OUT_OF_ORDER = "(posts.document < 0 OR posts.document IS NULL)"
_NEWEST_OTHERS = (
    "SELECT * FROM (SELECT epoch, key FROM posts WHERE is_pending AND +document IS NULL "
    "ORDER BY epoch DESC, key DESC LIMIT 1) "
    "UNION ALL SELECT epoch, key FROM posts WHERE document < 0"
)
"""A post without document is pending. Those out of order are few."""
_UNDATED = float("-inf")
_BY_TIME = "ORDER BY posts.epoch DESC, posts.key DESC"
_COLUMNS = (
    "posts.id, posts.document, posts.epoch, posts.key, posts.folded, "
    "iif(posts.document IS NULL, posts.title, '')"
)
_ID, _DOCUMENT, _EPOCH, _KEY, _FOLDED, _TITLE, _FREE = range(7)
Row = Sequence[Any]


class _Bound(NamedTuple):
    """What SQL knows of a part of a query."""

    sql: str
    values: list[object]
    is_exact: bool
    """Whether all posts for which it holds match; else some of them may."""


class Search:
    """One question and the way to its answer; ``has_words``: whether there is an index of words."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        ask: Ask,
        query: Query,
        today: date,
        patterns: Patterns,
        *,
        has_words: bool,
    ) -> None:
        self._connection = connection
        self._ask = ask
        self._today = today
        self._has_words = has_words
        self._words = [fold(printable(word)) for word in query.words]
        self._is_ranked = query.is_by_relevance and bool(self._words)
        self._bounds: list[_Bound] = []
        self._leading: list[tuple[str, bool]] = []
        """What to MATCH for a part, and whether that is all that its bound says."""
        self._tests: list[Test] = []
        self._columns: list[_Bound] = []
        columns = count(_FREE)
        for part in query.conditions:
            bound = self._bound(part)
            self._bounds.append(bound)
            self._leading.append((_match(part) if has_words else "", _is_word(part)))
            if not bound.is_exact:
                self._columns += map(self._bound, filters_of(part))
                self._tests.append(test_of(part, columns, patterns))

    def pages(self, first: int) -> Iterator[Listing]:
        """Yield the answer as it grows: ``first`` posts as soon as they are known, last all."""
        if self._is_ranked:
            yield from self._ranked_pages(first)
            return
        found = array("I")
        due = 0.0
        for number in self._ids():
            found.append(number)
            if len(found) == first or (len(found) > first and _is_due(len(found), due)):
                yield Listing(found)
                due = monotonic() + _INSTALMENT
        yield Listing(found)

    def _ranked_pages(self, first: int) -> Iterator[Listing]:
        ranks = array("I"), array("I"), array("I")
        due = 0.0
        is_told = False
        for row in self._verified():
            ranks[self._rank(row)].append(row[_ID])
            titles = len(ranks[0])
            if titles >= first and (not is_told or _is_due(titles, due)):
                # What is told must stay where it is, so only the best are.
                yield Listing(ranks[0])
                is_told, due = True, monotonic() + _INSTALMENT
        yield Listing(ranks[0] + ranks[1] + ranks[2])

    def _rank(self, row: Row) -> int:
        """Return 0 where the words stand in the title, 1 in the first paragraph, 2 below."""
        left = [word for word in self._words if word not in row[_FOLDED]]
        if not left:
            return 0
        return 1 if all(map(self._record(row).begins_with, left)) else 2

    def _ids(self) -> Iterator[int]:
        with self._one_moment():
            if self._tests or (self._match() and self._ask(_NEWEST_OTHERS, ())):
                for row in self._tested():
                    yield row[_ID]
            else:
                for (number,) in self._select("posts.id", [], *self._lead()):
                    yield number

    def _verified(self) -> Iterator[Row]:
        with self._one_moment():
            yield from self._tested()

    @contextmanager
    def _one_moment(self) -> Iterator[None]:
        """See the index as it is now: so does all that is asked before this statement's end."""
        with closing(self._connection.execute("SELECT id FROM library.posts")) as anchor:
            anchor.fetchone()
            yield

    def _tested(self) -> Iterator[Row]:
        for row in self._candidates():
            if not self._tests:
                yield row
                continue
            record = self._record(row)
            if all(test(record, row) for test in self._tests):
                yield row

    def _record(self, row: Row) -> Record:
        if row[_DOCUMENT] is None:
            return Record(Text(row[_TITLE], "", ""))
        found = self._connection.execute(
            "SELECT content FROM library.texts WHERE document = ?", (row[_DOCUMENT],)
        ).fetchone()
        return Record.unpacked(found[0]) if found else Record(Text("", "", ""))

    def _candidates(self) -> Iterator[Row]:
        """Return the posts within all bounds, newest first and those without date last."""
        rows = self._rows(*self._lead())
        return self._with_others(rows) if self._match() else rows

    def _lead(self) -> tuple[str, list[_Bound], str]:
        """Return the tables to go through, under which conditions and in which order."""
        match = self._match()
        if not match:
            return "posts", self._bounds, _BY_TIME
        left = [
            bound
            for bound, (match_of_part, is_all) in zip(self._bounds, self._leading, strict=True)
            if not (match_of_part and is_all)
        ]
        return (
            "library.words CROSS JOIN posts ON posts.document = words.rowid",
            [_Bound("words MATCH ? AND words.rowid > 0", [match], True), *left],
            "ORDER BY words.rowid DESC",
        )

    def _with_others(self, leading: Iterator[Row]) -> Iterator[Row]:
        """Put the matches in between whose documents are out of order, or that have none yet.

        These are looked for only when the answer has come to the newest of such posts: in an
        archive that is being indexed they are all the older ones.
        """
        places = self._ask(_NEWEST_OTHERS, ())
        newest = max((((_UNDATED if at is None else at), key) for at, key in places), default=None)
        first: list[Row] = []
        if newest is not None:
            for row in leading:
                if _place(row) < newest:
                    first.append(row)
                    break
                yield row
            leading = merge(chain(first, leading), self._others(), key=_place, reverse=True)
        yield from leading

    def _others(self) -> Iterator[Row]:
        few = self._ask(f"SELECT posts.id FROM posts WHERE {_OUT_OF_ORDER} LIMIT ?", (_FEW + 1,))
        which = _OUT_OF_ORDER
        if len(few) <= _FEW:
            which += f" AND posts.id IN ({', '.join(str(number) for (number,) in few)})"
        return self._rows("posts", [_Bound(which, [], True), *self._bounds], _BY_TIME)

    def _rows(self, tables: str, bounds: list[_Bound], order: str) -> Iterator[Row]:
        return self._select(_COLUMNS, self._columns, tables, bounds, order)

    def _select(
        self, what: str, more: list[_Bound], tables: str, bounds: list[_Bound], order: str
    ) -> Iterator[Row]:
        where, values = _joined(bounds)
        return self._connection.execute(
            f"SELECT {', '.join([what, *(bound.sql for bound in more)])} "
            f"FROM {tables} WHERE {where} {order}",
            [*(value for bound in more for value in bound.values), *values],
        )

    def _match(self) -> str:
        return " AND ".join(f"({match})" for match, _ in self._leading if match)

    def _bound(self, node: Node) -> _Bound:
        match node:
            case Words(text) | Filter("body", text) if self._has_words:
                word = fold(printable(text))
                match, is_exact = expression(word)
                if isinstance(node, Filter):  # the word may stand in the title
                    return _Bound(_MATCHING, [match], False)
                title = "posts.document IS NULL AND instr(posts.folded, ?) > 0"
                return _Bound(f"({_MATCHING} OR {title})", [match, word], is_exact)
            case Filter() if not is_text(node):
                return _Bound(*condition(node, self._ask, self._today), True)
            case Not(part):
                bound = self._bound(part)
                if bound.is_exact:
                    return _Bound(f"NOT ifnull({bound.sql}, 0)", bound.values, True)
            case And(parts):
                return _all_of([self._bound(part) for part in parts], "AND")
            case Or(parts):
                return _all_of([self._bound(part) for part in parts], "OR")
        return _Bound("1", [], False)


def _all_of(bounds: Sequence[_Bound], operator: str) -> _Bound:
    return _Bound(
        f"({f' {operator} '.join(bound.sql for bound in bounds)})",
        [value for bound in bounds for value in bound.values],
        all(bound.is_exact for bound in bounds),
    )


def _joined(bounds: Sequence[_Bound]) -> tuple[str, list[object]]:
    if not bounds:
        return "1", []
    sql, values, _ = _all_of(bounds, "AND")
    return sql, values


def _match(node: Node) -> str:
    """Return what the words of every match of ``node`` MATCH, or nothing."""
    match node:
        case Words(text) | Filter("title" | "body", text):
            return expression(fold(printable(text)))[0]
        case And(parts):
            return " AND ".join(f"({match})" for part in parts if (match := _match(part)))
        case Or(parts):
            matches = [_match(part) for part in parts]
            return " OR ".join(f"({match})" for match in matches) if all(matches) else ""
    return ""


def _is_word(node: Node) -> bool:
    """Whether what ``_match`` says is all that the bound of ``node`` says."""
    match node:
        case Words() | Filter("body"):
            return True
        case And(parts) | Or(parts):
            return all(map(_is_word, parts))
    return False


def _place(row: Row) -> tuple[float, str]:
    return (_UNDATED if row[_EPOCH] is None else row[_EPOCH], row[_KEY])


def _is_due(number: int, due: float) -> bool:
    return number % 64 == 0 and monotonic() >= due
