"""Every setting of the typography does what it says, and none of them touches the text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finews_tui.page import Finder, Line, Spot, Typography, plain, width_of
from finews_tui.page.blocks import Paragraph, text_of
from finews_tui.page.line import Span
from finews_tui.page.spacing import (
    COMPRESSED,
    FLUSH,
    HANGING,
    Edge,
    gap_places,
    with_gaps,
    without_gaps,
)
from finews_tui.page.wrap import pieces, wrap, wrap_lines
from tests.page.make import laid_out, news, paragraphs

forms = st.builds(
    Typography,
    measure=st.integers(20, 90),
    line_spacing=st.integers(0, 2),
    paragraph_spacing=st.integers(0, 2),
    indent=st.integers(0, 4),
    compression=st.booleans(),
    hanging=st.booleans(),
    gap=st.booleans(),
    ambiguous=st.sampled_from([1, 2]),
)
"""Any wish that a reader may have."""


def lines_of(text: str, width: int, edge: Edge) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width, edge=edge)]


@pytest.mark.parametrize(
    ("text", "width", "edge", "expected"),
    [
        # Without a margin the mark takes the character before it along.
        ("京东集团，发布", 8, FLUSH, ["京东集", "团，发布"]),
        ("京东集团，发布", 8, Edge(2, 1), ["京东集团，", "发布"]),
        ("京东集团，发布", 9, Edge(0, 1), ["京东集团，", "发布"]),
        ("京东集团，发布", 8, Edge(0, 1), ["京东集", "团，发布"]),
        ("京东集团。”发布", 10, Edge(0, 1), ["京东集团。”", "发布"]),
        ("京东集团。”发布", 10, FLUSH, ["京东集", "团。”发布"]),
        ("京东集团）发布", 9, Edge(2, 1), ["京东集团）", "发布"]),
        ("京东集团）发布", 8, Edge(2, 1), ["京东集", "团）发布"]),
        ("京东集团！发布", 9, Edge(2, 1), ["京东集", "团！发布"]),
        ("京东集团，", 8, Edge(2, 1), ["京东集团，"]),
        ("京东集团，\n发布", 8, Edge(2, 1), ["京东集团，", "发布"]),
    ],
)
def test_marks_at_the_right_edge(text: str, width: int, edge: Edge, expected: list[str]) -> None:
    assert lines_of(text, width, edge) == expected


def test_a_wide_quote_is_as_wide_as_a_bracket() -> None:
    text = "京东集团”发布"
    (start, end), *_ = wrap(text, 9, ambiguous=2, edge=Edge(0, 1))
    assert text[start:end] == "京东集团”"
    assert lines_of(text, 8, Edge(0, 1))[0] == "京东集", "a narrow one has no blank half"


@settings(max_examples=200)
@given(
    news, st.integers(10, 80), st.builds(Edge, st.integers(0, 2), st.integers(0, 1)),
    st.sampled_from([1, 2]), st.booleans(),
)  # fmt: skip
def test_only_marks_reach_beyond_the_edge(
    text: str, width: int, edge: Edge, ambiguous: int, has_gaps: bool
) -> None:
    found = list(
        pieces(
            text, width, ambiguous=ambiguous, edge=edge, gaps=gap_places(text) if has_gaps else ()
        )
    )
    wrapped = wrap_lines([(text, "text")], width, ambiguous=ambiguous, edge=edge, has_gaps=has_gaps)
    lines = list(wrapped)
    for line in map(plain, lines):
        over = width_of(line, ambiguous) - width
        assert (
            over <= 0
            or (over <= max(edge) and line[-1] in HANGING)
            or (over <= edge.compression and line[-1] in COMPRESSED)
        )
        assert line == line.strip(" ") or not has_gaps or text.startswith(line[:1])
    between = [(0, found[0][0]), *((a[1], b[0]) for a, b in pairwise(found))]
    assert all(not text[start:end].strip() for start, end in [*between, (found[-1][1], len(text))])
    assert [plain(without_gaps(line)) for line in lines] == [text[a:b] for a, b in found]


def test_a_wider_edge_never_takes_more_lines() -> None:
    for paragraph in paragraphs():
        for width in (16, 37, 76):
            flush, hung = (len(wrap(paragraph, width, edge=edge)) for edge in (FLUSH, Edge(2, 1)))
            assert hung <= flush


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("京东JD发布", "京东 JD 发布"),
        ("2022年5月31日", "2022 年 5 月 31 日"),
        ("增长27.6%左右", "增长 27.6% 左右"),
        ("下跌-3.2%，约¥1,234.56的", "下跌 -3.2%，约 ¥1,234.56 的"),
        ("京东 JD 发布", "京东 JD 发布"),
        ("（000957.SZ）和“A股”", "（000957.SZ）和“A 股”"),
        ("ABC", "ABC"),
        ("", ""),
    ],
)
def test_thin_gaps(text: str, spaced: str) -> None:
    line: Line = ((text, "text"),) if text else ()
    assert plain(with_gaps(line, 0, gap_places(text))) == spaced
    assert plain(without_gaps(with_gaps(line, 0, gap_places(text)))) == text


def test_gaps_keep_tokens_whole_and_leave_the_ends_of_lines_clear() -> None:
    texts = laid_out("实现9516亿元收入", 16, Typography(gap=True)).texts
    assert [text.strip() for text in texts[-2:]] == ["实现 9516 亿元", "收入"]
    lines = list(wrap_lines([("京东京东JD", "text")], 8, has_gaps=True))
    assert [plain(line) for line in lines] == ["京东京东", "JD"]


def test_roles_keep_their_characters_beside_gaps() -> None:
    spans: list[Span] = [
        ("京东JD", "link"),
        ("[1]", "link-number"),
        ("发x", "code"),
        ("2年", "text"),
    ]
    (line,) = wrap_lines(spans, 40, has_gaps=True)
    assert line == (
        ("京东", "link"), (" ", "gap"), ("JD", "link"), ("[1]", "link-number"),
        ("发x", "code"), ("2", "text"), (" ", "gap"), ("年", "text"),
    )  # fmt: skip


TWO = "京东集团发布业绩\n\n净收入同比增长\n\n- 甲\n- 乙\n\n### 标题\n\n正文"


def test_spacing_and_indent() -> None:
    assert [text.strip() for text in laid_out(TWO, 60, Typography(paragraph_spacing=0)).texts] == [
        *("京东2021年财报发布", "2022-03-11 16:47 · 青岛财经网", ""),
        *("京东集团发布业绩", "净收入同比增长", "", "• 甲", "• 乙", "", "标题", "────", "", "正文"),
    ]
    form = Typography(line_spacing=1, paragraph_spacing=0, indent=4)
    texts = laid_out(TWO, 16, form).texts
    assert [text[1:].rstrip() for text in texts[texts.index("") + 1 :]] == [
        *("    京东集团发", "", "布业绩", "", "    净收入同比", "", "增长"),
        *("", "• 甲", "", "• 乙", "", "标题", "────", "", "    正文"),
    ]
    article = laid_out(TWO, 16, form)
    (heading,) = article.headings
    line = article.line(heading)
    assert line is not None and plain(line) == " 标题"
    assert laid_out("京东集团", 12, Typography(indent=4)).texts[-1] == " 京东集团", "no room for it"


@pytest.mark.parametrize("measure", [20, 40, 76, 100])
def test_the_measure_is_as_wide_as_wished(measure: int) -> None:
    form = Typography(measure=measure)
    texts = laid_out("京东" * 200, 160, form).texts
    first = texts[texts.index("") + 1]
    assert width_of(first.strip()) == measure
    assert len(first) - len(first.lstrip()) == (160 - measure) // 2


@settings(max_examples=80, deadline=None)
@given(st.lists(news, min_size=1, max_size=4), st.integers(12, 120), forms)
def test_the_text_is_the_authors_whatever_is_wished(
    texts: list[str], width: int, form: Typography
) -> None:
    """Lines without what was added, joined as ``joint`` says, are the paragraphs' texts."""
    article = laid_out("\n\n".join(f"甲{text.strip()}。" for text in texts), width, form)
    shown = article.lines
    assert all(width_of(plain(line), form.ambiguous) <= width for line in shown)
    for number, part in enumerate(article.manuscript.parts):
        if not isinstance(part.block, Paragraph):
            continue
        source, found, between, line = text_of(part.block.runs), "", "", 0
        while (spans := article.line(Spot(number, line))) is not None:
            author = plain(without_gaps(spans)).strip(" ")
            if author or not spans:  # else it parts two lines
                found += between + author
            between = article.joint(Spot(number, line)) or ""
            line += 1
        assert re.sub(" +", " ", found.strip()) == re.sub(" +", " ", source.strip())


@settings(max_examples=60, deadline=None)
@given(news, st.integers(12, 100), forms, st.data())
def test_searching_finds_the_same_whatever_is_wished(
    text: str, width: int, form: Typography, data: st.DataObject
) -> None:
    markdown = f"甲{text.strip()}。\n\n乙{text.strip()}。"
    plainly, wished = laid_out(markdown, 76), laid_out(markdown, width, form)
    assert wished.length == plainly.length
    body = wished.text(2)
    start = data.draw(st.integers(0, len(body) - 1))
    wanted = body[start : data.draw(st.integers(start + 1, len(body)))]
    matches = Finder(wished).find(wanted)
    assert len(matches) == len(Finder(plainly).find(wanted)) >= 1
    assert list(matches.parts) == list(Finder(plainly).find(wanted).parts)
    marked = ""
    spot = matches.spot(0)
    while (line := wished.line(spot)) is not None and len(marked) < len(wanted):
        for low, high in matches.ranges(spot)[:1]:
            added = {role for _, role in line} >= {"gap"}
            marked += "".join(
                character
                for character, role in characters(line)[low:high]
                if role != "gap" and not character.isspace()
            )
            assert added or marked
        spot = spot._replace(line=spot.line + 1)
    assert marked.startswith(wanted) or len(matches) > 1


def characters(line: Line) -> list[Span]:
    return [(character, role) for text, role in line for character in text]
