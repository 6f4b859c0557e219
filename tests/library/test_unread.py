"""Unread counts are right at every moment, however marks and posts change, and by whom."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from finews_tui.library import (
    Change,
    Facet,
    FacetKind,
    Headline,
    Library,
    Query,
    Sweep,
    marks,
    unread,
)

from .archives import code, em, mark, nw, opened, run

STOCKS = (("1", "600519", "贵州茅台"), ("0", "000858", "五粮液"), ("116", "02318", "中国平安"))
KINDS: tuple[FacetKind, ...] = ("views", "sections", "sources", "tickers", "markets", "days")
Counted = dict[tuple[str, str], tuple[int | None, int | None]]


def _write(archive: Path, number: int, chance: random.Random) -> None:
    stocks = chance.sample(STOCKS, chance.randrange(len(STOCKS) + 1))
    body = f"<p>{''.join(mark(*stock) for stock in stocks)}文</p>"
    day = f"2022-03-{chance.randrange(1, 5):02}"
    for old in archive.rglob(f"*{code(number)}.md"):
        old.unlink()
    if chance.random() < 0.7:
        nw(archive / "_posts", number, f"题{number}", chance.choice(("财联社", "央视")), day)
    em(archive / "_posts", number, f"题{number}", body, day)


def _told(library: Library) -> Counted:
    found: dict[tuple[str, str], Facet] = {
        (kind, facet.label): facet for kind in KINDS for facet in library.facets(kind)
    }
    return {name: (facet.total, facet.unread) for name, facet in found.items() if facet.total}


def _names(row: Headline) -> Iterator[tuple[str, str]]:
    yield "views", "All"
    if row.is_starred:
        yield "views", "Starred"
    if row.source:
        yield from (("sources", row.source), ("sections", "Sources"))
    if row.published:
        yield from (("days", f"{row.published:%Y-%m-%d}"), ("sections", "Dates"))
    if row.tickers:
        yield "sections", "Tickers"
    for badge in row.tickers:
        yield "tickers", f"{badge.name} {badge.symbol}"
        ends = {"SH": "Shanghai", "SZ": "Shenzhen", "HK": "Hong Kong"}
        yield "markets", ends[badge.symbol[-2:]]


def _counted_one_by_one(library: Library) -> Counted:
    """Count as a person would, by the rows of the list, which are looked up one by one."""
    rows = library.headlines(library.search(Query()))
    totals: Counter[tuple[str, str]] = Counter()
    unread: Counter[tuple[str, str]] = Counter()
    for row in rows:
        names = set(_names(row))
        totals.update(names)
        if not row.is_read:
            unread.update(names)
    found: Counted = {name: (total, unread[name]) for name, total in totals.items()}
    number = sum(not row.is_read for row in rows)
    newest = max((label for kind, label in totals if kind == "days"), default="")
    if number:
        found["views", "Unread"] = (number, number)
    if newest:
        found["views", "Today"] = found["days", newest]
    return found


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("many", [3, unread._MANY])
def test_counts_follow_whatever_happens(
    archive: Path, index: Path, seed: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Marks, sweeps, undo, another reader, posts that come, change and go: all is counted."""
    monkeypatch.setattr(unread, "_MANY", many)  # so many changes that it has to be counted anew
    chance = random.Random(seed)
    for number in range(25):
        _write(archive, number, chance)
    run(index, archive)
    undo: list[list[Change] | Sweep] = []
    with opened(index) as mine, opened(index) as other:
        for _ in range(60):
            library = chance.choice((mine, mine, other))
            ids = list(library.search(Query()))
            some = chance.sample(ids, min(len(ids), chance.randrange(1, 8)))
            match chance.randrange(8):
                case 0 | 1:
                    keys = library.keys(some[:2])
                    change = library.mark(keys, read=chance.choice((True, False, None)))
                    undo += [change] * (library is mine)
                case 2:
                    library.mark(library.keys(some[:2]), starred=chance.choice((True, False)))
                case 3 | 4:
                    field = chance.choice(("read", "read", "starred"))
                    sweep = library.sweep(some, field, chance.choice((True, False)))  # type: ignore[arg-type]  # mypy widens the choice
                    undo += [sweep] * (library is mine)
                case 5 if undo:
                    mine.revert(undo[-1])
                    if chance.random() < 0.5:
                        mine.apply(undo[-1])
                    else:
                        undo.pop()
                case 6:
                    for number in chance.sample(range(30), 3):
                        _write(archive, number, chance)
                    run(index, archive)
                case 7:
                    for path in chance.sample(sorted(archive.rglob("*.md")), 2):
                        path.unlink()
                    run(index, archive)
            if chance.random() < 0.7:
                for reader in (mine, other):
                    while not reader.count_on(0.001):
                        pass
                    assert _told(reader) == _counted_one_by_one(reader)


def test_a_number_that_is_not_known_is_none(
    archive: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "_AT_ONCE", -1)
    monkeypatch.setattr(marks, "_SMALL", 0)  # it takes longer than may be waited for
    for number in range(10):
        em(archive / "_posts", number, time=f"1{number % 10}:00:00")
    run(index, archive)
    with opened(index) as library:
        library.sweep(library.search(Query()), "read", True)
        everything, unread_ones, *_ = library.facets("views")
        assert (everything.total, everything.unread) == (10, None)
        assert unread_ones.total is None
        while not library.count_on(0):
            pass
        assert library.facets("views")[0].unread == 0


def test_what_was_counted_is_kept_and_followed(
    archive: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unread, "_MANY", 2)
    for number in range(12):
        em(archive / "_posts", number, time=f"1{number % 10}:00:00")
    run(index, archive)
    with opened(index) as library:
        library.sweep(library.search(Query())[:6], "read", True)
        while not library.count_on(1):
            pass
    with opened(index) as other:
        other.mark([code(3)], starred=True, read=True)
    em(archive / "_posts", 20)
    run(index, archive)
    with opened(index) as library:
        assert library._marks._unread.read is not None, "nothing is counted again"
        assert _told(library) == _counted_one_by_one(library)
    index.unlink()
    run(index, archive)
    with opened(index) as library:
        while not library.count_on(1):
            pass
        assert _told(library) == _counted_one_by_one(library), "another index, other ids"


def test_an_archive_that_moves_to_another_zone(archive: Path, index: Path) -> None:
    for number in range(6):
        em(archive / "_posts", number, day=f"2022-03-1{number % 3}", time="03:00:00")
    run(index, archive)
    with opened(index) as library:
        library.sweep(library.search(Query())[:2], "read", True)
        before = [facet.label for facet in library.facets("days")]
        (archive / "_config.yml").write_text("timezone: America/New_York\n", "utf-8")
        run(index, archive)
        days = library.facets("days")
        assert [facet.label for facet in days] != before
        for day in days:
            query = Query.parse(day.query)
            assert day.total == len(library.search(query))
            assert day.unread == len(library.search(query & Query.parse("is:unread")))
