"""Owns the language of questions: text to Query and back. Knows nothing of SQL.

::

    query  = { term }                       every term must hold
    term   = [ "-" ] ( words | filter )     "-" excludes
    filter = field ":" words                field: ticker source cat tag since until is
    words  = bare | '"' … '"'               inside quotes, \\" and \\\\ stand for " and \\

Bare words and phrases are looked for in the title. White space of any kind separates terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from finews_tui.errors import QueryError
from finews_tui.library.days import is_day


@dataclass(frozen=True, slots=True)
class Words:
    """Characters that the title contains."""

    text: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A field and what it must be, such as ``source`` and ``财联社``."""

    field: str
    """One of the keys of ``FIELDS``."""
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: Words | Filter


Node = Words | Filter | Not

FIELDS: Mapping[str, str] = {
    "ticker": "a code such as 600519 or 0700.HK, or a name",
    "source": "a source such as 财联社",
    "cat": "a category",
    "tag": "a tag",
    "since": "a day such as 2022-05-31, 2022-05, 2022, today, 3d or 2w",
    "until": "a day such as 2022-05-31, 2022-05, 2022, today, 3d or 2w",
    "is": "unread, read or starred",
}
"""The fields of a filter, each with what may follow it."""

STATES = ("unread", "read", "starred")
"""What may follow ``is:``."""

_TERM = re.compile(
    r"(?P<minus>-?)(?:(?P<field>[A-Za-z]+)(?P<colon>[:：]))?"
    r'(?:"(?P<quoted>(?:[^"\\]|\\.)*)(?P<close>"?)|(?P<bare>\S*))',
    re.DOTALL,
)
_BARE_TERM = re.compile(r"(?P<minus>-?)(?P<field>(?!))?(?P<quoted>(?!))?(?P<bare>\S+)")
_VISIBLE = re.compile(r"\S")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_PLAIN = re.compile(r'(?!-|"|/|[A-Za-z]+[:：]|(?:AND|OR|NOT)$)[^\s()]+')


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked. ``Query.parse(str(query)) == query`` for every query."""

    parts: tuple[Node, ...] = ()
    """All of these must hold; none means all posts."""

    @classmethod
    def parse(cls, text: str) -> Query:
        """Read the text form; raises QueryError, which points at the word that is wrong."""
        return cls(tuple(_nodes(text)))

    @classmethod
    def of(cls, field: str, value: str) -> Query:
        """Return the query of one filter, for a value taken from the archive."""
        return cls((Filter(field, value),))

    def __str__(self) -> str:
        return " ".join(_text_of(part) for part in self.parts)

    def __and__(self, other: Query) -> Query:
        """Return the query of what both ask for."""
        return Query(self.parts + tuple(part for part in other.parts if part not in self.parts))

    @property
    def words(self) -> tuple[str, ...]:
        """The words and phrases that a match contains: what a list may highlight."""
        return tuple(part.text for part in self.parts if isinstance(part, Words))


def _nodes(text: str) -> Iterator[Node]:
    position = 0
    while start := _VISIBLE.search(text, position):
        found = _TERM.match(text, start.start())
        if found and found["colon"] == "：" and found["field"].lower() not in FIELDS:
            # A full-width colon belongs to headlines; only a known field makes it a filter.
            found = _BARE_TERM.match(text, start.start())
        assert found is not None, "every visible character begins a term"
        yield _node(text, found)
        position = found.end()


def _node(text: str, found: re.Match[str]) -> Node:
    field = found["field"]
    part: Words | Filter
    if field is not None and field.lower() not in FIELDS:
        known = ", ".join(f"{name}:" for name in FIELDS)
        raise QueryError(
            f'unknown field "{field}:"; there are {known} (quotes make it a word of the title)',
            text,
            found.start("field"),
            len(field) + 1,
        )
    start = found.start("quoted") - 1 if found["quoted"] is not None else found.start("bare")
    if found["quoted"] is not None and not found["close"]:
        raise QueryError("this quote is not closed", text, start, len(text) - start)
    value = found["bare"] if found["quoted"] is None else _ESCAPE.sub(r"\1", found["quoted"])
    whole = (found.start(), found.end() - found.start())
    if not value.strip():
        if field is not None:
            wanted = FIELDS[field.lower()]
            raise QueryError(f'"{field}:" needs a value: {wanted}', text, *whole)
        raise QueryError("there is nothing here to look for", text, *whole)
    if field is None:
        part = Words(value)
    else:
        field = field.lower()
        if check := _CHECKS.get(field):
            value = value.lower()
            if not check(value):
                raise QueryError(
                    f'"{field}:" cannot be "{value}": it is {FIELDS[field]}',
                    text,
                    start,
                    found.end() - start,
                )
        part = Filter(field, value)
    return Not(part) if found["minus"] else part


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "since": is_day,
    "until": is_day,
    "is": STATES.__contains__,
}


def _text_of(node: Node) -> str:
    match node:
        case Not(part):
            return "-" + _text_of(part)
        case Filter(field, value):
            return f"{field}:{value if _PLAIN.fullmatch(value) else _quote(value)}"
        case Words(text):
            return text if _PLAIN.fullmatch(text) else _quote(text)


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
