"""A terminal that draws ambiguous characters two cells wide, and one that does not."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import east_asian_width

import pyte.screens
import pytest
from wcwidth import wcwidth

from tests.tui.harness import write_post
from tools import display
from tools.person import reader
from tools.terminal import Terminal

QUESTION = "“\x1b[6n".encode()
"""What asks for the width."""
TITLES = ("“双碳”…①稳增长", "普通的标题", "★“★“★“★“★“★“★“★“ — ▲ ▼", "plain title")
ROWS, COLUMNS = 40, 160
BORDER = 39
"""The column right of the tree."""


def wide(character: str) -> int:
    """Cells of a character on such a terminal."""
    return 2 if east_asian_width(character) == "A" else wcwidth(character)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Posts whose titles and bodies are full of such characters."""
    for number, title in enumerate(TITLES):
        body = f"<p>{title * 9}</p><p>“引号”——破折号……①②③。</p>"
        write_post(tmp_path / "news" / "_posts", number, title=title, body=body)
    return tmp_path / "news"


@pytest.fixture
def is_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal of the test is such a one."""
    monkeypatch.setattr(pyte.screens, "wcwidth", wide)
    monkeypatch.setattr(display, "wcwidth", wide)


def answer(terminal: Terminal, cells: int, times: int = 1) -> None:
    """Answer the question once it was asked so often."""
    terminal.wait_for(lambda: terminal.written.count(QUESTION) == times)
    terminal.type(f"\x1b[2;{cells + 1}R")


def at(terminal: Terminal, column: int) -> set[str]:
    """What stands in a column of the panes."""
    buffer = terminal.screen.buffer
    return {buffer[y][column].data for y in range(1, ROWS - 1)}


@pytest.mark.usefixtures("is_wide")
def test_no_row_shifts_where_they_are_wide(archive: Path, tmp_path: Path) -> None:
    with reader(tmp_path, str(archive), columns=COLUMNS, rows=ROWS) as terminal:
        terminal.wait_for(f"1/{len(TITLES)}")
        terminal.press("j")  # before the answer: it waits for nothing
        terminal.wait_for(f"2/{len(TITLES)}")
        answer(terminal, 2)
        terminal.wait_for(lambda: at(terminal, BORDER) == {"|"})
        terminal.settle()
        assert terminal.line(ROWS - 1).startswith(f" 2/{len(TITLES)}")
        assert "? help" in terminal.line(ROWS - 1)
        for key in ("j", "Enter", "z", "z", "h", "i", "Esc", "O", "Esc", "?", "Esc", "M-1"):
            terminal.press(key)
            terminal.settle(0.1)
            edge = [terminal.screen.buffer[y][COLUMNS - 1].data for y in range(ROWS)]
            assert all(wide(data[0]) == 1 for data in edge if data), "a character is cut"
        assert at(terminal, BORDER) == {"|"}
        terminal.press("Q")
        assert terminal.wait_end() == 0


def test_the_terminal_is_asked_again_with_a_redraw(archive: Path, tmp_path: Path) -> None:
    with reader(tmp_path, str(archive), columns=COLUMNS, rows=ROWS) as terminal:
        answer(terminal, 1)
        terminal.wait_for(f"1/{len(TITLES)}")
        terminal.wait_for(lambda: at(terminal, BORDER) == {"│"})
        terminal.press("C-l")
        answer(terminal, 2, times=2)
        terminal.wait_for(lambda: at(terminal, BORDER) == {"|"})
        terminal.press("C-l")
        answer(terminal, 1, times=3)
        terminal.wait_for(lambda: at(terminal, BORDER) == {"│"})
        assert not re.search(r"\d+;\d+R", terminal.text)


@pytest.mark.parametrize("cells", [1, 2])
def test_what_the_config_says_is_not_asked(archive: Path, tmp_path: Path, cells: int) -> None:
    config = tmp_path / "config" / "finews-tui" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f"ambiguous_width = {cells}\n")
    with reader(tmp_path, str(archive), columns=COLUMNS, rows=ROWS) as terminal:
        terminal.wait_for(f"1/{len(TITLES)}")
        terminal.press("C-l j")
        terminal.wait_for(f"2/{len(TITLES)}")
        assert QUESTION not in terminal.written
