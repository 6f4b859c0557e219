"""Link hints and the outline: everything in an article is reached by a few letters."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.page import plain, width_of
from finews_tui.page.line import Line
from finews_tui.tui.hinting import LETTERS, labels
from finews_tui.tui.outline import Outline
from finews_tui.tui.paint import overlaid
from tests.tui.harness import Reader, options_for, reading, write_post

SIZES = [(160, 50), (100, 30), (80, 24), (40, 20)]
LINKED = "2022031123" + "00000002"
BODY = (
    '<p>见<a href="https://finance.eastmoney.com/a/202203112300000002.html">此前报道</a>和'
    '<a href="https://example.com/b">别处</a>。</p><h3>第一节</h3>'
    + "<p>正文的一段话。</p>" * 30
    + "<h3>第二节</h3>"
    + "<p>正文的一段话。</p>" * 30
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    root = tmp_path / "archive"
    write_post(root / "_posts", 1, title="有链接的文章", body=BODY, time="12:00:00")
    write_post(root / "_posts", 2, title="被指到的文章", time="11:00:00")
    write_post(root / "_posts", 3, title="旁的", body="<p>没有什么。</p>", time="10:00:00")
    return root


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def reader(
    request: pytest.FixtureRequest, tmp_path: Path, archive: Path
) -> AsyncIterator[Reader]:
    async with reading(options_for(tmp_path, archive), request.param) as reader:
        yield reader


def on_screen(reader: Reader) -> str:
    view = reader.screen.article
    return "\n".join(view.render_line(y).text for y in range(view.size.height))


def test_no_label_is_the_beginning_of_another() -> None:
    for count in (1, 5, 26, 27, 100, 676):
        found = labels(count)
        assert len(found) == len(set(found)) == count
        assert len({len(label) for label in found}) == 1
        assert all(set(label) <= set(LETTERS) for label in found)


SPAN = st.tuples(st.text("ab甲é①", max_size=6), st.sampled_from(["text", "dim"]))
LINE = st.lists(SPAN).map(tuple)


@given(LINE, st.integers(0, 40), st.sampled_from(["a", "as", "[a]"]), st.sampled_from([1, 2]))
def test_what_is_laid_over_changes_no_other_cell(
    line: Line, column: int, letters: str, ambiguous: int
) -> None:
    width = width_of(plain(line), ambiguous)
    if column + len(letters) > width:
        return
    shown = overlaid(line, column, (letters, "hint"), ambiguous)
    assert width_of(plain(shown), ambiguous) == width
    assert [text for text, role in shown if role == "hint"] == [letters]
    before = plain(shown[: [role for _, role in shown].index("hint")])
    assert width_of(before, ambiguous) == column
    assert plain(line).startswith(before.rstrip(" ")) or before.endswith(" ")


async def test_a_hint_opens_a_post_of_the_archive_in_place(reader: Reader) -> None:
    screen = reader.screen
    await reader.press("l", "semicolon")
    await reader.until(lambda: screen.hinting.is_open)
    assert "此前报道[a]" in on_screen(reader) and "别处[s]" in on_screen(reader)
    await reader.press("a")
    await reader.until(lambda: screen.article.key == LINKED, "the linked post")
    assert not screen.hinting.is_open
    assert screen.pane == "article"
    await reader.press("H")
    await reader.until(lambda: "有链接的文章" in reader.article(), "the way back")
    await reader.press("L")
    await reader.until(lambda: screen.article.key == LINKED, "the way ahead")


async def test_a_link_out_of_the_list_is_opened_and_left_again(reader: Reader) -> None:
    screen = reader.screen
    await reader.press("f")
    await reader.type("title:有链接")
    await reader.press("enter")
    await reader.until(lambda: screen.headlines.count == 1)
    await reader.settle()
    await reader.press("l", "semicolon", "a")
    await reader.until(lambda: screen.article.key == LINKED, "the linked post")
    await reader.press("H")
    await reader.until(lambda: screen.article.key != LINKED, "the way back")
    await reader.press("L")
    await reader.until(lambda: screen.article.key == LINKED, "the way ahead")
    assert screen.headlines.count == 1


@pytest.mark.parametrize("key", ["escape", "j", "1", "comma"])
async def test_any_other_key_takes_the_letters_away(reader: Reader, key: str) -> None:
    await reader.press("l", "semicolon")
    await reader.until(lambda: reader.screen.hinting.is_open)
    top = reader.screen.article.top
    await reader.press(key)
    assert not reader.screen.hinting.is_open
    assert "[1]" in on_screen(reader)
    assert reader.screen.article.top == top


async def test_scrolling_takes_the_letters_away(reader: Reader) -> None:
    await reader.press("l", "semicolon")
    await reader.until(lambda: reader.screen.hinting.is_open)
    reader.screen.article.move(1)
    assert not reader.screen.hinting.is_open


async def test_a_badge_lists_its_news(tmp_path: Path) -> None:
    async with reading(options_for(tmp_path)) as reader:
        screen = reader.screen
        await reader.press("l", "semicolon", "a")
        await reader.until(lambda: str(screen.asked.query) == "ticker:301826.SZ")


async def test_the_rest_of_the_badges_opens_the_tickers(tmp_path: Path) -> None:
    async with reading(options_for(tmp_path), (80, 24)) as reader:
        screen = reader.screen
        await reader.press("j", "l")
        await reader.until(lambda: "+2" in on_screen(reader), "the rest of the badges")
        await reader.press("semicolon")
        rest = next(label for label, target in screen.hinting._targets.items() if target.is_rest)
        await reader.press(*rest)
        await reader.until(lambda: screen.dialog is not None)


async def test_nothing_to_open(reader: Reader) -> None:
    await reader.press("G")
    await reader.settle()
    await reader.press("l", "semicolon")
    assert reader.message == "Nothing to open is in sight."
    assert not reader.screen.hinting.is_open


async def test_where_no_article_is(tmp_path: Path, archive: Path) -> None:
    async with reading(options_for(tmp_path, archive), (40, 20)) as reader:
        await reader.press("semicolon")
        assert reader.message == "No article is on the screen."


async def test_the_outline(reader: Reader) -> None:
    screen = reader.screen
    await reader.press("l", "g", "O")
    await reader.until(lambda: isinstance(screen.dialog, Outline))
    dialog = screen.dialog
    assert isinstance(dialog, Outline)
    assert [section.text for section in dialog.fitting("")] == ["第一节", "第二节"]
    await reader.press("down", "enter")
    await reader.until(lambda: screen.dialog is None)
    await reader.until(lambda: "第二节" in screen.article.render_line(0).text)
    await reader.press("g", "O")
    await reader.until(lambda: isinstance(screen.dialog, Outline))
    again = screen.dialog
    assert isinstance(again, Outline)
    assert again.rows.cursor == 1, "where one reads"
    await reader.type("dyj")  # 第一节
    await reader.press("enter")
    await reader.until(lambda: "第一节" in screen.article.render_line(0).text)


async def test_no_outline_without_headings(reader: Reader) -> None:
    await reader.press("G")
    await reader.settle()
    await reader.press("g", "O")
    assert reader.message == "This article has no headings."


async def test_the_words_of_the_list_are_marked_in_the_article(reader: Reader) -> None:
    screen = reader.screen
    await reader.press("S")
    await reader.type("此前报")
    await reader.press("enter")
    await reader.until(lambda: screen.headlines.count == 1)
    await reader.settle()
    await reader.press("l")
    marked = [
        text
        for spot, line in screen.article.rows
        for text, role in screen.article.marks.marked(spot, line)
        if role == "match"
    ]
    assert marked == ["此前报"]
    await reader.press("n")
    assert reader.message == "Match 1 of 1."
    await reader.press("escape")
    assert screen.article.marks.count == 0


async def test_matches_are_counted(reader: Reader) -> None:
    screen = reader.screen
    await reader.press("l", "slash")
    await reader.type("一段话")
    assert "60 matches" in screen.prompt.render_line(0).text
    await reader.press("enter")
    assert reader.message == "Match 1 of 60."
    await reader.press("n", "n")
    assert reader.message == "Match 3 of 60."
    await reader.press("N")
    assert reader.message == "Match 2 of 60."
    await reader.press("slash")
    await reader.type("没有的")
    assert "not found" in screen.prompt.render_line(0).text
