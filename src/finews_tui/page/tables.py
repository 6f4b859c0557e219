"""Tables: columns of true cell widths, or records where the columns do not fit.

A table that is wider than the page has its widest columns wrapped; where that would leave less
than ``LEAST_COLUMN`` cells for one of them, each row becomes a record: ``字段: 值`` line by line.

A cell that spans columns is as wide as all of them, and has a hairline of its own in the head::

    公司    2021年               2022年一季度
            ───────────────────  ────────────────────
            营收（亿元）    净利  营收（亿元）    净利
    ─────────────────────────────────────────────────
    甲公司       1,234.5   -3.2%         456.7  +12.0%

In a record each field has the words of all its heads, and a value that spans rows or columns is
said in each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from finews_tui.page.blocks import Runs, Table
from finews_tui.page.cells import repeat, width_of
from finews_tui.page.line import Line, Span, plain
from finews_tui.page.signs import with_signs
from finews_tui.page.wrap import wrap_spans

LEAST_COLUMN = 8
"""The cells to which a column may be narrowed."""
MOST_HEADS = 3
"""Rows that are a head at most."""
_GAP = 2
_NUMBER = re.compile(
    r"\s*[+\-−–±＋－▲▼↑↓]?\s*[¥￥$€£]?\s*[\d,，.]*\d[\d,，.]*\s*(?:[%‰％]|[十百千万亿]*[元股倍点吨家]?)\s*"
    r"|\s*(?:[-—–]+|/|N/?A)?\s*"
)


def set_table(table: Table, measure: int, ambiguous: int = 1) -> list[Line]:
    """The lines of ``table``, each at most ``measure`` cells."""
    widths = _widths(table, measure, ambiguous)
    if widths is None:
        return list(_set_records(table, measure, ambiguous))
    head = head_of(table)
    right = [_is_of_numbers(table, column, head) for column in range(len(widths))]
    lines: list[Line] = []
    for index in range(len(table.rows)):
        if index == 0 and head == 1 and not any(plain(cell).strip() for cell in table.rows[0]):
            continue
        lines += _set_row(table, index, widths, right, ambiguous)
        if index < head - 1:
            lines += _hairlines(table, index, widths, ambiguous)
        elif index == head - 1:
            total = sum(widths) + _GAP * (len(widths) - 1)
            lines.append(((repeat("─", total, ambiguous), "rule"),))
    return lines


def head_of(table: Table) -> int:
    """How many rows are the head: more than one where a cell of the first spans columns.

    Those follow that have their names from it: there a cell goes on downwards, or a word stands
    where the first row has none.
    """
    rows, count = table.rows, 1
    if not any(row == 0 for row, _ in table.left):
        return count
    while count < min(len(rows) - 1, MOST_HEADS):
        goes_on = any(row == count for row, _ in table.above)
        is_named = count == 1 and any(
            plain(below).strip() and not plain(cell).strip() and (0, column) not in table.left
            for column, (cell, below) in enumerate(zip(rows[0], rows[1], strict=True))
        )
        if not goes_on and not is_named:
            break
        count += 1
    return count


def _is_of_numbers(table: Table, column: int, head: int) -> bool:
    """Whether a column holds nothing else, below its head; what spans others is not looked at."""
    rows = range(head, len(table.rows))
    texts = [plain(table.rows[row][column]) for row in rows if _span(table, row, column) == 1]
    return all(map(_NUMBER.fullmatch, texts)) and any(map(str.strip, texts))


def _span(table: Table, row: int, column: int) -> int:
    """How many columns the cell at a place takes."""
    further = range(column + 1, len(table.rows[row]))
    return 1 + sum(1 for _ in takewhile(lambda at: (row, at) in table.left, further))


def _cell(table: Table, row: int, column: int) -> Runs:
    """The cell that a place belongs to."""
    while True:
        if column and (row, column) in table.left:
            column -= 1
        elif row and (row, column) in table.above:
            row -= 1
        else:
            return table.rows[row][column]


def _signed(cell: Runs) -> Runs:
    """A cell with the signs of the market in it."""
    return tuple(with_signs(cell))


# -- a grid ----------------------------------------------------------------------------------


def _widths(table: Table, measure: int, ambiguous: int) -> list[int] | None:
    """The columns' widths, the widest narrowed to one common width; None where they cannot fit."""
    count = len(table.rows[0])
    room = measure - _GAP * (count - 1)
    natural = [0] * count
    spanning: list[tuple[int, int, int]] = []
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            width = max(width_of(line, ambiguous) for line in plain(cell).split("\n"))
            if (span := _span(table, row, column)) == 1:
                natural[column] = max(natural[column], width)
            else:
                spanning.append((column, column + span, width))
    for first, end, width in spanning:
        # What a cell lacks the last of its columns gets, as long as there is room: it may wrap.
        lacks = width - sum(natural[first:end]) - _GAP * (end - first - 1)
        natural[end - 1] += max(0, min(lacks, room - sum(natural)))
    if sum(natural) <= room:
        return natural
    left = room
    for width in sorted(natural):
        if width * count > left:
            break
        left -= width
        count -= 1
    share = left // count
    return [min(width, share) for width in natural] if share >= LEAST_COLUMN else None


def _set_row(
    table: Table, row: int, widths: Sequence[int], right: Sequence[bool], ambiguous: int
) -> list[Line]:
    """One row of the table, as many lines as its longest cell takes."""
    cells: list[tuple[int, bool, list[Line]]] = []
    column = 0
    while column < len(widths):
        span = _span(table, row, column)
        width = sum(widths[column : column + span]) + _GAP * (span - 1)
        cell = _signed(table.rows[row][column])
        wrapped: list[Line] = wrap_spans(cell, width, ambiguous=ambiguous) if width else [()]
        cells.append((width, right[column] and span == 1, wrapped))
        column += span
    lines: list[Line] = []
    for index in range(max(len(wrapped) for _, _, wrapped in cells)):
        line: list[Span] = []
        for width, is_right, wrapped in cells:
            part: Line = wrapped[index] if index < len(wrapped) else ()
            space = " " * (width - width_of(plain(part), ambiguous))
            if line:
                line.append((" " * _GAP, "text"))
            line += ((space, "text"), *part) if is_right else (*part, (space, "text"))
        while line and not line[-1][0].strip():
            line.pop()
        lines.append(tuple(span for span in line if span[0]))
    return lines


def _hairlines(table: Table, row: int, widths: Sequence[int], ambiguous: int) -> Iterator[Line]:
    """A line below each cell of a row that spans columns; none where there are none."""
    pieces: list[str] = []
    column = 0
    while column < len(widths):
        span = _span(table, row, column)
        width = sum(widths[column : column + span]) + _GAP * (span - 1)
        has_line = span > 1 and plain(table.rows[row][column]).strip()
        line = repeat("─", width, ambiguous) if has_line else ""
        pieces.append(line + " " * (width - width_of(line, ambiguous)))
        column += span
    text = (" " * _GAP).join(pieces).rstrip()
    if text:
        yield ((text, "rule"),)


# -- records ---------------------------------------------------------------------------------


def _set_records(table: Table, measure: int, ambiguous: int) -> Iterator[Line]:
    """Each row as lines of ``字段: 值``, an empty line between two rows."""
    head = head_of(table)
    columns = range(len(table.rows[0]))
    names: list[Runs] = [_name(table, column, head) for column in columns]
    body = range(head, len(table.rows))
    if not body:
        body, names = range(head), [() for _ in columns]
    for row in body:
        if row != body[0]:
            yield ()
        if _span(table, row, 0) == len(columns):  # a heading among the rows
            yield from wrap_spans(_signed(table.rows[row][0]), measure, ambiguous=ambiguous)
            continue
        for column, name in zip(columns, names, strict=True):
            value = _signed(_cell(table, row, column))
            if not plain(value).strip() and not plain(name).strip():
                continue
            colon: Line = ((": ", "table-head"),) if plain(name).strip() else ()
            yield from wrap_spans((*name, *colon, *value), measure, ambiguous=ambiguous)


def _name(table: Table, column: int, head: int) -> Runs:
    """The words of all heads of a column, each once."""
    cells = dict.fromkeys(_cell(table, row, column) for row in range(head))
    words: list[Span] = []
    for cell in cells:
        if plain(cell).strip():
            words += [(" ", "table-head")] if words else []
            words += [span for span in _signed(cell) if span[0] != "\n"]
    return tuple(words)
