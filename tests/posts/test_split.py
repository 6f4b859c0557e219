"""The parts of an upstream body: digest, content, original link, back links."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.posts import safe_url
from finews_tui.posts.split import looks_upstream, split

URL = "http://finance.eastmoney.com/news/1353,202112082206358842.html"
FOOTERS = {
    "none": "",
    "relative": "[返回东财滚动新闻](../emnews/)\n[返回首页](../)",
    "two lines": "[返回东财滚动新闻](//finews.zning.me/emnews/)\n[返回首页](//finews.zning.me/)",
    "other host": "[返回东财滚动新闻](//w.example/emnews/)\n[返回首页](//w.example/)",
    "one line": "[返回东财滚动新闻](//w.example/emnews/)｜[返回首页](//w.example/)",
    "category": "[返回财联社新闻](//f.example/c/cailianshe.html)｜[返回首页](//f.example/)",
    "parentheses": "[返回安信(香港)新闻](//f.example/an(xianggang).html)｜[返回首页](//f.example/)",
    "spaces": "[返回21财经  APP新闻](//f.example/c/21caijing  APP.html)｜[返回首页](//f.example/)",
    "ascii bar": "[返回财联社新闻](//f.example/a.html) | [返回首页](//f.example/)",
    "line feed": "[返回财联社新闻](//f.example/a.html)｜[返回首页](//f.example/)\n\n",
}


@pytest.mark.parametrize("footer", FOOTERS.values(), ids=FOOTERS.keys())
@pytest.mark.parametrize("content", ["<p>正文。</p>", "正文（财联社）。"])
def test_every_footer_is_cut_off(content: str, footer: str) -> None:
    parts = split(f"\n{content}\n\n<{URL}>\n\n{footer}")
    assert parts.content.strip() == content
    assert parts.url == URL
    assert parts.digest is None
    assert parts.is_html == content.startswith("<")


def test_a_link_called_back_in_the_middle_stays() -> None:
    text = "<p>[返回首页](//a.example/)</p><p>正文。</p>"
    assert split(f"{text}\n\n<{URL}>\n\n{FOOTERS['one line']}").content.strip() == text


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("<>", None),
        (f"<{URL}>", URL),
        ("<//finance.eastmoney.com/a/1.html>", "https://finance.eastmoney.com/a/1.html"),
        ("  <https://a.example/x?infoCode=NW1&b=2>  ", "https://a.example/x?infoCode=NW1&b=2"),
        ("<http://user@a.example/>", None),
        ("<http:///x>", None),
    ],
)
def test_the_original_link(link: str, url: str | None) -> None:
    parts = split(f"<p>正文。</p>\n\n{link}\n\n{FOOTERS['category']}")
    assert parts.url == url
    assert parts.content.strip() == "<p>正文。</p>"


def test_the_last_of_two_links_is_the_original() -> None:
    parts = split(f"<p>a</p>\n\n<http://a.example/>\n\n<{URL}>\n\n{FOOTERS['category']}")
    assert parts.url == URL


@pytest.mark.parametrize("before", ["", "\n", "正文。\n", "<p>正文。</p>\n\n"])
@pytest.mark.parametrize("behind", ["", "\n", "\n\n正文二。\n", " \n<p>正文二。</p>"])
def test_the_original_link_may_stand_on_any_line(before: str, behind: str) -> None:
    parts = split(f"{before} <{URL}>{behind}")
    assert parts.url == URL
    assert parts.content == f"{before[:-1]}{behind.lstrip(' ')}"


def test_no_link_at_all() -> None:
    parts = split("<p>见<a href='http://a.example/'>此</a></p>")
    assert (parts.url, parts.content) == (None, "<p>见<a href='http://a.example/'>此</a></p>")


@pytest.mark.parametrize(
    ("body", "digest"),
    [
        ("> 摘要。（财联社）\n\n<p>正文。</p>", "摘要。（财联社）"),
        ("\n> 摘要。\n<p>正文。</p>", "摘要。"),
        (">摘要。\n\n\n\n<p>正文。</p>", "摘要。"),
        ("> 【要点】涨1 > 2%\n\n<!-- x --><p>正文。</p>", "【要点】涨1 > 2%"),
        ("> 摘要第一行\n第二行\n\n<p>正文。</p>", "摘要第一行 第二行"),
        ("> 摘要第一行\n> 第二行\n\n<p>正文。</p>", "摘要第一行 第二行"),
        ("> \n\n<p>正文。</p>", None),
        ("<p>正文。</p>\n\n> 引文\n\n<p>x</p>", None),
        ("<p>正文。</p>", None),
    ],
)
def test_the_digest(body: str, digest: str | None) -> None:
    parts = split(f"{body}\n\n<{URL}>\n\n{FOOTERS['category']}")
    assert parts.digest == digest
    assert "正文。" in parts.content
    assert "摘要" not in parts.content


def test_a_post_of_a_digest_alone() -> None:
    parts = split(f"> 摘要。\n\n<{URL}>\n\n{FOOTERS['category']}")
    assert (parts.digest, parts.content.strip(), parts.url) == ("摘要。", "", URL)


@pytest.mark.parametrize(
    ("body", "is_upstream"),
    [
        (FOOTERS["one line"], True),
        ('<p class="em_media">x</p>', True),
        ('<a class="keytip" data-code="1,600519">x</a>', True),
        ("<!-- EM_StockImg_End -->", True),
        ("# 标题\n\n[归档](https://a.example/)", False),
        ("", False),
    ],
)
def test_whose_body_it_is(body: str, is_upstream: bool) -> None:
    assert looks_upstream(body) == is_upstream


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("HTTP://A.example:8080/x?y=1#z", "HTTP://A.example:8080/x?y=1#z"),
        (" http://a.example/ ", "http://a.example/"),
        ("//a.example/x", "https://a.example/x"),
        ("http://[::1]/", "http://[::1]/"),
        ("http://例子.example/茅台", "http://%E4%BE%8B%E5%AD%90.example/%E8%8C%85%E5%8F%B0"),
        ("https://a.example/a_(b)?c=d&e=%20", "https://a.example/a_(b)?c=d&e=%20"),
        ("", None),
        ("a.example", None),
        ("/a/1.html", None),
        ("#top", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("ftp://a.example/", None),
        ("mailto:a@a.example", None),
        ("http://", None),
        ("http:///x", None),
        ("http://user:secret@a.example/", None),
        ("http://a.example@evil.example/", None),
        ("http://a.example:port/", None),
        ("http://a.example:99999/", None),
        ("http://[::1/", None),
        ("http://a.example/x y", None),
        ("http://a.example/\n", "http://a.example/"),
        ("http://a.example/\nx", None),
        ("http://a.example/\x1b]0;x\x07", None),
        ("http://a.example/\x7f", None),
        ("http://a.example/\x9b", None),
        ("http://a.example/\u202e", None),
        ("http://a.example/\ud800", None),
        ("http://a.example/`id`", None),
        ('http://a.example/"x"', None),
        ("http://a.example/<x>", None),
        ("http://a.example/\\x", None),
        ("http://a.example/{x}", None),
        ("http://a.example/" + "x" * 5_000, None),
        ("https:a.example", None),
    ],
)
def test_which_address_a_browser_may_get(written: str, safe: str | None) -> None:
    assert safe_url(written) == safe


@given(st.text() | st.text().map(lambda text: f"http://{text}"))
def test_an_address_is_printable_ascii_or_refused(text: str) -> None:
    url = safe_url(text)
    if url is not None:
        assert url.isascii() and url.isprintable() and " " not in url
        assert url.lower().startswith(("http://", "https://"))
        assert safe_url(url) == url


@pytest.mark.parametrize("blank", ["\u3000", "\xa0", " ", "\n>", "> "])
def test_a_digest_of_blanks_is_split_in_linear_time(blank: str) -> None:
    started = time.process_time()
    split(f"> {blank * 50_000}x\n\n<p>正文。</p>")
    split(f"> {blank * 50_000}\n\n&{blank * 50_000}x")
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "flood", ["\n", " ", "[返回", "[返回]()\n", "<", "<>\n", "> ", ">\n", "<http://a>\n"]
)
def test_a_flood_is_split_in_linear_time(flood: str) -> None:
    started = time.process_time()
    split(flood * (250_000 // len(flood)))
    assert time.process_time() - started < 1
