"""The second pass: what is read again and what not, in which order, and what is left for later."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from finews_tui.library import Progress, Query, Summary, update

from .archives import code, em, nw, opened, run
from .oracle import keys


def test_a_moved_post_is_not_written_again(archive: Path, index: Path) -> None:
    path = em(archive / "_posts", 0, body="<p>白酒板块走强。</p>")
    em(archive / "_posts", 1, time="16:50:00")
    run(index, archive)
    before = _places(index)
    path.rename(archive / "old_post" / path.name)
    run(index, archive)
    assert _places(index) == before
    nw(archive / "_posts", 0, "换了题目")
    run(index, archive)
    assert _places(index) != before, "its text is another one now"
    with opened(index) as library:
        assert len(library.search(Query.parse("题目 走强"))) == 1


def _places(index: Path) -> list[tuple[str, int, int]]:
    with closing(sqlite3.connect(index)) as connection:
        return connection.execute(
            "SELECT key, run, place FROM posts JOIN places ON post = id ORDER BY key"
        ).fetchall()


def test_a_late_old_post_comes_in_its_place(archive: Path, index: Path) -> None:
    for number in (0, 2, 4):
        em(archive / "_posts", number, f"题{number}", time=f"1{number}:00:00")
    run(index, archive)
    for number in (1, 3, 5):
        em(archive / "_posts", number, f"题{number}", time=f"1{number}:00:00")
        run(index, archive)
    with opened(index) as library:
        assert [key[-1] for key in keys(library, library.search(Query.parse("正文")))] == [
            code(number)[-1] for number in (5, 4, 3, 2, 1, 0)
        ]


def test_the_text_is_found_as_it_grows(archive: Path, index: Path) -> None:
    for number in range(450):
        em(archive / "_posts", number, f"题{number}", time=f"{number // 60:02}:{number % 60:02}:00")
    steps = update(index, [archive], jobs=1)
    for step in steps:
        if isinstance(step, Progress) and step.phase == "text" and step.done:
            break
    with opened(index) as library:
        assert 0 < library.coverage < 1
        newest = keys(library, library.search(Query()))
        assert keys(library, library.search(Query.parse("正文"))) == newest[:100]
        assert len(library.search(Query.parse("题4"))) == 61, "titles are known before"
        steps.close()  # type: ignore[attr-defined]  # a generator, which the signature hides
        assert 0 < library.coverage < 1
        run(index, archive)
        assert library.coverage == 1
        assert len(library.search(Query.parse("正文"))) == 450


def test_a_file_that_cannot_be_read_just_now_stays_pending(archive: Path, index: Path) -> None:
    em(archive / "_posts", 0)
    path = em(archive / "_posts", 1)
    kept = path.read_bytes()
    for step in update(index, [archive], jobs=1):
        if isinstance(step, Progress) and step.changed and path.exists():
            path.unlink()
    with opened(index) as library:
        assert library.coverage == 0.5
        path.write_bytes(kept)
        run(index, archive)
        assert library.coverage == 1


@pytest.mark.parametrize("is_alone", [True, False])
def test_a_file_of_which_only_the_text_cannot_be_read_is_told(
    archive: Path, index: Path, is_alone: bool
) -> None:
    em(archive / "_posts", 0)
    path = em(archive / "_posts", 1, body="<p>降准了。</p>")
    if not is_alone:
        nw(archive / "old_post", 1, "换了题目")
    kept, status = path.read_bytes(), path.stat()
    summary: Summary | None = None
    for step in update(index, [archive], jobs=1):
        if isinstance(step, Progress) and step.changed and path.is_file():
            path.write_bytes(b"---\ntitle: [\x00\n")  # between the two passes
        summary = step if isinstance(step, Summary) else None
    assert summary is not None and summary.failed == 1
    with opened(index) as library:
        (failure,) = library.failures()
        assert failure.path == path and failure.reason
        assert len(library.search(Query())) == 2, "its headline is there"
        assert library.coverage == (0.5 if is_alone else 1)
        path.write_bytes(kept)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        if not is_alone:
            path.touch()
        assert run(index, archive)[1].failed == 0
        assert library.failures() == []
        assert len(library.search(Query.parse("降准"))) == 1
