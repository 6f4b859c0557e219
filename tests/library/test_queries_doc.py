"""Every example of docs/queries.md does what the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from finews_tui.errors import QueryError
from finews_tui.library import Library, Query
from finews_tui.posts import SHANGHAI

from .archives import em, mark, nw, opened, run
from .oracle import keys

PAGE = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| `(.+?)` \| (.+) \|$", re.MULTILINE)


def rows(heading: str) -> list[tuple[str, str]]:
    """Return the rows of the tables whose second column has ``heading``."""
    tables = re.findall(rf"\| query \| {heading} \|\n\|[-|]+\|\n((?:\|.*\n)+)", PAGE)
    assert tables, heading
    return [(query, told) for table in tables for query, told in _ROW.findall(table)]


NUMBERS = {
    "茅台": 0,
    "降准": 1,
    "五粮液": 2,
    "茅台降准": 3,
    "全角": 4,
    "腾讯": 5,
    "今天": 6,
}
"""The posts of the archive of this page."""

EXPECTED = {
    "茅台": "茅台 茅台降准",
    "茅": "茅台 茅台降准",
    "茅台 降准": "茅台降准",
    '"GDP 同比"': "全角",
    "茅台 OR 五粮液": "茅台 五粮液 茅台降准",
    "-茅台": "降准 五粮液 全角 腾讯 今天",
    "茅台 -降准": "茅台",
    "(茅台 降准) OR 五粮液": "五粮液 茅台降准",
    "茅台 OR 五粮液 is:unread": "五粮液 茅台降准",
    "-(茅台 OR 五粮液)": "降准 全角 腾讯 今天",
    "gdp": "全角",
    "“央行”": "降准 全角",
    "3.5%": "全角",
    "e-CNY": "全角",
    "茅臺": "茅台 茅台降准",
    "五糧液年報": "五粮液",
    "title:茅台": "茅台",
    "body:茅台": "茅台 茅台降准",
    "ticker:600519": "茅台",
    "ticker:0700.HK": "腾讯",
    "ticker:JD": "今天",
    "ticker:贵州茅台": "茅台",
    "sector:酿酒行业": "茅台",
    "source:财联社": "五粮液",
    "cat:emnews": "茅台 降准 茅台降准 全角 腾讯 今天",
    "tag:财联社新闻": "五粮液",
    "since:2022-05": "茅台降准 全角 腾讯 今天",
    "until:2022-05-31": "茅台 降准 五粮液 茅台降准",
    "since:3d": "今天",
    "since:today": "今天",
    "is:unread": "降准 五粮液 茅台降准 全角 腾讯 今天",
    "has:image": "腾讯",
    "央行 /降准.{0,6}百分点/": "降准",
    r"/\d+(\.\d+)?亿/": "降准 腾讯",
    "茅台 sort:relevance": "茅台 茅台降准",
}
"""What is to be found, by the query of the page."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Return the library that the page's examples are asked of."""
    folder = tmp_path_factory.mktemp("queries")
    posts = folder / "archive" / "_posts"
    today = f"{datetime.now(SHANGHAI):%Y-%m-%d}"
    stock, sector = mark("1", "600519", "贵州茅台"), mark("90", "BK0477", "酿酒行业")
    em(posts, 0, "茅台提价", f"<p>{stock}与{sector}走强。</p>", "2022-03-11")
    em(posts, 1, "「央行」宣布", "<p>降准0.25个百分点，释放5300亿元。</p>", "2022-04-15")
    nw(posts, 2, "五粮液年报", "财联社", "2022-04-29")
    em(posts, 3, "周末要闻", "<p>降准落地。</p><p>茅台股东大会。</p>", "2022-05-31")
    em(posts, 4, "ＧＤＰ 同比增３．５％", '<p>"央行"试点Ｅ－CNY。</p>', "2022-06-01")
    picture = '<p><img src="http://example.com/a.jpg" alt=""></p>'
    em(posts, 5, "回购", f"<p>{mark('116', '00700', '腾讯')}10亿元。</p>{picture}", "2022-06-02")
    em(posts, 6, "盘前", f"<p>{mark('105', 'JD', '京东')}</p>", today, "00:00:01")
    run(folder / "index.db", folder / "archive")
    with opened(folder / "index.db") as library:
        library.mark(keys(library, library.search(Query.parse("title:茅台提价"))), read=True)
        yield library


@pytest.mark.parametrize("query", [query for part in ("finds posts", "finds also", "lists")
                                   for query, _ in rows(part)])  # fmt: skip
def test_an_example_finds_what_the_page_says(library: Library, query: str) -> None:
    listing = library.search(Query.parse(query))
    found = {int(key[-3:]) - 413 for key in keys(library, listing)}
    assert found == {NUMBERS[name] for name in EXPECTED[query].split()}


def test_the_best_match_comes_first(library: Library) -> None:
    by_date = list(library.search(Query.parse("茅台 sort:date")))
    assert by_date == list(library.search(Query.parse("茅台")))
    assert list(library.search(Query.parse("茅台 sort:relevance"))) == by_date[::-1]


@pytest.mark.parametrize(("query", "means"), rows("means"))
def test_a_chinese_name_means_the_english_one(query: str, means: str) -> None:
    assert str(Query.parse(query)) == means.strip("`")


@pytest.mark.parametrize(("query", "says"), rows("says"))
def test_an_error_says_what_the_page_says(query: str, says: str) -> None:
    with pytest.raises(QueryError, match=re.escape(says)):
        Query.parse(query)


def test_spellings_of_a_ticker(library: Library) -> None:
    (told,) = [told for query, told in rows("finds posts") if query == "ticker:600519"]
    for spelling in re.findall("`(.+?)`", told):
        assert len(library.search(Query.of("ticker", spelling))) == 1, spelling
    assert len(library.search(Query.of("ticker", "00700.HK"))) == 1
    assert len(library.search(Query.of("sector", "BK0477"))) == 1
    assert len(library.search(Query.of("sector", "600519"))) == 0
