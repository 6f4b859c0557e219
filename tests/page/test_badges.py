"""Badges tell name and market, and flow within two lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.page.badges import MOST_BADGES, flow_badges, full_badge, grouped, short_badge
from finews_tui.page.cells import width_of
from finews_tui.page.line import plain
from finews_tui.posts import Kind, Ticker
from tests.page.make import BANKS, JD, JD_US, MOUTAI, SHANGHAI_INDEX

DOLLAR = Ticker("120", "USDCNYC", "USDCNYC.120", Kind.FOREX)
NORTH = Ticker("0", "430047", "430047.BJ", Kind.STOCK, "诺思兰德")
VANKE = Ticker("0", "000002", "000002.SZ", Kind.STOCK, "万科A")
LONG = Ticker("106", "BABA", "BABA.US", Kind.STOCK, "Alibaba Group Holding Limited")
NAMELESS = Ticker("90", "BK0475", "BK0475", Kind.SECTOR)


@pytest.mark.parametrize(
    ("ticker", "short", "full", "role"),
    [
        (MOUTAI, "贵州茅台·SH", "[贵州茅台 600519.SH]", "badge-sh"),
        (VANKE, "万科A·SZ", "[万科A 000002.SZ]", "badge-sz"),
        (NORTH, "诺思兰德·BJ", "[诺思兰德 430047.BJ]", "badge-bj"),
        (JD, "京东集团·HK", "[京东集团 09618.HK]", "badge-hk"),
        (JD_US, "JD·US", "[JD.US]", "badge-us"),
        (LONG, "BABA·US", "[Alibaba Group Holding Limited BABA.US]", "badge-us"),
        (SHANGHAI_INDEX, "上证指数·SH", "[上证指数 000001.SH]", "badge-index"),
        (BANKS, "银行", "[银行 BK0475]", "badge-sector"),
        (NAMELESS, "BK0475", "[BK0475]", "badge-sector"),
        (DOLLAR, "USDCNYC·120", "[USDCNYC.120]", "badge-other"),
    ],
)
def test_badges(ticker: Ticker, short: str, full: str, role: str) -> None:
    assert short_badge(ticker, {}) == (short, role)
    assert full_badge(ticker, {}) == (full, role)


def test_names_from_elsewhere() -> None:
    assert short_badge(JD_US, {"JD.US": "京东"})[0] == "京东·US"
    assert full_badge(JD, {"09618.HK": "别名"})[0] == "[京东集团 09618.HK]"


def test_a_market_stands_together_and_the_first_badge_stays_the_first() -> None:
    mixed = [JD, MOUTAI, BANKS, VANKE, JD, DOLLAR, MOUTAI, NAMELESS, SHANGHAI_INDEX]
    together = [JD, JD, MOUTAI, MOUTAI, BANKS, NAMELESS, VANKE, DOLLAR, SHANGHAI_INDEX]
    assert grouped(mixed) == together
    assert grouped([]) == []


@pytest.mark.parametrize(
    ("count", "width", "expected"),
    [
        (0, 40, []),
        (1, 40, ["[京东集团 09618.HK]"]),
        (3, 40, ["[京东集团 09618.HK] [京东集团 09618.HK]", "[京东集团 09618.HK]"]),
        (9, 44, ["[京东集团 09618.HK] [京东集团 09618.HK]"] * 2),
        (9, 24, ["[京东集团 09618.HK]"] * 2),
        (1, 10, ["[京东集团", "09618.HK]"]),
    ],
)
def test_flow(count: int, width: int, expected: list[str]) -> None:
    shown = sum(line.count("09618") for line in expected)
    lines = [plain(line) for line in flow_badges([JD] * count, width, {})]
    if count > shown:
        expected = [*expected[:-1], f"{expected[-1]} +{count - shown}"]
    assert lines == expected


@given(
    st.lists(st.sampled_from([JD, JD_US, BANKS, LONG, DOLLAR]), max_size=20), st.integers(8, 120)
)
def test_badges_fit_and_are_counted(tickers: list[Ticker], width: int) -> None:
    lines = flow_badges(tickers, width, {})
    assert all(width_of(plain(line)) <= width for line in lines)
    text = "".join(map(plain, lines))
    hidden = int(text.rpartition("+")[2]) if "+" in text else 0
    assert text.count("[") == len(tickers) - hidden <= MOST_BADGES
