"""Marks survive: kill -9, two readers, a rebuilt index, a state file that cannot be written."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from finews_tui.errors import LibraryError
from finews_tui.library import Change, Library, Mark, Query
from finews_tui.library.state import State

from .archives import code, em, opened, run


@pytest.fixture
def ready(archive: Path, index: Path) -> Path:
    """Return the index of three posts."""
    for number in range(3):
        em(archive / "_posts", number, f"题{number}", time=f"1{number}:00:00")
    run(index, archive)
    return index


def _read(library: Library) -> set[str]:
    found = library.headlines(library.search(Query.parse("is:read")))
    return {headline.key for headline in found}


def test_marks_are_kept_and_taken_back(ready: Path) -> None:
    with opened(ready) as library:
        first = library.mark([code(0), code(1), code(0)], read=True)
        assert [change.key for change in first] == [code(0), code(1)]
        assert library.mark([code(0)], read=True) == [], "nothing changed"
        second = library.mark([code(0), code(2)], read=False, starred=True)
        assert _read(library) == {code(1)}
        library.revert(second)
        assert _read(library) == {code(0), code(1)}
        library.apply(second)
        assert _read(library) == {code(1)}
        library.revert(second)
        library.revert(first)
        assert _read(library) == set()
    with opened(ready) as library:
        assert _read(library) == set()
        library.apply(first)
    with opened(ready) as library:
        assert _read(library) == {code(0), code(1)}
        assert library.find(code(0)).is_read


def test_the_first_reading_counts(ready: Path) -> None:
    with opened(ready) as library:
        (change,) = library.mark([code(0)], read=True)
        (starred,) = library.mark([code(0)], read=True, starred=True)
        assert change.before == Mark()
        assert starred.before.read_at == starred.after.read_at == change.after.read_at


def test_two_readers_see_each_other(ready: Path) -> None:
    with opened(ready) as one, opened(ready) as other:
        one.mark([code(0)], read=True)
        other.mark([code(1)], read=True)
        assert _read(one) == _read(other) == {code(0), code(1)}


_MARK_FOR_EVER = """
import sys
from pathlib import Path
from finews_tui.library.state import State
state = State(Path(sys.argv[1]))
number = 0
while True:
    state.mark([str(number)], read=True)
    print(number, flush=True)
    number += 1
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    with subprocess.Popen(
        [sys.executable, "-c", _MARK_FOR_EVER, str(file)], stdout=subprocess.PIPE
    ) as marking:
        assert marking.stdout is not None
        for _ in range(50):
            marking.stdout.readline()
        marking.send_signal(signal.SIGKILL)
        said = 50 + len(marking.stdout.read().split(b"\n")) - 1
    state = State(file)
    with closing(state.connection) as connection:
        kept = {key for (key,) in connection.execute("SELECT key FROM marks")}
    assert state.warnings == []
    assert {str(number) for number in range(said)} <= kept


_OPEN_AND_MARK = """
import sys
from pathlib import Path
from finews_tui.library.state import State
sys.stdin.read(1)
state = State(Path(sys.argv[1]))
for number in range(20):
    state.mark([f"{sys.argv[2]}-{number}"], starred=True)
print(state.warnings)
"""


def test_many_readers_start_at_once(tmp_path: Path) -> None:
    file = tmp_path / "new" / "state.db"
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", _OPEN_AND_MARK, str(file), str(reader)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for reader in range(4)
    ]
    for reader in readers:
        assert reader.stdin is not None
        reader.stdin.write(b"x")
        reader.stdin.flush()
    assert [reader.communicate()[0].strip() for reader in readers] == [b"[]"] * 4
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM marks").fetchone() == (80,)


def test_the_file_is_the_persons_own(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "state.db"
    State(file).connection.close()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_place_that_cannot_be_written(ready: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with Library.open(ready, blocked / "state.db") as library:
        assert len(library.warnings) == 1
        assert "forgotten" in library.warnings[0]
        library.mark([code(0)], read=True)
        assert _read(library) == {code(0)}
        library.remember_search("f", "茅台")
        assert library.past.searches("f") == ["茅台"]
    with Library.open(ready, blocked / "state.db") as library:
        assert _read(library) == set()


def test_the_marks_of_a_later_version_are_left_alone(ready: Path, tmp_path: Path) -> None:
    file = tmp_path / "later.db"
    State(file).connection.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with Library.open(ready, file) as library:
        assert "version 99" in library.warnings[0]


def test_what_is_readable_is_shown_where_nothing_can_be_written(
    ready: Path, tmp_path: Path
) -> None:
    file = tmp_path / "state.db"
    state = State(file)
    state.mark([code(0)], read=True)
    state.connection.close()
    # A folder in the place of the write-ahead log: nobody, not even root, can write the file.
    Path(f"{file}-wal").mkdir()
    with Library.open(ready, file) as library:
        assert len(library.warnings) == 1
        assert _read(library) == {code(0)}


def test_reading_only(ready: Path, tmp_path: Path) -> None:
    file = tmp_path / "none" / "state.db"
    with Library.open(ready, file, read_only_state=True) as library:
        assert _read(library) == set()
        assert library.warnings == []
    assert not file.parent.exists(), "a search leaves nothing behind"
    State(file).connection.close()
    with Library.open(ready, file, read_only_state=True) as library:
        with pytest.raises(LibraryError, match="cannot be opened or written"):
            library.mark([code(0)], read=True)
        assert _read(library) == set()


def test_a_mark_that_meets_a_busy_file_says_so(tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    state = State(file)
    state.connection.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="in use by another"):
            state.mark(["a"], read=True)
        other.execute("ROLLBACK")
    assert len(state.mark(["a"], read=True)) == 1
    state.connection.close()


def test_a_change_that_fails_in_the_middle_is_no_change(tmp_path: Path) -> None:
    state = State(tmp_path / "state.db")
    with pytest.raises(sqlite3.ProgrammingError), closing(state.connection):
        bug = Change(object(), Mark(), Mark(1))  # type: ignore[arg-type]  # what a bug would do
        state.apply([Change("a", Mark(), Mark(1)), bug])
    with closing(State(tmp_path / "state.db").connection) as connection:
        assert connection.execute("SELECT count(*) FROM marks").fetchone() == (0,)


def test_an_index_that_is_lost_does_not_touch_the_marks(archive: Path, ready: Path) -> None:
    with opened(ready) as library:
        library.mark([code(2)], starred=True)
    for file in ready.parent.glob(f"{ready.name}*"):
        file.unlink()
    run(ready, archive)
    with opened(ready) as library:
        assert library.find(code(2)).is_starred
