"""A link as a QR code, for the telephone in front of the screen; alone imports segno."""

from __future__ import annotations

from collections.abc import Sequence

import segno
from segno.encoder import DataOverflowError

QUIET = 2
"""Modules of white around the code; scanners find it with half of the standard's four."""
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
"""By whether the upper and the lower module is dark."""


def qr_lines(text: str) -> list[str]:
    """The code of ``text`` as lines of half blocks, dark where a character is set; [] if too long.

    All lines are equally long. Paint them dark on white.
    """
    try:
        # More correction than the least would make the code larger, which a screen has no use for.
        code = segno.make(text, error="l", boost_error=False, micro=False)
    except DataOverflowError:
        return []
    rows = [list(map(bool, row)) for row in code.matrix_iter(border=QUIET)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in _pairs(rows)
    ]


def _pairs(rows: Sequence[Sequence[bool]]) -> list[tuple[Sequence[bool], Sequence[bool]]]:
    return list(zip(rows[::2], rows[1::2], strict=True))
