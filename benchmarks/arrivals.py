"""Part 6: posts that arrive while the reader is open: when they are seen, and keys meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import re
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.bench import Bench, Part
from benchmarks.corpus import LAST
from benchmarks.screen import right_side, stands_at
from benchmarks.table import Row, UnmeasuredError, figure, row
from tools import processes
from tools.terminal import Terminal

_POSTS = 100
_TITLE = "新到一百篇"
_NOTICED = 10.0
"""Seconds after which posts count as not noticed."""
_PULLED = 5_000
"""Posts that come at once, as with ``git pull``."""
_PAUSE = 0.05
"""Seconds between two keys of somebody who goes on reading meanwhile."""
_IDLE = 30.0
"""Seconds for which the reader is left alone."""
_REST = 120.0
"""Seconds for it to come to rest: it checks the archive first."""


def _arrivals(bench: Bench) -> Iterator[Row]:
    archive = bench.busy
    total = archive.total
    folder = max(archive.folder.glob("*/"), key=_size)
    with archive.reader() as terminal:
        terminal.wait_for(lambda: stands_at(terminal, 1), 30)
        if not terminal.settled(seconds=_REST):
            raise UnmeasuredError(f"the reader is not at rest after {_REST:.0f} s")
        yield row("CPU of an idle reader", _idle(terminal), "% of a core", at_most=0.5)
        with _written(folder) as arrived:
            shown = terminal.shown(lambda: _is_noticed(terminal), _NOTICED)
            what = f"{_POSTS} new posts in a folder of {_size(folder):,} files"
            if shown is None:
                missing = f"not noticed within {_NOTICED:.0f} s"
                yield Row(what, missing, goal="≤ 2.00 s", verdict="missing")
                return
            how = "in the list" if _is_listed(terminal) else "told in the status line"
            if not _is_listed(terminal):
                terminal.press("g n")
                terminal.wait_for(lambda: _is_listed(terminal))
                how += "; gn lists them"
            seconds = max(0.0, terminal.started + shown - arrived)
            yield row(what, seconds, "s", at_most=2, note=f"{how}; {total:,} posts in all")
        terminal.press("g g")
        if not terminal.settled(seconds=_REST):
            raise UnmeasuredError(f"the reader is not at rest {_REST:.0f} s after the posts went")
        yield from _keys_meanwhile(terminal, folder)


def _keys_meanwhile(terminal: Terminal, folder: Path) -> Iterator[Row]:
    """How fast ``j`` and ``k`` are answered while many posts are written, and read."""
    before = [_seconds_of(terminal, key) for key in "jk" * 20]
    writer = multiprocessing.get_context("spawn").Process(
        target=write_posts, args=(folder, _PULLED, _PULLED)
    )
    during: list[float] = []
    try:
        writer.start()
        deadline = perf_counter() + _REST
        while writer.is_alive() or not _is_told(terminal, _PULLED):
            if perf_counter() > deadline:
                raise UnmeasuredError(f"{_PULLED:,} posts are not told within {_REST:.0f} s")
            during += [_seconds_of(terminal, key) for key in "jk"]
    finally:
        writer.join()
        for path in paths_of(folder, _PULLED, _PULLED):
            path.unlink(missing_ok=True)
    middle = statistics.median(during) * 1e3
    note = f"slowest of {len(during)}: {figure(max(during) * 1e3)} ms"
    yield row(
        f"j and k while {_PULLED:,} posts arrive",
        middle,
        "ms",
        floor=statistics.median(before) * 1e3,
        beside="at rest",
        note=note,
    )


def _seconds_of(terminal: Terminal, key: str) -> float:
    """From a key to the mark of the selected row in another line, after a pause."""
    terminal.read(_PAUSE)
    line = _marked(terminal)
    answer = terminal.ask(key, lambda: _marked(terminal) != line, _REST)
    if answer.shown is None:
        raise UnmeasuredError(f"no answer to {key} within {_REST:.0f} s")
    return answer.shown


def _marked(terminal: Terminal) -> int | None:
    lines = right_side(terminal)
    return next((at for at, line in enumerate(lines) if line.startswith("▌")), None)


def _is_told(terminal: Terminal, count: int) -> bool:
    last = terminal.line(terminal.screen.lines - 1)
    return f"↑ {count:,} new" in last or f"↑{count:,}" in last


def _idle(terminal: Terminal) -> float:
    """Percent of a core that the program takes while nothing happens."""
    before, started = processes.cpu_seconds(terminal.mark), perf_counter()
    while (left := started + _IDLE - perf_counter()) > 0:
        terminal.read(left)
    return 100 * (processes.cpu_seconds(terminal.mark) - before) / (perf_counter() - started)


def _size(folder: Path) -> int:
    with os.scandir(folder) as entries:
        return sum(1 for _ in entries)


def _is_listed(terminal: Terminal) -> bool:
    return any(_TITLE in line for line in right_side(terminal))


def _is_noticed(terminal: Terminal) -> bool:
    last = terminal.line(terminal.screen.lines - 1)
    return _is_listed(terminal) or re.search(r"↑ ?\d+", last) is not None


def paths_of(folder: Path, count: int, first: int) -> Iterator[Path]:
    """Where ``write_posts`` writes them."""
    for number in range(first, first + count):
        when = _time_of(number)
        yield folder / f"{when:%Y-%m-%d}-{when:%Y%m%d}{4_000_000_000 + number:010}.md"


def write_posts(folder: Path, count: int, first: int) -> None:
    """Write ``count`` posts newer than all of an archive, numbered from ``first`` on."""
    for number, path in enumerate(paths_of(folder, count, first), first):
        path.write_text(
            f'---\nlayout: post\ntitle: "{_TITLE} {number:03}"\n'
            f"date: {_time_of(number):%Y-%m-%d %H:%M:%S} +0800\ncategories: emnews\n"
            "tags: 东财滚动新闻\n---\n<p>刚刚到达。</p>\n",
            encoding="utf-8",
        )


def _time_of(number: int) -> datetime:
    return LAST + timedelta(hours=1, seconds=number)


@contextmanager
def _written(folder: Path) -> Iterator[float]:
    """Write the posts; gives the time of the last and removes them again."""
    try:
        write_posts(folder, _POSTS, 0)
        yield perf_counter()
    finally:
        for path in paths_of(folder, _POSTS, 0):
            path.unlink(missing_ok=True)


PART = Part("6. Posts that arrive while the reader is open", (("arrivals", _arrivals),))
