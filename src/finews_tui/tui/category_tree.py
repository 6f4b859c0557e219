"""The category tree on the screen: rows with totals and unread counts, folded and unfolded.

This room alone paints nodes and moves among them; their shape is that of ``nodes.py``.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from finews_tui.library import Facet
from finews_tui.page import cut, width_of
from finews_tui.page.line import Line, Role
from finews_tui.tui.line_list import LineList
from finews_tui.tui.nodes import Forest, Loads, Node
from finews_tui.tui.paint import found, mark


class CategoryTree(LineList):
    """All, Unread, Today, Starred; then sources, tickers, sectors and dates."""

    class Wanted(Message):
        """Children are to be shown that are not known yet."""

        def __init__(self, loads: Sequence[Loads]) -> None:
            super().__init__()
            self.loads = tuple(loads)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.forest = Forest()
        self.highlight = ""
        """Text to mark in the rows: what was searched in this pane."""
        self.chosen = ""
        """The query of the node whose posts the list shows."""
        self._rows: list[Node] = self.forest.rows()

    def on_mount(self) -> None:
        """Show the sections while their content is being asked for."""
        self.count = len(self._rows)

    # -- content -----------------------------------------------------------------------------

    def fill(self, loads: Loads, facets: Sequence[Facet]) -> None:
        """Children, or new counts of them; the cursor stays on its node."""
        before = [(node, node.label, node.total, node.unread) for node in self._rows]
        self.forest.fill(loads, facets)
        rows = self.forest.rows()
        if len(rows) != len(before) or any(
            node is not old[0] and not node.rest for node, old in zip(rows, before, strict=True)
        ):
            self._renew()
            return
        self._rows = rows
        for row, (_, *shown) in enumerate(before):
            node = rows[row]
            if shown != [node.label, node.total, node.unread]:
                self.refresh_row(row)

    def begin_anew(self) -> None:
        """Forget what was unfolded, as it is at the start."""
        self.forest = Forest()
        self._rows = self.forest.rows()
        self.count = len(self._rows)
        self.cursor = 0
        self.scroll_lines_to(0)
        self.refresh()

    def count_problems(self, files: int) -> None:
        """How many files could not be read: their node comes and goes with them."""
        before = self.forest.problems.total
        self.forest.problems.total = files
        if before != files:
            self._renew()

    def fold_lacking(self) -> None:
        """Fold again what was unfolded, but cannot be told the children of."""
        for node in self.forest.everything():
            if node.is_open and node.children is None:
                node.is_open = False
        self._renew()

    @property
    def is_lacking(self) -> bool:
        """Whether something is unfolded whose children are not known yet."""
        return any(n.is_open and n.children is None and n.loads is not None for n in self._rows)

    @property
    def is_on_problems(self) -> bool:
        """Whether the selected node stands for the files that could not be read."""
        return self.current is self.forest.problems

    @property
    def is_on_heading(self) -> bool:
        """Whether the selected node only has others below it."""
        node = self.current
        return node is not None and node.query is None and not self.is_on_problems

    def choose(self, query: str) -> None:
        """Tell which node's posts the list shows; the cursor goes to it where it is unfolded."""
        if query != self.chosen:
            self.chosen = query
            for row, node in enumerate(self._rows):
                if node.query == query:
                    self.cursor = row
                    break
            self.refresh()

    def _renew(self, onto: Node | None = None) -> None:
        """Compute the rows again; the cursor stays on its node, or goes ``onto`` another."""
        before = onto or self.current
        self._rows = self.forest.rows()
        self.count = len(self._rows)
        if before is not None:
            self.cursor = self._row_of(before)
        self.refresh()

    def _row_of(self, node: Node) -> int:
        """The row of ``node``, or of what it is hidden below."""
        seen: Node | None = node
        while seen is not None:
            for row, other in enumerate(self._rows):
                if other is seen:
                    return row
            seen = seen.parent
        return self.cursor

    @property
    def current(self) -> Node | None:
        """The selected node."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    # -- folding -----------------------------------------------------------------------------

    def toggle(self) -> None:
        """Fold or unfold the selected node, or the one above it; show what a list leaves out."""
        node = self.current
        if node is None:
            return
        if node.rest and node.parent is not None:
            self.show_rest(node)
        elif node.can_fold:
            self._set_open(node, not node.is_open)
        elif node.parent is not None:
            self._set_open(node.parent, False)

    def show_rest(self, node: Node) -> None:
        """Show the children that ``node`` stands for; the cursor goes to the first of them."""
        assert node.parent is not None and node.parent.children is not None
        children = node.parent.children
        node.parent.shows_all = True
        self._renew(children[len(children) - node.rest])

    def fold(self) -> None:
        """Fold the selected node; where there is nothing to fold, go to the node above it."""
        node = self.current
        if node is None:
            return
        if node.can_fold and node.is_open:
            self._set_open(node, False)
        elif node.parent is not None:
            self.cursor = self._row_of(node.parent)

    def unfold(self) -> bool:
        """Unfold the selected node; False where there is nothing to unfold."""
        node = self.current
        if node is None:
            return False
        if node.rest:
            self.show_rest(node)
            return True
        if node.can_fold and not node.is_open:
            self._set_open(node, True)
            return True
        return False

    def fold_all(self) -> None:
        """Fold everything."""
        self.forest.fold_all()
        self._renew()

    def unfold_all(self) -> None:
        """Unfold everything that is known, and the next level of what is not."""
        if wanted := self.forest.unfold_all():
            self.post_message(self.Wanted(wanted))
        self._renew()

    def _set_open(self, node: Node, is_open: bool) -> None:
        node.is_open = is_open
        if is_open and node.children is None and node.loads is not None:
            self.post_message(self.Wanted([node.loads]))
        self._renew()

    # -- searching ---------------------------------------------------------------------------

    def next_match(self, wanted: str, steps: int, *, start: int | None = None) -> bool:
        """To a node whose label holds ``wanted``, folded or not, around the end."""
        nodes = list(self.forest.everything())
        here = self._rows[start] if start is not None and start < self.count else self.current
        at = next((i for i, node in enumerate(nodes) if node is here), 0)
        hits = [i for i, node in enumerate(nodes) if found(node.label, wanted)]
        if not hits:
            return False
        if start is not None:
            ahead = [i for i in hits if i >= at]
            target = ahead[0] if ahead else hits[0]
        elif steps > 0:
            ordered = [i for i in hits if i > at] + [i for i in hits if i <= at]
            target = ordered[(steps - 1) % len(ordered)]
        else:
            ordered = [i for i in reversed(hits) if i < at] + [i for i in reversed(hits) if i >= at]
            target = ordered[(-steps - 1) % len(ordered)]
        self.forest.reveal(nodes[target])
        self._renew(nodes[target])
        return True

    def has_match(self, wanted: str) -> bool:
        """Whether any known node's label holds ``wanted``."""
        return any(found(node.label, wanted) for node in self.forest.everything())

    # -- painting ----------------------------------------------------------------------------

    def row_lines(self, row: int, width: int) -> tuple[Line, ...]:
        """``▾ label      unread  total``."""
        node = self._rows[row]
        fold = ("▾ " if node.is_open else "▸ ") if node.can_fold else "⋯ " if node.rest else "  "
        left = " " + "  " * node.depth + fold
        counts = ""
        unread = f"{node.unread:,}" if node.unread else ""
        if node.total is not None:
            counts = f"{unread:>6} {node.total:>7,} "
        room = width - len(left) - len(counts)
        label = cut(node.label, max(1, room))
        role: Role = "text"
        if node is self.forest.problems:
            role = "text"
        elif node.query is None:
            role = "dim" if node.rest else "heading"
        elif node.query == self.chosen:
            role = "title"
        gap = " " * (room - width_of(label))
        line: Line = ((left, "dim"), (label, role), (gap, "text"))
        if counts:
            line = (*line, (f"{unread:>6} ", "unread"), (f"{node.total:>7,} ", "dim"))
        if self.highlight:
            offset = len(left)
            places = found(label, self.highlight)
            line = mark(line, [(start + offset, stop + offset) for start, stop in places])
        return (line,)
