"""Search against an oracle: what brute force over the parsed posts finds, the index finds."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finews_tui.library import And, Filter, Headline, Not, Or, Pattern, Query, Words
from finews_tui.posts import Post

from .archives import em, mark, nw, opened, run
from .conftest import Shelf
from .oracle import SOURCES, WORDS, YEAR, keys, mentions_of

_TEXTS = st.sampled_from([*WORDS, "茅", "酒 ＧＤＰ", "Ｇ", "央行", "wind", "没有", " ", "五粮液"])
_NAMES = st.sampled_from(
    [*SOURCES, "证券", "techweb", "时报", "emnews", "cailianshe", "b c", "x", "东财滚动新闻", "无"]
)
_CODES = st.sampled_from(
    "600519 600519.SS sh600519 中国平安 平安 2318.HK jd JD.US 京东 京 BK0493 新能源 000".split()
)
_DAYS = st.one_of(
    st.sampled_from(["today", "30d", "20w", "2020", "2020-02", "2020-02-29"]),
    st.integers(0, 2 * YEAR // 20).map(lambda count: f"{count * 20}d"),
)
_PARTS = st.one_of(
    st.builds(Words, _TEXTS),
    st.builds(Filter, st.sampled_from(["title", "body"]), _TEXTS),
    st.builds(Filter, st.sampled_from(["source", "cat", "tag"]), _NAMES),
    st.builds(Filter, st.sampled_from(["ticker", "sector"]), _CODES),
    st.builds(Filter, st.sampled_from(["since", "until"]), _DAYS),
    st.builds(Filter, st.just("is"), st.sampled_from(["read", "unread", "starred"])),
    st.builds(Filter, st.just("has"), st.sampled_from(["image", "table", "ticker"])),
    st.builds(Pattern, st.sampled_from(["降准|回购", "^白酒", "[0-9.]+%", "gdp|Ａ股"])),
)
_NODES = st.recursive(
    _PARTS,
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(And, st.lists(parts, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(parts, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)
_ORDERS = st.sampled_from([(), (Filter("sort", "relevance"),), (Filter("sort", "date"),)])
_QUERIES = st.builds(
    lambda nodes, order: Query((*nodes, *order)), st.lists(_NODES, max_size=3), _ORDERS
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=_QUERIES)
def test_search_finds_what_brute_force_finds(shelf: Shelf, query: Query) -> None:
    expected = shelf.oracle.search(query)
    assert keys(shelf.library, shelf.library.search(query)) == expected
    pages = list(shelf.library.search_pages(query, first=3))
    assert len(pages[0]) >= min(3, len(expected))
    assert all(list(pages[-1])[: len(page)] == list(page) for page in pages)


def test_a_headline_says_what_the_post_says(shelf: Shelf) -> None:
    library, posts = shelf.library, shelf.oracle.posts
    for headline, post in zip(library.headlines(library.search(Query())), posts, strict=True):
        assert _facts(headline) == _facts(post)
        assert [badge.symbol for badge in (*headline.tickers, *headline.sectors)] == [
            mention.ticker.symbol for mention in mentions_of(post)
        ]
        opened_post = library.post(headline)
        assert (opened_post.key, opened_post.html) == (post.key, post.html)


def _facts(row: Headline | Post) -> tuple[object, ...]:
    return (
        row.key,
        row.path,
        row.copies,
        row.title,
        row.published,
        row.source,
        row.categories,
        row.tags,
        row.url,
    )


def test_badges_bear_the_most_used_name(archive: Path, index: Path) -> None:
    for number, name in enumerate(["茅台", "贵州茅台", "贵州茅台"]):
        em(archive / "_posts", number, body=f"<p>{mark('1', '600519', name)}</p>")
    run(index, archive)
    with opened(index) as library:
        for headline in library.headlines(library.search(Query())):
            assert [badge.name for badge in headline.tickers] == ["贵州茅台"]
        assert len(library.search(Query.of("ticker", "茅台"))) == 3
        for number in (1, 2):
            em(archive / "_posts", number, body="<p>没有了。</p>")
        run(index, archive)
        (left,) = library.headlines(library.search(Query.of("ticker", "600519")))
        assert left.tickers[0].name == "茅台"
        assert len(library.search(Query.of("ticker", "贵州茅台"))) == 0


def test_a_source_that_is_gone_hides_no_other(archive: Path, index: Path) -> None:
    nw(archive / "_posts", 0, source="证券")
    nw(archive / "_posts", 1, source="证券时报")
    run(index, archive)
    with opened(index) as library:
        assert len(library.search(Query.of("source", "证券"))) == 1
        nw(archive / "_posts", 0, source="界面新闻")
        run(index, archive)
        assert len(library.search(Query.of("source", "证券"))) == 1
        assert len(library.search(Query.of("source", "证券\udcff"))) == 0
        assert len(library.search(Query.of("ticker", "\udcff"))) == 0
        assert len(library.search(Query((Words("\udcff"),)))) == 0
