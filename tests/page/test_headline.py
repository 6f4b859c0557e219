"""A row is exactly as wide as its pane, whatever stands in it, and gives way in a fixed order."""

from __future__ import annotations

import timeit
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finews_tui.page import headline_lines, plain, width_of
from finews_tui.page.cells import printable
from finews_tui.posts import Ticker
from tests.page.make import BANKS, JD, JD_US, MOUTAI, ZONE, Row, anything, news, samples

TITLE = "京东科技CEO李娅云：紧抓数字经济风口"


def texts(row: Row, width: int, height: int = 1, show_date: bool = False) -> list[str]:
    lines = headline_lines(row, width, zone=ZONE, height=height, show_date=show_date)
    return [plain(line) for line in lines]


@pytest.mark.parametrize(
    ("row", "width", "expected"),
    [
        (
            Row(TITLE, tickers=(JD, JD_US)),
            72,
            " ●        17:54 京东科技CEO李娅云：紧抓数字经济风口    京东集团·HK JD·US",
        ),
        (
            Row(TITLE, is_read=True, is_starred=True, sectors=(BANKS,)),
            60,
            "  ★       17:54 京东科技CEO李娅云：紧抓数字经济风口     银行",
        ),
        (
            Row(TITLE, tickers=(JD, JD_US, MOUTAI), sectors=(BANKS,)),
            64,
            " ●        17:54 京东科技CEO李娅云：紧抓数字经济风口           +4",
        ),
        (Row(TITLE, tickers=(JD,)), 40, " ●        17:54 京东科技CEO李娅云：…  +1"),
        (Row(TITLE, tickers=(JD,)), 18, " ●  京东科技C…  +1"),
        (Row(TITLE, tickers=(JD,)), 12, " ●  京东科… "),
        (Row(TITLE, published=None), 30, " ●              京东科技CEO李…"),
        (Row(TITLE), 5, " ●   "),
    ],
)
def test_one_line(row: Row, width: int, expected: str) -> None:
    assert texts(row, width) == [expected]


def test_the_source_has_its_column_on_wide_panes() -> None:
    row = Row(TITLE, source="东方财富研究中心")
    assert "东方财富研究中心  京东" in texts(row, 100)[0]
    assert "东方财富" not in texts(row, 99)[0]
    bare = headline_lines(row, 100, zone=ZONE, show_source=False)
    assert "东方财富" not in plain(bare[0])
    assert texts(Row(TITLE), 120)[0].index("京东") == texts(Row(TITLE, source="Reuters"), 120)[
        0
    ].index("京东")


@pytest.mark.parametrize(
    ("published", "width", "show_date", "expected"),
    [
        (datetime(2022, 2, 12, 9, 54, tzinfo=UTC), 60, False, " ●        17:54 京"),
        (datetime(2022, 2, 12, 17, 54, tzinfo=ZONE), 60, True, " ●  02-12 17:54 京"),
        (datetime(2022, 2, 12, 17, 54, tzinfo=ZONE), 90, True, " ●  2022-02-12 17:54 京"),
        (datetime(2022, 2, 12, tzinfo=ZONE), 60, False, " ●              京"),
        (datetime(2022, 2, 12, tzinfo=ZONE), 60, True, " ●  02-12       京"),
        (datetime(2022, 2, 12, tzinfo=ZONE), 90, True, " ●  2022-02-12       京"),
        (None, 90, True, " ●                   京"),
    ],
)
def test_times_and_dates(
    published: datetime | None, width: int, show_date: bool, expected: str
) -> None:
    assert texts(Row(TITLE, published), width, show_date=show_date)[0].startswith(expected)


@pytest.mark.parametrize(
    ("row", "height", "expected"),
    [
        (
            Row(TITLE + "实现增长", source="中新经纬", tickers=(JD,)),
            2,
            [" ●  17:54 京东科技CEO李娅云：紧抓数字经", "          济风口实现增长     京东集团·HK"],
        ),
        (
            Row("短标题", source="中新经纬", sectors=(BANKS,)),
            2,
            [
                " ●  17:54 短标题                        ",
                "          中新经纬                  银行",
            ],
        ),
        (
            Row(TITLE + "实现增长", source="中新经纬", tickers=(JD,)),
            3,
            [
                " ●  17:54 京东科技CEO李娅云：紧抓数字经",
                "          济风口实现增长                ",
                "          中新经纬           京东集团·HK",
            ],
        ),
    ],
)
def test_more_lines(row: Row, height: int, expected: list[str]) -> None:
    assert texts(row, 40, height) == [pad + " " * (40 - width_of(pad)) for pad in expected]


def test_roles() -> None:
    row = Row(TITLE, source="财联社", tickers=(JD, MOUTAI, JD_US, JD), is_starred=True)
    (line,) = headline_lines(row, 120, zone=ZONE)
    assert [role for text, role in line if text.strip()] == [
        "unread",
        "star",
        "time",
        "source",
        "title",
        "badge-hk",
        "badge-sh",
        "badge-us",
        "badge-more",
    ]
    (line,) = headline_lines(Row(TITLE, is_read=True), 60, zone=ZONE)
    assert "title-read" in {role for _, role in line}
    assert line[0] == (" ", "text")


TICKERS = [JD, JD_US, MOUTAI, BANKS]


@settings(max_examples=250)
@given(
    st.builds(
        Row,
        title=anything | news,
        published=st.none()
        | st.just(datetime(2022, 2, 12, tzinfo=ZONE))
        | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(ZONE)),
        source=st.none() | anything,
        tickers=st.lists(st.sampled_from(TICKERS), max_size=9).map(tuple),
        sectors=st.lists(st.sampled_from([BANKS]), max_size=3).map(tuple),
        is_read=st.booleans(),
        is_starred=st.booleans(),
    ),
    st.integers(0, 200),
    st.integers(1, 3),
    st.booleans(),
    st.sampled_from([1, 2]),
)
def test_exactly_as_wide_as_the_pane(
    row: Row, width: int, height: int, show_date: bool, ambiguous: int
) -> None:
    lines = headline_lines(
        row, width, zone=ZONE, height=height, show_date=show_date, ambiguous=ambiguous
    )
    assert len(lines) == height
    for line in lines:
        text = plain(line)
        assert width_of(text, ambiguous) == sum(width_of(part, ambiguous) for part, _ in line)
        assert width_of(text, ambiguous) == width
        assert text == printable(text)
        assert text[:1] in ("", " ")


def test_every_sample_at_every_width() -> None:
    for post in samples():
        tickers: tuple[Ticker, ...] = tuple(mention.ticker for mention in post.tickers)
        row = Row(post.title, post.published, post.source, tickers)
        for width in range(12, 201, 7):
            for line in headline_lines(row, width, zone=ZONE, height=1 + (width < 60)):
                assert width_of(plain(line)) == width


def test_a_row_is_cheap() -> None:
    row = Row(TITLE, tickers=(JD, JD_US), sectors=(BANKS,))
    seconds = min(timeit.repeat(lambda: headline_lines(row, 88, zone=ZONE), number=50, repeat=5))
    assert seconds / 50 < 0.001, "a row takes about 30 microseconds"
