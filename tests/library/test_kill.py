"""An indexer that is killed at any moment loses nothing: the next run completes what it began."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from finews_tui.library import Library, Query

from .archives import code, counts, em, mark, nw, opened, run

_INDEX = """
import sys
from pathlib import Path
from finews_tui.library import update
if __name__ == "__main__":
    for step in update(Path(sys.argv[1]), [Path(sys.argv[2])], jobs=2):
        print(step, flush=True)
"""
_ROUNDS = 6
_POSTS = 2_500


def _contents(library: Library) -> dict[str, tuple[object, ...]]:
    return {
        one.key: (one.title, one.copies, one.published, one.source, one.categories, one.tags)
        for one in library.headlines(library.search(Query()))
    }


def test_killed_again_and_again(archive: Path, index: Path, tmp_path: Path) -> None:
    for number in range(_POSTS):
        day = f"2022-{1 + number % 12:02}-{1 + number // 12 % 28:02}"
        named = mark("1", f"60051{number % 7}", f"股{number % 9}")
        em(archive / "_posts", number, f"题{number}", f"<p>{named}</p>", day=day)
        if number % 5 == 0:
            nw(archive / "old_post", number, f"题{number}", day=day)
    program = tmp_path / "program.py"
    program.write_text(_INDEX)
    dice = random.Random(3)
    last = 0
    for _ in range(_ROUNDS):
        with subprocess.Popen(
            [sys.executable, str(program), str(index), str(archive)], stdout=subprocess.PIPE
        ) as indexing:
            assert indexing.stdout is not None
            for _ in range(dice.randrange(1, 12)):
                indexing.stdout.readline()
            indexing.kill()
        if not index.exists():
            continue
        with closing(sqlite3.connect(index)) as connection:
            assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        with opened(index) as library:
            written = library.total
            assert written >= last, "what was written stays"
            assert len(library.search(Query())) == written
            last = written
    (archive / "_posts" / f"2022-01-01-{code(0)}.md").write_bytes(b"\x00")
    summary = run(index, archive)[1]
    assert (summary.total, summary.failed) == (_POSTS, 1)
    alone = tmp_path / "alone" / "index.db"
    assert counts(run(alone, archive)[1]) == (_POSTS, _POSTS, 0, 0, 1)
    with opened(index) as one, opened(alone) as other:
        assert _contents(one) == _contents(other)
    for table in ("labels", "names", "tickers"):
        assert _rows(index, table) == _rows(alone, table)


def _rows(index: Path, table: str) -> list[tuple[object, ...]]:
    columns = {
        "labels": "kind, text",
        "names": "ticker, text, marks, others",
        "tickers": "symbol, market, kind",
    }
    with closing(sqlite3.connect(index)) as connection:
        return connection.execute(f"SELECT {columns[table]} FROM {table} ORDER BY 1, 2").fetchall()
