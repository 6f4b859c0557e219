"""An article is the same lines however one comes to them, and its places survive another width."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finews_tui.page import TOP, Article, Spot, Typography, compose, plain
from finews_tui.page.blocks import Block, Paragraph, Quote
from finews_tui.page.line import visible
from finews_tui.page.manuscript import Manuscript, Part
from finews_tui.posts import Post
from tests.page.make import BANKS, JD, JD_US, MOUTAI, ZONE, laid_out, mentions, news, post, samples

TABLE = (
    "<table><tr><td>名称</td><td>说明</td></tr>"
    "<tr><td>甲</td><td>京东集团发布财报</td></tr></table>"
)
LIST = "<ol><li>甲<ul><li>乙<br>丙</li></ul></li><li>丁</li></ol><blockquote><p>引</p></blockquote>"


def a_post(pieces: list[str]) -> Post:
    """A post of such paragraphs, with a list and a table between them."""
    paragraphs = [f"<p>{html.escape(piece.strip())}</p>" for piece in pieces]
    paragraphs[len(paragraphs) // 2 : len(paragraphs) // 2] = [LIST, TABLE, "<h3>标题</h3><hr>"]
    badges = mentions(JD, JD_US, MOUTAI, BANKS)
    return replace(post(tickers=badges, url="https://a.example/b"), html="".join(paragraphs))


posts = st.lists(news, max_size=6).map(a_post) | st.sampled_from(samples())


def fresh(value: Post, width: int) -> Article:
    """``value`` laid out anew: nothing of it is there before it is asked for."""
    return Article(compose(value, zone=ZONE), width, Typography())


def all_spots(value: Post, width: int) -> list[Spot]:
    article = fresh(value, width)
    return [spot for spot, _ in article.lines_from(TOP, len(article.lines))]


@settings(max_examples=60, deadline=None)
@given(posts, st.integers(12, 120), st.data())
def test_every_way_leads_to_the_same_lines(value: Post, width: int, data: st.DataObject) -> None:
    spots, lines = all_spots(value, width), fresh(value, width).lines
    assert spots == sorted(set(spots)) and len(spots) == len(lines)
    last = len(spots) - 1
    article = fresh(value, width)
    here = data.draw(st.integers(0, last), "from")
    for steps in data.draw(st.lists(st.integers(-80, 80), max_size=5), "steps"):
        there = max(0, min(last, here + steps))
        assert article.move(spots[here], steps) == spots[there]
        here = there
    height = data.draw(st.integers(1, 60), "height")
    found = fresh(value, width).lines_from(spots[here], height)
    assert found == list(zip(spots, lines, strict=True))[here : here + height]
    assert article.end(height) == spots[max(0, len(spots) - height)]
    assert article.has_more(spots[here], height) is (len(spots) - here > height)
    assert article.number_of(spots[here]) == here
    assert article.line(spots[here]) == lines[here]


@settings(max_examples=60, deadline=None)
@given(posts, st.integers(12, 120), st.integers(12, 120), st.data())
def test_a_place_survives_another_width(
    value: Post, width: int, other: int, data: st.DataObject
) -> None:
    spots = all_spots(value, width)
    spot = data.draw(st.sampled_from(spots))
    article, again = fresh(value, width), fresh(value, other)
    place = article.place(spot)
    assert place <= article.length == again.length
    there = again.spot_at(place)
    assert again.place(there) <= place
    below = again.lines_from(there, 2)
    assert len(below) < 2 or again.place(below[1][0]) >= place
    back = fresh(value, width).spot_at(place)
    assert article.place(back) == place
    assert article.spot_at(0) == TOP and article.spot_at(article.length + 9) == spots[-1]


@settings(max_examples=40, deadline=None)
@given(posts, st.integers(12, 120))
def test_places_ascend_with_the_lines(value: Post, width: int) -> None:
    article = fresh(value, width)
    places = [article.place(spot) for spot in all_spots(value, width)]
    assert places == sorted(places) and places[0] == 0


@pytest.mark.parametrize("width", [12, 31, 80])
def test_the_text_of_a_part_is_that_of_its_lines(width: int) -> None:
    for value in (*samples(), a_post(["京东 集团", "净收入9516亿元"])):
        article = fresh(value, width)
        article.fold(False)
        shown = ["" for _ in article.manuscript.parts]
        for spot, line in article.lines_from(TOP, len(article.lines)):
            shown[spot.part] += visible(line)
        assert [fresh(value, width).text(part) for part in range(len(shown))] == shown


def test_a_line_that_is_not_there_is_none() -> None:
    article = laid_out("正文")
    assert article.line(Spot(2, 1)) is not None and article.line(Spot(2, 2)) is None


def test_headings_are_known_before_anything_is_laid_out() -> None:
    article = fresh(a_post(["甲"]), 40)
    (spot,) = article.headings
    line = article.line(spot)
    assert line is not None and plain(line) == "  标题"


class Told(tuple[Block, ...]):
    """Blocks that remember how many of them were looked at."""

    looked_at = 0

    def __iter__(self) -> Iterator[Block]:
        for block in super().__iter__():
            self.looked_at += 1
            yield block


def test_only_what_is_looked_at_is_laid_out() -> None:
    inner = [Told([Paragraph((("京东集团" * 20, "text"),))] * 50) for _ in range(9)]
    parts = tuple(Part(Quote(blocks), weight=4_000) for blocks in inner)
    places = tuple(range(0, 40_000, 4_000))
    article = Article(Manuscript(parts, places, (), None, (), 0), 44, Typography())

    def looked_at() -> list[int]:
        return [blocks.looked_at for blocks in inner]

    article.lines_from(TOP, 10)
    assert looked_at() == [2, *[0] * 8], "five lines and an empty one a block"
    article.lines_from(article.spot_at(20_000), 10)
    assert looked_at() == [2, *[0] * 4, 2, *[0] * 3]
    article.end(10)
    assert looked_at() == [2, *[0] * 4, 2, *[0] * 2, 50]
    assert article.length == 36_000 and looked_at()[1:5] == [0] * 4
