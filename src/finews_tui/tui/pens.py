"""How a cell is coloured, and the shortest way from one colouring to the next.

This room alone reads and writes SGR parameters and the ends of OSC 8 links. No textual here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from finews_tui.lean import NamedTuple

_ENDS = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29, 21: 24, 53: 55}
"""What a parameter begins, and the parameter that ends it (ECMA-48, 8.3.117)."""
_VISIBLE_ON_BLANKS = frozenset((4, 5, 6, 7, 9, 21, 53))
"""What is seen of a cell without a character."""
_PART = re.compile(r"[34]8;5;\d+|[34]8;2;\d+;\d+;\d+|\d+")


class Pen(NamedTuple):
    """What a cell is written with."""

    attributes: frozenset[int] = frozenset()
    """Bold, italic, underlined …, as their SGR parameters."""
    colour: str = ""
    """SGR parameters of the colour; empty for the terminal's own."""
    ground: str = ""
    """Those of the background."""
    link: str = ""
    """The address that the terminal opens."""

    @property
    def blank(self) -> Pen:
        """The pen by which a space looks the same."""
        return _blank(self)

    def to(self, other: Pen) -> str:
        """What must be written to go on with ``other``."""
        return "" if self is other else _way(self, other)


PLAIN = Pen()
"""The pen after ``CSI m``."""


@lru_cache(maxsize=4096)
def pen_of(parameters: str, link: str = "") -> Pen:
    """The pen that SGR ``parameters`` make of the plain one; what is not known is left out."""
    pen = PLAIN
    for part in _PART.findall(parameters):
        if part.startswith("38"):
            pen = pen._replace(colour=part)
        elif part.startswith("48"):
            pen = pen._replace(ground=part)
        else:
            pen = _with(pen, int(part))
    return pen._replace(link=link)


def _with(pen: Pen, number: int) -> Pen:
    if number == 0:
        return PLAIN
    if number in _ENDS:
        return pen._replace(attributes=pen.attributes | {number})
    if 30 <= number <= 37 or 90 <= number <= 97:
        return pen._replace(colour=str(number))
    if 40 <= number <= 47 or 100 <= number <= 107:
        return pen._replace(ground=str(number))
    return pen


@lru_cache(maxsize=4096)
def _blank(pen: Pen) -> Pen:
    if pen.attributes & _VISIBLE_ON_BLANKS:
        return pen
    return Pen(ground=pen.ground, link=pen.link)


@lru_cache(maxsize=4096)
def _way(before: Pen, after: Pen) -> str:
    changes: list[str] = []
    kept = before.attributes
    for end in sorted({_ENDS[gone] for gone in before.attributes - after.attributes}):
        changes.append(str(end))
        kept = frozenset(number for number in kept if _ENDS[number] != end)
    changes += map(str, sorted(after.attributes - kept))
    if after.colour != before.colour:
        changes.append(after.colour or "39")
    if after.ground != before.ground:
        changes.append(after.ground or "49")
    whole = [*map(str, sorted(after.attributes)), after.colour, after.ground]
    anew = ";".join(["", *filter(None, whole)])  # an empty parameter is 0: the plain pen
    short = min(";".join(changes), anew, key=len)
    sgr = f"\x1b[{short}m" if changes else ""
    if after.link == before.link:
        return sgr
    return f"{sgr}\x1b]8;;{after.link}\x1b\\"
