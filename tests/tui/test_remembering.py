"""What was typed and visited comes back after a restart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from finews_tui.library import Library
from finews_tui.options import ReaderOptions
from tests.tui.harness import Reader, options_for, reading, small_archive


@pytest.fixture
def options(tmp_path: Path) -> ReaderOptions:
    return options_for(tmp_path, small_archive(tmp_path / "archive"))


def note(options: ReaderOptions, name: str) -> object:
    with Library.open(options.index, options.state) as library:
        return json.loads(library.note(name) or "[]")


@pytest.mark.parametrize(
    ("key", "kind", "typed"),
    [
        ("S", "S", "正文"),
        ("f", "f", "source:财联社"),
        ("slash", "/", "第3"),
        ("colon", ":", "last"),
    ],
)
async def test_every_prompt_has_its_history(
    options: ReaderOptions, key: str, kind: str, typed: str
) -> None:
    async with reading(options) as reader:
        await reader.press(key)
        await reader.type(typed)
        await reader.press("enter")
        await reader.until(lambda: note(options, f"history {kind}") == [typed])
    async with reading(options) as reader:
        await reader.press(key, "up")
        assert reader.screen.prompt.value == typed
        await reader.press("escape", key)
        await reader.type("x")
        await reader.press("escape", key, "up")
        assert reader.screen.prompt.value == typed, "what was given up is not kept"


def position(reader: Reader) -> str:
    return reader.screen.status.render_line(0).text.split()[0]


async def test_going_back_after_a_restart(options: ReaderOptions) -> None:
    async with reading(options) as reader:
        await reader.press("5", "G")
        await reader.settle()
        await reader.press("enter")
        await reader.until(lambda: reader.pane() == "article")
        await reader.press("h", "f")
        await reader.type("source:财联社")
        await reader.press("enter", "j")
        await reader.until(lambda: position(reader) == "2/14")
        await reader.press("g", "u")
        await reader.until(lambda: position(reader) == "1/39")
        await reader.until(lambda: len(note(options, "visited")) == 3)  # type: ignore[arg-type]  # a list
    async with reading(options) as reader:
        assert position(reader) == "1/40"
        await reader.press("H")
        await reader.until(lambda: position(reader) == "1/39", "the unread ones")
        await reader.press("H")
        await reader.until(lambda: position(reader) == "2/14", "the filter and its post")
        assert reader.screen.titles["list"].title == "All · source:财联社"
        await reader.press("H")
        await reader.until(lambda: position(reader) == "5/40", "where it all began")
        await reader.press("L")
        await reader.until(lambda: position(reader) == "2/14", "forward again")


@pytest.mark.parametrize(
    "kept", ["{", "7", '["x"]', '[["a:b", "", "k", "list"]]', '[["", "", "k", "nowhere"]]']
)
async def test_notes_that_are_damaged_are_left_alone(options: ReaderOptions, kept: str) -> None:
    with Library.open(options.index, options.state) as library:
        library.save_note("visited", kept)
        library.save_note("history f", kept)
    async with reading(options) as reader:
        await reader.press("H")
        assert reader.message == "Nothing further back."
        await reader.press("f", "up", "escape", "j")
        assert position(reader) == "2/40"
