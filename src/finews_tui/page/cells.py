"""How many terminal cells a text takes: the one place where widths are measured, cut and padded.

It alone imports ``rich.cells``, whose tables Textual paints by: what is measured here is what the
screen shows. The characters that most headlines are of are known without it (``PLAIN``), since to
load those tables, and what knows grapheme clusters, is a fair part of a short command.

A character that has no place on a screen (control, bidi, zero-width, surrogate) is never let
through by ``cut``, ``pad`` and ``printable``. Grapheme clusters are never taken apart.

``ambiguous`` is the number of cells of the characters that Unicode calls East Asian Ambiguous
(``“ ” … — ① ★``): 1 on most terminals, 2 on some that are set up for Chinese.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from unicodedata import east_asian_width

from finews_tui.posts import clean_block

ELLIPSIS = "…"
JOINER, EMOJI_STYLE = "\u200d", "\ufe0f"

PLAIN = (
    ("\u4e00", "\u9fff", 2),  # Chinese characters
    (" ", "~", 1),
    ("\u3000", "\u3029", 2),  # Chinese punctuation
    ("\uff01", "\uff60", 2),  # full-width forms
    ("\u2010", "\u2027", 1),  # dashes, quotes, the ellipsis
    ("\xa1", "\xac", 1),
    ("\xae", "\u02ff", 1),  # Latin letters
    ("\u2030", "\u205e", 1),
    ("\u20a0", "\u20bf", 1),  # currencies
    ("\u2190", "\u21ff", 1),  # arrows
    ("\u2460", "\u24ff", 1),  # numbers in circles
    ("\u2500", "\u25fc", 1),  # lines, blocks, ● and the like
    ("\u2605", "\u2606", 1),  # ★ ☆
    ("\u3400", "\u4dbf", 2),  # rare Chinese characters
)
"""Characters, from and to, that take so many cells in all tables, each a cluster of its own."""

_alone: set[str] = set()
"""Those of ``PLAIN`` that were met."""


class _Widths(dict[str, int]):
    """Character to cells, filled as characters are met."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__()
        self.ambiguous = ambiguous

    def __missing__(self, character: str) -> int:
        width = _cells_of(character)
        if width == 1 and self.ambiguous == 2 and east_asian_width(character) == "A":
            width = 2
        self[character] = width
        return width


def _cells_of(character: str) -> int:
    for first, last, cells in PLAIN:
        if first <= character <= last:
            _alone.add(character)
            return cells
    from rich.cells import get_character_cell_size

    return get_character_cell_size(character)


_WIDTHS = {1: _Widths(1), 2: _Widths(2)}
_MEASURES: dict[int, Callable[[str], int]] = {
    ambiguous: widths.__getitem__ for ambiguous, widths in _WIDTHS.items()
}


def width_of(text: str, ambiguous: int = 1) -> int:
    """The cells of ``text``; control and combining characters take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    if EMOJI_STYLE in text or JOINER in text:
        extra = sum(map(_MEASURES[2], text)) - sum(map(_MEASURES[1], text)) if ambiguous == 2 else 0
        from rich.cells import cell_len

        return cell_len(text) + extra
    return sum(map(_MEASURES[ambiguous], text))


def printable(text: str) -> str:
    """``text`` on one line, without the characters that have no place on a screen.

    What those are, ``posts.clean_block`` decides; tabs and line ends become spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    return clean_block(text).replace("\t", " ").replace("\n", " ")


def positions(text: str, ambiguous: int = 1) -> list[int]:
    """The cell at which each character begins, and last the cell after the text.

    All cells of an emoji sequence belong to its first character.
    """
    if EMOJI_STYLE not in text and JOINER not in text:
        return list(accumulate(map(_MEASURES[ambiguous], text), initial=0))
    widths: list[int] = []
    for cluster in clusters(text):
        widths.append(width_of(cluster, ambiguous))
        widths.extend([0] * (len(cluster) - 1))
    return list(accumulate(widths, initial=0))


def clusters(text: str) -> list[str]:
    """The grapheme clusters of ``text``, what a reader takes for one character each."""
    import unicode_segmentation_rs  # late: most lines are neither cut nor of clusters

    try:
        return unicode_segmentation_rs.graphemes(text, True)
    except UnicodeEncodeError:  # a lone surrogate, which has no UTF-8 form: one character each
        return list(text)


def split_at(text: str, cell: int, ambiguous: int = 1) -> tuple[str, str]:
    """``text`` in two: as many whole clusters as fit into ``cell`` cells, and the rest."""
    begins = positions(text, ambiguous)
    end = bisect_right(begins, max(cell, 0)) - 1
    if end >= len(text):
        return text, ""
    if not (text.isascii() or _alone.issuperset(text[: end + 1])):
        start = 0
        for cluster in clusters(text):
            if start + len(cluster) > end:
                end = start
                break
            start += len(cluster)
    return text[:end], text[end:]


def cut(text: str, width: int, ambiguous: int = 1) -> str:
    """``text`` in at most ``width`` cells; what is cut off is told by ``…`` within them."""
    return fit(text, width, ambiguous)[0]


def fit(text: str, width: int, ambiguous: int = 1) -> tuple[str, int]:
    """What ``cut`` makes of ``text``, and the cells that this takes."""
    text = printable(text)
    cells = width_of(text, ambiguous)
    if cells <= width:
        return text, cells
    room = width - width_of(ELLIPSIS, ambiguous)
    if room < 0:
        return "", 0
    text = split_at(text, room, ambiguous)[0] + ELLIPSIS
    return text, width_of(text, ambiguous)


def pad(text: str, width: int, ambiguous: int = 1, *, right: bool = False) -> str:
    """``text`` in exactly ``width`` cells, cut or filled with spaces; ``right`` aligns it right."""
    text, cells = fit(text, width, ambiguous)
    space = " " * (width - cells)
    return space + text if right else text + space


def repeat(character: str, width: int, ambiguous: int = 1) -> str:
    """As many of ``character`` as fit into ``width`` cells, for hairlines."""
    return character * (width // width_of(character, ambiguous))
