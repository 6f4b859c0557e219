"""However the reader ends: the terminal is what it was, the state is whole, nobody stays behind."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from finews_tui.settings import sample_archive
from tests.hostile import allowed
from tests.stories.story import Row, rows_of
from tests.stories.test_life import RESTORED
from tools import processes
from tools.person import environment, reader
from tools.terminal import DEADLINE, Terminal


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The sample archive."""
    return rows_of(tmp_path_factory.mktemp("oracle"))


def in_a_shell(home: Path) -> Terminal:
    """The reader between two looks at the terminal's modes; its number is written to a file."""
    inner = f"echo $$ > pid; exec {sys.executable} -m finews_tui {sample_archive()}"
    script = f"stty -g > before; sh -c '{inner}'; echo code $?; stty -g > after"
    return Terminal(["/bin/sh", "-c", script], environ=environment(home), cwd=home)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT, None])
def test_the_terminal_is_what_it_was(
    tmp_path: Path, rows: list[Row], number: signal.Signals | None
) -> None:
    with in_a_shell(tmp_path) as terminal:
        terminal.wait_for(f"1/{len(rows)}")
        terminal.press("3 G s")
        terminal.wait_for("★")
        if number is None:
            terminal.press("q")
        else:
            os.kill(int((tmp_path / "pid").read_text()), number)
        assert terminal.wait_end() == 0
        assert f"code {0 if number is None else 128 + number}" in terminal.text
        assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text()
        written = bytes(terminal.written)
        ending = written[written.rindex(RESTORED) :]
        assert b"\x1b[?25h" in ending, "the cursor is seen again"
        for mode in (b"1000", b"1003", b"1006", b"1004", b"2004"):
            assert written.rindex(b"\x1b[?" + mode + b"l") > written.rindex(b"\x1b[?" + mode + b"h")
        assert written.rindex(b"\x1b[?7h") > written.rindex(b"\x1b[?7l")
        assert written.rindex(b"\x1b[<u") < written.rindex(RESTORED)
        assert not allowed.read(written, allowed.READER).problems
        assert processes.left_behind(terminal.mark, DEADLINE) == []
    assert [row["key"] for row in rows_of(tmp_path, "is:starred")] == [rows[2]["key"]]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_line_that_takes_nothing_any_more(
    tmp_path: Path, rows: list[Row], number: signal.Signals
) -> None:
    """Nobody reads what the reader writes, and it writes: the end comes all the same."""
    with reader(tmp_path, str(sample_archive()), columns=200, rows=60) as terminal:
        terminal.wait_for(f"1/{len(rows)}")
        terminal.press("2 G s")
        terminal.wait_for("★")
        for _ in range(60):
            terminal.press("G g g z")
        terminal.press("4 G s")
        deadline = time.perf_counter() + DEADLINE
        while len(rows_of(tmp_path, "is:starred")) < 2:
            assert time.perf_counter() < deadline, "the last key is not kept"
        terminal.kill(number)
        assert processes.left_behind(terminal.mark, DEADLINE) == []
    assert {row["key"] for row in rows_of(tmp_path, "is:starred")} == {
        rows[1]["key"],
        rows[3]["key"],
    }
