"""Part 9: how many bytes a key costs on the line, beside newsboat with the same posts."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import partial

from benchmarks import newsboat
from benchmarks.bench import Bench, Part
from benchmarks.screen import stands_at
from benchmarks.table import Row, UnmeasuredError, row
from tools.terminal import Terminal

_IN_WINDOW = 10
_PAGES = 6
_IDLE = 5.0
"""Seconds in which nothing is pressed."""
_QUIET = 0.6
"""Seconds after which a preview has come, too."""
_LIMIT = 30.0

Sizes = list[int]


def _bytes_on_the_wire(bench: Bench) -> Iterator[Row]:
    try:
        with newsboat.imported(bench.small, bench.work).start() as rival:
            rival_moves = [rival.bytes_of("j", 0.2) for _ in range(_IN_WINDOW)]
            rival_pages = [rival.bytes_of("PageDown", 0.2) for _ in range(_PAGES)]
            rival_opened = [rival.bytes_of("Enter", 0.2)]
    except (AssertionError, UnmeasuredError) as error:
        yield Row("beside newsboat", str(error).partition("\n")[0], verdict="missing")
        rival_moves = rival_pages = rival_opened = []
    with bench.small.reader() as terminal:
        terminal.wait_for(partial(stands_at, terminal, 1), _LIMIT)
        if not terminal.settled():
            raise UnmeasuredError("the reader does not come to rest")
        yield _row("cursor key within the window", _moves(terminal, 2), rival_moves, 400, 1.75)
        _go(terminal, "G", "g g 1 2 G")
        scrolling = [size for size in _moves(terminal, 13, 30) if size]
        yield _row("key that scrolls one line", scrolling[_IN_WINDOW:], [], 9 * 1024)
        _go(terminal, "g g")
        pages = _each(terminal, "PageDown")
        yield _row("PageDown in the list, with its preview", pages, rival_pages, 15 * 1024, 1.75)
        _go(terminal, "g g j")
        opened = [terminal.bytes_of("Enter", _QUIET)]
        yield _row("opening a post", opened, rival_opened, 20 * 1024)
        yield _row("PageDown in the article", _each(terminal, "PageDown"), [], 15 * 1024)
        before = len(terminal.written)
        while terminal.read(_IDLE):
            pass
        idle = len(terminal.written) - before
        yield row("nothing pressed", idle, "bytes", at_most=0, note=f"{_IDLE:.0f} s")


def _moves(terminal: Terminal, first: int, count: int = _IN_WINDOW) -> Sizes:
    """The bytes of each ``j``, until the row ``first`` and those after it are selected."""
    return [
        terminal.ask("j", partial(stands_at, terminal, number), _LIMIT).size
        for number in range(first, first + count)
    ]


def _each(terminal: Terminal, keys: str) -> Sizes:
    return [terminal.bytes_of(keys, _QUIET) for _ in range(_PAGES)]


def _go(terminal: Terminal, *keys: str) -> None:
    for some in keys:
        terminal.press(some)
        terminal.settle(_QUIET)


def _row(
    what: str,
    ours: Sizes,
    rival: Sizes,
    at_most: int,
    times_at_most: float | None = None,
) -> Row:
    return row(
        what,
        statistics.median(ours),
        "bytes",
        floor=statistics.median(rival) if rival else None,
        beside="newsboat" if rival else "",
        at_most=at_most,
        times_at_most=times_at_most if rival else None,
        note=f"{min(ours):,} to {max(ours):,}",
    )


PART = Part("9. Bytes on the wire", (("bytes", _bytes_on_the_wire),))
