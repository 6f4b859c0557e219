"""An archive of random posts, and answers to queries by looking at every one of them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from finews_tui.library import And, Filter, Library, Not, Or, Pattern, Query, Words
from finews_tui.library.days import days_of
from finews_tui.library.query import Node
from finews_tui.library.tokens import fold
from finews_tui.posts import SHANGHAI, Kind, Mention, Post, merge, parse
from finews_tui.posts.asked import normalise
from finews_tui.posts.text import text_of

from .archives import em, mark, nw, write

WORDS = ["茅台", "白酒", "ＧＤＰ", "gdp", "央行：降准", "5G", "*ST", "A股", "（回购）", "Wind"]
SOURCES = ["财联社", "证券时报", "证券时报网", "TechWeb", "Techweb", "Career In 投行PEVC"]
_STOCKS = [
    ("1", "600519", "贵州茅台"),
    ("1", "601318", "中国平安"),
    ("116", "02318", "中国平安"),
    ("0", "000858", "五粮液"),
    ("105", "JD", "京东"),
    ("0", "000725", "京东方A"),
    ("90", "BK0493", "新能源"),
    ("0", "399006", "创业板指"),
]
_BODIES = [
    "正文。",
    "央行宣布降准0.5个百分点，释放长期资金约1万亿元。</p><p>分析人士认为，白酒板块将受益。",
    "贵州茅台（600519.SH）“一季度”净利同比增23.6%；五粮液、泸州老窖跟涨。",
    "Wind数据显示：ＧＤＰ 同比增长 4.8%，A股三大指数集体收跌<br>北向资金净卖出。",
    "</p><table><tr><td>名称</td><td>涨幅</td></tr><tr><td>五粮液</td><td>3%</td></tr></table><p>完",
    '图为现场。</p><p><img src="http://example.com/a.jpg" alt="白酒图"></p><p>图片来源：央行',
]
YEAR = 365


def fill(archive: Path) -> None:
    """Write about eighty articles, most of them as twins, and two other posts."""
    chance = random.Random(7)
    today = datetime.now(SHANGHAI).date()
    for number in range(80):
        title = " ".join(chance.sample(WORDS, chance.randint(1, 3)))
        day = (today - timedelta(days=chance.randrange(0, 2 * YEAR, 20))).isoformat()
        marks = "".join(mark(*stock) for stock in chance.sample(_STOCKS, chance.randint(0, 3)))
        time = f"{chance.randrange(24):02}:{chance.randrange(3):02}:00"
        body = f"<p>{marks}</p><p>{chance.choice(_BODIES)}</p>"
        if number % 4 != 1:
            em(archive / "_posts", number, title, body, day, time)
        if number % 4 != 2:
            nw(archive / "old_post", number, title, chance.choice(SOURCES), day, time)
    write(
        archive / "undated.md", "没有日期的 茅台", categories="[a, b c]", tags="[x, 东财滚动新闻]"
    )
    write(archive / "blog" / "_posts" / "2020-02-29-闰日.md", "闰日 gdp", tags="x")


def parsed(archive: Path) -> list[Post]:
    """Return the posts of an archive as they are read and merged, the newest first."""
    copies: dict[str, list[Post]] = {}
    for path in sorted(archive.rglob("*.md")):
        post = parse(path, path.read_bytes(), root=archive)
        if isinstance(post, Post):
            copies.setdefault(post.key, []).append(post)
    posts = [merge(group) for group in copies.values()]
    return sorted(posts, key=_order, reverse=True)


def _order(post: Post) -> tuple[float, str]:
    return (post.published.timestamp() if post.published else float("-inf")), post.key


def keys(library: Library, ids: Sequence[int]) -> list[str]:
    """Return the keys of a listing."""
    return [headline.key for headline in library.headlines(ids)]


class Oracle:
    """Answers queries by looking at every post."""

    def __init__(self, library: Library, posts: Sequence[Post]) -> None:
        self.posts = posts
        rows = library.headlines(library.search(Query()))
        self.read = {row.key for row in rows if row.is_read}
        self.starred = {row.key for row in rows if row.is_starred}
        self.texts = {post.key: lines_of(post) for post in posts}
        self.labels = cache(self._labels)
        self.symbols = cache(self._symbols)

    def search(self, query: Query) -> list[str]:
        """Return the keys of the posts that match, in their order."""
        found = [post for post in self.posts if self.hold(query.conditions, post)]
        if query.is_by_relevance:
            found.sort(key=lambda post: self.rank(query, post))
        return [post.key for post in found]

    def rank(self, query: Query, post: Post) -> int:
        """Return 0 for a hit in the title, 1 for one in the first paragraph too, 2 below."""
        title, digest, body = self.texts[post.key]
        places = [title, title + (digest or body[:1])]
        for rank, lines in enumerate(places):
            if all(_stands(word, lines) for word in query.words):
                return rank
        return 2

    def hold(self, parts: Iterable[Node], post: Post) -> bool:
        """Whether all parts hold."""
        return all(self.holds(part, post) for part in parts)

    def holds(self, part: Node, post: Post) -> bool:
        """Whether a part holds for a post."""
        title, digest, body = self.texts[post.key]
        match part:
            case Not(inner):
                return not self.holds(inner, post)
            case And(parts):
                return self.hold(parts, post)
            case Or(parts):
                return any(self.holds(inner, post) for inner in parts)
            case Words(text):
                return _stands(text, title + digest + body)
            case Pattern(source):
                text = "\n".join(text_of(post))
                return re.search(source, text, re.IGNORECASE | re.MULTILINE) is not None
            case Filter("title", text):
                return _stands(text, title)
            case Filter("body", text):
                return _stands(text, digest + body)
            case Filter("is", "read"):
                return post.key in self.read
            case Filter("is", "unread"):
                return post.key not in self.read
            case Filter("is", _):
                return post.key in self.starred
            case Filter("has", thing):
                tickers = [m for m in mentions_of(post) if m.ticker.kind is not Kind.SECTOR]
                things = {"image": post.images, "table": post.tables, "ticker": tickers}
                return bool(things[thing])
            case Filter("since" | "until" as field, text):
                days = days_of(text, datetime.now(SHANGHAI).date())
                assert days
                if post.published is None:
                    return False
                day = post.published.astimezone(SHANGHAI).date()
                return day >= days[0] if field == "since" else day <= days[1]
            case Filter("ticker" | "sector" as field, text):
                found = self.symbols(text, field == "sector")
                return bool(found & {m.ticker.symbol for m in mentions_of(post)})
            case Filter(field, text):
                return bool(self.labels(field, text) & set(labels_of(field, post)))

    def _symbols(self, text: str, is_sector: bool) -> set[str]:
        mentions = [m for post in self.posts for m in mentions_of(post)]
        if is_sector:
            mentions = [m for m in mentions if m.ticker.kind is Kind.SECTOR]
        known = {m.ticker.symbol for m in mentions}
        if found := known & (normalise(text) | {text.strip().upper()}):
            return found
        names = {(fold(m.ticker.name), m.ticker.symbol) for m in mentions if m.ticker.name}
        exact = {symbol for name, symbol in names if name == fold(text)}
        return exact or {symbol for name, symbol in names if fold(text) in name}

    def _labels(self, field: str, text: str) -> set[str]:
        known = {label for post in self.posts for label in labels_of(field, post)}
        if text in known:
            return {text}
        same = {label for label in known if fold(label) == fold(text)}
        return same or {label for label in known if fold(text) in fold(label)}


def lines_of(post: Post) -> tuple[list[str], list[str], list[str]]:
    """Return the folded lines of title, digest and body."""
    title, digest, body = text_of(post)
    return [fold(title)], [fold(digest)] if digest else [], [fold(x) for x in body.split("\n")]


def _stands(word: str, lines: Iterable[str]) -> bool:
    return any(fold(word) in line for line in lines)


def mentions_of(post: Post) -> list[Mention]:
    """Return the mentions by which a post is listed."""
    return [m for m in (*post.tickers, *post.sectors) if m.trust.counts]


def labels_of(field: str, post: Post) -> tuple[str, ...]:
    """Return what a post is filed under."""
    if field == "source":
        return (post.source,) if post.source else ()
    return post.categories if field == "cat" else post.tags
