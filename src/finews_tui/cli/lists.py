"""The subcommands that list: ``search``, ``tickers``, ``categories``.

They answer from the whole archive: where a file of it could not be read, the answer may lack
something, which the exit code says as that of ``index`` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import tzinfo
from itertools import islice
from types import SimpleNamespace

from finews_tui.cli import output
from finews_tui.cli.archive import is_incomplete, opened
from finews_tui.cli.rows import ROW_COLUMNS, headline_row
from finews_tui.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.cli.output import Row
    from finews_tui.library import Facet, FacetKind, Headline, Library, Query, TickerCount
    from finews_tui.page import Line, Span

CHUNK = 500
"""Headlines that are fetched at once: enough to be fast, few enough to begin at once."""
SNIPPET_CELLS = 120
"""How much is shown of the text around a match."""
SNIPPET_FROM = 110
"""Columns from which every row of text has its snippet, below each other."""
SNIPPET_SHARE = 0.4
"""The part of a row of text, but for its key, that the snippet takes."""
GAP = "  "
"""What stands before a snippet."""
KEY_CELLS = 18
"""The length of upstream's keys."""
KEY_FROM = 40
"""Columns below which a row of text has its key left out: half a key is of no use."""
MOST_NAMED = 20
"""Files that could not be read which are named beside an answer."""
BRANCHES: tuple[FacetKind, ...] = ("views", "sources", "tickers", "sectors")
"""The branches of the tree that have one level; dates and categories follow them."""


def search(parsed: SimpleNamespace) -> int:
    """``finews-tui search``: 1 where nothing matches, or a file could not be read."""
    style = output.TextStyle.choose(parsed.width, parsed.color)
    query = _query(parsed)
    with opened(parsed) as library:

        def row(headline: Headline) -> Row:
            found = headline_row(headline)
            if not query.words:
                return found
            snippet = library.snippet(headline, query, SNIPPET_CELLS)
            return {**found, "snippet": "".join(text for text, _ in snippet)}

        count = output.write_rows(
            _headlines(library, query, parsed.limit),
            parsed.format,
            row=row,
            columns=ROW_COLUMNS,
            text=lambda headline: _headline_line(library, headline, query, style.width),
            style=style,
        )
        return _exit_code(library, count)


def _headline_line(library: Library, headline: Headline, query: Query, width: int) -> Line:
    """The key, the headline and, behind a text query, what the post says where it was found.

    A narrow row has room for that only where the title does not say it already.
    """
    from finews_tui.library import occurrences
    from finews_tui.page import headline_lines, pad, title_of

    key_cells = KEY_CELLS if width >= KEY_FROM else 0
    key: Span = (pad(headline.key, key_cells), "dim")
    marked = occurrences(title_of(headline), query.words)

    def laid_out(cells: int) -> Line:
        return headline_lines(headline, cells, zone=library.zone, day="alone", marked=marked)[0]

    room = width - key_cells
    if not query.words or width < KEY_FROM:
        return (key, *laid_out(room))
    if marked and width < SNIPPET_FROM:
        line = laid_out(room)
        if any(role == "match" for _, role in line):
            return (key, *line)
    cells = int(room * SNIPPET_SHARE)
    snippet = library.snippet(headline, query, cells - len(GAP))
    piece: Line = tuple((text, "match" if is_hit else "dim") for text, is_hit in snippet)
    return (key, *laid_out(room - cells), (GAP, "text"), *piece)


def _exit_code(library: Library, count: int) -> int:
    return 1 if is_incomplete(library, MOST_NAMED) or not count else 0


def _query(parsed: SimpleNamespace) -> Query:
    """The query of the command line, read before anything is opened or updated."""
    from finews_tui.library import Query

    return Query.parse(" ".join(parsed.query))


def _headlines(library: Library, query: Query, limit: int | None) -> Iterator[Headline]:
    """What ``query`` matches, newest first, at most ``limit``."""
    if limit is None:
        ids: Sequence[int] = library.search(query)[:]
    else:
        # The rest need not even be counted.
        with closing(library.search_pages(query, first=max(limit, 1))) as pages:
            ids = next(pages)[:limit]
    for start in range(0, len(ids), CHUNK):
        yield from library.headlines(ids[start : start + CHUNK])


TICKER_COLUMNS = ("symbol", "name", "kind", "posts", "last")


def tickers(parsed: SimpleNamespace) -> int:
    """``finews-tui tickers``: those of the posts that match, most posts first."""
    style = output.TextStyle.choose(parsed.width, parsed.color)
    query = _query(parsed)
    with opened(parsed) as library:
        counts = library.tickers(query)
        zone = library.zone
        written = output.write_rows(
            islice(counts, parsed.limit),
            parsed.format,
            row=_ticker_row,
            columns=TICKER_COLUMNS,
            text=lambda count: _ticker_line(count, style.width, zone),
            style=style,
        )
        return _exit_code(library, written)


def _ticker_row(count: TickerCount) -> Row:
    return {
        "symbol": count.badge.symbol,
        "name": count.badge.name,
        "market": count.badge.market,
        "kind": str(count.badge.kind),
        "posts": count.posts,
        "last": count.last.isoformat() if count.last else None,
    }


def _ticker_line(count: TickerCount, width: int, zone: tzinfo) -> Line:
    from finews_tui.page import cut, pad

    last = f"{count.last.astimezone(zone):%Y-%m-%d}" if count.last else ""
    fixed = f"{count.posts:>7,}  {last:<10}  {count.badge.kind:<6}  "
    rest = max(width - len(fixed) - 12, 0)
    return (
        (pad(cut(count.badge.symbol, 12), 12), "strong"),
        (fixed, "dim"),
        (cut(count.badge.name or "", rest), "text"),
    )


class _Node(NamedTuple):
    """One line of the category tree."""

    branch: str
    depth: int
    facet: Facet


NODE_COLUMNS = ("branch", "group", "label", "query", "total", "unread")


def categories(parsed: SimpleNamespace) -> int:
    """``finews-tui categories``: the tree as the reader shows it, line by line."""
    style = output.TextStyle.choose(parsed.width, parsed.color)
    with opened(parsed) as library:
        written = output.write_rows(
            islice(_nodes(library), parsed.limit),
            parsed.format,
            row=_node_row,
            columns=NODE_COLUMNS,
            text=lambda node: _node_line(node, style.width),
            style=style,
        )
        return _exit_code(library, written)


def _nodes(library: Library) -> Iterator[_Node]:
    while not library.count_on(seconds=1.0):
        pass
    for branch in BRANCHES:
        yield from (_Node(branch, 0, facet) for facet in library.facets(branch))
    for year in library.facets("years"):
        yield _Node("dates", 0, year)
        for month in library.facets("months", within=year.label):
            yield _Node("dates", 1, month)
            yield from (_Node("dates", 2, day) for day in library.facets("days", month.label))
    yield from (_Node("categories", 0, facet) for facet in library.facets("categories"))


def _node_row(node: _Node) -> Row:
    return {
        "branch": node.branch,
        "group": node.facet.group or None,
        "label": node.facet.label,
        "query": node.facet.query,
        "total": node.facet.total,
        "unread": node.facet.unread,
    }


def _node_line(node: _Node, width: int) -> Line:
    from finews_tui.page import cut

    numbers = (node.facet.total, node.facet.unread)
    counts = ("?" if number is None else f"{number:,}" for number in numbers)
    fixed = "{:>9} {:>9}  {:<10}  ".format(*counts, node.branch)
    label = "  " * node.depth + node.facet.label
    return ((fixed, "dim"), (cut(label, max(width - len(fixed), 0)), "text"))
