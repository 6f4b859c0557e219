"""Writes and reads the blocks of a whole run at once, with numpy: what ``postings.py`` lays down.

Only ``segments.py`` imports this room, and the numpy that is imported here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from finews_tui.lean import NamedTuple

# Each process has one thread that works; numpy's library for matrices would start one a core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from finews_tui.library.postings import (
    END,
    KIND_SHIFT,
    LISTED,
    LONGEST,
    MAPPED,
    SKIP,
    STEPPED,
)

_HEAD = 6
"""Bytes of a block for each token, besides its places."""
_COUNT = 2
"""Bytes of a block for the number of its tokens."""
_BLOCKS = 512
"""Blocks that are read at once."""

Integers = NDArray[np.int64]
_Bytes = NDArray[np.uint8]


class Columns(NamedTuple):
    """Tokens and the places that have them."""

    tokens: NDArray[np.uint32]
    """Ascending."""
    counts: NDArray[np.uint16]
    """How many places have each."""
    places: NDArray[np.uint16]
    """Which ones, token by token, ascending."""


def pack(columns: Columns, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield blocks for a run of ``size`` posts, as full as can be, each with its first token."""
    tokens, counts, places = columns
    steps = np.diff(places.astype(np.int64), prepend=0)
    starts = np.cumsum(counts, dtype=np.int64) - counts
    steps[starts] = places[starts]
    skips, rests = np.divmod(steps, SKIP)
    choices = np.empty((3, tokens.size), np.int64)
    choices[LISTED] = 2 * counts.astype(np.int64)
    choices[STEPPED] = np.add.reduceat(1 + skips, starts)
    choices[MAPPED] = _width(size)
    kinds, lengths = choices.argmin(axis=0), choices.min(axis=0)
    ends = np.cumsum(lengths)
    written = np.empty(int(ends[-1]), np.uint8)
    for kind in (LISTED, STEPPED, MAPPED):
        is_own = kinds == kind
        has_own = np.repeat(is_own, counts)
        if kind == LISTED:
            content = places[has_own].view(np.uint8)
        elif kind == STEPPED:
            content = _stepped(skips[has_own], rests[has_own])
        else:
            content = _mapped(counts[is_own], places[has_own], size)
        written[_spread((ends - lengths)[is_own], lengths[is_own])] = content
    yield from _cut(tokens, kinds, ends, written)


def _cut(
    tokens: NDArray[np.uint32], kinds: Integers, ends: Integers, written: _Bytes
) -> Iterator[tuple[int, bytes]]:
    filled = np.arange(_HEAD, _HEAD * tokens.size + 1, _HEAD) + ends
    start = done = used = 0
    while start < tokens.size:
        stop = int(np.searchsorted(filled, used + LONGEST - _COUNT, "right"))
        end = int(ends[stop - 1])
        marks = (ends[start:stop] - done | kinds[start:stop] << KIND_SHIFT).astype(np.uint16)
        columns = (np.uint16(stop - start), marks, tokens[start:stop], written[done:end])
        yield int(tokens[start]), b"".join(column.tobytes() for column in columns)
        start, done, used = stop, end, int(filled[stop - 1])


def _stepped(skips: Integers, rests: Integers) -> _Bytes:
    ends = np.cumsum(1 + skips)
    written = np.full(int(ends[-1]) if ends.size else 0, SKIP, np.uint8)
    written[ends - 1] = rests
    return written


def _mapped(counts: NDArray[np.uint16], places: NDArray[np.uint16], size: int) -> _Bytes:
    flags = np.zeros((counts.size, 8 * _width(size)), np.bool_)
    flags[np.repeat(np.arange(counts.size), counts), places] = True
    return np.packbits(flags, axis=1, bitorder="little").ravel()


def _width(size: int) -> int:
    """Bytes that take a bit for every place."""
    return (size + 7) // 8


def _spread(starts: Integers, lengths: Integers) -> Integers:
    """Return the indices from each of ``starts`` on, as many as ``lengths`` says."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum())


def unpack(blocks: Sequence[bytes], size: int) -> Iterator[Columns]:
    """Yield what ``pack`` made blocks of, some blocks at a time."""
    for start in range(0, len(blocks), _BLOCKS):
        yield _read(blocks[start : start + _BLOCKS], size)


def _read(blocks: Sequence[bytes], size: int) -> Columns:
    sizes = [int(np.frombuffer(block, np.uint16, 1)[0]) for block in blocks]
    heads = [_COUNT + _HEAD * count for count in sizes]
    all_marks = [
        np.frombuffer(block, np.uint16, count, _COUNT).astype(np.int64)
        for block, count in zip(blocks, sizes, strict=True)
    ]
    tokens = [
        block[_COUNT + 2 * count : head]
        for block, count, head in zip(blocks, sizes, heads, strict=True)
    ]
    written = np.frombuffer(
        b"".join(block[head:] for block, head in zip(blocks, heads, strict=True)), np.uint8
    )
    kinds = np.concatenate(all_marks) >> KIND_SHIFT
    lengths = np.concatenate([np.diff(marks & END, prepend=0) for marks in all_marks])
    starts = np.cumsum(lengths) - lengths
    counts = np.zeros(lengths.size, np.int64)
    found: dict[int, NDArray[np.integer]] = {}
    for kind in (LISTED, STEPPED, MAPPED):
        is_own = kinds == kind
        own = lengths[is_own]
        content = written[_spread(starts[is_own], own)]
        if kind == LISTED:
            counts[is_own], found[kind] = own // 2, content.view(np.uint16)
        elif kind == STEPPED:
            counts[is_own], found[kind] = _unstepped(content, own)
        else:
            flags = np.unpackbits(content.reshape(-1, _width(size)), axis=1, bitorder="little")
            counts[is_own], found[kind] = flags.sum(axis=1), flags.nonzero()[1]
    places = np.empty(counts.sum(), np.uint16)
    starts = np.cumsum(counts) - counts
    for kind, values in found.items():
        is_own = kinds == kind
        places[_spread(starts[is_own], counts[is_own])] = values
    return Columns(np.frombuffer(b"".join(tokens), np.uint32), counts.astype(np.uint16), places)


def _unstepped(content: _Bytes, lengths: Integers) -> tuple[Integers, Integers]:
    """Return how many places each token has, and all of them."""
    if not content.size:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    starts = np.cumsum(lengths) - lengths
    reached = np.cumsum(content, dtype=np.int64)
    reached -= np.repeat(reached[starts] - content[starts], lengths)
    is_place = content != SKIP
    return np.add.reduceat(is_place, starts, dtype=np.int64), reached[is_place]
