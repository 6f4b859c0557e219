"""News arrive while somebody reads: real files, written beside the real program in a terminal."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.stories.conftest import SIZES
from tests.stories.story import rest
from tests.tui.harness import small_archive, write_post
from tools.person import reader
from tools.terminal import DEADLINE, Terminal

NEW_DAY = "2022-04-01"
AT_REST = 40


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return small_archive(tmp_path / "news", AT_REST)


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def terminal(request: pytest.FixtureRequest, tmp_path: Path, archive: Path) -> Iterator[Terminal]:
    """A reader that watches the archive."""
    columns, rows = request.param
    with reader(tmp_path, str(archive), columns=columns, rows=rows) as terminal:
        watched(terminal)
        yield terminal


def watched(terminal: Terminal) -> None:
    """Wait until all is shown and somebody watches."""
    terminal.wait_for(lambda: status(terminal).startswith(f" 1/{AT_REST}"))
    terminal.wait_for(lambda: watchers(terminal.pid))
    rest(terminal)


def status(terminal: Terminal) -> str:
    return terminal.line(terminal.screen.lines - 1)


def watchers(pid: int) -> list[int]:
    """The processes of the reader that watch."""
    return [int(process.name) for process in Path("/proc").glob("[0-9]*") if _watches(process, pid)]


def _watches(process: Path, pid: int) -> bool:
    try:
        parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
        return parent == str(pid) and b"watching.py" in (process / "cmdline").read_bytes()
    except OSError:  # it may end just now
        return False


def rows(terminal: Terminal) -> list[str]:
    """The titles on the screen, and where the cursor is."""
    lines = (line.rpartition("│")[2] for line in terminal.lines[:-1])
    return [("▌" if "▌" in line else "") + name[0] for line in lines
            if (name := re.search(r"第\d+条新闻", line))]  # fmt: skip


def test_posts_arrive_above_the_cursor(terminal: Terminal, archive: Path) -> None:
    terminal.press("3 j")
    terminal.wait_for(lambda: status(terminal).startswith(f" 4/{AT_REST}"))
    rest(terminal)
    before = rows(terminal)
    assert before[3].startswith("▌")
    began = monotonic()
    for number in (101, 102, 103):
        write_post(archive / "_posts", number, day=NEW_DAY)
    terminal.wait_for(lambda: status(terminal).startswith(" 7/43 · ↑ 3 new"))
    assert monotonic() - began < DEADLINE
    assert rows(terminal) == before
    terminal.press("g n")
    terminal.wait_for(lambda: status(terminal).startswith(" 1/43 "))
    terminal.wait_for("第103条新闻")
    assert "new" not in status(terminal)
    for path in (archive / "_posts").glob(f"{NEW_DAY}-*"):
        path.unlink()
    terminal.wait_for(lambda: status(terminal).startswith(f" 1/{AT_REST} "))
    terminal.wait_gone("第103条新闻")


def test_pausing(terminal: Terminal, archive: Path) -> None:
    terminal.press("p")
    terminal.wait_for("paused")
    write_post(archive / "_posts", 101, day=NEW_DAY)
    terminal.press("j")
    terminal.wait_for(lambda: status(terminal).startswith(f" 2/{AT_REST} "))
    terminal.settle(1.5)
    assert status(terminal).startswith(f" 2/{AT_REST} ")
    terminal.press("p")
    terminal.wait_for(lambda: status(terminal).startswith(" 3/41 · ↑ 1 new"))


def test_it_rests_while_it_watches(terminal: Terminal) -> None:
    terminal.settle(2.5)  # fails where it never is silent for so long


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_nobody_watches_after_the_end(
    tmp_path: Path, archive: Path, number: signal.Signals
) -> None:
    with reader(tmp_path, str(archive)) as terminal:
        watched(terminal)
        left = watchers(terminal.pid)
        terminal.kill(number)
        assert terminal.wait_end() == 128 + number
    deadline = monotonic() + DEADLINE
    while any(_is_alive(pid) for pid in left):
        assert monotonic() < deadline, "it watches for ever"


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_typed_lines_come_back_after_a_restart(tmp_path: Path, archive: Path) -> None:
    with reader(tmp_path, str(archive)) as terminal:
        watched(terminal)
        terminal.press("S 第7条 Enter")
        terminal.wait_for(lambda: status(terminal).startswith(" 1/1 "))
        terminal.press("g h")
        terminal.wait_for(lambda: status(terminal).startswith(f" 33/{AT_REST} "))
        terminal.press("q")
        assert terminal.wait_end() == 0
    with reader(tmp_path, str(archive)) as terminal:
        watched(terminal)
        terminal.press("S Up")
        terminal.wait_for("search: 第7条")
        terminal.wait_for(lambda: status(terminal).startswith(" 1/1 "))
        terminal.press("Esc")
        terminal.wait_for(lambda: status(terminal).startswith(f" 1/{AT_REST} "))
