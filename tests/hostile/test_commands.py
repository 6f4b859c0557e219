"""What the subcommands print of the hostile archive, to a pipe and to a terminal."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile import allowed
from tests.hostile.attacks import ATTACKS, file_name
from tests.hostile.conftest import Planted
from tools.person import environment
from tools.terminal import Terminal

LISTS = ("search", "tickers", "categories")
FIRST = "202206012400000001"


def run(planted: Planted, *words: str) -> tuple[int, bytes, bytes]:
    """Run a subcommand; its exit code, stdout and stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "finews_tui", *words],
        env=environment(planted.home),
        cwd=planted.home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def check(data: bytes, kind: allowed.Allowed) -> None:
    """Nothing stands in ``data`` that may not."""
    problems = allowed.read(data, kind).problems
    assert not problems, "\n".join(problems[:10])


@pytest.mark.parametrize("format", ["text", "tsv", "json", "jsonl"])
@pytest.mark.parametrize("name", LISTS)
def test_lists(planted: Planted, name: str, format: str) -> None:
    query = ["储能"] if name == "search" else []
    words = [name, *query, "-a", str(planted.root), "--format", format, "--no-update"]
    _, written, told = run(planted, *words, "--color", "always")
    check(written, allowed.COLOURED)
    check(told, allowed.PIPE)
    if format == "json":
        assert len(json.loads(written)) > 10
    if name == "search" and format == "text":
        assert written.count(b"\n") == len(planted.names), "a title has broken its row"


def test_json_says_what_a_file_is_called(planted: Planted) -> None:
    _, written, _ = run(planted, "search", "-a", str(planted.root), "--format", "jsonl")
    rows = [json.loads(line) for line in written.splitlines()]
    assert all(Path(row["path"]).is_file() for row in rows)
    assert sum("old_post" in row["path"] for row in rows) == len(ATTACKS)


@pytest.mark.parametrize("format", ["text", "markdown", "json"])
def test_posts(planted: Planted, format: str) -> None:
    """All of them, in one interpreter: the same function prints them one by one."""
    keys = list(planted.names)
    script = (
        "import sys\nfrom finews_tui.cli import main\n"
        "for key in sys.argv[2:]:\n"
        "    main(['show', key, '-a', sys.argv[1], '--no-update', '--color', 'always',"
        f" '--format', '{format}'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(planted.root), *keys],
        env=environment(planted.home),
        capture_output=True,
        check=True,
    )
    check(done.stdout, allowed.COLOURED)
    check(done.stderr, allowed.PIPE)
    text = re.sub(r"\x1b\[[0-9;]*m|\s", "", done.stdout.decode())
    assert text.count("储能") == len(keys)


def test_a_file_of_any_name_is_shown(planted: Planted) -> None:
    for number, attack in list(enumerate(ATTACKS.values()))[::5]:
        folder = planted.root / "old_post" / f"{number}{file_name(attack)}"
        code, written, told = run(planted, "show", str(folder / f"{number}{file_name(attack)}.md"))
        assert code == 0
        check(written + told, allowed.PIPE)
        broken = folder / f"broken{number}{file_name(attack)}.md"
        code, written, told = run(planted, "show", str(broken))
        assert (code, written) == (1, b"")
        check(told, allowed.PIPE)
        assert told.count(b"\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["search", "title:/({}/"],
        ["search", "nosuch:{}"],
        ["search", "--format", "{}"],
        ["search", "--limit", "{}"],
        ["search", "--{}"],
        ["show", "{}"],
        ["mark", "star", "{}"],
        ["read", "--theme", "{}"],
        ["read", "{}"],
        ["tickers", "-a", "{}"],
        ["index", "one", "{}"],
        ["{}", "{}"],
    ],
    ids=" ".join,
)
def test_wrong_words_are_told_harmlessly(planted: Planted, words: list[str]) -> None:
    everything = "".join(ATTACKS.values()).replace("\x00", "")
    _, written, told = run(planted, *(word.format(everything) for word in words))
    check(written, allowed.PIPE)
    check(told, allowed.PIPE)


def test_a_config_file_is_told_harmlessly(planted: Planted, tmp_path: Path) -> None:
    folder = tmp_path / "config" / "finews-tui"
    folder.mkdir(parents=True)
    attack = "".join(ATTACKS.values())
    for number, line in enumerate(
        (
            f"theme = {json.dumps(attack)}",
            f"archives = [{json.dumps(attack.replace(chr(0), ''))}]",
            f"{json.dumps(attack)} = 1",
            f"[keys]\n{json.dumps(attack)} = {json.dumps(attack)}",
            f"opener = [{json.dumps(attack)}]",
            'theme = "\x1b]0;pwned\x07"',
        )
    ):
        (folder / "config.toml").write_text(line, encoding="utf-8", errors="replace")
        for words in (["doctor"], ["search"], ["read"]):
            done = subprocess.run(
                [sys.executable, "-m", "finews_tui", *words],
                env=environment(tmp_path),
                cwd=tmp_path,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
            check(done.stdout + done.stderr, allowed.PIPE)
            assert done.stderr or number == 0 or words == ["search"]


@pytest.mark.parametrize("name", ["index", "search", "categories", "tickers", "show", "doctor"])
def test_in_a_terminal(planted: Planted, name: str) -> None:
    words = [name, "-a", str(planted.root), *([FIRST] if name == "show" else [])]
    command = [sys.executable, "-m", "finews_tui", *words]
    environ = environment(planted.home)
    with Terminal(command, columns=100, rows=30, environ=environ, cwd=planted.home) as terminal:
        terminal.wait_end(30)
        kind = allowed.UNANSWERED if name == "doctor" else allowed.TERMINAL
        check(bytes(terminal.written), kind)


def test_the_doctor_of_a_terminal_that_answers(planted: Planted) -> None:
    """The answers are attacks where they can be; none of it is told as it came."""
    command = [sys.executable, "-m", "finews_tui", "doctor", "-a", str(planted.root)]
    environ = environment(planted.home, TERM="xterm-256color\x1b]0;pwned\x07")
    with Terminal(command, columns=100, rows=30, environ=environ, cwd=planted.home) as terminal:
        terminal.wait_for(lambda: terminal.written.count(b"\x1b[c") == 1)
        terminal.type("\x1b[?62;52c")
        terminal.wait_for(lambda: terminal.written.count(b"\x1b[c") == 2)
        name = "\x1bP>|\u009b31m\u202e[bold]evil\u0085\x1b\\"
        terminal.type(
            f"{name}\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1bP1$r0;48:2::1:2:3m\x1b\\\x1b[?62c"
        )
        terminal.wait_for("[bold]evil")
        terminal.wait_end(30)
        check(bytes(terminal.written), allowed.DOCTOR)
