"""How the reader starts and ends: first start, empty and broken archives, colours, crashes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from finews_tui.errors import SettingsError, UsageError
from finews_tui.library import index_path
from finews_tui.options import ReaderOptions
from finews_tui.settings import Settings
from finews_tui.tui.app import ReaderApp
from finews_tui.tui.commands import COMMANDS
from tests.tui.harness import options_for, reading, small_archive, write_post


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folders that the indexer's child process will use, too."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "cache" / "finews-tui"


def with_child(options: ReaderOptions, cache: Path) -> ReaderOptions:
    """``options`` whose index is where the child process will write it."""
    return ReaderOptions(
        roots=options.roots,
        is_sample=False,
        index=index_path(cache, options.roots),
        state=options.state,
        settings=options.settings,
        mouse=True,
        theme=None,
        at=options.at,
        query=options.query,
        update=True,
    )


async def test_a_first_start_indexes_and_shows(tmp_path: Path, cache: Path) -> None:
    root = small_archive(tmp_path / "archive")
    options = with_child(options_for(tmp_path, root, indexed=False), cache)
    async with reading(options) as reader:
        assert reader.screen.headlines.count > 0
        await reader.until(lambda: reader.screen.headlines.count == 40, "all posts")
        await reader.until(lambda: not reader.screen.status.running, "the end")
        await reader.until(lambda: " 40 " in reader.screen.categories.render_line(0).text)


async def test_a_rescan_shows_news_and_keeps_the_cursor(tmp_path: Path, cache: Path) -> None:
    root = small_archive(tmp_path / "archive", 8)
    options = with_child(options_for(tmp_path, root, indexed=False), cache)
    async with reading(options) as reader:
        await reader.until(lambda: not reader.screen.upkeep.indexer.is_running, "the first run")
        await reader.press("j")
        await reader.settle()
        key = reader.screen.article.key
        write_post(root / "_posts", 99, day="2022-04-01", title="最新")
        await reader.press("r")
        await reader.until(lambda: reader.screen.headlines.count == 9, "the new post")
        assert reader.screen.headlines.cursor == 2
        assert reader.screen.article.key == key
        assert "最新" in reader.screen.headlines.render_line(0).text
        await reader.until(lambda: "1 new." in reader.said, str(reader.said))
        await reader.press("r")
        await reader.until(lambda: "Nothing new." in reader.said)


async def test_a_rescan_leaves_the_row_of_a_post_that_is_gone(tmp_path: Path, cache: Path) -> None:
    root = small_archive(tmp_path / "archive", 8)
    base = options_for(tmp_path, root, indexed=False, query="is:unread")
    async with reading(with_child(base, cache)) as reader:
        screen = reader.screen
        await reader.until(lambda: not screen.upkeep.indexer.is_running, "the first run")
        await reader.press("3", "j", "m")
        await reader.until(lambda: "●" not in reader.rows()[3], "the read mark")
        write_post(root / "_posts", 99, day="2022-01-01", title="旧闻")
        await reader.press("r")
        await reader.until(lambda: "1 new." in reader.said)
        assert (screen.headlines.count, screen.headlines.cursor) == (8, 3)


async def test_an_empty_archive(tmp_path: Path, cache: Path) -> None:
    root = tmp_path / "archive"
    root.mkdir()
    options = with_child(options_for(tmp_path, root, indexed=False), cache)
    async with reading(options, settled=False) as reader:
        await reader.until(lambda: "No posts in" in reader.text(), "the sentence")
        await reader.press(*"jGmso", "enter", "l", "space", "h", "t", "i", "n", "]", "u")
        write_post(root, 1)
        await reader.press("alt+2", "r")
        await reader.until(lambda: reader.screen.headlines.count == 1, "the post")


async def test_a_broken_index_is_built_anew(tmp_path: Path, cache: Path) -> None:
    root = small_archive(tmp_path / "archive", 8)
    options = with_child(options_for(tmp_path, root, indexed=False), cache)
    options.index.parent.mkdir(parents=True)
    options.index.write_bytes(b"this is no database" * 1000)
    async with reading(options) as reader:
        await reader.until(lambda: reader.screen.headlines.count == 8, "all posts")
        assert "The index is built anew: it is damaged." in reader.said


async def test_a_broken_index_without_update_says_so(tmp_path: Path) -> None:
    options = options_for(tmp_path, small_archive(tmp_path / "archive", 4), indexed=False)
    options.index.parent.mkdir(parents=True, exist_ok=True)
    options.index.write_bytes(b"this is no database" * 1000)
    async with reading(options, settled=False) as reader:
        await reader.until(lambda: "index --rebuild" in reader.text().replace("\n", " "))


async def test_a_home_that_cannot_be_written(tmp_path: Path, cache: Path) -> None:
    root = small_archive(tmp_path / "archive", 4)
    cache.parent.write_text("a file where a folder should be")
    options = with_child(options_for(tmp_path, root, indexed=False), cache)
    async with reading(options, settled=False) as reader:
        await reader.until(lambda: "cache" in reader.text(), "the sentence")


async def test_marks_in_memory_where_the_state_cannot_be_written(tmp_path: Path) -> None:
    options = options_for(tmp_path, small_archive(tmp_path / "archive", 4))
    (tmp_path / "state").write_text("a file where a folder should be")
    async with reading(options) as reader:
        assert reader.said
        await reader.press("m")
        await reader.until(lambda: "●" not in reader.rows()[0], "the mark")


async def test_at_opens_a_post(tmp_path: Path) -> None:
    root = small_archive(tmp_path / "archive", 8)
    options = options_for(tmp_path, root, at="202203112300000003")
    async with reading(options) as reader:
        await reader.until(lambda: reader.pane() == "article")
        await reader.until(lambda: "第3条新闻" in reader.article())
        assert reader.screen.headlines.cursor == 4


async def test_at_an_unknown_post(tmp_path: Path) -> None:
    options = options_for(tmp_path, small_archive(tmp_path / "archive", 8), at="没有")
    async with reading(options) as reader:
        await reader.until(lambda: any("没有" in said for said in reader.said))
        assert reader.pane() == "list"


async def test_a_query_at_the_start(tmp_path: Path) -> None:
    options = options_for(tmp_path, small_archive(tmp_path / "archive", 8), query="source:财联社")
    async with reading(options) as reader:
        assert reader.screen.headlines.count == 3


async def test_an_archive_that_goes_away(tmp_path: Path) -> None:
    root = small_archive(tmp_path / "archive", 8)
    async with reading(options_for(tmp_path, root)) as reader:
        shutil.rmtree(root)
        await reader.press("j")
        await reader.until(lambda: "_posts" in reader.text(), "the sentence")


@pytest.mark.parametrize("key", ["q", "Q"])
async def test_quitting(tmp_path: Path, key: str) -> None:
    async with reading(options_for(tmp_path, small_archive(tmp_path / "a", 4))) as reader:
        app = reader.pilot.app
        await reader.press(key)
        await reader.until(lambda: not app.is_running or app.return_code is not None)
        assert app.return_code == 0


async def test_interrupting_twice_quits(tmp_path: Path) -> None:
    async with reading(options_for(tmp_path, small_archive(tmp_path / "a", 4))) as reader:
        app = reader.pilot.app
        await reader.press("ctrl+c")
        assert reader.message == "C-c again quits; nothing is running."
        await reader.press("ctrl+c")
        await reader.until(lambda: app.return_code is not None)


async def test_a_crash_is_no_success(tmp_path: Path) -> None:
    class BrokenError(Exception):
        """A bug."""

    app = ReaderApp(options_for(tmp_path, small_archive(tmp_path / "a", 4)))
    with pytest.raises(BrokenError):
        async with app.run_test() as pilot:

            def break_down() -> None:
                raise BrokenError

            app.call_later(break_down)
            await pilot.pause()
    assert app.return_code == 1


@pytest.mark.parametrize("theme", ["finews-dark", "finews-light", "nord", "ansi-dark"])
async def test_themes(tmp_path: Path, theme: str) -> None:
    async with reading(options_for(tmp_path, theme=theme)) as reader:
        assert "▌" in reader.rows()[0]


def test_an_unknown_theme(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="finews-light"):
        ReaderApp(options_for(tmp_path, indexed=False, theme="finews-lihgt"))
    with pytest.raises(SettingsError, match="finews-light"):
        ReaderApp(options_for(tmp_path, indexed=False, settings=Settings(theme="finews-lihgt")))


async def test_every_command_has_its_action(tmp_path: Path) -> None:
    async with reading(options_for(tmp_path, small_archive(tmp_path / "a", 4))) as reader:
        for command in COMMANDS:
            owners = [
                room
                for room in reader.screen.rooms
                if callable(getattr(room, f"action_{command.id}", None))
            ]
            assert len(owners) == 1, command.id
