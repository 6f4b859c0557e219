"""The archives that are measured: made when they are first needed, each with a home of its own.

Beside the articles of ``corpus`` stand a few of 20,000 characters, newer than all others: the
generator makes none so long, and an archive that is given must not be written to.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from benchmarks.corpus import LAST, write
from benchmarks.programs import Line, Run, program, run, say
from benchmarks.table import UnmeasuredError
from benchmarks.vocabulary import clauses
from finews_tui.library import Library, index_path
from finews_tui.paths import Paths
from tools.person import environment
from tools.terminal import Terminal

COLUMNS, ROWS = 120, 40
"""The window: with tree, list and article."""
_LONGEST_INDEX = 7200.0
"""Seconds after which an index is given up."""
_TELL = 20.0
"""Seconds between two lines about how far an index is."""
LONG_POSTS = 10
LONG = 20_000
"""Characters of each of them."""


@dataclass(frozen=True)
class Archive:
    """A synthetic archive, and the home of somebody who reads it."""

    folder: Path
    """Where the files are."""
    base: Path
    """Where everything else goes: the long posts, and the home."""

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders to read."""
        return self.folder, self.base / "long"

    @cached_property
    def environ(self) -> dict[str, str]:
        """The environment of that person."""
        return environment(self.base / "home")

    @property
    def cache(self) -> Path:
        """The folder of the index."""
        return Paths.find(self.environ).cache

    def command(self, name: str, *words: str) -> list[str]:
        """A subcommand for this archive."""
        return [*program(), name, *words, *(f"--archive={root}" for root in self.roots)]

    def index(
        self, see: Callable[[Line], None] | None = None, *, watches_memory: bool = False
    ) -> Run:
        """Bring the index up to date; its lines are those of ``--format jsonl``."""
        told = 0.0

        def tell(line: Line) -> None:
            nonlocal told
            if line.seconds > told + _TELL:
                told = line.seconds
                say(f"{line.seconds:.0f} s: {line.text}")
            if see is not None:
                see(line)

        command = self.command("index", "--format", "jsonl")
        done = run(
            command, self.environ, limit=_LONGEST_INDEX, see=tell, watches_memory=watches_memory
        )
        if done.code not in (0, 1) or not done.lines:
            raise UnmeasuredError(f"indexing {self.folder} ended with code {done.code}")
        return done

    @cached_property
    def total(self) -> int:
        """Posts in the index, which is built now if there is none."""
        say(f"index of {self.folder}")
        told = json.loads(self.index().lines[-1].text)
        return int(told["total"])

    def open(self) -> Library:
        """The library of the index as it is."""
        paths = Paths.find(self.environ)
        index = index_path(paths.cache, self.roots)
        return Library.open(index, paths.state_file, read_only_state=True)

    def reader(self, *words: str) -> Terminal:
        """The reader, started now."""
        return Terminal(
            [*program(), *map(str, self.roots), *words],
            columns=COLUMNS,
            rows=ROWS,
            environ=self.environ,
            cwd=self.base,
        )

    def forget(self) -> None:
        """As if this archive had never been seen."""
        shutil.rmtree(self.cache, ignore_errors=True)


def sizes(archive: Archive) -> tuple[int, int]:
    """How many files there are, and their bytes."""
    found = [entry.stat().st_size for root in archive.roots for entry in _files(root)]
    return len(found), sum(found)


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path))
            else:
                yield entry


def made(work: Path, name: str, count: int, given: Path | None = None) -> Archive:
    """An archive of ``count`` articles below ``work``, or the given one, with its long posts.

    What an earlier measurement has left there is taken as it is, if it was finished.
    """
    base = work / f"{name}-{count}"
    archive = Archive(given or base / "posts", base)
    finished = base / "finished"
    if finished.exists():
        return archive
    (base / "home").mkdir(parents=True, exist_ok=True)
    if given is None:
        say(f"writing {count:,} articles to {archive.folder}")
        write(archive.folder, count)
    write_long_posts(archive.roots[1])
    finished.touch()
    return archive


def write_long_posts(folder: Path) -> None:
    """Posts of LONG characters in paragraphs, a minute apart, the newest first in any list."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(LONG)
    for number in range(LONG_POSTS):
        when = LAST + timedelta(minutes=LONG_POSTS - number)
        paragraphs: list[str] = []
        while (left := LONG - sum(map(len, paragraphs))) > 0:
            text = "，".join(dice.choices(clauses(), k=12))
            paragraphs.append(f"{text[: left - 1]}。")
        body = "".join(f"<p>{text}</p>" for text in paragraphs)
        code = f"{when:%Y%m%d}{3_999_999_999 - number:010}"
        title = long_title(number)
        (folder / f"{when:%Y-%m-%d}-{code}.md").write_text(
            f'---\nlayout: post\ntitle: "{title}"\ndate: {when:%Y-%m-%d %H:%M:%S} +0800\n'
            f"categories: emnews\ntags: 东财滚动新闻\n---\n{body}\n",
            encoding="utf-8",
        )


def long_title(number: int) -> str:
    """The title of a long post; 0 is the newest."""
    return f"第{number:02}号长文：两万字"
