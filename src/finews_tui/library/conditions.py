"""Turns filters into SQL; owns what each field means against the catalogue."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from finews_tui.lean import Any
from finews_tui.library.days import days_of, number_of
from finews_tui.library.flags import CHOSEN, READ_POSTS, STARRED_POSTS, UNREAD_POSTS, chosen_ids
from finews_tui.library.query import Filter
from finews_tui.library.tokens import fold, printable
from finews_tui.posts import Kind

Ask = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
"""Runs a statement that answers with ids."""

_STATES = {"read": READ_POSTS, "unread": UNREAD_POSTS, "starred": STARRED_POSTS}
_LABELS = {"cat": "category", "tag": "tag"}
_SECTORS = f"kind = '{Kind.SECTOR}'"
_FEW = 5_000
"""Posts that are sooner sorted by time than found on the way through all posts by time."""
_DAY = 86_400
_THINGS = {
    "image": "posts.images > 0",
    "table": "posts.tables > 0",
    "ticker": "EXISTS (SELECT 1 FROM mentions JOIN tickers ON tickers.id = mentions.ticker "
    f"WHERE mentions.post = posts.id AND NOT {_SECTORS})",
}


def tickers_of(text: str, ask: Ask, which: str = "1") -> list[int]:
    """Return the tickers that ``text`` means: a symbol or code, else a name, else part of one."""
    from finews_tui.posts.asked import normalise  # late: its many expressions

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
        case Filter("ticker" | "sector" | "cat" | "tag" as field, text):
            under = _filed_under(field, text, ask)
            if _are_few(under, ask):
                return f"posts.id IN ({under})", []
            return f"EXISTS ({under} AND post = posts.id)", []
        case Filter("title", text):
            return "instr(posts.folded, ?) > 0", [fold(printable(text))]
        case Filter("is", state):
            ((posts,),) = ask(_STATES[state], ())
            if posts.count(1) <= _FEW:
                return "posts.id IN (SELECT value FROM json_each(?))", [
                    json.dumps(list(chosen_ids(posts)))
                ]
            return CHOSEN, [posts]
        case Filter("has", thing):
            return _THINGS[thing], []
        case Filter("since", text):
            return _bounded(_days(text, today)[0], ">=", -_DAY, _DAY)
        case Filter("until", text):
            return _bounded(_days(text, today)[1], "<=", 2 * _DAY, 0)
        case Filter("source", text):
            found = _labels("source", text, ask)
            # Of several sources no index gives the newest first; the posts by time do.
            of_these = f"posts.source IN ({_list(found)})"
            is_few = len(found) == 1 or _are_few(f"SELECT 1 FROM posts WHERE {of_these}", ask)
            return of_these if is_few else f"+{of_these}", []
    raise ValueError(f"{filter} says nothing about the catalogue")


def _filed_under(field: str, text: str, ask: Ask) -> str:
    """Return SQL for the posts under a category, tag, ticker or sector."""
    if field in _LABELS:
        numbers = _labels(_LABELS[field], text, ask)
        return f"SELECT post FROM post_labels WHERE label IN ({_list(numbers)})"
    numbers = tickers_of(text, ask, _SECTORS if field == "sector" else "1")
    return f"SELECT post FROM mentions WHERE ticker IN ({_list(numbers)})"


def _are_few(select: str, ask: Ask) -> bool:
    ((found,),) = ask(f"SELECT count(*) FROM ({select} LIMIT {_FEW + 1})", ())
    return bool(found <= _FEW)


def _bounded(day: date, sign: str, outer: int, sure: int) -> tuple[str, list[object]]:
    """Bound the day, by the index of times: only near the bound the day itself is looked at.

    Wherever on earth the archive is, its days begin at most a day before or after those of UTC.
    From the beginning of that, ``outer`` and ``sure`` are counted in seconds.
    """
    start = (day - date(1970, 1, 1)).days * _DAY
    return (
        f"(posts.epoch {sign} ? AND (posts.epoch {sign} ? OR posts.day {sign} ?))",
        [start + outer, start + sure, number_of(day)],
    )


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


def _days(text: str, today: date) -> tuple[date, date]:
    days = days_of(text, today)
    assert days is not None, "Query.parse lets only days pass"
    return days


def _list(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
