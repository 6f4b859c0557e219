"""Many posts are marked at once, taken back and marked again, and nothing else is touched."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from finews_tui.errors import LibraryError
from finews_tui.library import Library, Query

from .archives import code, em, opened, run

POSTS = 40


@pytest.fixture
def ready(archive: Path, index: Path) -> Path:
    """Return the index of forty posts."""
    for number in range(POSTS):
        em(archive / "_posts", number, f"题{number}", time=f"10:{number:02}:00")
    run(index, archive)
    return index


def _marked(library: Library) -> dict[str, tuple[bool, bool]]:
    rows = library.headlines(library.search(Query()))
    return {row.key: (row.is_read, row.is_starred) for row in rows if row.is_read or row.is_starred}


def test_a_sweep_changes_what_is_not_marked_yet(ready: Path) -> None:
    with opened(ready) as library:
        (first,) = library.mark([code(0)], read=True, starred=True)
        sweep = library.sweep(library.search(Query()), "read", True)
        assert (sweep.posts, sweep.is_set) == (POSTS - 1, True)
        assert library.sweep(library.search(Query()), "read", True).posts == 0
        library.revert(sweep)
        assert _marked(library) == {code(0): (True, True)}
        (again,) = library.mark([code(0)], starred=False)
        assert again.before == first.after, "when it was read first is still known"
        library.apply(sweep)
    with opened(ready) as library:
        assert len(_marked(library)) == POSTS


@pytest.mark.parametrize("seed", range(8))
def test_undo_goes_back_through_everything_and_redo_comes_again(ready: Path, seed: int) -> None:
    """Whatever is nested in whatever: each step back shows what was before."""
    chance = random.Random(seed)
    with opened(ready) as library:
        ids = list(library.search(Query()))
        states = [_marked(library)]
        changes = []
        for _ in range(12):
            some = chance.sample(ids, chance.randrange(POSTS + 1))
            if chance.random() < 0.3:
                changes.append(
                    library.mark(library.keys(some[:3]), read=chance.random() < 0.5, starred=True)
                )
            else:
                field = "read" if chance.random() < 0.7 else "starred"
                changes.append(library.sweep(some, field, chance.random() < 0.6))  # type: ignore[arg-type, arg-type]
            states.append(_marked(library))
        for _ in range(2):
            for before, change in zip(states[-2::-1], reversed(changes), strict=True):
                library.revert(change)
                assert _marked(library) == before
            for after, change in zip(states[1:], changes, strict=True):
                library.apply(change)
                assert _marked(library) == after


def test_a_post_that_has_left_since_is_left_out(archive: Path, ready: Path) -> None:
    with opened(ready) as library:
        listing = library.search(Query())
        next((archive / "_posts").iterdir()).unlink()
        run(ready, archive)
        assert library.sweep(listing, "starred", True).posts == POSTS - 1
        starred = library.facets("views")[3]
        assert (starred.total, starred.unread) == (POSTS - 1, POSTS - 1)


def test_an_index_that_was_made_anew(archive: Path, ready: Path) -> None:
    with opened(ready) as library:
        one = library.sweep(library.search(Query())[:10], "read", True)
        two = library.sweep(library.search(Query())[:20], "read", False)
        before = _marked(library)
    ready.unlink()
    (archive / "_posts" / "2022-01-01-x.md").write_text("---\ntitle: x\n---\n", "utf-8")
    run(ready, archive)
    with opened(ready) as library:
        with pytest.raises(LibraryError, match="made anew"):
            library.revert(two)
        assert _marked(library) == before, "nothing is guessed"
        library.apply(one)
        assert len(_marked(library)) == 10, "its marks are told by their time"


_SWEEP = """
import sys
from pathlib import Path
from finews_tui.library import Library, Query
sys.stdin.read(1)
with Library.open(Path(sys.argv[1]), Path(sys.argv[2])) as library:
    listing = library.search(Query())
    for round in range(15):
        field = ("read", "starred")[round % 2]
        sweep = library.sweep(listing[round : round + 20], field, True)
        library.mark(library.keys(listing[-2:]), read=bool(round % 2))
        library.revert(sweep)
        library.apply(sweep)
    while not library.count_on(1):
        pass
    rows = library.headlines(library.search(Query()))
    facets = library.facets("views")
    print(len(rows) - sum(row.is_read for row in rows) - facets[0].unread, end=" ")
    print(sum(row.is_starred for row in rows) - facets[3].total)
"""


def test_two_readers_sweep_at_once(ready: Path) -> None:
    state = ready.with_name("state.db")
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", _SWEEP, str(ready), str(state)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    for reader in readers:
        assert reader.stdin is not None
        reader.stdin.write(b"x")
        reader.stdin.flush()
    said = [reader.communicate()[0].strip() for reader in readers]
    assert [reader.returncode for reader in readers] == [0, 0, 0], said
    with opened(ready) as library:
        assert len([1 for _, starred in _marked(library).values() if starred]) >= 20


_SWEEP_FOR_EVER = """
import sys
from pathlib import Path
from finews_tui.library import Library, Query
library = Library.open(Path(sys.argv[1]), Path(sys.argv[2]))
listing = library.search(Query())
while True:
    sweep = library.sweep(listing, "read", True)
    print(len(listing), flush=True)
    library.revert(sweep)
    print(0, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill(ready: Path) -> None:
    state = ready.with_name("state.db")
    with subprocess.Popen(
        [sys.executable, "-c", _SWEEP_FOR_EVER, str(ready), str(state)], stdout=subprocess.PIPE
    ) as sweeping:
        assert sweeping.stdout is not None
        for _ in range(21):
            sweeping.stdout.readline()
        sweeping.kill()
        said = 21 + len(sweeping.stdout.read().splitlines())
    with opened(ready) as library:
        # The one after what was said may have happened, and half of it never.
        assert len(_marked(library)) in (POSTS, 0)
        assert library.warnings == []
        assert said >= 21
