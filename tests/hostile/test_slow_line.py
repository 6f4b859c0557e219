"""A slow line, near and far: keys that are held down do not pile up on it."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.tui.harness import write_post
from tools.person import reader
from tools.terminal import Terminal

RATE = 20_000
"""Bytes a second."""
FAR = 0.3
"""Seconds from a key to its answer that pass on the way alone, there and back."""
QUESTION, ANSWER = b"\x1b[6n", "\x1b[1;1R"
"""What the reader asks to learn how fast the line is, and what a terminal answers."""
HELD = 5
KEYS = 30
"""A second."""
LATE = 0.5
"""Seconds after the key is let go until the last row is there."""
ROWS = 300


@contextmanager
def slow(terminal: Terminal, delay: float) -> Iterator[None]:
    """Take no more from the terminal than the line carries; what it does not carry is lost time.

    The terminal at the other end answers questions, after ``delay``.
    """
    done = threading.Event()

    def drain() -> None:
        began, taken = time.monotonic(), 0
        answers: deque[float] = deque()
        while not done.is_set():
            while answers and answers[0] <= time.monotonic():
                answers.popleft()
                terminal.type(ANSWER)
            room = RATE * (time.monotonic() - began) - taken
            if room < 256:
                done.wait(0.005)
                continue
            before = len(terminal.written)
            if terminal.read(0.01, most=int(min(room, 1_024))):
                taken += len(terminal.written) - before
                # A question may have come in two pieces.
                seen = terminal.written[max(0, before - len(QUESTION) + 1) :]
                answers.extend([time.monotonic() + delay] * seen.count(QUESTION))
            else:
                began, taken = time.monotonic(), 0

    thread = threading.Thread(target=drain)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """More rows than are passed."""
    for number in range(ROWS):
        write_post(
            tmp_path / "news" / "_posts",
            number,
            title=f"第{number}条 储能概念掀涨停潮 机构关注三季度两条主线",
            time=f"{10 + number // 60:02}:{number % 60:02}:00",
        )
    return tmp_path / "news"


@pytest.mark.parametrize("delay", [0.0, FAR])
def test_a_held_key_ends_with_its_release(archive: Path, tmp_path: Path, delay: float) -> None:
    with reader(tmp_path, str(archive), columns=120, rows=40) as terminal:
        terminal.wait_for(f"1/{ROWS}")
        assert terminal.settled()
        pace, before = threading.Event(), len(terminal.written)
        with slow(terminal, delay):
            began = time.monotonic()
            for pressed in range(HELD * KEYS):
                pace.wait(max(0.0, began + pressed / KEYS - time.monotonic()))
                terminal.press("j")
            released = time.monotonic()
            last = f"{HELD * KEYS + 1}/{ROWS}"
            while last not in terminal.line(39) and time.monotonic() < released + 10:
                pace.wait(0.01)
            late = time.monotonic() - released
        assert last in terminal.line(39)
        # The way of the last key to the reader, and that of its row to the person, come on top.
        assert late + delay <= LATE
        selected = f"第{ROWS - 1 - HELD * KEYS}条"
        assert any("▌" in line and selected in line for line in terminal.lines)
        assert len(terminal.written) - before < 1.2 * RATE * HELD
