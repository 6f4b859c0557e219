"""The colours: on the palette of 256, legible in each depth, told apart, complete without any."""

from __future__ import annotations

from itertools import combinations

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style
from textual.theme import Theme

from finews_tui.lean import get_args
from finews_tui.page.line import Role
from finews_tui.settings import MarketColours
from finews_tui.tui.hues import CUBE, GREYS, PREFIX, by_number, colour, variable_defaults
from finews_tui.tui.looks import LOOKS
from finews_tui.tui.paint import Ground, Painter
from finews_tui.tui.themes import FEW_COLOURS_THEME, THEMES, themes_for

GROUNDS: tuple[Ground, ...] = get_args(Ground)
TRUE, MANY, FEW = ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD
COLOURED = [theme for theme in THEMES if theme.name != FEW_COLOURS_THEME]
BADGES = [role for role in get_args(Role) if role.startswith("badge-") and role != "badge-more"]
MARKS = {*BADGES, "unread", "star"}
"""What is no running text."""
TOLD_APART: list[tuple[Role, Role]] = [
    *(("up", "down"), ("title", "title-read"), ("text", "link"), ("text", "dim")),
    *(("unread", "text"), ("star", "text"), ("day", "time"), ("match", "text")),
]
SIGNS: list[Role] = ["up", "down"]


def painter(theme: Theme, market_colours: MarketColours = "red-up") -> Painter:
    defaults = variable_defaults(theme, market_colours)
    return Painter({**defaults, **theme.to_color_system().generate(), **theme.variables})


def luminance(value: Color) -> float:
    parts = []
    for part in value.get_truecolor():
        share = part / 255
        parts.append(share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(style: Style, system: ColorSystem) -> float:
    """Of text and background as a terminal of ``system`` shows them, by WCAG 2."""
    assert style.color is not None and style.bgcolor is not None
    shown = (style.color.downgrade(system), style.bgcolor.downgrade(system))
    dark, light = sorted(map(luminance, shown))
    return (light + 0.05) / (dark + 0.05)


def named(theme: Theme) -> str:
    return theme.name


def test_every_role_has_a_look() -> None:
    assert set(LOOKS) == set(get_args(Role))


@pytest.mark.parametrize("theme", COLOURED, ids=named)
def test_colours_stand_on_the_palette(theme: Theme) -> None:
    """They reach the terminal by number, and Rich takes the number for the same colour."""
    own = (theme.background, theme.foreground, theme.primary, *theme.variables.values())
    for value in own:
        assert value is not None
        number = by_number(value)
        assert number.startswith("color("), value
        assert Color.parse(number).get_truecolor() == Color.parse(value).get_truecolor()
        assert Color.parse(number).downgrade(MANY) == Color.parse(number)


def test_each_number_of_the_palette_is_found() -> None:
    for number in range(16, 256):
        triplet = Color.from_ansi(number).get_truecolor()
        assert Color.parse(by_number(triplet.hex)).get_truecolor() == triplet
    assert by_number("#123456") == "#123456"
    assert (len(CUBE), len(GREYS)) == (6, 24)


@pytest.mark.parametrize("system", [TRUE, MANY])
@pytest.mark.parametrize("theme", COLOURED, ids=named)
def test_text_is_legible(theme: Theme, system: ColorSystem) -> None:
    """Text 7:1 and badges 4.5:1, on the selected row too; the contrast theme has more."""
    text, badge, hairline = (12.0, 7.0, 6.0) if "contrast" in theme.name else (7.0, 4.5, 1.8)
    paint = painter(theme)
    for role in LOOKS:
        for ground in GROUNDS:
            wanted = badge if role in MARKS else text
            if role == "rule":
                if ground:
                    continue  # no hairline stands in a list's row
                wanted = hairline
            assert contrast(paint.style(role, ground), system) >= wanted, (role, ground)


@pytest.mark.parametrize("theme", themes_for("16"), ids=named)
def test_sixteen_colours_are_enough(theme: Theme) -> None:
    """Nothing is lost in its own background, and the cursor's row is told from others."""
    paint = painter(theme)
    for ground in GROUNDS:
        for role in LOOKS:
            style = paint.style(role, ground)
            assert style.color is not None and style.bgcolor is not None
            is_own = style.color.is_default and style.bgcolor.is_default
            if role != "rule" and theme.name != FEW_COLOURS_THEME and not is_own:
                assert contrast(style, FEW) >= 3.0, (role, ground)
    assert paint.style("text", "cursor").reverse and not paint.style("text").reverse


@pytest.mark.parametrize("system", [TRUE, MANY])
@pytest.mark.parametrize("theme", COLOURED, ids=named)
def test_what_means_something_else_looks_otherwise(theme: Theme, system: ColorSystem) -> None:
    paint = painter(theme)

    def shown(role: Role, ground: Ground = "") -> tuple[int, ...]:
        value = paint.style(role, ground).color
        assert value is not None
        return tuple(value.downgrade(system).get_truecolor())

    for one, other in combinations(BADGES, 2):
        apart = sum((a - b) ** 2 for a, b in zip(shown(one), shown(other), strict=True)) ** 0.5
        assert apart >= 40, (one, other)
    for one, other in TOLD_APART:
        assert paint.style(one) != paint.style(other)
    grounds = {paint.style("text", ground).bgcolor for ground in GROUNDS}
    assert len(grounds) == 3


@pytest.mark.parametrize("theme", COLOURED, ids=named)
def test_rises_and_falls_as_one_likes(theme: Theme) -> None:
    looks = {}
    for name in get_args(MarketColours):
        paint = painter(theme, name)
        looks[name] = paint.style("up").color, paint.style("down").color
        assert all(contrast(paint.style(role), MANY) >= 7.0 for role in SIGNS)
    assert looks["red-up"] == looks["green-up"][::-1]
    assert not set(looks["red-up"]) & set(looks["colour-blind"])


def test_the_terminals_own_colours_and_no_others() -> None:
    theme = next(theme for theme in THEMES if theme.name == FEW_COLOURS_THEME)
    paint = painter(theme)
    for ground in GROUNDS:
        for role in LOOKS:
            style = paint.style(role, ground)
            for value in (style.color, style.bgcolor):
                assert value is not None and (value.is_default or (value.number or 0) < 16)


def test_everything_is_told_without_colours() -> None:
    """What NO_COLOR leaves of the theme that it gets: attributes."""
    theme = next(theme for theme in THEMES if theme.name == FEW_COLOURS_THEME)
    paint = painter(theme)

    def attributes(role: Role, ground: Ground = "") -> tuple[bool | None, ...]:
        style = paint.style(role, ground)
        return style.bold, style.dim, style.underline, style.reverse

    for role in get_args(Role):
        if role not in ("match", "hint"):
            assert attributes(role, "cursor")[3], role
            assert attributes("match", "cursor") != attributes(role, "cursor")
            assert attributes("match") != attributes(role)
    assert attributes("title") != attributes("title-read")
    assert attributes("link") != attributes("text") != attributes("dim")


def test_a_foreign_theme_lends_its_colours() -> None:
    variables = {"background": "#000000", PREFIX + "text": "ansi_blue", PREFIX + "dim": "#aabbcc80"}
    assert colour(variables, "text") == "blue"
    assert colour(variables, "dim") == "#aabbcc"
    assert colour({**variables, PREFIX + "text": "transparent"}, "text") == "default"
