"""Categories, tickers, the filter, and searching inside a pane."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from finews_tui.library import Query
from tests.tui.harness import Reader, options_for, reading, small_archive, write_post


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Reader]:
    """40 posts, four a day, from three sources."""
    options = options_for(tmp_path, small_archive(tmp_path / "archive"))
    async with reading(options) as reader:
        await reader.until(lambda: " 14 " in reader.screen.categories.render_line(5).text)
        yield reader


def count(reader: Reader) -> int:
    return reader.screen.headlines.count


def tree(reader: Reader) -> list[str]:
    pane = reader.screen.categories
    return [pane.render_line(y).text.strip("▌ ") for y in range(pane.size.height)]


def labels(reader: Reader) -> list[str]:
    """The rows of the tree without their counts."""
    return [re.sub(r"(\s{2,}[\d,]+)+$", "", row) for row in tree(reader)]


# -- the tree ------------------------------------------------------------------------------------


async def test_a_node_fills_the_list(reader: Reader) -> None:
    await reader.press("h", "6", "G", "enter")
    await reader.until(lambda: count(reader) == 14, "one source")
    assert reader.pane() == "list"
    label = reader.screen.titles["list"].title
    assert f"source:{label}" in reader.screen.status.render_line(0).text
    assert "1/14" in reader.screen.status.render_line(0).text
    await reader.press("h", "g", "g", "l")
    await reader.until(lambda: count(reader) == 40, "all")
    assert reader.screen.titles["list"].title == "All"


async def test_the_tree_shows_totals_and_unread(reader: Reader) -> None:
    before = ["All 40 40", "Unread 40 40", "Today 4 4", "Starred 0", "▾ Sources 40 40"]
    await reader.until(lambda: [" ".join(row.split()) for row in tree(reader)[:5]] == before)
    await reader.press("3", "m", "s")
    after = ["All 37 40", "Unread 37 37", "Today 1 4", "Starred 1", "▾ Sources 37 40"]
    await reader.until(lambda: [" ".join(row.split()) for row in tree(reader)[:5]] == after)


async def test_folding(reader: Reader) -> None:
    await reader.press("h", "5", "G", "h")
    assert labels(reader)[4:8] == ["▸ Sources", "▸ Tickers", "▸ Sectors", "▸ Dates"]
    await reader.press("l")
    assert labels(reader)[4] == "▾ Sources"
    await reader.press("j", "h")
    assert reader.screen.categories.cursor == 4, "from a leaf to the node above it"
    await reader.press("space")
    assert labels(reader)[4] == "▸ Sources"
    await reader.press("8", "G", "enter")
    await reader.until(lambda: "▸ 2022" in labels(reader)[8], "the years")
    await reader.press("j", "l")
    await reader.until(lambda: "▸ 2022-03" in tree(reader)[9], "the months")
    await reader.press("j", "l")
    await reader.until(lambda: tree(reader)[10].startswith("2022-03-10"), "the days")
    await reader.press("j", "enter")
    await reader.until(lambda: count(reader) == 4, "one day")
    await reader.press("-")
    assert labels(reader)[4:9] == ["▸ Sources", "▸ Tickers", "▸ Sectors", "▸ Dates", ""]
    await reader.press("=")
    assert "▾ Sources" in labels(reader) and any(
        row.startswith("2022-03-10") for row in tree(reader)
    )


async def test_a_long_list_of_children_is_capped(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    for number in range(30):
        write_post(root / "_posts", number, source=f"来源{number:02d}")
    async with reading(options_for(tmp_path, root)) as reader:
        await reader.until(lambda: "⋯ 18 more" in tree(reader), "the sources")
        await reader.press("h", "1", "8", "G", "enter")
        assert "⋯ 18 more" not in tree(reader)
        assert "来源12" in tree(reader)[reader.screen.categories.cursor]


# -- categories by key ---------------------------------------------------------------------------


async def test_categories_by_key(reader: Reader) -> None:
    await reader.press("2", "m", "j", "j", "s", "g", "s")
    await reader.until(lambda: count(reader) == 1, "starred")
    await reader.press("g", "u")
    await reader.until(lambda: count(reader) == 38, "unread")
    await reader.press("g", "t")
    await reader.until(lambda: count(reader) == 4, "today")
    assert reader.screen.titles["list"].title == "Today"
    await reader.press("j", "g", "h")
    await reader.until(lambda: count(reader) == 40, "all")
    assert reader.screen.headlines.cursor == 1, "the cursor stays on its post"


async def test_an_empty_list_says_so(reader: Reader) -> None:
    await reader.press("g", "s")
    await reader.until(lambda: "No posts match is:starred." in reader.text())
    assert "0/0" in reader.screen.status.render_line(0).text
    assert "gh lists the whole archive" in reader.text()
    assert reader.screen.article.article is None or count(reader) == 0
    await reader.press("j", "G", "enter", "m", "s", "o", "i", "t", "]", "u", "n")
    await reader.press("g", "h")
    await reader.until(lambda: count(reader) == 40, "all")


async def test_news_of_a_ticker(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    write_post(root / "_posts", 1, body="<p>贵州茅台（600519）和五粮液（000858）</p>")
    write_post(root / "_posts", 2, body="<p>五粮液（000858）</p>", time="09:00:00")
    write_post(root / "_posts", 3, time="08:00:00")
    async with reading(options_for(tmp_path, root)) as reader:
        await reader.press("3", "G", "t")
        assert reader.message == "This post names no ticker."
        await reader.press("g", "g", "3", "t")
        assert reader.message == "This post names only 2."
        await reader.press("2", "t")
        await reader.until(lambda: count(reader) == 2, "the second ticker")
        assert reader.screen.status.filter == "ticker:000858.SZ"
        assert reader.screen.headlines.cursor == 0, "the cursor stays on the post"
        await reader.press("t")
        await reader.until(lambda: count(reader) == 1, "the first ticker")
        await reader.press("H")
        await reader.until(lambda: count(reader) == 2, "back")


# -- the filter ----------------------------------------------------------------------------------


async def test_the_filter_follows_what_is_typed(reader: Reader) -> None:
    await reader.press("f")
    await reader.type("第1")
    await reader.until(lambda: count(reader) == 11, "第1…")
    await reader.type("2")
    await reader.until(lambda: count(reader) == 1, "第12")
    await reader.press("enter")
    assert reader.pane() == "list"
    assert reader.screen.titles["list"].title == "All · 第12"
    await reader.press("F")
    await reader.until(lambda: count(reader) == 40, "no filter")
    assert (
        "第12条新闻" in reader.rows()[reader.screen.headlines.cursor - reader.screen.headlines.top]
    )
    await reader.press("F")
    assert reader.message == "No filter is set."


async def test_a_cancelled_filter_changes_nothing(reader: Reader) -> None:
    await reader.press("5", "j", "f")
    await reader.type("是没有的")
    await reader.until(lambda: count(reader) == 0, "nothing")
    assert "No posts match" in reader.text()
    await reader.press("escape")
    await reader.until(lambda: count(reader) == 40, "all")
    assert not reader.screen.prompt.is_open
    assert reader.screen.headlines.cursor == 5, "the cursor is back on its post"


async def test_the_full_text_of_the_whole_archive_is_searched(tmp_path: Path) -> None:
    root = Path(__file__).parents[2] / "sample_posts"
    options = options_for(tmp_path, root)
    async with reading(options) as reader:
        await reader.until(lambda: count(reader) == 47, "all")
        await reader.press("g", "t")
        await reader.until(lambda: count(reader) == 8, "one day")
        await reader.press("S")
        await reader.type("风电")
        # 风 alone is answered, too, and has other hits.
        with reader.in_library(options) as library:
            hits = len(library.search(Query.parse("风电")))
        assert 1 < hits < 47
        await reader.until(lambda: count(reader) == hits, "hits in the texts")
        await reader.press("enter")
        assert not reader.screen.prompt.is_open
        assert (reader.screen.status.filter, count(reader)) == ("风电", hits)
        await reader.press("H")
        await reader.until(lambda: count(reader) == 8, "back")
        await reader.press("S")
        await reader.type("锁量不锁价")
        await reader.until(lambda: count(reader) == 1, "one hit")
        await reader.press("escape")
        await reader.until(lambda: count(reader) == 8, "as it was")


async def test_a_filter_on_a_category(reader: Reader) -> None:
    await reader.press("g", "t")
    await reader.until(lambda: count(reader) == 4, "today")
    await reader.press("f")
    await reader.type("source:财联社")
    await reader.until(lambda: 0 < count(reader) < 4, "both")
    await reader.press("enter", "f")
    assert reader.screen.prompt.value == "source:财联社"
    await reader.press("escape")


async def test_a_wrong_filter_points_at_the_word(reader: Reader) -> None:
    await reader.press("f")
    await reader.type("tikcer:x")
    await reader.until(lambda: reader.screen.prompt.error is not None, "the error")
    await reader.press("enter")
    assert reader.screen.prompt.is_open, "Enter does nothing while the query is wrong"
    await reader.press("ctrl+u")
    await reader.type("is:read")
    await reader.until(lambda: count(reader) == 0, "nothing read yet")
    await reader.press("enter")
    assert not reader.screen.prompt.is_open


# -- searching in a pane -------------------------------------------------------------------------


async def test_searching_the_list(reader: Reader) -> None:
    pane = reader.screen.headlines
    await reader.press("/")
    await reader.type("第2")
    await reader.until(lambda: pane.cursor == 10, "第29条")
    await reader.press("enter")
    assert not reader.screen.prompt.is_open
    for keys, row in (("n", 11), ("3 n", 14), ("N", 13), ("9 n", 11), ("2 N", 37), ("n", 10)):
        await reader.press(*keys.split())
        await reader.until(lambda row=row: pane.cursor == row, f"{keys}: row {row}")  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    styles = {segment.text: segment.style for segment in pane.render_line(pane.cursor - pane.top)}
    assert "第2" in styles
    await reader.press("escape", "n")
    assert reader.message == "Nothing is searched here; / searches."


async def test_a_cancelled_search_goes_back(reader: Reader) -> None:
    pane = reader.screen.headlines
    await reader.press("4", "j", "/")
    await reader.type("第3条")
    await reader.until(lambda: pane.cursor == 36, "the match")
    await reader.press("escape")
    await reader.until(lambda: pane.cursor == 4, "where it began")


async def test_searching_for_what_is_not_there(reader: Reader) -> None:
    await reader.press("/")
    await reader.type("没有")
    await reader.press("enter")
    await reader.until(lambda: "No title of this list has “没有”." in reader.said)
    assert reader.screen.headlines.cursor == 0


async def test_searching_the_tree(reader: Reader) -> None:
    await reader.press("h", "-", "/")
    await reader.type("证券")
    assert tree(reader)[reader.screen.categories.cursor].startswith("证券时报"), "it is unfolded"
    await reader.press("enter", "n")
    assert tree(reader)[reader.screen.categories.cursor].startswith("证券时报")
    await reader.press("/")
    await reader.type("没有")
    await reader.press("enter")
    assert reader.message == "“没有” is not in the tree."


async def test_searching_the_tree_finds_what_was_never_unfolded(reader: Reader) -> None:
    await reader.press("h", "/")
    await reader.type("2022")
    await reader.until(
        lambda: tree(reader)[reader.screen.categories.cursor].startswith("▸ 2022"), "the year"
    )
    await reader.press("enter", "n")
    assert tree(reader)[reader.screen.categories.cursor].startswith("▸ 2022")


async def test_searching_the_article(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    filler = "".join(f"<p>第{n}段，什么也没有。</p>" for n in range(30))
    long = "很长的一段话，" * 20 + "目标" + "。后面还有话" * 20
    write_post(
        root / "_posts", 1, body=f"<p>Apple apple</p>{filler}<p>{long}</p>{filler}<p>目标</p>"
    )
    async with reading(options_for(tmp_path, root)) as reader:
        view = reader.screen.article
        await reader.press("l", "/")
        await reader.type("目标")
        assert view.marks.count == 2
        assert view.top > 0
        first = view.top
        await reader.press("enter", "n")
        assert view.top > first
        await reader.press("n")
        assert abs(view.top - first) <= 1, "around the end; the prompt had taken a line"
        await reader.press("/")
        await reader.type("Apple")
        assert view.marks.count == 1, "a capital that was typed counts"
        await reader.press("ctrl+u")
        await reader.type("apple")
        assert view.marks.count == 2
        await reader.press("escape")
        assert view.marks.count == 0
