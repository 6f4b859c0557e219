"""The reader inside a real tmux: what of it reaches the terminal outside, as tmux is configured."""

from __future__ import annotations

import base64
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from finews_tui.settings import sample_archive
from finews_tui.tui.tmux import LINKS_SINCE, Tmux
from tests.remote.conftest import needed
from tests.stories.story import Row, rows_of
from tools import processes
from tools.person import environment
from tools.terminal import DEADLINE, Terminal

_COPIES = re.compile(rb"\x1b\]52;([a-z0-9]*);([A-Za-z0-9+/=]*)\x07")


@dataclass(slots=True)
class Session:
    """A tmux of its own, in a terminal; ``terminal`` is what lies outside."""

    program: str
    home: Path
    terminal: Terminal

    @property
    def socket(self) -> str:
        """Where its server listens."""
        return str(self.home / "tmux")

    def tell(self, *words: str) -> str:
        """Run a tmux command from outside; what it prints."""
        command = [self.program, "-S", self.socket, *words]
        environ = environment(self.home)
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
        return done.stdout

    @property
    def version(self) -> tuple[int, int]:
        """The version of tmux."""
        return Tmux(self.tell("display-message", "-p", "#{version}"), "", "", "").number

    @property
    def copies(self) -> list[tuple[str, str]]:
        """What has reached the terminal outside: the selection's letters and the text."""
        return [
            (kind.decode(), base64.b64decode(text).decode())
            for kind, text in _COPIES.findall(self.terminal.written)
        ]

    def close(self) -> None:
        """End it, and everything in it."""
        command = [self.program, "-S", self.socket, "kill-server"]
        subprocess.run(command, stderr=subprocess.DEVNULL, check=False)
        self.terminal.close()


def attached(home: Path, *words: str, columns: int = 100, rows: int = 31) -> Session:
    """A terminal with tmux in it; ``words`` are tmux's."""
    program = needed("tmux", "tmux")
    command = [program, "-S", str(home / "tmux"), "-f", str(home / "tmux.conf"), *words]
    environ = environment(home)
    terminal = Terminal(command, columns=columns, rows=rows, environ=environ, cwd=home)
    return Session(program, home, terminal)


def reader_in_tmux(home: Path, config: str = "", *words: str) -> Session:
    """The reader, started in a new tmux of that configuration."""
    (home / "tmux.conf").write_text(f"set -g status off\n{config}\n")
    words = (sys.executable, "-m", "finews_tui", *(words or (str(sample_archive()),)))
    return attached(home, "new-session", shlex.join(words))


@pytest.fixture
def session(tmp_path: Path, sample_rows: list[Row]) -> Iterator[Session]:
    """The reader in a tmux as it comes."""
    running = reader_in_tmux(tmp_path)
    try:
        running.terminal.wait_for(f"1/{len(sample_rows)}", seconds=20)
        yield running
    finally:
        running.close()


@pytest.mark.parametrize(
    ("config", "kinds"),
    [
        # As it comes, tmux takes nothing from programs inside; its own buffer it sends on.
        ("", [""]),
        ("set -s set-clipboard off", [""]),
        # Then what the reader writes passes too, in tmux's words or in the reader's own.
        ("set -s set-clipboard on", ["", ""]),
        ("set -g allow-passthrough on", ["", "c"]),
    ],
)
def test_a_copy_gets_out_whatever_is_set(
    tmp_path: Path, sample_rows: list[Row], config: str, kinds: list[str]
) -> None:
    session = reader_in_tmux(tmp_path, config)
    try:
        terminal = session.terminal
        terminal.wait_for(f"1/{len(sample_rows)}", seconds=20)
        terminal.press("y y")
        terminal.wait_for("Sent to your terminal's clipboard and tmux's buffer")
        url = sample_rows[0]["url"]
        terminal.wait_for(lambda: sorted(kind for kind, _ in session.copies) == kinds)
        assert {text for _, text in session.copies} == {url}
        assert session.tell("show-buffer") == url
        terminal.press("q")
        terminal.wait_end()
    finally:
        session.close()


def test_the_link_card(session: Session, sample_rows: list[Row]) -> None:
    url = sample_rows[0]["url"]
    session.terminal.press("o")
    session.terminal.wait_for("It was sent to your terminal's clipboard and tmux's buffer.")
    session.terminal.wait_for(lambda: ("", url) in session.copies)
    # A hyperlink passes where tmux knows them; see docs/terminals.md.
    link = f";{url}\x1b\\".encode()
    passes = session.version >= LINKS_SINCE
    if passes:
        session.terminal.wait_for(lambda: link in session.terminal.written)
    assert (link in session.terminal.written) is passes


def test_a_pane_that_is_split_and_closed(session: Session, sample_rows: list[Row]) -> None:
    terminal, total = session.terminal, len(sample_rows)
    terminal.press("5 G")
    terminal.wait_for(f"5/{total}")
    session.tell("split-window", "-v", "cat")
    terminal.wait_for(lambda: f"5/{total}" in terminal.lines[14])
    session.tell("kill-pane")
    terminal.wait_for(lambda: f"5/{total}" in terminal.lines[-1])
    terminal.press("j")
    terminal.wait_for(f"6/{total}")


def test_the_terminal_goes_and_another_comes(
    session: Session, tmp_path: Path, sample_rows: list[Row]
) -> None:
    session.terminal.press("7 G")
    session.terminal.wait_for(f"7/{len(sample_rows)}")
    session.terminal.hang_up()
    later = attached(tmp_path, "attach-session", columns=120, rows=40)
    try:
        later.terminal.wait_for(f"7/{len(sample_rows)}")
        later.terminal.press("y t")
        later.terminal.wait_for(lambda: ("", sample_rows[6]["title"]) in later.copies)
    finally:
        later.terminal.close()


def test_the_end_of_tmux_leaves_the_state_and_no_process(
    session: Session, tmp_path: Path, sample_rows: list[Row]
) -> None:
    session.terminal.press("2 G s")
    session.terminal.wait_for("★")
    session.tell("kill-server")
    assert processes.left_behind(f"XDG_STATE_HOME={tmp_path}", DEADLINE) == []
    assert [row["key"] for row in rows_of(tmp_path, "is:starred")] == [sample_rows[1]["key"]]


def test_the_doctor_tells_about_tmux(tmp_path: Path) -> None:
    (tmp_path / "tmux.conf").write_text("set -s set-clipboard on\nset -g allow-passthrough on\n")
    command = f"{sys.executable} -m finews_tui doctor; read wait"
    session = attached(tmp_path, "new-session", command, columns=180)
    try:
        session.terminal.wait_for("size ")
        told = " ".join(session.terminal.text.split())
    finally:
        session.close()
    assert "drawing on xterm-256color" in told
    assert "it calls itself tmux" in told
    assert "set-clipboard on, allow-passthrough on" in told
    assert "the terminal draws “ … — ① ★ ─ 1 cell wide" in told
