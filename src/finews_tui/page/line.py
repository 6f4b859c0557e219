"""The product of laying out: lines of (text, role). No colour, no terminal.

``tui/paint.py`` turns roles into styles; the command line prints the text alone.
"""

from __future__ import annotations

from finews_tui.lean import Literal, NamedTuple

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
    "mark",
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
    "gap",
]
"""What a span of text is; each role has one style in every theme."""

DECORATION: frozenset[Role] = frozenset({"rule", "mark", "link-number", "gap"})
"""What the layout adds: hairlines, the marks of lists and quotes, link numbers, indents, gaps."""

Span = tuple[str, Role]
Line = tuple[Span, ...]
"""One row of the screen, spans from left to right, without a line break."""


class Spot(NamedTuple):
    """A line of an article; spots are in the order of their lines."""

    part: int = 0
    """The part of the manuscript."""
    line: int = 0
    """The line of that part, from 0."""


TOP = Spot()


def plain(line: Line) -> str:
    """The characters of ``line`` without their roles."""
    return "".join(text for text, _ in line)


def visible(line: Line) -> str:
    """The characters of ``line`` that its author wrote, without white space."""
    text = "".join(text for text, role in line if role not in DECORATION)
    return "".join(text.split())
