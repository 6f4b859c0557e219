"""The stored frame: what a start shows before the reader is loaded, and what it never does."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from binascii import crc32
from collections.abc import Iterator
from pathlib import Path

import pytest

from finews_tui.settings import sample_archive
from tests.stories.story import Row, command, rest
from tools.person import environment, reader
from tools.terminal import Terminal

LOADING = "loading …"
HELD_TEXTUAL = '''
"""Stands before Textual: its import waits until the test says go, or fails."""
import sys
with open({gate!r}) as gate:
    word = gate.readline()
if word == "break\\n":
    raise RuntimeError("Textual is broken")
sys.path.remove({here!r})
del sys.modules["textual"]
import textual
'''
_SEQUENCE = re.compile(rb"\x1b(?:\[[0-9;?]*[A-Za-z]|.)", re.DOTALL)


class Gate:
    """Holds a starting reader where it imports Textual."""

    def __init__(self, folder: Path) -> None:
        self._pipe = folder / "gate"
        os.mkfifo(self._pipe)
        self._file = os.open(self._pipe, os.O_RDWR)  # both ends, so that nobody waits to open it
        self._module = folder / "held" / "textual"
        self._module.mkdir(parents=True)
        text = HELD_TEXTUAL.format(gate=str(self._pipe), here=str(self._module.parent))
        (self._module / "__init__.py").write_text(text)
        self.variables = {"PYTHONPATH": str(self._module.parent)}

    def open(self, word: str = "go") -> None:
        """Let the import go on."""
        os.write(self._file, f"{word}\n".encode())

    def close(self) -> None:
        """Nobody waits here any more."""
        os.close(self._file)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    """What keeps the reader from being loaded."""
    gate = Gate(tmp_path)
    yield gate
    gate.close()


@pytest.fixture
def archive() -> str:
    """The sample archive, read-only."""
    return str(sample_archive())


def frames(home: Path) -> list[Path]:
    """The files of stored frames."""
    return sorted((home / "cache" / "finews-tui").glob("frame-*"))


def leave_one(
    home: Path, *arguments: str, rows: int = 30, columns: int = 100, keys: str = "q"
) -> None:
    """Run the reader until its first screen is kept, and press keys that end it."""
    with reader(home, *arguments, columns=columns, rows=rows) as terminal:
        before = frames(home)
        terminal.wait_for(lambda: frames(home) != before)
        terminal.press(keys)
        assert terminal.wait_end() == 0


@pytest.mark.parametrize(("columns", "rows"), [(160, 50), (100, 30), (80, 24), (40, 20)])
def test_it_is_shown_before_textual_is_loaded_and_nothing_jumps_then(
    tmp_path: Path, archive: str, gate: Gate, columns: int, rows: int
) -> None:
    leave_one(tmp_path, archive, columns=columns, rows=rows)
    with reader(
        tmp_path, archive, columns=columns, rows=rows, variables=gate.variables
    ) as terminal:
        terminal.wait_for(LOADING)
        frame = terminal.lines
        assert frame[-1] == f" {LOADING}"
        assert "/" not in frame[-1]
        before = len(terminal.written)
        gate.open()

        def is_live() -> bool:
            assert terminal.lines[:-1] == frame[:-1]
            return " 1/" in terminal.lines[-1]

        terminal.wait_for(is_live)
        while terminal.read(0.3):
            assert is_live()
        taken_over = bytes(terminal.written[before:])
    assert not re.search(rb"\x1b\[[0-3]?J|\x1b\[[0-2]?K|\x1b\[\?1049", taken_over)
    assert len(taken_over) < 1_000, "what the frame shows is not sent again"


def test_keys_typed_while_it_loads_act_in_order(
    tmp_path: Path, archive: str, sample_rows: list[Row], gate: Gate
) -> None:
    leave_one(tmp_path, archive)
    with reader(tmp_path, archive, variables=gate.variables) as terminal:
        terminal.wait_for(LOADING)
        before = terminal.lines
        terminal.press("j j j Enter")
        terminal.settle()
        assert terminal.lines == before, "nothing is echoed"
        gate.open()
        terminal.wait_for(f" 4/{len(sample_rows)}")
        terminal.wait_for(sample_rows[3]["published"][:16].replace("T", " "))
        terminal.press("Q")
        assert terminal.wait_end() == 0
    read = command(tmp_path, "search", "-a", archive, "--format", "jsonl", "is:read").stdout
    assert [line for line in read.splitlines() if sample_rows[3]["key"] in line]
    assert len(read.splitlines()) == 1


@pytest.mark.parametrize(
    "keys", ["j j Enter Q", "] d Enter z Q", "f 公司 Enter j Q", "M-1 j j z Q", "q"]
)
def test_wherever_the_reader_ends_the_frame_is_where_it_begins(
    tmp_path: Path, archive: str, gate: Gate, keys: str
) -> None:
    leave_one(tmp_path, archive, keys=keys)
    with reader(tmp_path, archive, variables=gate.variables) as terminal:
        terminal.wait_for(LOADING)
        frame = terminal.lines
        gate.open()
        terminal.wait_for(" 1/")
        rest(terminal)
        assert terminal.lines[:-1] == frame[:-1]


def under_a_shell(home: Path, archive: str, gate: Gate) -> Terminal:
    """The reader as a shell's child that tells how it found and left the terminal."""
    script = (
        f"trap : INT; stty -g > before; {sys.executable} -m finews_tui {archive}; "
        "echo ended with $?; stty -g > after; cat"
    )
    environ = environment(home, **gate.variables)
    return Terminal(["/bin/sh", "-c", script], columns=100, rows=30, environ=environ, cwd=home)


@pytest.mark.parametrize(
    ("how", "code", "said"),
    [
        ("break", 1, "Textual is broken"),
        ("C-c", 130, ""),
        ("SIGTERM", 143, ""),
        ("SIGHUP", 129, ""),
    ],
)
def test_a_start_that_fails_gives_the_terminal_back(
    tmp_path: Path, archive: str, gate: Gate, how: str, code: int, said: str
) -> None:
    leave_one(tmp_path, archive)
    with under_a_shell(tmp_path, archive, gate) as terminal:
        terminal.wait_for(LOADING)
        terminal.type("rm -rf nothing")  # was meant for the reader
        if how == "break":
            gate.open("break")
        elif how == "C-c":
            terminal.press("C-c")
        else:
            os.kill(child_of(terminal.pid), signal.Signals[how])
        terminal.wait_for(f"ended with {code}")
        assert said in terminal.text
        left = terminal.written.rindex(b"\x1b[?1049l")
        assert b"\x1b[?25h" in terminal.written[left - 20 :]
        assert said.encode() in terminal.written[left:]
        assert b"rm -rf" not in terminal.written
        before, after = tmp_path / "before", tmp_path / "after"
        # The shell makes the file before it is written.
        terminal.wait_for(lambda: after.exists() and after.read_text() == before.read_text())


def child_of(pid: int) -> int:
    """The one child of a process."""
    (child,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(child)


def test_after_a_frame_the_terminal_is_left_as_it_was_found(
    tmp_path: Path, archive: str, gate: Gate
) -> None:
    leave_one(tmp_path, archive)
    with under_a_shell(tmp_path, archive, gate) as terminal:
        terminal.wait_for(LOADING)
        gate.open()
        terminal.wait_for(" 1/")
        terminal.press("j q")
        # Pyte has no second screen: the shell goes on wherever the reader's cursor was.
        terminal.wait_for(lambda: b"ended with 0" in terminal.written)
        before, after = tmp_path / "before", tmp_path / "after"
        # The shell makes the file before it is written.
        terminal.wait_for(lambda: after.exists() and after.read_text() == before.read_text())


def shows_one(home: Path, gate: Gate, *arguments: str, rows: int = 30, **more: str) -> bool:
    """Whether a start shows a frame before the reader is loaded."""
    variables = {**gate.variables, **more}
    with reader(home, *arguments, rows=rows, variables=variables) as terminal:
        gate.open("break")
        terminal.wait_end()
        return LOADING.encode() in terminal.written


def test_it_fits_one_archive_size_terminal_and_config(
    tmp_path: Path, archive: str, gate: Gate
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(archive, copy)
    assert not shows_one(tmp_path, gate, archive), "the first start has none"
    leave_one(tmp_path, archive)
    assert shows_one(tmp_path, gate, archive)
    assert shows_one(tmp_path, gate, archive + "/."), "the same folder"
    assert not shows_one(tmp_path, gate, str(copy))
    assert not shows_one(tmp_path, gate, archive, rows=31)
    assert not shows_one(tmp_path, gate, archive, COLORTERM="truecolor")
    assert not shows_one(tmp_path, gate, archive, NO_COLOR="1")
    assert not shows_one(tmp_path, gate, archive, TERM="screen")
    assert not shows_one(tmp_path, gate, archive, LC_ALL="zh_CN.GBK", PYTHONIOENCODING="gbk")
    assert not shows_one(tmp_path, gate, archive, "--theme", "finews-light")
    assert not shows_one(tmp_path, gate, archive, "--query", "is:unread")
    config = tmp_path / "config" / "finews-tui" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("mouse = false\n")
    assert not shows_one(tmp_path, gate, archive)
    config.unlink()
    assert shows_one(tmp_path, gate, archive)
    for index in (tmp_path / "cache" / "finews-tui").glob("index-*"):
        index.unlink()
    assert not shows_one(tmp_path, gate, archive), "what it shows is gone"


@pytest.mark.parametrize("words", [["--query", "is:unread"], ["--at", "0"]])
def test_a_start_somewhere_else_leaves_none(tmp_path: Path, archive: str, words: list[str]) -> None:
    with reader(tmp_path, archive, *words) as terminal:
        terminal.wait_for(lambda: re.search(r"^ 1/", terminal.line(29)))
        terminal.settle()
        terminal.press("Q")
        assert terminal.wait_end() == 0
    assert frames(tmp_path) == []


def test_it_is_kept_by_a_reader_that_is_killed(tmp_path: Path, archive: str, gate: Gate) -> None:
    with reader(tmp_path, archive) as terminal:
        terminal.wait_for(lambda: frames(tmp_path))
        terminal.kill(signal.SIGKILL)
        assert terminal.wait_end() == 137
    (frame,) = frames(tmp_path)
    assert frame.stat().st_mode & 0o777 == 0o600
    assert shows_one(tmp_path, gate, archive)


@pytest.fixture
def frame(tmp_path: Path, archive: str) -> Path:
    """A stored frame."""
    leave_one(tmp_path, archive)
    (frame,) = frames(tmp_path)
    return frame


def tampered(data: bytes) -> Iterator[bytes]:
    """Frames that are damaged, or made to do harm."""
    yield b""
    yield data[: len(data) // 2]
    yield data.replace(b"38;5", b"38;6", 1)
    total, key, index, ambiguous, body = data.split(b"\0")
    yield b"\0".join([total, key, index, b"3", body])
    for evil in (b"\x1b]52;c;cm0=\x07", b"\x9b2J", "\u202e".encode(), b"\r", b"\x1f\x1b[2J\x1eX"):
        rows = body.split(b"\n")
        rows[3] += b"\x1f0\x1e" + evil
        changed = b"\n".join(rows)
        yield b"\0".join([b"%08x" % crc32(changed), key, index, ambiguous, changed])
    rows = body.split(b"\n")[:-1]
    changed = b"\n".join(rows)
    yield b"\0".join([b"%08x" % crc32(changed), key, index, ambiguous, changed])


def test_a_frame_that_was_tampered_with_is_not_shown(
    tmp_path: Path, archive: str, gate: Gate, frame: Path
) -> None:
    data = frame.read_bytes()
    for changed in tampered(data):
        frame.write_bytes(changed)
        assert not shows_one(tmp_path, gate, archive), changed[-40:]
    frame.unlink()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(data)
    frame.symlink_to(elsewhere)
    assert not shows_one(tmp_path, gate, archive), "a link may lead anywhere"


def test_hostile_titles_stay_harmless(tmp_path: Path, gate: Gate) -> None:
    posts = tmp_path / "archive" / "_posts"
    posts.mkdir(parents=True)
    evil = "\x1b]52;c;cm0=\x07\x9b2J\u202eevil\u200b\x0e ｆ\u3000Ａ\ue000 \U000e0041"
    evil += "\U0001f469\u200d\U0001f467 e\u0301\u0302\u0303\u0304"
    for number in range(30):
        head = f'---\ntitle: "{evil} {number}"\ndate: 2022-03-11 16:{number:02}:00\n---\n'
        name = f"2022-03-11-2022031123064314{number:02}.md"
        (posts / name).write_text(f"{head}\n<p>{evil}</p>\n", encoding="utf-8")
    leave_one(tmp_path, str(posts.parent))
    with reader(tmp_path, str(posts.parent), variables=gate.variables) as terminal:
        terminal.wait_for(LOADING)
        written = bytes(terminal.written)
        frame = terminal.lines
        gate.open()
        terminal.wait_for(" 1/30")
        rest(terminal)
        assert terminal.lines[:-1] == frame[:-1]
    kinds = {sequence[-1:] for sequence in _SEQUENCE.findall(written)}
    assert kinds == {b"m", b"H", b"h", b"l"}
    plain = _SEQUENCE.sub(b"", written).decode()
    assert plain.replace("\u3000", "").isprintable()


def test_a_cache_that_cannot_be_written_ends_the_reader_all_the_same(
    tmp_path: Path, archive: str
) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "finews-tui").write_text("a file where a folder should be")
    with reader(tmp_path, archive, variables={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.wait_for(" 1/")
        terminal.settle()
        terminal.press("q")
        assert terminal.wait_end() == 0


def test_old_frames_make_room(tmp_path: Path, archive: str) -> None:
    leave_one(tmp_path, archive, rows=20)
    (first,) = frames(tmp_path)
    for number in range(1, 15):
        other = first.with_name(f"frame-{number:08x}")
        shutil.copy(first, other)
        os.utime(other, (number, number))
    leave_one(tmp_path, archive, rows=21)
    kept = {path.name for path in frames(tmp_path)}
    assert len(kept) == 12
    assert first.name in kept
    assert not {f"frame-{number:08x}" for number in range(1, 5)} & kept, "the oldest go"
