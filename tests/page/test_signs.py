"""Rises and falls are told from each other, and from what is neither."""

from __future__ import annotations

import pytest
from hypothesis import given

from finews_tui.page.line import plain
from finews_tui.page.signs import with_signs
from tests.page.make import body_lines, laid_out, news, paragraphs


def signs(text: str) -> list[tuple[str, str]]:
    return [span for span in with_signs([(text, "text")]) if span[1] != "text"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("报收+3.2%，另一只-1.5%。", [("+3.2%", "up"), ("-1.5%", "down")]),
        ("收盘涨10.04%", [("涨10.04%", "up")]),
        ("沪指跌0.5%，深成指上涨逾1.2%", [("跌0.5%", "down"), ("涨逾1.2%", "up")]),
        ("涨幅达5.1%，跌幅扩大至3%", [("涨幅达5.1%", "up"), ("跌幅扩大至3%", "down")]),
        ("多股涨停，一股跌停", [("涨停", "up"), ("跌停", "down")]),
        ("▲3.2 ▼1.5%", [("▲3.2", "up"), ("▼1.5%", "down")]),
        ("（＋3.5％）", [("＋3.5％", "up")]),
        ("−0.35‰", [("−0.35‰", "down")]),
        ("涨跌幅限制为10%，涨跌停板", []),
        ("预计5-10%，2%-3%，A-5%，同比增长27.6%", []),
        ("电话+86 10，编号-12", []),
        ("涨价", []),
    ],
)
def test_signs(text: str, expected: list[tuple[str, str]]) -> None:
    assert signs(text) == expected


@given(news)
def test_no_character_is_touched(text: str) -> None:
    assert plain(tuple(with_signs([(text, "text"), (text, "link")]))) == text * 2


def test_nor_of_any_sample() -> None:
    for text in paragraphs():
        assert plain(tuple(with_signs([(text, "strong")]))) == text


def test_they_are_coloured_wherever_the_body_is_text() -> None:
    table = "| 名 | 涨跌 |\n|---|---|\n| 甲 | -0.35% |"
    body = f"上涨1.2%，[涨2%](http://a)\n\n- **跌3%**\n\n> +4%\n\n{table}\n\n### 相关报道\n\n涨5%"
    roles = {text: role for line in laid_out(body, 60).lines for text, role in line}
    assert {text: role for text, role in roles.items() if role in ("up", "down")} == {
        "涨1.2%": "up",
        "跌3%": "down",
        "+4%": "up",
        "-0.35%": "down",
    }
    assert body_lines(table)[-1] == "甲  -0.35%"
