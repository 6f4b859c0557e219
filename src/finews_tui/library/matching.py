"""Decides which posts of a run fulfil a part of a query: by tokens, by the catalogue, by texts.

What tokens and catalogue say is said of all posts of a run at once, as sets of places. Where they
cannot tell (words of three characters and more, expressions), the text of each post has to.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import compress

from finews_tui.library.conditions import Ask, condition
from finews_tui.library.patterns import Patterns
from finews_tui.library.postings import bits_of, places_of
from finews_tui.library.query import And, Filter, Node, Not, Or, Pattern, Words
from finews_tui.library.records import Record
from finews_tui.library.runs import Stretch
from finews_tui.library.tokens import Wanted, fold, printable, wanted

Test = Callable[[int, Record], bool]
"""Whether the post at a place holds, whose text is told."""

_AT_ONCE = 2
"""Runs after which the catalogue is asked about all posts, and not about some again."""
_TEXTS = 64
"""Texts that are read at once."""


class Found:
    """What is known of a part of a query on a run."""

    def __init__(self, sure: int, maybe: int, test: Test) -> None:
        self.sure = sure
        """The places for which it holds."""
        self.maybe = maybe
        """The places for which it may hold, ``sure`` included."""
        self._test = test

    def holds(self, place: int, record: Record) -> bool:
        """Whether it holds for a place."""
        if self.sure >> place & 1:
            return True
        return bool(self.maybe >> place & 1) and self._test(place, record)


def _surely(places: int) -> Found:
    return Found(places, places, lambda place, record: True)


class Matching:
    """Answers which posts match; one for each question."""

    def __init__(
        self, connection: sqlite3.Connection, ask: Ask, today: date, patterns: Patterns
    ) -> None:
        self._connection = connection
        self._patterns = patterns
        self._condition = cache(lambda filter: condition(filter, ask, today))
        self._asked: dict[Filter, int] = {}
        self._whole: dict[Filter, bytearray] = {}

    def matches(self, node: Node, run: Stretch) -> Iterator[Sequence[int]]:
        """Yield the places of ``run`` at which ``node`` holds, ascending, some at a time."""
        found = self._on(node, run, run.all)
        if found.sure == found.maybe:
            yield places_of(found.sure)
            return
        places = places_of(found.maybe)
        for start in range(0, len(places), _TEXTS):
            some = places[start : start + _TEXTS]
            unsure = [place for place in some if not found.sure >> place & 1]
            true = {
                place
                for place, record in zip(unsure, run.records(unsure), strict=True)
                if found.holds(place, record)
            }
            false = set(unsure) - true
            yield [place for place in some if place not in false]

    def _on(self, node: Node, run: Stretch, among: int) -> Found:
        """Return what is known of ``node`` for the places ``among``; no others are in it."""
        match node:
            case Words(text):
                word, needed = _word(text)
                places, is_exact = run.having(word, needed)
                places &= among
                test = _has(word)
                return _surely(places) if is_exact else Found(0, places, test)
            case Filter("body", text):
                word, needed = _word(text)
                return Found(0, run.having(word, needed)[0] & among, _has(word, in_title=False))
            case Filter("title", text):
                word, needed = _word(text)
                return _surely(self._listed(node, run, run.having(word, needed)[0] & among))
            case Filter("is", "unread"):
                return _surely(among ^ self._listed(Filter("is", "read"), run, among))
            case Filter():
                return _surely(self._listed(node, run, among))
            case Pattern(source):
                matches = self._patterns.matches
                return Found(0, among, lambda _, record: matches(source, "\n".join(record.text)))
            case Not(part):
                found = self._on(part, run, among)
                return Found(
                    among ^ found.maybe,
                    among ^ found.sure,
                    lambda place, record: not found.holds(place, record),
                )
            case And(parts):
                return self._on_all(parts, run, among)
            case Or(parts):
                return self._on_any(parts, run, among)

    def _on_all(self, parts: Sequence[Node], run: Stretch, among: int) -> Found:
        found: list[Found] = []
        sure = maybe = among
        for part in sorted(parts, key=_cost):
            found.append(self._on(part, run, maybe))
            sure &= found[-1].sure
            maybe = found[-1].maybe
            if not maybe:
                break
        return Found(sure, maybe, lambda place, record: all(f.holds(place, record) for f in found))

    def _on_any(self, parts: Sequence[Node], run: Stretch, among: int) -> Found:
        found: list[Found] = []
        sure = maybe = 0
        for part in sorted(parts, key=_cost):
            found.append(self._on(part, run, among & ~sure))
            sure |= found[-1].sure
            maybe |= found[-1].maybe
            if sure == among:
                break
        return Found(sure, maybe, lambda place, record: any(f.holds(place, record) for f in found))

    def _listed(self, filter: Filter, run: Stretch, among: int) -> int:
        """Return at which of the places ``among`` the catalogue says ``filter``."""
        places = places_of(among)
        if not places:
            return 0
        posts = run.posts
        ids = [posts[place] for place in places]
        self._asked[filter] = self._asked.get(filter, 0) + 1
        if filter.field == "is" or self._asked[filter] > _AT_ONCE:
            true = map(self._all(filter).__getitem__, ids)
        else:
            sql, values = self._condition(filter)
            rows = self._connection.execute(
                "SELECT posts.id FROM json_each(?) AS asked CROSS JOIN posts "
                f"ON posts.id = asked.value WHERE {sql}",
                (json.dumps(ids), *values),
            )
            found = {number for (number,) in rows}
            true = map(found.__contains__, ids)
        return bits_of(list(compress(places, true)), among.bit_length())

    def _all(self, filter: Filter) -> bytearray:
        """Return for each post of the archive whether the catalogue says ``filter``."""
        if filter not in self._whole:
            (most,) = self._connection.execute("SELECT ifnull(max(id), 0) FROM posts").fetchone()
            flags = bytearray(most + 1)
            sql, values = self._condition(filter)
            for (number,) in self._connection.execute(
                f"SELECT posts.id FROM posts WHERE {sql}", values
            ):
                flags[number] = 1
            self._whole[filter] = flags
        return self._whole[filter]


def needs_texts(node: Node) -> bool:
    """Whether the catalogue alone cannot tell for which posts ``node`` holds, or not fast."""
    match node:
        case Words() | Pattern() | Filter("title" | "body"):
            return True
        case Not(part):
            return needs_texts(part)
        case And(parts) | Or(parts):
            return any(map(needs_texts, parts))
    return False


def _word(text: str) -> tuple[str, Wanted]:
    word = fold(printable(text))
    return word, _wanted(word)


_wanted = cache(wanted)


def _has(word: str, *, in_title: bool = True) -> Test:
    return lambda _, record: record.has(word, in_title=in_title)


def _cost(node: Node) -> int:
    """Order the parts of a group: what is known fastest and leaves least comes first."""
    match node:
        case Words(text) | Filter("title" | "body", text):
            return 0 if _word(text)[1].ranges else 4
        case Filter():
            return 1
        case Not() | And() | Or():
            return 2
    return 3
