"""Tables: columns of true cell widths, or records where the columns do not fit.

A table that is wider than the page has its widest columns wrapped; where that would leave less
than ``LEAST_COLUMN`` cells for one of them, each row becomes a record: ``字段: 值`` line by line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from finews_tui.page.blocks import Runs, Table
from finews_tui.page.cells import repeat, width_of
from finews_tui.page.line import Line, Span, plain
from finews_tui.page.signs import with_signs
from finews_tui.page.wrap import wrap_spans

LEAST_COLUMN = 8
"""The cells to which a column may be narrowed."""
_GAP = 2
_NUMBER = re.compile(
    r"\s*[+\-−–±＋－▲▼↑↓]?\s*[¥￥$€£]?\s*[\d,，.]*\d[\d,，.]*\s*(?:[%‰％]|[十百千万亿]*[元股倍点吨家]?)\s*"
    r"|\s*(?:[-—–]+|/|N/?A)?\s*"
)


def set_table(table: Table, measure: int, ambiguous: int = 1) -> list[Line]:
    """The lines of ``table``, each at most ``measure`` cells."""
    rows = table.rows
    count = len(rows[0])
    natural = [max(_natural(row[column], ambiguous) for row in rows) for column in range(count)]
    widths = _fit(natural, measure - _GAP * (count - 1))
    if widths is None:
        return _set_records(_signed(rows), measure, ambiguous)
    right = [
        len(rows) > 1
        and all(_NUMBER.fullmatch(plain(row[column])) for row in rows[1:])
        and any(plain(row[column]).strip() for row in rows[1:])
        for column in range(count)
    ]
    lines: list[Line] = []
    for index, row in enumerate(_signed(rows)):
        if index == 0 and not any(plain(cell).strip() for cell in row):
            continue
        lines += _set_row(row, widths, right, ambiguous)
        if index == 0:
            total = sum(widths) + _GAP * (count - 1)
            lines.append(((repeat("─", total, ambiguous), "rule"),))
    return lines


def _signed(rows: Sequence[Sequence[Runs]]) -> list[list[Runs]]:
    """The rows with the signs of the market in their cells."""
    return [[tuple(with_signs(cell)) for cell in row] for row in rows]


def _natural(cell: Runs, ambiguous: int) -> int:
    """The width of ``cell`` unwrapped."""
    return max(width_of(line, ambiguous) for line in plain(cell).split("\n"))


def _fit(natural: Sequence[int], room: int) -> list[int] | None:
    """The columns' widths, the widest narrowed to one common width; None where they cannot fit."""
    if sum(natural) <= room:
        return list(natural)
    left, count = room, len(natural)
    for width in sorted(natural):
        if width * count > left:
            break
        left -= width
        count -= 1
    share = left // count
    return [min(width, share) for width in natural] if share >= LEAST_COLUMN else None


def _set_row(
    row: Sequence[Runs], widths: Sequence[int], right: Sequence[bool], ambiguous: int
) -> list[Line]:
    """One row of the table, as many lines as its longest cell takes."""
    cells = [
        wrap_spans(cell, width, ambiguous=ambiguous) if width else [()]
        for cell, width in zip(row, widths, strict=True)
    ]
    lines: list[Line] = []
    for index in range(max(map(len, cells))):
        line: list[Span] = []
        for column, cell in enumerate(cells):
            part: Line = cell[index] if index < len(cell) else ()
            space = widths[column] - width_of(plain(part), ambiguous)
            if column:
                line.append((" " * _GAP, "text"))
            if space and right[column]:
                line.append((" " * space, "text"))
            line += part
            if space and not right[column]:
                line.append((" " * space, "text"))
        while line and not line[-1][0].strip():
            line.pop()
        lines.append(tuple(line))
    return lines


def _set_records(rows: Sequence[Sequence[Runs]], measure: int, ambiguous: int) -> list[Line]:
    """Each row as lines of ``字段: 值``, an empty line between two rows."""
    head, *body = rows
    lines: list[Line] = []
    if not body:
        body, head = [head], [() for _ in head]
    for row in body:
        if lines:
            lines.append(())
        for name, value in zip(head, row, strict=True):
            label = tuple(span for span in name if span[0] != "\n")
            if not plain(value).strip() and not plain(label).strip():
                continue
            colon: Line = ((": ", "table-head"),) if plain(label).strip() else ()
            lines += wrap_spans((*label, *colon, *value), measure, ambiguous=ambiguous)
    return lines
