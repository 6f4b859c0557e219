"""The colours: every role of a painted line has one colour here, in every theme.

All colours stand on the 256 cube (95, 135, 175, 215, 255 and the greys), so that a terminal
without true colour, the normal case over SSH, shows what was chosen. No meaning hangs on a colour
alone: the cursor is ``▌``, unread is ``●``, a market is also written out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from textual.theme import Theme

from finews_tui.page import Role

DEFAULT_THEME = "finews-dark"

PREFIX = "finews-"
"""Begins the names of our own variables inside a Textual theme."""

_DARK = Theme(
    name="finews-dark",
    primary="#5fafd7",
    secondary="#87afaf",
    accent="#ffaf5f",
    warning="#ffaf5f",
    error="#ff8787",
    success="#87d7af",
    foreground="#d0d0d0",
    background="#121212",
    surface="#1c1c1c",
    panel="#262626",
    dark=True,
    variables={
        "finews-text": "#d0d0d0",
        "finews-bright": "#ffffff",
        "finews-soft": "#a8a8a8",
        "finews-dim": "#8a8a8a",
        "finews-hairline": "#4e4e4e",
        "finews-accent": "#5fafd7",
        "finews-unread": "#ffaf5f",
        "finews-star": "#ffd75f",
        "finews-heading": "#87d7ff",
        "finews-link": "#87afff",
        "finews-code": "#afd7af",
        "finews-sh": "#ff8787",
        "finews-sz": "#87d787",
        "finews-bj": "#d7afff",
        "finews-hk": "#87d7ff",
        "finews-us": "#d7d787",
        "finews-index": "#afafd7",
        "finews-sector": "#d7af87",
        "finews-match": "#ffd75f",
        "finews-on-match": "#121212",
        "finews-cursor": "#3a3a3a",
        "finews-cursor-blurred": "#262626",
        "input-selection-background": "#005f87",
        "footer-background": "#1c1c1c",
    },
)

_LIGHT = Theme(
    name="finews-light",
    primary="#005f87",
    secondary="#5f8787",
    accent="#af5f00",
    warning="#af5f00",
    error="#af0000",
    success="#005f00",
    foreground="#262626",
    background="#ffffff",
    surface="#eeeeee",
    panel="#e4e4e4",
    dark=False,
    variables={
        "finews-text": "#262626",
        "finews-bright": "#000000",
        "finews-soft": "#4e4e4e",
        "finews-dim": "#6c6c6c",
        "finews-hairline": "#bcbcbc",
        "finews-accent": "#005f87",
        "finews-unread": "#af5f00",
        "finews-star": "#875f00",
        "finews-heading": "#005f87",
        "finews-link": "#0000af",
        "finews-code": "#005f5f",
        "finews-sh": "#af0000",
        "finews-sz": "#005f00",
        "finews-bj": "#5f00af",
        "finews-hk": "#005faf",
        "finews-us": "#5f5f00",
        "finews-index": "#5f5f87",
        "finews-sector": "#875f00",
        "finews-match": "#ffd75f",
        "finews-on-match": "#000000",
        "finews-cursor": "#d0d0d0",
        "finews-cursor-blurred": "#e4e4e4",
        "input-selection-background": "#afd7ff",
        "footer-background": "#eeeeee",
    },
)

THEMES: tuple[Theme, ...] = (_DARK, _LIGHT)
"""Our own themes; Textual's stay available by their names."""

_FALLBACK: Mapping[str, str] = {
    "text": "foreground",
    "bright": "foreground",
    "soft": "foreground",
    "dim": "foreground",
    "hairline": "panel",
    "accent": "primary",
    "unread": "accent",
    "star": "warning",
    "heading": "accent",
    "link": "primary",
    "code": "secondary",
    "sh": "error",
    "sz": "success",
    "bj": "secondary",
    "hk": "primary",
    "us": "warning",
    "index": "secondary",
    "sector": "accent",
    "match": "warning",
    "on-match": "background",
    "cursor": "panel",
    "cursor-blurred": "surface",
}
"""What stands for one of our variables in a theme that is not ours."""


class Look(NamedTuple):
    """How one role is painted."""

    colour: str
    """A name of ``_FALLBACK``."""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    background: str = ""
    """A name of ``_FALLBACK``, or nothing for the pane's own."""


LOOKS: Mapping[Role, Look] = {
    "text": Look("text"),
    "dim": Look("dim"),
    "title": Look("bright", bold=True),
    "title-read": Look("soft"),
    "byline": Look("dim"),
    "digest": Look("soft", italic=True),
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
    "caption": Look("dim", italic=True),
    "source-line": Look("dim"),
    "related": Look("dim"),
    "table-head": Look("bright", bold=True),
    "up": Look("sh"),
    "down": Look("sz"),
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
}
"""Every role; a test compares it with ``page.line.Role``."""


def fallback_variables(theme: Theme) -> dict[str, str]:
    """Our variables for a theme of Textual's own, made from its common ones."""
    generated = theme.to_color_system().generate()
    return {PREFIX + name: generated[common] for name, common in _FALLBACK.items()}


def colour(variables: Mapping[str, str], name: str) -> str:
    """The colour that the theme of ``variables`` gives to ``name``, as Rich spells it."""
    value = variables["background" if name == "background" else PREFIX + name]
    if value.startswith("#"):
        return value[:7]  # an opacity at the end means nothing to a terminal
    # Textual's "ansi" themes say "ansi_blue", and "transparent" for the terminal's own background.
    return value.removeprefix("ansi_") if value.startswith("ansi_") else "default"
