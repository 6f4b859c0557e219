"""Takes the pictures of the documentation: ``make pictures``.

The real reader is started in a terminal of 256 colours on the sample archive, keys are pressed, and
what stands on the screen then is drawn by ``svg.py``: the same source gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from finews_tui.settings import sample_archive
from finews_tui.tui.themes import THEMES
from tools.person import reader
from tools.svg import svg_of

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"


class Shot(NamedTuple):
    """One picture."""

    name: str
    columns: int
    rows: int
    theme: str
    keys: tuple[str, ...]
    """Pressed one after the other, each when the screen rests."""
    title: str
    """What it shows, for whoever cannot see it."""


SHOTS: tuple[Shot, ...] = (
    Shot(
        "reader-dark",
        120,
        34,
        "finews-dark",
        ("j m j m 4 j s 5 k", "l"),
        "The reader: category tree, headlines with ticker badges, and an article",
    ),
    Shot(
        "search-light",
        100,
        30,
        "finews-light",
        ("S 储能 Enter", "l"),
        "A search over the whole archive: its words marked in titles and text",
    ),
)
"""The pictures of the README."""


def picture(shot: Shot, home: Path, archive: Path | None = None) -> str:
    """The screen of ``shot`` as SVG; ``home`` holds the reader's folders."""
    theme = next(theme for theme in THEMES if theme.name == shot.theme)
    place = str(archive or sample_archive())
    words = (place, "--theme", shot.theme)
    with reader(home, *words, columns=shot.columns, rows=shot.rows) as terminal:
        terminal.wait_for("1/")
        terminal.settle(1.0)
        for keys in shot.keys:
            terminal.press(keys)
            terminal.settle(1.0)
        terminal.settle(6.0)  # messages go, the tree's numbers follow
        return svg_of(
            terminal.screen,
            foreground=theme.foreground or "",
            background=theme.background or "",
            title=shot.title,
        )


def taken(shots: Sequence[Shot]) -> Iterator[tuple[Shot, str]]:
    """Each picture, of a reader that has never been started before."""
    for shot in shots:
        with TemporaryDirectory() as home:
            yield shot, picture(shot, Path(home))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    wanted = [shot for shot in SHOTS if shot.name in sys.argv[1:] or not sys.argv[1:]]
    for shot, svg in taken(wanted):
        (FOLDER / f"{shot.name}.svg").write_text(svg, encoding="utf-8")
        print(f"docs/pictures/{shot.name}.svg")
