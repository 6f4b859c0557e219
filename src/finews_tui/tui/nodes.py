"""The category tree as data: nodes, what is unfolded, and the rows that follow from it.

This room alone knows the shape of the tree. It is pure: facets come in, rows come out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finews_tui.library import Facet, FacetKind

Loads = tuple[FacetKind, str]
"""The question whose answer are a node's children: what to ask, and within what."""

MOST_CHILDREN = 12
"""A longer list of children ends with one row that shows the rest."""


class Node:
    """One row of the tree, with everything below it."""

    def __init__(
        self,
        label: str,
        query: str | None = None,
        total: int | None = None,
        unread: int | None = None,
        *,
        loads: Loads | None = None,
        is_open: bool = False,
        parent: Node | None = None,
        rest: int = 0,
        depth: int = 0,
    ) -> None:
        self.label = label
        self.query = query
        """The query that lists its posts; None for a mere heading. The empty query lists all."""
        self.total = total
        self.unread = unread
        self.loads = loads
        """Where its children come from."""
        self.children: list[Node] | None = None
        """None: not asked for yet."""
        self.is_open = is_open
        self.shows_all = False
        """Whether the children beyond ``MOST_CHILDREN`` are shown."""
        self.parent = parent
        self.rest = rest
        """For the row that stands for the children beyond: how many they are."""
        self.depth = depth

    @property
    def can_fold(self) -> bool:
        """Whether it has children, or may have them once they are asked for."""
        return self.loads is not None or bool(self.children)


class Forest:
    """The whole tree."""

    def __init__(self) -> None:
        self.views = [
            Node("All", ""),
            Node("Unread", "is:unread"),
            Node("Today", "since:today"),
            Node("Starred", "is:starred"),
        ]
        self.problems = Node("Problems", total=0)
        """Stands for the files that could not be read, where there are any."""
        self.sections = [
            Node("Sources", loads=("sources", ""), is_open=True),
            Node("Tickers", loads=("tickers", "")),
            Node("Sectors", loads=("sectors", "")),
            Node("Dates", loads=("years", "")),
        ]

    def rows(self) -> list[Node]:
        """What is on the screen, from top to bottom."""
        problems = [self.problems] if self.problems.total else []
        return [*self.views, *problems, *_rows(self.sections)]

    def everything(self) -> Iterator[Node]:
        """All nodes that are known, folded or not."""
        problems = [self.problems] if self.problems.total else []
        stack = [*reversed(self.sections), *problems, *reversed(self.views)]
        while stack:
            node = stack.pop()
            yield node
            stack += reversed(node.children or [])

    def loaded(self) -> list[Loads]:
        """The questions that were answered or are to be, to be asked again when counts change."""
        return [
            ("views", ""),
            ("sections", ""),
            *(n.loads for n in self.everything() if n.loads and (n.children or n.is_open)),
        ]

    def fill(self, loads: Loads, facets: Sequence[Facet]) -> None:
        """Take in the answer to a question; what is unfolded stays unfolded."""
        if loads == ("views", ""):
            # The query of Today names the day, and is another one when news of a new day arrive.
            for view, facet in zip(self.views, facets, strict=False):
                view.query = facet.query
            self.views = _renewed(self.views, facets, None, 0)
            return
        if loads[0] in ("sections", "markets"):
            nodes = self.sections if loads[0] == "sections" else self.sections[1].children
            counts = {facet.label: facet for facet in facets}
            for node in nodes or []:
                if found := counts.get(node.label):
                    node.total, node.unread = found.total, found.unread
            return
        for node in self.everything():
            if node.loads == loads:
                if loads[0] == "tickers":
                    node.children = _by_market(node, facets)
                else:
                    node.children = _renewed(node.children or [], facets, node, node.depth + 1)
                return

    def fold_all(self) -> None:
        """Fold every node."""
        for node in self.everything():
            node.is_open = node.shows_all = False

    def unfold_all(self) -> list[Loads]:
        """Unfold every known node; returns the questions to ask for the children not yet known."""
        wanted = []
        for node in self.everything():
            if node.can_fold:
                node.is_open = True
                if node.children is None and node.loads is not None:
                    wanted.append(node.loads)
        return wanted

    @staticmethod
    def reveal(node: Node) -> None:
        """Unfold whatever hides ``node``."""
        parent = node.parent
        while parent is not None:
            parent.is_open = True
            if parent.children and node not in parent.children[:MOST_CHILDREN]:
                parent.shows_all = True
            node, parent = parent, parent.parent


def _rows(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if not node.is_open or not node.children:
            continue
        # One row too many is shown rather than a row that says "1 more".
        if node.shows_all or len(node.children) <= MOST_CHILDREN + 1:
            yield from _rows(node.children)
        else:
            yield from _rows(node.children[:MOST_CHILDREN])
            rest = len(node.children) - MOST_CHILDREN
            yield Node(f"{rest:,} more", rest=rest, parent=node, depth=node.depth + 1)


def _renewed(
    before: Sequence[Node], facets: Sequence[Facet], parent: Node | None, depth: int
) -> list[Node]:
    """Nodes for ``facets``; one that was there already is kept, with its new counts."""
    known = {node.query: node for node in before}
    nodes = []
    for facet in facets:
        node = known.get(facet.query)
        if node is None:
            loads = _below(parent, facet)
            node = Node(facet.label, facet.query, loads=loads, parent=parent, depth=depth)
        node.label, node.total, node.unread = facet.label, facet.total, facet.unread
        nodes.append(node)
    return nodes


def _below(parent: Node | None, facet: Facet) -> Loads | None:
    """What stands below a facet: months below a year, days below a month."""
    if parent is None or parent.loads is None:
        return None
    match parent.loads[0]:
        case "years":
            return ("months", facet.label)
        case "months":
            return ("days", facet.label)
    return None


def _by_market(section: Node, facets: Sequence[Facet]) -> list[Node]:
    """The tickers below one node a market, the markets in the order of their first ticker."""
    known = {node.label: node for node in section.children or []}
    groups: dict[str, list[Facet]] = {}
    for facet in facets:
        groups.setdefault(facet.group, []).append(facet)
    markets = []
    for label, members in groups.items():
        market = known.get(label) or Node(label, parent=section, depth=section.depth + 1)
        market.children = _renewed(market.children or [], members, market, market.depth + 1)
        markets.append(market)
    return markets
