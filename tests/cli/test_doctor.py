"""The ``doctor`` in a terminal: it asks, waits no longer than it must, and leaves nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from finews_tui.tui.probing import SAMPLES
from tools.person import environment
from tools.terminal import Terminal

FIRST = b"\x1b[c"
"""What every terminal answers; the last question, too."""
ATTRIBUTES = "\x1b[?62;22;52c"
QUIET_LINE = re.compile(r"^<(.*)>$", re.MULTILINE)


def doctor(home: Path, **variables: str) -> Terminal:
    """``doctor``, and a shell that shows what is left in its input up to the next Enter."""
    command = f'{sys.executable} -m finews_tui doctor; read rest; printf "<%s>\\n" "$rest"'
    environ = environment(home, **variables)
    return Terminal(["/bin/sh", "-c", command], columns=160, rows=40, environ=environ, cwd=home)


def places(ambiguous: int) -> str:
    """The answers to where the cursor stands after each sample."""
    cells = [*[ambiguous] * (len(SAMPLES) - 1), 2]
    return "".join(f"\x1b[7;{cell + 1}R" for cell in cells)


def answer(terminal: Terminal, answers: Sequence[str]) -> None:
    """Answer the first question, then the others."""
    terminal.wait_for(lambda: terminal.written.count(FIRST) == 1)
    terminal.type(ATTRIBUTES)
    terminal.wait_for(lambda: terminal.written.count(FIRST) == 2)
    terminal.type("".join(answers))


def left(terminal: Terminal) -> str:
    """What the shell finds in its input."""
    terminal.wait_for("size ")
    terminal.type("typed later\r")
    terminal.wait_for(lambda: QUIET_LINE.search(terminal.text))
    found = QUIET_LINE.search(terminal.text)
    assert found is not None
    return found[1]


def test_a_terminal_that_answers_everything(tmp_path: Path) -> None:
    with doctor(tmp_path) as terminal:
        answer(
            terminal,
            [
                "\x1bP>|kitty(0.36.4)\x1b\\",
                "\x1b[?2026;2$y",
                "\x1b]11;rgb:1212/1212/1212\x1b\\",
                "\x1bP1+r4d73=1b5d\x1b\\",
                "\x1bP1$r0;48:2::1:2:3m\x1b\\",
                places(2),
                ATTRIBUTES,
            ],
        )
        assert left(terminal) == "typed later"
        text = terminal.text
    assert "it calls itself kitty(0.36.4); it answers within" in text
    assert "256 by TERM; COLORTERM=truecolor would use its 24 bits" in text
    assert "#121212, dark" in text
    assert "synchronised output: yes" in text
    assert "says that it takes" in text
    assert "2 cells wide\n" in text


def test_a_terminal_that_knows_little(tmp_path: Path) -> None:
    with doctor(tmp_path) as terminal:
        answer(terminal, ["\x1b[?2026;0$y", "\x1bP0+r\x1b\\", places(1), ATTRIBUTES])
        assert left(terminal) == "typed later"
        text = terminal.text
    assert "it answers within" in text and "calls itself" not in text
    assert "synchronised output: no" in text
    assert "1 cell wide\n" in text


def test_a_terminal_that_never_answers_is_asked_one_thing(tmp_path: Path) -> None:
    with doctor(tmp_path) as terminal:
        terminal.wait_for("it does not answer")
        assert terminal.written.count(b"\x1b") == 1
        assert left(terminal) == "typed later"


def test_answers_that_break_off_are_not_left_to_the_shell(tmp_path: Path) -> None:
    with doctor(tmp_path) as terminal:
        answer(terminal, ["\x1bP>|XTerm(379)\x1b\\", "\x1b[?20"])
        assert left(terminal) == "typed later"
        assert "it calls itself XTerm(379)" in terminal.text


def test_a_malicious_terminal_says_nothing_to_itself(tmp_path: Path) -> None:
    with doctor(tmp_path) as terminal:
        evil = "\x1bP>|\u009b31m\u202eevil\u009d0;owned\u0007\x1b\\"
        answer(terminal, [evil, "\x1b]11;rgb:zz/0/0\x1b\\", "\x1b[9;99R", ATTRIBUTES])
        left(terminal)
        told = terminal.written.decode()
        assert "evil" not in told.split("size ")[0] or "\u009b" not in told
        assert not {"\u009b", "\u009d", "\u202e"} & set(told)
        assert "how wide the terminal draws" in terminal.text


def test_c_c_while_it_waits_gives_the_terminal_back(tmp_path: Path) -> None:
    with doctor(tmp_path) as terminal:
        terminal.wait_for(lambda: FIRST in terminal.written)
        terminal.press("C-c")
        assert terminal.wait_end() in (130, 128 + 2)


@pytest.mark.parametrize("term", ["dumb", ""])
def test_who_cannot_answer_is_not_asked(tmp_path: Path, term: str) -> None:
    with doctor(tmp_path, TERM=term) as terminal:
        terminal.wait_for("by its TERM it cannot answer")
        assert b"\x1b" not in terminal.written


def test_terminals_that_would_print_the_questions_get_fewer(tmp_path: Path) -> None:
    for variables, foreign in (
        ({"TERM_PROGRAM": "Apple_Terminal"}, (b"$p", b"\x1bP")),
        ({"TERM": "linux"}, (b"$p", b"\x1bP", b"\x1b]")),
    ):
        with doctor(tmp_path, **variables) as terminal:
            answer(terminal, [places(1), ATTRIBUTES])
            left(terminal)
            assert not any(question in terminal.written for question in foreign)


def test_in_the_background_nobody_is_asked(tmp_path: Path) -> None:
    command = f"set -m; {sys.executable} -m finews_tui doctor & wait"
    environ = environment(tmp_path)
    with Terminal(["/bin/sh", "-c", command], columns=160, environ=environ) as terminal:
        terminal.wait_for("this runs in the background")
        assert terminal.wait_end() == 0


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"LANG": "C.UTF-8"}, "C.UTF-8, utf-8 is written\n"),
        ({"LANG": "C"}, "utf-8 is written; set LANG=C.UTF-8"),
        ({"LANG": "POSIX"}, "LANG is POSIX, which is taken for C.UTF-8; utf-8 is written"),
        ({"LC_ALL": "C"}, "C; utf-8 is written; set LANG=C.UTF-8"),
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "C; utf-8 is written"),
    ],
)
def test_the_locale_and_what_to_set(tmp_path: Path, variables: dict[str, str], told: str) -> None:
    with doctor(tmp_path, TERM="dumb", **variables) as terminal:
        terminal.wait_for("size ")
        assert told in terminal.text
