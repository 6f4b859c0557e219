"""Decides about one post at a time whether it fulfils a part of a query, by its text.

What the catalogue knows (``condition``) is asked of SQL before and stands in the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from finews_tui.library.patterns import Patterns
from finews_tui.library.query import And, Filter, Node, Not, Or, Pattern, Words
from finews_tui.library.records import Record
from finews_tui.library.tokens import fold, printable

Test = Callable[[Record, Sequence[object]], bool]
"""Whether a post of this text holds, whose row has the answers of the catalogue."""

ANYWHERE = ("title", "digest", "body")
BODY = ("digest", "body")


def is_text(node: Node) -> bool:
    """Whether ``node`` is a word or an expression, which the catalogue knows nothing of."""
    return isinstance(node, Words | Pattern) or (isinstance(node, Filter) and node.field == "body")


def filters_of(node: Node) -> Iterator[Filter]:
    """Return the filters in ``node`` that the catalogue answers, from left to right."""
    match node:
        case Filter() if not is_text(node):
            yield node
        case Not(part):
            yield from filters_of(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from filters_of(part)


def test_of(node: Node, columns: Iterator[int], patterns: Patterns) -> Test:
    """Return the test of ``node``; ``columns`` are those of ``filters_of(node)`` in a row."""
    match node:
        case Words(text):
            return _has(fold(printable(text)), ANYWHERE)
        case Filter("body", text):
            return _has(fold(printable(text)), BODY)
        case Filter():
            column = next(columns)
            return lambda _, row: bool(row[column])
        case Pattern(source):
            return lambda record, _: patterns.matches(source, "\n".join(record.text))
        case Not(part):
            test = test_of(part, columns, patterns)
            return lambda record, row: not test(record, row)
        case And(parts):
            tests = [test_of(part, columns, patterns) for part in parts]
            return lambda record, row: all(test(record, row) for test in tests)
        case Or(parts):
            tests = [test_of(part, columns, patterns) for part in parts]
            return lambda record, row: any(test(record, row) for test in tests)


def _has(word: str, fields: tuple[str, ...]) -> Test:
    return lambda record, _: record.has(word, fields)
