"""How each role of a painted line looks: which colour of the theme, and which attributes."""

from __future__ import annotations

from collections.abc import Mapping

from finews_tui.lean import NamedTuple
from finews_tui.page import Role


class Look(NamedTuple):
    """How one role is painted."""

    colour: str
    """The name of a colour of a theme, as ``hues.py`` knows it."""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    background: str = ""
    """The name of a colour there, or nothing for the pane's own."""


LOOKS: Mapping[Role, Look] = {
    "text": Look("text"),
    "dim": Look("dim"),
    "title": Look("bright", bold=True),
    "title-read": Look("soft"),
    "byline": Look("dim"),
    "digest": Look("soft"),  # not slanted: Chinese has no italics
    "heading": Look("heading", bold=True),
    "strong": Look("bright", bold=True),
    "emphasis": Look("text", italic=True),
    "quote": Look("soft"),
    "code": Look("code"),
    "rule": Look("hairline"),
    "mark": Look("dim"),
    "link": Look("link", underline=True),
    "link-number": Look("link"),
    "image": Look("dim"),
    "caption": Look("dim"),
    "source-line": Look("dim"),
    "related": Look("dim"),
    "table-head": Look("bright", bold=True),
    "up": Look("up"),
    "down": Look("down"),
    "badge-sh": Look("sh"),
    "badge-sz": Look("sz"),
    "badge-bj": Look("bj"),
    "badge-hk": Look("hk"),
    "badge-us": Look("us"),
    "badge-index": Look("index"),
    "badge-sector": Look("sector"),
    "badge-other": Look("soft"),
    "badge-more": Look("dim"),
    "unread": Look("unread"),
    "star": Look("star"),
    "day": Look("heading"),
    "time": Look("dim"),
    "source": Look("dim"),
    "match": Look("on-match", background="match"),
    "hint": Look("on-match", bold=True, background="match"),
    "gap": Look("text"),
}
"""Every role; a test compares it with ``page.line.Role``."""

ON_GROUND: Mapping[str, str] = {
    "soft": "text",
    "dim": "text",
    "link": "text",
    "code": "text",
    "up": "text",
    "down": "text",
    "heading": "bright",
}
"""What is painted otherwise on the selected row: its background leaves less contrast."""
