"""What arrives is in the index before the archive is listed, and the rest of the run agrees."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from finews_tui.library import Progress, Query, update

from .archives import code, counts, em, nw, opened, run, write
from .oracle import keys


def settled(archive: Path, index: Path, posts: int = 5) -> None:
    """An archive that was indexed a while after its folders had changed."""
    for number in range(posts):
        em(archive / "_posts", number, f"题{number}")
    nw(archive / "old_post", 0, "另一份")
    run(index, archive)
    for folder in (archive / "_posts", archive / "old_post"):
        os.utime(folder, ns=(0, index.stat().st_mtime_ns - 1))


def first_step(index: Path, archive: Path) -> tuple[Progress, list[str]]:
    """The first step of a run, and what the index holds then; the run goes on to its end."""
    steps = update(index, [archive], jobs=1)
    first = next(steps)
    assert isinstance(first, Progress)
    with opened(index) as library:
        found = keys(library, library.search(Query()))
    assert isinstance(steps, Iterator)
    for _ in steps:
        pass
    return first, found


def test_new_posts_are_there_before_the_archive_is_listed(archive: Path, index: Path) -> None:
    settled(archive, index)
    for number in (7, 8):
        em(archive / "_posts", number, f"新{number}", day="2022-03-12")
    first, found = first_step(index, archive)
    assert (first.phase, first.done, first.changed) == ("folders", 0, 2)
    assert set(found) == {code(number) for number in (0, 1, 2, 3, 4, 7, 8)}
    with opened(index) as library:
        assert library.total == 7 and library.coverage == 1
    assert counts(run(index, archive)[1]) == (7, 0, 0, 0, 0)


def test_copies_that_come_later_join_them(archive: Path, index: Path) -> None:
    settled(archive, index)
    em(archive / "_posts", 7, "新")
    nw(archive / "later", 7, "新的另一份")  # a folder that the index has never seen
    em(archive / "_posts", 0, "变了")
    first, found = first_step(index, archive)
    assert first.changed == 1 and code(7) in found
    with opened(index) as library:
        assert len(library.find(code(7)).copies) == 2
        assert len(library.find(code(0)).copies) == 2
        assert library.total == 6
    assert counts(run(index, archive)[1]) == (6, 0, 0, 0, 0)


def test_nothing_is_looked_at_where_nothing_changed(archive: Path, index: Path) -> None:
    settled(archive, index)
    first, _ = first_step(index, archive)
    assert first.changed == 0
    assert counts(run(index, archive)[1]) == (5, 0, 0, 0, 0)


def test_what_is_no_post_is_left_to_the_survey(archive: Path, index: Path) -> None:
    settled(archive, index)
    folder = archive / "_posts"
    (folder / f"2022-03-12-{code(7)}.md").mkdir()
    (folder / f"2022-03-12-{code(8)}.md").symlink_to("/etc/hostname")
    (folder / f"2022-03-12-{code(9)}.md").write_bytes(b"---\ntitle: [\x00\n")
    write(folder / "2020-01-01-old.md", "早先的")
    _, found = first_step(index, archive)
    assert len(found) == 5
    with opened(index) as library:
        assert library.total == 6
        assert len(library.failures()) == 2
    with closing(update(index, [archive], jobs=1)) as steps:  # type: ignore[type-var]  # a generator
        assert next(steps)
