"""Part 6: posts that arrive while the reader is open: when they are on its screen."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.bench import Bench, Part
from benchmarks.corpus import LAST
from benchmarks.screen import right_side, stands_at
from benchmarks.table import Row, UnmeasuredError, row
from tools import processes
from tools.terminal import Terminal

_POSTS = 100
_TITLE = "新到一百篇"
_NOTICED = 10.0
"""Seconds after which posts count as not noticed."""
_IDLE = 10.0
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


@contextmanager
def _written(folder: Path) -> Iterator[float]:
    """Write the posts, newer than all others; gives the time of the last and removes them again."""
    paths = []
    for number in range(_POSTS):
        when = LAST + timedelta(hours=1, seconds=number)
        path = folder / f"{when:%Y-%m-%d}-{when:%Y%m%d}{4_000_000_000 + number:010}.md"
        path.write_text(
            f'---\nlayout: post\ntitle: "{_TITLE} {number:03}"\n'
            f"date: {when:%Y-%m-%d %H:%M:%S} +0800\ncategories: emnews\ntags: 东财滚动新闻\n"
            f"---\n<p>刚刚到达。</p>\n",
            encoding="utf-8",
        )
        paths.append(path)
    try:
        yield perf_counter()
    finally:
        for path in paths:
            path.unlink()


PART = Part("6. Posts that arrive while the reader is open", (("arrivals", _arrivals),))
