"""What changed in an archive is seen, whatever it is, and by digests where nothing did."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finews_tui.library import Query
from finews_tui.library.shelves import Shelf
from finews_tui.library.walk import Names

from .archives import code, counts, em, mark, nw, opened, run, write
from .oracle import parsed

_FOLDERS = ("_posts", "old_post", "old_post/2022", "more")


def _change(archive: Path, dice: random.Random) -> None:
    """Do to an archive what upstream, git or a person might."""
    files = sorted(path for path in archive.rglob("*.md") if path.is_file())
    folder = archive / dice.choice(_FOLDERS)
    number = dice.randrange(12)
    day = f"2022-03-{10 + number % 3}"
    match dice.randrange(10):
        case 0 | 1 | 2:
            named = mark("1", f"60051{number % 3}", f"股{dice.randrange(3)}")
            em(folder, number, f"题{dice.randrange(100)}", f"<p>{named}</p>", day=day)
        case 3 | 4:
            nw(folder, number, f"题{dice.randrange(100)}", day=day)
        case 5:
            name = f"{day}-note{dice.randrange(10**9)}.md"  # no two articles of one name
            write(folder / name, f"记{dice.randrange(9)}", date=day)
        case 6 if files:
            path = dice.choice(files)
            folder.mkdir(parents=True, exist_ok=True)
            path.rename(folder / path.name)
        case 7 if files:
            dice.choice(files).unlink()
        case 8 if files:
            dice.choice(files).write_bytes(b"---\n\x00\x00")
        case 9 if files:
            one, other = dice.choice(files), dice.choice(files)
            kept = one.read_bytes()
            one.write_bytes(other.read_bytes())
            other.write_bytes(kept)
        case _:
            shutil.rmtree(folder, ignore_errors=True)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_the_index_is_what_the_archive_is(seed: int) -> None:
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        archive, index = Path(name, "archive"), Path(name, "index.db")
        archive.mkdir()
        ids: dict[str, int] = {}
        used: set[int] = set()
        for _ in range(6):
            for _ in range(dice.randrange(6)):
                _change(archive, dice)
            summary = run(index, archive)[1]
            expected = {
                post.key: (post.title, set(post.copies), post.path, post.source)
                for post in parsed(archive)
            }
            with opened(index) as library:
                found = library.headlines(library.search(Query()))
                assert {
                    one.key: (one.title, set(one.copies), one.path, one.source) for one in found
                } == expected
                assert summary.total == library.total == len(expected)
                assert summary.failed == len(library.failures())
            now = {one.key: one.id for one in found}
            assert all(ids[key] == now[key] for key in ids.keys() & now.keys())
            fresh = {now[key] for key in now.keys() - ids.keys()}
            assert not fresh & used, "an id is never used twice"
            ids, used = now, used | fresh
            assert counts(run(index, archive)[1])[1:4] == (0, 0, 0), "it was all seen"
            assert not _miscounted(index)


def _miscounted(index: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(index)) as connection:
        return connection.execute(
            "SELECT text FROM names WHERE (marks, others) IS NOT (SELECT "
            "count(*) FILTER (WHERE trust = 'mark'), count(*) FILTER (WHERE trust <> 'mark') "
            "FROM mentions WHERE name = names.id)"
        ).fetchall()


def _digests(index: Path) -> list[tuple[int, int, bytes | None]]:
    with closing(sqlite3.connect(index)) as connection:
        return connection.execute("SELECT * FROM shelves ORDER BY 1, 2").fetchall()


def test_the_states_of_two_files_swapped(archive: Path, index: Path) -> None:
    first, second = em(archive / "_posts", 0, "甲"), em(archive / "_posts", 1, "乙丙")
    run(index, archive)
    states = [path.stat() for path in (first, second)]
    assert states[0].st_size != states[1].st_size
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    for path, state in zip((second, first), states, strict=True):
        os.utime(path, ns=(state.st_mtime_ns, state.st_mtime_ns))
    assert counts(run(index, archive)[1]) == (2, 0, 2, 0, 0)
    with opened(index) as library:
        assert [library.find(code(number)).title for number in (0, 1)] == ["乙丙", "甲"]


@given(
    st.lists(
        st.dictionaries(
            st.text("ab1", min_size=1, max_size=3),
            st.tuples(st.integers(0, 3), st.integers(-1, 2)),
            max_size=4,
        ),
        min_size=2,
        max_size=2,
    )
)
def test_a_digest_belongs_to_one_shelf(states: list[dict[str, tuple[int, int]]]) -> None:
    shelves = []
    for state in states:
        shelf = Shelf()
        for name in sorted(state):
            shelf.add(name, *state[name])
        assert shelf.states() == state
        shelves.append(shelf)
    assert (shelves[0].digest() == shelves[1].digest()) == (states[0] == states[1])


def test_an_unchanged_archive_is_known_by_its_digests(archive: Path, index: Path) -> None:
    for number in range(6):
        em(archive / ("_posts" if number % 2 else "old_post"), number)
    run(index, archive)
    before = _digests(index)
    assert len(before) == 2
    assert all(digest for _, _, digest in before)
    with closing(sqlite3.connect(index)) as connection:
        # Nobody looks at a file on a shelf that is as it was.
        connection.execute("UPDATE entries SET size = 0")
        connection.commit()
    assert run(index, archive)[0][0].total == 0
    em(archive / "_posts", 7)
    assert run(index, archive)[0][-1].total == 4, "the whole shelf is looked at, not the other one"
    assert run(index, archive)[0][0].total == 0
    after = _digests(index)
    assert len(set(before) & set(after)) == 1


def test_a_shelf_that_is_gone_is_forgotten(archive: Path, index: Path) -> None:
    em(archive / "_posts", 0)
    path = write(archive / "old_post" / "2021-01-01-note.md", "题", date="2021-01-01")
    run(index, archive)
    path.unlink()
    run(index, archive)
    assert len(_digests(index)) == 1


def test_many_files_that_come_to_a_known_folder(archive: Path, index: Path) -> None:
    for number in range(300):
        em(archive / "_posts", number, f"题{number}")
    run(index, archive, jobs=2)
    with opened(index) as library:
        before = {one.key: one.id for one in library.headlines(library.search(Query()))}
        library.mark([code(7)], starred=True)
        for number in range(300, 3_300):
            em(archive / "_posts", number, f"题{number}", day=f"2022-03-{10 + number % 9}")
        nw(archive / "_posts", 7, "换了题目")
        progress, summary = run(index, archive, jobs=2)
        assert counts(summary) == (3_300, 3_000, 1, 0, 0)
        assert progress[-1].done == progress[-1].total == 3_002
        found = library.headlines(library.search(Query()))
        assert len(found) == 3_300
        assert {one.key: one.id for one in found if one.key in before} == before
        assert library.find(code(7)).title == "换了题目"
        assert library.find(code(7)).is_starred


def test_a_twin_that_the_first_glance_did_not_see(archive: Path, index: Path) -> None:
    for number in range(230):
        em(archive / "_posts", number, f"题{number}")
    for number in range(200, 230):
        nw(archive / "old_post", number, "孪生", source="财联社")
    assert counts(run(index, archive)[1]) == (230, 230, 0, 0, 0)
    with opened(index) as library:
        twins = [one for one in library.headlines(library.search(Query())) if one.title == "孪生"]
        assert len(twins) == 30
        assert all(len(one.copies) == 2 for one in twins)


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Be somebody to whom a folder can be closed; root reads everything."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_cannot_be_read_keeps_its_posts() -> None:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        archive, index = top / "archive", top / "cache" / "index.db"
        closed = archive / "old_post"
        em(closed, 0, "关")
        em(closed / "2022", 1, "关内")
        em(archive / "_posts", 2, "开")
        index.parent.mkdir()
        for path in (top, index.parent):
            path.chmod(0o777)
        with _as_nobody():
            run(index, archive)
        closed.chmod(0)
        em(archive / "_posts", 3, "新")
        with _as_nobody():
            assert counts(run(index, archive)[1]) == (4, 1, 0, 0, 1)
            with opened(index) as library:
                (failure,) = library.failures()
                assert failure.path == closed
                assert "cannot be read" in failure.reason
                assert library.find(code(1)).title == "关内"
        closed.chmod(0o755)
        (closed / "2022" / f"2022-03-11-{code(1)}.md").unlink()
        with _as_nobody():
            assert counts(run(index, archive)[1]) == (3, 0, 0, 1, 0)


def test_a_time_that_no_index_can_hold(archive: Path, index: Path) -> None:
    path = em(archive / "_posts", 0)
    try:
        os.utime(path, (0, 2**34 - 2**20))
    except OSError:
        pytest.skip("this file system has no such time")
    assert counts(run(index, archive)[1]) == (1, 1, 0, 0, 0)
    assert run(index, archive)[0][0].total == 0


def test_nested_archives_by_day(archive: Path, index: Path) -> None:
    for number in range(40):
        day = f"2022-{1 + number // 20:02}-{1 + number % 20:02}"
        em(archive / "news" / day.replace("-", "/"), number, f"题{number}", day=day)
    assert counts(run(index, archive)[1]) == (40, 40, 0, 0, 0)
    assert run(index, archive)[0][0].total == 0
    (archive / "news" / "2022" / "01").rename(archive / "news" / "2021")
    assert counts(run(index, archive)[1]) == (40, 0, 20, 0, 0)


def test_names_are_kept_in_little_room(archive: Path) -> None:
    for number in range(5_000):
        name = f"2022-03-{10 + number % 9}-{code(number)}.md"
        (archive / "old_post" / name).touch()
    names = Names([archive])
    tracemalloc.start()
    for _ in names.look():
        pass
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert names.count == 5_000
    assert kept / names.count < 60, "a Path is ten times as large"
