"""Opening posts, marks, undo, history, links and copies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from finews_tui.library import Query
from finews_tui.options import ReaderOptions
from finews_tui.settings import Settings
from tests.tui.harness import Reader, options_for, reading, small_archive, write_post


@pytest.fixture
def options(tmp_path: Path) -> ReaderOptions:
    return options_for(tmp_path, small_archive(tmp_path / "archive", 12))


@pytest.fixture
async def reader(options: ReaderOptions) -> AsyncIterator[Reader]:
    async with reading(options) as reader:
        yield reader


def read_keys(reader: Reader, options: ReaderOptions) -> set[str]:
    """The keys that another process sees as read."""
    with reader.in_library(options) as library:
        rows = library.headlines(library.search(Query.parse("is:read")))
    return {row.key for row in rows}


async def test_the_preview_marks_nothing(reader: Reader, options: ReaderOptions) -> None:
    assert reader.article().lstrip().startswith("第11条新闻")
    await reader.press("j")
    await reader.until(lambda: "第10条新闻" in reader.article(), "the preview")
    assert read_keys(reader, options) == set()


async def test_a_held_key_previews_only_where_it_rests(reader: Reader) -> None:
    shown = reader.screen.article.key
    await reader.press(*"jjjjj")
    assert reader.screen.article.key == shown
    await reader.until(lambda: "第6条新闻" in reader.article(), "the preview")


@pytest.mark.parametrize("key", ["enter", "l", "space", "right"])
async def test_opening_marks_as_read_on_disk(
    reader: Reader, options: ReaderOptions, key: str
) -> None:
    await reader.press("j", key)
    assert reader.pane() == "article"
    await reader.until(lambda: "●" not in reader.rows()[1], "the read mark")
    await reader.until(lambda: "第10条新闻" in reader.article(), "the article")
    assert read_keys(reader, options) == {"202203112300000010"}
    assert "●" in reader.rows()[0]


async def test_read_unread_and_stars_with_undo(reader: Reader, options: ReaderOptions) -> None:
    await reader.press("m")
    await reader.until(lambda: "●" not in reader.rows()[0], "read")
    await reader.press("m")
    await reader.until(lambda: "●" in reader.rows()[0], "unread again")
    await reader.press("3", "m")
    await reader.until(lambda: "●" not in reader.rows()[2], "three read")
    assert len(read_keys(reader, options)) == 3
    await reader.press("s")
    await reader.until(lambda: "★" in reader.rows()[0], "the star")
    await reader.press("u")
    await reader.until(lambda: "★" not in reader.rows()[0], "no star")
    await reader.press("u")
    await reader.until(lambda: "●" in reader.rows()[2], "unread")
    assert reader.message == "Undo: 3 posts."
    assert read_keys(reader, options) == set()
    await reader.press("2", "ctrl+r")
    await reader.until(lambda: "★" in reader.rows()[0], "the star again")
    assert len(read_keys(reader, options)) == 3
    await reader.press("ctrl+r")
    assert reader.message == "Nothing to redo."
    await reader.press("9", "u", "u")
    await reader.until(lambda: reader.message == "Nothing to undo.")


async def test_opening_is_no_change_to_undo(reader: Reader) -> None:
    await reader.press("enter", "h", "u")
    assert reader.message == "Nothing to undo."


async def test_marks_act_on_the_article_that_is_read(reader: Reader) -> None:
    await reader.press("l")
    await reader.until(lambda: "●" not in reader.rows()[0], "read")
    await reader.press("m")
    await reader.until(lambda: "●" in reader.rows()[0], "unread")
    await reader.press("s")
    await reader.until(lambda: "★" in reader.rows()[0], "the star")


async def test_a_node_is_marked_as_a_whole(reader: Reader, options: ReaderOptions) -> None:
    screen = reader.screen
    await reader.until(lambda: " 4 " in screen.categories.render_line(5).text, "the sources")
    await reader.press("h", "6", "G", "m")
    await reader.until(lambda: len(read_keys(reader, options)) == 4, "all of one source")
    assert reader.message == "4 posts read · u undoes"
    await reader.until(lambda: " 8 " in screen.categories.render_line(0).text, "the counts")
    await reader.press("u")
    await reader.until(lambda: not read_keys(reader, options), "none")


async def test_all_shown_as_read_asks(reader: Reader, options: ReaderOptions) -> None:
    await reader.press("M")
    await reader.until(lambda: len(reader.pilot.app.screen_stack) == 2, "the question")
    await reader.press("n")
    await reader.until(lambda: len(reader.pilot.app.screen_stack) == 1, "no question")
    assert not read_keys(reader, options)
    await reader.press("M")
    await reader.until(lambda: len(reader.pilot.app.screen_stack) == 2, "the question")
    await reader.press("y")
    await reader.until(lambda: len(read_keys(reader, options)) == 12, "all read")
    await reader.until(lambda: "12 posts read · u undoes" in reader.said)
    await reader.press("u")
    await reader.until(lambda: not read_keys(reader, options), "none read")


async def test_history(reader: Reader) -> None:
    screen = reader.screen
    await reader.press("enter")
    await reader.press("J")
    await reader.until(lambda: "第10条新闻" in reader.article(), "the next post")
    await reader.press("g", "u")
    await reader.until(lambda: screen.titles["list"].title == "Unread", "all unread")
    await reader.press("H")
    await reader.until(
        lambda: screen.titles["list"].title == "All" and "第10条新闻" in reader.article()
    )
    assert reader.pane() == "article"
    await reader.press("ctrl+o")
    await reader.until(lambda: "第11条新闻" in reader.article(), "the first post")
    await reader.press("H")
    await reader.until(lambda: reader.pane() == "list", "the list")
    await reader.press("H")
    await reader.until(lambda: reader.message == "Nothing further back.")
    await reader.press("3", "L")
    await reader.until(lambda: screen.titles["list"].title == "Unread", "forward")
    await reader.press("L")
    await reader.until(lambda: reader.message == "Nothing further ahead.")


async def test_the_original_is_opened_by_the_configured_program(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    told = tmp_path / "told"
    opener = tmp_path / "opener"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > {told}.new && mv {told}.new {told}\n')
    opener.chmod(0o755)
    url = "http://finance.eastmoney.com/news/1355,202203112307390013.html"
    write_post(root / "_posts", 1, body=f"<p>正文。</p>\n\n<{url}>\n\n")
    options = options_for(tmp_path, root, settings=Settings(opener=(str(opener),)))
    async with reading(options) as reader:
        await reader.press("o")
        await reader.until(told.exists, "the program")
        assert told.read_text() == url
        await reader.until(lambda: "Opened with opener." in reader.said)


async def test_without_a_browser_the_link_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("SSH_CONNECTION", "1 2 3 4")
    root = tmp_path / "archive"
    body = (
        '<p>见<a href="https://example.com/a">甲</a>和<a href="https://example.com/b">乙</a>。</p>'
    )
    write_post(root / "_posts", 1, body=body)
    async with reading(options_for(tmp_path, root)) as reader:
        await reader.press("2", "o")
        await reader.until(lambda: len(reader.pilot.app.screen_stack) == 2, "the card")
        assert reader.pilot.app.clipboard == "https://example.com/b"
        await reader.press("q")
        await reader.until(lambda: len(reader.pilot.app.screen_stack) == 1, "no card")
        await reader.press("3", "o")
        assert reader.message == "This article has no link 3."
        await reader.press("o")
        assert reader.message == "This post has no link to its original."
        await reader.press("1", "y", "y")
        await reader.until(lambda: reader.pilot.app.clipboard == "https://example.com/a")
        await reader.press("2", "y", "m")
        await reader.until(lambda: reader.pilot.app.clipboard == "[乙](https://example.com/b)")


async def test_a_link_to_an_article_of_the_archive_opens_it_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("SSH_CONNECTION", "1 2 3 4")
    monkeypatch.delenv("BROWSER", raising=False)
    root = tmp_path / "archive"
    url = "https://finance.eastmoney.com/a/202203112300000002.html"
    write_post(root / "_posts", 1, body=f'<p>见<a href="{url}">乙文</a>。</p>')
    write_post(root / "_posts", 2, title="乙", time="09:00:00")
    async with reading(options_for(tmp_path, root)) as reader:
        app = reader.pilot.app
        await reader.press("1", "o")
        await reader.until(lambda: "第2" in reader.article() or "乙" in reader.article(), "乙")
        assert (reader.pane(), reader.screen.headlines.cursor) == ("article", 1)
        await reader.until(lambda: reader.message.startswith("This article is in the archive"))
        await reader.press("H")
        await reader.until(lambda: "乙文" in reader.article(), "the way back")

        # In the list of links both ways can be chosen.
        await reader.press("O")
        await reader.until(lambda: len(app.screen_stack) == 2, "the links")
        await reader.press("G", "enter")
        await reader.until(lambda: reader.screen.headlines.cursor == 1, "乙 again")
        await reader.press("H", "O")
        await reader.until(lambda: len(app.screen_stack) == 2, "the links")
        await reader.press("G", "o")
        await reader.until(lambda: app.clipboard == url, "the card")


async def test_a_post_without_links_has_none_to_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "archive"
    folder = root / "_posts"
    folder.mkdir(parents=True)
    (folder / "2022-03-11-notes.md").write_text("---\ntitle: 甲\n---\n\n文\n", encoding="utf-8")
    async with reading(options_for(tmp_path, root)) as reader:
        await reader.press("O")
        await reader.until(lambda: reader.message == "This post has no links.")


async def test_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "archive"
    url = "http://finance.eastmoney.com/news/1355,202203112307390013.html"
    path = write_post(
        root / "_posts", 1, title="甲", body=f"<p>贵州茅台（600519）</p>\n\n<{url}>\n\n"
    )
    write_post(root / "_posts", 2, title="乙", time="09:00:00")
    async with reading(options_for(tmp_path, root)) as reader:
        app = reader.pilot.app
        for key, text in (
            ("y", url),
            ("t", "甲"),
            ("m", f"[甲]({url})"),
            ("c", "600519.SH"),
            ("p", str(path)),
        ):
            await reader.press("y", key)
            sentence = f"Sent to your terminal's clipboard: {text}"
            await reader.until(lambda told=sentence: reader.message == told)  # type: ignore[misc]  # mypy infers no lambda with a default
            assert app.clipboard == text
        await reader.press("y", "b")
        await reader.until(lambda: app.clipboard.startswith("贵州茅台（600519）"), "the text")
        await reader.press("Y")
        await reader.until(
            lambda: app.clipboard == f"《甲》，财联社，2022-03-11 10:00，{url}", "the citation"
        )
        await reader.type(":copied")
        await reader.press("enter")
        await reader.until(lambda: len(app.screen_stack) == 2, "what was copied")
        await reader.press("q", "j", "y", "c")
        await reader.until(lambda: reader.message == "This post has no ticker to copy.")


async def test_details(reader: Reader) -> None:
    await reader.press("i")
    await reader.until(lambda: len(reader.pilot.app.screen_stack) == 2, "the details")
    await reader.press("q")
    await reader.until(lambda: len(reader.pilot.app.screen_stack) == 1, "the reader")


async def test_a_post_that_was_deleted(reader: Reader, options: ReaderOptions) -> None:
    path = options.roots[0] / "_posts" / "2022-03-03-202203112300000010.md"
    path.unlink()
    await reader.press("j")
    await reader.until(lambda: "202203112300000010" in reader.text(), "the sentence")
    assert reader.screen.article.article is None
    await reader.press("j")
    await reader.until(lambda: "第9条新闻" in reader.article(), "the next post")
