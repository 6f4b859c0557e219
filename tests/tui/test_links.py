"""The links of a post: which there are, in which order, and as a QR code."""

from __future__ import annotations

from dataclasses import replace

import pytest
import segno

from finews_tui.page import width_of
from finews_tui.posts import Link, Post
from finews_tui.posts.kinds import Trust
from finews_tui.posts.model import Mention
from finews_tui.tui.links import article_keys, domain_of, public_form, quote_page, targets
from finews_tui.tui.qr import QUIET, qr_lines
from tests.page.make import BANKS, JD, MOUTAI, post

CODE = "202203112307390013"
PUBLIC = f"https://finance.eastmoney.com/a/{CODE}.html"


def a_post(
    *,
    key: str = CODE,
    url: str | None = f"http://finews.example.com/NewsShare.html?infoCode=NW{CODE}",
    has_tickers: bool = True,
) -> Post:
    tickers = (Mention(JD, Trust.CHART, 1), Mention(MOUTAI, Trust.WEAK, 1))
    return replace(
        post(title="标题", url=url),
        key=key,
        tickers=tickers if has_tickers else (),
        sectors=(Mention(BANKS, Trust.MARK, 2),) if has_tickers else (),
    )


def test_all_links_in_their_order() -> None:
    links = [Link("此处", "https://www.example.com/a"), Link("原文", PUBLIC)]
    found = targets(a_post(), links)
    assert [(target.domain, target.what, target.text) for target in found] == [
        ("finews.example.com", "original", "标题"),
        ("finance.eastmoney.com", "public form", "标题"),
        ("quote.eastmoney.com", "quotes", "京东集团 09618.HK"),
        ("quote.eastmoney.com", "quotes", "银行 BK0475"),
        ("example.com", "[1]", "此处"),
    ]
    assert found[1].address == PUBLIC
    assert found[2].address == "https://quote.eastmoney.com/unify/r/116.09618"


def test_an_address_stands_once() -> None:
    found = targets(a_post(url=PUBLIC, has_tickers=False), [Link("a", PUBLIC)])
    assert [target.what for target in found] == ["original"]


def test_a_refused_address_is_listed_and_not_opened() -> None:
    bare = a_post(key="notes", url=None, has_tickers=False)
    (target,) = targets(bare, [Link("x", "javascript:alert(1)")])
    assert target.address is None
    assert target.domain == "not opened"


def test_only_a_code_has_a_public_form() -> None:
    assert public_form(CODE) == PUBLIC
    assert public_form(f"old_post/{CODE}") == PUBLIC
    assert public_form("2022-01-05-notes") is None
    assert public_form(CODE + "1") is None


def test_quote_pages() -> None:
    assert quote_page(MOUTAI) == "https://quote.eastmoney.com/unify/r/1.600519"


def test_articles_of_upstream_are_known_by_their_code() -> None:
    for address in (
        PUBLIC,
        f"http://finance.eastmoney.com/news/1344,{CODE}.html",
        f"https://global.eastmoney.com/a/{CODE}.html?from=x",
    ):
        assert article_keys(address) == [CODE]
    for address in (
        f"https://example.com/a/{CODE}.html",
        f"https://eastmoney.com.example.com/a/{CODE}.html",
        "https://finance.eastmoney.com/a/1234.html",
        f"https://finance.eastmoney.com/?a={CODE}",
    ):
        assert article_keys(address) == []


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (f"http://finews.example.org/html_News/NewsShare.html?infoCode=NW{CODE}", CODE),
        (f"//news.example.org/2022-03-11-{CODE}.html", CODE),
        (f"//news.example.org/2022-03-11-NW{CODE}", CODE),
        (f"https://news.example.org/emnews/2022/03/11/{CODE}.html", CODE),
        ("https://example.org/2021/05/08/how-to-read.html", "2021-05-08-how-to-read"),
        ("https://example.org/2021/05/08/how-to-read/", "2021-05-08-how-to-read"),
        ("https://example.org/blog/2021-05-08-how-to-read.md", "2021-05-08-how-to-read"),
        ("https://example.org/2021/05/08/%E9%9A%8F%E7%AC%94.html", "2021-05-08-随笔"),
        ("https://example.org/2021/05/08/", None),
        ("https://example.org/archive/", None),
        ("https://example.org/?infoCode=NW123", None),
    ],
)
def test_other_shapes_of_links_to_posts(address: str, key: str | None) -> None:
    assert article_keys(address) == ([key] if key else [])


def test_domains() -> None:
    assert domain_of("https://www.example.com:8080/a") == "example.com"
    assert domain_of("") == ""


class TestQrCode:
    """Half blocks that are the modules of the code."""

    def test_every_module_is_there(self) -> None:
        lines = qr_lines(PUBLIC)
        code = segno.make(PUBLIC, error="l", boost_error=False, micro=False)
        wanted = [list(map(bool, row)) for row in code.matrix_iter(border=QUIET)]
        shown = [
            [character in characters for character in line]
            for line in lines
            for characters in ("▀█", "▄█")
        ]
        assert shown[: len(wanted)] == wanted
        assert not any(shown[-1])
        assert {width_of(line) for line in lines} == {len(wanted[0])}

    def test_it_fits_a_small_screen(self) -> None:
        assert len(qr_lines(PUBLIC)) <= 19

    def test_too_long_an_address_has_none(self) -> None:
        assert qr_lines("https://example.com/" + "a" * 4_000) == []
