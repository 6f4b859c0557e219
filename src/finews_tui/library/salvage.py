"""Saves from a damaged database file the rows that can still be read, page by page.

SQLite gives up where the way to a row is broken; here every leaf of a tree is read by itself, as
https://www.sqlite.org/fileformat2.html describes them, the committed part of the log included.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_INDEX_LEAF = 0x0A
"""What holds the rows of a table without rowid."""
_INDEX_INTERIOR = 0x02
_FILE_HEADER = 100
_LOG_HEADER = 32
_FRAME_HEADER = 24
_PAGE_SIZES = tuple(1 << power for power in range(9, 17))
_USUAL_SIZE = 4096
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""The bytes of an integer, by its serial type."""

Row = tuple[int | str | bytes | float | None, ...]


def rows(file: Path) -> Iterator[Row]:
    """Yield the rows of all tables without rowid, in no order, the newest state of a row last.

    Rows that do not fit into their page are left out, and pages that are not as they should be.
    Raises OSError.
    """
    pages = file.read_bytes()
    log = Path(f"{file}-wal")
    frames = log.read_bytes() if log.is_file() else b""
    size = _page_size(pages, frames)
    for start in range(0, len(pages), size):
        yield from _rows(pages[start : start + size], _FILE_HEADER if start == 0 else 0)
    for page in _committed(frames, size):
        yield from _rows(page, 0)


def _page_size(pages: bytes, log: bytes) -> int:
    for data, place, form in ((pages, 16, ">H"), (log, 8, ">I")):
        if len(data) >= place + 4:
            (size,) = struct.unpack_from(form, data, place)
            size = 65536 if size == 1 else size
            if size in _PAGE_SIZES:
                return int(size)
    return _USUAL_SIZE


def _committed(log: bytes, size: int) -> Iterator[bytes]:
    """Yield the pages of the log up to the last commit that belongs to its header."""
    frames = range(_LOG_HEADER, len(log) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size)
    waiting: list[bytes] = []
    for start in frames:
        if log[start + 8 : start + 16] != log[16:24]:  # left over from before the log was reused
            return
        waiting.append(log[start + _FRAME_HEADER : start + _FRAME_HEADER + size])
        if log[start + 4 : start + 8] != bytes(4):  # the size of the database: here it commits
            yield from waiting
            waiting.clear()


def _rows(page: bytes, header: int) -> Iterator[Row]:
    if len(page) < _USUAL_SIZE // 8 or page[header] not in (_INDEX_LEAF, _INDEX_INTERIOR):
        return
    is_leaf = page[header] == _INDEX_LEAF
    (cells,) = struct.unpack_from(">H", page, header + 3)
    first = header + (8 if is_leaf else 12)
    for place in range(first, min(first + 2 * cells, len(page) - 1), 2):
        (start,) = struct.unpack_from(">H", page, place)
        try:
            length, at = _varint(page, start if is_leaf else start + 4)
            if length <= (len(page) - 12) * 64 // 255 - 23 and at + length <= len(page):
                yield _record(page[at : at + length])
        except (IndexError, ValueError, struct.error):  # a cell that is none
            continue


def _record(payload: bytes) -> Row:
    """Decode a row; raises ValueError or IndexError where it is none."""
    end, at = _varint(payload, 0)
    body = end
    values: list[int | str | bytes | float | None] = []
    while at < end:
        kind, at = _varint(payload, at)
        if kind in _INTEGERS:
            size = _INTEGERS[kind]
            values.append(int.from_bytes(payload[body : body + size], "big", signed=True))
        elif kind == 7:
            size = 8
            values.append(struct.unpack_from(">d", payload, body)[0])
        elif kind >= 12:
            size = (kind - 12) // 2
            data = payload[body : body + size]
            values.append(data.decode("utf-8") if kind % 2 else data)
        else:
            size = 0
            values.append({8: 0, 9: 1}.get(kind))
        body += size
    if at != end or body != len(payload):
        raise ValueError("this is no row")
    return tuple(values)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(at, at + 8):
        value = value << 7 | data[place] & 0x7F
        if data[place] < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9
