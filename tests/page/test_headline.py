"""A row is exactly as wide as its pane, whatever stands in it, and gives way in a fixed order."""

from __future__ import annotations

import timeit
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finews_tui.lean import get_args
from finews_tui.page import badges_of, heading_of, headline_lines, plain, width_of
from finews_tui.page.cells import printable
from finews_tui.page.headline import Day
from finews_tui.posts import Kind, Ticker
from tests.page.make import BANKS, JD, JD_US, MOUTAI, ZONE, Row, anything, news, samples

HSBC = Ticker("116", "00005", "00005.HK", Kind.STOCK, "汇丰控股")
TITLE = "京东科技CEO李娅云：紧抓数字经济风口"


def texts(row: Row, width: int, height: int = 1, day: Day = "same") -> list[str]:
    return [plain(line) for line in headline_lines(row, width, zone=ZONE, height=height, day=day)]


@pytest.mark.parametrize(
    ("row", "width", "expected"),
    [
        (
            Row(TITLE, tickers=(JD, JD_US)),
            66,
            " ●  17:54 京东科技CEO李娅云：紧抓数字经济风口    京东集团·HK JD·US",
        ),
        (
            Row(TITLE, is_read=True, is_starred=True, sectors=(BANKS,)),
            54,
            "  ★ 17:54 京东科技CEO李娅云：紧抓数字经济风口     银行",
        ),
        (
            Row(TITLE, tickers=(JD, JD_US, MOUTAI), sectors=(BANKS,)),
            58,
            " ●  17:54 京东科技CEO李娅云：紧抓数字经济风口           +4",
        ),
        (Row(TITLE, tickers=(JD,)), 34, " ●  17:54 京东科技CEO李娅云：…  +1"),
        (Row(TITLE, tickers=(JD,)), 18, " ●  京东科技C…  +1"),
        (Row(TITLE, tickers=(JD,)), 12, " ●  京东科… "),
        (Row(TITLE, published=None), 24, " ●        京东科技CEO李…"),
        (Row(TITLE), 5, " ●   "),
    ],
)
def test_one_line(row: Row, width: int, expected: str) -> None:
    assert texts(row, width) == [expected]


def test_the_source_has_its_column_on_wide_panes() -> None:
    row = Row(TITLE, source="东方财富研究中心")
    assert "东方财富研究中心  京东" in texts(row, 140)[0]
    assert "东方财富研…   京东" in texts(row, 139)[0]
    assert "东方财富研…   京东" in texts(row, 100)[0]
    assert "东方财富" not in texts(row, 99)[0]
    bare = headline_lines(row, 140, zone=ZONE, show_source=False)
    assert "东方财富" not in plain(bare[0])
    for width in (100, 140):
        named, unnamed = texts(Row(TITLE, source="Reuters"), width), texts(Row(TITLE), width)
        assert named[0].index("京东") == unnamed[0].index("京东")


SATURDAY = datetime(2022, 2, 12, 17, 54, tzinfo=ZONE)
MIDNIGHT = datetime(2022, 2, 12, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("published", "width", "day", "expected"),
    [
        (datetime(2022, 2, 12, 9, 54, tzinfo=UTC), 60, "same", " ●  17:54 京"),
        (SATURDAY, 60, "other", " ●  02-12 京"),
        (SATURDAY, 60, "other year", " ●  2022-02-12 京"),
        (SATURDAY, 60, "alone", " ●  02-12 17:54 京"),
        (SATURDAY, 90, "same", " ●        17:54 京"),
        (SATURDAY, 90, "other", " ●  02-12 17:54 京"),
        (SATURDAY, 90, "other year", " ●  2022-02-12  京"),
        (SATURDAY, 90, "alone", " ●  2022-02-12 17:54 京"),
        (SATURDAY, 120, "same", " ●             17:54   "),
        (SATURDAY, 120, "other", " ●  02-12 周六 17:54   "),
        (SATURDAY, 120, "other year", " ●  2022-02-12 周六    "),
        (MIDNIGHT, 60, "same", " ●        京"),
        (MIDNIGHT, 60, "other", " ●  02-12 京"),
        (MIDNIGHT, 90, "other", " ●  02-12       京"),
        (MIDNIGHT, 120, "other", " ●  02-12 周六         "),
        (None, 60, "other", " ●        京"),
        (None, 90, "other year", " ●              京"),
        (None, 120, "other", " ●                      "),
    ],
)
def test_times_and_days(published: datetime | None, width: int, day: Day, expected: str) -> None:
    assert texts(Row(TITLE, published), width, day=day)[0].startswith(expected)


@pytest.mark.parametrize("width", [*range(30, 60), 70, 89, 90, 119, 120, 160])
def test_titles_stand_below_each_other(width: int) -> None:
    """Whatever is told of a day; but for a year in a narrow row."""
    height = 1 + (width < 60)
    days: list[Day] = ["same", "other", "other year"] if width >= 90 else ["same", "other"]
    rows = [Row(TITLE, published) for published in (SATURDAY, MIDNIGHT, None)]
    starts = {
        width_of(line[: line.index("京")]) if "京" in line else None
        for row in rows
        for day in days
        for line in texts(row, width, height, day)[:1]
    }
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("row", "height", "day", "expected"),
    [
        (
            Row(TITLE + "实现增长", source="中新经纬", tickers=(JD,)),
            2,
            "same",
            [" ●  17:54 京东科技CEO李娅云：紧抓数字经", "          济风口实现增长     京东集团·HK"],
        ),
        (
            Row(TITLE + "实现增长", source="中新经纬", tickers=(JD,)),
            2,
            "other",
            [" ●  17:54 京东科技CEO李娅云：紧抓数字经", "    02-12 济风口实现增长     京东集团·HK"],
        ),
        (
            Row(TITLE + "实现增长", source="中新经纬", tickers=(JD,)),
            2,
            "other year",
            [
                " ●  17:54 京东科技CEO李娅云：紧抓数字经",
                "    2022-02-12 济风口实现增长         +1",
            ],
        ),
        (
            Row("短标题", source="中新经纬", sectors=(BANKS,)),
            2,
            "same",
            [
                " ●  17:54 短标题                        ",
                "          中新经纬                  银行",
            ],
        ),
        (
            Row(TITLE + "实现增长", source="中新经纬", tickers=(JD,)),
            3,
            "other",
            [
                " ●  17:54 京东科技CEO李娅云：紧抓数字经",
                "    02-12 济风口实现增长                ",
                "          中新经纬           京东集团·HK",
            ],
        ),
    ],
)
def test_more_lines(row: Row, height: int, day: Day, expected: list[str]) -> None:
    assert texts(row, 40, height, day) == [text + " " * (40 - width_of(text)) for text in expected]


def test_badges_of_a_market_stand_together() -> None:
    row = Row("短标题", tickers=(JD, MOUTAI, HSBC), sectors=(BANKS,))
    assert texts(row, 89)[0].rstrip().endswith("京东集团·HK 汇丰控股·HK 贵州茅台·SH +1")
    assert [badge.symbol for badge in badges_of(row)] == [
        "09618.HK",
        "00005.HK",
        "600519.SH",
        "BK0475",
    ]


def marked(row: Row, width: int, height: int, places: list[tuple[int, int]]) -> str:
    """What of the title is shown as a match."""
    lines = headline_lines(row, width, zone=ZONE, height=height, marked=places)
    return "|".join(text for line in lines for text, role in line if role == "match")


def test_matches_are_marked_in_the_title() -> None:
    row = Row(TITLE + "实现增长", source="中新经纬", tickers=(JD,))
    assert marked(row, 80, 1, [(0, 2), (4, 7)]) == "京东|CEO"
    # Over the end of the first line, and up to where the title is cut.
    assert marked(row, 40, 2, [(14, 20)]) == "字经|济风口实"
    assert marked(row, 30, 1, [(2, 30)]) == "科技CEO李娅"
    assert marked(row, 12, 1, [(0, 30)]) == "京东科"
    # A source in the second line is no title.
    assert marked(Row("短标题", source="中新经纬"), 40, 2, [(0, 2)]) == "短标"


@given(st.lists(st.integers(0, 70), max_size=6, unique=True).map(sorted), st.integers(12, 150))
def test_marking_changes_no_character(borders: list[int], width: int) -> None:
    places = list(zip(borders[::2], borders[1::2], strict=False))
    row = Row(TITLE * 2, source="中新经纬", tickers=(JD,))
    height = 1 + (width < 60)
    plainly = headline_lines(row, width, zone=ZONE, height=height)
    lines = headline_lines(row, width, zone=ZONE, height=height, marked=places)
    assert list(map(plain, lines)) == list(map(plain, plainly))


def test_the_heading_of_a_day() -> None:
    assert heading_of(date(2022, 6, 14)) == "2022-06-14 周二"
    assert heading_of(None) == ""


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
        "badge-hk",
        "badge-sh",
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
    st.sampled_from(get_args(Day)),
    st.sampled_from([1, 2]),
    st.lists(st.integers(0, 60), max_size=6, unique=True).map(sorted),
)
def test_exactly_as_wide_as_the_pane(
    row: Row, width: int, height: int, day: Day, ambiguous: int, borders: list[int]
) -> None:
    places = list(zip(borders[::2], borders[1::2], strict=False))
    lines = headline_lines(
        row, width, zone=ZONE, height=height, day=day, ambiguous=ambiguous, marked=places
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
