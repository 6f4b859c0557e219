"""Back and forward, as before-keys-after on plain data; the tree's data; the librarian."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from finews_tui.errors import LibraryError
from finews_tui.library import Facet, Library, Query
from finews_tui.library.past import VISITS_KEPT
from finews_tui.tui.history import Asked, History, Place
from finews_tui.tui.librarian import Librarian
from finews_tui.tui.nodes import MOST_CHILDREN, Forest
from tests.tui.harness import options_for, small_archive

A, B, C, D = (Place(Asked(), key, "list") for key in "abcd")


def test_back_and_forward() -> None:
    history = History()
    assert history.go(-1, A) is None
    history.leave(A)
    history.leave(B)
    assert history.go(-1, C) == B
    assert history.go(-1, B) == A
    assert history.go(-1, A) is None
    assert history.go(2, A) == C
    assert history.go(1, C) is None
    assert history.go(-9, C) == A


def test_leaving_forgets_what_lay_ahead() -> None:
    history = History()
    history.leave(A)
    history.leave(B)
    assert history.go(-2, C) == A
    history.leave(A)
    assert history.go(1, D) is None
    assert history.go(-1, D) == A


def test_the_same_place_counts_once_and_old_ones_go() -> None:
    history = History()
    for _ in range(3):
        history.leave(A)
    assert history.go(-1, B) == A
    assert history.go(-1, A) is None
    for number in range(VISITS_KEPT + 50):
        history.leave(Place(Asked(), str(number), "list"))
    assert history.go(-VISITS_KEPT * 2, A) == Place(Asked(), "50", "list")


def facets(*labels: str, group: str = "") -> list[Facet]:
    return [Facet(label, f"source:{label}", 2, 1, group) for label in labels]


def labels(forest: Forest) -> list[str]:
    return [node.label for node in forest.rows()]


def test_the_forest_keeps_what_is_open() -> None:
    forest = Forest()
    forest.fill(("sources", ""), facets("甲", "乙"))
    assert labels(forest)[4:] == ["Sources", "甲", "乙", "Tickers", "Sectors", "Dates"]
    first = forest.rows()[5]
    forest.fill(("sources", ""), facets("乙", "甲", "丙"))
    assert labels(forest)[4:8] == ["Sources", "乙", "甲", "丙"]
    assert forest.rows()[6] is first
    forest.fold_all()
    assert labels(forest)[4:] == ["Sources", "Tickers", "Sectors", "Dates"]


def test_tickers_stand_below_their_markets() -> None:
    forest = Forest()
    assert ("tickers", "") in forest.unfold_all()
    forest.fill(("tickers", ""), [*facets("甲", "乙", group="Shanghai"), *facets("丙", group="US")])
    forest.unfold_all()
    assert labels(forest)[5:11] == ["Tickers", "Shanghai", "甲", "乙", "US", "丙"]


def test_a_long_list_is_capped_and_revealed() -> None:
    forest = Forest()
    names = [f"来源{number}" for number in range(MOST_CHILDREN + 8)]
    forest.fill(("sources", ""), facets(*names))
    assert "8 more" in labels(forest) and names[-1] not in labels(forest)
    hidden = next(node for node in forest.everything() if node.label == names[-1])
    forest.reveal(hidden)
    assert names[-1] in labels(forest)
    forest.fold_all()
    forest.fill(("sources", ""), facets(*names[: MOST_CHILDREN + 1]))
    forest.unfold_all()
    assert "1 more" not in labels(forest), "one row too many is better than a row that says so"


def test_dates_know_what_lies_below_them() -> None:
    forest = Forest()
    forest.fill(("years", ""), facets("2022"))
    forest.unfold_all()
    forest.fill(("months", "2022"), facets("2022-03"))
    assert ("days", "2022-03") in forest.unfold_all()
    forest.fill(("days", "2022-03"), facets("2022-03-01"))
    assert labels(forest)[-4:] == ["Dates", "2022", "2022-03", "2022-03-01"]


# -- the librarian -------------------------------------------------------------------------------


async def test_answers_and_errors_come_back(tmp_path: Path) -> None:
    options = options_for(tmp_path, small_archive(tmp_path / "archive", 4))
    librarian = Librarian(lambda: Library.open(options.index, options.state))
    with pytest.raises(LibraryError, match="not there yet"):
        await librarian.ask(Library.search, Query())
    await librarian.open()
    assert len(await librarian.ask(Library.search, Query())) == 4
    with pytest.raises(ZeroDivisionError):
        await librarian.ask(lambda library: 1 // 0)
    await librarian.close()
    with pytest.raises(LibraryError, match="closed"):
        await librarian.ask(Library.search, Query())


async def test_a_superseded_question_is_never_asked(tmp_path: Path) -> None:
    options = options_for(tmp_path, small_archive(tmp_path / "archive", 4))
    librarian = Librarian(lambda: Library.open(options.index, options.state))
    await librarian.open()
    begun, go_on = threading.Event(), threading.Event()
    asked: list[str] = []

    def slow(library: Library) -> str:
        begun.set()
        assert go_on.wait(10)
        return "slow"

    running = asyncio.ensure_future(librarian.ask(slow))
    await asyncio.to_thread(begun.wait, 10)
    waiting = asyncio.ensure_future(librarian.ask(lambda library: asked.append("waiting")))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    last = asyncio.ensure_future(librarian.ask(lambda library: len(library.search(Query()))))
    go_on.set()
    assert await running == "slow"
    assert await last == 4
    assert asked == []
    await librarian.close()


async def test_an_interruption_hits_only_its_question(tmp_path: Path) -> None:
    options = options_for(tmp_path, small_archive(tmp_path / "archive", 4))
    librarian = Librarian(lambda: Library.open(options.index, options.state))
    await librarian.open()
    for _ in range(50):
        dropped = asyncio.ensure_future(librarian.ask(Library.facets, "sources"))
        kept = asyncio.ensure_future(librarian.ask(Library.facets, "sources"))
        await asyncio.sleep(0)
        dropped.cancel()
        assert len(await kept) == 3
    await librarian.close()
