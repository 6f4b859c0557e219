"""Answers on the screen: the first page at once, the rest behind it, and what comes by itself."""

from __future__ import annotations

import re
import threading
from collections.abc import AsyncIterator, Generator, Sequence
from pathlib import Path

import pytest

from finews_tui.library import Library, Query
from finews_tui.tui.growing import Growing, growing
from tests.tui.harness import Reader, options_for, reading, small_archive

PATIENCE = 20.0


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """600 posts: more than the first page of an answer."""
    return small_archive(tmp_path_factory.mktemp("many") / "archive", 600)


@pytest.fixture
async def reader(many: Path, tmp_path: Path) -> AsyncIterator[Reader]:
    """The reader on all of them."""
    async with reading(options_for(tmp_path, many)) as reader:
        yield reader


def status(reader: Reader) -> str:
    return reader.screen.status.render_line(0).text


class Held:
    """Asks for 正文 in a library that takes its time: it goes on page by page, as the test says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gate = threading.Semaphore(0)
        monkeypatch.setattr("finews_tui.tui.answering.growing", self._slowly)
        monkeypatch.setattr("finews_tui.tui.growing.PATIENCE", 0.0)  # 600 would come at once

    def _slowly(
        self, library: Library, query: Query, first: int, wanted: Sequence[int]
    ) -> Generator[Growing]:
        for number, page in enumerate(growing(library, query, first, wanted)):
            if number and str(query) == "正文":
                self.gate.acquire(timeout=PATIENCE)
            yield page

    def go_on(self) -> None:
        """Let all that follows come."""
        self.gate.release(1_000)


async def searched(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Held:
    """The first page is on the screen, and no more."""
    held = Held(monkeypatch)
    await reader.press("S")
    await reader.type("正文")
    await reader.until(
        lambda: reader.screen.answering.is_growing and str(reader.screen.asked.query) == "正文"
    )
    return held


async def test_the_first_page_shows_while_the_rest_counts(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = await searched(reader, monkeypatch)
    await reader.until(lambda: re.match(r" 1/\d+\+ ", status(reader)), "the first page")
    count = reader.screen.headlines.count
    assert 80 <= count <= 600
    await reader.press("enter", "j", "j")
    await reader.until(lambda: status(reader).startswith(f" 3/{count:,}+ "))
    await reader.until(lambda: "正文" in reader.article(), "rows and articles meanwhile")
    before = reader.rows()
    held.go_on()
    await reader.until(lambda: status(reader).startswith(" 3/600 "), "the whole")
    assert reader.rows() == before


async def test_the_end_is_gone_to_when_it_is_known(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = await searched(reader, monkeypatch)
    await reader.press("enter")
    await reader.press("G")
    assert reader.screen.headlines.cursor == 0
    held.go_on()
    await reader.until(lambda: status(reader).startswith(" 600/600 "), "the end")


async def test_a_percentage_waits_for_the_whole(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = await searched(reader, monkeypatch)
    await reader.press("enter")
    await reader.press("5", "0", "percent_sign")
    held.go_on()
    await reader.until(lambda: status(reader).startswith(" 300/600 "), "the middle")


async def test_a_new_key_gives_the_old_question_up(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = await searched(reader, monkeypatch)
    await reader.type(" 第7条")
    held.gate.release()  # one page, of hundreds that nobody waits for
    await reader.until(lambda: status(reader).startswith(" 1/1 "), "the answer to the new one")


async def test_escape_gives_up_and_puts_the_list_back(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    await reader.press("2", "9", "j")
    await reader.until(lambda: status(reader).startswith(" 30/600 "))
    before = reader.rows()
    held = await searched(reader, monkeypatch)
    await reader.press("escape")
    await reader.until(lambda: status(reader).startswith(" 30/600 "), "the list before")
    assert reader.rows() == before
    held.gate.release()


async def test_counting_can_be_stopped(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    held = await searched(reader, monkeypatch)
    await reader.press("enter")
    await reader.press("ctrl+c")
    assert reader.message == "C-c again quits; counting was stopped."
    await reader.until(lambda: not reader.screen.answering.is_growing)
    count = reader.screen.headlines.count
    await reader.press("G")
    await reader.until(lambda: status(reader).startswith(f" {count}/{count}+ "))
    held.go_on()
