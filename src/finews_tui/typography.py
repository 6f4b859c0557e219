"""How a reader likes articles to be set: one value, read from the config file, obeyed by the page.

docs/typography.md says what each setting does and why its default is what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from finews_tui.lean import NamedTuple

MEASURE = 76
"""The widest line of text, in cells: 38 Chinese characters."""


class Typography(NamedTuple):
    """Measures in terminal cells and in lines; the defaults are those of the reader.

    The fields but ``ambiguous`` are the settings of the table ``[article]``, under their names.
    """

    measure: int = MEASURE
    """The widest line of text; hanging punctuation stands beyond it."""
    line_spacing: int = 0
    """Empty lines between the lines of a paragraph."""
    paragraph_spacing: int = 1
    """Empty lines between two paragraphs, beside those between lines."""
    indent: int = 0
    """The cells by which the first line of a paragraph is indented."""
    compression: bool = True
    """Whether a full-width mark gives up its blank half where it ends a line."""
    hanging: bool = True
    """Whether ``。，、`` may stand beyond the measure where there is a margin."""
    gap: bool = False
    """Whether Chinese and Latin are parted by a cell where the text has no space."""
    ambiguous: int = 1
    """The cells of East Asian Ambiguous characters, such as “ ” … — ①: 1 or 2."""

    def settings(self) -> Iterator[tuple[str, int | bool]]:
        """The settings by their names, as they stand in the config file."""
        yield from ((name, value) for name, value in self._asdict().items() if name != "ambiguous")


LIMITS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "measure": (20, 400),
        "line_spacing": (0, 3),
        "paragraph_spacing": (0, 5),
        "indent": (0, 8),
    }
)
"""The least and the greatest value of the settings that are numbers."""
