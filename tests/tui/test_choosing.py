"""Choosing a category, a ticker, a day, and what to leave out of the list."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from finews_tui.tui.choosing import without_pinyin
from finews_tui.tui.offers import Offer, Offers
from tests.tui.harness import Reader, options_for, reading

SIZES = [(160, 50), (100, 30), (80, 24), (40, 20)]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def reader(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Reader]:
    async with reading(options_for(tmp_path), request.param) as reader:
        yield reader


def offered(reader: Reader) -> list[Offer]:
    """The rows of the dialog."""
    dialog = reader.screen.dialog
    return list(dialog.fitting(dialog.entry.value.strip())) if isinstance(dialog, Offers) else []


def shown(reader: Reader) -> str:
    dialog = reader.screen.dialog
    assert isinstance(dialog, Offers)
    return "\n".join(dialog.rows.render_line(y).text for y in range(dialog.rows.size.height))


async def test_a_ticker_by_its_pinyin(reader: Reader) -> None:
    screen = reader.screen
    await reader.press("T")
    await reader.until(lambda: offered(reader), "the tickers")
    await reader.type("lzkj")
    await reader.until(lambda: "岚舟科技 09741.HK" in shown(reader))
    assert offered(reader)[0].query == "ticker:09741.HK"
    await reader.press("enter")
    await reader.until(lambda: str(screen.asked.query) == "ticker:09741.HK")
    await reader.settle()
    assert screen.pane == "list" and 1 < screen.headlines.count < 47
    await reader.press("H")
    await reader.until(lambda: not screen.asked.query.parts)


@pytest.mark.parametrize(
    ("typed", "query"),
    [("09741", "ticker:09741.HK"), ("岚舟", "ticker:09741.HK"), ("LNZU", "ticker:LNZU.US")],
)
async def test_a_ticker_by_code_and_name(tmp_path: Path, typed: str, query: str) -> None:
    async with reading(options_for(tmp_path)) as reader:
        await reader.press("T")
        await reader.type(typed)
        await reader.press("enter")
        await reader.until(lambda: str(reader.screen.asked.query) == query)


async def test_the_tickers_of_the_post_come_first(tmp_path: Path) -> None:
    async with reading(options_for(tmp_path)) as reader:
        await reader.press("4", "G")
        await reader.settle()
        symbols = reader.screen.reading.symbols
        assert symbols
        await reader.press("T")
        await reader.until(lambda: offered(reader), "the tickers")
        queries = [offer.query for offer in offered(reader)]
        assert queries[: len(symbols)] == [f"ticker:{symbol}" for symbol in symbols]
        totals = [offer.total or 0 for offer in offered(reader)][len(symbols) :]
        assert totals[0] == max(totals)


async def test_a_category(reader: Reader) -> None:
    await reader.press("c")
    await reader.type("蓝桥")
    await reader.until(lambda: offered(reader), "the categories")
    assert offered(reader)[0].query == "source:蓝桥数据"
    await reader.press("enter")
    await reader.until(lambda: str(reader.screen.asked.query) == "source:蓝桥数据")
    await reader.until(lambda: reader.screen.headlines.count == 3)


def test_the_pinyin_of_a_source_is_not_offered_beside_it() -> None:
    names = ("财联社", "21世纪经济报道 21财经APP", "南天山")
    categories = ("cailianshe", "21shijijingjibaodao 21caijingAPP", "notes", "emnews", "随笔")
    offers = [Offer(name, "", "source") for name in names]
    offers += [Offer(name, "", "category") for name in categories]
    left = [offer.label for offer in without_pinyin(offers)]
    assert left == [*names, "notes", "emnews", "随笔"]


async def test_enter_may_come_before_the_names(tmp_path: Path) -> None:
    async with reading(options_for(tmp_path)) as reader:
        dialog = Offers("category: ", "none")
        reader.pilot.app.push_screen(dialog, reader.screen.choosing._chosen)
        await reader.type("蓝桥")
        await reader.press("enter")
        assert reader.screen.dialog is dialog
        dialog.offer([Offer("别的", "source:别的"), Offer("蓝桥数据", "source:蓝桥数据")])
        await reader.until(lambda: str(reader.screen.asked.query) == "source:蓝桥数据")


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("2022-06-13", "since:2022-06-13 until:2022-06-13"),
        ("6/13", "since:2022-06-13 until:2022-06-13"),
        ("6月13日", "since:2022-06-13 until:2022-06-13"),
        ("2022-05", "since:2022-05 until:2022-05"),
        ("2021年", "since:2021 until:2021"),
        ("3d", "since:3d"),
        ("today", "since:today"),
    ],
)
async def test_a_date(tmp_path: Path, typed: str, query: str) -> None:
    async with reading(options_for(tmp_path)) as reader:
        await reader.press("g", "d")
        await reader.type(typed)
        await reader.until(lambda: offered(reader), "the dates")
        assert offered(reader)[0].query == query
        await reader.press("enter")
        await reader.until(lambda: str(reader.screen.asked.query) == query)


async def test_leaving_out(reader: Reader) -> None:
    screen = reader.screen
    row = screen.headlines.current
    assert row is not None and row.source == "银杉证券报"
    await reader.press("x")
    assert {offer.note for offer in offered(reader)} == {"source", "ticker", "category"}
    await reader.press("enter")
    await reader.until(lambda: str(screen.asked.filter) == "-source:银杉证券报")
    await reader.until(lambda: screen.headlines.count == 47 - 3)
    await reader.press("x")
    await reader.type("sh")
    await reader.until(lambda: offered(reader))
    await reader.press("enter")
    await reader.until(lambda: "-ticker:" in str(screen.asked.filter))
    assert "-source:银杉证券报" in str(screen.asked.filter)
    await reader.press("F")
    await reader.until(lambda: screen.headlines.count == 47)


async def test_nothing_fits_and_nothing_is_chosen(tmp_path: Path) -> None:
    async with reading(options_for(tmp_path)) as reader:
        await reader.press("T")
        await reader.until(lambda: offered(reader), "the tickers")
        await reader.type("没有这个")
        await reader.until(lambda: "No ticker of the archive fits." in shown(reader))
        await reader.press("enter")
        await reader.until(lambda: reader.screen.dialog is None)
        assert not reader.screen.asked.query.parts
        for key in ("T", "c", "x"):
            await reader.press(key)
            await reader.until(lambda: reader.screen.dialog is not None)
            await reader.press("escape")
            await reader.until(lambda: reader.screen.dialog is None)


async def test_nothing_to_leave_out_of_an_empty_list(tmp_path: Path) -> None:
    async with reading(options_for(tmp_path)) as reader:
        await reader.press("g", "s")
        await reader.until(lambda: reader.screen.headlines.count == 0)
        await reader.press("x")
        assert reader.message == "There is no post here."
