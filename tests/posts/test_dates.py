"""Dates of front matter, file names and article codes."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.posts import SHANGHAI
from finews_tui.posts.dates import date_of_code, date_of_name, read_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2022-03-11 16:47:23 +0800", "2022-03-11T16:47:23+08:00"),
        ("2022-03-11 16:47:23", "2022-03-11T16:47:23+08:00"),
        ("2022-03-11 16:47", "2022-03-11T16:47:00+08:00"),
        ("2022-03-11T16:47:23Z", "2022-03-11T16:47:23+00:00"),
        ("2022-03-11T16:47:23+08:00", "2022-03-11T16:47:23+08:00"),
        ("2022-03-11 16:47:23.123 -0530", "2022-03-11T16:47:23-05:30"),
        ("2022-03-11 16:47:23 UTC", "2022-03-11T16:47:23+00:00"),
        ("2022/3/1 6:47", "2022-03-01T06:47:00+08:00"),
        ("2022.03.11 16:47:23", "2022-03-11T16:47:23+08:00"),
        ("  2022-03-11   16:47:23   +0800 ", "2022-03-11T16:47:23+08:00"),
        ("2022-03-11 16:47:23+0800", "2022-03-11T16:47:23+08:00"),
        ("0001-01-01 00:00:00 +0000", "0001-01-01T00:00:00+00:00"),
    ],
)
def test_a_moment(text: str, iso: str) -> None:
    found = read_date(text, SHANGHAI)
    assert found is not None
    assert (found[0].isoformat(), found[1]) == (iso, True)


@pytest.mark.parametrize("text", ["2022-03-11", "2022-3-11", "2022/03/11", "2022-03-11 +0800"])
def test_a_day_without_time(text: str) -> None:
    found = read_date(text, SHANGHAI)
    assert found is not None
    assert (found[0].isoformat(), found[1]) == ("2022-03-11T00:00:00+08:00", False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+0800",
        " +0800",
        "today",
        "2022-02-30 10:00:00 +0800",
        "2022-13-01",
        "2022-00-10",
        "0000-01-01",
        "2022-03-11 24:00:00",
        "2022-03-11 16:60",
        "2022-03-11 16:47:23 +9900",
        "2022-03-11 16:47:23 CST",
        "22-03-11",
        "12022-03-11",
        "2022-03-11 and more",
        "2022-03",
        "９" * 4,
        "1" * 10_000,
        "2022-03-11 x",
    ],
)
def test_no_date(text: str) -> None:
    assert read_date(text, SHANGHAI) is None


def test_a_zone_of_the_archive_counts_only_where_the_date_names_none() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    named = read_date("2022-07-11 16:47:23 +0800", berlin)
    bare = read_date("2022-07-11 16:47:23", berlin)
    assert named is not None and named[0].utcoffset() == timedelta(hours=8)
    assert bare is not None and bare[0].utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("2022-03-11-NW202203112306431413.md", "2022-03-11T00:00:00+08:00"),
        ("2022-3-1-news.md", "2022-03-01T00:00:00+08:00"),
        ("2022-03-11.md", "2022-03-11T00:00:00+08:00"),
        ("-202205262391921712.md", None),
        ("news-2022-03-11.md", None),
        ("2022-02-30-x.md", None),
        ("2022-03-111.md", None),
        ("", None),
    ],
)
def test_the_date_of_a_file_name(name: str, iso: str | None) -> None:
    found = date_of_name(name, SHANGHAI)
    assert (found.isoformat() if found else None) == iso


@pytest.mark.parametrize(
    ("code", "iso"),
    [
        ("202205262391921712", "2022-05-26T00:00:00+08:00"),
        ("202213262391921712", None),
        ("000000000000000000", None),
    ],
)
def test_the_date_of_a_code(code: str, iso: str | None) -> None:
    found = date_of_code(code, SHANGHAI)
    assert (found.isoformat() if found else None) == iso


@given(
    st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),
    st.integers(-23 * 60, 23 * 60),
)
def test_what_is_written_as_upstream_writes_is_read_back(moment: datetime, minutes: int) -> None:
    zone = timezone(timedelta(minutes=minutes))
    aware = moment.replace(microsecond=0, tzinfo=zone)
    offset = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
    written = aware.strftime(f"%m-%d %H:%M:%S {offset}")
    found = read_date(f"{aware.year:04}-{written}", UTC)
    assert found == (aware, True)


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = read_date(text, SHANGHAI)
    assert found is None or found[0].tzinfo is not None


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.sampled_from([0, 1]))
def test_shanghai_is_what_the_system_knows_of_it(moment: datetime, fold: int) -> None:
    book = ZoneInfo("Asia/Shanghai")
    ours, theirs = (moment.replace(tzinfo=zone, fold=fold) for zone in (SHANGHAI, book))
    for fact in ("utcoffset", "dst", "tzname"):
        assert getattr(ours, fact)() == getattr(theirs, fact)()
    utc = moment.replace(tzinfo=UTC)
    local, known = utc.astimezone(SHANGHAI), utc.astimezone(book)
    assert (local.replace(tzinfo=None), local.fold) == (known.replace(tzinfo=None), known.fold)


def test_shanghai_is_one_in_all_processes() -> None:
    assert pickle.loads(pickle.dumps(SHANGHAI)) is SHANGHAI
