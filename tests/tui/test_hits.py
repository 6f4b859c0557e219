"""Why a post was found is seen: words marked in titles, a piece of the text, what was left out."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from finews_tui.library import occurrences
from finews_tui.page.line import Line
from tests.tui.harness import Reader, options_for, reading, write_post

BODY = "<p>开头的一段话，说的是别的。</p><p>中间说到储能电站的并网，后面还有。</p>"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    root = tmp_path / "archive"
    write_post(root / "_posts", 1, title="ＧＤＰ与储能：储能的一年", body=BODY, time="12:00:00")
    write_post(root / "_posts", 2, title="别的新闻", body=BODY, time="11:00:00")
    write_post(root / "_posts", 3, title="无关", time="10:00:00")
    return root


@pytest.fixture(params=[(120, 40), (80, 24), (50, 20)])
async def reader(
    request: pytest.FixtureRequest, tmp_path: Path, archive: Path
) -> AsyncIterator[Reader]:
    async with reading(options_for(tmp_path, archive), request.param) as reader:
        yield reader


def marked(line: Line) -> list[str]:
    return [text for text, role in line if role == "match"]


def piece(reader: Reader) -> Line:
    """What is shown of the text, wherever there is room for it."""
    return reader.screen.titles["article"].piece or reader.screen.titles["list"].piece


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["储能"], ["储能", "储能"]),
        (["gdp", "一年"], ["ＧＤＰ", "一年"]),
        (["能的", "储能"], ["储能", "储能的"]),
        (["储能："], ["储能："]),
        (["12:00", "财联社", ""], []),
    ],
)
def test_words_are_looked_for_as_a_search_does(words: list[str], found: list[str]) -> None:
    title = "ＧＤＰ与储能：储能的一年"
    assert [title[start:end] for start, end in occurrences(title, words)] == found


async def test_the_words_of_the_list_are_marked(reader: Reader) -> None:
    pane = reader.screen.headlines
    await reader.press("S")
    await reader.type("储能 gdp")
    await reader.until(lambda: pane.count == 1)
    lines = pane.row_lines(0, pane.size.width)
    assert [text for line in lines for text in marked(line)] == ["ＧＤＰ", "储能", "储能"]
    await reader.press("escape")
    await reader.until(lambda: pane.count == 3)
    assert not [text for line in pane.row_lines(0, pane.size.width) for text in marked(line)]


async def test_a_piece_of_the_text_is_shown(reader: Reader) -> None:
    await reader.press("S")
    await reader.type("储能电站")
    await reader.press("enter")
    await reader.until(lambda: marked(piece(reader)) == ["储能电站"], "the piece")
    text = "".join(text for text, _ in piece(reader))
    assert "中间说到储能电站" in text
    title = next(title for title in reader.screen.titles.values() if title.piece and title.region)
    assert text in title.render_line(0).text
    await reader.press("g", "h")
    await reader.until(lambda: reader.screen.headlines.count == 3)
    await reader.until(lambda: not piece(reader), "nothing to show")


async def test_an_expression_that_takes_too_long_is_told(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    write_post(root / "_posts", 1, body=f"<p>{'a' * 40}</p>")
    async with reading(options_for(tmp_path, root), settled=False) as reader:
        await reader.until(lambda: reader.screen.headlines.count == 1)
        await reader.press("S")
        await reader.type("/(a+)+b/")
        await reader.until(
            lambda: any("/(a+)+b/ takes too long" in said for said in reader.said), "a word of it"
        )


async def test_how_much_was_searched_is_told(tmp_path: Path, archive: Path) -> None:
    options = options_for(tmp_path, archive)
    with sqlite3.connect(options.index) as connection:
        connection.execute("UPDATE posts SET is_pending = 1 WHERE title = '别的新闻'")
    connection.close()
    async with reading(options) as reader:
        await reader.press("S")
        await reader.type("储能")
        await reader.press("enter")
        await reader.until(lambda: "text 66 %" in reader.text(), "the share")
        await reader.press("g", "h")
        await reader.until(lambda: "text 66 %" not in reader.text(), "no word was looked for")


async def test_percentages(reader: Reader) -> None:
    status = reader.screen.status
    for percent, row in ((50, 2), (100, 3), (1, 1), (99, 3), (34, 2), (33, 1)):
        await reader.press(*str(percent), "percent_sign")
        await reader.until(lambda: reader.screen.headlines.cursor == row - 1)  # noqa: B023  # at once
        assert status.render_line(0).text.startswith(f" {row}/3 ")
    await reader.press("percent_sign")
    assert "50%" in reader.message
