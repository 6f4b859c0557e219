"""What the reader does when the machine, the terminal or the reader itself fails."""

from __future__ import annotations

import os
import re
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from finews_tui.crash import NAME as TRACE
from finews_tui.settings import sample_archive
from tests.stories.story import Row, command, rest, rows_of
from tests.stories.test_life import RESTORED
from tools import processes
from tools.person import environment, reader
from tools.terminal import DEADLINE, Terminal

CRASHING = """
import sys
from finews_tui.tui.general import General
from finews_tui.tui.live import Live
def crash(self, count):
    secret = "in a local variable"
    raise KeyError("the bug")
async def crash_later(self):
    raise KeyError("the bug")
General.action_zoom = crash
Live._compare_once = crash_later if sys.argv[1] == "worker" else Live._compare_once
from finews_tui.cli import main
sys.exit(main(sys.argv[2:]))
"""
"""The reader with a bug in a command, or in what it does beside the keys."""


@pytest.fixture
def archive() -> str:
    """The sample archive, read-only."""
    return str(sample_archive())


class TestCrash:
    """A bug ends the reader in order."""

    @pytest.mark.parametrize("where", ["key", "worker"])
    def test_one_file_and_one_sentence(
        self, tmp_path: Path, archive: str, sample_rows: list[Row], where: str
    ) -> None:
        words = [sys.executable, "-c", CRASHING, where, archive]
        environ = environment(tmp_path)
        with Terminal(words, environ=environ, columns=150, cwd=tmp_path) as terminal:
            if where == "key":
                terminal.wait_for(f"1/{len(sample_rows)}")
                terminal.press("s z")
            assert terminal.wait_end() == 1
            written = bytes(terminal.written)
            mark = terminal.mark
        said = written[written.rindex(RESTORED) :].decode()
        trace = tmp_path / "state" / "finews-tui" / TRACE
        sentence = " ".join(said.split("finews-tui:", 1)[1].split())
        assert "this is a bug" in sentence and "KeyError: 'the bug'" in sentence
        assert sentence.endswith(f"its trace is in {trace}")
        assert "Traceback" not in said
        told = trace.read_text(encoding="utf-8")
        assert "crash" in told and "KeyError: 'the bug'" in told and "Python 3" in told
        assert stat.S_IMODE(trace.stat().st_mode) == 0o600
        assert [path.name for path in trace.parent.glob("crash*")] == [TRACE]
        assert processes.left_behind(mark, DEADLINE) == []
        if where == "key":
            assert [row["key"] for row in rows_of(tmp_path, "is:starred")] == [
                sample_rows[0]["key"]
            ]
        assert str(trace) in command(tmp_path, "doctor").stdout

    def test_in_a_subcommand_too(self, tmp_path: Path) -> None:
        code = CRASHING.replace(
            "from finews_tui.cli import main",
            "import finews_tui.cli.lists as lists\n"
            "lists.search = lambda parsed: crash(None, None)\n"
            "from finews_tui.cli import main",
        )
        done = subprocess.run(
            [sys.executable, "-c", code, "command", "search"],
            env=environment(tmp_path, TMPDIR=str(tmp_path), XDG_STATE_HOME="/proc/nowhere"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert done.stdout == ""
        # The state cannot be written: the trace is a private file among the temporary ones.
        (trace,) = tmp_path.glob("*crash.txt")
        assert done.stderr.strip().endswith(f"its trace is in {trace}")
        assert "in _parse_and_run" in trace.read_text()


class TestSeveralReaders:
    """On one archive and one state."""

    def test_what_one_marks_the_other_shows(
        self, tmp_path: Path, archive: str, sample_rows: list[Row]
    ) -> None:
        total = len(sample_rows)
        with reader(tmp_path, archive) as first, reader(tmp_path, archive) as second:
            first.wait_for(f"1/{total}")
            second.wait_for(f"1/{total}")
            first.press("s")
            second.wait_for("★")
            second.press("2 G s")
            first.wait_for(lambda: sum("★" in line for line in first.lines) == 2)
            first.press("s")
            second.wait_for(lambda: sum("★" in line for line in second.lines) == 1)
            for terminal in (first, second):
                terminal.press("q")
                assert terminal.wait_end() == 0

    def test_four_that_mark_at_once_lose_nothing(
        self, tmp_path: Path, archive: str, sample_rows: list[Row]
    ) -> None:
        total = len(sample_rows)
        readers = [reader(tmp_path, archive) for _ in range(4)]
        try:
            for terminal in readers:
                terminal.wait_for(f"1/{total}", seconds=30)
            for number, terminal in enumerate(readers):
                terminal.type("".join(f"{row}Gs" for row in range(number + 1, 41, 4)))
            for number, terminal in enumerate(readers):
                terminal.wait_for(f"{37 + number}/{total}", seconds=30)
                terminal.wait_for(lambda each=terminal: _is_starred(each), seconds=30)  # type: ignore[misc]  # mypy infers no lambda with a default
            for terminal in readers:
                terminal.press("q")
                assert terminal.wait_end() == 0
                assert b"in use" not in terminal.written and b"locked" not in terminal.written
        finally:
            for terminal in readers:
                terminal.close()
        found = {row["key"] for row in rows_of(tmp_path, "is:starred")}
        assert found == {row["key"] for row in sample_rows[:40]}


class TestHome:
    """A home that cannot be written: it is told, and reading goes on."""

    def test_read_only(self, tmp_path: Path, archive: str, sample_rows: list[Row]) -> None:
        # /proc/sys is a folder in which nobody can make a file, root neither.
        variables = {
            "XDG_STATE_HOME": "/proc/sys/kernel",
            "XDG_CACHE_HOME": "/proc/sys/kernel",
            "TMPDIR": str(tmp_path),
        }
        with reader(tmp_path, archive, columns=240, variables=variables) as terminal:
            terminal.wait_for("is forgotten at the end")
            terminal.wait_for(f"1/{len(sample_rows)}")
            terminal.wait_for(f"the index is in {tmp_path}")
            terminal.press("s")
            terminal.wait_for("★")
            terminal.press("Enter")
            terminal.wait_for(sample_rows[0]["published"][:16].replace("T", " "))
            terminal.press("Q")
            assert terminal.wait_end() == 0

    def test_a_disk_that_fills_up_while_one_reads(
        self, tmp_path: Path, archive: str, sample_rows: list[Row]
    ) -> None:
        rows_of(tmp_path)
        total = len(sample_rows)
        state = tmp_path / "state" / "finews-tui" / "state.db"
        with _limited(tmp_path, archive) as terminal:
            terminal.wait_for(f"1/{total}")
            terminal.press("s")
            terminal.wait_for("★")
            # From now on no file of this process may grow.
            resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
            terminal.press("2 G s")
            terminal.wait_for(f"{state} cannot be")
            terminal.press("j Enter")
            terminal.wait_for(sample_rows[2]["published"][:16].replace("T", " "))
            terminal.press("Q")
            assert terminal.wait_end() == 0
            assert RESTORED in terminal.written
        assert [row["key"] for row in rows_of(tmp_path, "is:starred")] == [sample_rows[0]["key"]]

    def test_a_full_disk(self, tmp_path: Path, archive: str, sample_rows: list[Row]) -> None:
        disk = tmp_path / "disk"
        disk.mkdir()
        temporary = tmp_path / "temporary"
        temporary.mkdir()
        mount = f"mount -t tmpfs -o size=64k none {disk} && head -c 60k /dev/zero > {disk}/full"
        variables = {"XDG_STATE_HOME": str(disk), "XDG_CACHE_HOME": str(disk)}
        environ = environment(tmp_path, TMPDIR=str(temporary), **variables)
        words = [*_namespace(), "sh", "-c", f'{mount}; exec "$@"', "sh"]
        command = [*words, sys.executable, "-m", "finews_tui", archive]
        with Terminal(command, columns=240, environ=environ, cwd=tmp_path) as terminal:
            terminal.wait_for("No space left on device", seconds=30)
            terminal.wait_for(f"1/{len(sample_rows)}")
            terminal.press("s")
            terminal.wait_for("★")
            terminal.press("Q")
            assert terminal.wait_end() == 0, terminal.text


def _is_starred(terminal: Terminal) -> bool:
    """Whether the selected row of the list shows a star."""
    return any("▌" in line and "★" in line for line in terminal.lines)


def _limited(home: Path, archive: str) -> Terminal:
    """The reader, wide enough for long sentences."""
    return reader(home, archive, "--no-update", columns=240)


def _namespace() -> Sequence[str]:
    """The beginning of a command that may mount something of its own."""
    for words in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
        program = shutil.which(words[0])
        if program and subprocess.run([*words, "true"], capture_output=True).returncode == 0:
            return words
    pytest.skip("this machine lets nobody mount a small disk")


class TestTerminal:
    """What terminals and people do."""

    def test_a_storm_of_sizes(self, tmp_path: Path, archive: str, sample_rows: list[Row]) -> None:
        total = len(sample_rows)
        with reader(tmp_path, archive) as terminal:
            terminal.wait_for(f"1/{total}")
            terminal.press("9 G")
            terminal.wait_for(f"9/{total}")
            for step in range(60):
                terminal.resize(30 + 3 * (step % 40), 8 + step % 30)
            terminal.resize(110, 33)
            terminal.wait_for(lambda: f"9/{total}" in terminal.lines[-1])
            terminal.press("j")
            terminal.wait_for(lambda: f"10/{total}" in terminal.lines[-1])
            terminal.press("q")
            assert terminal.wait_end() == 0

    def test_flow_control_is_off(
        self, tmp_path: Path, archive: str, sample_rows: list[Row]
    ) -> None:
        with reader(tmp_path, archive) as terminal:
            terminal.wait_for(f"1/{len(sample_rows)}")
            terminal.press("C-s j")
            terminal.wait_for(f"2/{len(sample_rows)}")
            terminal.press("C-q j")
            terminal.wait_for(f"3/{len(sample_rows)}")

    @pytest.mark.parametrize(
        ("term", "more", "present", "absent"),
        [
            ("foot", {}, b"38;5;", b"38;2;"),
            ("linux", {}, rb"[\[;]33[;m]", b"38;"),
            ("vt100", {}, rb"[\[;]1[;m]", b"38;"),
            ("xterm-256color", {"NO_COLOR": "1"}, rb"[\[;]1[;m]", b"38;"),
            ("xterm-256color", {"NO_COLOR": ""}, b"38;5;", b"38;2;"),
        ],
    )
    def test_as_many_colours_as_there_are(
        self,
        tmp_path: Path,
        archive: str,
        sample_rows: list[Row],
        term: str,
        more: dict[str, str],
        present: bytes,
        absent: bytes,
    ) -> None:
        for _ in range(2):  # the second start has a stored frame
            with reader(tmp_path, archive, variables={"TERM": term, **more}) as terminal:
                terminal.wait_for(f"1/{len(sample_rows)}")
                terminal.press("/ 储 Enter")
                terminal.wait_for(lambda: re.search(present, terminal.written) is not None)
                rest(terminal)
                assert absent not in terminal.written
                terminal.press("q")
                assert terminal.wait_end() == 0

    @pytest.mark.parametrize(
        "variables",
        [
            {"LANG": "C"},
            {"LANG": "POSIX", "LC_ALL": "POSIX"},
            {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
            {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "SSH_TTY": "/dev/x"},
        ],
    )
    def test_chinese_without_a_locale_for_it(
        self, tmp_path: Path, archive: str, sample_rows: list[Row], variables: dict[str, str]
    ) -> None:
        with reader(tmp_path, archive, variables=variables) as terminal:
            terminal.wait_for(sample_rows[0]["title"][:8])
            terminal.press("q")
            assert terminal.wait_end() == 0
        done = command(tmp_path, "search", "--limit", "1", "-a", archive, **variables)
        assert sample_rows[0]["title"][:8] in done.stdout
        assert done.stderr == ""


Program = Callable[[str, str], Path]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Writes programs into a folder of the PATH."""

    def write(name: str, script: str) -> Path:
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return write


class TestTextBrowser:
    """A program that draws in this terminal, as the config file wants it."""

    @staticmethod
    def configured(home: Path, opener: Path) -> dict[str, str]:
        config = home / "config" / "finews-tui" / "config.toml"
        config.parent.mkdir(parents=True)
        config.write_text(f'opener = "{opener}"\n')
        return {"PATH": f"{opener.parent}:{os.environ['PATH']}"}

    def test_the_reader_steps_aside(
        self, tmp_path: Path, archive: str, sample_rows: list[Row], program: Program
    ) -> None:
        browser = program(
            "w3m", 'echo "the page of $1"; echo pid $$; read key; echo "<$key>"; exit 0'
        )
        variables = self.configured(tmp_path, browser)
        with reader(tmp_path, archive, columns=120, variables=variables) as terminal:
            terminal.wait_for(f"1/{len(sample_rows)}")
            terminal.press("j o")
            terminal.wait_for(f"the page of {sample_rows[1]['url']}")
            assert RESTORED in terminal.written
            terminal.type("for the page\r")
            terminal.wait_for("Opened with w3m.")
            terminal.wait_for(f"2/{len(sample_rows)}")
            assert b"<for the page>" in terminal.written
            terminal.press("j")
            terminal.wait_for(f"3/{len(sample_rows)}")
            terminal.press("q")
            assert terminal.wait_end() == 0

    def test_c_c_ends_the_browser_alone(
        self, tmp_path: Path, archive: str, sample_rows: list[Row], program: Program
    ) -> None:
        browser = program("w3m", "echo the page; exec sleep 60")
        variables = self.configured(tmp_path, browser)
        with reader(tmp_path, archive, columns=120, variables=variables) as terminal:
            terminal.wait_for(f"1/{len(sample_rows)}")
            terminal.press("o")
            terminal.wait_for("the page")
            terminal.press("C-c")
            terminal.wait_for("w3m was ended by signal 2.")
            terminal.press("q j")
            terminal.wait_for(f"2/{len(sample_rows)}")
            terminal.press("q")
            assert terminal.wait_end() == 0

    def test_an_end_that_comes_meanwhile_is_not_forgotten(
        self, tmp_path: Path, archive: str, sample_rows: list[Row], program: Program
    ) -> None:
        browser = program("w3m", "echo the page; read key")
        variables = self.configured(tmp_path, browser)
        with reader(tmp_path, archive, columns=120, variables=variables) as terminal:
            terminal.wait_for(f"1/{len(sample_rows)}")
            terminal.press("o")
            terminal.wait_for("the page")
            mark = terminal.mark
            terminal.hang_up()
            assert terminal.wait_end() == 128 + 1
            assert processes.left_behind(mark, DEADLINE) == []


class TestMouse:
    """Selecting with the mouse."""

    @staticmethod
    def spot(terminal: Terminal, text: str) -> tuple[int, int]:
        """Column and row at which a text begins; counted from 1."""
        from finews_tui.page import width_of

        (y, line), *_ = [(y, line) for y, line in enumerate(terminal.lines) if text in line]
        return width_of(line[: line.index(text)]) + 1, y + 1

    def drag(self, terminal: Terminal, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, move and release the first button."""
        terminal.type(f"\x1b[<0;{start[0]};{start[1]}M")
        terminal.type(f"\x1b[<32;{end[0]};{end[1]}M")
        terminal.type(f"\x1b[<0;{end[0]};{end[1]}m")

    def test_what_is_dragged_over_is_copied(
        self, tmp_path: Path, archive: str, sample_rows: list[Row]
    ) -> None:
        with reader(tmp_path, archive, columns=130, rows=40) as terminal:
            terminal.wait_for(f"1/{len(sample_rows)}")
            terminal.wait_for("14日晚间公告")
            x, y = self.spot(terminal, "14日晚间公告")
            self.drag(terminal, (x, y), (x + 11, y))
            terminal.wait_for("Sent to your terminal's clipboard: 14日晚间公告")
            # Over two lines, from the right to the left.
            self.drag(terminal, (x + 11, y), (x, y - 2))
            terminal.wait_for(lambda: terminal.written.count(b"\x1b]52;") == 2)
            # A click is no selection, and one on a row still selects it.
            row = self.spot(terminal, sample_rows[3]["title"][:6])
            self.drag(terminal, row, row)
            terminal.wait_for(f"4/{len(sample_rows)}")
            assert terminal.written.count(b"\x1b]52;") == 2

    def test_the_address_of_the_card_is_one(
        self, tmp_path: Path, archive: str, sample_rows: list[Row]
    ) -> None:
        with reader(tmp_path, archive, columns=44, rows=24) as terminal:
            terminal.wait_for(f"1/{len(sample_rows)}")
            terminal.press("o")
            terminal.wait_for("QR code")
            url = sample_rows[0]["url"]
            x, y = self.spot(terminal, url[:40])
            self.drag(terminal, (x, y), (44, y + 1))
            terminal.press("q : c o p i e d Enter")
            terminal.wait_for("Copied")
            terminal.wait_for(lambda: url in "".join(line.strip("│ ") for line in terminal.lines))
