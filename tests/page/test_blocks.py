"""Markdown becomes blocks without losing a character; links and images are numbered in order."""

from __future__ import annotations

import pytest

from finews_tui.page.blocks import (
    Block,
    Code,
    Heading,
    Items,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Table,
    picture_text,
    read_blocks,
)
from finews_tui.page.line import plain
from finews_tui.posts import Link


def only(markdown: str) -> Block:
    (block,) = read_blocks(markdown).blocks
    return block


def test_paragraph_with_roles() -> None:
    assert only("a **b** *c* `d`") == Paragraph(
        (
            ("a ", "text"),
            ("b", "strong"),
            (" ", "text"),
            ("c", "emphasis"),
            (" ", "text"),
            ("d", "code"),
        )
    )


def test_headings_have_levels() -> None:
    assert [
        (block.level, plain(block.runs))
        for block in read_blocks("# 一\n\n### 二\n\n###### 三").blocks
        if isinstance(block, Heading)
    ] == [(1, "一"), (3, "二"), (6, "三")]


def test_links_and_images_are_numbered_in_order() -> None:
    document = read_blocks("[甲](http://a)，![图](http://b)和[**乙**](http://c) [丙](#here)")
    assert document.links == (
        Link("甲", "http://a"),
        Link("▣ 图", "http://b"),
        Link("乙", "http://c"),
    )
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.runs) == "甲[1]，▣ 图[2]和乙[3] 丙"


def test_addresses_stay_as_they_are() -> None:
    document = read_blocks("[甲](http://a/中文?x=1&y=%E4%BD%A0) <http://b/%E4%BD%A0>")
    assert document.links[0].url == "http://a/中文?x=1&y=%E4%BD%A0"
    assert document.links[1] == Link("http://b/%E4%BD%A0", "http://b/%E4%BD%A0")


@pytest.mark.parametrize(
    ("markdown", "alts"),
    [
        ("![Image](http://a)", [""]),
        ("![图片](http://a)\n![走势](http://b)", ["", "走势"]),
        ("[![image](http://a)](http://b)", [""]),
    ],
)
def test_images_alone_are_pictures(markdown: str, alts: list[str]) -> None:
    blocks = read_blocks(markdown).blocks
    assert [block.alt for block in blocks if isinstance(block, Picture)] == alts
    assert [block.number for block in blocks if isinstance(block, Picture)] == list(
        range(1, len(alts) + 1)
    )


def test_picture_text_tells_the_size() -> None:
    assert picture_text("https://a/download/D1_w800h555.jpg") == "▣ 图 800×555"
    assert picture_text("https://a/x.png") == "▣ 图"


def test_soft_breaks_join_chinese_and_part_latin() -> None:
    assert only("京东\n集团") == Paragraph((("京东", "text"), ("集团", "text")))
    latin = only("one\ntwo")
    assert isinstance(latin, Paragraph) and plain(latin.runs) == "one two"


def test_hard_break_is_a_line_end() -> None:
    block = only("甲  \n乙")
    assert isinstance(block, Paragraph) and plain(block.runs) == "甲\n乙"


def test_lists_nest() -> None:
    block = only("3. 甲\n   - 乙\n   - 丙\n4. 丁")
    assert block == Items(
        3,
        (
            (
                Paragraph((("甲", "text"),)),
                Items(
                    None,
                    ((Paragraph((("乙", "text"),)),), (Paragraph((("丙", "text"),)),)),
                    True,
                ),
            ),
            (Paragraph((("丁", "text"),)),),
        ),
        True,
    )


@pytest.mark.parametrize(
    ("markdown", "is_tight"),
    [("- 甲\n- 乙", True), ("- 甲\n\n- 乙", False), ("- 甲\n  > 引\n  >\n  > 文\n- 乙", True)],
)
def test_loose_and_tight_lists(markdown: str, is_tight: bool) -> None:
    block = only(markdown)
    assert isinstance(block, Items) and block.is_tight is is_tight


def test_other_blocks() -> None:
    assert read_blocks("> 引\n\n---\n\n```py\nx = 1\n\n```").blocks == (
        Quote((Paragraph((("引", "text"),)),)),
        Rule(),
        Code("x = 1\n"),
    )


def test_table_has_a_head_rows_and_alignment() -> None:
    assert only("| 名 | 值 |\n|---|--:|\n| 甲 | 1 |") == Table(
        ((("名", "table-head"),), (("值", "table-head"),)),
        (((("甲", "text"),), (("1", "text"),)),),
        (False, True),
    )


def test_html_is_text() -> None:
    block = only("<b>京东</b> &lt;集团&gt;")
    assert isinstance(block, Paragraph) and plain(block.runs) == "<b>京东</b> <集团>"


@pytest.mark.parametrize("depth", [10, 30, 60, 500])
def test_nothing_is_lost_however_deep(depth: int) -> None:
    for markdown in (
        "> " * depth + "深处",
        "\n".join("  " * level + f"- 层{level}" for level in range(depth)) + "深处",
    ):
        pending: list[Block] = list(read_blocks(markdown).blocks)
        texts: list[str] = []
        while pending:
            block = pending.pop()
            if isinstance(block, Quote):
                pending += block.blocks
            elif isinstance(block, Items):
                pending += [inner for item in block.items for inner in item]
            elif isinstance(block, Paragraph):
                texts.append(plain(block.runs))
        assert any("深处" in text for text in texts)


def test_empty_body() -> None:
    assert read_blocks("").blocks == ()
    assert read_blocks("[](http://a)").links == (Link("", "http://a"),)
