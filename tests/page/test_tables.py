"""Tables stand in true columns, or become records; their cells are never lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from finews_tui.page.blocks import Table
from finews_tui.page.cells import width_of
from finews_tui.page.line import Role, plain
from finews_tui.page.markup import read_body
from finews_tui.page.tables import set_table
from tests.page.make import PIECES, body_lines

PRICES = """
| 名称 | 最新价 | 涨跌幅 |
|------|--------|--------|
| 贵州茅台 | 1,788.00 | +1.2% |
| 京东集团 | 226.6 | -0.35% |
"""


def test_numbers_are_aligned_right() -> None:
    assert body_lines(PRICES, 60) == [
        "名称        最新价  涨跌幅",
        "──────────────────────────",
        "贵州茅台  1,788.00   +1.2%",
        "京东集团     226.6  -0.35%",
    ]


def test_wide_cells_wrap() -> None:
    markdown = "| 名 | 说明 |\n|---|---|\n| 甲 | 京东集团发布二零二一年财报 |"
    assert body_lines(markdown, 25) == [
        "名  说明",
        "──────────────────────",
        "甲  京东集团发布二零二",
        "    一年财报",
    ]


def test_records_where_columns_do_not_fit() -> None:
    markdown = PRICES.replace("涨跌幅", "今日涨跌幅")
    assert body_lines(markdown, 24) == [
        "名称: 贵州茅台",
        "最新价: 1,788.00",
        "今日涨跌幅: +1.2%",
        "",
        "名称: 京东集团",
        "最新价: 226.6",
        "今日涨跌幅: -0.35%",
    ]


def test_a_head_without_text_is_not_shown() -> None:
    assert body_lines("|  |  |\n|---|---|\n| 甲 | 1 |") == ["甲  1"]


def test_a_head_alone_and_empty_cells() -> None:
    assert body_lines("| 甲 | 乙 |\n|---|---|", 40) == ["甲  乙", "──────"]
    wide = "京东集团发布财报"
    assert body_lines(f"| {wide} | {wide} |\n|---|---|", 18) == [wide, wide]
    assert body_lines("| 甲 |  |\n|---|---|\n|  | 丙 |") == ["甲", "──────", "    丙"]


def test_links_in_cells_are_numbered() -> None:
    assert body_lines("| 甲 |\n|---|\n| [乙](http://a) |")[-1] == "乙[1]"


def test_ambiguous_width() -> None:
    (table,) = read_body("<table><tr><td>“甲”</td></tr><tr><td>乙</td></tr></table>").blocks
    assert isinstance(table, Table)
    lines = set_table(table, 20, 2)
    assert plain(lines[1]) == "───"


cells = st.lists(st.sampled_from(PIECES), max_size=4).map(lambda parts: tuple(parts))


@settings(max_examples=60)
@given(
    st.integers(1, 6).flatmap(
        lambda count: st.lists(st.lists(cells, min_size=count, max_size=count), min_size=1)
    ),
    st.integers(10, 100),
)
def test_any_table_fits_and_is_complete(rows: list[list[tuple[str, ...]]], measure: int) -> None:
    texts = [["".join(cell) for cell in row] for row in rows]
    role: Role = "text"
    table = Table(tuple(tuple(((text, role),) if text else () for text in row) for row in texts))
    lines = set_table(table, measure)
    assert all(width_of(plain(line)) <= measure for line in lines)
    shown = sorted("".join(map(plain, lines)).replace(": ", ""))
    for character in set("".join("".join(row) for row in texts)):
        if not character.isspace() and character not in ":─":
            expected = sum(text.count(character) for row in texts for text in row)
            assert shown.count(character) >= expected


SPANNING = read_body(
    '<table><tr><td>公司</td><td>2021年</td><td class="left"></td></tr>'
    '<tr><td class="above"></td><td>营收</td><td>净利</td></tr>'
    "<tr><td>甲</td><td>1,234.5</td><td>-3.2%</td></tr>"
    '<tr><td>乙</td><td>未披露</td><td class="left"></td></tr>'
    '<tr><td class="above"></td><td>22</td><td>33</td></tr></table>'
).blocks[0]


def test_cells_that_span_columns_and_rows_are_drawn_across_them() -> None:
    assert isinstance(SPANNING, Table)
    assert [plain(line) for line in set_table(SPANNING, 40)] == [
        "公司  2021年",
        "      ──────────────",
        "         营收   净利",
        "────────────────────",
        "甲    1,234.5  -3.2%",
        "乙    未披露",
        "           22     33",
    ]


def test_records_say_what_spans_them() -> None:
    assert isinstance(SPANNING, Table)
    assert [plain(line) for line in set_table(SPANNING, 16)] == [
        "公司: 甲",
        "2021年 营收:",
        "1,234.5",
        "2021年 净利:",
        "-3.2%",
        "",
        "公司: 乙",
        "2021年 营收: 未",
        "披露",
        "2021年 净利: 未",
        "披露",
        "",
        "公司: 乙",
        "2021年 营收: 22",
        "2021年 净利: 33",
    ]


def test_a_heading_among_records_stands_alone() -> None:
    (table,) = read_body(
        "<table><tr><td>名称</td><td>说明一二三四五</td></tr>"
        '<tr><td>其一</td><td class="left"></td></tr>'
        "<tr><td>甲乙丙丁戊己</td><td>一二三四五六七八九十</td></tr></table>"
    ).blocks
    assert isinstance(table, Table)
    assert [plain(line) for line in set_table(table, 15)][:2] == ["其一", ""]
