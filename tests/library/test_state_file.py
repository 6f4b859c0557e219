"""A state file is brought up to date, and what is damaged of it costs as little as possible."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from finews_tui.library import Library, Query, Steps
from finews_tui.library.state import State

from .archives import code, em, opened, run

_FIRST_VERSION = """
PRAGMA journal_mode = WAL;
CREATE TABLE marks (key TEXT PRIMARY KEY, read_at INTEGER, starred_at INTEGER) WITHOUT ROWID;
CREATE INDEX marks_starred ON marks (key) WHERE starred_at IS NOT NULL;
CREATE TABLE notes (archive TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (archive, name)) WITHOUT ROWID;
PRAGMA user_version = 1;
"""


@pytest.fixture
def ready(archive: Path, index: Path) -> Path:
    """Return the index of three posts."""
    for number in range(3):
        em(archive / "_posts", number, f"题{number}", time=f"1{number}:00:00")
    run(index, archive)
    return index


def _first_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(_FIRST_VERSION)
        connection.execute("INSERT INTO marks VALUES (?, 1700000000, NULL)", (code(0),))
        connection.execute("INSERT INTO marks VALUES (?, NULL, 1700000001)", (code(1),))
        connection.commit()


def _is(library: Library, query: str) -> set[str]:
    return {row.key for row in library.headlines(library.search(Query.parse(query)))}


@pytest.mark.parametrize("read_only", [True, False])
def test_the_marks_of_the_first_version(ready: Path, tmp_path: Path, read_only: bool) -> None:
    file = tmp_path / "state.db"
    _first_version(file)
    for _ in range(2):
        with Library.open(ready, file, read_only_state=read_only) as library:
            assert library.warnings == []
            assert _is(library, "is:read") == {code(0)}
            assert _is(library, "is:starred") == {code(1)}
            assert library.facets("views")[0].unread == 2
            assert library.past.visits() == []
            assert library.past.position(code(0)) == 0
    with Library.open(ready, file) as library:
        (change,) = library.mark([code(0)], starred=True)
        assert change.before.read_at == 1_700_000_000_000_000
        library.remember(Steps(positions={code(0): 7}))


@pytest.mark.parametrize("bytes_", [b"this is no database, but long enough" * 100, b""])
def test_a_file_that_is_no_database(ready: Path, tmp_path: Path, bytes_: bytes) -> None:
    file = tmp_path / "broken.db"
    file.write_bytes(bytes_)
    for number in range(2):
        with Library.open(ready, file) as library:
            assert library.keeps_marks
            assert len(library.warnings) == (bytes_ != b"" and number == 0)
            library.mark([code(number)], read=True)
    with Library.open(ready, file) as library:
        assert _is(library, "is:read") == {code(0), code(1)}, "new marks are kept"
    aside = [path for path in tmp_path.glob("broken-damaged-*.db")]
    assert [path.read_bytes() for path in aside] == ([bytes_] if bytes_ else []), "and the old file"


def _full(file: Path, marks: int) -> set[str]:
    state = State(file)
    keys = [str(10**17 + number) for number in range(marks)]
    state.mark(keys, read=True)
    state.mark(keys[:3], starred=True)
    state.connection.close()
    return set(keys)


def _keys(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {key for (key,) in connection.execute("SELECT key FROM marks WHERE read_at > 0")}


def _page_of(file: Path, wanted: bytes) -> int:
    return file.read_bytes().index(wanted) // 4096


def _overwrite(file: Path, page: int, content: bytes) -> None:
    with file.open("r+b") as opened_file:
        opened_file.seek(page * 4096)
        opened_file.write(content)


def test_damage_costs_the_rows_of_the_damaged_pages_only(tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    keys = _full(file, 5_000)
    page = _page_of(file, str(10**17 + 2_500).encode())
    _overwrite(file, page, os.urandom(4096))
    _overwrite(file, 0, b"\0" * 100)  # nothing says any more that this is a database
    state = State(file)
    try:
        (warning,) = state.warnings
        assert "damaged" in warning
        assert "state-damaged-" in warning
        assert len(state.mark(["1"], read=True)) == 1
    finally:
        state.connection.close()
    kept = _keys(file) - {"1"}
    assert kept <= keys
    assert 0 < len(keys - kept) < 200, "as many as stand on one page"


def test_damage_that_shows_while_marking(ready: Path, tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    keys = _full(file, 5_000)
    with Library.open(ready, file) as library:
        page = _page_of(file, str(10**17 + 2_500).encode())
        _overwrite(file, page, os.urandom(4096))
        library.mark([code(0)], read=True)
        library.mark([str(10**17 + 2_500)], starred=True)
        assert any("damaged" in warning for warning in library.warnings)
        assert library.keeps_marks
        assert _is(library, "is:read") == {code(0)}
        sweep = library.sweep(library.search(Query()), "read", True)
        assert sweep.posts == 2
    kept = _keys(file)
    assert {code(0), code(1), code(2)} <= kept
    assert len(keys - kept) < 200


def test_what_only_the_log_has_is_saved_too(tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    keys = _full(file, 3_000)
    state = State(file)
    state.connection.execute("PRAGMA wal_autocheckpoint = 0")
    newer = {str(2 * 10**17 + number) for number in range(500)}
    state.mark(sorted(newer), read=True)
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("state.db", "state.db-wal"):
        shutil.copy(tmp_path / name, copy / name)
    state.connection.close()
    page = _page_of(copy / "state.db", str(10**17 + 1_500).encode())
    _overwrite(copy / "state.db", page, os.urandom(4096))
    saved = State(copy / "state.db", is_damaged=True)
    saved.connection.close()
    assert len(saved.warnings) == 1
    kept = _keys(copy / "state.db")
    assert newer <= kept
    assert len(keys - kept) < 200


def test_a_file_that_is_taken_away_while_it_is_open(ready: Path, tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    with Library.open(ready, file) as library:
        library.mark([code(0)], read=True)
        file.rename(tmp_path / "elsewhere.db")
        for end in ("-wal", "-shm"):
            Path(f"{file}{end}").unlink(missing_ok=True)
        library.mark([code(1)], read=True)
        assert _is(library, "is:read") == {code(1)}
    with opened(ready) as library:
        assert library.warnings == []
    with Library.open(ready, file) as library:
        assert _is(library, "is:read") == {code(1)}, "it is in the file that will be opened next"
