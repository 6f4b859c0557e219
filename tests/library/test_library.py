"""Finding and opening posts, stepping through a listing, and an archive without anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from finews_tui.errors import LibraryError, NotFoundError
from finews_tui.library import Query

from .archives import code, em, mark, nw, opened, run, titles


def test_an_archive_without_anything(archive: Path, index: Path) -> None:
    run(index, archive)
    with opened(index) as library:
        assert len(library.search(Query())) == 0
        assert library.newest_day is None
        assert [facet.total for facet in library.facets("views")] == [0, 0, 0, 0]
        assert library.facets("sources") == library.facets("days") == []
        assert library.headlines([1, 2]) == []
        with pytest.raises(NotFoundError, match="finews-tui search"):
            library.find("nothing")


def test_finding_a_post(archive: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = nw(archive / "_posts", 0)
    run(index, archive)
    monkeypatch.chdir(archive)
    with opened(index) as library:
        expected = library.headline(code(0))
        assert expected
        for name in (
            code(0),
            str(path),
            f"_posts/{path.name}",
            path.name,
            path.stem,
            f"NW{code()}",
        ):
            assert library.find(name) == expected, name
        assert library.keys([expected.id, 99]) == [code(0)]
        for name in ("", "x", "_posts", str(archive), "\udcff"):
            with pytest.raises(NotFoundError):
                library.find(name)


def test_opening_a_post_whose_file_changed(archive: Path, index: Path) -> None:
    first = em(archive / "_posts", 0, "题")
    second = nw(archive / "_posts", 0, "题")
    run(index, archive)
    with opened(index) as library:
        headline = library.find(code(0))
        first.unlink()
        assert library.post(headline).path == second
        second.write_bytes(b"\x00\x00")
        with pytest.raises(NotFoundError, match="gone"):
            library.post(headline)
        first.write_bytes(b"\x00\x00")
        with pytest.raises(LibraryError, match="binary"):
            library.post(headline)


def test_the_next_of_a_kind(archive: Path, index: Path) -> None:
    for number in range(300):
        stock = mark("1", "600519", "贵州茅台") if number in (10, 290) else ""
        em(
            archive / "_posts",
            number,
            f"题{number}",
            f"<p>{stock}文</p>",
            day=f"2022-01-{1 + number // 10:02}",
            time=f"10:{number % 10:02}:00",
        )
    run(index, archive)
    with opened(index) as library:
        listing = library.search(Query())
        assert titles(library, listing[:2]) == ["题299", "题298"]
        library.mark([code(number) for number in range(5, 295)], read=True)
        library.mark([code(150)], starred=True)
        find = library.find_next
        assert find(listing, 0, "unread", 1) == 1
        assert find(listing, 4, "unread", 1) == 295
        assert find(listing, 295, "unread", -1) == 4
        assert find(listing, 299, "unread", 1) is None
        assert find(listing, 0, "unread", -1) is None
        assert find(listing, 0, "starred", 1) == 149
        assert find(listing, 149, "starred", 1) is None
        assert find(listing, 299, "starred", -1) == 149
        assert find(listing, 0, "ticker:600519.SH", 1) == 9
        assert find(listing, 9, "ticker:贵州茅台", 1) == 289
        assert find(listing, 9, "ticker:600519", -1) is None
        assert find(listing, 3, "day", 1) == 10
        assert find(listing, 13, "day", -1) == 0
        assert find(listing, 25, "day", -1) == 10
        assert find(listing, 3, "day", -1) is None
        assert find(listing, 295, "day", 1) is None
        assert find(listing, 999, "day", 1) is None
        one_day = library.search(Query.parse("since:2022-01-03 until:2022-01-03"))
        assert find(one_day, 0, "day", 1) is None
        assert find(listing, -1, "unread", 1) == 0, "from before the first row"
        with pytest.raises(ValueError, match="nothing"):
            find(listing, 0, "nothing", 1)
