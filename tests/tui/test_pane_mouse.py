"""The mouse: a click selects, the wheel scrolls what is below the pointer."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widget import Widget

from finews_tui.page import width_of
from tests.tui.harness import Reader, options_for, reading, small_archive, write_post


def spot(reader: Reader, text: str) -> tuple[int, int]:
    """The cell of the article pane at which ``text`` begins."""
    view = reader.screen.article
    for y in range(view.size.height):
        strip = view.render_line(y)
        if text in strip.text:
            before = strip.text[: strip.text.index(text)]
            return (width_of(before), y)
    raise AssertionError(f"{text} is not on the screen")


async def test_clicks_in_the_list(tmp_path: Path) -> None:
    root = small_archive(tmp_path / "archive")
    async with reading(options_for(tmp_path, root)) as reader:
        screen = reader.screen
        await reader.press("h")
        await reader.pilot.click(screen.headlines, offset=(20, 4))
        assert (screen.headlines.cursor, reader.pane()) == (4, "list")
        await reader.until(lambda: "第35条新闻" in reader.article(), "the preview")
        assert "●" in reader.rows()[4]
        await reader.pilot.click(screen.headlines, offset=(20, 5), times=2)
        await reader.until(lambda: reader.pane() == "article")
        await reader.until(lambda: "●" not in reader.rows()[5], "the read mark")


async def test_clicks_below_the_last_row_do_nothing(tmp_path: Path) -> None:
    root = small_archive(tmp_path / "archive", 3)
    async with reading(options_for(tmp_path, root)) as reader:
        await reader.press("j")
        await reader.pilot.click(reader.screen.headlines, offset=(20, 9))
        assert reader.screen.headlines.cursor == 1


async def test_clicks_in_the_tree(tmp_path: Path) -> None:
    root = small_archive(tmp_path / "archive")
    async with reading(options_for(tmp_path, root)) as reader:
        screen = reader.screen
        await reader.until(lambda: " 14 " in screen.categories.render_line(5).text)
        await reader.pilot.click(screen.categories, offset=(8, 5))
        await reader.until(lambda: screen.headlines.count == 14, "one source")
        await reader.pilot.click(screen.categories, offset=(8, 4))
        await reader.until(lambda: screen.categories.render_line(4).text.strip("▌ ")[0] == "▸")


def wheel(pane: Widget) -> events.MouseScrollDown:
    """One step of the wheel over ``pane``."""
    x, y = pane.region.offset.x + 5, pane.region.offset.y + 3
    return events.MouseScrollDown(
        pane, 5, 3, 0, 1, 0, False, False, False, screen_x=x, screen_y=y, style=None
    )


async def test_the_wheel_scrolls_below_the_pointer(tmp_path: Path) -> None:
    root = small_archive(tmp_path / "archive")
    async with reading(options_for(tmp_path, root)) as reader:
        pane = reader.screen.headlines
        pane.post_message(wheel(pane))
        await reader.until(lambda: pane.top > 0, "the view moves")
        assert (pane.cursor, reader.pane()) == (0, "list")
        await reader.press("h", "alt+2", "j")
        assert (pane.cursor, pane.top) == (1, 1), "a key brings the cursor back into sight"


async def test_clicks_on_badges_and_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_CONNECTION", "1 2 3 4")
    root = tmp_path / "archive"
    url = "http://finance.eastmoney.com/news/1355,202203112307390013.html"
    body = (
        "<p>贵州茅台（600519）和五粮液（000858）</p>"
        f'<p>见<a href="https://example.com/a">某文</a>。</p>\n\n<{url}>\n\n'
    )
    write_post(root / "_posts", 1, body=body)
    write_post(root / "_posts", 2, body="<p>五粮液（000858）</p>", time="09:00:00")
    async with reading(options_for(tmp_path, root)) as reader:
        screen = reader.screen
        for text, address in (("某文", "https://example.com/a"), (url[:20], url)):
            await reader.pilot.click(screen.article, offset=spot(reader, text))
            await reader.until(lambda: len(reader.pilot.app.screen_stack) == 2, "the card")
            assert reader.pilot.app.clipboard == address
            await reader.press("q")
            await reader.until(lambda: len(reader.pilot.app.screen_stack) == 1, "no card")
        x, y = spot(reader, "000858")
        await reader.pilot.click(screen.article, offset=(x + 1, y))
        await reader.until(lambda: screen.status.filter == "ticker:000858.SZ", "its news")
        await reader.until(lambda: screen.headlines.count == 2, "two posts")
