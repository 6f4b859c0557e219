"""Runs stay few, small updates stay small, and every answer exact, whatever happens in between."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from finews_tui.library import Library, Progress, Query, Words, fulltext, update
from finews_tui.library.postings import FULL
from finews_tui.posts.text import text_of

from .archives import em, opened, run
from .oracle import Oracle, keys, parsed
from .synthetic import post, word


def _sizes(index: Path) -> list[int]:
    with closing(sqlite3.connect(index)) as connection:
        return [size for (size,) in connection.execute("SELECT size FROM runs ORDER BY id")]


def _check(library: Library, archive: Path, chance: random.Random, count: int) -> None:
    oracle = Oracle(library, parsed(archive))
    texts = [line for one in oracle.posts for line in "\n".join(text_of(one)).split("\n") if line]
    for _ in range(count):
        query = Query((Words(word(chance, texts)),))
        assert keys(library, library.search(query)) == oracle.search(query), str(query)


@pytest.mark.parametrize("seed", range(3))
def test_any_history_leaves_the_same_answers(
    tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    # As if forty posts were many: otherwise this would take an archive of a million.
    monkeypatch.setattr(fulltext, "FULL", 40)
    monkeypatch.setattr(fulltext, "_AS_GOOD_AS_FULL", 30)
    monkeypatch.setattr(fulltext, "_SMALLEST", 1)
    archive = tmp_path / "archive"
    (archive / "_posts").mkdir(parents=True)
    chance = random.Random(seed)
    count = 0
    for round in range(30):
        for _ in range(chance.choice((1, 2, 3, 12))):
            post(archive, count, chance)
            count += 1
        for number in chance.sample(range(count), min(count, chance.choice((0, 0, 1, 5)))):
            post(archive, number, chance)  # another text, often at another time
        there = sorted((archive / "_posts").iterdir())
        for path in chance.sample(there, min(len(there), chance.choice((0, 0, 1, 4)))):
            path.unlink()
        steps = update(index, [archive], jobs=1)
        if chance.random() < 0.4:  # stopped after some step; what was written stays
            for _ in range(chance.randint(1, 6)):
                next(steps, None)
            steps.close()  # type: ignore[attr-defined]  # a generator, which the signature hides
        else:
            list(steps)
        if round % 6 == 5:
            run(index, archive)
            with opened(index) as library:
                assert library.coverage == 1
                _check(library, archive, chance, 25)
    for _ in range(40):  # where the histories end is chance; here a run has to become full
        post(archive, count, chance)
        count += 1
    run(index, archive)
    with opened(index) as library:
        _check(library, archive, chance, 25)
    assert len(_sizes(index)) < 16
    assert max(_sizes(index)) == 40


def test_many_small_updates_leave_few_runs(archive: Path, index: Path) -> None:
    for number in range(60):
        em(archive / "_posts", number, f"题{number}", time=f"10:{number:02}:00")
        run(index, archive)
        assert len(_sizes(index)) <= 3
    assert sum(_sizes(index)) == 60
    with opened(index) as library:
        listed = keys(library, library.search(Query.parse("正文")))
        assert listed == keys(library, library.search(Query()))


def test_a_small_update_leaves_a_large_run_alone(archive: Path, index: Path) -> None:
    for number in range(80):
        em(archive / "_posts", number)
    run(index, archive)
    with closing(sqlite3.connect(index)) as connection:
        before = connection.execute("SELECT * FROM words ORDER BY number").fetchall()
    em(archive / "_posts", 7, body="<p>改了。</p>")
    em(archive / "_posts", 80)
    run(index, archive)
    with closing(sqlite3.connect(index)) as connection:
        after = connection.execute("SELECT * FROM words ORDER BY number").fetchall()
    assert after[: len(before)] == before
    assert _sizes(index) == [80, 2]
    with opened(index) as library:
        assert len(library.search(Query.parse("改了"))) == 1
        assert len(library.search(Query.parse("正文"))) == 80


def test_what_is_gone_takes_its_run_along(archive: Path, index: Path) -> None:
    paths = [em(archive / "_posts", number) for number in range(8)]
    run(index, archive)
    for path in paths:
        path.unlink()
    run(index, archive)
    with closing(sqlite3.connect(index)) as connection:
        for table in ("runs", "words", "places", "dropped", "texts", "posts"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_the_newest_is_searchable_first_and_runs_grow(archive: Path, index: Path) -> None:
    for number in range(1_500):
        em(archive / "_posts", number, time=f"{number // 60:02}:{number % 60:02}:00")
    known: list[int] = []
    for step in update(index, [archive], jobs=1):
        if isinstance(step, Progress) and step.phase == "text" and step.done:
            with opened(index) as library:
                known.append(len(library.search(Query.parse("正文"))))
    assert 0 < known[0] <= 100
    assert sorted(set(known)) == list(dict.fromkeys(known))
    assert known[-1] == 1_500 < FULL
    assert len(_sizes(index)) <= 4
