"""Motion in the three panes: what stands before, the keys, what stands after."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from tests.tui.harness import Reader, options_for, reading, small_archive, write_post


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Reader]:
    """40 posts, four a day, at 120 × 40."""
    root = small_archive(tmp_path / "archive")
    async with reading(options_for(tmp_path, root)) as reader:
        yield reader


LIST_KEYS = [
    ("j", 1),
    ("j j k", 1),
    ("down down up", 1),
    ("5 j", 5),
    ("1 2 j 3 k", 9),
    ("G", 39),
    ("end", 39),
    ("G g g", 0),
    ("G home", 0),
    ("7 G", 6),
    ("7 g g", 6),
    ("9 9 9 G", 39),
    ("k", 0),
    ("9 9 j", 39),
]


async def test_rows(reader: Reader) -> None:
    for keys, row in LIST_KEYS:
        await reader.press("g", "g", *keys.split())
        assert reader.screen.headlines.cursor == row, keys
        assert f"{row + 1}/40" in reader.screen.status.render_line(0).text, keys


async def test_pages_move_the_view_with_the_cursor(reader: Reader) -> None:
    pane = reader.screen.headlines
    height = pane.rows_on_screen
    assert height < 20
    await reader.press("ctrl+f")
    assert (pane.cursor, pane.top) == (height, height)
    await reader.press("ctrl+b")
    assert (pane.cursor, pane.top) == (0, 0)
    await reader.press("ctrl+d")
    assert pane.cursor == pane.top == round(height / 2)
    await reader.press("ctrl+u")
    assert pane.cursor == 0
    await reader.press("2", "pagedown", "pageup")
    assert pane.cursor == height
    await reader.press("b")
    assert pane.cursor == 0


async def test_the_view_scrolls_no_more_than_needed(reader: Reader) -> None:
    pane = reader.screen.headlines
    height = pane.rows_on_screen
    await reader.press(*str(height - 1), "j")
    assert pane.top == 0
    await reader.press("j")
    assert pane.top == 1
    await reader.press(*"k" * (height - 1))
    assert pane.top == 1
    await reader.press("k")
    assert pane.top == 0


async def test_rows_out_of_sight_arrive(reader: Reader) -> None:
    await reader.press("G")
    await reader.until(lambda: "第0条新闻" in reader.text(), "the last row")
    assert reader.rows()[-1].lstrip("▌ ●").startswith("08:00")


async def test_panes(reader: Reader) -> None:
    assert reader.pane() == "list"
    for key, pane in (
        ("h", "tree"),
        ("h", "tree"),
        ("tab", "list"),
        ("tab", "article"),
        ("tab", "tree"),
        ("shift+tab", "article"),
        ("left", "list"),
        ("alt+1", "tree"),
        ("alt+2", "list"),
        ("alt+3", "article"),
    ):
        await reader.press(key)
        assert reader.pane() == pane, key
    await reader.press("ctrl+w", "h", "ctrl+w", "h")
    assert reader.pane() == "tree"
    await reader.press("ctrl+w", "l")
    assert reader.pane() == "list"
    await reader.press("ctrl+w", "w")
    assert reader.pane() == "article"
    await reader.press("2", "tab")
    assert reader.pane() == "list"


async def test_the_focused_pane_is_told_by_its_title(reader: Reader) -> None:
    screen = reader.screen
    assert screen.titles["list"].render_line(0).text.startswith("━━ All ━")
    await reader.press("h")
    assert screen.titles["list"].render_line(0).text.startswith("── All ─")
    assert screen.titles["tree"].render_line(0).text.startswith("━━ ")
    assert screen.categories.render_line(0).text.startswith("▌")


async def test_the_other_pane_scrolls(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    body = "".join(f"<p>第{n}段。</p>" for n in range(60))
    write_post(root / "_posts", 1, body=body)
    write_post(root / "_posts", 2, body=body, time="11:00:00")
    async with reading(options_for(tmp_path, root)) as reader:
        screen = reader.screen
        await reader.press("J", "J", "3", "J", "K")
        assert reader.pane() == "list"
        assert screen.article.top == 4
        await reader.press("h", "J")
        assert screen.article.top == 5
        await reader.press("alt+3", "J")
        assert screen.headlines.cursor == 1
        await reader.until(lambda: screen.article.key.endswith("01"), "the next post")
        assert reader.pane() == "article"
        await reader.press("K")
        await reader.until(lambda: screen.article.key.endswith("02"), "the post before")
        assert screen.article.top == 5, "each post keeps its place"


async def test_the_article_scrolls(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    write_post(root / "_posts", 1, body="".join(f"<p>第{n}段。</p>" for n in range(100)))
    async with reading(options_for(tmp_path, root)) as reader:
        view = reader.screen.article
        await reader.press("l")
        assert reader.pane() == "article"
        height = view.size.height
        await reader.press("j", "j", "k")
        assert view.top == 1
        await reader.press("1", "0", "G")
        assert view.top == 9
        await reader.press("g", "g", "ctrl+f")
        assert view.top == height - 1, "a line of the page before stays in sight"
        await reader.press("ctrl+u")
        assert view.top == height - 1 - round(height / 2)
        await reader.press("G")
        assert view.is_at_end
        assert "100 %" in reader.screen.status.render_line(0).text
        await reader.press("home", "space")
        assert view.top == height - 1


async def test_headings(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    body = "".join(f"<h2>标题{n}</h2>" + "<p>正文。</p>" * 20 for n in range(4))
    write_post(root / "_posts", 1, body=body)
    async with reading(options_for(tmp_path, root)) as reader:
        view = reader.screen.article
        await reader.press("l", "]", "h")
        assert "标题0" in view.render_line(0).text
        await reader.press("2", "]", "h")
        assert "标题2" in view.render_line(0).text
        await reader.press("[", "h")
        assert "标题1" in view.render_line(0).text
        await reader.press("g", "g", "[", "h")
        assert reader.message == "No heading further up."


def _stands_on(reader: Reader, row: int) -> bool:
    return reader.screen.headlines.cursor == row


async def test_jumps_between_days(reader: Reader) -> None:
    for key, row in (("]", 4), ("]", 8), ("[", 4)):
        await reader.press(key, "d")
        await reader.until(partial(_stands_on, reader, row), f"row {row}")
    await reader.press("3", "]", "d")
    await reader.until(partial(_stands_on, reader, 16), "three days on")


async def test_jumps_to_unread_and_starred(reader: Reader) -> None:
    screen = reader.screen
    await reader.press("j", "4", "m")
    await reader.until(lambda: "●" not in reader.rows()[4], "four read posts")
    await reader.press("7", "G", "s", "g", "g")
    await reader.until(lambda: "★" in reader.rows()[6], "the star")
    await reader.press("]", "u")
    await reader.until(lambda: screen.headlines.cursor == 5, "the next unread")
    await reader.press("[", "u")
    await reader.until(lambda: screen.headlines.cursor == 0, "the unread before")
    await reader.press(">")
    await reader.until(lambda: screen.headlines.cursor == 5, "the next unread")
    await reader.press("<")
    await reader.until(lambda: screen.headlines.cursor == 0, "the unread before")
    await reader.press("]", "s")
    await reader.until(lambda: screen.headlines.cursor == 6, "the star")
    await reader.press("]", "s")
    await reader.until(lambda: reader.message == "No starred post further down.")


async def test_jumps_to_the_same_ticker(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    for number in range(12):
        text = "贵州茅台（600519）" if number in (2, 5, 9) else "没有代码"
        write_post(root / "_posts", number, body=f"<p>{text}</p>", time=f"10:{59 - number}:00")
    async with reading(options_for(tmp_path, root)) as reader:
        pane = reader.screen.headlines
        await reader.press("]", "t")
        assert reader.message == "This post names no ticker."
        await reader.press("3", "G", "]", "t")
        await reader.until(lambda: pane.cursor == 5)
        await reader.press("]", "t")
        await reader.until(lambda: pane.cursor == 9)
        await reader.press("2", "[", "t")
        await reader.until(lambda: pane.cursor == 2)


async def test_reading_on(reader: Reader) -> None:
    """Space opens, pages, and goes to the next unread post."""
    screen = reader.screen
    await reader.press("space")
    assert reader.pane() == "article"
    first = screen.article.key
    await reader.until(lambda: "●" not in reader.rows()[0], "the read mark")
    await reader.press("space")
    await reader.until(lambda: screen.article.key not in (first, ""), "the next post")
    assert (screen.headlines.cursor, reader.pane()) == (1, "article")
    await reader.until(lambda: "●" not in reader.rows()[1], "the read mark")
