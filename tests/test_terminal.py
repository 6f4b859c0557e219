"""The terminal of tests and benchmarks: what it times, what it counts, whom it leaves behind."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import processes
from tools.person import environment
from tools.terminal import DEADLINE, Terminal

ECHO = """
import os, sys, termios, time, tty
tty.setraw(0)
print("ready", end="", flush=True)
while (key := os.read(0, 1)) != b"q":
    if key == b"2":
        print("\\r\\nfirst", end="", flush=True)
        time.sleep(0.2)
        print("\\r\\nsecond", end="", flush=True)
    elif key == b"w":
        os.write(1, "界".encode() * 3000)
    elif key != b"n":
        print(f"\\r\\n{key.decode()}!", end="", flush=True)
"""
PARENT = """
import subprocess, sys, time
code = "x = b'x' * 30_000_000\\nwhile True: pass"
child = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
end = time.process_time() + 0.2
while time.process_time() < end:
    pass
print("ready", flush=True)
time.sleep(60)
"""


def started(home: Path, code: str, words: Sequence[str] = ()) -> Terminal:
    """A Python program in a terminal."""
    return Terminal([sys.executable, "-c", code, *words], environ=environment(home))


def test_an_answer_is_timed_to_its_first_and_last_byte(tmp_path: Path) -> None:
    with started(tmp_path, ECHO) as terminal:
        shown = terminal.shown("ready")
        assert shown is not None and 0.005 < shown < 10
        answer = terminal.ask("a", "a!")
        assert answer.size == 4
        assert answer.first is not None and answer.last is not None and answer.shown is not None
        assert 0 < answer.first <= answer.shown <= answer.last < 10


def test_what_comes_late_is_waited_for_and_timed(tmp_path: Path) -> None:
    with started(tmp_path, ECHO) as terminal:
        terminal.wait_for("ready")
        answer = terminal.ask("2", "second")
        assert answer.first is not None and answer.shown is not None
        assert answer.shown - answer.first >= 0.19
        # What was written after the first quiet moment is not part of the answer.
        assert answer.size == len("\r\nfirst")


def test_no_answer_is_no_answer(tmp_path: Path) -> None:
    with started(tmp_path, ECHO) as terminal:
        terminal.wait_for("ready")
        assert terminal.ask("n", seconds=0.2).first is None
        assert terminal.ask("a", "never", seconds=0.2).shown is None
        assert terminal.shown("never", seconds=0.1) is None
        assert "a!" in terminal.text


def test_a_large_answer_reaches_the_screen_whole(tmp_path: Path) -> None:
    with started(tmp_path, ECHO) as terminal:
        terminal.wait_for("ready")
        assert terminal.ask("w", "界" * 50).size == 9_000
        assert terminal.lines[-2] == "界" * 50


def test_it_tells_how_a_program_ends(tmp_path: Path) -> None:
    with started(tmp_path, ECHO) as terminal:
        terminal.wait_for("ready")
        terminal.press("q")
        assert terminal.wait_end() == 0
    with started(tmp_path, ECHO) as terminal:
        terminal.wait_for("ready")
        terminal.kill(signal.SIGTERM)
        assert terminal.wait_end() == 128 + signal.SIGTERM


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="no /proc as on Linux")
def test_the_processes_of_a_program_are_counted_together(tmp_path: Path) -> None:
    with started(tmp_path, PARENT) as terminal:
        mark, parent = terminal.mark, terminal.pid
        terminal.wait_for("ready")
        terminal.wait_for(lambda: processes.shared_memory(mark) > 30_000_000)
        assert len(processes.carrying(mark)) == 2
        assert not terminal.settled(quiet=0.2, seconds=0.1), "the child is busy"
        assert 1_000_000 < processes.resident_memory(parent) < processes.shared_memory(mark)
        assert 0.19 <= processes.cpu_seconds(mark) < 5
        assert processes.left_behind(mark, 0.1) == processes.carrying(mark)
        (child,) = set(processes.carrying(mark)) - {parent}
        os.kill(child, signal.SIGSTOP)
        assert terminal.settled(quiet=0.2, seconds=DEADLINE)
        terminal.kill(signal.SIGHUP)
        terminal.wait_end()
        assert processes.carrying(mark) == [child]
        os.kill(child, signal.SIGKILL)
        assert processes.left_behind(mark, DEADLINE) == []
    assert processes.shared_memory(mark) == processes.resident_memory(parent) == 0
