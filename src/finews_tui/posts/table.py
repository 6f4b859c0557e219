"""Turns a table element into a full grid: spans are honoured, nested tables stay in their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from finews_tui.posts.writer import Joined

_SPAN_LIMIT = 100
_CELL_LIMIT = 20_000
_SECTIONS = ("thead", "tbody", "tfoot")


def grid(table: LexborNode) -> list[list[LexborNode | Joined | None]]:
    """The cells of ``table`` as rows of one length.

    A cell that spans columns or rows stands in its first place; the others are joined to it.
    Missing cells are None. Spans are limited to 100, the whole to 20,000 cells.
    """
    rows: list[list[LexborNode | Joined | None]] = []
    reserved: dict[tuple[int, int], bool] = {}
    total = 0
    for number, row in enumerate(_rows(table)):
        cells: list[LexborNode | Joined | None] = []
        for cell in row.iter():
            if cell.tag not in ("td", "th"):
                continue
            while reserved.pop((number, len(cells)), False):
                cells.append(Joined.ABOVE)
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for down in range(1, height):
                for across in range(width):
                    reserved[number + down, len(cells) + across] = True
            cells.append(cell)
            cells.extend([Joined.LEFT] * (width - 1))
        while reserved.pop((number, len(cells)), False):
            cells.append(Joined.ABOVE)
        total += max(1, len(cells))
        if total > _CELL_LIMIT:
            break
        if cells:
            rows.append(cells)
    width = max(map(len, rows), default=0)
    if width * len(rows) > _CELL_LIMIT:
        return []
    return [row + [None] * (width - len(row)) for row in rows]


def is_tabular(rows: Sequence[Sequence[object]]) -> bool:
    """Whether rows of cells are a table, of two columns or more, and not but a frame."""
    return any(len(row) > 1 for row in rows)


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in _SECTIONS:
            yield from (row for row in child.iter() if row.tag == "tr")


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return (
        min(_SPAN_LIMIT, int(value)) if value.isdecimal() and len(value) < 6 and int(value) else 1
    )
