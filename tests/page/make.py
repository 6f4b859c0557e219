"""Posts, rows and texts for the tests of ``page``: made by hand, or read from the samples."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from finews_tui.page import Article, Typography, layout
from finews_tui.page.blocks import texts
from finews_tui.page.markup import read_body
from finews_tui.posts import (
    Image,
    Kind,
    Mention,
    Post,
    Ticker,
    Trust,
    parse,
)
from finews_tui.posts.body import clean
from finews_tui.posts.jekyll import markdown_to_html

ZONE = timezone(timedelta(hours=8))
SAMPLES = Path(__file__).parents[2] / "sample_posts"
REAL = Path(__file__).parents[3] / "shared" / "posts"

JD = Ticker("116", "09618", "09618.HK", Kind.STOCK, "京东集团")
JD_US = Ticker("105", "JD", "JD.US", Kind.STOCK)
MOUTAI = Ticker("1", "600519", "600519.SH", Kind.STOCK, "贵州茅台")
BANKS = Ticker("90", "BK0475", "BK0475", Kind.SECTOR, "银行")
SHANGHAI_INDEX = Ticker("1", "000001", "000001.SH", Kind.INDEX, "上证指数")

_PLAIN = Post(
    key="202203112306431413",
    path=Path("a.md"),
    copies=(Path("a.md"),),
    title="京东2021年财报发布",
    published=datetime(2022, 3, 11, 16, 47, 23, tzinfo=ZONE),
    categories=(),
    tags=(),
    source="青岛财经网",
    url=None,
    digest=None,
    tickers=(),
    sectors=(),
    html="",
    source_line=None,
    links=(),
    images=(),
    tables=0,
    problems=(),
)


def body_of(markdown: str) -> str:
    """The cleaned body that a post with ``markdown`` in its file has."""
    return clean(markdown_to_html(markdown), is_html=True).html


def post(
    markdown: str = "",
    *,
    title: str = _PLAIN.title,
    published: datetime | None = _PLAIN.published,
    source: str | None = _PLAIN.source,
    url: str | None = None,
    digest: str | None = None,
    tickers: tuple[Mention, ...] = (),
    sectors: tuple[Mention, ...] = (),
    source_line: str | None = None,
    images: tuple[Image, ...] = (),
    problems: tuple[str, ...] = (),
) -> Post:
    """A post of which only what is named differs from an ordinary one."""
    return replace(
        _PLAIN,
        html=body_of(markdown),
        title=title,
        published=published,
        source=source,
        url=url,
        digest=digest,
        tickers=tickers,
        sectors=sectors,
        source_line=source_line,
        images=images,
        problems=problems,
    )


def mentions(*tickers: Ticker, trust: Trust = Trust.MARK) -> tuple[Mention, ...]:
    """``tickers`` as mentions of one trust."""
    return tuple(Mention(ticker, trust, 1) for ticker in tickers)


def body_lines(markdown: str, width: int = 40) -> list[str]:
    """The lines of a body alone, without the margin."""
    texts = laid_out(markdown, width).texts
    margin = len(texts[0]) - len(texts[0].lstrip())
    return [text[margin:] for text in texts[texts.index("") + 1 :]]


def laid_out(markdown: str, width: int = 40, form: Typography | None = None) -> Article:
    """An ordinary post with ``markdown`` as its body."""
    return layout(post(markdown), width, zone=ZONE, form=form)


@cache
def samples() -> tuple[Post, ...]:
    """Every readable post of the sample archive, and of the real ones where they are at hand."""
    files = [*sorted(SAMPLES.rglob("*.md")), *sorted(REAL.glob("*.md"))]
    found = (parse(path, path.read_bytes()) for path in files)
    return tuple(value for value in found if isinstance(value, Post))


@cache
def paragraphs() -> tuple[str, ...]:
    """The texts of their bodies."""
    return tuple(text for post in samples() for text in texts(read_body(post.html).blocks))


@dataclass(frozen=True, slots=True)
class Row:
    """A list row with the attributes that ``headline_lines`` asks for."""

    title: str
    published: datetime | None = datetime(2022, 2, 12, 17, 54, tzinfo=ZONE)
    source: str | None = None
    tickers: tuple[Ticker, ...] = ()
    sectors: tuple[Ticker, ...] = ()
    is_read: bool = False
    is_starred: bool = False


PIECES = (
    "京东集团",
    "净收入9516亿元",
    "，",
    "。",
    "“",
    "”",
    "（",
    "）",
    "《",
    "》",
    "——",
    "……",
    "、",
    "：",
    " ",
    "27.6%",
    "¥1,234.56",
    "-3.2%",
    "600519.SH",
    "(000957.SZ)",
    "2022-05-31",
    "10:30—11:00",
    "HFO-1234yf",
    "Long Latin words",
    "https://a.example/b/c?d=e&f=g",
    "*ST猛狮",
    "A股",
    "①",
    "é",
    "🇨🇳",
    "👍",
    "\u3000",
)
"""What news is made of."""

news = st.lists(st.sampled_from(PIECES), max_size=40).map("".join).map(str.strip)
"""Text like that of the news, with all that is hard to break; no paragraph begins with a blank."""

anything = st.text(max_size=60)
"""Any text at all, control characters and halves of characters included."""
