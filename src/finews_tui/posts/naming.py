"""Tells by a file's name which article it is: the key that read marks and stars hang on."""

from __future__ import annotations

import re
from pathlib import Path

from finews_tui.posts.clean import clean_text

_CODE = re.compile(r"(?:^|-)(?:NW)?([0-9]{18})$")


def key_of(path: Path) -> str:
    """The key that a file's name gives its post: upstream's 18-digit code, else the stem."""
    return key_of_stem(path.stem)


def key_of_stem(stem: str) -> str:
    """The same for a name that was parted from its suffix."""
    return code_of(stem) or clean_text(stem) or "post"


def code_of(stem: str) -> str | None:
    """The article code at the end of a name."""
    found = _CODE.search(stem)
    return found[1] if found else None
