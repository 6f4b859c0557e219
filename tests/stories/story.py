"""What a story needs: the reader in a terminal, and what the archive says about itself."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finews_tui.settings import sample_archive
from tools.person import environment
from tools.terminal import Terminal

Row = dict[str, Any]
"""One post, as ``search --format jsonl`` tells it."""

_POSITION = re.compile(r"^\s*([\d,]+)/([\d,]+)(?:\s|$)")
_COPY = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def command(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a subcommand of the real program without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "finews_tui", *arguments],
        env=environment(home, **more),
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def rows_of(home: Path, query: str = "", archive: Path | None = None) -> list[Row]:
    """The posts that the command line finds, newest first."""
    where = str(archive or sample_archive())
    run = command(home, "search", "-a", where, "--format", "jsonl", *([query] if query else []))
    return [json.loads(line) for line in run.stdout.splitlines()]


def rest(terminal: Terminal, keys: str = "") -> None:
    """Press keys, and wait until these and all that were pressed before have acted.

    They act in their order, each after the answer to the one before, and a count is on the screen
    when it is its turn. That the reader is silent for a moment would prove nothing: it may only be
    that others have the machine.
    """
    terminal.press(f"{keys} 7 5 3".lstrip())
    terminal.wait_for(lambda: " 753 " in terminal.lines[-1])
    terminal.press("Esc")
    terminal.wait_for(lambda: " 753 " not in terminal.lines[-1])


@dataclass(slots=True)
class Story:
    """The reader at one size, with what it should show."""

    terminal: Terminal
    rows: list[Row]
    """All posts of the archive, newest first."""
    columns: int
    lines: int
    home: Path
    """Where its folders are."""

    def found(self, query: str) -> list[int]:
        """The rows of the whole archive that the command line finds now, the first being 1."""
        keys = [row["key"] for row in self.rows]
        return [keys.index(row["key"]) + 1 for row in rows_of(self.home, query)]

    @property
    def total(self) -> int:
        """Posts of the archive."""
        return len(self.rows)

    @property
    def position(self) -> tuple[int, int] | None:
        """Row and total of the status line."""
        found = _POSITION.match(self.terminal.line(self.terminal.screen.lines - 1))
        return (_number(found[1]), _number(found[2])) if found else None

    @property
    def pane(self) -> str:
        """The pane whose title line is a thick one."""
        for line in map(self.terminal.line, range(self.terminal.screen.lines)):
            for column in line.split("│"):
                if "━━" in column:
                    title = column.replace("━", "").strip()
                    if not title:
                        return "article"
                    return "tree" if title.lower().endswith("archive") else "list"
        return ""

    def press(self, keys: str) -> None:
        """Press keys in the help's spelling."""
        self.terminal.press(keys)

    def at(self, row: int, total: int | None = None) -> None:
        """Wait until the selected row is ``row``."""
        wanted = (row, self.total if total is None else total)
        self.terminal.wait_for(lambda: self.position == wanted)

    def go(self, keys: str, row: int, total: int | None = None) -> None:
        """Press keys, and wait until the selected row is ``row``."""
        self.press(keys)
        try:
            self.at(row, total)
        except AssertionError as error:
            raise AssertionError(
                f"after {keys!r}, {row} of {total or self.total}: {error}"
            ) from None

    def focus(self, keys: str, pane: str) -> None:
        """Press keys, and wait until a pane has the focus."""
        self.press(keys)
        try:
            self.terminal.wait_for(lambda: self.pane == pane)
        except AssertionError as error:
            raise AssertionError(f"after {keys!r}, {pane} of {self.pane}: {error}") from None

    def see(self, text: str) -> None:
        """Wait until a text is on the screen."""
        self.terminal.wait_for(text)

    def shows(self, row: int) -> None:
        """Wait until the article of a row is on the screen, by its time."""
        self.see(self.rows[row - 1]["published"][:16].replace("T", " "))

    def shows_at_end(self, row: int) -> None:
        """Wait until the last line of a row's article is on the screen: where it came from."""
        self.see(f"{self.rows[row - 1]['key']}.html")

    def rest(self, keys: str = "") -> None:
        """Press keys, and wait until these and all that were pressed before have acted."""
        rest(self.terminal, keys)

    def beginning(self) -> None:
        """Back to the whole archive, the list, and its first row."""
        self.rest("Esc M-3 g g M-2 g h g g")
        self.at(1)
        self.terminal.wait_for(lambda: self.pane == "list")

    def unread_again(self) -> None:
        """Take all marks and stars off that stories have made, and see it on the screen."""
        where = str(sample_archive())
        keys = [row["key"] for row in self.rows]
        for action in ("unread", "unstar"):
            run = command(self.home, "mark", action, *keys, "-a", where)
            assert run.returncode == 0, run.stderr
        self.press("g u")
        self.at(1)
        self.beginning()

    def copied(self) -> str:
        """The text that was last sent to the clipboard."""
        found = _COPY.findall(bytes(self.terminal.written))
        return base64.b64decode(found[-1]).decode() if found else ""

    def marked(self, mark: str) -> int:
        """Rows of the list that show ``●`` or ``★``."""
        return sum(mark in line for line in self.terminal.lines)


def _number(text: str) -> int:
    return int(text.replace(",", ""))
