"""Part 2: how long the reader takes to start on an index that is there, and its memory."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks import floors
from benchmarks.archives import COLUMNS, ROWS, Archive, long_title
from benchmarks.bench import Bench, Part
from benchmarks.screen import shows_titles, stands_at
from benchmarks.table import Row, UnmeasuredError, row
from tools import processes
from tools.person import environment
from tools.terminal import Terminal

_ROUNDS = 7
_LIMIT = 30.0
_PATIENCE = 3.0
"""Seconds for the answer to a key, once there is something on the screen."""
_NEWEST = [long_title(number) for number in range(3)]
_STORED = 0.6
"""Rows that are there before this share of a bare Textual start come from a stored frame."""


class _Start(NamedTuple):
    """One start of the reader, in seconds since it was called."""

    rows: float
    """To the newest posts on the screen."""
    answer: float
    """To the answer to a key."""
    is_lost: bool
    """Whether the key had to be pressed again, once there was something on the screen."""


def _started(archive: Archive) -> _Start:
    """Start the reader, type ``j`` at once, and quit; press it again if it is lost."""
    for is_lost in (False, True):
        with archive.reader() as terminal:
            if not is_lost:
                terminal.type("j")
            rows = terminal.shown(lambda: shows_titles(terminal, _NEWEST), _LIMIT)
            if is_lost:
                terminal.type("j")
            answer = terminal.shown(lambda: stands_at(terminal, 2), _PATIENCE)
            if rows is not None and answer is not None:
                _quit(terminal)
                return _Start(rows, answer, is_lost)
    raise UnmeasuredError(f"the reader of {archive.folder} shows nothing or takes no key")


def _quit(terminal: Terminal) -> None:
    """Leave the reader as a person does, so that it can leave behind what it wants to."""
    terminal.press("k")
    terminal.shown(lambda: stands_at(terminal, 1), _PATIENCE)
    terminal.press("q")
    terminal.wait_end()


def _in_terminal(command: Sequence[str], home: Path) -> Terminal:
    return Terminal(command, columns=COLUMNS, rows=ROWS, environ=environment(home), cwd=home)


def _passed(home: Path) -> float:
    """``python -c pass`` in a terminal, from start to end."""
    with _in_terminal(floors.PASS, home) as terminal:
        terminal.wait_end()
        return perf_counter() - terminal.started


def _bare(home: Path) -> float:
    """A Textual app with one label answers a key that was typed at the start."""
    with _in_terminal(floors.BARE_APP, home) as terminal:
        terminal.type("j")
        answer = terminal.shown("ANSWERED", _LIMIT)
    if answer is None:
        raise UnmeasuredError("the bare Textual app takes no key")
    return answer


def _starts(bench: Bench) -> Iterator[Row]:
    archives = [bench.small, bench.large]
    home = bench.work
    for archive in archives:
        assert archive.total
        _started(archive)  # which leaves the frame for the next one
    passed, bare = [], []
    starts: list[list[_Start]] = [[], []]
    for _ in range(_ROUNDS):
        passed.append(_passed(home))
        bare.append(_bare(home))
        for found, archive in zip(starts, archives, strict=True):
            found.append(_started(archive))
    floor = statistics.median(bare)
    rows = [statistics.median(start.rows for start in some) for some in starts]
    answers = [statistics.median(start.answer for start in some) for some in starts]
    is_stored = rows[1] < _STORED * floor
    shown = row(
        "newest posts on the screen",
        rows[1] * 1e3,
        "ms",
        floor=statistics.median(passed) * 1e3,
        beside="python -c pass",
        times_at_most=2.5,
        note="the stored frame" if is_stored else "there is no stored frame, these are live",
    )
    yield shown if is_stored else replace(shown, verdict="missing")
    is_lost = any(start.is_lost for some in starts for start in some)
    note = "pressed when rows stood there: earlier ones are lost" if is_lost else ""
    yield row(
        "live, first key answered",
        answers[1] * 1e3,
        "ms",
        floor=floor * 1e3,
        beside="bare Textual app",
        times_at_most=1.25,
        note=note,
    )
    yield row(
        f"the same beside {bench.small.total:,} posts",
        answers[1] * 1e3,
        "ms",
        floor=answers[0] * 1e3,
        beside=f"at {bench.small.total:,}",
        times_at_most=1.1,
    )


def _memory(bench: Bench) -> Iterator[Row]:
    found = []
    for archive in (bench.small, bench.large):
        assert archive.total
        with archive.reader() as terminal:
            terminal.wait_for(lambda: stands_at(terminal, 1), _LIMIT)
            for key, wanted in (("G", archive.total), ("g g", 1)):
                terminal.press(key)
                terminal.wait_for(partial(stands_at, terminal, wanted))
            if not terminal.settled(seconds=120):
                raise UnmeasuredError("the reader does not come to rest within 120 s")
            found.append(processes.resident_memory(terminal.pid) / 1e6)
    yield row(
        "resident memory after G and gg",
        found[1],
        "MB",
        floor=found[0],
        beside=f"at {bench.small.total:,}",
        at_most=90,
        times_at_most=1.3,
    )


PART = Part(
    "2. The reader on an index that is up to date",
    (("starting", _starts), ("memory", _memory)),
)
