"""Runs a program in a terminal of its own and measures what it writes, and when.

Reads raw bytes with the time of each; the screen (pyte) is worked out afterwards, so that looking
does not slow down what is being looked at.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

_KEYBOARD = re.compile(rb"\x1b\[[<>=?]\d*(?:;\d+)?u")
"""Requests of the kitty keyboard protocol, which pyte would show as text."""
GAP = 0.06
"""Seconds without a byte after which the answer to a key is taken for complete."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program wrote after something was sent to it."""

    first: float
    """Milliseconds from sending to the first byte; 0 where nothing was written."""
    milliseconds: float
    """From sending to the last byte."""
    bytes: int


class Terminal:
    """A program on a pseudo terminal of ``columns`` × ``rows``."""

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        *,
        columns: int = 120,
        rows: int = 40,
    ) -> None:
        self._main, side = pty.openpty()
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._is_closed = False
        self._pending: list[bytes] = []  # read, but not on the pyte screen yet
        self._resize(side, columns, rows)
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            list(command),
            stdin=side,
            stdout=side,
            stderr=side,
            env=dict(environ),
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(side)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @staticmethod
    def _resize(descriptor: int, columns: int, rows: int) -> None:
        fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """Another size, as when a window is dragged."""
        self._resize(self._main, columns, rows)
        self._screen.resize(rows, columns)
        os.killpg(self._process.pid, signal.SIGWINCH)

    def send(self, keys: str) -> float:
        """Types ``keys`` and returns when."""
        sent = time.perf_counter()
        os.write(self._main, keys.encode())
        return sent

    def read(self, gap: float, limit: float = 30.0) -> list[tuple[float, bytes]]:
        """Chunks with the time of each, until ``gap`` seconds bring none or ``limit`` is over."""
        chunks: list[tuple[float, bytes]] = []
        end = time.perf_counter() + limit
        while (now := time.perf_counter()) < end:
            ready, _, _ = select.select([self._main], [], [], min(gap, end - now))
            if not ready:
                break
            try:
                data = os.read(self._main, 65536)
            except OSError:  # the program has ended
                break
            if not data:
                break
            chunks.append((time.perf_counter(), data))
            self._pending.append(data)
        return chunks

    def press(self, keys: str, gap: float = GAP) -> Answer:
        """Types ``keys`` and waits for the whole answer."""
        sent = self.send(keys)
        chunks = self.read(gap)
        times = [when for when, _ in chunks] or [sent]
        size = sum(len(data) for _, data in chunks)
        return Answer((times[0] - sent) * 1000, (times[-1] - sent) * 1000, size)

    def wait_for(self, text: str, limit: float = 30.0) -> float | None:
        """Milliseconds from the start to the chunk that brought ``text`` onto the screen."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            chunks = self.read(0.02, limit=0.2)
            self._pending.clear()
            for place, (when, data) in enumerate(chunks):
                self._feed(data)
                if any(text in line for line in self._screen.display):
                    self._pending += [later for _, later in chunks[place + 1 :]]
                    return (when - self.started) * 1000
            if self._process.poll() is not None:
                return None
        return None

    def lines(self) -> list[str]:
        """The screen as it is now."""
        self._feed(b"".join(self._pending))
        self._pending.clear()
        return list(self._screen.display)

    def _feed(self, data: bytes) -> None:
        self._stream.feed(_KEYBOARD.sub(b"", data))

    def memory(self) -> int:
        """Kilobytes of the program that are in memory now; 0 where the system does not tell."""
        try:
            with Path(f"/proc/{self._process.pid}/status").open(encoding="ascii") as status:
                return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
        except (OSError, StopIteration):
            return 0

    def close(self) -> int:
        """Ends the program, by force where it does not go by itself, and returns its exit code."""
        if self._is_closed:
            return self._process.wait()
        self._is_closed = True
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            self.read(0.5, limit=3)
        try:
            code = self._process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            code = self._process.wait()
        os.close(self._main)
        return code


def _take_terminal() -> None:
    """In the child: the pseudo terminal becomes the one that controls it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def environment(home: str) -> dict[str, str]:
    """The environment of a person on a 256-colour terminal with a home of her own."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": home,
        "XDG_CONFIG_HOME": f"{home}/config",
        "XDG_CACHE_HOME": f"{home}/cache",
        "XDG_STATE_HOME": f"{home}/state",
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
