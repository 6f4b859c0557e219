"""Views without words: the same answer on every way to it, and its first screen at once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.library import Filter, Query, conditions
from finews_tui.library.conditions import condition
from finews_tui.library.days import number_of

from .conftest import Shelf

VIEWS = (
    "",
    "is:unread",
    "is:read",
    "is:starred",
    "is:unread is:starred",
    "source:财联社",
    "source:社",
    "cat:emnews",
    "cat:e is:unread",
    "tag:新闻",
    "ticker:600519",
    "ticker:中国平安 is:unread",
    "sector:BK0477",
    "has:ticker",
    "has:image",
    "since:2022-03-10",
    "until:2022-03-10",
    "since:2022-01 until:2022-03 is:unread",
    "title:京东",
)


@pytest.mark.parametrize("text", VIEWS)
@pytest.mark.parametrize("few", [0, 1, 5_000])
@pytest.mark.parametrize("first", [1, 7, 1_000])
def test_every_way_leads_to_the_same_answer(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, text: str, few: int, first: int
) -> None:
    monkeypatch.setattr(conditions, "_FEW", few)
    library = shelf.library
    query = Query.parse(text)
    pages = list(library.search_pages(query, first))
    found = [row.key for row in library.headlines(pages[-1])]
    assert found == shelf.oracle.search(query)
    for page in pages:
        assert list(page) == list(pages[-1])[: len(page)], "what was told stays where it is"


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)),
    st.integers(-12 * 60, 14 * 60),
    st.integers(-3, 3),
    st.sampled_from(["since", "until"]),
)
def test_days_are_bounded_by_times_wherever_the_archive_is(
    at: datetime, minutes: int, distance: int, field: str
) -> None:
    """Near the bound, what the post's day is decides; its time only says what is far from it."""
    published = at.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    bound = published.date() + timedelta(days=distance)
    sql, values = condition(Filter(field, bound.isoformat()), lambda *_: [], date(2022, 1, 1))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE posts (epoch, day)")
        connection.execute(
            "INSERT INTO posts VALUES (?, ?)",
            (int(published.timestamp()), number_of(published.date())),
        )
        (found,) = connection.execute(f"SELECT count(*) FROM posts WHERE {sql}", values).fetchone()
    assert found == (distance <= 0 if field == "since" else distance >= 0)
