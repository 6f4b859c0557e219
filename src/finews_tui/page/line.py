"""The product of laying out: lines of (text, role). No colour, no terminal.

``tui/paint.py`` turns roles into styles; the command line prints the text alone.
"""

from __future__ import annotations

from typing import Literal

Role = Literal[
    "text",
    "dim",
    "title",
    "byline",
    "digest",
    "heading",
    "strong",
    "emphasis",
    "quote",
    "code",
    "rule",
    "link",
    "link-number",
    "image",
    "caption",
    "source-line",
    "related",
    "table-head",
    "up",
    "down",
    "badge-sh",
    "badge-sz",
    "badge-bj",
    "badge-hk",
    "badge-us",
    "badge-index",
    "badge-sector",
    "badge-other",
    "badge-more",
    "unread",
    "star",
    "day",
    "time",
    "source",
    "title-read",
    "match",
    "hint",
]
"""What a span of text is; each role has one style in every theme."""

Span = tuple[str, Role]
Line = tuple[Span, ...]
"""One row of the screen, spans from left to right, without a line break."""


def plain(line: Line) -> str:
    """The characters of ``line`` without their roles."""
    return "".join(text for text, _ in line)
