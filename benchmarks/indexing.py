"""Part 1: an archive that was never seen before: when it can be read, and when all of it."""

from __future__ import annotations

import json
import shutil
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks import floors
from benchmarks.archives import Archive, sizes
from benchmarks.bench import Bench, Part
from benchmarks.programs import Line, say, seconds_of
from benchmarks.screen import shows_titles
from benchmarks.table import Row, UnmeasuredError, row
from finews_tui.errors import LibraryError
from finews_tui.library import Query
from tools import processes

_STARTS = 3
_PATIENCE = 120.0
"""Seconds after which a first screen does not count any more."""
_GONE = 10.0
"""Seconds for the indexer of a reader that was killed to end."""
_SCREENFUL = 12
"""Posts that must be there: nearly as many as the list has rows."""


@dataclass(slots=True)
class _Course:
    """How a first indexing went, in seconds since its start."""

    posts: int = 0
    browsable: float = 0.0
    """When all posts were listed."""
    end: float = 0.0
    cpu: float = 0.0
    """CPU seconds of all processes."""
    memory: int = 0
    """Bytes of all processes together, at most."""

    @property
    def texts(self) -> float:
        """Posts a second that got their full text."""
        return self.posts / max(self.end - self.browsable, 0.001)


def _indexed(archive: Archive) -> _Course:
    """Index an archive as if for the first time."""
    archive.forget()
    course = _Course()
    phases: dict[str, Line] = {}
    counted = 0

    def see(line: Line) -> None:
        nonlocal counted
        told = json.loads(line.text)
        phase = told.get("phase", "end")
        if phase not in phases and phase == "text":
            phases[phase] = line
        if phase == "catalogue":
            phases[phase] = line
            if told["done"] == told["total"]:
                counted = _listed(archive)

    done = archive.index(see, watches_memory=True)
    summary = json.loads(done.lines[-1].text)
    if "catalogue" not in phases:
        raise UnmeasuredError("index --format jsonl tells no phase")
    course.posts = summary["total"]
    # Its last step may be told before it is written: then the first one of the text counts.
    is_complete = counted == course.posts
    complete = phases["catalogue"] if is_complete else phases.get("text", done.lines[-1])
    course.browsable = complete.seconds
    course.end, course.cpu, course.memory = done.seconds, done.cpu, done.memory
    return course


def _listed(archive: Archive) -> int:
    """Posts that a reader would find in the index at this moment."""
    try:
        with archive.open() as library:
            return library.total
    except LibraryError:
        return 0


def _index(bench: Bench) -> Iterator[Row]:
    archive = bench.large
    files, size = sizes(archive)
    read = [*floors.READ, *map(str, archive.roots)]
    say(f"reading {files:,} files, so that they are in the page cache")
    seconds_of(read, archive.environ, limit=3600)
    reading = seconds_of(read, archive.environ, limit=3600)
    small, large = _indexed(bench.tenth), _indexed(archive)
    yield row(
        f"catalogue, {large.posts:,} posts: all of it browsable",
        large.posts / large.browsable,
        "posts/s",
        floor=large.posts / reading,
        beside="read every file",
        at_least=10_000,
        note=f"{large.browsable:.1f} s",
    )
    yield row(
        "full text behind it",
        large.texts,
        "posts/s",
        at_least=1_000,
        note=f"{large.end - large.browsable:.1f} s; stretch 5,000 posts/s",
    )
    yield row(
        "full text, of its rate at fewer posts",
        large.texts,
        "posts/s",
        floor=small.texts,
        beside=f"at {small.posts:,}",
        times_at_least=0.7,
    )
    yield row("CPU of all of it", large.cpu / large.posts * 1e6, "µs a post")
    yield row("memory of all processes at most (PSS)", large.memory / 1e6, "MB", at_most=1500)
    index = sum(file.stat().st_size for file in archive.cache.rglob("*") if file.is_file())
    yield row(
        "index on disk", index / 1e6, "MB", floor=size / 1e6, beside="the files", times_at_most=0.8
    )


def _first_screen(bench: Bench) -> Iterator[Row]:
    """How long until the newest posts stand on the reader's screen."""
    archive = bench.large
    assert archive.total
    with archive.open() as library:
        first = library.search(Query.parse(""))[:_SCREENFUL]
        titles = [found.title for found in library.headlines(first)]
    kept = archive.base / "kept"
    shutil.rmtree(kept, ignore_errors=True)
    archive.cache.rename(kept)
    times = []
    try:
        for _ in range(_STARTS):
            archive.forget()
            with archive.reader() as terminal:
                shown = terminal.shown(lambda: shows_titles(terminal, titles), _PATIENCE)
            if shown is None:
                raise UnmeasuredError(f"the newest {len(titles)} not shown in {_PATIENCE:.0f} s")
            times.append(shown)
            if processes.left_behind(terminal.mark, _GONE):
                raise UnmeasuredError("the indexer goes on without its reader")
    finally:
        archive.forget()
        kept.rename(archive.cache)
    yield row("newest screen readable", statistics.median(times), "s", at_most=3)


PART = Part(
    "1. An archive never seen before, files in the page cache",
    (("the first index", _index), ("newest screen readable", _first_screen)),
)
