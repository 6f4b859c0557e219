"""The copies that upstream wrote of one article become one post, whatever their order."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from pathlib import Path

import pytest

from finews_tui.posts import Post, card_of, merge, merge_cards, parse
from tests.posts.upstream import EM, HEAD, LINK, NW, SOURCE, document, keytip, post, symbols

ARCHIVE = Path(__file__).parents[2] / "sample_posts"

NW_LINK = "<http://news.example.net/html_News/NewsShare.html?infoCode=NW202205312398034850>"
NW_HEAD = HEAD.replace("emnews", "cailianshe").replace("东财滚动新闻", "财联社新闻")
BARE = HEAD.replace('"收盘综述"', '""').replace("2022-05-31 18:03:41", "")
MARKED = f"<p>{keytip('1.600160', '巨化股份')}涨。</p>{SOURCE}"


def by_key() -> dict[str, list[Post]]:
    """The sample posts that have several files, by key."""
    found: dict[str, list[Post]] = defaultdict(list)
    for path in ARCHIVE.rglob("*.md"):
        read = parse(path, path.read_bytes(), root=ARCHIVE)
        assert isinstance(read, Post)
        found[read.key].append(read)
    return {key: copies for key, copies in found.items() if len(copies) > 1}


COPIES = by_key()


def test_the_samples_hold_twins_and_an_article_of_three_files() -> None:
    assert len(COPIES) >= 10
    assert len(COPIES["202206132409716624"]) == 3


@pytest.mark.parametrize("key", COPIES)
def test_the_order_of_the_copies_does_not_matter(key: str) -> None:
    merged = {merge(order) for order in permutations(COPIES[key])}
    assert len(merged) == 1
    (found,) = merged
    assert set(found.copies) == {copy.path for copy in COPIES[key]}
    assert found.path in found.copies


@pytest.mark.parametrize("key", COPIES)
def test_no_copy_knows_more_than_the_merged_post(key: str) -> None:
    found = merge(COPIES[key])
    for copy in COPIES[key]:
        assert set(symbols(copy.tickers)) <= set(symbols(found.tickers))
        assert (found.digest is None) <= (copy.digest is None)
        assert (found.source is None) <= (copy.source is None)
        assert (found.url is None) <= (copy.url is None)
        assert len(found.images) >= len(copy.images)


def test_the_article_of_three_files() -> None:
    found = merge(COPIES["202206132409716624"])
    assert found.title == "“青岚一号”首次满发 漂浮式风电离平价还有多远？"
    assert found.published is not None
    assert found.published.isoformat() == "2022-06-13T21:47:10+08:00"
    assert found.source == "南汀经济评论"
    assert found.categories == ("nantingjingjipinglun",)
    assert found.tags == ("南汀经济评论新闻",)
    assert found.url == "http://finance.eastmoney.com/news/1351,202206132409716624.html"
    assert found.digest is not None and found.digest.startswith("6月13日，青岚风电自主研发")
    assert symbols(found.tickers) == ["605427.SH", "601437.SH", "430871.BJ"]
    assert symbols(found.sectors) == ["BK0839"]
    assert found.problems == ()


def test_a_twin_takes_the_head_from_nw_and_the_body_from_em() -> None:
    em = post(document(MARKED, digest="摘要。"), EM)
    nw = post(
        document(f"<p>巨化股份涨。</p>{SOURCE}", head=NW_HEAD.replace("收盘综述", "收盘综述(更新)"),
                 link=NW_LINK),
        NW,
    )  # fmt: skip
    found = merge([nw, em])
    assert found.title == "收盘综述(更新)"
    assert (found.categories, found.tags) == (("cailianshe",), ("财联社新闻",))
    assert (found.digest, found.url) == ("摘要。", em.url)
    assert (found.path, found.html) == (em.path, em.html)
    assert symbols(found.tickers) == ["600160.SH"]
    assert found.source == "财联社"


def test_a_link_that_only_nw_has_is_taken() -> None:
    em = post(document(MARKED, link="<>"), EM)
    nw = post(document(MARKED, head=NW_HEAD, link=NW_LINK), NW)
    assert merge([em, nw]).url == nw.url


def test_a_broken_nw_copy_gives_way_to_the_em_copy() -> None:
    em = post(document(MARKED), EM)
    nw = post(document(MARKED, head=BARE.replace("emnews", "cailianshe")), NW)
    found = merge([em, nw])
    assert (found.title, found.published) == (em.title, em.published)
    assert found.categories == ("emnews",)
    assert found.problems == ()


def test_an_em_copy_without_a_body_takes_that_of_nw() -> None:
    em = post(document("", digest="摘要。"), EM)
    nw = post(document(f"<p>正文。</p>{SOURCE}", head=NW_HEAD), NW)
    found = merge([em, nw])
    assert (found.html, found.digest) == (nw.html, "摘要。")


def test_a_lone_copy_is_the_post() -> None:
    em = post(document(MARKED), EM)
    assert merge([em]) is em


def test_two_broken_copies_keep_their_problems() -> None:
    name = EM.removeprefix("2022-05-31")
    copies = [
        post(document(MARKED, head=BARE), name, f"/archive/{folder}")
        for folder in ("_posts", "old_post")
    ]
    found = merge(copies)
    assert found.title == "巨化股份涨。"
    assert any(problem.startswith("The title is missing") for problem in found.problems)
    assert any(problem.startswith("The date") for problem in found.problems)
    assert found.copies == tuple(copy.path for copy in copies)


@pytest.mark.parametrize("key", COPIES)
def test_cards_are_merged_as_posts_are(key: str) -> None:
    for order in permutations(COPIES[key]):
        assert merge_cards([card_of(copy) for copy in order]) == card_of(merge(order))


def test_cards_of_broken_copies_are_merged_as_posts_are() -> None:
    heads = [
        HEAD,
        NW_HEAD,
        BARE,
        HEAD.replace('"收盘综述"', '""'),
        HEAD.replace("2022-05-31 ", "x"),
    ]
    contents = [MARKED, f"<p>正文。</p>{SOURCE}", ""]
    copies = [
        post(document(content, head=head, link=link), name, folder)
        for head in heads
        for content in contents
        for link, name in ((LINK, EM), ("<>", EM), (NW_LINK, NW))
        for folder in ("/archive/_posts", "/archive/old_post")
    ]
    for pair in permutations(copies, 2):
        assert merge_cards([card_of(copy) for copy in pair]) == card_of(merge(pair))


def test_a_lone_card_is_the_article() -> None:
    card = card_of(post(document(MARKED), EM))
    assert merge_cards([card]) is card
