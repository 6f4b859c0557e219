"""Turns filters into SQL; owns what each field means against the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from finews_tui.library.days import days_of, number_of
from finews_tui.library.query import Filter
from finews_tui.library.tokens import fold, printable
from finews_tui.posts import Kind

Ask = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
"""Runs a statement that answers with ids."""

READ = (
    "SELECT posts.id FROM marks CROSS JOIN posts ON posts.key = marks.key "
    "WHERE marks.read_at IS NOT NULL"
)
"""The posts that are read: looked up from the marks' side, which is the smaller one."""

STARRED = (
    "SELECT posts.id FROM marks CROSS JOIN posts ON posts.key = marks.key "
    "WHERE marks.starred_at IS NOT NULL"
)
"""The posts that are starred."""

_STATES = {
    "read": f"posts.id IN ({READ})",
    "unread": f"posts.id NOT IN ({READ})",
    "starred": f"posts.id IN ({STARRED})",
}
_LABELS = {"source": "source", "cat": "category", "tag": "tag"}
_SECTORS = f"kind = '{Kind.SECTOR}'"
_THINGS = {
    "image": "posts.images > 0",
    "table": "posts.tables > 0",
    "ticker": "posts.id IN (SELECT post FROM mentions JOIN tickers ON tickers.id = mentions.ticker "
    f"WHERE NOT {_SECTORS})",
}


def tickers_of(text: str, ask: Ask, which: str = "1") -> list[int]:
    """Return the tickers that ``text`` means: a symbol or code, else a name, else part of one."""
    from finews_tui.posts.tickers import normalise  # late: its many expressions

    text = printable(text)
    symbols = {text.strip().upper()} | normalise(text)
    marks = ", ".join("?" * len(symbols))
    rows = ask(f"SELECT id FROM tickers WHERE {which} AND symbol IN ({marks})", sorted(symbols))
    folded = fold(text)
    for test in ("folded = ?", "instr(folded, ?)"):
        if rows:
            break
        rows = ask(
            "SELECT DISTINCT ticker FROM names JOIN tickers ON tickers.id = names.ticker "
            f"WHERE {which} AND marks + others AND {test}",
            [folded],
        )
    return [row[0] for row in rows]


def condition(filter: Filter, ask: Ask, today: date) -> tuple[str, list[object]]:
    """Return what ``filter`` means for a row of ``posts``; NULL counts as false."""
    match filter:
        case Filter("ticker", text):
            return _mentioned(tickers_of(text, ask)), []
        case Filter("sector", text):
            return _mentioned(tickers_of(text, ask, _SECTORS)), []
        case Filter("title", text):
            return "instr(posts.folded, ?) > 0", [fold(printable(text))]
        case Filter("is", state):
            return _STATES[state], []
        case Filter("has", thing):
            return _THINGS[thing], []
        case Filter("since", text):
            return "posts.day >= ?", [_days(text, today)[0]]
        case Filter("until", text):
            return "posts.day <= ?", [_days(text, today)[1]]
        case Filter("source", text):
            return f"posts.source IN ({_list(_labels('source', text, ask))})", []
        case Filter("cat" | "tag" as field, text):
            found = _labels(_LABELS[field], text, ask)
            return f"posts.id IN (SELECT post FROM post_labels WHERE label IN ({_list(found)}))", []
    raise ValueError(f"{filter} says nothing about the catalogue")


def _mentioned(tickers: Iterable[int]) -> str:
    return f"posts.id IN (SELECT post FROM mentions WHERE ticker IN ({_list(tickers)}))"


def _labels(kind: str, text: str, ask: Ask) -> list[int]:
    """Return the labels that come closest: the same, the same but for case and width, a part."""
    text = printable(text)
    for test, value in (
        ("text = ?", text),
        ("folded = ?", fold(text)),
        ("instr(folded, ?)", fold(text)),
    ):
        rows = ask(f"SELECT id FROM labels WHERE kind = ? AND {test}", [kind, value])
        if rows:
            return [row[0] for row in rows]
    return []


def _days(text: str, today: date) -> tuple[int, int]:
    days = days_of(text, today)
    assert days is not None, "Query.parse lets only days pass"
    return number_of(days[0]), number_of(days[1])


def _list(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
