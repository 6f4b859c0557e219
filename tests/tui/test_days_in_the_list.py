"""The day of the rows: in the title line for the first in sight, in a row where it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from finews_tui.page import plain, width_of
from finews_tui.tui.pane_title import PaneTitle
from tests.tui.harness import Reader, options_for, reading, small_archive, write_post

SIZES = [(160, 50), (100, 30), (80, 24), (40, 20)]


def heading(reader: Reader) -> str:
    return reader.screen.titles["list"].day


async def test_the_heading_tells_the_day_of_the_first_row_in_sight(tmp_path: Path) -> None:
    root = small_archive(tmp_path / "archive")
    async with reading(options_for(tmp_path, root), (100, 30)) as reader:
        await reader.until(lambda: heading(reader) == "2022-03-10 周四")
        assert "2022-03-10 周四 ━━" in reader.screen.titles["list"].render_line(0).text
        assert "03-10" not in "\n".join(reader.rows())
        await reader.press("G")
        await reader.until(lambda: "第0条新闻" in reader.rows()[-1])
        top = reader.screen.headlines.headline(reader.screen.headlines.top)
        assert top is not None and top.published is not None
        await reader.until(lambda: heading(reader).startswith(f"{top.published:%Y-%m-%d}"))
        assert f"{top.published:%m-%d} " not in "\n".join(reader.rows())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_row_says_where_another_day_begins(tmp_path: Path, size: tuple[int, int]) -> None:
    root = small_archive(tmp_path / "archive", posts=12)
    async with reading(options_for(tmp_path, root), size) as reader:
        rows = reader.rows()
        assert sum("03-02" in row for row in rows) == 1
        first = next(row for row in rows if "03-02" in row)
        assert rows.index(first) == (4 if size[0] >= 60 else 9)
        assert heading(reader).startswith("2022-03-03")


async def test_the_turn_of_a_year_is_written_out(tmp_path: Path) -> None:
    for number, day in enumerate(("2022-01-02", "2022-01-01", "2021-12-31", "2021-12-30")):
        write_post(tmp_path / "archive" / "_posts", number, day=day)
    async with reading(options_for(tmp_path, tmp_path / "archive"), (80, 24)) as reader:
        rows = reader.rows()
        assert " 01-01 " in rows[1] and "2022-01-01" not in rows[1]
        assert " 2021-12-31 " in rows[2]
        assert " 12-30 " in rows[3]


async def test_a_list_by_relevance_has_no_heading(tmp_path: Path) -> None:
    root = small_archive(tmp_path / "archive", posts=8)
    options = options_for(tmp_path, root, query="新闻 sort:relevance")
    async with reading(options, (100, 30)) as reader:
        assert heading(reader) == ""
        assert "2022-03-" in reader.rows()[0]


async def test_where_the_heading_is_covered_the_first_row_tells_the_day(tmp_path: Path) -> None:
    root = small_archive(tmp_path / "archive", posts=8)
    async with reading(options_for(tmp_path, root), (60, 20)) as reader:
        assert "03-02" not in reader.rows()[0]
        await reader.press("S")
        await reader.type("正文")
        await reader.press("enter")
        await reader.until(lambda: reader.screen.titles["list"].piece, "a piece of the text")
        assert "2022-03-02" in reader.rows()[0]


async def test_no_post_no_heading(tmp_path: Path) -> None:
    root = small_archive(tmp_path / "archive", posts=4)
    async with reading(options_for(tmp_path, root), (100, 30)) as reader:
        await reader.press("g", "s")
        await reader.until(lambda: reader.screen.headlines.count == 0)
        assert heading(reader) == ""
        await reader.press("g", "h")
        await reader.until(lambda: heading(reader) == "2022-03-01 周二")


def test_the_title_line_is_as_wide_as_its_pane() -> None:
    title = PaneTitle()
    title.set_reactive(PaneTitle.day, "2022-06-14 周二")
    for name in ("", "All", "储能 · 一个很长的名字的筛选条件"):
        title.set_reactive(PaneTitle.title, name)
        for width in range(12, 100):
            text = plain(title.line(width))
            assert width_of(text) == width
            assert name[:2] in text
            assert ("2022-06-14" in text) == (width >= 22 + min(width_of(name), 12))
            assert ("周二" in text) == (width >= 27 + width_of(name))
