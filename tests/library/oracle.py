"""An archive of random posts, and answers to queries by looking at every one of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from finews_tui.library import Filter, Library, Not, Query, Words
from finews_tui.library.days import days_of
from finews_tui.library.tokens import fold
from finews_tui.posts import SHANGHAI, Mention, Post, merge, parse
from finews_tui.posts.tickers import normalise

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
        if number % 4 != 1:
            em(archive / "_posts", number, title, f"<p>{marks}正文。</p>", day, time)
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
        assert isinstance(post, Post)
        copies.setdefault(post.key, []).append(post)
    posts = [merge(group) for group in copies.values()]
    return sorted(posts, key=_order, reverse=True)


def _order(post: Post) -> tuple[float, str]:
    return (post.published.timestamp() if post.published else float("-inf")), post.key


class Oracle:
    """Answers queries by looking at every post."""

    def __init__(self, library: Library, posts: Sequence[Post]) -> None:
        self.posts = posts
        rows = library.headlines(library.search(Query()))
        self.read = {row.key for row in rows if row.is_read}
        self.starred = {row.key for row in rows if row.is_starred}

    def search(self, query: Query) -> list[str]:
        return [post.key for post in self.posts if all(self.holds(p, post) for p in query.parts)]

    def holds(self, part: Words | Filter | Not, post: Post) -> bool:
        match part:
            case Not(inner):
                return not self.holds(inner, post)
            case Words(text):
                return fold(text) in fold(post.title)
            case Filter("is", state):
                is_read = post.key in self.read
                return {
                    "read": is_read,
                    "unread": not is_read,
                    "starred": post.key in self.starred,
                }[state]
            case Filter("since" | "until" as field, text):
                days = days_of(text, datetime.now(SHANGHAI).date())
                assert days
                if post.published is None:
                    return False
                day = post.published.astimezone(SHANGHAI).date()
                return day >= days[0] if field == "since" else day <= days[1]
            case Filter("ticker", text):
                return bool(self.symbols(text) & {m.ticker.symbol for m in mentions_of(post)})
            case Filter(field, text):
                return bool(self.labels(field, text) & set(labels_of(field, post)))

    def symbols(self, text: str) -> set[str]:
        mentions = [m for post in self.posts for m in mentions_of(post)]
        known = {m.ticker.symbol for m in mentions}
        if found := known & (normalise(text) | {text.strip().upper()}):
            return found
        names = {(fold(m.ticker.name), m.ticker.symbol) for m in mentions if m.ticker.name}
        exact = {symbol for name, symbol in names if name == fold(text)}
        return exact or {symbol for name, symbol in names if fold(text) in name}

    def labels(self, field: str, text: str) -> set[str]:
        known = {label for post in self.posts for label in labels_of(field, post)}
        if text in known:
            return {text}
        same = {label for label in known if fold(label) == fold(text)}
        return same or {label for label in known if fold(text) in fold(label)}


def mentions_of(post: Post) -> list[Mention]:
    """Return the mentions by which a post is listed."""
    return [m for m in (*post.tickers, *post.sectors) if m.trust.counts]


def labels_of(field: str, post: Post) -> tuple[str, ...]:
    """Return what a post is filed under."""
    if field == "source":
        return (post.source,) if post.source else ()
    return post.categories if field == "cat" else post.tags
