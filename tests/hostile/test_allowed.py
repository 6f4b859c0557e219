"""The parser that judges what the program writes: it lets nothing by."""

from __future__ import annotations

import pytest

from tests.hostile import allowed
from tests.hostile.attacks import ATTACKS

HARMLESS = {"markup", "action", "markdown", "percent", "homograph"}
"""Attacks on something else than a terminal: to one they are text."""


@pytest.mark.parametrize("kind", [allowed.PIPE, allowed.COLOURED, allowed.TERMINAL, allowed.READER])
@pytest.mark.parametrize("name", sorted(set(ATTACKS) - HARMLESS))
def test_every_attack_is_seen(name: str, kind: allowed.Allowed) -> None:
    told = allowed.read(f"储能{ATTACKS[name]}储能".encode(), kind)
    assert told.problems or told.links or told.copies == ("pwned",)


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_text_is_text(name: str) -> None:
    assert not allowed.read(ATTACKS[name].encode(), allowed.PIPE).problems


@pytest.mark.parametrize(
    "sequence",
    [
        *("\x1b[2J", "\x1b[5n", "\x1b[c", "\x1b[21t", "\x1b[?1049$p", "\x1b[?47h", "\x1b[1;2;3H"),
        *("\x1b]0;x\x07", "\x1b]52;c;?\x07", "\x1b]52;p;eA==\x07", "\x1b]8;id=1;http://a\x1b\\"),
        *("\x1b]8;;javascript:x\x1b\\", "\x1b]8;;http://a b\x1b\\", "\x1bPq\x1b\\", "\x1b_x\x1b\\"),
        *("\x1b[", "\x1b]8;;http://a", "\x1bc", "\x07", "\x08", "\t", "\x9b2J", "\u202e", "\ue000"),
    ],
    ids=ascii,
)
def test_what_the_reader_may_not_write(sequence: str) -> None:
    assert allowed.read(f"a{sequence}".encode(), allowed.READER).problems


def test_what_it_may() -> None:
    written = (
        "\x1b[?1049h\x1b[?25l\x1b[>25u\x1b[?2026$p\x1b[3;37H\x1b[1;38;5;231;48;5;237m储能\x1b[12X"
        "\x1b[12C\x1b[22m\x1b[3;13r\x1b[3H\x1b[1M\x1b[r\x1b[6n\x1b]8;;https://example.com/a\x1b\\a"
        "\x1b]8;;\x1b\\\x1b]52;c;5YKo\x07\x1b]22;default\x07\x1b[m\x1b[<u\x1b[?1049l\r\n"
    )
    told = allowed.read(written.encode(), allowed.READER)
    assert told == allowed.Written((), ("储",), ("https://example.com/a",))


def test_a_copy_is_read() -> None:
    assert allowed.read(b"\x1b]52;c;YRtb\x07", allowed.READER).problems
