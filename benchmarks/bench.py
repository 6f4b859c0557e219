"""One run of the benchmarks: its archives and options, and what a part of the table is."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from benchmarks.archives import Archive, made
from benchmarks.table import Row, UnmeasuredError
from finews_tui.errors import FinewsError

SMALL = 1_000
"""Posts of the archive that everything is compared with."""


@dataclass(frozen=True)
class Bench:
    """What a run measures, and where."""

    work: Path
    """The folder for archives and indexes."""
    posts: int
    """Articles of the large archive."""
    given: Path | None = None
    """Its folder, if it exists already."""
    rounds: int = 20
    """How often something is killed."""

    @cached_property
    def large(self) -> Archive:
        """The archive that is measured."""
        return made(self.work, "large", self.posts, self.given)

    @cached_property
    def tenth(self) -> Archive:
        """A tenth of it, at most 100,000 articles: does indexing slow down?"""
        return made(self.work, "tenth", min(100_000, self.posts // 10))

    @cached_property
    def small(self) -> Archive:
        """The archive of SMALL articles: does reading slow down?"""
        return made(self.work, "small", SMALL)

    @cached_property
    def busy(self) -> Archive:
        """An archive to which posts are added, with most of 300,000 files in one folder."""
        return made(self.work, "busy", min(300_000, self.posts))


Measurement = Callable[[Bench], Iterable[Row]]
"""Measures and gives rows; raises UnmeasuredError and the like where it cannot."""


@dataclass(frozen=True)
class Part:
    """A part of the table: measurements that do not hang on one another."""

    title: str
    measurements: tuple[tuple[str, Measurement], ...]
    """What each is called where it fails."""

    def rows(self, bench: Bench) -> Iterator[Row]:
        """The rows of all measurements; a failed one is a row that says why."""
        for what, measure in self.measurements:
            try:
                for row in measure(bench):
                    yield replace(row, part=self.title)
            except (
                AssertionError,  # a wait in a terminal that was in vain
                FinewsError,
                OSError,
                UnmeasuredError,
                sqlite3.Error,
                subprocess.SubprocessError,
            ) as error:
                why = str(error).strip().partition("\n")[0] or type(error).__name__
                yield Row(what, why[:120], verdict="failed", part=self.title)
