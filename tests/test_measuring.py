"""What the benchmarks print: figures with their verdicts, and failures that stop nothing."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from benchmarks import floors, newsboat, scale
from benchmarks.archives import LONG, LONG_POSTS, Archive, long_title, made, sizes
from benchmarks.bench import Bench, Part
from benchmarks.kills import Kills
from benchmarks.programs import alternated, program, run, seconds_of
from benchmarks.queries import queries
from benchmarks.table import HEAD, Row, UnmeasuredError, markdown, row, text
from finews_tui.errors import LibraryError
from finews_tui.library import Query
from tools.person import environment


@pytest.mark.parametrize(
    ("value", "goals", "verdict"),
    [
        (4.0, {"at_most": 5}, "ok"),
        (6.0, {"at_most": 5}, "missed"),
        (6.0, {"at_least": 5}, "ok"),
        (4.0, {"at_least": 5}, "missed"),
        (4.0, {"times_at_most": 2}, "ok"),
        (5.0, {"times_at_most": 2}, "missed"),
        (1.0, {"times_at_least": 0.7}, "missed"),
        (4.0, {"at_most": 5, "times_at_most": 1.2}, "missed"),
        (4.0, {}, ""),
    ],
)
def test_a_verdict_needs_every_goal(value: float, goals: dict[str, Any], verdict: str) -> None:
    found = row("j", value, "ms", floor=2.0, beside="at 1,000", **goals)
    assert found.verdict == verdict
    assert found.ratio == f"{value / 2:.2f} ×"
    assert found.floor == "2.00 ms at 1,000"


def test_a_ratio_needs_a_floor() -> None:
    assert row("j", 1.0, "ms", floor=0.0).ratio == ""
    with pytest.raises(UnmeasuredError, match="no floor"):
        row("j", 1.0, "ms", floor=0.0, times_at_most=2)


def test_a_table_has_all_cells_in_line() -> None:
    rows = [
        Row("打开", "1,234 ms", "1.00 ms", "1,234 ×", "≤ 5 ms", "missed", "a|b", "1. 慢"),
        Row("j", "1.00 ms", part="2. quick"),
    ]
    printed = text(rows).splitlines()
    assert [line for line in printed if line in ("1. 慢", "2. quick")] == ["1. 慢", "2. quick"]
    assert all(name in printed[0] for name in HEAD)
    document = markdown(rows).splitlines()
    assert "### 1. 慢" in document and "### 2. quick" in document
    bars = [line.replace("\\|", "").count("|") for line in document if line.startswith("|")]
    assert set(bars) == {len(HEAD) + 1}


def test_a_failed_measurement_is_a_row_and_the_rest_goes_on(tmp_path: Path) -> None:
    def broken(bench: Bench) -> Iterator[Row]:
        yield Row("before", "1 ms")
        raise LibraryError("the index is gone\nand more")

    def sound(bench: Bench) -> Iterator[Row]:
        yield Row("after", str(bench.posts))

    part = Part("1. Things", (("broken", broken), ("sound", sound)))
    rows = list(part.rows(Bench(tmp_path, 7)))
    assert [(found.what, found.measured, found.verdict) for found in rows] == [
        ("before", "1 ms", ""),
        ("broken", "the index is gone", "failed"),
        ("after", "7", ""),
    ]
    assert {found.part for found in rows} == {"1. Things"}


def test_a_program_that_never_ends_is_given_up(tmp_path: Path) -> None:
    started = perf_counter()
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"
    with pytest.raises(UnmeasuredError, match="longer than"):
        run([sys.executable, "-c", code], environment(tmp_path), limit=0.5)
    assert perf_counter() - started < 5


def test_a_run_tells_lines_time_and_cpu(tmp_path: Path) -> None:
    code = (
        "import time\nprint('a', flush=True)\nend = time.process_time() + 0.4\n"
        "while time.process_time() < end: pass\nprint('b')\nraise SystemExit(3)"
    )
    done = run([sys.executable, "-c", code], environment(tmp_path), limit=30)
    assert [line.text for line in done.lines] == ["a", "b"]
    # Twice as much is done: a line has its reader's time, who may be late for the first one.
    assert done.lines[1].seconds - done.lines[0].seconds >= 0.2
    assert done.code == 3
    assert done.cpu >= 0.2
    with pytest.raises(UnmeasuredError, match="code 3"):
        seconds_of([sys.executable, "-c", code], environment(tmp_path))


def test_measurements_take_turns() -> None:
    turns: list[str] = []
    values = iter([3.0, 10.0, 1.0, 30.0, 2.0, 20.0])

    def take(name: str) -> float:
        turns.append(name)
        return next(values)

    assert alternated(3, lambda: take("a"), lambda: take("b")) == [2.0, 20.0]
    assert turns == ["a", "b"] * 3


def test_the_queries_are_always_the_same_and_of_all_kinds() -> None:
    found = queries()
    assert found == queries()
    assert len({word.text for word in found}) == 200
    assert {len(word.text) for word in found} == {2, 3, 4}
    assert min(Counter(word.frequency for word in found).values()) >= 50


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive of 60 articles and the long posts."""
    return made(tmp_path_factory.mktemp("work"), "small", 60)


def test_the_long_posts_are_the_newest_and_as_long_as_they_say(small: Archive) -> None:
    assert small.total == 60 + LONG_POSTS
    with small.open() as library:
        newest = library.headlines(library.search(Query.parse(""))[:LONG_POSTS])
        assert [found.title for found in newest] == [long_title(n) for n in range(LONG_POSTS)]
    command = small.command("show", newest[3].key, "--format", "json")[:-2]
    shown = run([*command, f"--archive={small.roots[1]}"], small.environ, limit=60)
    body = json.loads("".join(line.text for line in shown.lines))["markdown"]
    assert LONG <= len(body) < 1.05 * LONG


def test_an_archive_is_made_once(small: Archive) -> None:
    again = made(small.base.parent, "small", 60)
    assert again.total == small.total
    files, size = sizes(small)
    assert files > 70 and size > 10 * LONG


@pytest.mark.parametrize("floor", [floors.WALK, floors.READ])
def test_the_floors_go_through_the_files(floor: list[str], small: Archive) -> None:
    command = [*floor, *map(str, small.roots)]
    assert run(command, small.environ, limit=60).code == 0
    assert run([*floor, str(small.base / "nowhere")], small.environ, limit=60).code == 1


def test_without_newsboat_the_table_says_so(
    small: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnmeasuredError, match="not installed"):
        newsboat.imported(small, tmp_path)


def test_the_whole_program_measures_what_it_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "table.md"
    words = ["--posts", "40", "--only", "5", "--work", str(tmp_path / "work")]
    code = scale.main([*words, "--markdown", str(table)])
    printed = capsys.readouterr().out
    assert code in (0, 1)
    assert "40 posts" in printed and "5. Rescan" in printed and "4. Search" not in printed
    assert "- 40 posts\n" in table.read_text(encoding="utf-8")
    assert (tmp_path / "work" / "large-40").is_dir()


SEED = 88
"""Kills an indexer late, a reader while it marks, and one that indexes and marks."""


def test_nothing_is_lost_when_it_is_killed(tmp_path: Path) -> None:
    kills = Kills(tmp_path / "kills", 200, SEED)
    for _ in range(3):
        kills.round()
    assert kills.report.problems == []
    assert kills.report.acknowledged > 0
    # And it would see what must not be: a mark that no screen has shown.
    star = [*program(), "mark", "star", "2022-06-14-post-00150", f"--archive={kills.archive}"]
    assert run(star, kills.environ, limit=60).code == 0
    kills.round()
    (problem,) = kills.report.problems
    assert "№00150" in problem
