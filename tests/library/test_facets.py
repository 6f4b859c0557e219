"""The category tree: every count agrees with the listing of its query."""

from __future__ import annotations

from collections import Counter

import pytest

from finews_tui.library import Facet, Library, Query
from finews_tui.posts import SHANGHAI, Post

from .conftest import Shelf


@pytest.mark.parametrize("kind", ["sources", "tickers", "sectors", "categories", "years"])
def test_facets_count_what_their_query_lists(shelf: Shelf, kind: str) -> None:
    library, posts = shelf.library, shelf.oracle.posts
    found = library.facets(kind)  # type: ignore[arg-type]  # pytest gives plain strings
    assert found
    for facet in found:
        _agrees(library, facet)
    if kind == "sources":
        counted = Counter(post.source for post in posts if post.source)
        assert {facet.label: facet.total for facet in found} == dict(counted)
        assert [facet.total for facet in found] == sorted(counted.values(), reverse=True)
    if kind == "tickers":
        groups = {facet.label: facet.group for facet in found}
        assert groups["贵州茅台 600519.SH"] == "Shanghai"
        assert groups["五粮液 000858.SZ"] == "Shenzhen"
        assert groups["中国平安 02318.HK"] == "Hong Kong"
        assert groups["京东 JD.US"] == "US"


def _agrees(library: Library, facet: Facet) -> None:
    query = Query.parse(facet.query)
    unread = query & Query.parse("is:unread")
    assert facet.total == len(library.search(query)), facet
    assert facet.unread == len(library.search(unread)), facet


def test_headings_and_markets_count_a_post_once(shelf: Shelf) -> None:
    library, posts = shelf.library, shelf.oracle.posts
    library.mark([posts[0].key, posts[-1].key], read=True)
    everything = library.headlines(list(library.search(Query())))
    read = {headline.key for headline in everything if headline.is_read}

    def counted(chosen: list[Post]) -> tuple[int, int]:
        return len(chosen), sum(post.key not in read for post in chosen)

    def named(post: Post) -> list[str]:
        return [mention.ticker.symbol for mention in post.tickers if mention.trust.counts]

    assert [(f.label, (f.total, f.unread)) for f in library.facets("sections")] == [
        ("Sources", counted([post for post in posts if post.source])),
        ("Tickers", counted([post for post in posts if named(post)])),
        ("Sectors", counted([p for p in posts if any(m.trust.counts for m in p.sectors)])),
        ("Dates", counted([post for post in posts if post.published])),
    ]
    markets = {facet.label: (facet.total, facet.unread) for facet in library.facets("markets")}
    for label, suffix in (("Shanghai", ".SH"), ("Hong Kong", ".HK"), ("US", ".US")):
        assert markets[label] == counted(
            [post for post in posts if any(symbol.endswith(suffix) for symbol in named(post))]
        )


def test_views(shelf: Shelf) -> None:
    library, posts = shelf.library, shelf.oracle.posts
    views = library.facets("views")
    assert [facet.label for facet in views] == ["All", "Unread", "Today", "Starred"]
    for facet in views:
        _agrees(library, facet)
    assert views[0].total == library.total == len(posts)
    newest = posts[0].published
    assert newest
    assert library.newest_day == newest.astimezone(SHANGHAI).date()
    assert views[2].query == f"since:{library.newest_day} until:{library.newest_day}"


def test_dates_by_year_month_and_day(shelf: Shelf) -> None:
    library, posts = shelf.library, shelf.oracle.posts
    total = 0
    for year in library.facets("years"):
        months = library.facets("months", within=year.label)
        assert sum(month.total or 0 for month in months) == year.total
        for month in months:
            assert month.label.startswith(f"{year.label}-")
            _agrees(library, month)
            days = library.facets("days", within=month.label)
            assert [day.label for day in days] == sorted((day.label for day in days), reverse=True)
            assert sum(day.total or 0 for day in days) == month.total
            total += sum(day.total or 0 for day in days)
    assert total == len(posts) - 1, "one has no date"
