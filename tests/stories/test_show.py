"""One layout, two front ends: what ``show`` prints is what the pane shows."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from finews_tui.settings import sample_archive
from tests.stories.story import Row, command
from tools.person import reader
from tools.terminal import Terminal

ROWS = 300
"""Lines of the window: as many as the longest of the articles."""


@pytest.mark.parametrize("width", [40, 80, 120])
def test_show_prints_what_the_pane_shows(
    width: int, tmp_path: Path, sample_rows: list[Row]
) -> None:
    archive = str(sample_archive())
    with reader(tmp_path, archive, columns=width, rows=ROWS) as terminal:
        terminal.wait_for(f"1/{len(sample_rows)}")
        terminal.press("l z")
        for row in sample_rows[:8]:
            words = ("show", row["key"], "-a", archive, "--width", str(width))
            printed = command(tmp_path, *words).stdout.rstrip("\n").split("\n")
            assert len(printed) < ROWS
            terminal.wait_for(partial(_shows, terminal, printed))
            terminal.press("J")


def _shows(terminal: Terminal, lines: list[str]) -> bool:
    return terminal.lines[: len(lines)] == lines
