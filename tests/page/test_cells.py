"""Widths equal those by which the screen is painted, and cutting never takes a character apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from finews_tui.page.cells import (
    PLAIN,
    clusters,
    cut,
    pad,
    positions,
    printable,
    repeat,
    split_at,
    width_of,
)
from tests.page.make import anything, news, paragraphs, samples

ODD = [
    "",
    "\x1b[31m",
    "\u200b",
    "e\u0301",
    "🇨🇳",
    "👨\u200d👩\u200d👧",
    "☺\ufe0f",
    "\ue000",
    "한",
    "\x00",
]


@pytest.mark.parametrize("text", ODD)
def test_width_of_odd_text_is_what_the_screen_takes(text: str) -> None:
    assert width_of(text) == cell_len(text)


def test_width_of_every_sample_is_what_the_screen_takes() -> None:
    titles = [text for post in samples() for text in (post.title, post.digest or "")]
    for paragraph in (*titles, *paragraphs()):
        for text in paragraph.splitlines():
            assert width_of(text) == cell_len(text)


def test_what_is_known_without_tables_is_what_they_say() -> None:
    plain = [chr(one) for first, last, _ in PLAIN for one in range(ord(first), ord(last) + 1)]
    cells = [cells for first, last, cells in PLAIN for _ in range(ord(first), ord(last) + 1)]
    assert list(map(cell_len, plain)) == cells
    assert len(set(plain)) == len(plain)
    for text in ("".join(plain), "".join(reversed(plain)), "".join(plain[::2] + plain[1::2])):
        assert clusters(text) == list(text)


@given(
    st.text(
        st.one_of(*(st.characters(min_codepoint=ord(a), max_codepoint=ord(b)) for a, b, _ in PLAIN))
    ),
    st.integers(0, 40),
)
def test_a_plain_text_is_cut_between_its_characters(text: str, cell: int) -> None:
    left, right = split_at(text, cell)
    assert left + right == text
    assert cell_len(left) <= cell
    assert not right or cell_len(left + right[0]) > cell


@given(anything | news)
def test_width_of_any_text_is_what_the_screen_takes(text: str) -> None:
    assert width_of(text) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "one", "two"),
    [("“好”", 4, 6), ("…", 1, 2), ("★abc", 4, 5), ("京东", 4, 4), ("☺\ufe0f“", 3, 4)],
)
def test_ambiguous_characters_take_one_or_two_cells(text: str, one: int, two: int) -> None:
    assert width_of(text) == one
    assert width_of(text, 2) == two


def test_printable_drops_what_has_no_place() -> None:
    assert printable("a\x1b[0m\u202eb\tc\nd\ud800e") == "a[0mb c de"
    assert printable("京东\u3000集团") == "京东\u3000集团"


@given(anything, st.integers(0, 30), st.sampled_from([1, 2]))
def test_pad_is_exact_and_cut_never_wider(text: str, width: int, ambiguous: int) -> None:
    assert width_of(cut(text, width, ambiguous), ambiguous) <= width
    for right in (False, True):
        padded = pad(text, width, ambiguous, right=right)
        assert width_of(padded, ambiguous) == width
        assert padded == printable(padded)


def test_cut_tells_that_it_cut() -> None:
    assert cut("京东集团", 8) == "京东集团"
    assert cut("京东集团", 7) == "京东集…"
    assert cut("京东集团", 6) == "京东…"
    assert cut("京东集团", 0) == ""
    assert cut("“好好”", 4, 2) == "“…"


@given(anything | news, st.integers(-1, 20))
def test_split_keeps_every_cluster_whole(text: str, cell: int) -> None:
    left, right = split_at(text, cell)
    assert left + right == text
    assert width_of(left) <= max(cell, 0) or not left
    assert clusters(left) + clusters(right) == clusters(text)


def test_split_leaves_an_emoji_whole() -> None:
    assert split_at("a👨\u200d👩\u200d👧b", 2) == ("a", "👨\u200d👩\u200d👧b")
    assert split_at("a👨\u200d👩\u200d👧b", 3) == ("a👨\u200d👩\u200d👧", "b")


def test_split_survives_half_a_character() -> None:
    assert split_at("京\ud800东", 3) == ("京\ud800", "东")


@given(news)
def test_positions_end_at_the_width(text: str) -> None:
    assert len(positions(text)) == len(text) + 1
    assert positions(text)[-1] == width_of(text)


def test_hairline_fits_when_its_character_is_wide() -> None:
    assert repeat("─", 7) == "───────"
    assert repeat("─", 7, 2) == "───"
