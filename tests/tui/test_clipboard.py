"""Copying: the programs that get the text, and what is said about it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from finews_tui.tui.clipboard import Sent, is_written, send
from tests.tui.harness import program

TERMINAL = "your terminal's clipboard"
LONG = "财" * 30_000


@pytest.fixture
def desktop(tmp_path: Path) -> dict[str, str]:
    """A person at this machine, whose xclip writes the clipboard into a file."""
    path = program(
        tmp_path, "xclip", f'echo "$@" > {tmp_path}/words; cat > {tmp_path}/board'
    ).parent
    return {"DISPLAY": ":0", "TERM": "xterm", "PATH": f"{path}:{os.environ['PATH']}"}


def test_the_desktops_program_gets_the_text(desktop: dict[str, str], tmp_path: Path) -> None:
    sent = send("贵州茅台\n600519", desktop)
    assert (tmp_path / "board").read_text() == "贵州茅台\n600519"
    assert (tmp_path / "words").read_text() == "-selection clipboard -in\n"
    assert sent.places == (TERMINAL, "the desktop's clipboard (xclip)")
    assert sent.message.startswith(f"Sent to {TERMINAL} and the desktop's clipboard (xclip): 贵州")


def test_over_ssh_no_program_of_the_desktop_is_run(desktop: dict[str, str], tmp_path: Path) -> None:
    sent = send("x", {**desktop, "SSH_CONNECTION": "1 2 3 4"})
    assert sent == Sent("x", (TERMINAL,))
    assert not (tmp_path / "board").exists()


def test_inside_tmux_it_goes_into_a_buffer_and_on(tmp_path: Path) -> None:
    path = program(
        tmp_path, "tmux", f'echo "$@" > {tmp_path}/words; cat > {tmp_path}/buffer'
    ).parent
    environ = {"TMUX": "/x,1,0", "TERM": "tmux-256color", "PATH": f"{path}:{os.environ['PATH']}"}
    sent = send("茅台", environ)
    assert (tmp_path / "buffer").read_text() == "茅台"
    assert (tmp_path / "words").read_text() == "load-buffer -w -\n"
    assert sent.message == f"Sent to {TERMINAL} and tmux's buffer: 茅台"

    # What no terminal takes is kept by tmux all the same, but not sent on.
    sent = send(LONG, environ)
    assert (tmp_path / "words").read_text() == "load-buffer -\n"
    assert (tmp_path / "buffer").read_text() == LONG
    assert sent.places == ("tmux's buffer",)
    assert not is_written(sent)


def test_a_failing_program_is_no_place(tmp_path: Path) -> None:
    path = program(tmp_path, "tmux", "echo usage >&2; exit 1").parent
    sent = send("x", {"TMUX": "/x,1,0", "TERM": "tmux", "PATH": str(path)})
    assert sent == Sent("x", (TERMINAL,), ("tmux failed with status 1.",))


def test_a_program_that_hangs_is_given_up(
    desktop: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("finews_tui.tui.clipboard.PATIENCE", 0.05)
    program(tmp_path, "xclip", "exec sleep 60")
    sent = send("x", desktop)
    assert sent.places == (TERMINAL,)
    assert sent.problems == ("xclip did not take the text within 0.05 s.",)


def test_too_long_for_a_terminal_is_said() -> None:
    sent = send(LONG, {"TERM": "xterm"})
    assert sent.places == ()
    assert sent.message.startswith("A terminal's clipboard takes 54 KB, and this is 87 KB: 财财")
    assert not is_written(sent)


def test_no_clipboard_at_all() -> None:
    assert send("x", {"TERM": "linux"}).message == "This terminal has no clipboard: x"


def test_the_places_as_a_part_of_a_sentence() -> None:
    assert Sent("", ("a",)).where == "a"
    assert Sent("", ("a", "b", "c")).where == "a, b and c"
    assert Sent("", ()).where == ""
