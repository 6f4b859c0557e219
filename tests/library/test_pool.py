"""Worker processes may be killed, may not start at all, and never outlive the indexer."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from multiprocessing import active_children
from pathlib import Path

from finews_tui.library import Progress, Query, Summary, update
from finews_tui.library.reading import read_groups
from finews_tui.library.work import Group, Task

from .archives import code, counts, em, opened, run, write


def _fill(archive: Path, number: int) -> None:
    for i in range(number):
        em(archive / "_posts", i, f"题{i}")


def test_a_killed_worker_does_not_lose_the_run(archive: Path, index: Path) -> None:
    _fill(archive, 900)
    steps = update(index, [archive], jobs=2)
    summary: Summary | None = None
    killed = 0
    for step in steps:
        if isinstance(step, Summary):
            summary = step
        elif isinstance(step, Progress) and not killed and step.changed:
            for worker in active_children():
                worker.kill()
                killed += 1
    assert killed == 2
    assert summary
    assert counts(summary) == (900, 900, 0, 0, 0)
    assert active_children() == []


def test_a_run_that_is_given_up_leaves_no_worker(archive: Path, index: Path) -> None:
    _fill(archive, 800)
    steps = update(index, [archive], jobs=2)
    for step in steps:
        if isinstance(step, Progress) and step.changed:
            break
    steps.close()  # type: ignore[attr-defined]  # a generator, which the signature does not promise
    assert active_children() == []
    assert run(index, archive)[1].total == 800


_WITHOUT_DESCRIPTORS = """
import json, resource, sys
from dataclasses import asdict
from pathlib import Path
from finews_tui.library import update
resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))
for step in update(Path(sys.argv[1]), [Path(sys.argv[2])], jobs=2):
    pass
print(json.dumps(asdict(step)))
"""


def test_a_system_that_starts_no_process(archive: Path, index: Path) -> None:
    _fill(archive, 500)
    index.parent.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_DESCRIPTORS, str(index), str(archive)],
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["total"] == 500
    assert json.loads(done.stdout)["failed"] == 0


_INDEX = """
import sys
from multiprocessing import active_children
from pathlib import Path
from finews_tui.library import update
if __name__ == "__main__":
    for step in update(Path(sys.argv[1]), [Path(sys.argv[2])], jobs=2):
        print(len(active_children()), flush=True)
"""


def test_workers_die_with_a_killed_indexer(archive: Path, index: Path, tmp_path: Path) -> None:
    _fill(archive, 1500)
    program = tmp_path / "program.py"
    program.write_text(_INDEX)
    with subprocess.Popen(
        [sys.executable, str(program), str(index), str(archive)], stdout=subprocess.PIPE
    ) as indexing:
        assert indexing.stdout is not None
        for line in indexing.stdout:
            if line.strip() == b"2":
                break
        indexing.send_signal(signal.SIGKILL)
        # Workers hold our pipe as their standard output: its end comes when the last one is gone.
        indexing.stdout.read()


def test_a_bug_met_in_one_file_is_that_files_failure(archive: Path) -> None:
    good, bad = em(archive, 0), em(archive, 1)
    groups = [
        Group(code(0), 20220311, (Task(str(good), str(archive), "Asia/Shanghai"),)),
        Group(code(1), 20220311, (Task(str(bad), str(archive), "No/Such_Zone"),)),
    ]
    first, second = read_groups("Asia/Shanghai", groups)
    assert [post.key for post in first.posts] == [code(0)]
    assert second.posts == ()
    assert "This is a bug" in (second.files[0].failure or "")


def test_files_that_are_too_large_to_be_held_together(archive: Path) -> None:
    paths = [archive / f"{number}.md" for number in range(6)]
    for number, path in enumerate(paths):
        filler = "" if number % 2 else "no front matter " * 200_000
        path.write_text(f"{filler}---\ntitle: 第{number}\n---\n甲\n", encoding="utf-8")
    groups = [Group(path.stem, 0, (Task(str(path), str(archive), "+08:00"),)) for path in paths]
    found = read_groups("+08:00", groups)
    assert [[reading.path for reading in one.files] for one in found] == [[str(p)] for p in paths]
    assert [[post.title for post in one.posts] for one in found] == [
        [f"第{number}"] if number % 2 else [] for number in range(6)
    ]
    assert [one.files[0].skipped is None for one in found] == [False, True] * 3


def test_dates_at_the_ends_of_the_calendar(archive: Path, index: Path) -> None:
    write(archive / "first.md", "首", date="0001-01-01 00:00:00 +1400")
    write(archive / "last.md", "末", date="9999-12-31 23:59:59 -1200")
    assert counts(run(index, archive)[1]) == (2, 2, 0, 0, 0)
    with opened(index) as library:
        found = library.headlines(library.search(Query()))
        assert [headline.title for headline in found] == ["末", "首"]
        assert [facet.label for facet in library.facets("years")] == ["9999", "0001"]
        for year in ("9999", "0001"):
            assert len(library.search(Query.parse(f"since:{year} until:{year}"))) == 1
            assert len(library.facets("months", within=year)) == 1


def test_a_rebuild_removes_posts_without_files(archive: Path, index: Path) -> None:
    _fill(archive, 2)
    run(index, archive)
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("DELETE FROM entries WHERE name LIKE ?", (f"%{code(1)}%",))
        connection.commit()
    (archive / "_posts" / f"2022-03-11-{code(1)}.md").unlink()
    assert counts(run(index, archive, rebuild=True)[1]) == (1, 0, 1, 1, 0)
