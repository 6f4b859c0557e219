"""Measures the program beside its floors and prints the table of docs/performance.md.

    python -m benchmarks.scale --posts 20000
    python -m benchmarks.scale --posts 1000000 --work FOLDER --keep --markdown table.md

What cannot be measured is a line of the table that says why; the rest goes on.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks import (
    arrivals,
    indexing,
    keys,
    kills,
    layout,
    machine,
    rescan,
    searching,
    starts,
    table,
    wire,
)
from benchmarks.bench import Bench, Part
from benchmarks.programs import say
from benchmarks.table import Row

PARTS: tuple[Part, ...] = (
    indexing.PART,
    starts.PART,
    keys.PART,
    searching.PART,
    rescan.PART,
    arrivals.PART,
    kills.PART,
    layout.PART,
    wire.PART,
)
"""In the order of the issue that set the goals, and of docs/performance.md."""


def main(words: Sequence[str] | None = None) -> int:
    """Measures and prints; 1 where something could not be measured."""
    asked = _parser().parse_args(words)
    work = asked.work or Path(tempfile.mkdtemp(prefix="finews-tui-bench-"))
    say(f"archives and indexes are in {work}")
    heading = [f"{asked.posts:,} posts", *machine.description()]
    rows: list[Row] = []
    try:
        bench = Bench(work, asked.posts, asked.archive, asked.rounds)
        for number, part in enumerate(PARTS, 1):
            if not asked.only or number in asked.only:
                rows += _measured(number, part, bench)
                if asked.markdown:  # after each part: a long run may be broken off
                    _write(asked.markdown, heading, rows)
    finally:
        if not asked.keep and asked.work is None:
            shutil.rmtree(work, ignore_errors=True)
    print("\n".join([*heading, "", table.text(rows)]))
    return 1 if any(row.verdict == "failed" for row in rows) else 0


def _write(file: Path, heading: Sequence[str], rows: Sequence[Row]) -> None:
    facts = "\n".join(f"- {fact}" for fact in heading)
    file.write_text(f"{facts}\n\n{table.markdown(rows)}", encoding="utf-8")


def _measured(number: int, part: Part, bench: Bench) -> Iterator[Row]:
    say(part.title)
    started = perf_counter()
    for row in part.rows(bench):
        yield row
        say(f"{row.what}: {row.measured}")
    say(f"part {number} done in {perf_counter() - started:.0f} s")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.scale", description=__doc__)
    parser.add_argument("--posts", type=int, default=20_000, help="articles of the large archive")
    parser.add_argument("--archive", type=Path, help="its folder, if it was written already")
    parser.add_argument("--work", type=Path, help="where archives and indexes go, and stay")
    parser.add_argument("--keep", action="store_true", help="leave them where they are")
    parser.add_argument("--only", type=_numbers, default=(), help="parts, such as 1,4")
    parser.add_argument("--rounds", type=int, default=20, help="how often something is killed")
    parser.add_argument("--markdown", type=Path, help="write the table to this file, too")
    return parser


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
