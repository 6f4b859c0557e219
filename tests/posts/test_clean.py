"""Foreign text loses every character that could command a terminal, and no other."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.posts import clean_block, clean_text
from finews_tui.posts.clean import decode

FORBIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
EVERYTHING = [chr(code) for code in range(sys.maxunicode + 1)]
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe0f"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_no_code_point_of_a_forbidden_category_survives_between_letters() -> None:
    cleaned = clean_block("茅".join(EVERYTHING))
    left = {char for char in cleaned if unicodedata.category(char) in FORBIDDEN}
    assert left == {"\n", "\t"}
    one_line = clean_text("茅".join(EVERYTHING))
    assert not [char for char in one_line if unicodedata.category(char) in FORBIDDEN]


def test_every_visible_code_point_stays_itself() -> None:
    hidden = set(ZERO_WIDTH) | set("\u180b\u180c\u180d\u180f")
    for char in EVERYTHING:
        category = unicodedata.category(char)
        if category[0] in "LNPS" and char not in hidden:
            assert clean_block(f"茅{char}台") == f"茅{char}台", hex(ord(char))


def test_a_row_of_printable_characters_is_cleaned_as_any_other_text() -> None:
    for char in filter(str.isprintable, EVERYTHING):
        row = f"茅　{char * 5}台"
        assert clean_block(row) == clean_block(f"\x01{row}"), hex(ord(char))


@pytest.mark.parametrize("char", ZERO_WIDTH + BIDI + "\U000e0041\U000e01ef\ufdd0\uffff\ufffe")
def test_an_invisible_character_is_gone(char: str) -> None:
    assert clean_text(f"茅{char}台") == "茅台"


@pytest.mark.parametrize(
    "text",
    [
        "京东集团发布《2021年报》，“双十一” 收入 1,234.56亿元 ±3.2%",
        "*ST猛狮 [5G] a_b ~2022年 R&D <基加利> `x` \\n",
        "佔︰●—–…·※→▲▼℃㎡①Ⅳ㈱￥€",
        "é ñ ё й ガ 한국어 ไทย עִברית عَرَبِيّ",
        "🚀📈 ½ ²",
        "上市　ETF",
        "𠮷野家 㐂 龘",
        "ABC xyz 0123",
        "",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert clean_text(text) == text
    assert clean_block(text) == text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[2J清屏", "[2J清屏"),
        ("\x1b]52;c;aGk=\x07复制", "]52;c;aGk=复制"),
        ("\x9b31m红\x9d0;title\x9c", "31m红0;title"),
        ("退\x08\x08格\x7f", "退格"),
        ("收\u202e盘\u202c", "收盘"),
        ("a\r\nb\rc\x85d\u2028e\u2029f", "a b c d e f"),
        ("  两\t端\xa0 和\n中间  ", "两 端 和 中间"),
        ("　全角　空格　", "全角　空格"),
        ("\ud800半\udfff", "半"),
        ("\ue000私\uf8ff用\U000f0000\U0010fffd", "私用"),
    ],
)
def test_one_clean_line(written: str, shown: str) -> None:
    assert clean_text(written) == shown


def test_a_block_keeps_its_lines_and_tabs() -> None:
    assert clean_block("a\r\n\tb\rc\x85d\u2028e\u2029f\n") == "a\n\tb\nc\nd\ne\nf\n"


@pytest.mark.parametrize("mark", "\u0301\u0489\u05b0\u064b\u0e34\u1ab0\u1dc0\u20dd\u3099\ufe20")
def test_a_flood_of_combining_marks_is_cut_to_three(mark: str) -> None:
    assert clean_text(f"收{mark * 500}盘") == f"收{mark * 3}盘"
    assert clean_text(f"收{mark * 3}盘") == f"收{mark * 3}盘"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    for function in (clean_block, clean_text):
        once = function(text)
        assert function(once) == once
        assert len(once) <= len(text)


TEXT = "贵州茅台（600519.SH）发布年报，营业收入1094.64亿元，同比增长11.71%。" * 3


def test_utf_8_needs_no_note() -> None:
    assert decode(TEXT.encode()) == (TEXT, None)
    assert decode(b"") == ("", None)


def test_a_byte_order_mark_is_no_text() -> None:
    assert decode(b"\xef\xbb\xbf" + TEXT.encode()) == (TEXT, None)


def test_gb18030_is_read_and_noted() -> None:
    text, problem = decode(TEXT.encode("gb18030"))
    assert text == TEXT
    assert problem is not None and "GB18030" in problem


@pytest.mark.parametrize("text", ["今日涨停", "title: 快讯 北向资金净流入", TEXT])
def test_short_gb18030_is_read_too(text: str) -> None:
    assert decode(text.encode("gb18030"))[0] == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_its_mark(encoding: str) -> None:
    text, problem = decode("\ufeff".encode(encoding) + TEXT.encode(encoding))
    assert text == TEXT
    assert problem is not None and "UTF-16" in problem


def test_utf_16_cut_in_the_middle_of_a_character() -> None:
    text, problem = decode("\ufeff茅台".encode("utf-16-le") + b"\x00")
    assert text.startswith("茅台")
    assert problem is not None and "replaced" in problem


@pytest.mark.parametrize("broken", [b"\xff", b"\x80", b"\xe8\x8c", b"\xc0\xaf", b"\xed\xa0\x80"])
@pytest.mark.parametrize(
    "text", [TEXT, "English text, 茅台 and more English text.", "茅台年报出炉"]
)
def test_one_broken_byte_costs_one_character_not_the_encoding(text: str, broken: bytes) -> None:
    data = text.encode()
    middle = data.index("茅台".encode()) + 3
    read, problem = decode(data[:middle] + broken + data[middle:])
    assert read.replace("\ufffd", "") == text
    assert problem is not None and "replaced" in problem


def test_a_utf_8_file_cut_in_the_middle_of_a_character() -> None:
    read, problem = decode(TEXT.encode()[:-1])
    assert read.startswith(TEXT[:-1])
    assert problem is not None
