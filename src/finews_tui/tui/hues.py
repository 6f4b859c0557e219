"""How a colour of a theme reaches the terminal as it was chosen.

The colours of our themes are named to the terminal by their number in the palette of 256. So a
terminal with 256 colours, the normal case over SSH, shows the very colours that one with millions
shows, and each costs half the bytes. (Rich would turn the lighter greys into other ones.)
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from textual.theme import Theme

from finews_tui.settings import MarketColours

PREFIX = "finews-"
"""Begins the names of our own variables inside a Textual theme."""

AMBIGUOUS = PREFIX + "ambiguous"
"""The variable that tells how many cells characters such as “ ” … ① take."""

CUBE = (0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF)
GREYS = tuple(range(0x08, 0xEF, 0x0A))

_SIGNS: Mapping[MarketColours, tuple[str, str]] = {
    "red-up": ("red", "green"),
    "green-up": ("green", "red"),
    "colour-blind": ("orange", "blue"),
}
"""What a rise and a fall are painted in."""

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
    "red": "error",
    "green": "success",
    "orange": "warning",
    "blue": "primary",
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


def variable_defaults(theme: Theme, signs: MarketColours, ambiguous: int = 1) -> dict[str, str]:
    """Our variables as far as ``theme`` lacks them, and those that are no theme's own.

    The latter: the colours of rises and falls, the cells of ambiguous characters, and borders,
    whose usual strokes are such characters.
    """
    ours: dict[str, str] = {}
    if PREFIX + "text" not in theme.variables:
        generated = theme.to_color_system().generate()
        ours = {PREFIX + name: generated[common] for name, common in _FALLBACK.items()}
    known = {**ours, **theme.variables}
    up, down = _SIGNS[signs]
    return {
        **ours,
        # Textual's own styles name these two in every theme of an app with native colours.
        "ansi-background": theme.background or "ansi_default",
        "ansi-foreground": theme.foreground or "ansi_default",
        AMBIGUOUS: str(ambiguous),
        PREFIX + "line": "solid" if ambiguous == 1 else "ascii",
        PREFIX + "box": "round" if ambiguous == 1 else "ascii",
        PREFIX + "up": known[PREFIX + up],
        PREFIX + "down": known[PREFIX + down],
    }


def colour(variables: Mapping[str, str], name: str) -> str:
    """The colour that the theme of ``variables`` gives to ``name``, as Rich spells it.

    Also ``dim`` and ``reverse``, which are none.
    """
    value = variables["background" if name == "background" else PREFIX + name]
    if value in ("dim", "reverse"):
        return value
    if value.startswith("#"):
        return by_number(value[:7])  # an opacity at the end means nothing to a terminal
    # Textual's "ansi" themes say "ansi_blue", and "transparent" for the terminal's own background.
    return value.removeprefix("ansi_") if value.startswith("ansi_") else "default"


@cache
def by_number(value: str) -> str:
    """``#5fafd7`` as ``color(74)``, its number in the palette; as it is where it has none."""
    red, green, blue = (int(value[at : at + 2], 16) for at in (1, 3, 5))
    if red in CUBE and green in CUBE and blue in CUBE:
        return f"color({16 + 36 * CUBE.index(red) + 6 * CUBE.index(green) + CUBE.index(blue)})"
    if red == green == blue and red in GREYS:
        return f"color({232 + GREYS.index(red)})"
    return value
