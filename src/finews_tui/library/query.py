"""The values of the language of questions: what can be asked. Knows neither its text nor SQL.

``grammar.py`` turns text into these values and back, ``docs/queries.md`` explains the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from finews_tui.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self


class _Value:
    """What never changes, and is equal to its like alone: never to a value of another kind."""

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()

    def __init__(self, *fields: object) -> None:
        for name, field in zip(self.__match_args__, fields, strict=True):
            object.__setattr__(self, name, field)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} never changes")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__reduce__() == self.__reduce__()

    def __hash__(self) -> int:
        return hash(self.__reduce__())

    def __repr__(self) -> str:
        kind, fields = self.__reduce__()
        return f"{kind.__name__}({', '.join(map(repr, fields))})"

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        return type(self), tuple(getattr(self, name) for name in self.__match_args__)


class Words(NamedTuple):
    """Characters that stand in the title, in the digest or in the body."""

    text: str


class Filter(NamedTuple):
    """A field and what it must be, such as ``source`` and ``财联社``."""

    field: str
    """One of the keys of ``FIELDS``."""
    value: str


class Pattern(_Value):
    """A regular expression that matches somewhere in the text, whatever the case."""

    __slots__ = __match_args__ = ("source",)
    source: str

    def __init__(self, source: str) -> None:
        # In a query / ends it, so it is written there with a backslash, which means nothing here.
        super().__init__(re.sub(r"(?s)\\.", lambda it: "/" if it[0] == "\\/" else it[0], source))


class Not(NamedTuple):
    """What must not hold."""

    part: Node


class _Group(_Value):
    """Parts that belong together."""

    __slots__ = __match_args__ = ("parts",)
    parts: tuple[Node, ...]

    def __init__(self, parts: tuple[Node, ...]) -> None:
        super().__init__(parts)


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


class Query(_Value):
    """What was asked. ``Query.parse(str(query)) == query`` for every query.

    Groups that mean nothing are taken away: a group of one part, an And inside an And.
    """

    __slots__ = ("parts", "words")
    __match_args__ = ("parts",)
    parts: tuple[Node, ...]
    """All of these must hold; none means all posts."""
    words: tuple[str, ...]
    """The words and phrases that a match contains: what a list may highlight."""

    def __init__(self, parts: tuple[Node, ...] = ()) -> None:
        super().__init__(tuple(_flattened(parts, And)))
        object.__setattr__(self, "words", tuple(dict.fromkeys(_words(self.parts))))

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

    def asks_for(self, field: str) -> bool:
        """Whether a filter of this field is in it somewhere, be it excluded."""
        return any(filter.field == field for filter in _filters(self.parts))

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


def _filters(parts: tuple[Node, ...]) -> Iterator[Filter]:
    for part in parts:
        match part:
            case Filter():
                yield part
            case Not(inner):
                yield from _filters((inner,))
            case And(several) | Or(several):
                yield from _filters(several)


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
