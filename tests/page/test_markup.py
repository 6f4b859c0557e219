"""A cleaned body becomes blocks without losing a character; links and images are numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings

from finews_tui.page.blocks import (
    Block,
    Code,
    Heading,
    Items,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Runs,
    Table,
    picture_text,
    text_of,
)
from finews_tui.page.line import plain
from finews_tui.page.markup import read_body
from finews_tui.posts import Link, to_markdown
from finews_tui.posts.body import clean
from tests.page.make import body_of, samples
from tests.posts.bodies import BODIES
from tests.posts.visible import rendered, visible


def only(markdown: str) -> Block:
    (block,) = read_body(body_of(markdown)).blocks
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
        for block in read_body(body_of("# 一\n\n### 二\n\n###### 三")).blocks
        if isinstance(block, Heading)
    ] == [(1, "一"), (3, "二"), (6, "三")]


def test_links_and_images_are_numbered_in_order() -> None:
    document = read_body(
        '<p><a href="http://a">甲</a>，</p><p><img src="http://b" alt="图"></p>'
        '<p>和<strong><a href="http://c">乙</a></strong> <a href="#here">丙</a></p>'
    )
    assert document.links == (
        Link("甲", "http://a"),
        Link("▣ 图", "http://b"),
        Link("乙", "http://c"),
    )
    first, picture, last = document.blocks
    assert isinstance(first, Paragraph) and plain(first.runs) == "甲[1]，"
    assert picture == Picture("", "http://b", 2)
    assert isinstance(last, Paragraph) and plain(last.runs) == "和乙[3] 丙"


def test_addresses_are_those_of_the_post() -> None:
    (link,) = read_body('<p><a href="http://a/中文?x=1&amp;y=%E4%BD%A0">甲</a></p>').links
    assert link.url == "http://a/中文?x=1&y=%E4%BD%A0"


@pytest.mark.parametrize(
    ("body", "alts"),
    [
        ('<p><img src="http://a" alt="Image"></p>', [""]),
        ('<p><img src="http://a" alt="图片"> <img src="http://b" alt="走势"></p>', ["", "走势"]),
        ('<p>文<img src="http://a" alt="走势"></p>', []),
    ],
)
def test_images_alone_are_pictures(body: str, alts: list[str]) -> None:
    blocks = read_body(body).blocks
    assert [block.alt for block in blocks if isinstance(block, Picture)] == alts
    assert [block.number for block in blocks if isinstance(block, Picture)] == list(
        range(1, len(alts) + 1)
    )


def test_picture_text_tells_the_size() -> None:
    assert picture_text("https://a/download/D1_w800h555.jpg") == "▣ 图 800×555"
    assert picture_text("https://a/x.png") == "▣ 图"


def test_a_break_is_a_line_end() -> None:
    block = only("甲  \n乙")
    assert isinstance(block, Paragraph) and plain(block.runs) == "甲\n乙"


def test_lists_nest() -> None:
    block = only("3. 甲\n   - 乙\n   - 丙\n4. 丁")
    assert block == Items(
        3,
        (
            (
                Paragraph((("甲", "text"),)),
                Items(None, ((Paragraph((("乙", "text"),)),), (Paragraph((("丙", "text"),)),))),
            ),
            (Paragraph((("丁", "text"),)),),
        ),
    )


def test_other_blocks() -> None:
    assert read_body(body_of("> 引\n\n---\n\n```py\nx = 1\n  y\n```")).blocks == (
        Quote((Paragraph((("引", "text"),)),)),
        Rule(),
        Code("x = 1\n  y"),
    )


def test_table_has_a_head_and_rows_of_one_length() -> None:
    assert only("| 名 | 值 |\n|---|--:|\n| 甲 | 1 |") == Table(
        (
            ((("名", "table-head"),), (("值", "table-head"),)),
            ((("甲", "text"),), (("1", "text"),)),
        )
    )
    (short,) = read_body("<table><tr><td>甲</td><td>乙</td></tr><tr></tr></table>").blocks
    assert isinstance(short, Table) and [len(row) for row in short.rows] == [2, 2]


def test_what_looks_like_mark_up_is_text() -> None:
    block = only("&lt;b&gt;京东&lt;/b&gt; a<3 &amp;amp;")
    assert isinstance(block, Paragraph) and plain(block.runs) == "<b>京东</b> a<3 &amp;"


@pytest.mark.parametrize("depth", [10, 30, 60, 500])
def test_nothing_is_lost_however_deep(depth: int) -> None:
    for tags in (("blockquote",), ("ul", "li"), ("ol", "li", "blockquote")):
        opening = "".join(f"<{tag}>" for tag in tags)
        closing = "".join(f"</{tag}>" for tag in reversed(tags))
        body = f"{opening * depth}深处{closing * depth}<p>后</p>"
        found = list(written(read_body(body).blocks))
        assert found == ["深处", "后"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("文", ["文"]),
        ("<p>甲", ["甲"]),
        ("甲</p>乙", ["甲", "乙"]),
        ("<ul>甲<li>乙</ul>丙", ["乙", "丙"]),
        ("<table><td>甲</td></table>", []),
        ("<li>甲</li><td>乙</td>", ["甲", "乙"]),
        ("<p>a < b > c</p>", ["a < b > c"]),
        ("</a></p></ul>", []),
    ],
)
def test_a_body_that_is_not_clean_does_no_harm(body: str, expected: list[str]) -> None:
    assert list(written(read_body(body).blocks)) == expected


def test_a_link_may_have_no_text() -> None:
    assert read_body('<p><a href="http://a"></a>文</p>').links == (Link("", "http://a"),)


def written(blocks: Sequence[Block]) -> Iterator[str]:
    """The text of each block and each cell, where there is some, line by line without the ends."""
    for block in blocks:
        match block:
            case Paragraph(runs) | Heading(runs):
                yield from filter(None, map(str.strip, without_images(runs).split("\n")))
            case Table(rows):
                cells = (text_of(cell) for row in rows for cell in row)
                # A line end of a cell is a blank, and several blanks are one to whoever reads it.
                yield from filter(None, (" ".join(cell.split()) for cell in cells))
            case Quote(inner):
                yield from written(inner)
            case Items(_, items):
                for item in items:
                    yield from written(item)
            case Code(text):
                yield text
            case Picture() | Rule():
                pass


def without_images(runs: Runs) -> str:
    return text_of(tuple(span for span in runs if span[1] != "image"))


def check(body: str) -> None:
    """The blocks say what the HTML says, and what its Markdown says."""
    document = read_body(body)
    seen = visible(body)
    shown = "".join(written(document.blocks))
    assert "".join(shown.split()) == "".join("".join(seen.lines).split())
    numbered = [link for link in seen.links if not link[1].startswith("#")]
    assert len(document.links) == len(numbered) + len(seen.images)
    again = clean(rendered(to_markdown(body)), is_html=True).html
    assert list(written(read_body(again).blocks)) == list(written(document.blocks))


def test_every_sample_is_read_whole() -> None:
    for post in samples():
        check(post.html)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BODIES)
def test_every_body_is_read_whole(body: str) -> None:
    check(clean(body, is_html=True).html)
