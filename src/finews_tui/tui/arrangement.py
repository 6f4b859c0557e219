"""Which panes share the screen, for every size: a pure function and nothing else.

From 120 columns on the tree stands beside the list over the article; from 80 on the list stands
over the article, and the tree opens over them; below that, one pane at a time.
"""

from __future__ import annotations

from finews_tui.lean import NamedTuple
from finews_tui.tui.commands import Pane

WIDE = 120
MEDIUM = 80
LOW = 20
"""Below this height list and article do not share a column."""
TREE_WIDTH = 36
MOST_TREE_WIDTH = 44


class Arrangement(NamedTuple):
    """What is on the screen, and how large."""

    shown: frozenset[Pane]
    tree_width: int
    """Cells of the tree when it shares the screen; 0: all of it."""
    is_tree_over: bool
    """The tree lies over the other panes instead of beside them."""
    list_height: int
    """Lines of the list with its title, when it shares a column with the article; 0: all."""


def arrange(width: int, height: int, pane: Pane, *, is_zoomed: bool) -> Arrangement:
    """The arrangement of ``width`` by ``height`` cells when ``pane`` has the focus."""
    if is_zoomed or width < MEDIUM:
        return Arrangement(frozenset({pane}), 0, False, 0)
    tree_width = min(MOST_TREE_WIDTH, max(TREE_WIDTH, width // 4))
    reading: frozenset[Pane] = frozenset({"list", "article"})
    list_height = max(6, min(20, round(height * 0.36)))
    if height < LOW:
        reading = frozenset({"article" if pane == "article" else "list"})
        list_height = 0
    if width >= WIDE:
        return Arrangement(reading | {"tree"}, tree_width, False, list_height)
    if pane == "tree":
        return Arrangement(reading | {"tree"}, tree_width, True, list_height)
    return Arrangement(reading, 0, False, list_height)
