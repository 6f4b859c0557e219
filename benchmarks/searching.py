"""Part 4: how long a search takes, in the library, as a whole process, and in the reader."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator, Sequence
from functools import partial
from time import perf_counter

from benchmarks import floors
from benchmarks.archives import Archive
from benchmarks.bench import Bench, Part
from benchmarks.programs import alternated, say, seconds_of
from benchmarks.queries import Word, queries
from benchmarks.screen import position, shows_titles, stands_at
from benchmarks.table import Row, UnmeasuredError, figure, row
from finews_tui.library import Library, Query
from tools.terminal import Terminal

_FIRST = 100
"""Posts of the first answer."""
_SCREENFUL = 40
_LONGEST = 10.0
"""Seconds after which a complete answer is not waited for any more."""
_PROCESSES = 11
"""How often each program is started."""
_TYPED = 12
"""Words that are searched for in the reader."""
_PATIENCE = 2.0
_REST = 120.0
"""Seconds for the reader to come to rest: it checks the archive first."""


def _in_the_library(bench: Bench) -> Iterator[Row]:
    assert bench.large.total
    first_times: list[float] = []
    complete_times: list[float] = []
    kinds: dict[str, list[float]] = {}
    empty = 0
    with bench.large.open() as library:
        _asked(library, "热身")
        for word in queries():
            first, complete, hits = _asked(library, word.text)
            first_times.append(first)
            complete_times.append(complete)
            kinds.setdefault(word.frequency, []).append(first)
            empty += not hits
    medians = ", ".join(f"{kind} {figure(statistics.median(kinds[kind]))}" for kind in kinds)
    yield row(
        f"first screen of hits, {len(first_times)} words: 95th percentile",
        _percentile(first_times, 0.95),
        "ms",
        at_most=50,
        note=f"p50 {figure(_percentile(first_times, 0.5))}, max {figure(max(first_times))}",
    )
    yield row(
        "its median",
        _percentile(first_times, 0.5),
        "ms",
        note=f"{medians}; {empty} words without hits",
    )
    yield row(
        "complete answer: median",
        _percentile(complete_times, 0.5),
        "ms",
        note=f"p95 {figure(_percentile(complete_times, 0.95))}, max {figure(max(complete_times))}",
    )


def _asked(library: Library, word: str) -> tuple[float, float, int]:
    """Milliseconds to the first screen of headlines and to the complete answer, and its length."""
    started = perf_counter()
    first, hits = 0.0, 0
    for listing in library.search_pages(Query.parse(word), first=_FIRST):
        if not first:
            library.headlines(listing[:_SCREENFUL])
            first = perf_counter() - started
        hits = len(listing)
        if perf_counter() - started > _LONGEST:
            break
    return first * 1e3, (perf_counter() - started) * 1e3, hits


def _percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _whole_process(bench: Bench) -> Iterator[Row]:
    archive = bench.large
    assert archive.total
    texts = iter([word.text for word in queries(2 * _PROCESSES)] * 2)

    def search() -> float:
        command = archive.command("search", next(texts), "--limit", "100", "--no-update")
        return seconds_of(command, archive.environ)

    search()
    ours, imports = alternated(
        _PROCESSES, search, lambda: seconds_of(floors.IMPORTS, archive.environ)
    )
    yield row(
        "search 词 --limit 100 --no-update, whole process",
        ours * 1e3,
        "ms",
        floor=imports * 1e3,
        beside="Python with 8 imports",
        times_at_most=2,
    )
    if shutil.which("rg") is None:
        yield Row("rg -l over the same files", "ripgrep is not installed", verdict="missing")
        return
    times = []
    for word in queries()[:3]:
        say(f"rg {word.text}")
        command = ["rg", "-l", "--no-ignore", word.text, *map(str, archive.roots)]
        times.append(seconds_of(command, archive.environ, limit=600) * 1e3)
    yield row("rg -l over the same files", statistics.median(times), "ms")


def _in_the_reader(bench: Bench) -> Iterator[Row]:
    times, needs_enter = [], False
    with bench.large.reader() as terminal:
        terminal.wait_for(lambda: stands_at(terminal, 1), 30)
        if not terminal.settled(seconds=_REST):
            raise UnmeasuredError(f"the reader is not at rest after {_REST:.0f} s")
        for word, title in _to_type(bench.large):
            terminal.press("S")
            terminal.settle(0.1)
            done = partial(_shows_hits, terminal, title, bench.large.total)
            answer = terminal.ask(word.text, done, _PATIENCE)
            if answer.shown is None:
                needs_enter = True
                answer = terminal.ask("Enter", done, 30)
            if answer.shown is None:
                raise UnmeasuredError(f"no hits of {word.text} on the screen within 30 s")
            times.append(answer.shown * 1e3)
            terminal.press("g h" if needs_enter else "Esc g h")
            terminal.wait_for(partial(_lists, terminal, bench.large.total), 30)
            terminal.settle()
    yield row(
        "in the reader: last key to first hits on the screen",
        statistics.median(times),
        "ms",
        note=f"max {figure(max(times))}" + ("; after Enter: not as you type" * needs_enter),
    )


def _lists(terminal: Terminal, total: int) -> bool:
    found = position(terminal)
    return found is not None and found[1] == total


def _shows_hits(terminal: Terminal, title: str, total: int) -> bool:
    """Whether the list begins with a hit and is not the list of all any more."""
    found = position(terminal)
    return found is not None and found[1] != total and shows_titles(terminal, [title])


def _to_type(archive: Archive) -> list[tuple[Word, str]]:
    """Words whose newest hit is not on the screen already, and its title."""
    found = []
    with archive.open() as library:
        everything = library.search(Query.parse(""))
        shown = {found.title[:6] for found in library.headlines(everything[:_SCREENFUL])}
        for word in queries():
            listing = next(iter(library.search_pages(Query.parse(word.text))))
            titles = [hit.title for hit in library.headlines(listing[:1])]
            if titles and titles[0][:6] not in shown:
                found.append((word, titles[0]))
            if len(found) == _TYPED:
                break
    return found


PART = Part(
    "4. Search",
    (
        ("search in the library", _in_the_library),
        ("search as a process", _whole_process),
        ("search in the reader", _in_the_reader),
    ),
)
