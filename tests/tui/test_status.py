"""The status line at every width, and what a change of it costs."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from finews_tui.page import plain, width_of
from finews_tui.tui.bindings import Pending
from finews_tui.tui.prefix_strip import PrefixStrip, prefix_line
from finews_tui.tui.status_line import StatusLine, position, status_line
from finews_tui.tui.themes import THEMES

FULL = {
    "row": 1,
    "total": 36_831,
    "filter": "source:中新经纬 is:unread",
    "running": "indexing 34 %",
    "pending": "5g",
    "right": "31 % · 6 min",
}


def shown(width: int, **values: object) -> str:
    """The status line as text, of exactly ``width`` cells."""
    text = plain(status_line(width, **values))  # type: ignore[arg-type]  # a test's table
    assert width_of(text) == width
    return text


def test_wide_enough_for_all() -> None:
    text = shown(100, **FULL)
    assert text.startswith(" 1/36,831 · source:中新经纬 is:unread · indexing 34 %  ")
    assert text.endswith("  5g 31 % · 6 min · ? help ")


@pytest.mark.parametrize(
    ("row", "total", "text"),
    [(0, 0, "0/0"), (1, 1, "1/1"), (12_345, 1_000_000, "12,345/1,000,000"), (3, 2, "2/2")],
)
def test_position(row: int, total: int, text: str) -> None:
    assert position(row, total) == text


@pytest.mark.parametrize("width", [40, 60, 80, 120, 160])
def test_position_help_and_pending_stand_at_every_width(width: int) -> None:
    text = shown(width, **FULL)
    assert text.startswith(" 1/36,831 ")
    assert text.endswith(" ? help ")
    assert " 5g " in text


def test_forty_columns() -> None:
    assert shown(40, **FULL) == " 1/36,831 · source:中新经纬 … 5g ? help "


def test_a_message_takes_the_place_of_filter_and_work() -> None:
    text = shown(80, **FULL, message="Sent to your terminal's clipboard.")
    assert "Sent to your terminal's clipboard." in text
    assert "source:" not in text and "indexing" not in text


def test_a_long_message_goes_before_the_hints() -> None:
    text = shown(50, row=1, total=9, right="31 % · 6 min", message="x" * 60)
    assert text.startswith(" 1/9 · xxxxx") and "…" in text and "help" not in text


@pytest.mark.parametrize("width", [1, 2, 5, 12, 20])
def test_hopelessly_narrow(width: int) -> None:
    shown(width, **FULL)


def test_nothing_else_looks_like_a_position() -> None:
    text = shown(160, **{**FULL, "filter": "茅台"})
    assert re.findall(r"[\d,]+/[\d,]+", text) == ["1/36,831"]


def test_controls_do_not_pass() -> None:
    text = shown(80, row=1, total=1, filter="a\x1b]52;c;x\x07b\u202ec", message="")
    assert text.isprintable()


@given(
    st.integers(1, 200),
    st.text(max_size=30),
    st.text(max_size=30),
    st.sampled_from(["", "5", "2]"]),
    st.sampled_from(["", "31 %", "31 % · 6 min"]),
    st.text(max_size=80),
)
def test_always_as_wide_as_asked(
    width: int, filter: str, running: str, pending: str, right: str, message: str
) -> None:
    text = shown(
        width,
        row=3,
        total=1_234,
        filter=filter,
        running=running,
        pending=pending,
        right=right,
        message=message,
    )
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in text)
    if width >= 24:
        assert text.startswith(" 3/1,234 ")


PREFIX = Pending("]", (("u", "next unread"), ("d", "next day"), ("s", "next starred")))


def test_the_strip_lists_what_may_follow() -> None:
    assert plain(prefix_line(PREFIX, 80)).rstrip() == (
        " ]   u next unread  d next day  s next starred"
    )


def test_a_narrow_strip_ends_with_dots() -> None:
    text = plain(prefix_line(PREFIX, 24))
    assert width_of(text) == 24
    assert text.rstrip().endswith("u next unread …")


class Lines(App[None]):
    """An app with nothing but the two lines."""

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.status = StatusLine()
        self.strip = PrefixStrip()

    def compose(self) -> ComposeResult:
        """The lines."""
        yield self.strip
        yield self.status


async def test_a_message_goes_away() -> None:
    app = Lines()
    async with app.run_test(size=(60, 4)) as pilot:
        app.status.row, app.status.total = 1, 5
        app.status.say("Nothing to undo.", seconds=0.01)
        assert "Nothing to undo." in app.status.render_line(0).text
        await _until(pilot, lambda: app.status.message == "")
        assert app.status.render_line(0).text.startswith(" 1/5 ")


async def test_a_newer_message_keeps_its_time() -> None:
    app = Lines()
    async with app.run_test(size=(60, 4)) as pilot:
        app.status.say("old", seconds=0.01)
        app.status.say("new", seconds=30)
        await pilot.pause(0.05)
        assert app.status.message == "new"
        app.status.say("")
        assert app.status.message == ""


async def test_only_the_cells_that_differ_are_painted() -> None:
    app = Lines()
    async with app.run_test(size=(100, 4)) as pilot:
        app.status.row, app.status.total = 1, 36_831
        await pilot.pause()
        painted: list[object] = []
        app.status.refresh = lambda *regions, **_: painted.extend(regions)  # type: ignore[method-assign,assignment]  # to see what is asked for
        app.status.row = 2
        app.status.row = 2
        (region,) = painted
        assert (region.x, region.width) == (1, 1)  # type: ignore[attr-defined]  # a Region
        painted.clear()
        app.status.filter = "中"
        app.status.filter = "国"
        assert painted[-1].width == 2  # type: ignore[attr-defined]  # a wide character is whole


async def test_the_strip_waits_before_it_shows() -> None:
    app = Lines()
    async with app.run_test(size=(60, 4)) as pilot:
        app.strip.wait_for(PREFIX)
        assert not app.strip.display
        await _until(pilot, lambda: app.strip.display)
        assert "next unread" in app.strip.render_line(0).text
        app.strip.hide()
        assert not app.strip.display


async def test_a_quick_second_key_shows_no_strip() -> None:
    app = Lines()
    async with app.run_test(size=(60, 4)) as pilot:
        app.strip.wait_for(PREFIX)
        app.strip.hide()
        app.strip.wait_for(Pending("5", ()))
        await pilot.pause(0.4)
        assert not app.strip.display


async def test_another_theme_repaints() -> None:
    app = Lines()
    async with app.run_test(size=(60, 4)) as pilot:
        before = app.status.render_line(0)
        app.theme = THEMES[1].name
        await pilot.pause()
        assert app.status.render_line(0) != before


async def _until(pilot: object, condition: object) -> None:
    for _ in range(200):
        if condition():  # type: ignore[operator]  # a callable
            return
        await pilot.pause(0.02)  # type: ignore[attr-defined]  # a Pilot
    raise AssertionError("it never happened")
