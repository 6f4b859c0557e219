"""The colours: on the 256 cube, legible in each depth, complete."""

from __future__ import annotations

from typing import get_args

import pytest
from rich.color import Color, ColorSystem
from textual.theme import Theme

from finews_tui.page.line import Role
from finews_tui.tui.paint import Ground, Painter
from finews_tui.tui.themes import LOOKS, PREFIX, THEMES, colour

CUBE = {0, 95, 135, 175, 215, 255}
GREYS = {8 + 10 * step for step in range(24)}
GROUNDS: tuple[Ground, ...] = get_args(Ground)


def painter(theme: Theme) -> Painter:
    return Painter({**theme.to_color_system().generate(), **theme.variables})


def luminance(value: Color) -> float:
    parts = []
    for part in value.get_truecolor():
        share = part / 255
        parts.append(share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Color, other: Color) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_role_has_a_look() -> None:
    assert set(LOOKS) == set(get_args(Role))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_colours_stand_on_the_256_cube(theme: Theme) -> None:
    for name, value in theme.variables.items():
        red, green, blue = Color.parse(value).get_truecolor()
        on_cube = {red, green, blue} <= CUBE
        assert on_cube or (red == green == blue and red in GREYS), f"{name}: {value}"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_is_legible(theme: Theme, ground: Ground) -> None:
    for role in LOOKS:
        style = painter(theme).style(role, ground)
        assert style.color is not None and style.bgcolor is not None
        if role == "rule" and ground:
            continue  # no hairline stands in a list's row
        wanted = 1.5 if role == "rule" else 3.0
        assert contrast(style.color, style.bgcolor) >= wanted, role


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("system", [ColorSystem.STANDARD, ColorSystem.EIGHT_BIT])
def test_few_colours_are_enough(theme: Theme, system: ColorSystem) -> None:
    """Nothing is painted in its own background, and the cursor's row is told from others."""
    paint = painter(theme)
    for ground in GROUNDS:
        for role in LOOKS:
            style = paint.style(role, ground)
            assert style.color is not None and style.bgcolor is not None
            if role != "rule":
                assert style.color.downgrade(system) != style.bgcolor.downgrade(system), role
    here, there = paint.style("text", "cursor").bgcolor, paint.style("text").bgcolor
    assert here is not None and there is not None
    assert here.downgrade(system) != there.downgrade(system)


def test_a_foreign_theme_lends_its_colours() -> None:
    variables = {"background": "#000000", PREFIX + "text": "ansi_blue", PREFIX + "dim": "#aabbcc80"}
    assert colour(variables, "text") == "blue"
    assert colour(variables, "dim") == "#aabbcc"
    assert colour({**variables, PREFIX + "text": "transparent"}, "text") == "default"
