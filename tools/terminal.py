"""A program in a terminal of its own: for tests that look and for benchmarks that measure.

What the program writes is kept with the time of each piece, and reaches the screen (pyte) only when
somebody looks: looking takes longer than many an answer. Nothing here sleeps: every wait is for a
condition, with a deadline.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import termios
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Self

import pyte

from tools import processes
from tools.display import Display, line_of
from tools.keyboard import sequence_of

DEADLINE = 10.0
"""Seconds until a condition must hold; generous, since the machine may be busy."""
QUIET = 0.04
"""Seconds without a byte after which the screen may be looked at without slowing the program."""

_AT_REST = 0.05
"""Seconds of CPU a second that a program takes at most while it does nothing but look about."""

Condition = str | Callable[[], object]
"""A text that must be on the screen, or something that must hold."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program wrote after something was typed, in seconds since then."""

    first: float | None
    """To the first byte; None where nothing was written."""
    last: float | None
    """To the last byte before it was quiet."""
    shown: float | None
    """To the piece that brought what was waited for onto the screen; None where none did."""
    size: int
    """Bytes written."""


class Terminal:
    """A program that believes to be in a terminal, in a session of its own."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: int = 100,
        rows: int = 30,
        environ: Mapping[str, str],
        cwd: Path | None = None,
    ) -> None:
        self._display = Display(columns, rows)
        self._unseen: deque[tuple[float, bytes]] = deque()
        self._is_stepping = False  # the pieces reach the screen one by one
        self.written = bytearray()
        """Everything that the program has written so far."""
        self.status: int | None = None
        """The exit code; 128 + n for a signal; None while it runs."""
        self._file, side = os.openpty()
        _set_size(side, columns, rows)
        self.started = perf_counter()
        """When the program was started; the clock is ``perf_counter``."""
        marked, self.mark = processes.marked(environ)
        self._process = subprocess.Popen(
            list(arguments),
            stdin=side,
            stdout=side,
            stderr=side,
            env=marked,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(side)

    @property
    def pid(self) -> int:
        """The number of the program's process."""
        return self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- looking -----------------------------------------------------------------------------

    @property
    def screen(self) -> pyte.Screen:
        """The screen with all that was written so far."""
        while self._unseen and not self._is_stepping:
            self._show()
        return self._display.screen

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, without the spaces at their ends."""
        return [self.line(y) for y in range(self.screen.lines)]

    def line(self, y: int) -> str:
        """One of them."""
        return line_of(self.screen, y)

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the terminal's own cursor."""
        return self.screen.cursor.x, self.screen.cursor.y

    def read(self, seconds: float, most: int = 65_536) -> bool:
        """Take in what the program writes within ``seconds``; False where there was nothing."""
        if self._file < 0:
            return False
        ready, _, _ = select.select([self._file], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self._file, most)
        except OSError:  # EIO: the program has closed the terminal
            data = b""
        if not data:
            self._end()
            return False
        self._unseen.append((perf_counter(), data))
        self.written += data
        return True

    def _show(self) -> float:
        """Bring the oldest unseen piece onto the screen; when it came."""
        when, data = self._unseen.popleft()
        self._display.show(data)
        return when

    # -- doing -------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Send characters as they are."""
        data = text.encode()
        while data:
            data = data[os.write(self._file, data) :]

    def press(self, keys: str) -> None:
        """Press keys in the help's spelling, parted by spaces: ``5 j``, ``C-w h``."""
        self.type("".join(map(sequence_of, keys.split(" "))))

    def resize(self, columns: int, rows: int) -> None:
        """The window gets another size; nobody is told of one that it has already."""
        if (columns, rows) == (self.screen.columns, self.screen.lines):
            return
        self.screen.resize(rows, columns)
        self.screen.reset()
        _set_size(self._file, columns, rows)

    def kill(self, number: signal.Signals) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a dropped connection does."""
        os.close(self._file)
        self._file = -1

    # -- waiting -----------------------------------------------------------------------------

    def wait_for(self, what: Condition, seconds: float = DEADLINE) -> None:
        """Wait until a text is on the screen, or a condition holds; fail with the screen."""
        deadline = perf_counter() + seconds
        while not self._holds(what):
            if self.status is not None or perf_counter() > deadline:
                name = what if isinstance(what, str) else "the condition"
                ended = f", the program ended with {self.status}" if self.status is not None else ""
                raise AssertionError(f"waited for {name!r}{ended}; the screen is\n{self.text}")
            self.read(min(0.2, max(0.0, deadline - perf_counter())))

    def wait_gone(self, text: str) -> None:
        """Wait until a text is on the screen no longer."""
        self.wait_for(lambda: text not in self.text)

    def settle(self, quiet: float = 0.3, seconds: float = DEADLINE) -> None:
        """Wait until nothing has been written for ``quiet`` seconds."""
        deadline = perf_counter() + seconds
        while self.read(quiet):
            assert perf_counter() < deadline, f"it never stops writing:\n{self.text}"

    def bytes_of(self, keys: str, quiet: float = 0.3) -> int:
        """How many bytes the program writes because of ``keys``."""
        self.settle(quiet)
        before = len(self.written)
        self.press(keys)
        self.settle(quiet)
        return len(self.written) - before

    def wait_end(self, seconds: float = DEADLINE) -> int:
        """Wait until the program ends; its exit code."""
        deadline = perf_counter() + seconds
        while self.status is None:
            assert perf_counter() < deadline, f"it does not end; the screen is\n{self.text}"
            self.read(0.05)
            self._poll()
        return self.status

    def close(self) -> None:
        """End the program if it still runs."""
        self._poll()
        if self.status is None:
            self._process.kill()
            self._end()
        if self._file >= 0:
            self.hang_up()

    def _holds(self, what: Condition) -> bool:
        return bool(what()) if callable(what) else what in self.text

    def _poll(self) -> None:
        code = self._process.poll()
        if code is not None:
            self.status = code if code >= 0 else 128 - code

    def _end(self) -> None:
        self._process.wait()
        self._poll()

    # -- measuring ---------------------------------------------------------------------------

    def shown(self, what: Condition, seconds: float = DEADLINE) -> float | None:
        """When something came onto the screen, in seconds since the start; None if it did not."""
        return self._shown(what, self.started, perf_counter() + seconds)

    def ask(self, keys: str, what: Condition | None = None, seconds: float = DEADLINE) -> Answer:
        """Press keys and measure the answer, up to the first quiet moment in which ``what`` holds.

        What was written before belongs on the screen, not to the answer.
        """
        self.settle(0)
        _ = self.screen
        before = len(self.written)
        sent = perf_counter()
        self.press(keys)
        if not self.read(seconds):
            return Answer(None, None, None, 0)
        while self.read(QUIET) and perf_counter() < sent + min(seconds, 1.0):
            pass
        first, last = self._unseen[0][0] - sent, self._unseen[-1][0] - sent
        size = len(self.written) - before
        shown = self._shown(what, sent, sent + seconds) if what is not None else None
        return Answer(first, last, shown, size)

    def _shown(self, what: Condition, since: float, deadline: float) -> float | None:
        """Look after each piece, but read on first while the program writes."""
        self._is_stepping = True
        try:
            while True:
                while perf_counter() < deadline and self.read(0 if self._unseen else QUIET):
                    pass
                if self._unseen:
                    when = self._show()
                    if self._holds(what):
                        return when - since
                elif self.status is not None or perf_counter() >= deadline:
                    return None
        finally:
            self._is_stepping = False

    def settled(self, quiet: float = 0.5, seconds: float = 60.0) -> bool:
        """Wait until the program writes nothing for ``quiet`` seconds and it and its children rest.

        False where that does not come about.
        """
        deadline = perf_counter() + seconds
        while self.status is None and perf_counter() < deadline:
            before = processes.cpu_seconds(self.mark)
            if not self.read(quiet):
                used = processes.cpu_seconds(self.mark) - before
                if used <= _AT_REST * quiet:
                    return True
        return False


def _take_terminal() -> None:
    """In the child: the pseudo terminal becomes the one that controls it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _set_size(file: int, columns: int, rows: int) -> None:
    fcntl.ioctl(file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
