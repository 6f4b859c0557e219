"""What is typed of a name finds it: its beginning, a part, the initials of its pinyin, a code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.tui.initials import initials
from finews_tui.tui.likeness import best, likeness


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("贵州茅台", "gzmt"),
        ("宁德时代", "ndsd"),
        ("招商银行", "zsyh"),
        ("招商银行", "zsyx"),
        ("重庆啤酒", "cqpj"),
        ("长江电力", "cjdl"),
        ("厦门国贸", "xmgm"),
        ("鑫科材料", "xkcl"),
        ("TCL科技", "tclkj"),
        ("*ST猛狮", "stms"),
        ("阿里巴巴", "albb"),
        ("万科A", "wka"),
        ("ＡＢ①東", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    found = initials(name)
    assert len(found) == len(letters)
    assert all(letter in several for letter, several in zip(letters, found, strict=True))


def test_every_character_of_gb_2312_has_a_letter() -> None:
    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    characters = [text for code in codes if (text := code.decode("gb2312", errors="ignore"))]
    assert len(characters) == 6763
    for character in characters:
        (letters,) = initials(character)
        assert letters.isascii() and letters.isalpha() and letters.islower()


@pytest.mark.parametrize(
    ("typed", "rank", "marked"),
    [
        ("贵州茅台 600519.SH", 1, "贵州茅台600519.SH"),
        ("贵州", 1, "贵州"),
        ("600519", 1, "600519"),
        ("600519.sh", 1, "600519.SH"),
        ("茅台", 3, "茅台"),
        ("0519", 3, "0519"),
        ("gzmt", 2, "贵州茅台"),
        ("GZ", 2, "贵州"),
        ("mt", 4, "茅台"),
        ("ｍｔ", 4, "茅台"),
        ("贵台", 5, "贵台"),
        ("茅台 sh", 3, "茅台SH"),
        ("gzmt 600", 2, "贵州茅台600"),
        ("台州", None, ""),
        ("茅台 sz", None, ""),
        ("", 0, ""),
    ],
)
def test_likeness(typed: str, rank: int | None, marked: str) -> None:
    name = "贵州茅台 600519.SH"
    found = likeness(typed, name)
    assert (found.rank if found else None) == rank
    assert (
        "".join(name[mark] for mark in found.marks if name[mark] != " ") == marked
        if found
        else True
    )


def test_the_best_is_first_and_others_keep_their_order() -> None:
    names = ["中信银行", "银行", "浦发银行", "银行 BK0475", "隐含", "移动"]
    found = [item for item, _ in best("银行", [(name, name) for name in names])]
    assert found == ["银行", "银行 BK0475", "中信银行", "浦发银行"]
    assert [item for item, _ in best("yh", [(name, name) for name in names])][:2] == [
        "银行",
        "银行 BK0475",
    ]


@given(st.text(max_size=12), st.text(max_size=30))
def test_any_text_can_be_typed(typed: str, name: str) -> None:
    found = likeness(typed, name)
    if found is not None:
        assert all(0 <= mark < len(name) for mark in found.marks)
        assert list(found.marks) == sorted(set(found.marks))
