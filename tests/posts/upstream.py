"""Writes posts as upstream's generator writes them, for tests that change one thing at a time."""

from __future__ import annotations

from pathlib import Path

from finews_tui.posts import Mention, Post, parse
from finews_tui.posts.body import clean
from finews_tui.posts.collector import Body

EM = "2022-05-31-202205312398034850.md"
NW = "2022-05-31-NW202205312398034850.md"
LINK = "<http://finance.eastmoney.com/news/1353,202205312398034850.html>"
FOOTER = "[返回东财滚动新闻](//f.example/category/emnews.html)｜[返回首页](//f.example/)"
SOURCE = '<p class="em_media">（文章来源：财联社）</p>'
HIDDEN = '<p style="display:none;height:1px;overflow:hidden;"><br /></p>'
IMAGE = '<center><img src="https://dfscdn.dfcfw.com/download/D1.jpg" alt="Image" /></center>'

HEAD = """---
layout: post
title: "收盘综述"
date: 2022-05-31 18:03:41 +0800
categories: emnews
tags: 东财滚动新闻
---
"""


def document(
    content: str,
    *,
    digest: str | None = None,
    head: str = HEAD,
    link: str = LINK,
    footer: str = FOOTER,
) -> str:
    """A whole file of the third era."""
    quoted = f"> {digest}\n\n" if digest else ""
    return f"{head}{quoted}{content}\n\n{link}\n\n{footer}"


def post(text: str | bytes, name: str = EM, folder: str = "/archive/_posts") -> Post:
    """The post that a file of this text or these bytes becomes."""
    data = text if isinstance(text, bytes) else text.encode()
    found = parse(Path(folder) / name, data, root=Path("/archive"))
    assert isinstance(found, Post), found
    return found


def titled(line: str, name: str = EM) -> Post:
    """A post whose ``title:`` line is ``line``."""
    return post(document("<p>正文。</p>", head=HEAD.replace('title: "收盘综述"', line)), name)


def body(content: str) -> Body:
    """The cleaned body of HTML."""
    return clean(content, is_html=True)


def symbols(mentions: tuple[Mention, ...]) -> list[str]:
    """The symbols of ``mentions``, in order."""
    return [mention.ticker.symbol for mention in mentions]


def trusts(mentions: tuple[Mention, ...]) -> list[tuple[str, str]]:
    """The symbols of ``mentions`` with how each was found."""
    return [(mention.ticker.symbol, mention.trust.value) for mention in mentions]


def keytip(key: str, name: str) -> str:
    """Form a or c of an in-text mark: ``key`` is such as ``1.600160`` or ``90.BK0493``."""
    ids = ("bk", "bkquote") if key.startswith("90.") else ("stock", "quote")
    return (
        f'<span id="{ids[0]}_{key}"><a href="http://quote.eastmoney.com/unify/r/{key}" '
        f'class="keytip" data-code="{key.replace(".", ",")}">{name}</a></span>'
        f'<span id="{ids[1]}_{key}"></span>'
    )


def weak(key: str, name: str) -> str:
    """Form d of an in-text mark, a span with an href."""
    return (
        f'<span web="1" href="http://quote.eastmoney.com/unify/r/{key}" '
        f'class="em_stock_key_common" data-code="{key.replace(".", ",")}">{name}</span>'
    )


def chart(key: str, *, anchor: bool = True, kind: str = "K") -> str:
    """A chart block; ``kind`` is K (daily candles) or R (intraday)."""
    market, code = key.split(".", 1)
    host = "webquoteklinepic" if kind == "K" else "webquotepic"
    image = (
        f'<img src="https://{host}.eastmoney.com/GetPic.aspx?nid={key}&imageType='
        f'{kind.lower()}&token=0a1b&at=1" border="0" alt="{kind}图 {code}_0" '
        f'data-code="{kind} {code}|{market}|5" data-code2="{kind} {code}|{market}|3|" />'
    )
    if anchor:
        image = (
            f'<a href="http://quote.eastmoney.com/unify/r/{key}" data-code="{code}|{market}|5" '
            f'data-code2="{code}|{market}|3|" class="EmImageRemark" target="_blank">{image}</a>'
        )
    return (
        f'{HIDDEN}<!-- EM_StockImg_Start --><p style="text-align:center;">{image}</p>'
        "<!-- EM_StockImg_End -->"
    )
