"""Where the reader was, how far it read and what was typed: kept, bounded, shared and saved."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from finews_tui.library import Library, Steps, Visit, past
from finews_tui.library.state import State

from .archives import code, em, opened, run

_SECOND_VERSION = """
PRAGMA journal_mode = WAL;
CREATE TABLE marks (key TEXT PRIMARY KEY, read_at INTEGER, starred_at INTEGER) WITHOUT ROWID;
CREATE TABLE notes (archive TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (archive, name)) WITHOUT ROWID;
CREATE TABLE journal (number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, keys TEXT,
    archive TEXT, field TEXT, is_set INTEGER, posts BLOB);
CREATE TABLE tallies (archive TEXT PRIMARY KEY, at INTEGER NOT NULL, content BLOB NOT NULL);
CREATE TABLE visits (archive TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL,
    place REAL NOT NULL, PRIMARY KEY (archive, key)) WITHOUT ROWID;
CREATE TABLE searches (archive TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY (archive, kind, text)) WITHOUT ROWID;
PRAGMA user_version = 2;
"""


@pytest.fixture
def ready(archive: Path, index: Path) -> Path:
    """Return the index of three posts."""
    for number in range(3):
        em(archive / "_posts", number, f"题{number}", time=f"1{number}:00:00")
    run(index, archive)
    return index


def visit(at: int, key: str = "") -> Visit:
    return Visit(at, "source:财联社", "is:unread", key, "list")


def keys(visits: Sequence[Visit]) -> list[str]:
    return [visit.key for visit in visits]


def test_what_was_done_comes_back(ready: Path) -> None:
    visits = [visit(1, code(0)), visit(2, code(1)), visit(3, "odd\udcff")]
    with opened(ready) as library:
        library.remember(Steps(visits=visits, positions={code(0): 40, code(1): 7}))
        library.remember(Steps(positions={code(0): 300}))
        library.remember(Steps(visits=[visit(4, code(2))], forgotten=[2]))
        for text in ("茅台", "平安", "茅台"):
            library.remember_search("f", text)
    with opened(ready) as library:
        assert library.past.visits() == [visits[0], visit(3, "odd\\udcff"), visit(4, code(2))]
        assert library.past.position(code(0)) == 300
        assert library.past.position(code(1)) == 7
        assert library.past.position(code(2)) == 0, "nobody has read in it"
        assert library.past.searches("f") == ["茅台", "平安"]
        assert library.past.searches("S") == []


def test_two_readers_keep_each_others_past(ready: Path) -> None:
    with opened(ready) as one, opened(ready) as other:
        one.remember(Steps(visits=[visit(1, "a"), visit(3, "b")], positions={"p": 1}))
        other.remember(Steps(visits=[visit(2, "c"), visit(4, "d")], positions={"q": 2}))
        one.remember(Steps(forgotten=[3], positions={"p": 5}))
        assert keys(other.past.visits()) == ["a", "c", "d"]
        assert (other.past.position("p"), one.past.position("q")) == (5, 2)


def test_how_far_one_reads_is_no_news_to_other_readers(ready: Path) -> None:
    with opened(ready) as one, opened(ready) as other:
        before = one.news.versions.marks
        other.remember(Steps(positions={code(0): 5}))
        other.remember_search("f", "茅台")
        assert one.news.versions.marks == before
        other.mark([code(0)], read=True)
        assert one.news.versions.marks != before


def test_the_past_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISITS_KEPT", "SEARCHES_KEPT", "POSITIONS_KEPT"):
        monkeypatch.setattr(past, name, 3)
    state = State(tmp_path / "state.db")
    with closing(state.connection):
        kept, other = past.Past(state, "one"), past.Past(state, "other")
        other.remember(Steps(visits=[visit(1, "x")]))
        other.remember_search("f", "x")
        for number in range(6):
            step = Steps(visits=[visit(9 + number, str(number))], positions={str(number): 1})
            kept.remember(step)
            kept.remember_search("f", str(number))
        assert keys(kept.visits()) == ["3", "4", "5"]
        assert kept.searches("f") == ["5", "4", "3"]
        assert [kept.position(str(number)) for number in range(6)] == [0, 0, 0, 1, 1, 1]
        assert keys(other.visits()) == other.searches("f") == ["x"]


_REMEMBER_FOR_EVER = """
import sys
from pathlib import Path
from finews_tui.library import Steps
from finews_tui.library.past import Past
from finews_tui.library.state import State
past = Past(State(Path(sys.argv[1])), "archive")
number = 0
while True:
    number += 1
    past.remember(Steps(positions={"post": number}))
    print(number, flush=True)
"""


def test_what_was_written_survives_a_kill(tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    with subprocess.Popen(
        [sys.executable, "-c", _REMEMBER_FOR_EVER, str(file)], stdout=subprocess.PIPE
    ) as remembering:
        assert remembering.stdout is not None
        for _ in range(50):
            remembering.stdout.readline()
        remembering.kill()
        said = 50 + len(remembering.stdout.read().split(b"\n")) - 1
    state = State(file)
    with closing(state.connection):
        assert past.Past(state, "archive").position("post") in (said, said + 1)


def test_marks_still_wait_for_the_disk(tmp_path: Path) -> None:
    state = State(tmp_path / "state.db")
    with closing(state.connection) as connection:
        past.Past(state, "archive").remember(Steps(positions={"post": 1}))
        assert connection.execute("PRAGMA main.synchronous").fetchone() == (2,)


def _second_version(file: Path, notes: dict[str, object]) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(_SECOND_VERSION)
        connection.execute("INSERT INTO marks VALUES (?, 1700000000000000, NULL)", (code(0),))
        connection.executemany(
            "INSERT INTO notes VALUES ('index', ?, ?)",
            [(n, v if isinstance(v, str) else json.dumps(v)) for n, v in notes.items()],
        )
        connection.commit()


@pytest.mark.parametrize("read_only", [False, True])
def test_the_notes_of_the_second_version(ready: Path, tmp_path: Path, read_only: bool) -> None:
    file = tmp_path / "state.db"
    visited = [["", "", code(1), "list"], ["", "source:财联社", code(2), "article"]]
    _second_version(file, {"visited": visited, "history f": ["茅台", "平安"], "history /": ["x"]})
    with Library.open(ready, file, read_only_state=read_only) as library:
        assert library.warnings == []
        assert library.find(code(0)).is_read
        assert library.past.position(code(0)) == 0
        if not read_only:
            assert library.past.searches("f") == ["茅台", "平安"]
            assert library.past.searches("/") == ["x"]
            kept = [[v.base, v.filter, v.key, v.pane] for v in library.past.visits()]
            assert kept == visited


@pytest.mark.parametrize("broken", ["{", "7", '["x", 3]', '[["a", "b"]]', "[[1, null, [], {}]]"])
def test_notes_that_are_damaged_stop_nothing(ready: Path, tmp_path: Path, broken: str) -> None:
    file = tmp_path / "state.db"
    _second_version(file, {"visited": broken, "history f": broken})
    with Library.open(ready, file) as library:
        assert library.warnings == []
        assert library.keeps_marks
        assert library.find(code(0)).is_read
        assert library.past.searches("f") in ([], ["x"])
        library.remember(Steps(visits=[visit(2**60, code(1))]))
        assert library.past.visits()[-1].key == code(1)


def test_it_is_saved_from_a_damaged_file(tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    state = State(file)
    one = past.Past(state, "one")
    one.remember(Steps(visits=[visit(5, "a")], positions={"a": 0, "b": 123_456}))
    one.remember_search("f", "茅台")
    changes = [*state.mark(["a", "b"], read=True), *state.mark(["b"], starred=True)]
    state.connection.close()
    with file.open("r+b") as damaged:
        damaged.write(os.urandom(100))  # nothing says any more that this is a database
    saved = State(file)
    with closing(saved.connection):
        assert "3 marks" not in saved.warnings[0] and "2 marks" in saved.warnings[0]
        one = past.Past(saved, "one")
        assert one.visits() == [visit(5, "a")]
        assert [one.position(key) for key in "ab"] == [0, 123_456]
        assert one.searches("f") == ["茅台"]
        assert saved.mark(["a", "b"], read=True) == [], "all of them are marked"
        assert len(changes) == 3
