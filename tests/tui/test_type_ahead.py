"""Keys wait for the answer before them, and for nothing else; no answer undoes a key."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Generator, Sequence
from pathlib import Path

import pytest
from textual import events

from finews_tui.library import Library, Query
from finews_tui.tui.growing import Growing, growing
from finews_tui.tui.type_ahead import PATIENCE
from tests.tui.harness import PATIENCE as DEADLINE
from tests.tui.harness import Reader, options_for, reading, small_archive


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Reader]:
    """The reader on 40 posts, three of them starred."""
    options = options_for(tmp_path, small_archive(tmp_path / "archive"))
    async with reading(options) as reader:
        await reader.press("3", "s")
        await reader.until(lambda: "3 posts starred" in reader.message)
        yield reader


class Slow:
    """A library that answers no question for a list before the test lets it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answer = threading.Event()
        monkeypatch.setattr("finews_tui.tui.answering.growing", self._slowly)

    def _slowly(
        self, library: Library, query: Query, first: int, wanted: Sequence[int]
    ) -> Generator[Growing]:
        self.answer.wait(DEADLINE)
        yield from growing(library, query, first, wanted)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, reader: Reader) -> Slow:
    """From now on answers take their time."""
    return Slow(monkeypatch)


def status(reader: Reader) -> str:
    return reader.screen.status.render_line(0).text


async def later(reader: Reader, key: str) -> None:
    """Press a key when the person has waited for long enough."""
    event = events.Key(key, "\x1b" if key == "escape" else key)
    event.time += PATIENCE
    reader.screen.take(event)
    await reader.pilot.pause()


async def test_the_first_row_is_that_of_the_list_that_was_asked_for(
    reader: Reader, slow: Slow
) -> None:
    await reader.press("9", "j", "g", "h", "g", "g")
    assert reader.screen.headlines.cursor == 9
    slow.answer.set()
    await reader.until(lambda: not any(w.group == "list" for w in reader.screen.workers))
    await reader.until(lambda: status(reader).startswith(" 1/40 "))


async def test_it_takes_as_long_as_it_takes(reader: Reader, slow: Slow) -> None:
    await reader.press("g", "s")
    await later(reader, "j")
    await later(reader, "j")
    assert status(reader).startswith(" 1/40 ")
    await reader.until(lambda: "searching … · Esc gives up" in status(reader))
    slow.answer.set()
    await reader.until(lambda: status(reader).startswith(" 3/3 "), "the third starred post")


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_giving_up(reader: Reader, slow: Slow, key: str) -> None:
    await reader.press("9", "j", "g", "s", "j", "j")
    await later(reader, key)
    assert "given up" in reader.message.lower()
    assert status(reader).startswith(" 10/40 "), "what was typed for the answer is gone with it"
    assert reader.screen.titles["list"].title == "All"
    await reader.press("j")
    await reader.until(lambda: status(reader).startswith(" 11/40 "))
    slow.answer.set()
    await reader.press("g", "s", "j")
    await reader.until(lambda: status(reader).startswith(" 2/3 "), "the next question")


async def test_esc_in_haste_is_a_key_like_others(reader: Reader, slow: Slow) -> None:
    await reader.press("g", "s", "escape", "j")
    slow.answer.set()
    await reader.until(lambda: status(reader).startswith(" 2/3 "))


async def test_what_is_typed_into_a_prompt_waits_for_nothing(reader: Reader, slow: Slow) -> None:
    await reader.press("f")
    await reader.type("is:starred")
    assert reader.screen.prompt.value == "is:starred"
    await later(reader, "escape")
    assert not reader.screen.prompt.is_open
    slow.answer.set()
    await reader.until(lambda: status(reader).startswith(" 1/40 "))


async def test_what_is_pasted_waits_like_keys(reader: Reader, slow: Slow) -> None:
    await reader.press("g", "s", "f")
    reader.screen.take(events.Paste("第39条"))
    assert not reader.screen.prompt.is_open
    slow.answer.set()
    await reader.until(lambda: status(reader).startswith(" 1/1 "))
    assert reader.screen.prompt.value == "第39条"


async def test_a_mouse_click_during_a_question_stays(reader: Reader, slow: Slow) -> None:
    await reader.press("9", "j", "g", "h")
    await reader.pilot.click("#list", offset=(20, 2))
    assert reader.screen.headlines.cursor == 2
    slow.answer.set()
    await reader.until(lambda: not any(w.group == "list" for w in reader.screen.workers))
    assert status(reader).startswith(" 3/40 ")


async def test_undoing_waits_for_what_is_undone(reader: Reader) -> None:
    await reader.press("5", "m", "u", "ctrl+r", "u", "ctrl+r", "g", "u")
    await reader.until(lambda: status(reader).startswith(" 1/35 "))
