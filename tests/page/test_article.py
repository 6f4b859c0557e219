"""An article shows everything of its post once, in its order, within the pane."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finews_tui.page import Article, Finder, Spot, Typography, layout, plain, width_of
from finews_tui.page.article import margins
from finews_tui.page.blocks import Table, texts
from finews_tui.page.digest import repeats, without_source
from finews_tui.page.line import Line, Role
from finews_tui.page.markup import read_body
from finews_tui.posts import TIME_UNKNOWN, Image, Link, Post, Trust
from finews_tui.typography import MEASURE
from tests.page.make import (
    BANKS,
    JD,
    JD_US,
    MOUTAI,
    ZONE,
    body_lines,
    laid_out,
    mentions,
    news,
    post,
    samples,
)

FULL = """京东集团发布业绩，净收入9516亿元(约1493亿美元)。

**打造数字应用工具**

见[公告全文](http://a.example/1)。

![Image](https://a.example/D1_w800h555.jpg)

图片来源：京东官网

- 甲
- 乙

> 引文

（文章来源：青岛财经网）
"""


def full_post(markdown: str = FULL) -> Post:
    return post(
        markdown,
        url="http://b.example/html_News/NewsShare.html",
        digest="另有摘要。",
        tickers=mentions(JD, JD_US),
        sectors=mentions(BANKS),
        source_line="（文章来源：青岛财经网）",
        images=(Image("Image", "图片来源：京东官网", "https://a.example/D1_w800h555.jpg"),),
    )


def role_at(line: Line, text: str) -> Role:
    (role,) = {role for part, role in line if text in part}
    return role


def test_a_whole_article() -> None:
    article = layout(full_post(), 46, zone=ZONE)
    assert list(article.texts) == [
        "  京东2021年财报发布",
        "  2022-03-11 16:47 · 青岛财经网",
        "  [京东集团 09618.HK] [JD.US] [银行 BK0475]",
        "",
        "  另有摘要。",
        "",
        "  京东集团发布业绩，净收入9516亿元(约",
        "  1493亿美元)。",
        "",
        "  打造数字应用工具",
        "  ────────────────",
        "",
        "  见公告全文[1]。",
        "",
        "  ▣ 图 800×555 · 图片来源：京东官网[2]",
        "",
        "  • 甲",
        "  • 乙",
        "",
        "  │ 引文",
        "",
        "  （文章来源：青岛财经网）",
        "",
        "  原文 http://b.example/html_News/",
        "  NewsShare.html",
    ]
    assert [article.number_of(spot) for spot in article.headings] == [9]
    manuscript = article.manuscript
    assert manuscript.links == (
        Link("公告全文", "http://a.example/1"),
        Link("▣ 图 800×555", "https://a.example/D1_w800h555.jpg"),
    )
    assert [manuscript.url(number) for number in (0, 1, 3, -1)] == [
        "http://b.example/html_News/NewsShare.html",
        "http://a.example/1",
        None,
        None,
    ]
    assert manuscript.badges == ("09618.HK", "JD.US", "BK0475")
    assert article.texts == tuple(map(plain, article.lines))
    for number, text, role in (
        (0, "京东", "title"),
        (1, "2022", "byline"),
        (2, "JD.US", "badge-us"),
        (4, "摘要", "digest"),
        (9, "打造", "heading"),
        (10, "─", "rule"),
        (12, "公告", "link"),
        (12, "[1]", "link-number"),
        (14, "800", "image"),
        (14, "京东", "caption"),
        (19, "│", "mark"),
        (19, "引文", "quote"),
        (21, "来源", "source-line"),
        (24, "NewsShare", "link"),
    ):
        assert role_at(article.lines[number], text) == role


def test_wide_panes_centre_the_measure() -> None:
    article = laid_out("京东" * 100, 200)
    assert article.texts[3] == " " * 62 + "京东" * 19
    assert margins(200) == (62, MEASURE)
    assert margins(80) == (2, MEASURE)
    assert margins(40) == (2, 36)
    assert margins(12) == (1, 10)


@pytest.mark.parametrize(
    ("published", "problems", "expected"),
    [
        (datetime(2022, 3, 11, 8, 47, tzinfo=UTC), (), "2022-03-11 16:47 · 青岛财经网"),
        (datetime(2022, 3, 11, tzinfo=ZONE), (), "2022-03-11 00:00 · 青岛财经网"),
        (datetime(2022, 3, 11, tzinfo=ZONE), (TIME_UNKNOWN,), "2022-03-11 · 青岛财经网"),
        (None, (), "青岛财经网"),
    ],
)
def test_byline(published: datetime | None, problems: tuple[str, ...], expected: str) -> None:
    article = layout(post("正文", published=published, problems=problems), 60, zone=ZONE)
    assert article.texts[1] == "  " + expected


def test_no_byline_no_badges_no_link() -> None:
    article = layout(post("正文", published=None, source=None), 60, zone=ZONE)
    assert article.texts == ("  京东2021年财报发布", "", "  正文")
    manuscript = article.manuscript
    assert manuscript.links == () and manuscript.badges == () and manuscript.characters == 2
    assert manuscript.url(0) is None


def test_names_and_trust_of_badges() -> None:
    value = post(
        "正文",
        tickers=mentions(JD_US) + mentions(MOUTAI, trust=Trust.WEAK),
        sectors=mentions(BANKS, trust=Trust.RELATED),
    )
    article = layout(value, 60, zone=ZONE, names={"JD.US": "京东"})
    assert article.texts[2] == "  [京东 JD.US]"
    assert article.manuscript.badges == ("JD.US",)


@pytest.mark.parametrize(
    ("digest", "is_shown"),
    [
        ("京东集团发布业绩，净收入9516亿元。", False),
        ("京东集团发布业绩 净收入9516亿元（财联社）", False),
        ("京东集团发布业绩，净收入9516亿元。（鹿鸣国际(香港)）", False),
        ("【京东2021年财报发布】京东集团发布业绩", False),
        ("【京东财报】京东集团发布业绩", True),
        ("京东集团(09618)发布业绩", False),
        ("净收入9516亿元", True),
        ("京东集团发布业绩，净利润下降。", True),
    ],
)
def test_digest_only_where_it_says_more(digest: str, is_shown: bool) -> None:
    body = "京东集团(09618.HK)发布业绩，**净收入**9516亿元。同比增长。"
    article = layout(post(body, digest=digest), 60, zone=ZONE)
    roles = {role for line in article.lines for _, role in line}
    assert ("digest" in roles) is is_shown
    assert repeats(digest, body.replace("*", ""), "京东2021年财报发布") is not is_shown


def test_source_line_stands_once() -> None:
    markdown = "正文\n\n（文章来源：财联社）\n\n（文章来源：**财联社**）"
    article = layout(post(markdown, source_line="（文章来源：财联社）"), 60, zone=ZONE)
    assert article.texts[2:] == ("", "  正文", "", "  （文章来源：财联社）")


def test_a_caption_is_shown_only_at_its_picture() -> None:
    markdown = "![](http://a/1)\n\n图片来源：甲。\n\n![](http://a/2)\n\n图片来源：甲"
    images = (Image("", "图片来源：甲", "http://a/1"), Image("", "", "http://a/2"))
    article = layout(post(markdown, images=images), 60, zone=ZONE)
    assert [text for text in article.texts[3:] if text] == [
        "  ▣ 图 · 图片来源：甲[1]",
        "  ▣ 图[2]",
        "  图片来源：甲",
    ]


RELATED = "正文\n\n### 相关报道\n\n**别的** [文章](http://a)\n\n[甲](http://b)\n\n> 引\n\n- [项](http://c)"


def test_what_follows_related_is_folded_and_dimmed() -> None:
    article = layout(post(RELATED, url="http://o"), 60, zone=ZONE)
    assert article.texts[3:] == ("  正文", "", "  相关报道 · 2 ▸", "", "  原文 http://o")
    assert article.is_folded and article.is_fold(article.headings[0])
    assert not article.is_fold(Spot(article.headings[0].part, 0)), "the empty line above"
    assert article.end(1) == Spot(8, 1)
    article.fold(False)
    assert list(article.texts[5:]) == [
        "  相关报道 · 2 ▾",
        "  ──────────────",
        "",
        "  别的 文章[1]",
        "",
        "  甲[2]",
        "",
        "  │ 引",
        "",
        "  • 项[3]",
        "",
        "  原文 http://o",
    ]
    roles = [{role for text, role in line if text.strip()} for line in article.lines[3:-2] if line]
    assert roles == [
        {"text"},
        {"related", "mark"},
        {"rule"},
        {"related", "link", "link-number"},
        {"link", "link-number"},
        {"mark", "related"},
        {"mark", "link", "link-number"},
    ]
    assert [article.number_of(spot) for spot in article.headings] == [5]
    article.fold(True)
    assert len(article.texts) == 8


def test_what_is_folded_away_is_found_where_it_unfolds() -> None:
    article = laid_out(RELATED, 60)
    matches = Finder(article).find("文章")
    assert [article.hides(part) for part in matches.parts] == [True]
    assert matches.spot(0) == article.spot_at(article.length) == article.headings[0]
    article.fold(False)
    assert plain(article.lines_from(matches.spot(0), 1)[0][1]) == "  别的 文章[1]"


def test_a_heading_with_nothing_behind_it_folds_nothing() -> None:
    article = laid_out("正文\n\n### 相关报道", 60)
    article.fold(True)
    assert not article.is_folded and article.texts[-2:] == ("  相关报道", "  ────────")


@pytest.mark.parametrize(
    ("markdown", "is_heading"),
    [
        ("**一、短标题**", True),
        ("**甲** **乙**", True),
        ("**整句加粗。**", False),
        ("**问：**为什么", False),
        ("**" + "长" * 61 + "**", False),
    ],
)
def test_a_lone_bold_paragraph_is_a_heading(markdown: str, is_heading: bool) -> None:
    assert bool(laid_out(markdown).headings) is is_heading


def test_headings_have_hairlines_where_they_help() -> None:
    assert body_lines("### 标题") == ["标题", "────"]
    assert body_lines("### 问题？") == ["问题？"]
    assert body_lines("> ### 标题") == ["│ 标题", "│ ────"]
    assert body_lines("### " + "长" * 20) == ["长" * 18, "长长"]


def test_headings_of_three_depths_differ_without_colour() -> None:
    assert body_lines("# 标题") == body_lines("## 标题") == ["标题", "════"]
    assert body_lines("## 问题？") == ["问题？", "══════"]
    assert body_lines("# " + "长" * 20) == ["长" * 18, "长长", "═" * 36]
    assert body_lines("#### 标题") == body_lines("###### 标题") == ["▪ 标题"]


def test_lists_quotes_code_and_rules() -> None:
    markdown = (
        "9. 甲\n10. 乙乙乙\n    - 丙\n\n      丁\n\n***\n\n- 松\n\n- 散\n\n> 引\n> > 深\n\n"
        "```\n\tif x:\n    y = 1  # 很长很长的注释\n\n```\n\n***\n\n甲  \n乙"
    )
    assert body_lines(markdown, 28) == [
        " 9. 甲",
        "10. 乙乙乙",
        "    ◦ 丙",
        "      丁",
        "",
        "────────────────────",
        "",
        "• 松",
        "• 散",
        "",
        "│ 引",
        "│ ",
        "│ │ 深",
        "",
        "    if x:",
        "    y = 1  # 很长很长的注",
        "释",
        "",
        "────────────────────",
        "",
        "甲",
        "乙",
    ]


def test_narrow_panes_stop_indenting() -> None:
    for markdown in ("> " * 9 + "京东集团发布", "- " * 9 + "京东集团发布"):
        texts = laid_out(markdown, 12).texts
        assert all(width_of(text) <= 12 for text in texts)
        assert "京东集团" in "".join(texts).replace(" ", "").replace("│", "")


@pytest.mark.parametrize("width", range(-1, 12))
def test_no_pane_is_too_narrow_to_be_laid_out(width: int) -> None:
    markdown = f"{FULL}\n\n> # 标题\n\n| 京东 | 阿里 |\n|---|---|\n| 1 | 2 |\n\n100. 甲"
    article = layout(full_post(markdown), width, zone=ZONE)
    assert without_marks("".join(article.texts)).startswith("京东2021年")


def test_wide_ambiguous_characters() -> None:
    article = layout(full_post(), 46, zone=ZONE, form=Typography(ambiguous=2))
    assert all(width_of(text, 2) <= 46 for text in article.texts)
    assert article.texts[10] == "  ────────"


def unfolded(value: Post, width: int, form: Typography | None = None) -> Article:
    article = layout(value, width, zone=ZONE, form=form)
    article.fold(False)
    return article


def without_marks(text: str) -> str:
    return re.sub(r"\s+|[│─═•◦▪]|(?: · \d+)? [▸▾]$|\[\d+\]", "", text)


@pytest.mark.parametrize("width", [12, 13, 20, 33, 40, 80, 200])
def test_samples_are_complete_at_every_width(width: int) -> None:
    for value in samples():
        article = unfolded(value, width)
        assert all(width_of(text) <= width for text in article.texts)
        page = without_marks("".join(article.texts))
        blocks = [block for block in read_body(value.html).blocks if not isinstance(block, Table)]
        assert all(without_marks(text) in page for text in texts(blocks))
        assert page.startswith(without_marks(value.title))
        assert not value.url or page.endswith(value.url)
        numbers = re.findall(r"(?<=\[)\d+(?=\]$)", "\n".join(numbers_of(article.lines)), re.M)
        assert numbers == [str(n + 1) for n in range(len(article.manuscript.links))]
        for spot in article.headings:
            line = article.line(spot)
            assert line is not None and plain(line).strip()


def numbers_of(lines: tuple[Line, ...]) -> list[str]:
    return [text for line in lines for text, role in line if role == "link-number"]


@settings(max_examples=60)
@given(st.lists(news, max_size=5), news, st.integers(10, 200), st.sampled_from([1, 2]))
def test_any_news_is_complete(pieces: list[str], title: str, width: int, ambiguous: int) -> None:
    body = "".join(f"<p>{html.escape(text.strip())}</p>" for text in pieces)
    value = replace(full_post(), title=title, html=body)
    article = layout(value, width, zone=ZONE, form=Typography(ambiguous=ambiguous))
    page = without_marks("".join(article.texts))
    assert all(width_of(text, ambiguous) <= width for text in article.texts)
    assert all(without_marks(text) in page for text in pieces)


def test_control_characters_never_reach_a_line() -> None:
    value = post(title="a\x1b[31mb", source="c\u202ed", digest="e\x9bf", url="http://a/\u200b")
    body = "<p>g\x1b]52;c;h\x07</p><p><code>i\x00j</code>&#27;[m</p><pre>k\x1bl</pre>"
    article = layout(replace(value, html=body), 60, zone=ZONE)
    assert all(text.isprintable() for text in article.texts)


@pytest.mark.parametrize(
    ("digest", "source", "shown"),
    [
        ("多股尾盘拉升。（界面）", "界面新闻", "多股尾盘拉升。"),
        ("多股尾盘拉升。（财联社）", "财联社", "多股尾盘拉升。"),
        ("多股尾盘拉升(财联社)", "财联社", "多股尾盘拉升"),
        ("多股尾盘拉升。（另有深意）", "财联社", "多股尾盘拉升。（另有深意）"),
        ("多股尾盘拉升。（财联社）", None, "多股尾盘拉升。（财联社）"),
    ],
)
def test_the_digest_ends_without_the_source(digest: str, source: str | None, shown: str) -> None:
    assert without_source(digest, source) == shown
