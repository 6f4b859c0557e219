"""Lends the reader's terminal to another program, such as a text browser, until that one ends.

Both stand in the foreground of the same shell, so that the shell's C-z and fg take both.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

from textual.app import App

from finews_tui.tui.colours import Environment
from finews_tui.tui.opening import failure, why_not

_HEEDED = (signal.SIGHUP, signal.SIGTERM)
"""Signals that end the reader, also when they come meanwhile."""


def lend(app: App[None], command: Sequence[str], environ: Environment) -> str:
    """Run ``command`` in the terminal and wait for its end; why it failed, or an empty string.

    Called in the thread of the app, which stands still meanwhile.
    """
    with _standing_back(), app.suspend():
        try:
            done = subprocess.run(list(command), env=dict(environ), check=False)
        except (OSError, ValueError) as error:
            return why_not(command, error)
    return failure(command, done.returncode)


@contextmanager
def _standing_back() -> Iterator[None]:
    """What C-c means to the program must not end the reader, which asyncio would hear of later."""

    def ignore(number: int, frame: FrameType | None) -> None:
        """A handler and not SIG_IGN, which the program would inherit."""

    heard, told = os.pipe()
    os.set_blocking(heard, False)
    os.set_blocking(told, False)
    wakeup = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    before = signal.signal(signal.SIGINT, ignore)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
        signal.set_wakeup_fd(wakeup)
        numbers = b""
        with suppress(BlockingIOError):
            numbers = os.read(heard, 4096)
        os.close(heard)
        os.close(told)
        for number in _HEEDED:
            if number in numbers:
                signal.raise_signal(number)
