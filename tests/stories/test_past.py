"""The reader comes back to where it was: in a post, in the places visited, in what was typed."""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path

import pytest

from finews_tui.errors import LibraryError
from finews_tui.library import Library
from tests.stories.story import command, rest, rows_of
from tools.person import reader
from tools.terminal import Terminal

KEY = "202203110000000007"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an archive of small posts and one of sixty numbered paragraphs, the third by time."""
    folder = tmp_path / "news" / "_posts"
    folder.mkdir(parents=True)
    for number in range(10):
        body = f"<p>第{number}条新闻的正文。</p>"
        if number == 7:
            body = "".join(f"<p>段落{part:02}，{'市场的一句话。' * 20}</p>" for part in range(60))
        (folder / f"2022-03-11-20220311{number:010}.md").write_text(
            f'---\nlayout: post\ntitle: "第{number}条新闻"\n'
            f"date: 2022-03-11 1{number}:00:00 +0800\ncategories: finews\n"
            f"tags: 财联社新闻\n---\n{body}\n<p>（文章来源：财联社）</p>\n",
            encoding="utf-8",
        )
    return tmp_path / "news"


def first_paragraph(terminal: Terminal) -> int:
    """The first paragraph whose beginning is on the screen; -1 where there is none."""
    found = [int(line.split("段落")[1][:2]) for line in terminal.lines if "段落" in line]
    return found[0] if found else -1


def opened(terminal: Terminal) -> None:
    terminal.wait_for("1/10")
    terminal.press("3 G Enter")
    terminal.wait_for("3/10")
    terminal.wait_for("段落")


def position(home: Path) -> int:
    """What is on the disk, as another process finds it."""
    (index,) = home.joinpath("cache").rglob("*.db")
    with (
        suppress(LibraryError),
        Library.open(index, home / "state/finews-tui/state.db", read_only_state=True) as library,
    ):
        return library.past.position(KEY)
    return 0


@pytest.mark.parametrize("end", ["q", "kill"])
def test_a_post_is_open_where_it_was_left(tmp_path: Path, archive: Path, end: str) -> None:
    assert command(tmp_path, "index", "-a", str(archive)).returncode == 0
    with reader(tmp_path, str(archive)) as terminal:
        opened(terminal)
        assert first_paragraph(terminal) == 0
        terminal.press("C-d C-d C-d C-d")
        terminal.wait_for(lambda: first_paragraph(terminal) > 4)
        rest(terminal)
        stood = first_paragraph(terminal)
        if end == "q":
            terminal.press("j q")
            assert terminal.wait_end() == 0
        else:
            terminal.wait_for(lambda: position(tmp_path) > 0)
            terminal.settle()
            terminal.kill(signal.SIGKILL)
            assert terminal.wait_end() == 128 + signal.SIGKILL
    for columns in (100, 61, 180):
        with reader(tmp_path, str(archive), columns=columns) as terminal:
            opened(terminal)
            terminal.wait_for(lambda: abs(first_paragraph(terminal) - stood) <= 1)
            terminal.press("Q")
            assert terminal.wait_end() == 0
    with reader(tmp_path, str(archive), "--at", KEY) as terminal:
        terminal.wait_for(lambda: abs(first_paragraph(terminal) - stood) <= 1)
        terminal.press("g g")
        terminal.wait_for(lambda: first_paragraph(terminal) == 0)
        terminal.press("Q")
        assert terminal.wait_end() == 0
    with reader(tmp_path, str(archive)) as terminal:
        opened(terminal)
        terminal.wait_for(lambda: first_paragraph(terminal) == 0)


def test_back_over_a_start_of_the_program(tmp_path: Path, archive: Path) -> None:
    total = len(rows_of(tmp_path, archive=archive))
    assert total == 10
    with reader(tmp_path, str(archive)) as terminal:
        opened(terminal)
        terminal.press("h f")
        terminal.type("title:第4条\r")
        terminal.wait_for("1/1 ")
        terminal.press("F")
        terminal.wait_for("6/10")
        terminal.kill(signal.SIGHUP)
        assert terminal.wait_end() == 128 + signal.SIGHUP
    with reader(tmp_path, str(archive)) as terminal:
        terminal.wait_for("1/10")
        terminal.press("H")
        terminal.wait_for("6/10")
        terminal.press("H")
        terminal.wait_for("1/1 ")
        terminal.press("H")
        terminal.wait_for("3/10")
        terminal.press("2 L")
        terminal.wait_for("6/10")
        terminal.press("f Up")
        terminal.wait_for("filter: title:第4条")
