"""Part 3: how long the reader takes to answer a key, beside few posts and beside newsboat."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from benchmarks import newsboat
from benchmarks.archives import LONG_POSTS, Archive, long_title
from benchmarks.bench import Bench, Part
from benchmarks.programs import say
from benchmarks.screen import is_painted, marks_line, position, shows_article, stands_at
from benchmarks.sweeping import sweeps
from benchmarks.table import Row, UnmeasuredError, figure, row
from finews_tui.library import Query
from tools.terminal import Condition, Terminal

_ROUNDS = 3
_IN_WINDOW = 10
"""Rows that ``j`` goes down without scrolling the list."""
_POSTS = 10
"""Posts of usual length that are opened in a round."""
_REST = 120.0
"""Seconds for a reader to come to rest: it checks the archive first."""
_LIMIT = 30.0


@dataclass(slots=True)
class _Times:
    """What a program took for each key."""

    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    last: dict[str, list[float]] = field(default_factory=dict)
    """To the last byte, in milliseconds."""
    sizes: dict[str, list[int]] = field(default_factory=dict)

    def press(self, terminal: Terminal, what: str, keys: str, done: Condition | None) -> None:
        """Press keys and note how long it takes until ``done``, or until nothing more comes."""
        answer = terminal.ask(keys, done, _LIMIT)
        took = answer.last if done is None else answer.shown
        if took is None or answer.last is None:
            raise UnmeasuredError(f"{what}: no answer to {keys} within {_LIMIT:.0f} s")
        self.milliseconds.setdefault(what, []).append(took * 1e3)
        self.last.setdefault(what, []).append(max(took, answer.last) * 1e3)
        self.sizes.setdefault(what, []).append(answer.size)

    def of(self, what: str) -> float:
        """The median of a key, in milliseconds; raises UnmeasuredError where there is none."""
        if what not in self.milliseconds:
            raise UnmeasuredError(f"{what}: never done")
        return statistics.median(self.milliseconds[what])

    def note(self, what: str) -> str:
        """95th percentile, median to the last byte, and bytes of a key."""
        times = sorted(self.milliseconds[what])
        p95 = times[min(len(times) - 1, round(0.95 * len(times)))]
        last = figure(statistics.median(self.last[what]))
        size = statistics.median(self.sizes[what])
        return f"p95 {figure(p95)}; last byte {last}; {size:,.0f} bytes"


J, K, PAGE, END, OPEN, OPEN_LONG = "j", "k", "C-d", "G", "open a post", "open 20,000 characters"


class _Reader:
    """The reader at one size, and the titles of the posts it will open."""

    def __init__(self, archive: Archive) -> None:
        self.total = archive.total
        with archive.open() as library:
            ids = library.search(Query.parse(""))[: LONG_POSTS + _POSTS + 2]
            self.titles = [found.title for found in library.headlines(ids)]
        if self.titles[:LONG_POSTS] != [long_title(number) for number in range(LONG_POSTS)]:
            raise UnmeasuredError("the long posts are not the newest of the index")
        self.times = _Times()
        self.terminal = archive.reader()

    def begin(self) -> None:
        """Wait until it is at rest on its first row."""
        self.terminal.wait_for(self._at(1), _LIMIT)
        if not self.terminal.settled(seconds=_REST):
            raise UnmeasuredError(f"the reader is not at rest after {_REST:.0f} s")

    def move(self) -> None:
        """One round of going through the list."""
        press, terminal = self.times.press, self.terminal
        self._go("g g", 1)
        for row_ in range(2, _IN_WINDOW + 2):
            press(terminal, J, "j", partial(marks_line, terminal, row_))
        for row_ in range(_IN_WINDOW, 0, -1):
            press(terminal, K, "k", partial(marks_line, terminal, row_))
        for _ in range(5):
            press(terminal, PAGE, "C-d", self._elsewhere())
        for _ in range(3):
            press(terminal, END, "G", self._at(self.total))
            self._go("g g", 1)

    def open_posts(self) -> None:
        """One round of opening posts, before the list previews them."""
        self._open(OPEN_LONG, 2, LONG_POSTS)
        self._open(OPEN, LONG_POSTS + 2, LONG_POSTS + _POSTS)

    def _open(self, what: str, first: int, last: int) -> None:
        for row_ in range(first, last + 1):
            self._go(f"M-2 {row_ - 1} G", row_ - 1)
            self.terminal.ask("j", self._at(row_), _LIMIT)
            title = self.titles[row_ - 1]
            done = partial(shows_article, self.terminal, title)
            if done():
                continue  # previewed already: this machine was too slow to be before it
            self.times.press(self.terminal, what, "Enter", done)
        self._go("M-2 g g", 1)

    def _go(self, keys: str, row_: int) -> None:
        self.terminal.press(keys)
        self.terminal.wait_for(self._at(row_), _LIMIT)
        self.terminal.settle()

    def _at(self, row_: int) -> Callable[[], bool]:
        return lambda: stands_at(self.terminal, row_)

    def _elsewhere(self) -> Callable[[], bool]:
        before = position(self.terminal)
        return lambda: position(self.terminal) != before and is_painted(self.terminal)


def _newsboat_round(terminal: Terminal, times: _Times) -> None:
    """The same keys in newsboat, whose cursor is a colour: a move ends when nothing more comes."""
    for keys, what, count in (("j", J, _IN_WINDOW), ("k", K, _IN_WINDOW)):
        for _ in range(count):
            times.press(terminal, what, keys, None)
    for what, first in ((OPEN_LONG, 0), (OPEN, LONG_POSTS)):
        terminal.press("Home")
        for _ in range(first):
            terminal.press("j")
        terminal.settle()
        for _ in range(5):
            times.press(terminal, what, "Enter", lambda: _is_article(terminal))
            terminal.press("q")
            terminal.wait_for("Articles in feed", _LIMIT)
            terminal.press("j")
            terminal.settle(0.1)


def _is_article(terminal: Terminal) -> bool:
    return re.search(r"^Title: ", terminal.text, re.MULTILINE) is not None


def _keys(bench: Bench) -> Iterator[Row]:
    with ExitStack() as stack:
        readers = []
        for archive in (bench.small, bench.large):
            readers.append(_Reader(archive))
            stack.enter_context(readers[-1].terminal)
        small, large = readers
        for reader in readers:
            reader.begin()
        rival = _Times()
        feed, missing = None, ""
        try:
            say("newsboat imports the newest posts")
            imported = newsboat.imported(bench.large, bench.work)
            terminal = stack.enter_context(imported.start())
            feed = imported
        except (AssertionError, UnmeasuredError) as error:
            missing = str(error).partition("\n")[0]
        for _ in range(_ROUNDS):
            for reader in readers:
                reader.move()
                reader.open_posts()
            if feed is not None:
                _newsboat_round(terminal, rival)
    for what in (J, K, PAGE, END, OPEN, OPEN_LONG):
        yield _compared(what, large, small)
    if feed is None:
        yield Row("beside newsboat", missing, verdict="missing")
        return
    for what in (J, OPEN, OPEN_LONG):
        yield _beside(what, large.times, rival, feed.posts)
    yield row(
        "newsboat's import", feed.posts / feed.seconds, "posts/s", note=f"{feed.seconds:.1f} s"
    )


def _compared(what: str, large: _Reader, small: _Reader) -> Row:
    try:
        return row(
            what,
            large.times.of(what),
            "ms",
            floor=small.times.of(what),
            beside=f"at {small.total:,}",
            at_most={J: 5, OPEN_LONG: 30}.get(what),
            times_at_most=1.2,
            note=large.times.note(what),
        )
    except UnmeasuredError as error:
        return Row(what, str(error), verdict="failed")


def _beside(what: str, ours: _Times, rival: _Times, posts: int) -> Row:
    try:
        return row(
            f"{what}, beside newsboat",
            ours.of(what),
            "ms",
            floor=rival.of(what),
            beside=f"newsboat, {posts:,}",
            note=f"newsboat: {rival.note(what)}",
        )
    except UnmeasuredError as error:
        return Row(f"{what}, beside newsboat", str(error), verdict="failed")


PART = Part("3. Keys", (("keys", _keys), ("M", sweeps)))
