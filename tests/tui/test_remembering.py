"""What was typed and visited comes back after a restart."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from finews_tui.library import Library, Steps, Visit
from finews_tui.options import ReaderOptions
from tests.tui.harness import Reader, options_for, reading, small_archive, write_post

LONG = 3
"""The number of a post that fills many screens."""
KEYS = [f"2022031123{number:08d}" for number in range(40)]


class Past(NamedTuple):
    visits: list[str]
    typed: dict[str, list[str]]
    positions: dict[str, int]


@pytest.fixture
def options(tmp_path: Path) -> ReaderOptions:
    archive = small_archive(tmp_path / "archive")
    body = "".join(f"<p>第{number}段：{'财经新闻的一句话。' * 30}</p>" for number in range(40))
    write_post(archive / "_posts", LONG, title="长文", body=body, day="2022-03-01", time="11:00:00")
    return options_for(tmp_path, archive)


def known(options: ReaderOptions) -> Past:
    """What another process finds in the state database."""
    with Library.open(options.index, options.state) as library:
        past = library.past
        return Past(
            [visit.key for visit in past.visits()],
            {kind: past.searches(kind) for kind in ("S", "f", "/", ":")},
            {key: past.position(key) for key in KEYS},
        )


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
        await reader.until(lambda: known(options).typed[kind] == [typed])
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
        await reader.until(lambda: len(known(options).visits) == 3)
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


def view(reader: Reader) -> str:
    """The first line of the article pane that is not blank."""
    article = reader.screen.article
    assert article.article is not None
    lines = ("".join(text for text, _ in line) for line in article.article.lines[article.top :])
    return next(line for line in lines if line.strip())


async def opened(reader: Reader) -> None:
    await reader.press("G")
    await reader.until(lambda: position(reader) == "40/40")
    await reader.press("3", "k", "enter")
    await reader.until(lambda: reader.screen.article.key == KEYS[LONG])
    await reader.until(lambda: reader.pane() == "article")


@pytest.mark.parametrize("size", [(120, 40), (60, 20), (200, 50)])
async def test_reading_goes_on_where_it_stopped(
    options: ReaderOptions, size: tuple[int, int]
) -> None:
    async with reading(options) as reader:
        await opened(reader)
        assert reader.screen.article.top == 0
        await reader.press("ctrl+d", "ctrl+d", "ctrl+d", "j", "j")
        place, text = reader.screen.article.place, view(reader)
        assert place > 500
        await reader.press("h", "g", "g")
        await reader.settle()
        assert reader.screen.article.place == 0, "another post begins at its beginning"
        await opened_again(reader)
        assert reader.screen.article.place == place, "in this session"
    assert known(options).positions[KEYS[LONG]] == place
    assert sum(known(options).positions.values()) == place, "nothing else was read"
    async with reading(options, size) as reader:
        await opened_again(reader)
        article = reader.screen.article
        assert article.place <= place < article.place + 300, "in the next one, at any width"
        if size == (120, 40):
            assert view(reader) == text
    assert known(options).positions[KEYS[LONG]] == place, "that it was shown changes nothing"


async def opened_again(reader: Reader) -> None:
    await reader.press("G")
    await reader.until(lambda: position(reader) == "40/40")
    await reader.press("3", "k", "enter")
    await reader.until(lambda: reader.pane() == "article")
    await reader.until(lambda: reader.screen.article.key == KEYS[LONG])


async def test_it_is_written_while_one_reads(options: ReaderOptions) -> None:
    async with reading(options) as reader:
        await opened(reader)
        await reader.press("ctrl+d")
        first = reader.screen.article.place
        await reader.until(lambda: known(options).positions[KEYS[LONG]] == first)
        await reader.press("G")
        last = reader.screen.article.place
        await reader.until(lambda: known(options).positions[KEYS[LONG]] == last > first)
        await reader.press("g", "g")
        await reader.until(lambda: known(options).positions[KEYS[LONG]] == 0)


async def test_quitting_writes_the_last_step(options: ReaderOptions) -> None:
    async with reading(options) as reader:
        await opened(reader)
        await reader.press("ctrl+d", "j", "q")
        await reader.until(lambda: reader.screen.app.return_code is not None)
        place = reader.screen.article.place
    kept = known(options)
    assert kept.positions[KEYS[LONG]] > 0
    assert kept.visits[-1] == KEYS[LONG], "the post that was left with the reader"
    assert place == 0 or kept.positions[KEYS[LONG]] == place


async def test_what_lay_ahead_is_forgotten(options: ReaderOptions) -> None:
    async with reading(options) as reader:
        for key in ("u", "s", "t"):
            await reader.press("g", key)
            await reader.settle()
        await reader.until(lambda: len(known(options).visits) == 4)
        await reader.press("3", "H")
        await reader.until(lambda: position(reader) == "1/40")
        await reader.press("g", "s")
        await reader.until(lambda: len(known(options).visits) == 2)


async def test_two_readers_at_once(options: ReaderOptions) -> None:
    async with reading(options) as one:
        await one.press("g", "u")
        await one.until(lambda: len(known(options).visits) == 2)
        with Library.open(options.index, options.state) as library:
            library.remember(Steps(visits=[Visit(1, "", "", KEYS[9], "list")]))
        await one.press("g", "s")
        await one.until(lambda: len(known(options).visits) == 4)
        assert known(options).visits[0] == KEYS[9], "what the other one did stays"


@pytest.mark.parametrize(
    "kept",
    [
        Visit(1, "a:b", "", KEYS[0], "list"),
        Visit(1, "", "(", KEYS[0], "list"),
        Visit(1, "", "", KEYS[0], "nowhere"),
    ],
)
async def test_places_of_another_version_are_left_alone(
    options: ReaderOptions, kept: Visit
) -> None:
    with Library.open(options.index, options.state) as library:
        library.remember(Steps(visits=[kept]))
    async with reading(options) as reader:
        await reader.press("H")
        assert reader.message == "Nothing further back."
        await reader.press("j")
        assert position(reader) == "2/40"
