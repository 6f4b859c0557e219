"""Part of 3: marking everything in the list as read, and taking that back."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import partial

from benchmarks.bench import Bench
from benchmarks.screen import stands_at
from benchmarks.table import Row, UnmeasuredError, row
from tools.terminal import Terminal

_ROUNDS = 3
_LIMIT = 60.0
_REST = 120.0
"""Seconds for a reader to come to rest: it checks the archive first."""


def sweeps(bench: Bench) -> Iterator[Row]:
    """From the ``y`` of *mark all as read* to the sentence that says it is done, and its undo.

    What the sentence says is on disk by then. The first round writes every mark anew, later ones
    turn marks that are there: the slowest counts.
    """
    archive = bench.large
    total = archive.total
    marked, undone = [], []
    with archive.reader() as terminal:
        terminal.wait_for(partial(stands_at, terminal, 1), _LIMIT)
        if not terminal.settled(seconds=_REST):
            raise UnmeasuredError(f"the reader is not at rest after {_REST:.0f} s")
        for _ in range(_ROUNDS):
            terminal.press("M")
            terminal.wait_for("Mark all", _LIMIT)
            marked.append(_took(terminal, "y", " posts read"))
            terminal.settle()
            undone.append(_took(terminal, "u", "Undo: "))
            terminal.settle()
    for what, times, limit in (
        (f"M, {total:,} posts marked as read", marked, 1_000),
        ("u, all of it undone", undone, None),
    ):
        yield row(
            what,
            max(times),
            "ms",
            at_most=limit,
            note=f"the slowest of {_ROUNDS}; median {statistics.median(times):,.0f}",
        )


def _took(terminal: Terminal, keys: str, sentence: str) -> float:
    answer = terminal.ask(keys, sentence, _LIMIT)
    if answer.shown is None:
        raise UnmeasuredError(f"no {sentence!r} within {_LIMIT:.0f} s")
    return answer.shown * 1e3
