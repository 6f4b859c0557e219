"""How many colours there are, and that everything can be read in as few as there may be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.segment import Segment

from finews_tui.tui.colours import colour_depth, settle_colours
from tests.tui.harness import options_for, reading


class TestDepth:
    """By environment and terminal database."""

    @pytest.mark.parametrize(
        ("environ", "depth"),
        [
            ({"TERM": "xterm-256color"}, "256"),
            ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "truecolor"),
            ({"TERM": "xterm-256color", "COLORTERM": "24bit"}, "truecolor"),
            ({"TERM": "xterm-direct"}, "truecolor"),
            ({"TERM": "screen-256color"}, "256"),
            ({"TERM": "xterm-kitty"}, "256"),
            ({"TERM": "alacritty"}, "256"),
            ({"TERM": "xterm"}, "16"),
            ({"TERM": "linux"}, "16"),
            ({"TERM": "dumb"}, "none"),
            ({}, "none"),
            ({"TERM": "xterm", "NO_COLOR": "1"}, "none"),
            ({"TERM": "xterm", "NO_COLOR": ""}, "16"),
        ],
    )
    def test_colours(self, environ: dict[str, str], depth: str) -> None:
        assert colour_depth(environ) == depth

    @pytest.mark.parametrize(
        ("term", "depth"),
        [
            ("vt100", "none"),
            ("linux", "16"),
            ("xterm", "16"),
            ("screen", "16"),
            ("no-such-terminal", "16"),
        ],
    )
    def test_the_terminal_database(self, term: str, depth: str) -> None:
        # In a process of its own: ncurses reads one terminal's description, once.
        code = (
            "import os; from finews_tui.tui.colours import colour_depth as d; print(d(os.environ))"
        )
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}
        told = subprocess.run(
            [sys.executable, "-c", code],
            env={**environ, "TERM": term},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.strip() == depth

    @pytest.mark.parametrize(
        ("environ", "system", "is_plain"),
        [
            ({"TERM": "xterm-256color"}, "256", False),
            ({"TERM": "foot"}, "256", False),
            ({"TERM": "linux"}, "standard", False),
            ({"TERM": "xterm", "COLORTERM": "truecolor"}, "truecolor", False),
            ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "standard", True),
            ({"TERM": "xterm", "TEXTUAL_COLOR_SYSTEM": "256"}, "256", False),
        ],
    )
    def test_textual_is_told(self, environ: dict[str, str], system: str, is_plain: bool) -> None:
        settle_colours(environ)
        assert environ["TEXTUAL_COLOR_SYSTEM"] == system
        assert bool(environ.get("NO_COLOR")) is is_plain


async def test_without_colours_none_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(options_for(tmp_path)) as reader:
        screen = reader.screen
        shown: list[Segment] = []
        for widget in (screen.categories, screen.headlines, screen.article, screen.status):
            for line in widget.render_lines(widget.region.reset_offset):
                shown += list(line)
        colours = {
            colour.name
            for _, style, _ in shown
            if style is not None
            for colour in (style.color, style.bgcolor)
            if colour is not None
        }
        assert colours <= {"default"}
        assert any(style and style.bold for _, style, _ in shown)
