"""A real terminal for tests: the real program in a PTY, its screen read with pyte.

Nothing here sleeps: every wait is for a condition, with a deadline.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from types import TracebackType

import pyte
from wcwidth import wcwidth

DEADLINE = 10.0
"""Seconds until a condition must hold; generous, since the machine may be busy."""

KEYS = {
    "Enter": "\r",
    "Esc": "\x1b[27u",  # the unambiguous form: nobody has to wait whether more follows
    "Escape": "\x1b",
    "Tab": "\t",
    "S-Tab": "\x1b[Z",
    "Space": " ",
    "Up": "\x1b[A",
    "Down": "\x1b[B",
    "Right": "\x1b[C",
    "Left": "\x1b[D",
    "Home": "\x1b[H",
    "End": "\x1b[F",
    "PageUp": "\x1b[5~",
    "PageDown": "\x1b[6~",
    "Backspace": "\x7f",
    "Delete": "\x1b[3~",
    "F1": "\x1bOP",
}


def sequence_of(key: str) -> str:
    """What a terminal sends for a key in the help's spelling; anything else is typed as it is."""
    if key in KEYS:
        return KEYS[key]
    if re.fullmatch(r"C-[a-z]", key):
        return chr(ord(key[2]) - ord("a") + 1)
    if re.fullmatch(r"M-.", key):
        return f"\x1b{key[2]}"
    return key


class Terminal:
    """A program that believes to be in a terminal."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: int = 100,
        rows: int = 30,
        environ: Mapping[str, str],
        cwd: Path | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.written = bytearray()
        """Everything that the program has written so far."""
        self.status: int | None = None
        """The exit code; 128 + n for a signal; None while it runs."""
        self.pid, self._file = pty.fork()
        if not self.pid:  # the child
            try:
                if cwd is not None:
                    os.chdir(cwd)
                _set_size(0, columns, rows)
                os.execve(arguments[0], list(arguments), dict(environ))
            finally:
                os._exit(127)
        _set_size(self._file, columns, rows)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- looking -----------------------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, without the spaces at their ends."""
        return [self.line(y) for y in range(self.screen.lines)]

    def line(self, y: int) -> str:
        """A row as a terminal shows it; pyte's ``display`` fails on halves of wide characters."""
        cells = [self.screen.buffer[y][x].data for x in range(self.screen.columns)]
        text = ""
        x = 0
        while x < len(cells):
            cell = cells[x] or " "  # the right half of a character whose left half is gone
            is_wide = wcwidth(cell[0]) == 2
            if is_wide and (x + 1 == len(cells) or cells[x + 1]):
                cell, is_wide = " ", False  # the left half, its right half overwritten
            text += cell
            x += 2 if is_wide else 1
        return text.rstrip()

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the terminal's own cursor."""
        return self.screen.cursor.x, self.screen.cursor.y

    def read(self, seconds: float) -> bool:
        """Take in what the program writes within ``seconds``; False where there was nothing."""
        if self._file < 0:
            return False
        ready, _, _ = select.select([self._file], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self._file, 65_536)
        except OSError:  # EIO: the program has closed the terminal
            data = b""
        if not data:
            self._end()
            return False
        self.written += data
        self._stream.feed(data)
        return True

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
        """The window gets another size."""
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

    def wait_for(self, what: str | Callable[[], object], seconds: float = DEADLINE) -> None:
        """Wait until a text is on the screen, or a condition holds; fail with the screen."""
        holds = what if callable(what) else (lambda: what in self.text)
        deadline = monotonic() + seconds
        while not holds():
            if self.status is not None or monotonic() > deadline:
                name = what if isinstance(what, str) else "the condition"
                ended = f", the program ended with {self.status}" if self.status is not None else ""
                raise AssertionError(f"waited for {name!r}{ended}; the screen is\n{self.text}")
            self.read(min(0.2, max(0.0, deadline - monotonic())))

    def wait_gone(self, text: str) -> None:
        """Wait until a text is on the screen no longer."""
        self.wait_for(lambda: text not in self.text)

    def settle(self, quiet: float = 0.3, seconds: float = DEADLINE) -> None:
        """Wait until nothing has been written for ``quiet`` seconds."""
        deadline = monotonic() + seconds
        while self.read(quiet):
            assert monotonic() < deadline, f"it never stops writing:\n{self.text}"

    def bytes_of(self, keys: str, quiet: float = 0.3) -> int:
        """How many bytes the program writes because of ``keys``."""
        self.settle(quiet)
        before = len(self.written)
        self.press(keys)
        self.settle(quiet)
        return len(self.written) - before

    def wait_end(self, seconds: float = DEADLINE) -> int:
        """Wait until the program ends; its exit code."""
        deadline = monotonic() + seconds
        while self.status is None:
            assert monotonic() < deadline, f"it does not end; the screen is\n{self.text}"
            self.read(0.05)
            self._poll()
        return self.status

    def close(self) -> None:
        """End the program if it still runs."""
        self._poll()
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            self._end()
        if self._file >= 0:
            self.hang_up()

    def _poll(self) -> None:
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = _code(status)

    def _end(self) -> None:
        if self.status is None:
            with contextlib.suppress(ChildProcessError):
                self.status = _code(os.waitpid(self.pid, 0)[1])


def _code(status: int) -> int:
    return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


def _set_size(file: int, columns: int, rows: int) -> None:
    fcntl.ioctl(file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def environment(home: Path, **more: str) -> dict[str, str]:
    """A clean environment with its own folders: a usual terminal, no SSH, no display."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_STATE_HOME": str(home / "state"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TZ": "Asia/Shanghai",
        **more,
    }


def reader(
    home: Path,
    *arguments: str,
    columns: int = 100,
    rows: int = 30,
    variables: Mapping[str, str] | None = None,
) -> Terminal:
    """The real reader in a terminal, with ``home`` for its folders and as current folder."""
    command = [sys.executable, "-m", "finews_tui", *arguments]
    environ = environment(home, **(variables or {}))
    return Terminal(command, columns=columns, rows=rows, environ=environ, cwd=home)
