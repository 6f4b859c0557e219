"""The themes: which colours there are.

All of them stand on the palette of 256 (the cube of 00, 5f, 87, af, d7 and ff, and the greys), as
``hues.py`` tells. ``finews-16`` names the terminal's own sixteen colours instead; it is what a
terminal without more gets by itself, and everybody with NO_COLOR.

No meaning hangs on a colour alone: the cursor is ``▌``, unread is ``●``, a market is also written
out, a rise has its sign.
"""

from __future__ import annotations

from dataclasses import replace

from textual.theme import Theme

from finews_tui.tui.colours import ColourDepth
from finews_tui.tui.hues import PREFIX


def _named(**colours: str) -> dict[str, str]:
    return {PREFIX + name.replace("_", "-"): value for name, value in colours.items()}


_DARK = Theme(
    name="finews-dark",
    primary="#5fafd7",
    secondary="#87afaf",
    accent="#ffaf5f",
    warning="#ffaf5f",
    error="#ff8787",
    success="#87d787",
    foreground="#dadada",
    background="#121212",
    surface="#1c1c1c",
    panel="#262626",
    dark=True,
    variables=_named(
        text="#dadada",
        bright="#ffffff",
        soft="#bcbcbc",
        dim="#a8a8a8",
        hairline="#4e4e4e",
        accent="#5fafd7",
        unread="#ffaf5f",
        star="#ffd75f",
        heading="#87d7ff",
        link="#87afff",
        code="#afd7af",
        red="#ff8787",
        green="#87d787",
        orange="#ffaf00",
        blue="#5fafff",
        sh="#ffafaf",
        sz="#afd787",
        bj="#d7afff",
        hk="#87d7d7",
        us="#d7d787",
        index="#afafff",
        sector="#d7af87",
        match="#ffd75f",
        on_match="#121212",
        cursor="#303030",
        cursor_blurred="#262626",
    ),
)

_LIGHT = Theme(
    name="finews-light",
    primary="#005f87",
    secondary="#5f8787",
    accent="#0000d7",
    warning="#875f00",
    error="#af0000",
    success="#005f00",
    foreground="#262626",
    background="#ffffff",
    surface="#eeeeee",
    panel="#e4e4e4",
    dark=False,
    variables=_named(
        text="#262626",
        bright="#000000",
        soft="#444444",
        dim="#585858",
        hairline="#bcbcbc",
        accent="#005f87",
        unread="#0000d7",
        star="#5f5f00",
        heading="#005f87",
        link="#0000af",
        code="#005f5f",
        red="#af0000",
        green="#005f00",
        orange="#870000",
        blue="#0000af",
        sh="#af005f",
        sz="#005f5f",
        bj="#5f00af",
        hk="#005faf",
        us="#5f5f00",
        index="#870087",
        sector="#870000",
        match="#ffd75f",
        on_match="#000000",
        cursor="#dadada",
        cursor_blurred="#eeeeee",
    ),
)

_CONTRAST = Theme(
    name="finews-contrast",
    primary="#ffff5f",
    secondary="#ffffff",
    accent="#ffaf00",
    warning="#ffaf00",
    error="#ff8787",
    success="#5fff5f",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables=_named(
        text="#ffffff",
        bright="#ffffff",
        soft="#ffffff",
        dim="#dadada",
        hairline="#949494",
        accent="#ffff5f",
        unread="#ffd700",
        star="#ffff00",
        heading="#ffff5f",
        link="#87ffff",
        code="#afffaf",
        red="#ffafaf",
        green="#5fff5f",
        orange="#ffd75f",
        blue="#87d7ff",
        sh="#ffd7d7",
        sz="#afff87",
        bj="#ffafff",
        hk="#5fffff",
        us="#ffff87",
        index="#d7d7ff",
        sector="#ffd7af",
        match="#ffff00",
        on_match="#000000",
        cursor="#0000af",
        cursor_blurred="#00005f",
    ),
)

_SIXTEEN = Theme(
    name="finews-16",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_cyan",
    accent="ansi_yellow",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables=_named(
        text="ansi_default",
        bright="ansi_default",
        soft="ansi_default",
        dim="dim",
        hairline="ansi_bright_black",
        accent="ansi_cyan",
        unread="ansi_yellow",
        star="ansi_yellow",
        heading="ansi_cyan",
        link="ansi_cyan",
        code="ansi_green",
        red="ansi_red",
        green="ansi_green",
        orange="ansi_yellow",
        blue="ansi_cyan",
        sh="ansi_magenta",
        sz="ansi_cyan",
        bj="ansi_blue",
        hk="ansi_yellow",
        us="ansi_green",
        index="ansi_blue",
        sector="ansi_default",
        match="reverse",
        on_match="ansi_default",
        cursor="reverse",
        cursor_blurred="ansi_default",
    ),
)
"""``dim`` and ``reverse`` are attributes in place of colours: legible whatever the sixteen are."""

THEMES: tuple[Theme, ...] = (_DARK, _LIGHT, _CONTRAST, _SIXTEEN)
"""Our own themes; Textual's stay available by their names."""

DEFAULT_THEME = _DARK.name
FEW_COLOURS_THEME = _SIXTEEN.name
"""What a terminal with sixteen colours gets, and everybody who wants none."""


def themes_for(depth: ColourDepth) -> tuple[Theme, ...]:
    """Our themes for a terminal of so many colours.

    No grey of sixteen is between the background and what stands on the selected row.
    """
    if depth in ("256", "truecolor"):
        return THEMES
    turned = {PREFIX + "cursor": "reverse"}
    return tuple(replace(theme, variables={**theme.variables, **turned}) for theme in THEMES)
