"""Lines end where a Chinese reader expects it, and nothing of the text is lost between them."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finews_tui.page.breaks import NOT_AT_END, NOT_AT_START, find_breaks
from finews_tui.page.cells import clusters, width_of
from finews_tui.page.line import Role, Span, plain
from finews_tui.page.wrap import WINDOW, pieces, wrap, wrap_spans, wrap_text
from tests.page.make import anything, news, paragraphs


def lines_of(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


def marked(text: str) -> str:
    """``text`` with ``|`` at good and ``¦`` at poor breaks."""
    breaks = find_breaks(text)
    marks = {**dict.fromkeys(breaks.poor, "¦"), **dict.fromkeys(breaks.good, "|")}
    return "".join(marks.get(index, "") + character for index, character in enumerate(text))


@pytest.mark.parametrize(
    "expected",
    [
        # UAX #14 as it is
        "京|东|集|团|(纳|斯|达|克：|JD，|港|股)",
        "-3.2% |+1.5‰ |2022-05-31 |1,234.56",
        "(000957.SZ)|和|600519.SH|的",
        "破|折|——|号|和|省|略……|号",
        # QUOTES
        "中|国|“好”|的",
        "他|说：|“是。”|她|说",
        "“2022¦年|是”，|“好”|“好”",
        "it's |rock’n’roll",
        # MARKS
        "增|长|27.6%，|¥1,234.56，|US$3。|JD、|PDD",
        # BRACKETS
        "京|东|JD|（纳|斯|达|克）|JD|《报|告》|JD(NASDAQ)",
        # START, END
        "约|27 % |以|上",
        "“ 好”|和|US$ 3",
        "京|东 \u3000，|的",
        "阿|凡|提·|买|买|提",
        "约|3～¦5¦度|水",
        # TOKENS
        "9516¦亿¦元|人",
        "2.5¦个¦百¦分¦点|上",
        "10:30¦—¦11:00|开",
        "第¦15¦届|会|议",
        "2022¦年|5¦月|31¦日",
        "*ST¦猛|狮|与|A¦股",
        "＋¦３．¦５％|的",
        # ADDRESS
        "见|http://¦a.example/|b-¦c?|d=1&|e=2 |网",
    ],
)
def test_breaks(expected: str) -> None:
    assert marked(re.sub("[|¦]", "", expected)) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("   ", 10, [""]),
        ("京东集团发布。", 12, ["京东集团发", "布。"]),
        ("京东集团（纳斯达克）", 10, ["京东集团", "（纳斯达", "克）"]),
        ("同比增长27.6%左右", 12, ["同比增长", "27.6%左右"]),
        ("实现9516亿元收入", 8, ["实现", "9516亿元", "收入"]),
        ("实现9516亿元收入", 6, ["实现", "9516亿", "元收入"]),
        ("hello world", 5, ["hello", "world"]),
        ("hello   world", 7, ["hello", "world"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("一行\n二行", 10, ["一行", "二行"]),
        ("一行\n\n二行\n", 10, ["一行", "", "二行"]),
        ("http://a.example/b/c", 12, ["http://", "a.example/b/", "c"]),
        (" abcdefgh", 5, [" abcd", "efgh"]),
        (" " * 12 + "ab", 5, ["", "ab"]),
        ("，，，，，", 4, ["，，", "，，", "，"]),
        ("京", 1, ["京"]),
    ],
)
def test_lines(text: str, width: int, expected: list[str]) -> None:
    assert lines_of(text, width) == expected


def test_first_line_may_be_shorter() -> None:
    assert wrap("京东集团发布", 8, first=4) == [(0, 2), (2, 6)]


def test_ambiguous_characters_take_their_cells() -> None:
    text = "“好”的好"
    assert len(wrap(text, 8)) == 1
    assert len(wrap(text, 8, ambiguous=2)) == 2


@settings(max_examples=200)
@given(news | anything, st.integers(2, 200))
def test_no_line_is_wider_and_nothing_is_lost(text: str, width: int) -> None:
    pieces = wrap(text, width)
    for start, end in pieces:
        assert width_of(text[start:end]) <= width
    gaps = [(0, pieces[0][0]), *((a[1], b[0]) for a, b in pairwise(pieces))]
    gaps.append((pieces[-1][1], len(text)))
    assert all(start <= end and not text[start:end].strip() for start, end in gaps)


def has_choice(text: str, start: int, end: int) -> bool:
    """Whether the line from ``start`` could have ended well at or before the offset ``end``."""
    return any(
        text[offset] not in NOT_AT_START
        and text[offset - 1] not in NOT_AT_END
        and text[start:offset].strip()
        for offset in find_breaks(text).good[:-1]
        if start < offset <= end
    )


def prohibitions(text: str, width: int) -> list[str]:
    """The lines that begin or end with what must not stand there although there was a choice."""
    wrong = []
    pieces = wrap(text, width)
    for (start, end), (following, _) in pairwise(pieces):
        breaks_rule = text[following] in NOT_AT_START or text[end - 1 : end] in NOT_AT_END
        if breaks_rule and has_choice(text, start, following):
            wrong.append(text[start:following])
    return wrong


@settings(max_examples=150)
@given(news, st.integers(10, 80))
def test_lines_begin_and_end_as_they_may(text: str, width: int) -> None:
    assert prohibitions(text, width) == []


def test_samples_begin_and_end_lines_as_they_may() -> None:
    for paragraph in paragraphs():
        for width in (10, 23, 38, 76):
            assert prohibitions(paragraph, width) == []


NUMBER = re.compile(
    r"[¥+\-]?\d+(?:,\d{3})*(?:\.\d+)?%?(?:[万亿]*元)?|\d{6}\.SH|\d{4}-\d\d-\d\d|\(\d{6}\.SZ\)"
)


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            ["¥1,234.56", "27.6%", "600519.SH", "(000957.SZ)", "2022-05-31", "-3.2%", "9516亿元"]
        ),
        min_size=1,
        max_size=12,
    ),
    st.text("京东集团发布的收入和同比增长", min_size=1, max_size=30),
    st.integers(11, 60),
)
def test_a_number_is_whole_where_it_fits(numbers: list[str], filler: str, width: int) -> None:
    text = "".join(filler[: index % len(filler) + 1] + part for index, part in enumerate(numbers))
    shown = "\n".join(lines_of(text, width))
    for number in numbers:
        assert shown.count(number) == numbers.count(number)


def test_numbers_of_the_samples_are_whole() -> None:
    for paragraph in paragraphs():
        if "http" not in paragraph:
            for width in (24, 40, 76):
                shown = "\n".join(lines_of(paragraph, width))
                assert NUMBER.findall(shown) == NUMBER.findall(paragraph)


@given(anything, st.integers(2, 12))
def test_clusters_stay_whole_unless_one_is_wider_than_the_line(text: str, width: int) -> None:
    parts = clusters(text)
    if all(width_of(part) <= width and (len(part) == 1 or part == part.lstrip()) for part in parts):
        whole = {0}
        for part in parts:
            whole.add(max(whole) + len(part))
        assert all(start in whole for start, _ in wrap(text, width))


ROLES: list[Role] = ["text", "strong", "link", "link-number"]


@given(st.lists(st.tuples(news, st.sampled_from(ROLES)), max_size=8), st.integers(10, 60))
def test_every_character_keeps_its_role(spans: list[Span], width: int) -> None:
    expected = [(char, role) for text, role in spans for char in text if not char.isspace()]
    lines = wrap_spans(spans, width)
    assert [
        (char, role) for line in lines for text, role in line for char in text if not char.isspace()
    ] == expected
    assert all(width_of(plain(line)) <= width for line in lines)


def test_a_links_number_stays_with_it() -> None:
    for width in range(8, 40):
        lines = wrap_spans([("京东集团点击", "link"), ("[12]", "link-number")], width)
        assert plain(lines[-1]) != "[12]"
        assert "[12]" in plain(lines[-1])
    assert [
        plain(line) for line in wrap_spans([("abcdef", "link"), ("[1]", "link-number")], 7)
    ] == [
        "abcde",
        "f[1]",
    ]


def test_halves_of_characters_do_no_harm() -> None:
    assert lines_of("京东\ud800集团", 4) == ["京", "东\ud800", "集团"]
    assert lines_of("\ud800" * 3, 2) == ["\ud800" * 2, "\ud800"]


def test_a_cluster_is_whole_where_uax_14_would_part_it() -> None:
    assert lines_of("0!ำ", 2) == ["0", "!ำ"]


def test_a_cluster_wider_than_the_line_is_broken_after_all() -> None:
    assert lines_of("\u1100" * 5, 4) == ["\u1100" * 2, "\u1100" * 2, "\u1100"]


def test_an_empty_text_has_no_break_but_its_end() -> None:
    assert find_breaks("").good == (0,)


def test_wrap_text_has_one_role() -> None:
    assert wrap_text("京东集团", 4, "title") == [(("京东", "title"),), (("集团", "title"),)]


def test_a_long_article_takes_milliseconds() -> None:
    text = "京东集团(纳斯达克股票代码：JD)同比增长27.6%，“好”的9516亿元。" * 150
    started = time.perf_counter()
    wrap(text, 76)
    assert time.perf_counter() - started < 0.1, "5,700 characters take about 2 ms"


def test_a_text_of_many_windows_is_wrapped_as_one() -> None:
    news = "京东集团(纳斯达克股票代码：JD)同比增长27.6%，“好”的9516亿元。abc def ghi"
    text = news * (4 * WINDOW // len(news)) + "x" * 2 * WINDOW
    spans = wrap(text, 38)
    shown = "".join(text[start:end] for start, end in spans)
    assert "".join(shown.split()) == "".join(text.split())
    assert all(width_of(text[start:end]) <= 38 for start, end in spans)
    assert prohibitions(text, 38) == []
    alone = wrap(text[: WINDOW // 2], 38)
    assert spans[: len(alone) - 1] == alone[:-1]
    assert next(pieces(text, 38)) == spans[0]
