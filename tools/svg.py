"""A terminal's screen as an SVG picture: the same bytes for the same screen, on every machine.

Nothing hangs on the fonts of whoever looks: a cell is 0.6 em wide, which is what monospaced fonts
are drawn for, a Chinese character fills two of them, and lines, blocks and underlines are shapes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import escape

import pyte

SIZE, WIDTH, HEIGHT = 15, 9, 20
"""The font and a cell, in pixels."""
PADDING = 14
"""Around the screen, in pixels."""
FONTS = (
    "ui-monospace,'SF Mono',Menlo,'DejaVu Sans Mono','Noto Sans Mono CJK SC',"
    "'PingFang SC','Microsoft YaHei',monospace"
)
SIXTEEN = {
    "black": "1e1e1e",
    "red": "cd3131",
    "green": "0dbc79",
    "brown": "c8b83a",
    "blue": "3b8eea",
    "magenta": "bc3fbc",
    "cyan": "11a8cd",
    "white": "cccccc",
    "brightblack": "7f7f7f",
    "brightred": "f14c4c",
    "brightgreen": "23d18b",
    "brightbrown": "f5f543",
    "brightblue": "6fb3f5",
    "brightmagenta": "d670d6",
    "bfightmagenta": "d670d6",  # pyte 0.8 spells it so
    "brightcyan": "29b8db",
    "brightwhite": "f5f5f5",
}
"""Some terminal's own sixteen colours."""
_STROKES = {
    "─": ((0.0, 0.5, 1.0, 0.5, 1.0),),
    "━": ((0.0, 0.5, 1.0, 0.5, 2.2),),
    "│": ((0.5, 0.0, 0.5, 1.0, 1.0),),
    "╭": ((0.5, 0.5, 1.0, 0.5, 1.0), (0.5, 0.5, 0.5, 1.0, 1.0)),
    "╮": ((0.0, 0.5, 0.5, 0.5, 1.0), (0.5, 0.5, 0.5, 1.0, 1.0)),
    "╰": ((0.5, 0.5, 1.0, 0.5, 1.0), (0.5, 0.0, 0.5, 0.5, 1.0)),
    "╯": ((0.0, 0.5, 0.5, 0.5, 1.0), (0.5, 0.0, 0.5, 0.5, 1.0)),
    "┌": ((0.5, 0.5, 1.0, 0.5, 1.0), (0.5, 0.5, 0.5, 1.0, 1.0)),
    "┐": ((0.0, 0.5, 0.5, 0.5, 1.0), (0.5, 0.5, 0.5, 1.0, 1.0)),
    "└": ((0.5, 0.5, 1.0, 0.5, 1.0), (0.5, 0.0, 0.5, 0.5, 1.0)),
    "┘": ((0.0, 0.5, 0.5, 0.5, 1.0), (0.5, 0.0, 0.5, 0.5, 1.0)),
    "├": ((0.5, 0.5, 1.0, 0.5, 1.0), (0.5, 0.0, 0.5, 1.0, 1.0)),
    "┤": ((0.0, 0.5, 0.5, 0.5, 1.0), (0.5, 0.0, 0.5, 1.0, 1.0)),
    "┬": ((0.0, 0.5, 1.0, 0.5, 1.0), (0.5, 0.5, 0.5, 1.0, 1.0)),
    "┴": ((0.0, 0.5, 1.0, 0.5, 1.0), (0.5, 0.0, 0.5, 0.5, 1.0)),
    "┼": ((0.0, 0.5, 1.0, 0.5, 1.0), (0.5, 0.0, 0.5, 1.0, 1.0)),
}
"""Lines inside a cell: from x, y to x, y as shares of it, and how thick."""


class Cell(NamedTuple):
    """What stands at one place of the screen."""

    x: int
    text: str
    width: int
    """1, or 2 for a Chinese character."""
    colour: str
    below: str
    is_bold: bool
    is_italic: bool
    is_underlined: bool


def svg_of(screen: pyte.Screen, *, foreground: str, background: str, title: str) -> str:
    """The picture; ``foreground`` and ``background`` are the terminal's own, as ``#121212``."""
    width = screen.columns * WIDTH + 2 * PADDING
    height = screen.lines * HEIGHT + 2 * PADDING
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>text{{font:{SIZE}px {FONTS};white-space:pre}}"
        ".w{font-size:17px;letter-spacing:1px}.b{font-weight:bold}.i{font-style:italic}</style>",
        f'<rect width="{width}" height="{height}" rx="8" fill="{background}"/>',
        f'<g transform="translate({PADDING} {PADDING})">',
    ]
    for y in range(screen.lines):
        cells = list(cells_of(screen, y, foreground.lstrip("#"), background.lstrip("#")))
        parts += _grounds(cells, y, background.lstrip("#"))
        parts += _texts(cells, y)
    parts += ["</g>", "</svg>", ""]
    return "\n".join(parts)


def cells_of(screen: pyte.Screen, y: int, foreground: str, background: str) -> Iterator[Cell]:
    """The cells of a row, the right halves of wide characters left out."""
    row = screen.buffer[y]
    x = 0
    while x < screen.columns:
        character = row[x]
        is_wide = x + 1 < screen.columns and character.data != "" and row[x + 1].data == ""
        colour = _colour(character.fg, foreground)
        below = _colour(character.bg, background)
        if character.reverse:
            colour, below = below, colour
        yield Cell(
            x,
            character.data or " ",
            2 if is_wide else 1,
            colour,
            below,
            character.bold,
            character.italics,
            character.underscore,
        )
        x += 2 if is_wide else 1


def _colour(name: str, otherwise: str) -> str:
    return otherwise if name == "default" else SIXTEEN.get(name, name)


def _grounds(cells: list[Cell], y: int, background: str) -> Iterator[str]:
    for below, group in groupby(cells, key=lambda cell: cell.below):
        run = list(group)
        if below != background:
            wide = sum(cell.width for cell in run) * WIDTH
            yield _rect(run[0].x * WIDTH, y * HEIGHT, wide, HEIGHT, below)


def _texts(cells: list[Cell], y: int) -> Iterator[str]:
    def kind(cell: Cell) -> tuple[object, ...]:
        shape = cell.text if cell.text in _STROKES or cell.text in "▌█" else ""
        is_alone = not (cell.text.isascii() or cell.width == 2 or shape)
        return (cell[3:], cell.width, cell.text == " ", shape, cell.x if is_alone else -1)

    for _, group in groupby(cells, key=kind):
        run = list(group)
        first = run[0]
        text = "".join(cell.text for cell in run)
        x, top = first.x * WIDTH, y * HEIGHT
        wide = sum(cell.width for cell in run) * WIDTH
        if first.is_underlined:
            yield _rect(x, top + HEIGHT - 3, wide, 1, first.colour)
        if first.text == " ":
            continue
        if first.text in _STROKES:
            yield from _strokes(first, x, top, wide)
        elif first.text in "▌█":
            yield _rect(x, top, WIDTH / 2 if first.text == "▌" else wide, HEIGHT, first.colour)
        else:
            classes = "w" * (first.width == 2) + " b" * first.is_bold + " i" * first.is_italic
            fit = (
                "" if first.width == 2 else f' textLength="{wide}" lengthAdjust="spacingAndGlyphs"'
            )
            named = f' class="{classes.strip()}"' if classes else ""
            # A Chinese character stands in the middle of its two cells.
            left = x + (0.5 if first.width == 2 else 0)
            yield (
                f'<text x="{left:g}" y="{top + 15}"{named} fill="#{first.colour}"{fit}>'
                f"{escape(text)}</text>"
            )


def _strokes(cell: Cell, x: float, top: float, wide: float) -> Iterator[str]:
    for left, upper, right, lower, thick in _STROKES[cell.text]:
        if upper == lower:
            end = wide if (left, right) == (0, 1) else right * WIDTH
            start = left * WIDTH
            yield _rect(
                x + start, top + upper * HEIGHT - thick / 2, end - start, thick, cell.colour
            )
        else:
            start, end = upper * HEIGHT, lower * HEIGHT
            middle = x + left * WIDTH - thick / 2
            yield _rect(middle, top + start, thick, end - start, cell.colour)


def _rect(x: float, y: float, wide: float, high: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" fill="#{colour}"/>'
