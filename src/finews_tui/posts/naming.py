"""Tells by a file's name which article it is: the key that read marks and stars hang on."""

from __future__ import annotations

import os
from pathlib import Path

from finews_tui.posts.clean import clean_text

_DIGITS = 18


def key_of(path: Path) -> str:
    """The key that a file's name gives its post: upstream's 18-digit code, else the stem."""
    return key_of_stem(path.stem)


def key_of_stem(stem: str) -> str:
    """The same for a name that was parted from its suffix."""
    return code_of(stem) or clean_text(stem) or "post"


def code_of(stem: str) -> str | None:
    """The article code at the end of a name."""
    code, before = stem[-_DIGITS:], stem[:-_DIGITS]
    if len(code) != _DIGITS or not (code.isascii() and code.isdecimal()):
        return None
    is_one = not before or before[-1] == "-" or before[-3:] in ("NW", "-NW")
    return code if is_one else None


def stem_of(path: str) -> str:
    """The last part of a path without its suffix, as ``Path.stem`` gives it."""
    name = path[path.rfind(os.sep) + 1 :]
    dot = name.rfind(".")
    return name[:dot] if 0 < dot < len(name) - 1 else name
