"""Keeps how many posts stand under each node of the category tree; the writer's side of the counts.

The writer of the index says which nodes a post comes under, leaves or changes, and writes the
sums with each batch. A reader finds totals without counting, and in the log of moves what became of
posts that it knew: so it keeps its own counts right by difference.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from finews_tui.lean import Literal, NamedTuple
from finews_tui.posts import Kind

Heading = Literal["whole", "section", "source", "category", "day", "ticker", "market"]


class Node(NamedTuple):
    """One node that posts are counted under."""

    kind: Heading
    number: int
    """The id of a label or ticker, a day as yyyymmdd, a place among SECTIONS or MARKETS; or 0."""


WHOLE = Node("whole", 0)
"""All posts."""
SECTIONS = ("Sources", "Tickers", "Sectors", "Dates")
"""What a post counts once for, however many nodes below it stands under."""
MARKETS = {"SH": "Shanghai", "SZ": "Shenzhen", "BJ": "Beijing", "HK": "Hong Kong", "US": "US"}
"""By the end of a symbol; tickers of all other markets stand together."""
MARKET_NAMES = (*MARKETS.values(), "Other")

_SOURCED, _TICKERED, _SECTORED, _DATED = (
    Node("section", number) for number in range(len(SECTIONS))
)
_MOVES_KEPT = 20_000
"""So many changes a reader may sleep through and still count by difference."""
_MARKET_CASES = " ".join(f"WHEN '.{end}' THEN {place}" for place, end in enumerate(MARKETS))
MARKET = f"CASE substr(tickers.symbol, -3) {_MARKET_CASES} ELSE {len(MARKETS)} END"
"""The place of a ticker's market among MARKET_NAMES, as SQL."""

_POST = "SELECT source, day FROM posts WHERE id = ?"
_CATEGORIES = (
    "SELECT label FROM post_labels JOIN labels ON labels.id = label "
    "WHERE post = ? AND kind = 'category'"
)
_TICKERS = "SELECT ticker FROM mentions WHERE post = ?"
_GROUPS = f"SELECT kind = '{Kind.SECTOR}', {MARKET} FROM tickers WHERE id = ?"

_LABELS = "post_labels INDEXED BY post_labels_by_post JOIN labels ON labels.id = label"
_NAMED = "mentions INDEXED BY mentions_by_post JOIN tickers ON tickers.id = ticker"
_TALLIES = (
    "SELECT 'whole', 0, count(*) FROM posts NOT INDEXED WHERE {id}",
    "SELECT 'section', 0, count(source) FROM posts NOT INDEXED WHERE {id}",
    "SELECT 'section', 3, count(day) FROM posts NOT INDEXED WHERE {id}",
    "SELECT 'source', source, count(*) FROM posts NOT INDEXED "
    "WHERE {id} AND source IS NOT NULL GROUP BY source",
    "SELECT 'day', day, count(*) FROM posts NOT INDEXED "
    "WHERE {id} AND day IS NOT NULL GROUP BY day",
    f"SELECT 'category', label, count(*) FROM {_LABELS} "
    "WHERE {post} AND kind = 'category' GROUP BY label",
    f"SELECT 'ticker', ticker, count(*) FROM {_NAMED} WHERE {{post}} GROUP BY ticker",
    f"SELECT 'section', iif(kind = '{Kind.SECTOR}', 2, 1), count(DISTINCT post) FROM {_NAMED} "
    "WHERE {post} GROUP BY 2",
    f"SELECT 'market', {MARKET}, count(DISTINCT post) FROM {_NAMED} "
    f"WHERE {{post}} AND kind <> '{Kind.SECTOR}' GROUP BY 2",
)


def market_of(symbol: str) -> str:
    """Return the name of the market that a ticker's symbol ends with."""
    return MARKETS.get(symbol.rpartition(".")[2], MARKET_NAMES[-1])


def tally(
    connection: sqlite3.Connection, chosen: str, values: Sequence[object]
) -> Iterator[tuple[Node, int]]:
    """Count the posts below each node, of those whose id fulfils ``chosen``.

    That is SQL about ``{post}``, and bounds the posts: no index is used but the one by post.
    """
    for select in _TALLIES:
        statement = select.format(
            id=chosen.format(post="posts.id"), post=chosen.format(post="post")
        )
        for kind, number, posts in connection.execute(statement, values):
            if posts:
                yield Node(kind, number), posts


class Counts:
    """The sums of one open index, as far as its writer has not written them yet."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._steps: Counter[Node] = Counter()
        self._moves: list[tuple[int, Heading, int, int]] = []
        self._groups: dict[int, tuple[Node, ...]] = {}

    def nodes(
        self,
        source: int | None,
        day: int | None,
        categories: Iterable[int],
        tickers: Iterable[int],
    ) -> set[Node]:
        """Return the nodes of a post, by the ids of its labels and tickers, sectors included."""
        found = {WHOLE}
        if source is not None:
            found |= {_SOURCED, Node("source", source)}
        if day is not None:
            found |= {_DATED, Node("day", day)}
        found.update(Node("category", label) for label in categories)
        for ticker in tickers:
            known = self._groups.get(ticker)
            found.update(self._nodes_of_ticker(ticker) if known is None else known)
        return found

    def nodes_of(self, post: int) -> set[Node]:
        """Return the nodes of a post as the index has it now."""
        source, day = self._connection.execute(_POST, (post,)).fetchone()
        return self.nodes(
            source,
            day,
            [label for (label,) in self._connection.execute(_CATEGORIES, (post,))],
            [ticker for (ticker,) in self._connection.execute(_TICKERS, (post,))],
        )

    def enter(self, nodes: Iterable[Node]) -> None:
        """Count a post that was not in the index before."""
        self._steps.update(nodes)

    def move(self, post: int, before: set[Node], after: set[Node]) -> None:
        """Count a post that was in the index; one that is removed has no nodes ``after``."""
        for nodes, step in ((before - after, -1), (after - before, 1)):
            for node in nodes:
                self._steps[node] += step
                self._moves.append((post, *node, step))

    def write(self) -> None:
        """Write the sums, inside the transaction that writes the posts."""
        self._connection.executemany(
            "INSERT INTO counts VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET posts = posts + excluded.posts",
            ((*node, step) for node, step in self._steps.items() if step),
        )
        if self._moves:
            self._connection.execute("DELETE FROM counts WHERE posts = 0")
            self._connection.executemany(
                "INSERT INTO moves (post, kind, node, step) VALUES (?, ?, ?, ?)", self._moves
            )
            self._connection.execute(
                "DELETE FROM moves WHERE id <= (SELECT max(id) FROM moves) - ?", (_MOVES_KEPT,)
            )
        self.forget()

    def forget(self) -> None:
        """Drop what is not written: the transaction that it belongs to is taken back."""
        self._steps.clear()
        self._moves.clear()
        self._groups.clear()

    def write_anew(self) -> None:
        """Count everything from scratch, as after a change to all posts at once."""
        self.forget()
        self._connection.execute("DELETE FROM counts")
        self._connection.executemany(
            "INSERT INTO counts VALUES (?, ?, ?)",
            [(*node, posts) for node, posts in tally(self._connection, "{post} > 0", ())],
        )
        # A gap in the numbers tells readers that they cannot go on by difference.
        self._connection.execute("DELETE FROM moves")
        self._connection.executemany(
            "INSERT INTO moves (post, kind, node, step) VALUES (0, 'whole', 0, 0)", [()] * 2
        )
        self._connection.execute("DELETE FROM moves WHERE id < (SELECT max(id) FROM moves)")

    def _nodes_of_ticker(self, ticker: int) -> tuple[Node, ...]:
        is_sector, market = self._connection.execute(_GROUPS, (ticker,)).fetchone()
        own = Node("ticker", ticker)
        groups = (own, _SECTORED) if is_sector else (own, _TICKERED, Node("market", market))
        self._groups[ticker] = groups
        return groups
