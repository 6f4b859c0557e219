"""Zen: the article and nothing but its text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.geometry import Region
from textual.strip import Strip

from tests.tui.harness import Reader, options_for, reading

SIZES = [(160, 50), (100, 30), (80, 24), (40, 20)]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def reader(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Reader]:
    async with reading(options_for(tmp_path), request.param) as reader:
        yield reader


def is_alone(reader: Reader) -> bool:
    screen = reader.screen
    return screen.article.region.size == screen.size and not screen.status.region


async def test_nothing_but_text_and_back(reader: Reader) -> None:
    screen = reader.screen
    await reader.press("l", "z")
    await reader.until(lambda: screen.article.region.size == screen.size)
    assert "leaves it" in reader.message
    assert "leaves it" in screen.status.render_line(0).text
    assert screen.status.region.bottom == screen.size.height
    await reader.press("escape")
    await reader.until(lambda: is_alone(reader), "the message to go")
    assert "星湃储能拿下" in screen.article.render_line(0).text
    await reader.press("z")
    await reader.until(lambda: screen.status.region and screen.titles["article"].region)
    assert not screen.is_zen


async def test_it_speaks_when_it_has_something_to_say(reader: Reader) -> None:
    screen = reader.screen
    await reader.press("l", "z", "escape")
    await reader.until(lambda: is_alone(reader))
    await reader.press("5")
    await reader.until(lambda: screen.status.region)
    assert " 5 " in screen.status.render_line(0).text
    await reader.press("escape")
    await reader.until(lambda: is_alone(reader))
    await reader.press("slash")
    await reader.until(lambda: screen.prompt.region)
    assert screen.prompt.region.bottom == screen.size.height
    await reader.press("escape")
    await reader.until(lambda: not screen.prompt.region and is_alone(reader))


@pytest.mark.parametrize("name", ["status", "prompt", "strip"])
async def test_what_was_below_a_line_comes_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    async with reading(options_for(tmp_path), (100, 30)) as reader:
        screen = reader.screen
        line = {"status": screen.status, "prompt": screen.prompt, "strip": screen.strip}[name]
        await reader.press("l", "z")
        await reader.until(lambda: is_alone(reader) or screen.status.region)
        await reader.press("escape")
        await reader.until(lambda: is_alone(reader))
        await reader.press({"status": "5", "prompt": "slash", "strip": "g"}[name])
        await reader.until(lambda: line.region)
        place, painted, paint = line.region, [], screen.article.render_lines

        def render_lines(crop: Region) -> list[Strip]:
            painted.append(crop)
            return paint(crop)

        monkeypatch.setattr(screen.article, "render_lines", render_lines)
        await reader.press("escape")
        while line.display:
            await asyncio.sleep(0)
        # A hidden pane paints, and somebody asks where something is, before the layout is made.
        screen._compositor.update_widgets({screen.headlines})
        assert line not in screen._compositor.full_map
        await reader.until(lambda: any(crop.bottom >= place.bottom for crop in painted))


async def test_reading_on_and_closing(reader: Reader) -> None:
    screen = reader.screen
    await reader.press("l", "z", "J")
    await reader.until(lambda: screen.headlines.cursor == 1)
    await reader.settle()
    assert screen.is_zen
    await reader.press("q")
    await reader.until(lambda: not screen.is_zoomed and screen.titles["article"].region)
    assert screen.pane == "article"
    assert reader.pilot.app.return_code is None


async def test_a_list_keeps_its_status_line_when_it_is_zoomed(reader: Reader) -> None:
    screen = reader.screen
    await reader.press("z")
    await reader.until(lambda: screen.headlines.region.width == screen.size.width)
    assert screen.status.region and screen.titles["list"].region
    await reader.press("l")
    await reader.until(lambda: is_alone(reader), "zen")
    await reader.press("h")
    await reader.until(lambda: screen.status.region and screen.titles["list"].region)
