"""What a reader sees in the sample files, written down from the files themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from finews_tui.posts import Post, Trust, parse, to_markdown
from tests.posts.golden import GOLDEN
from tests.posts.upstream import trusts

ARCHIVE = Path(__file__).parents[2] / "sample_posts"
EVERY = sorted(path for path in ARCHIVE.rglob("*.md"))


def sample(name: str) -> Post:
    path = ARCHIVE / name
    found = parse(path, path.read_bytes(), root=ARCHIVE)
    assert isinstance(found, Post), found
    return found


def expected(marks: str) -> list[tuple[str, str]]:
    pairs = (mark.partition("/") for mark in marks.split())
    return [(symbol, trust or Trust.MARK.value) for symbol, _, trust in pairs]


@pytest.mark.parametrize("name", GOLDEN)
def test_a_sample_post(name: str) -> None:
    golden, found = GOLDEN[name], sample(name)
    assert found.title == golden.title
    assert (found.published.isoformat() if found.published else None) == golden.published
    assert found.source == golden.source
    assert found.url == golden.url
    assert trusts(found.tickers) == expected(golden.marks)
    assert trusts(found.sectors) == expected(golden.sectors)
    assert len(found.images) == golden.images
    assert len(found.links) == golden.links
    assert found.tables == golden.tables
    assert (found.digest is None) == (golden.digest is None)
    assert (found.digest or "").startswith(golden.digest or "")
    assert golden.problem in " ".join(found.problems)
    assert bool(found.problems) == bool(golden.problem)
    # Behind bold text a letter may be written as a reference: it shows the same letter.
    markdown = re.sub(r"&#(\d+);", lambda ref: chr(int(ref[1])), to_markdown(found.html))
    for piece in golden.contains:
        assert piece in markdown


NOISE = (
    "EM_StockImg EM_Adv webquote GetPic nid= keytip infokey em_stock_key em_media data-code"
    " display:none 返回首页 <span <p> <br &lt; &amp; layout: K图 R图 em_adv_mods {% {{ bkquote"
).split()


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_no_noise_in_any_sample(path: Path) -> None:
    found = sample(str(path.relative_to(ARCHIVE)))
    markdown = to_markdown(found.html)
    assert markdown.strip()
    for noise in NOISE:
        assert noise not in markdown
        assert noise not in found.title + (found.digest or "") + (found.source_line or "")
    if found.source_line:
        assert markdown.count("文章来源") == 1
        assert markdown.endswith(f"{found.source_line}\n")


def test_names_come_from_the_marks() -> None:
    found = sample("_posts/2022-06-14-202206142410396618.md")
    assert [mention.ticker.name for mention in found.tickers] == [
        None, "青岚风电", None, "金穗农垦", "松鹤药业", "海棠港务", "序元生物",
    ]  # fmt: skip
    assert [mention.times for mention in found.tickers] == [1, 3, 1, 2, 2, 1, 1]


def test_captions_of_the_article_about_wind() -> None:
    found = sample("old_post/2022-06-13-202206132409716624.md")
    assert [image.caption for image in found.images] == ["图片来源：青岚风电", ""]
    assert "《<深远海风电技术指南>实施细则》" in to_markdown(found.html).replace("\\<", "<")


def test_categories_of_people_and_of_folders() -> None:
    written = sample("notes/_posts/2021-05-08-how-to-read-a-cash-flow-statement.md")
    assert written.categories == ("notes", "笔记", "财报")
    assert written.tags == ("现金流", "入门")
    upstream = sample("_posts/2022-06-12-NW202206122408267713.md")
    assert upstream.categories == ("yunzhuancaijing APP",)
    assert upstream.tags == ("云篆财经 APP新闻",)


def test_a_source_that_ends_with_the_word_news() -> None:
    found = sample("_posts/2022-06-13-NW202206132409390054.md")
    assert found.source == "云岭每日新闻"
    assert trusts(found.tickers) == [("003061.SZ", "chart")]


def test_related_articles_in_full_are_not_the_articles_own() -> None:
    found = sample("old_post/2022-03-30-202203302328106651.md")
    assert trusts(found.tickers)[:2] == [("06752.HK", "chart"), ("301891.SZ", "mark")]
    assert {trust for _, trust in trusts(found.tickers)[2:]} <= {"related"}
