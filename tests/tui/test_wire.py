"""What is sent to the terminal: as little as possible, and the same screen at the end."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finews_tui.tui.difference import Shown
from finews_tui.tui.pens import PLAIN, pen_of
from finews_tui.tui.picture import Picture, cells_of
from finews_tui.tui.wire import ENTER, LEAVE, Wire, erases_with_background

COLUMNS, ROWS = 24, 8
STYLES = ("", "1", "4", "38;5;215", "1;38;5;231;48;5;237", "38;5;245;48;5;233", "7;2", "38;2;1;2;3")
WORDS = ("储能概念", "ab c", "  ", "“小店”", "e\u0301", "· ", "1,234", " " * 14, "─" * 9)


class Screen:
    """A terminal without automatic margins, as the reader sets it up."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.Stream(self.screen)
        self._stream.feed("\x1b[?7l")

    def show(self, text: str) -> None:
        """Write."""
        self._stream.feed(re.sub(r"\x1b\]8;[^\x1b]*\x1b\\", "", text))

    @property
    def seen(self) -> list[list[tuple[object, ...]]]:
        """What a person sees of each cell: of a space neither colour nor weight."""
        return [[_seen(self.screen.buffer[y][x]) for x in range(COLUMNS)] for y in range(ROWS)]


def _seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    marks = (cell.bg, cell.underscore, cell.reverse, cell.strikethrough)
    if cell.data == " " and not (cell.underscore or cell.reverse):
        return (" ", cell.bg)
    return (cell.data, cell.fg, cell.bold, cell.italics, *marks)


def painted(y: int, x: int, spans: list[tuple[str, str]]) -> str:
    """A line as Textual's compositor writes it."""
    text = "".join(f"\x1b[{sgr}m{word}\x1b[0m" if sgr else word for word, sgr in spans)
    return f"\x1b[{y + 1};{x + 1}H{text}"


SPANS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(STYLES)), min_size=1, max_size=6)


def whole(spans: list[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """``spans`` in exactly ``width`` cells, no character cut."""
    fitted: list[tuple[str, str]] = []
    room = width
    for word, sgr in spans:
        kept = word
        while (used := len(cells_of(kept, PLAIN, 1))) > room:
            kept = kept[:-1]
        fitted.append((kept, sgr))
        room -= used
    return [*fitted, (" " * room, "48;5;233")]


@st.composite
def frames(draw: st.DrawFn) -> list[str]:
    """A whole screen, and some changes of it: of lines, and of lists that go on."""
    lines = [whole(draw(SPANS), 16) for _ in range(ROWS * 2)]
    top = 0
    frames: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        frame = [painted(y, 8, lines[(top + y) % len(lines)]) for y in range(ROWS - 1)]
        if not frames or draw(st.booleans()):
            frame += [painted(y, 0, whole(draw(SPANS), 8)) for y in range(ROWS)]
        frame.append(painted(ROWS - 1, 8, whole(draw(SPANS), 16)))
        frames.append("".join(frame) + "\x1b[1;1H")
        top += draw(st.integers(-5, 5))
    return frames


@settings(deadline=None)
@given(frames(), st.booleans())
def test_the_screen_is_the_one_that_was_painted(drawn: list[str], can_erase: bool) -> None:
    plain, ours = Screen(), Screen()
    picture, shown = Picture(COLUMNS, ROWS), Shown(COLUMNS, ROWS, can_erase=can_erase)
    for frame in drawn:
        plain.show(frame)
        picture.paint(frame)
        ours.show(shown.follow(picture))
        assert ours.seen == plain.seen
        assert shown.follow(picture) == ""
        picture.paint(frame)
        assert shown.follow(picture) == "", "what is painted again as it was is not sent"


def test_a_list_that_goes_on_is_moved_by_the_terminal() -> None:
    picture, shown = Picture(80, 30), Shown(80, 30)
    lines = [f"{number:3} {chr(0x4E00 + number) * 30}" for number in range(80)]

    def show(top: int) -> str:
        rows = (painted(y, 0, [(lines[top + y], "38;5;231")]) for y in range(30))
        picture.paint("\n".join(rows) + "\x1b[1;1H")
        return shown.follow(picture)

    assert len(show(0)) > 900
    assert show(1).count("\x1b[1M") == 1
    assert len(show(2).encode()) < 200
    assert "\x1b[1L" in show(1)
    assert len(show(31)) > 900, "nothing of it is still there"


def test_what_is_painted_can_command_nothing() -> None:
    picture, shown = Picture(60, 2), Shown(60, 2)
    attack = (
        "\x1b]52;c;aGk=\x07\x1b]0;x\x07\x1b[6n\x05\x9b2J\x90q\x9c\x1bPq\x1b\\\x1b]8;;http://a\x07b"
    )
    picture.paint(painted(0, 0, [(f"a{attack}z", "1")]) + "\x1b[1;1H")
    written = shown.follow(picture)
    left = re.sub(r"\x1b\[[0-9;]*[mHCK]", "", written)
    assert left.isprintable(), ascii(left)


def test_a_link_is_one_that_may_be_opened() -> None:
    picture, shown = Picture(60, 2), Shown(60, 2)
    good, bad = "https://example.com/a", "javascript:alert(1)"
    link = "\x1b]8;id=1;{}\x1b\\\x1b[4mthere\x1b[0m\x1b]8;;\x1b\\"
    picture.paint(f"\x1b[1;1H{link.format(good)}\x1b[2;1H{link.format(bad)}\x1b[1;1H")
    assert re.findall(r"\x1b\]8;([^\x1b]*)", shown.follow(picture)) == [f";{good}", ";"]


def test_half_a_wide_character_is_none() -> None:
    picture = Picture(6, 1)
    picture.paint("\x1b[1;1H中文字")
    picture.paint("\x1b[1;2Hxy\x1b[1;6H!")
    assert [cell.text for cell in picture.rows[0] if cell] == [" ", "x", "y", " ", " ", "!"]


@pytest.mark.parametrize("sgr", STYLES)
@pytest.mark.parametrize("other", STYLES)
def test_from_pen_to_pen(sgr: str, other: str) -> None:
    screen, plain = Screen(), Screen()
    screen.show(f"\x1b[{sgr}ma{pen_of(sgr).to(pen_of(other))}b")
    plain.show(f"\x1b[{sgr}ma\x1b[0;{other}mb")
    assert screen.screen.buffer[0][1] == plain.screen.buffer[0][1]


@pytest.mark.parametrize(
    ("environ", "erases"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "screen-256color"}, False),
        ({"TERM": "screen-256color", "TMUX": "/tmp/x,1,0"}, True),
        ({"TERM": "vt100"}, False),
    ],
)
def test_which_terminals_erase_with_the_background(environ: dict[str, str], erases: bool) -> None:
    assert erases_with_background(environ) is erases


# -- the thread ------------------------------------------------------------------------------


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A line to read from, and one to write to."""
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def test_controls_go_before_the_picture_and_none_is_lost(pipe: tuple[int, int]) -> None:
    wire = Wire({"TERM": "xterm-256color"})
    wire.open(pipe[1], "utf-8")
    wire.control(ENTER)
    wire.paint("\x1b[1;1H\x1b[1m储能\x1b[0m\x1b[1;1H", (20, 1))
    written = b""
    while "储能".encode() not in written:
        written += os.read(pipe[0], 4096)
    wire.control(LEAVE)
    wire.close()
    written += os.read(pipe[0], 4096)
    assert written.startswith(ENTER.encode())
    assert written.endswith(b"\x1b[m" + LEAVE.encode())


def test_a_terminal_that_is_gone_stops_nobody() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    wire = Wire({})
    wire.open(writing, "utf-8")
    wire.control(ENTER)
    wire.flush()
    wire.paint("\x1b[1;1Hx\x1b[1;1H", (20, 1))
    wire.control(LEAVE)
    wire.flush()
    wire.close()
    os.close(writing)
