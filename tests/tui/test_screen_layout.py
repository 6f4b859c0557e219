"""Where the panes stand in every size, and that a resize keeps the place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.page import width_of
from finews_tui.tui.arrangement import arrange
from finews_tui.tui.commands import PANES, Pane
from tests.tui.harness import Reader, options_for, reading, small_archive, write_post


@given(
    st.integers(20, 300),
    st.integers(8, 100),
    st.sampled_from(PANES),
    st.booleans(),
)
def test_every_size_shows_the_focused_pane(
    width: int, height: int, pane: Pane, is_zoomed: bool
) -> None:
    plan = arrange(width, height, pane, is_zoomed=is_zoomed)
    assert pane in plan.shown
    assert plan.tree_width <= width // 2
    assert plan.list_height <= height - 8
    if is_zoomed or width < 80:
        assert plan.shown == {pane}


@pytest.mark.parametrize(
    ("size", "pane", "shown"),
    [
        ((160, 50), "list", {"tree", "list", "article"}),
        ((120, 24), "list", {"tree", "list", "article"}),
        ((119, 30), "list", {"list", "article"}),
        ((100, 30), "tree", {"tree", "list", "article"}),
        ((80, 24), "article", {"list", "article"}),
        ((80, 16), "article", {"article"}),
        ((80, 16), "list", {"list"}),
        ((120, 16), "list", {"tree", "list"}),
        ((79, 50), "list", {"list"}),
        ((40, 20), "tree", {"tree"}),
    ],
)
def test_arrangements(size: tuple[int, int], pane: Pane, shown: set[Pane]) -> None:
    assert arrange(*size, pane, is_zoomed=False).shown == shown


def visible(reader: Reader) -> set[str]:
    screen = reader.screen
    panes = (screen.categories, screen.headlines, screen.article)
    return {pane.id or "" for pane in panes if pane.region}


@pytest.mark.parametrize("size", [(160, 50), (120, 16), (100, 30), (80, 24), (40, 20), (40, 16)])
async def test_every_line_fits(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(options_for(tmp_path), size) as reader:
        screen = reader.screen
        for key in ("alt+1", "alt+2", "alt+3"):
            await reader.press(key)
            await reader.pilot.pause()
            assert reader.pane() in visible(reader)
            for pane in (screen.categories, screen.headlines, screen.article):
                if not pane.region:
                    continue
                for y in range(pane.size.height):
                    strip = pane.render_line(y)
                    assert strip.cell_length == pane.size.width
                    assert width_of(strip.text) == pane.size.width
            assert "? help" in screen.status.render_line(0).text


async def test_one_pane_at_a_time(tmp_path: Path) -> None:
    async with reading(options_for(tmp_path), (40, 20)) as reader:
        assert visible(reader) == {"list"}
        assert reader.screen.headlines.row_height == 2
        await reader.press("l")
        await reader.until(lambda: visible(reader) == {"article"})
        await reader.press("h", "h")
        await reader.until(lambda: visible(reader) == {"tree"})
        await reader.press("enter")
        await reader.until(lambda: visible(reader) == {"list"})


async def test_the_tree_lies_over_the_others(tmp_path: Path) -> None:
    async with reading(options_for(tmp_path), (100, 30)) as reader:
        assert visible(reader) == {"list", "article"}
        await reader.press("h")
        await reader.until(lambda: visible(reader) == {"tree", "list", "article"})
        assert reader.screen.headlines.size.width == 100
        await reader.press("q")
        await reader.until(lambda: visible(reader) == {"list", "article"})
        assert reader.pilot.app.is_running
        await reader.press("h", "escape")
        await reader.until(lambda: visible(reader) == {"list", "article"})


async def test_zoom(tmp_path: Path) -> None:
    async with reading(options_for(tmp_path), (160, 50)) as reader:
        for key, pane in (("alt+2", "list"), ("alt+3", "article"), ("alt+1", "tree")):
            await reader.press(key, "z")
            await reader.until(lambda pane=pane: visible(reader) == {pane})  # type: ignore[misc]  # mypy cannot infer a lambda with a default
            await reader.press("z")
            await reader.until(lambda: len(visible(reader)) == 3)


async def test_a_resize_keeps_the_row(tmp_path: Path) -> None:
    root = small_archive(tmp_path / "archive")
    async with reading(options_for(tmp_path, root), (120, 40)) as reader:
        pane = reader.screen.headlines
        await reader.press("2", "0", "j")
        await reader.settle()
        for size in ((40, 20), (160, 50), (80, 16), (100, 30), (30, 16), (120, 40)):
            await reader.pilot.resize_terminal(*size)
            await reader.until(
                lambda: (
                    pane.current is not None
                    and any("▌" in row and pane.current.title in row for row in reader.rows())
                )
            )
            assert pane.cursor == 20


async def test_a_resize_keeps_the_line(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    body = "".join(f"<p>【{n}】{'这一段话有一点长，' * 12}</p>" for n in range(40))
    write_post(root / "_posts", 1, body=body)
    async with reading(options_for(tmp_path, root), (120, 40)) as reader:
        view = reader.screen.article
        await reader.press("l", "/")
        await reader.type("【20】")
        await reader.press("enter")
        match = next(n for n, text in enumerate(view.article.texts) if "【20】" in text)  # type: ignore[union-attr]  # it is shown
        view.go_to(match)
        for size in ((60, 30), (100, 24), (40, 20), (160, 50)):
            await reader.pilot.resize_terminal(*size)
            await reader.until(
                lambda: (
                    any("【20】" in view.render_line(y).text for y in range(2))
                    and view.article is not None
                    and max(map(width_of, view.article.texts)) <= view.size.width
                ),
                f"the line at {size}",
            )
