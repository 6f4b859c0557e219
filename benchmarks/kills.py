"""Part 7: kills the program at random moments and looks what is left.

    python -m benchmarks.kills --rounds 200 [--posts N] [--seed N]

Half of the rounds kill an indexer, half a reader in a terminal that marks and stars posts, with or
without an indexer beside it. Afterwards no process may be left, the next command must find every
post, and each mark that the screen had shown must be there.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.bench import Bench, Part
from benchmarks.corpus import LAST
from benchmarks.marking import Marked, Marks, mark_until
from benchmarks.programs import program, run, say
from benchmarks.table import Row, UnmeasuredError
from benchmarks.vocabulary import clauses
from finews_tui.paths import Paths
from tools import processes
from tools.person import environment
from tools.terminal import Terminal

POSTS = 1_000
_LIMIT = 120.0
"""Seconds for a command after a kill; longer means that it hangs."""
_GONE = 10.0
"""Seconds for the processes of somebody who was killed to end."""
_MARKING = 3.0
"""Seconds that a reader lives at most once it shows its list."""


@dataclass(slots=True)
class Report:
    """What all rounds came to."""

    rounds: int = 0
    acknowledged: int = 0
    """Marks and stars that the screen showed."""
    slowest: float = 0.0
    """Seconds of the slowest command after a kill."""
    problems: list[str] = field(default_factory=list)
    """What must not happen, a sentence each; the lost marks among them."""


def write_archive(folder: Path, count: int) -> None:
    """Posts whose titles are their numbers, the newest being 0."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(count)
    for number in range(count):
        when = LAST - timedelta(minutes=number)
        body = "".join(f"<p>{'，'.join(dice.choices(clauses(), k=9))}。</p>" for _ in range(4))
        (folder / f"{when:%Y-%m-%d}-post-{number:05}.md").write_text(
            f'---\ntitle: "№{number:05}"\ndate: {when:%Y-%m-%d %H:%M:%S} +0800\n---\n{body}\n',
            encoding="utf-8",
        )


class Kills:
    """Rounds of killing on one archive, whose marks stay from round to round."""

    def __init__(self, base: Path, posts: int, seed: int) -> None:
        self.archive = base / "posts"
        self.environ = environment(base / "home")
        self.posts = posts
        self.dice = random.Random(seed)
        self.report = Report()
        self._marks: dict[int, Marks] = {}
        (base / "home").mkdir(parents=True)
        write_archive(self.archive, posts)
        self._indexing = run(self._index(), self.environ, limit=_LIMIT).seconds
        with self._reader() as terminal:
            self._starting = terminal.shown("№00000", _LIMIT) or _LIMIT

    def round(self) -> None:
        """Kill once, and look."""
        self.report.rounds += 1
        uncertain: int | None = None
        if self.dice.random() < 0.5:
            what, mark = self._kill_indexer()
        else:
            what, mark, marked = self._kill_reader()
            uncertain = marked.uncertain
            self.report.acknowledged += marked.acknowledged
            self._marks |= marked.shown
        for problem in (*self._left(mark), *self._command(), *self._lost(uncertain)):
            self.report.problems.append(f"round {self.report.rounds}, {what}: {problem}")

    def _index(self, *words: str) -> list[str]:
        return [*program(), "index", "--jobs", "2", *words, "--archive", str(self.archive)]

    def _reader(self) -> Terminal:
        """The reader in a window that has room for the list alone."""
        command = [*program(), str(self.archive)]
        cwd = self.archive.parent
        return Terminal(command, columns=70, rows=20, environ=self.environ, cwd=cwd)

    def _forget(self) -> None:
        shutil.rmtree(Paths.find(self.environ).cache, ignore_errors=True)

    def _kill_indexer(self) -> tuple[str, str]:
        """Index everything again and kill either the indexer alone or all its processes."""
        if is_new := self.dice.random() < 0.5:
            self._forget()
        moment = self.dice.uniform(0, 1.1 * self._indexing)
        environ, mark = processes.marked(self.environ)
        process = subprocess.Popen(
            self._index(*([] if is_new else ["--rebuild"])),
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moment)
        if is_alone := self.dice.random() < 0.5:
            process.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        who = "indexer alone" if is_alone else "indexer and workers"
        return f"{who} killed after {moment:.2f} s", mark

    def _kill_reader(self) -> tuple[str, str, Marked]:
        """Mark posts in the reader until it is killed."""
        if is_new := self.dice.random() < 0.5:
            self._forget()
        moment = self.dice.uniform(0, self._starting + _MARKING)
        with self._reader() as terminal:
            marked = mark_until(terminal, terminal.started + moment)
            terminal.kill(signal.SIGKILL)
            terminal.wait_end()
            marked.look(terminal)
        what = "reader that indexes" if is_new else "reader"
        return f"{what} killed after {moment:.2f} s", terminal.mark, marked

    def _left(self, mark: str) -> Iterator[str]:
        """Processes that live on; they are ended, so that the next round begins without them."""
        if left := processes.left_behind(mark, _GONE):
            yield f"{len(left)} processes stay behind"
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def _command(self) -> Iterator[str]:
        """The index as it was left: an answer or a sentence, but no hanging and no bug."""
        command = [*program(), "search", "--limit=3", "--no-update", f"--archive={self.archive}"]
        started = perf_counter()
        try:
            done = subprocess.run(
                command, env=self.environ, capture_output=True, timeout=_LIMIT, check=False
            )
        except subprocess.TimeoutExpired:
            yield f"search --no-update hangs for {_LIMIT:.0f} s"
            return
        self.report.slowest = max(self.report.slowest, perf_counter() - started)
        if b"Traceback" in done.stderr or b"this is a bug" in done.stderr:
            yield f"search --no-update says {done.stderr.decode('utf-8', 'replace')[:200]}"

    def _lost(self, uncertain: int | None) -> Iterator[str]:
        """Posts and marks that are not there although they must be."""
        command = [*program(), "search", "--format=jsonl", f"--archive={self.archive}"]
        try:
            done = run(command, self.environ, limit=_LIMIT)
        except UnmeasuredError as error:
            yield f"search hangs: {error}"
            return
        self.report.slowest = max(self.report.slowest, done.seconds)
        found = {}
        for line in done.lines:
            told = json.loads(line.text)
            number = int(told["title"].removeprefix("№"))
            found[number] = Marks(told["is_read"], told["is_starred"])
        if done.code or len(found) != self.posts:
            yield f"search ended with {done.code} and {len(found)} of {self.posts} posts"
        if uncertain is not None and uncertain in found:
            self._marks[uncertain] = found[uncertain]  # it was killed before the screen told
        for number, marks in found.items():
            known = self._marks.get(number, Marks())
            if marks != known:
                yield f"№{number:05} was {known} on the screen and is {marks}"
                self._marks[number] = marks


def killed(base: Path, rounds: int, *, posts: int = POSTS, seed: int = 1) -> Report:
    """Kill ``rounds`` times in a new archive below ``base``."""
    kills = Kills(base, posts, seed)
    for number in range(1, rounds + 1):
        kills.round()
        if number % 20 == 0:
            say(f"{number} kills, {kills.report.acknowledged} marks, {kills.report.problems}")
    return kills.report


def _rows(bench: Bench) -> Iterator[Row]:
    base = bench.work / "kills"
    shutil.rmtree(base, ignore_errors=True)
    report = killed(base, bench.rounds)
    for problem in report.problems:
        say(problem)
    yield Row(
        f"{report.rounds} times kill -9 while indexing and marking",
        f"{len(report.problems)} problems, {report.acknowledged} marks shown, "
        f"slowest command after it {report.slowest:.1f} s",
        goal="nothing lost, nothing left",
        verdict="missed" if report.problems else "ok",
    )


PART = Part("7. Killed at random moments", (("kills", _rows),))


def main(words: Sequence[str] | None = None) -> int:
    """Kills and tells; 1 where something was lost or left."""
    parser = argparse.ArgumentParser(prog="benchmarks.kills", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--posts", type=int, default=POSTS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        report = killed(Path(folder), asked.rounds, posts=asked.posts, seed=asked.seed)
    print("\n".join([*report.problems, f"{report.rounds} rounds, {len(report.problems)} problems"]))
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
