"""What a terminal sends for a key: the keyboard under the hands of tests and benchmarks."""

from __future__ import annotations

import re

KEYS = {
    "Enter": "\r",
    "Esc": "\x1b[27u",  # the unambiguous form: nobody has to wait whether more follows
    "Escape": "\x1b",
    "Tab": "\t",
    "S-Tab": "\x1b[Z",
    "Space": " ",
    "Up": "\x1b[A",
    "Down": "\x1b[B",
    "Right": "\x1b[C",
    "Left": "\x1b[D",
    "Home": "\x1b[H",
    "End": "\x1b[F",
    "PageUp": "\x1b[5~",
    "PageDown": "\x1b[6~",
    "Backspace": "\x7f",
    "Delete": "\x1b[3~",
    "F1": "\x1bOP",
}


def sequence_of(key: str) -> str:
    """What a terminal sends for a key in the help's spelling; anything else is typed as it is."""
    if key in KEYS:
        return KEYS[key]
    if re.fullmatch(r"C-[a-z]", key):
        return chr(ord(key[2]) - ord("a") + 1)
    if re.fullmatch(r"M-.", key):
        return f"\x1b{key[2]}"
    return key
