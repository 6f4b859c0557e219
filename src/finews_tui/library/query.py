"""The values of the language of questions: what can be asked. Knows neither its text nor SQL.

``grammar.py`` turns text into these values and back, ``docs/queries.md`` explains the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

_SLASH = re.compile(r"\\.", re.DOTALL)


class Words(NamedTuple):
    """Characters that stand in the title, in the digest or in the body."""

    text: str


class Filter(NamedTuple):
    """A field and what it must be, such as ``source`` and ``财联社``."""

    field: str
    """One of the keys of ``FIELDS``."""
    value: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that matches somewhere in the text, whatever the case."""

    source: str

    def __post_init__(self) -> None:
        # In a query / ends it, so it is written there with a backslash, which means nothing here.
        plain = _SLASH.sub(lambda found: "/" if found[0] == "\\/" else found[0], self.source)
        object.__setattr__(self, "source", plain)


class Not(NamedTuple):
    """What must not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class _Group:
    """Parts that belong together; groups of two kinds are never equal."""

    parts: tuple[Node, ...]


class And(_Group):
    """Parts of which all must hold: a group in parentheses inside of something else."""

    __slots__ = ()


class Or(_Group):
    """Parts of which one must hold."""

    __slots__ = ()


Node = Words | Filter | Pattern | Not | And | Or

FIELDS: Mapping[str, str] = {
    "title": "a word of the title",
    "body": "a word of the digest or of the body",
    "ticker": "a code such as 600519 or 0700.HK, or a name",
    "sector": "a sector such as 新能源 or BK0493",
    "source": "a source such as 财联社",
    "cat": "a category",
    "tag": "a tag",
    "since": "a day such as 2022-05-31, 2022-05, 2022, today, 3d or 2w",
    "until": "a day such as 2022-05-31, 2022-05, 2022, today, 3d or 2w",
    "is": "unread, read or starred",
    "has": "image, table or ticker",
    "sort": "date or relevance",
}
"""The fields of a filter, each with what may follow it."""

STATES = ("unread", "read", "starred")
"""What may follow ``is:``."""

THINGS = ("image", "table", "ticker")
"""What may follow ``has:``."""

ORDERS = ("date", "relevance")
"""What may follow ``sort:``."""


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked. ``Query.parse(str(query)) == query`` for every query.

    Groups that mean nothing are taken away: a group of one part, an And inside an And.
    """

    parts: tuple[Node, ...] = ()
    """All of these must hold; none means all posts."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(_flattened(self.parts, And)))

    @classmethod
    def parse(cls, text: str) -> Query:
        """Read the text form; raises QueryError, which points at the word that is wrong."""
        if not text:  # as every start asks: no grammar is needed for that
            return cls()
        from finews_tui.library import grammar  # it makes queries, and so imports this room

        return cls(grammar.parse(text))

    @classmethod
    def of(cls, field: str, value: str) -> Query:
        """Return the query of one filter, for a value taken from the archive."""
        return cls((Filter(field, value),))

    def __str__(self) -> str:
        if not self.parts:
            return ""
        from finews_tui.library import grammar

        return grammar.text_of(self.parts)

    def __and__(self, other: Query) -> Query:
        """Return the query of what both ask for."""
        return Query(self.parts + tuple(part for part in other.parts if part not in self.parts))

    @property
    def words(self) -> tuple[str, ...]:
        """The words and phrases that a match contains: what a list may highlight."""
        return tuple(dict.fromkeys(_words(self.parts)))

    @property
    def patterns(self) -> tuple[str, ...]:
        """The regular expressions, excluded ones too."""
        return tuple(dict.fromkeys(_patterns(self.parts)))

    @property
    def is_by_relevance(self) -> bool:
        """Whether the best matches are to come first, and not the newest."""
        orders = [part for part in self.parts if _is_order(part)]
        return orders[-1:] == [Filter("sort", "relevance")]

    @property
    def conditions(self) -> tuple[Node, ...]:
        """The parts that a post must fulfil: all but the order."""
        return tuple(part for part in self.parts if not _is_order(part))


def _is_order(node: Node) -> bool:
    return isinstance(node, Filter) and node.field == "sort"


def _words(parts: tuple[Node, ...]) -> Iterator[str]:
    for part in parts:
        match part:
            case Words(text) | Filter("title" | "body", text):
                yield text
            case And(inner) | Or(inner):
                yield from _words(inner)


def _patterns(parts: tuple[Node, ...]) -> Iterator[str]:
    for part in parts:
        match part:
            case Pattern(source):
                yield source
            case Not(inner):
                yield from _patterns((inner,))
            case And(several) | Or(several):
                yield from _patterns(several)


def _flattened(parts: tuple[Node, ...], kind: type[And] | type[Or]) -> Iterator[Node]:
    for part in parts:
        simple = _simple(part)
        if isinstance(simple, kind):
            yield from simple.parts
        else:
            yield simple


def _simple(node: Node) -> Node:
    match node:
        case Not(part):
            return Not(_simple(part))
        case And(parts) | Or(parts):
            kind = type(node)
            flat = tuple(_flattened(parts, kind))
            return flat[0] if len(flat) == 1 else kind(flat)
    return node
