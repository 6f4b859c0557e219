"""The reader over a real SSH connection: links and copies get home, a cut line does no harm."""

from __future__ import annotations

import base64
import re
import signal
import subprocess
import sys

import pytest

from finews_tui.settings import sample_archive
from tests.remote.conftest import Sshd
from tests.stories.story import Row, rows_of
from tests.tui.harness import small_archive
from tools import processes
from tools.terminal import DEADLINE, Terminal

_COPIES = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def copies(terminal: Terminal) -> list[str]:
    """Every text that was sent to the person's own clipboard."""
    return [base64.b64decode(found).decode() for found in _COPIES.findall(terminal.written)]


def started(terminal: Terminal, total: int) -> Terminal:
    terminal.wait_for(f"1/{total}", seconds=20)
    return terminal


def nothing_stays(sshd: Sshd) -> None:
    """No process that the server has started is left."""
    assert processes.left_behind(f"XDG_STATE_HOME={sshd.home}", DEADLINE) == []


def cut(terminal: Terminal) -> None:
    """The person's machine is gone without a word."""
    terminal.kill(signal.SIGKILL)
    assert terminal.wait_end() == 128 + signal.SIGKILL


def test_keys_links_and_copies(sshd: Sshd, sample_rows: list[Row]) -> None:
    with sshd.reader() as terminal:
        started(terminal, len(sample_rows))
        terminal.press("j")
        terminal.wait_for(f"2/{len(sample_rows)}")
        url = sample_rows[1]["url"]

        terminal.press("y y")
        terminal.wait_for("Sent to your terminal's clipboard")
        assert copies(terminal) == [url]

        terminal.press("o")
        terminal.wait_for("It was sent to your terminal's clipboard.")
        terminal.wait_for(lambda: f";{url}\x1b\\".encode() in terminal.written)
        assert copies(terminal) == [url, url]
        terminal.press("q")
        terminal.wait_gone("It was sent")

        terminal.press("q")
        assert terminal.wait_end() == 0
        # SSH brings TERM along and COLORTERM not.
        assert b"38;5;" in terminal.written
        assert b"38;2;" not in terminal.written
        assert b"\x1b[?1049l" in terminal.written
        nothing_stays(sshd)


def test_the_window_changes_its_size(sshd: Sshd, sample_rows: list[Row]) -> None:
    with sshd.reader() as terminal:
        started(terminal, len(sample_rows))
        for columns, rows in ((60, 18), (140, 40), (90, 24)):
            terminal.resize(columns, rows)
            terminal.wait_for(lambda: f"1/{len(sample_rows)}" in terminal.lines[-1])
            terminal.settle()
            assert max(len(line) for line in terminal.lines) <= columns


def test_a_cut_line_leaves_the_state_and_no_process(sshd: Sshd, sample_rows: list[Row]) -> None:
    with sshd.reader() as terminal:
        started(terminal, len(sample_rows))
        terminal.press("3 G s")
        terminal.wait_for("★")
        terminal.press("j m")
        terminal.wait_for(f"4/{len(sample_rows)}")
        terminal.wait_for(lambda: "●" not in next(line for line in terminal.lines if "▌" in line))
        cut(terminal)
        nothing_stays(sshd)
    assert [row["key"] for row in rows_of(sshd.home, "is:starred")] == [sample_rows[2]["key"]]
    assert [row["key"] for row in rows_of(sshd.home, "is:read")] == [sample_rows[3]["key"]]


def test_a_line_that_is_cut_while_the_archive_is_read(sshd: Sshd) -> None:
    """The indexer and its workers end with the reader."""
    archive = small_archive(sshd.home / "news", 800)
    with sshd.reader(str(archive)) as terminal:
        marker = f"XDG_STATE_HOME={sshd.home}"
        terminal.wait_for(lambda: len(processes.carrying(marker)) > 1, seconds=20)
        cut(terminal)
        nothing_stays(sshd)


def test_the_next_connection_goes_on(sshd: Sshd, sample_rows: list[Row]) -> None:
    with sshd.reader() as terminal:
        started(terminal, len(sample_rows)).press("s")
        terminal.wait_for("★")
        cut(terminal)
    with sshd.reader() as terminal:
        started(terminal, len(sample_rows))
        terminal.wait_for("★")


def test_without_a_terminal_it_says_how_to_get_one(sshd: Sshd) -> None:
    words = (sys.executable, "-m", "finews_tui", str(sample_archive()))
    done = subprocess.run(
        sshd.command(*words), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    (sentence,) = done.stderr.splitlines()
    for part in ("`ssh -t`", "`finews-tui search`", "`finews-tui show`"):
        assert part in sentence


def test_subcommands_need_no_terminal(sshd: Sshd, sample_rows: list[Row]) -> None:
    words = (sys.executable, "-m", "finews_tui", "search", "--limit", "1")
    done = subprocess.run(
        sshd.command(*words, "-a", str(sample_archive())),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert sample_rows[0]["title"][:8] in done.stdout


@pytest.mark.parametrize("term", ["xterm-256color", "linux"])
def test_the_doctor_at_the_other_end(sshd: Sshd, term: str) -> None:
    with sshd.reader("doctor", variables={"TERM": term}) as terminal:
        assert terminal.wait_end(20) == 0
        told = " ".join(terminal.text.split())
    assert f"terminal {term};" in told
    assert "through SSH" in told
    assert "browser the link card" in told
