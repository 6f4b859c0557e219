"""Opens a link as ``terminal.py`` decides, with programs that cannot touch the reader's terminal.

A program gets words, never a line for a shell, and lives in a session of its own. No textual here.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence

from finews_tui.lean import NamedTuple
from finews_tui.tui.addresses import safe_url
from finews_tui.tui.colours import Environment
from finews_tui.tui.terminal import Choice, Way, openers

PATIENCE = 1.5
"""Seconds within which a browser that ends with an error counts as failed."""

Start = Callable[[Sequence[str], Environment], str]
"""Starts a program and returns why it failed, or an empty string."""


class Outcome(NamedTuple):
    """What became of a wish to open a link."""

    way: Way
    url: str
    """The address as it was opened, or as it was given where it was refused."""
    message: str
    """One short sentence for the status line."""
    problems: tuple[str, ...] = ()
    """Programs that were tried first and failed."""


def open_link(
    url: str, choice: Choice, environ: Environment, start: Start, lend: Start | None = None
) -> Outcome:
    """Open ``url`` in a browser, or say how the person gets at it; blocks up to two seconds.

    ``start`` starts a program detached, as ``start_detached`` does; ``lend`` gives it the terminal
    until it ends. Call it from a thread.
    """
    address = safe_url(url)
    if address is None:
        return Outcome(Way.REFUSED, url, "This link is not opened: only http and https are.")
    problems: list[str] = []
    for opener in openers(choice, environ):
        run = lend if opener.draws_here and lend is not None else start
        problem = run(opener.command(address), environ)
        if not problem:
            message = f"Opened with {opener.name}."
            return Outcome(opener.way, address, message, tuple(problems))
        problems.append(problem)
    message = problems[-1] if problems else "No browser can be started from here."
    return Outcome(Way.CARD, address, message, tuple(problems))


def start_detached(command: Sequence[str], environ: Environment) -> str:
    """Start a program that outlives the reader and cannot touch its terminal.

    Returns a sentence where it cannot be started or ends with an error at once.
    """
    try:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=dict(environ),
        )
    except (OSError, ValueError) as error:
        return why_not(command, error)
    try:
        status = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        _reap_later(process)
        return ""
    return failure(command, status)


def why_not(command: Sequence[str], error: OSError | ValueError) -> str:
    """The sentence for a program that cannot be started."""
    if isinstance(error, FileNotFoundError):
        return f"{_name(command)} is not installed."
    reason = getattr(error, "strerror", None) or error
    return f"{_name(command)} could not be started: {reason}."


def failure(command: Sequence[str], status: int) -> str:
    """The sentence for a program that ended with ``status``; empty where it did its work."""
    if status < 0:
        return f"{_name(command)} was ended by signal {-status}."
    return f"{_name(command)} failed with status {status}." if status else ""


def _name(command: Sequence[str]) -> str:
    return command[0].rpartition("/")[2]


_running: list[subprocess.Popen[bytes]] = []


def _reap_later(process: subprocess.Popen[bytes]) -> None:
    """Keep hold of a browser that runs on, and drop those that have ended since."""
    _running[:] = [other for other in _running if other.poll() is None]
    _running.append(process)
