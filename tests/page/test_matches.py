"""Words are found in the text of an article, and marked where they stand on the screen."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finews_tui.page import TOP, Article, Finder, Spot, layout, plain
from finews_tui.page.line import DECORATION
from finews_tui.page.matches import folded
from tests.page.make import JD, ZONE, laid_out, mentions, news, post

TABLE = (
    "<table><tr><td>名</td><td>净收入</td></tr><tr><td>甲</td><td>京东集团发布</td></tr></table>"
)
TEXT = """京东集团发布业绩，净收入9516亿元。

- 净收入[公告](http://a)增长

| 名 | 净收入 |
|---|---|
| 甲 | 1 |
"""


def marked(article: Article, wanted: str) -> list[str]:
    """What is marked, line by line."""
    matches = Finder(article).find(wanted)
    shown: list[str] = []
    for spot, line in article.lines_from(TOP, len(article.lines)):
        shown += [plain(line)[start:end] for start, end in matches.ranges(spot)]
    return shown


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("净收入", ["净收入", "净收入", "净收入"]),
        ("净 收入", ["净收入", "净收入", "净收入"]),
        ("收入9516亿", ["收入", "9516亿"]),
        ("收入公告增长", ["收入公告[1]增长"]),
        ("没有", []),
        ("", []),
        ("业绩，", ["业绩，"]),
        ("业绩,", ["业绩，"]),
        ("元。净", []),
    ],
)
def test_marks(wanted: str, expected: list[str]) -> None:
    assert marked(laid_out(TEXT, 30), wanted) == expected


def test_smart_case_and_widths() -> None:
    article = laid_out("JD与jd与ＪＤ与Ｊｄ", 60)
    assert marked(article, "jd") == ["JD", "jd", "ＪＤ", "Ｊｄ"]
    assert marked(article, "JD") == ["JD", "ＪＤ"]
    assert marked(article, "ｊｄ") == ["JD", "jd", "ＪＤ", "Ｊｄ"]


def test_matches_that_touch_are_marked_together() -> None:
    assert marked(laid_out("哈哈哈", 60), "哈") == ["哈哈哈"]
    assert len(Finder(laid_out("哈哈哈", 60)).find("哈")) == 3


def test_the_next_match_from_a_line_on() -> None:
    article = laid_out(TEXT, 30)
    matches = Finder(article).find("净收入")
    spots = [matches.spot(index) for index in range(len(matches))]
    assert spots == sorted(spots)
    assert [matches.index_from(spot) for spot in (TOP, *spots)] == [0, 0, 1, 2]
    assert Finder(article).find("京东集团").index_from(spots[-1]) == 1


Place = tuple[Spot, int]
"""A character on the page: its line, and its number in that line."""


def characters(article: Article) -> dict[int, list[tuple[str, Place]]]:
    """All that can be found, part by part, taken from the lines."""
    parts: dict[int, list[tuple[str, Place]]] = {}
    for spot, line in article.lines_from(TOP, len(article.lines)):
        column = 0
        for text, role in line:
            if role not in DECORATION:
                parts.setdefault(spot.part, []).extend(
                    (letter, (spot, number))
                    for number, letter in enumerate(text, column)
                    if not letter.isspace()
                )
            column += len(text)
    return parts


def scanned(article: Article, wanted: str) -> tuple[int, set[Place]]:
    """How often ``wanted``, which has no capital, stands in the article, and all it covers."""
    count = 0
    covered: set[Place] = set()
    wanted = folded(wanted, is_case_kept=False)
    for letters in characters(article).values():
        text = folded("".join(letter for letter, _ in letters), is_case_kept=False)
        for match in re.finditer(re.escape(wanted), text):
            count += 1
            covered.update(place for _, place in letters[slice(*match.span())])
    return count, covered


@settings(max_examples=100, deadline=None)
@given(st.lists(news, min_size=1, max_size=4), st.integers(12, 60), st.data())
def test_what_is_marked_is_what_a_scan_of_the_lines_finds(
    pieces: list[str], width: int, data: st.DataObject
) -> None:
    body = "".join(f"<p>{html.escape(piece.strip())}</p>" for piece in pieces)
    value = replace(post(tickers=mentions(JD)), html=f"{body}<ul><li>{pieces[0]}</li></ul>{TABLE}")
    text = "".join("".join(pieces).split()) or "财报"
    start = data.draw(st.integers(0, len(text) - 1))
    wanted = text[start : start + data.draw(st.integers(1, 12))].lower()
    article = layout(value, width, zone=ZONE)
    matches = Finder(layout(value, width, zone=ZONE)).find(wanted)
    known = {place for letters in characters(article).values() for _, place in letters}
    covered = {
        (spot, column)
        for spot, _ in article.lines_from(TOP, len(article.lines))
        for start, end in matches.ranges(spot)
        for column in range(start, end)
    }
    assert (len(matches), covered & known) == scanned(article, wanted)


@given(st.text())
def test_folding_keeps_the_number_of_characters(text: str) -> None:
    for is_case_kept in (False, True):
        assert len(folded(text, is_case_kept=is_case_kept)) == len(text)
