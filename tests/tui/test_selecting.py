"""Selecting with the mouse: which characters are selected; stories really drag a mouse."""

from __future__ import annotations

import pytest

from finews_tui.tui.selecting import Selection, Spot, is_one_address, selected_text

TEXTS = ["    京东发布2021年财报", "    净收入9516亿元，", "", "      · 一项"]


def selected(first: tuple[int, int], last: tuple[int, int]) -> str:
    selection = Selection(Spot(*first), Spot(*last))
    return selected_text(selection, TEXTS[selection.lines.start : selection.lines.stop])


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ((0, 4), (0, 7), "京东"),
        ((0, 7), (0, 4), "京东"),
        ((0, 5), (0, 6), "京东"),  # half a character is all of it
        ((0, 4), (0, 4), "京"),
        ((0, 0), (0, 99), "京东发布2021年财报"),
        ((0, 8), (1, 9), "发布2021年财报\n净收入"),
        ((0, 0), (3, 99), "京东发布2021年财报\n净收入9516亿元，\n\n  · 一项"),
        ((2, 0), (2, 9), ""),
        ((1, 90), (1, 99), ""),
    ],
)
def test_which_characters(first: tuple[int, int], last: tuple[int, int], text: str) -> None:
    assert selected(first, last) == text


def test_an_address_has_no_line_ends() -> None:
    lines = ["  https://example.com/aaa", "  bbb", "  ccc  "]
    selection = Selection(Spot(0, 0), Spot(2, 40))
    assert selected_text(selection, lines, {0: "", 1: ""}) == "https://example.com/aaabbbccc"
    assert is_one_address([(("a", "link"),), (("b", "link"),), ()], 0)
    assert not is_one_address([(("a", "link"),), (("b", "text"),)], 0)
    assert not is_one_address([(("a", "link"),), ()], 0)
    assert not is_one_address([(("a", "link"),)], 0)


def test_what_the_layout_added_is_not_copied() -> None:
    lines = ["    京东 2021 年", "  ", "  财报", "  乙"]
    selection = Selection(Spot(0, 0), Spot(3, 40))
    added = {0: [(2, 4), (8, 9), (13, 14)], 1: [(2, 3)]}
    assert selected_text(selection, lines, {0: "", 1: " "}, added) == "京东2021年 财报\n乙"
