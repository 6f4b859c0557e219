"""Owns how the index keeps which posts of a run have a token: blocks of tokens and their places.

A run is up to ``FULL`` posts, each at a *place*. A block holds, in the byte order of the machine,
the number of its tokens and then for each of them, ascending, where its places end and how they are
written (both in 16 bits), for each the token (32 bits), and all places. These are written in the
shortest of three ways. ``segments.py`` writes blocks; reading them takes no numpy.

Sets of places are integers, in which the bit of each place is set: nothing is faster to combine.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, compress

FULL = 1 << 14
"""The most posts of a run: a place takes 14 bits."""
TOKEN_BITS = 32
"""Of the number of a block, below that of its run: its first token."""
UNDATED = -(1 << 62)
"""The epoch that a post without date has in a run."""
LONGEST = 16_340
"""The most bytes of a block: with its row it fills a page of the index (``database.PAGE``)."""

LISTED, STEPPED, MAPPED = range(3)
"""Ways to write places: each in 16 bits; the steps from one to the next in a byte each, where 255
is a step without a post at its end; or a bit for every place of the run."""
KIND_SHIFT = 14
"""Where the way stands, above the end of the places."""
END = (1 << KIND_SHIFT) - 1

SKIP = 255
"""The step after which no post stands."""
_FEW = 100
"""Places that are faster gone through one by one."""
_ONE = ord("1")
_TRUTHS = bytes(_ONE) + b"\1" + bytes(255 - _ONE)
"""Makes of the digits of a number what is true and what is not."""


class Block:
    """A block as it is read."""

    def __init__(self, content: bytes) -> None:
        view = memoryview(content)
        (count,) = view[:2].cast("H")
        self._ends = view[2 : 2 + 2 * count].cast("H")
        self._tokens: Sequence[int] = view[2 + 2 * count : 2 + 6 * count].cast("I")
        self._places = view[2 + 6 * count :]

    def bits(self, first: int, last: int, size: int) -> int:
        """Return the places of the tokens ``first`` to ``last`` of a run of ``size`` posts."""
        tokens = self._tokens
        start = bisect_left(tokens, first)
        stop = bisect_right(tokens, last, start)
        found = 0
        for at in range(start, stop):
            end = self._ends[at]
            written = self._places[self._ends[at - 1] & END if at else 0 : end & END]
            found |= _READERS[end >> KIND_SHIFT](written, size)
        return found


def _listed(written: memoryview, size: int) -> int:
    return bits_of(written.cast("H"), size)


def _stepped(written: memoryview, size: int) -> int:
    steps = bytes(written)
    places: Iterable[int] = accumulate(steps)
    if SKIP in steps:
        places = [place for place, step in zip(places, steps, strict=True) if step != SKIP]
    return bits_of(list(places), size)


def _mapped(written: memoryview, size: int) -> int:
    return int.from_bytes(written, "little")


_READERS = _listed, _stepped, _mapped


def bits_of(places: Collection[int], size: int) -> int:
    """Return the set of ``places``, each below ``size``."""
    if len(places) < _FEW:
        bits = 0
        for place in places:
            bits |= 1 << place
        return bits
    flags = bytearray(b"0") * size
    for place in places:
        flags[-1 - place] = _ONE
    return int(flags, 2)


def places_of(bits: int) -> array[int]:
    """Return the places in a set, ascending."""
    found = array("H")
    if bits.bit_count() < _FEW:
        while bits:
            lowest = bits & -bits
            found.append(lowest.bit_length() - 1)
            bits ^= lowest
    else:
        flags = f"{bits:b}"[::-1].encode().translate(_TRUTHS)
        found.extend(compress(range(len(flags)), flags))
    return found
