"""What happens in the archive while one reads: arrivals, changes, deletions, pausing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from finews_tui.library import index_path, update
from finews_tui.options import ReaderOptions
from finews_tui.settings import Settings
from tests.tui.harness import Reader, options_for, reading, small_archive, write_post

NEW_DAY = "2022-04-01"


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReaderOptions:
    """An archive of 40 posts, and the folders that the child processes will use, too."""
    for kind in ("CACHE", "STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    root = small_archive(tmp_path / "archive")
    options = options_for(tmp_path, root, indexed=False, update_index=True)
    return replace(options, index=index_path(tmp_path / "cache" / "finews-tui", [root]))


@pytest.fixture
async def reader(options: ReaderOptions) -> AsyncIterator[Reader]:
    """The reader, which has read the archive and watches it."""
    async with reading(options) as reader:
        await at_rest(reader)
        yield reader


async def at_rest(reader: Reader) -> None:
    """Until nothing is being done, and what happens next is noticed."""
    screen = reader.screen
    await reader.until(
        lambda: (
            screen.live.has_begun
            and screen.live.watcher is not None
            and screen.live.watcher.is_running
            and not screen.upkeep.is_due
            and not screen.upkeep.indexer.is_running
            and not any(worker.group == "renewal" for worker in screen.workers)
        ),
        "rest",
    )
    await reader.settle()


def folder(options: ReaderOptions) -> Path:
    return options.roots[0] / "_posts"


def status(reader: Reader) -> str:
    return reader.screen.status.render_line(0).text


def screenful(reader: Reader) -> list[str]:
    """What the list shows, without the marks of read posts."""
    return [row.replace("●", " ") for row in reader.rows()]


async def test_new_posts_arrive_above_and_nothing_moves(
    reader: Reader, options: ReaderOptions
) -> None:
    await reader.press("3", "j")
    await reader.settle()
    before, key = screenful(reader), reader.screen.article.key
    for number in (101, 102, 103):
        write_post(folder(options), number, day=NEW_DAY)
    await reader.until(lambda: "↑ 3 new" in status(reader), "the mark")
    await reader.until(lambda: status(reader).startswith(" 7/43 · ↑ 3 new "), "the rows")
    # The first row on the screen names its day, which it did before, too.
    await reader.until(lambda: screenful(reader) == before, "the same screen")
    assert reader.screen.article.key == key
    await reader.press("g", "n")
    await reader.until(lambda: status(reader).startswith(" 1/43 "), "the newest")
    assert "new" not in status(reader)
    await reader.press("H")
    await reader.until(lambda: status(reader).startswith(" 7/43 "), "the post from before")
    await reader.press("g", "n")
    assert reader.message == "Nothing new has arrived."


async def test_seeing_one_takes_the_mark_off(reader: Reader, options: ReaderOptions) -> None:
    write_post(folder(options), 101, day=NEW_DAY)
    await reader.until(lambda: status(reader).startswith(" 2/41 · ↑ 1 new "), "the mark")
    await reader.press("k")
    await reader.until(lambda: "new" not in status(reader), "no mark")


async def test_going_to_news_that_the_list_does_not_have(
    reader: Reader, options: ReaderOptions
) -> None:
    await reader.press("g", "s")
    await reader.until(lambda: status(reader).startswith(" 0/0 "), "no stars")
    write_post(folder(options), 101, day=NEW_DAY, title="新到的")
    await reader.until(lambda: "↑ 1 new" in status(reader), "the mark")
    assert status(reader).startswith(" 0/0 ")
    await reader.press("g", "n")
    await reader.until(lambda: status(reader).startswith(" 1/41 "), "the whole archive")
    assert "新到的" in reader.rows()[0]


async def test_a_deleted_selected_post_leaves_its_place(
    reader: Reader, options: ReaderOptions
) -> None:
    await reader.press("6", "G")
    await reader.settle()
    rows = screenful(reader)
    write_post(folder(options), 101, day=NEW_DAY)
    (gone,) = folder(options).glob(f"*{reader.screen.article.key}.md")
    gone.unlink()
    await reader.until(lambda: status(reader).startswith(" 7/40 "), "its neighbour")
    await reader.until(lambda: "↑ 1 new" in status(reader), "the mark")
    await reader.until(lambda: screenful(reader)[:5] == rows[:5], "the rows above")
    assert screenful(reader)[5][1:] == rows[6][1:]


async def test_a_post_written_in_place(reader: Reader, options: ReaderOptions) -> None:
    path = write_post(folder(options), 101, day=NEW_DAY, title="新到的")
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[:60], encoding="utf-8")
    await reader.until(lambda: "/41 " in status(reader) or "Problems" in reader.text())
    path.write_text(whole, encoding="utf-8")
    await reader.until(lambda: "/41 · ↑ 1 new " in status(reader), "the whole post")
    await reader.press("g", "n")
    await reader.until(lambda: "新到的" in reader.rows()[0], "its title")
    path.write_text(whole.replace("新到的", "改过的"), encoding="utf-8")
    await reader.until(lambda: "改过的" in reader.rows()[0], "the title changed in place")
    assert "new" not in status(reader), "it is the same post"


async def test_pausing(reader: Reader, options: ReaderOptions) -> None:
    await reader.press("p")
    assert "paused" in status(reader)
    write_post(folder(options), 101, day=NEW_DAY)
    await reader.until(lambda: reader.screen.live.has_missed, "news that wait")
    assert status(reader).startswith(" 1/40 · paused ")
    await reader.press("p")
    await reader.until(lambda: status(reader).startswith(" 2/41 · ↑ 1 new "), "the post")
    assert "paused" not in status(reader)


async def test_a_paused_reader_looks_when_it_is_asked_to(
    reader: Reader, options: ReaderOptions
) -> None:
    await reader.press("p")
    write_post(folder(options), 101, day=NEW_DAY)
    await reader.press("r")
    await reader.until(lambda: status(reader).startswith(" 2/41 · ↑ 1 new · paused "))
    await reader.until(lambda: "1 new." in reader.said)


async def test_the_setting(options: ReaderOptions) -> None:
    async with reading(replace(options, settings=Settings(live=False))) as reader:
        await reader.until(lambda: reader.screen.headlines.count == 40, "the first run")
        await reader.until(lambda: not reader.screen.upkeep.indexer.is_running)
        assert "paused" in status(reader)
        write_post(folder(options), 101, day=NEW_DAY)
        await reader.press("p")
        await reader.until(lambda: status(reader).startswith(" 2/41 · ↑ 1 new "), "the post")


async def test_many_at_once_while_keys_are_pressed(reader: Reader, options: ReaderOptions) -> None:
    def pull() -> None:
        for number in range(1_000, 2_500):
            write_post(folder(options), number, day=NEW_DAY)

    pulling = asyncio.ensure_future(asyncio.to_thread(pull))
    row = 1
    while reader.screen.headlines.count < 1_540:
        key = reader.screen.headlines.selected_id
        await reader.press("j" if row == 1 else "k")
        row = 3 - row
        assert reader.screen.headlines.selected_id != key, "a key did nothing"
        await reader.until(lambda: reader.screen.headlines.current is not None)
    await pulling
    await reader.until(lambda: "↑ 1,500 new" in status(reader), "the mark")
    titles = {"第39条新闻", "第38条新闻"}
    assert any(title in line for line in reader.rows() for title in titles if "▌" in line)


async def test_what_another_process_does(reader: Reader, options: ReaderOptions) -> None:
    def unread() -> str:
        return " ".join(reader.screen.categories.render_line(1).text.split())

    await reader.until(lambda: unread() == "Unread 40 40", unread())
    with reader.in_library(options) as other:
        row = other.headlines(other.search(reader.screen.asked.query)[:1])[0]
        other.mark([row.key], read=True, starred=True)
    await reader.until(lambda: "★" in reader.rows()[0] and "●" not in reader.rows()[0])
    await reader.until(lambda: unread() == "Unread 39 39", unread())


async def test_an_index_that_another_process_writes(reader: Reader, options: ReaderOptions) -> None:
    await reader.press("p")
    write_post(folder(options), 101, day=NEW_DAY)
    for _ in update(options.index, options.roots, jobs=1):
        pass
    await reader.until(lambda: reader.screen.live.has_missed)
    assert status(reader).startswith(" 1/40 ")
    await reader.press("p")
    await reader.until(lambda: status(reader).startswith(" 2/41 · ↑ 1 new "), "the post")
    options.index.unlink()
    write_post(folder(options), 102, day=NEW_DAY)
    await reader.until(lambda: "/42 " in status(reader), "an index that was made anew")


async def test_problems_come_and_go(reader: Reader, options: ReaderOptions) -> None:
    file = folder(options) / "2022-05-01-big.md"
    with file.open("wb") as written:
        written.truncate(17 * 1024 * 1024)
    await reader.until(lambda: "Problems" in reader.text(), "the node")
    await reader.until(lambda: any("1 file could not be read" in said for said in reader.said))
    file.write_text("---\ntitle: repaired\n---\ntext\n")
    await reader.until(lambda: "Problems" not in reader.text(), "nothing more to repair")
    await reader.until(lambda: "/41 " in status(reader), "the post")


async def test_nobody_is_left_behind(options: ReaderOptions) -> None:
    async with reading(options) as reader:
        await at_rest(reader)
        watcher = reader.screen.live.watcher
        assert watcher is not None and watcher.is_running
    assert not watcher.is_running
