"""An index that is missing, damaged, old, foreign, in use or in an impossible place."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from finews_tui.errors import LibraryError
from finews_tui.library import Anew, Interrupted, Library, Query, Summary, index_path, update
from finews_tui.library.lock import held

from .archives import code, counts, em, opened, run, write


def test_one_index_for_a_set_of_archives(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    (tmp_path / "link").symlink_to(one)
    path = index_path(tmp_path, [one, other])
    assert path.parent == tmp_path
    assert path.name.startswith("index-")
    assert len(path.stem) == len("index-") + 12
    assert index_path(tmp_path, [other, tmp_path / "link", one / "." / ".." / "one"]) == path
    assert index_path(tmp_path, [one]) != path


def test_a_missing_index_says_what_to_do(index: Path) -> None:
    with pytest.raises(LibraryError, match="finews-tui index"):
        opened(index)


def _truncate(index: Path) -> None:
    index.write_bytes(index.read_bytes()[: index.stat().st_size // 2])


def _overwrite(index: Path) -> None:
    data = bytearray(index.read_bytes())
    data[4096 : len(data)] = b"\xa5" * (len(data) - 4096)
    index.write_bytes(data)


def _empty(index: Path) -> None:
    index.write_bytes(b"")


def _foreign(index: Path) -> None:
    index.unlink()
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("CREATE TABLE cookies (name)")


def _old(index: Path) -> None:
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("PRAGMA user_version = 0")
        connection.execute("PRAGMA user_version = 999")


def _no_database(index: Path) -> None:
    index.write_bytes(b"not a database at all" * 1000)


@pytest.mark.parametrize("break_it", [_truncate, _overwrite, _empty, _foreign, _old, _no_database])
def test_a_broken_index_is_built_anew(
    archive: Path, index: Path, break_it: Callable[[Path], None]
) -> None:
    for number in range(50):
        em(archive / "_posts", number)
    run(index, archive)
    with opened(index) as library:
        library.mark([code(0)], read=True)
    break_it(index)
    try:
        with opened(index) as library:
            library.headlines(library.search(Query()))
    except LibraryError as error:
        assert "finews-tui index" in str(error)
    steps = list(update(index, [archive], jobs=1))
    (told,) = [step.reason for step in steps if isinstance(step, Anew)]
    is_old = break_it is _old
    assert told == ("it was made by another version of finews-tui" if is_old else "it is damaged")
    assert isinstance(steps[-1], Summary)
    assert counts(steps[-1]) == (50, 50, 0, 0, 0)
    with opened(index) as library:
        assert library.total == 50
        assert library.find(code(0)).is_read
        assert library.warnings == []


def test_keys_are_carried_over_from_an_old_index(archive: Path, index: Path) -> None:
    write(archive / "b" / "note.md", "先来", date="2022-01-01")
    run(index, archive)
    write(archive / "a" / "note.md", "后到", date="2022-01-01")
    run(index, archive)
    _old(index)
    assert counts(run(index, archive)[1]) == (2, 2, 0, 0, 0)
    with opened(index) as library:
        assert library.find("note").title == "先来"
        assert library.find("a/note").title == "后到"


def test_damage_that_shows_only_while_writing(archive: Path, index: Path) -> None:
    for number in range(50):
        em(archive / "_posts", number)
    run(index, archive)
    lock = index.with_name(index.name + ".lock")
    _overwrite(index)
    # The seal fits, so nobody looks at the pages before they are used.
    status = index.stat()
    lock.write_text(f"{status.st_size} {status.st_mtime_ns}")
    assert counts(run(index, archive)[1]) == (50, 50, 0, 0, 0)


def test_a_place_that_cannot_be_written(archive: Path, tmp_path: Path) -> None:
    em(archive / "_posts", 0)
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(LibraryError, match="cannot be written"):
        list(update(blocked / "index.db", [archive]))
    folder = tmp_path / "folder.db"
    folder.mkdir()
    with pytest.raises(LibraryError, match="cannot be opened or written"):
        list(update(folder, [archive]))
    with pytest.raises(LibraryError, match="cannot be opened or written"):
        opened(folder)


def test_an_index_where_nothing_can_be_written_beside_it(archive: Path, index: Path) -> None:
    em(archive / "_posts", 0)
    run(index, archive)
    index.parent.chmod(0o500)
    try:
        with Library.open(index, archive.with_name("state.db")) as library:
            assert library.total == 1
    finally:
        index.parent.chmod(0o700)


def test_one_indexer_at_a_time(archive: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    em(archive / "_posts", 0)
    is_waiting = threading.Event()
    done: list[tuple[int, int, int, int, int]] = []
    monkeypatch.setattr(time, "sleep", lambda seconds: is_waiting.set())
    with held(index):
        other = threading.Thread(target=lambda: done.append(counts(run(index, archive)[1])))
        other.start()
        is_waiting.wait()
        assert not index.exists()
        assert done == []
    other.join()
    assert done == [(1, 1, 0, 0, 0)]


_INDEX = """
import sys
from pathlib import Path
from finews_tui.library import update
for step in update(Path(sys.argv[1]), [Path(sys.argv[2])], jobs=1):
    print(step, flush=True)
"""


def test_a_killed_indexer_leaves_an_index_that_works(archive: Path, index: Path) -> None:
    for number in range(600):
        em(archive / "_posts", number)
    with subprocess.Popen(
        [sys.executable, "-c", _INDEX, str(index), str(archive)], stdout=subprocess.PIPE
    ) as indexing:
        assert indexing.stdout is not None
        for line in indexing.stdout:
            if b"changed=200" in line:
                break
        indexing.kill()
    with opened(index) as library:
        assert library.total >= 200
        assert len(library.headlines(library.search(Query())[:50])) == 50
    assert run(index, archive)[1].total == 600


@pytest.mark.parametrize("moment", [b"done=0, ", b"done=100, ", b"done=356, "])
def test_a_killed_full_text_is_completed(archive: Path, index: Path, moment: bytes) -> None:
    for number in range(600):
        em(archive / "_posts", number, time=f"{number // 60:02}:{number % 60:02}:00")
    with subprocess.Popen(
        [sys.executable, "-c", _INDEX, str(index), str(archive)], stdout=subprocess.PIPE
    ) as indexing:
        assert indexing.stdout is not None
        for line in indexing.stdout:
            if b"'text'" in line and moment in line:
                break
        indexing.kill()
    query = Query.parse("正文")
    with opened(index) as library:
        found = library.search(query)
        assert len(found) == round(library.coverage * 600)
        assert list(found) == list(library.search(Query()))[: len(found)], "the newest"
        run(index, archive)
        assert library.coverage == 1
        assert list(library.search(query)) == list(library.search(Query()))


def test_a_question_can_be_interrupted_but_not_a_mark(archive: Path, index: Path) -> None:
    em(archive / "_posts", 0)
    run(index, archive)
    with opened(index) as library:
        is_over = threading.Event()

        def interrupt() -> None:
            while not is_over.is_set():
                library.interrupt()

        other = threading.Thread(target=interrupt)
        other.start()
        try:
            for number in range(50):
                assert len(library.mark([str(number)], read=True)) == 1
            with pytest.raises(Interrupted):
                while True:
                    library.search(Query.parse("京东"))
        finally:
            is_over.set()
            other.join()
        assert len(library.search(Query.parse("京东"))) == 1


def test_a_full_disk_is_a_sentence(archive: Path, index: Path) -> None:
    em(archive / "_posts", 0)
    run(index, archive)
    with opened(index) as library:
        library._connection.execute("PRAGMA main.max_page_count = 1")
        with pytest.raises(LibraryError, match="disk is full"):
            library.mark([f"{number:0500}" for number in range(100)], read=True)
