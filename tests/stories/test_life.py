"""How the reader begins and ends, in all sorts of terminals."""

from __future__ import annotations

import re
import shutil
import signal
import sqlite3
import sys
import threading
from pathlib import Path

import pytest

from finews_tui.settings import sample_archive
from tests.stories.story import Row, command, rest, rows_of
from tools.person import environment, reader
from tools.terminal import Terminal

RESTORED = b"\x1b[?1049l"
"""Back from the alternate screen."""


@pytest.fixture
def archive() -> str:
    """The sample archive, read-only."""
    return str(sample_archive())


def started(terminal: Terminal, total: int) -> Terminal:
    """Wait until the reader shows its first row."""
    terminal.wait_for(f"1/{total}")
    return terminal


@pytest.mark.parametrize("keys", ["q", "Q", "Z Z", ": q Enter", "C-c C-c", "? Q"])
def test_quitting(tmp_path: Path, archive: str, sample_rows: list[Row], keys: str) -> None:
    with reader(tmp_path, archive) as terminal:
        started(terminal, len(sample_rows))
        terminal.press(keys)
        assert terminal.wait_end() == 0
        assert RESTORED in terminal.written
        assert terminal.written.endswith((b"\x1b[?25h", b"\x1b[?1004l", b"\n", b"u", b"l"))


def test_keys_after_quitting_do_nothing(
    tmp_path: Path, archive: str, sample_rows: list[Row]
) -> None:
    with reader(tmp_path, archive) as terminal:
        started(terminal, len(sample_rows))
        terminal.press("q i m s g u ] u o")
        assert terminal.wait_end() == 0
        assert b"Warning" not in terminal.written and b"Traceback" not in terminal.written
    assert rows_of(tmp_path, "is:starred") == []


def test_q_closes_what_is_on_top_first(
    tmp_path: Path, archive: str, sample_rows: list[Row]
) -> None:
    with reader(tmp_path, archive) as terminal:
        started(terminal, len(sample_rows))
        rest(terminal, "? q i q")
        assert terminal.status is None
        terminal.press("q")
        assert terminal.wait_end() == 0


BEGUN, ENDED = ("", "0", "1", "2", "3", "4", "7", "39", "49"), ("22", "23", "24", "27")
ATTRIBUTES = {parameter.encode() for parameter in (*BEGUN, *ENDED)}
"""All but colours: bold, dim, slanted, underlined, reverse, and the terminal's own two colours."""
OWN_COLOURS = {
    str(number).encode() for base in (30, 40, 90, 100) for number in range(base, base + 8)
}


@pytest.mark.parametrize(
    ("term", "more", "colour"),
    [
        ("xterm-256color", {}, b"38;5;"),
        ("xterm-256color", {"COLORTERM": "truecolor"}, b"38;5;"),
        ("screen-256color", {}, b"38;5;"),
        ("tmux-256color", {"TMUX": "/nowhere,1,0"}, b"38;5;"),
        ("xterm", {}, b"\x1b["),
        ("linux", {}, b"\x1b["),
        ("vt100", {}, b"\x1b["),
        ("xterm-256color", {"NO_COLOR": "1"}, b"\x1b["),
        ("xterm-256color", {"LANG": "C", "LC_ALL": "POSIX"}, b"38;5;"),
    ],
)
def test_in_all_sorts_of_terminals(
    tmp_path: Path,
    archive: str,
    sample_rows: list[Row],
    term: str,
    more: dict[str, str],
    colour: bytes,
) -> None:
    with reader(tmp_path, archive, variables={"TERM": term, **more}) as terminal:
        started(terminal, len(sample_rows))
        terminal.wait_for(sample_rows[0]["title"][:8])
        terminal.press("j")
        terminal.wait_for(f"2/{len(sample_rows)}")
        assert any(line.startswith("▌") for line in terminal.lines)
        assert colour in terminal.written
        terminal.press("q")
        assert terminal.wait_end() == 0


@pytest.mark.parametrize(
    ("term", "more", "colours"),
    [
        ("xterm", {}, {b"33", b"35", b"36"}),
        ("xterm-256color", {"NO_COLOR": "1"}, set()),
        ("xterm", {"NO_COLOR": "1"}, set()),
    ],
)
def test_the_terminals_own_colours_or_none(
    tmp_path: Path,
    archive: str,
    sample_rows: list[Row],
    term: str,
    more: dict[str, str],
    colours: set[bytes],
) -> None:
    """Sixteen are enough, and with NO_COLOR nothing but attributes is sent, dialogs included."""
    with reader(tmp_path, archive, variables={"TERM": term, **more}) as terminal:
        started(terminal, len(sample_rows))
        terminal.wait_for(sample_rows[0]["title"][:8])
        terminal.press("l")
        terminal.settle()
        for keys, shown in (("?", "Help"), ("q : l i n k", ":link"), ("Esc /", "/")):
            terminal.press(keys)
            terminal.wait_for(shown)
        parameters = {
            part
            for sequence in re.findall(rb"\x1b\[([0-9;]*)m", terminal.written)
            for part in sequence.split(b";")
        }
        assert colours <= parameters
        assert parameters <= {*colours, *OWN_COLOURS, *ATTRIBUTES}
        if not colours:
            assert parameters <= ATTRIBUTES


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_do_it(tmp_path: Path, archive: str, term: str) -> None:
    with reader(tmp_path, archive, variables={"TERM": term}) as terminal:
        assert terminal.wait_end() == 2
        told = bytes(terminal.written)
        assert b"finews-tui search" in told
        assert b"\x1b" not in told


def test_no_terminal_at_all(tmp_path: Path, archive: str) -> None:
    here = command(tmp_path, archive)
    assert here.returncode == 2
    assert here.stdout == ""
    assert "finews-tui search" in here.stderr and "ssh -t" not in here.stderr
    there = command(tmp_path, archive, SSH_CONNECTION="10.0.0.1 5 10.0.0.2 22")
    assert there.returncode == 2
    assert "ssh -t" in there.stderr
    assert len(there.stderr.splitlines()) == 1


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_leaves_the_state_and_the_terminal(
    tmp_path: Path, archive: str, sample_rows: list[Row], number: signal.Signals
) -> None:
    with reader(tmp_path, archive) as terminal:
        started(terminal, len(sample_rows))
        terminal.press("3 G s")
        terminal.wait_for("★")
        terminal.kill(number)
        assert terminal.wait_end() == 128 + number
        assert RESTORED in terminal.written
    assert [row["key"] for row in rows_of(tmp_path, "is:starred")] == [sample_rows[2]["key"]]


def test_a_dropped_line_leaves_the_state(
    tmp_path: Path, archive: str, sample_rows: list[Row]
) -> None:
    with reader(tmp_path, archive) as terminal:
        started(terminal, len(sample_rows))
        terminal.press("2 G s")
        terminal.wait_for("★")
        terminal.hang_up()
        assert terminal.wait_end() == 128 + signal.SIGHUP
    assert [row["key"] for row in rows_of(tmp_path, "is:starred")] == [sample_rows[1]["key"]]


def test_kill_9_leaves_the_state(tmp_path: Path, archive: str, sample_rows: list[Row]) -> None:
    with reader(tmp_path, archive) as terminal:
        started(terminal, len(sample_rows))
        terminal.press("s")
        terminal.wait_for("★")
        terminal.kill(signal.SIGKILL)
        assert terminal.wait_end() == 128 + signal.SIGKILL
    assert [row["key"] for row in rows_of(tmp_path, "is:starred")] == [sample_rows[0]["key"]]


def test_a_star_that_has_to_wait_is_set_although_the_reader_ends(
    tmp_path: Path, archive: str, sample_rows: list[Row]
) -> None:
    with reader(tmp_path, archive) as terminal:
        started(terminal, len(sample_rows))
        other = sqlite3.connect(tmp_path / "state/finews-tui/state.db", check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")  # somebody else is writing
        for row in (3, 5):
            terminal.press(f"{row} G s j")
            terminal.wait_for(f"{row + 1}/{len(sample_rows)}")  # so the s was taken, too
        terminal.kill(signal.SIGTERM)
        release = threading.Timer(0.5, other.rollback)
        release.start()
        assert terminal.wait_end() == 128 + signal.SIGTERM
        release.join()
        other.close()
    starred = [row["key"] for row in rows_of(tmp_path, "is:starred")]
    assert starred == [sample_rows[2]["key"], sample_rows[4]["key"]]


def test_suspending_and_coming_back(tmp_path: Path, archive: str, sample_rows: list[Row]) -> None:
    environ = environment(tmp_path, PS1="$ ")
    with Terminal(["/bin/sh", "-i"], environ=environ, cwd=tmp_path) as terminal:
        terminal.wait_for("$")
        terminal.type(f"set -m; {sys.executable} -m finews_tui {archive}\r")
        started(terminal, len(sample_rows))
        terminal.press("j")
        terminal.wait_for(f"2/{len(sample_rows)}")
        # What is typed before the shell has its terminal back is thrown away with the mode.
        prompts = terminal.written.count(b"$ ")
        terminal.press("C-z")
        terminal.wait_for(lambda: RESTORED in terminal.written)
        terminal.wait_for(lambda: terminal.written.count(b"$ ") > prompts)
        terminal.type("echo the shell $((1+1)) is here\r")
        terminal.wait_for("the shell 2 is here")
        terminal.type("fg\r")
        terminal.wait_for(f"2/{len(sample_rows)}")
        terminal.press("j")
        terminal.wait_for(f"3/{len(sample_rows)}")
        prompts = terminal.written.count(b"$ ")
        terminal.press("q")
        terminal.wait_for(lambda: terminal.written.count(RESTORED) == 2)
        terminal.wait_for(lambda: terminal.written.count(b"$ ") > prompts)
        terminal.type("exit\r")
        assert terminal.wait_end() == 0


def test_options(tmp_path: Path, archive: str, sample_rows: list[Row]) -> None:
    row = sample_rows[8]
    options = ["--no-mouse", "--theme", "finews-light", "--at", row["key"]]
    with reader(tmp_path, "read", archive, *options) as terminal:
        terminal.wait_for(row["published"][:16].replace("T", " "))
        terminal.wait_for(f"9/{len(sample_rows)}")
        assert b"\x1b[?1000h" not in terminal.written
        terminal.press("Q")
        assert terminal.wait_end() == 0
    found = [row for row in sample_rows if "储能" in row["title"]]
    with reader(tmp_path, archive, "--query", "title:储能") as terminal:
        terminal.wait_for(f"1/{len(found)}")


def test_a_wrong_query_or_keymap_is_told_before_the_screen(tmp_path: Path, archive: str) -> None:
    wrong = command(tmp_path, archive, "--query", "sauce:x")
    assert wrong.returncode == 2
    config = tmp_path / "config" / "finews-tui" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[keys]\n"x" = "toggle_star"\n"g" = "down"\n')
    with reader(tmp_path, archive) as terminal:
        assert terminal.wait_end() == 2
        assert "line 3: g only begins commands" in " ".join(terminal.text.split())
        assert RESTORED not in terminal.written


def test_the_persons_own_keys(tmp_path: Path, archive: str, sample_rows: list[Row]) -> None:
    config = tmp_path / "config" / "finews-tui" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[keys]\n"ctrl+x" = "toggle_star"\n"?" = ""\n')
    with reader(tmp_path, archive) as terminal:
        started(terminal, len(sample_rows))
        assert "F1 help" in terminal.text
        terminal.press("C-x")
        terminal.wait_for("★")


def test_the_first_start_shows_posts_while_it_reads(
    tmp_path: Path, archive: str, sample_rows: list[Row]
) -> None:
    copy = tmp_path / "news"
    shutil.copytree(archive, copy)
    with reader(tmp_path, str(copy)) as terminal:
        terminal.wait_for(sample_rows[0]["title"][:8])
        started(terminal, len(sample_rows))
        terminal.press("q")
        assert terminal.wait_end() == 0
    assert not list(copy.rglob("*.db"))
    with reader(tmp_path, str(copy)) as terminal:
        started(terminal, len(sample_rows))


def test_an_empty_archive_speaks(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with reader(tmp_path, str(empty)) as terminal:
        terminal.wait_for("No posts in")
        terminal.wait_for("0/0")
        terminal.press("j G Enter o i t m s u J Space ] u / x Enter n f y Enter F y y z z M")
        rest(terminal, "Esc")
        assert terminal.status is None
        terminal.press("Q")
        assert terminal.wait_end() == 0


def test_no_such_archive(tmp_path: Path) -> None:
    with reader(tmp_path, str(tmp_path / "nowhere")) as terminal:
        assert terminal.wait_end() == 2
        assert b"nowhere" in terminal.written
        assert RESTORED not in terminal.written


def test_without_an_argument_it_is_the_sample(tmp_path: Path, sample_rows: list[Row]) -> None:
    with reader(tmp_path, columns=130) as terminal:
        started(terminal, len(sample_rows))
        terminal.wait_for("Sample archive")


def test_a_broken_index_is_made_anew(tmp_path: Path, archive: str, sample_rows: list[Row]) -> None:
    rows_of(tmp_path)
    (index,) = (tmp_path / "cache" / "finews-tui").glob("*.db")
    index.write_bytes(b"not a database" * 1000)
    with reader(tmp_path, archive) as terminal:
        started(terminal, len(sample_rows))


def test_few_bytes_for_a_key(tmp_path: Path, archive: str, sample_rows: list[Row]) -> None:
    total = len(sample_rows)
    with reader(tmp_path, archive, columns=120, rows=40) as terminal:
        started(terminal, total)

        def moved(row: int) -> int:
            """The bytes of ``j``; the preview follows later, and is not counted."""
            terminal.settle(0.6)
            before = len(terminal.written)
            terminal.press("j")
            terminal.wait_for(f" {row}/{total}")
            return len(terminal.written) - before

        sizes = [moved(row) for row in range(2, 18)]
        assert sorted(sizes[:10])[5] <= 400
        assert all(size <= 3 * 1024 for size in sizes)
        assert b"\x1b[1M" in terminal.written, "the terminal has moved the list"
        for keys in ("g g", "PageDown", "PageUp", "Enter", "PageDown", "?", "q"):
            assert terminal.bytes_of(keys, 0.6) <= 8 * 1024
        assert terminal.bytes_of("M-2 C-l", 0.6) > 5 * 1024, "everything is sent again"
        assert terminal.bytes_of("Esc") <= 256
        assert not terminal.read(1.0)
