"""Part 5: what it costs to find that nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import floors
from benchmarks.archives import sizes
from benchmarks.bench import Bench, Part
from benchmarks.programs import alternated, program, seconds_of
from benchmarks.table import Row, UnmeasuredError, row

_ROUNDS = 3


def _unchanged(bench: Bench) -> Iterator[Row]:
    archive = bench.large
    files, _ = sizes(archive)
    assert archive.total
    empty = archive.base / "empty"
    empty.mkdir(exist_ok=True)
    environ = archive.environ
    start = [*program(), "index", "--archive", str(empty)]
    index, started, walk, python = alternated(
        _ROUNDS,
        lambda: seconds_of(archive.command("index"), environ, limit=600),
        lambda: seconds_of(start, environ),
        lambda: seconds_of([*floors.WALK, *map(str, archive.roots)], environ, limit=600),
        lambda: seconds_of(floors.PASS, environ),
    )
    if walk <= python or index <= started:
        raise UnmeasuredError("too few files: it takes no longer than starting a program")
    yield row(
        f"rescan of {files:,} unchanged files",
        index - started,
        "s",
        floor=walk - python,
        beside="os.scandir and stat",
        times_at_most=2,
        note="starting not counted",
    )


PART = Part("5. Rescan of an unchanged archive", (("rescan", _unchanged),))
