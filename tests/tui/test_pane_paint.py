"""Painting: exact widths, marks, and nothing that commands a terminal."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from finews_tui.page import plain, width_of
from finews_tui.page.line import Line
from finews_tui.tui.paint import CURSOR_MARK, Painter, centred, found, mark, safe
from finews_tui.tui.themes import THEMES
from tests.tui.harness import options_for, reading, write_post

PAINTER = Painter({**THEMES[0].to_color_system().generate(), **THEMES[0].variables})
TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
HOSTILE = "\x1b]52;c;eA==\x07\x1b[2J\u009b31m\u202e\u200b\x00\x7f\ue000"


def test_safe_removes_what_commands_a_terminal() -> None:
    assert safe(f"甲{HOSTILE}乙\n丙\t丁") == "甲]52;c;eA==[2J31m乙 丙 丁"
    assert safe("甲\u3000乙") == "甲\u3000乙"


@given(TEXT)
def test_safe_text_has_no_control_character(text: str) -> None:
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in safe(text))


@given(st.lists(st.tuples(TEXT, st.sampled_from(["text", "dim", "link"])), max_size=5).map(tuple))
def test_a_strip_has_exactly_its_width(line: Line) -> None:
    for ground in ("", "cursor"):
        strip = PAINTER.strip(line, 40, ground)
        assert strip.cell_length == 40
        assert width_of(strip.text) <= 40


def test_the_cursor_is_seen_without_colour() -> None:
    line: Line = ((" ●  新闻", "text"),)
    assert PAINTER.strip(line, 12, "cursor").text == f"{CURSOR_MARK}●  新闻    "
    assert PAINTER.strip(line, 12).text == " ●  新闻    "
    assert PAINTER.strip((), 4, "cursor").text == f"{CURSOR_MARK}   "


def test_blanks_take_the_colour_before_them() -> None:
    line: Line = (("甲", "title"), ("  ", "text"), ("乙", "title"), (" ", "dim"), ("丙", "link"))
    assert [segment.text for segment in PAINTER.strip(line, 12)] == ["甲  乙 ", "丙", "   "]


def test_found_is_smart_about_case() -> None:
    assert found("Apple apple", "apple") == [(0, 5), (6, 11)]
    assert found("Apple apple", "Apple") == [(0, 5)]
    assert found("aaa", "aa") == [(0, 2)]
    assert found("甲", "") == []


@given(
    st.lists(st.text("ab甲", min_size=1, max_size=4), max_size=5),
    st.lists(st.integers(0, 20), max_size=6, unique=True).map(sorted),
)
def test_marking_keeps_the_text(texts: list[str], borders: list[int]) -> None:
    line: Line = tuple((text, "text") for text in texts)
    ranges = list(zip(borders[::2], borders[1::2], strict=False))
    marked = mark(line, ranges)
    assert plain(marked) == plain(line)
    places = [role for text, role in marked for _ in text]
    for place, role in enumerate(places):
        inside = any(start <= place < stop for start, stop in ranges)
        assert role == ("match" if inside else "text")


def test_sentences_of_an_empty_pane_wrap() -> None:
    lines = centred([(("很长的一句话" * 10, "text"),), (), (("短", "dim"),)], 30, 20)
    assert all(width_of(plain(line)) <= 30 for line in lines)
    assert "".join(plain(line).strip() for line in lines).endswith("短")


async def test_hostile_content_does_nothing(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    hostile = HOSTILE.replace("\x00", "")  # a file with NUL is no text file
    mean = f"收盘[/][@click=app.quit]x{hostile}[red]红[/foo]"
    path = write_post(root / "_posts", 1, title="甲", source=f"源{mean}", body=f"<p>{mean}</p>")
    text = path.read_text(encoding="utf-8").replace('"甲"', f"'{mean}'")
    path.write_text(text, encoding="utf-8")
    async with reading(options_for(tmp_path, root)) as reader:
        screen = reader.screen
        await reader.until(lambda: "[@click=app.quit]x" in reader.article(), "the article")
        for key in ("alt+1", "alt+2", "alt+3"):
            await reader.press(key)
        await reader.press("escape", "alt+2", "i")
        await reader.until(lambda: len(reader.pilot.app.screen_stack) == 2, "the details")
        await reader.press("q", "f")
        await reader.type("[/]")
        await reader.press("enter")
        await reader.until(lambda: screen.headlines.count == 1, "the filter")
        assert not any(ord(character) < 32 and character != "\n" for character in reader.text())
        assert "收盘[/][@click=app.quit]x" in screen.headlines.render_line(0).text
