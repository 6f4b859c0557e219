"""On which line of a TOML file something stands, which tomllib does not tell.

This room alone looks at TOML as text; ``settings.py`` looks at its values.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]")
_ASSIGNMENT = re.compile(rf"\s*({_DOTTED})\s*=")


def key_lines(text: str) -> dict[tuple[str, ...], int]:
    """On which line each key of a TOML text stands; ``("keys", "j"): 7``."""
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = tuple(_parts(header[1]))
            lines.setdefault(table, number)
        elif assignment := _ASSIGNMENT.match(line):
            lines.setdefault((*table, *_parts(assignment[1])), number)
    return lines


def _parts(dotted: str) -> Iterator[str]:
    """The parts of a dotted key, unquoted as TOML does it."""
    try:
        value: object = tomllib.loads(f"{dotted} = 0")
    except tomllib.TOMLDecodeError:  # looked like a key inside a string of several lines
        return
    while isinstance(value, dict):
        ((part, value),) = value.items()
        yield part


def syntax_mistake(text: str, message: str) -> tuple[int, str]:
    """Line and sentence of tomllib's ``Expected … (at line 3, column 9)``."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    if not found:
        return 1, message
    return int(found[1] or max(1, len(text.splitlines()))), message[: found.start()]
