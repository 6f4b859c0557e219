"""Cuts texts into tokens, and makes and merges runs of posts: what needs numpy.

It is imported late, by the indexer and its workers alone: a reader never needs it. Here is only
arithmetic on arrays; what is kept where is the affair of ``fulltext.py``, and how a block looks
that of ``postings.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from finews_tui.lean import NamedTuple
from finews_tui.library.packing import Columns, pack, unpack
from finews_tui.library.postings import FULL
from finews_tui.library.tokens import PARTING, Folding, fold_lines, folding_in_force, is_parting

_PLACE_BITS = np.uint64(FULL.bit_length() - 1)
_PLACES = np.uint64(FULL - 1)
_PORTION = 1 << 20
"""Tokens of posts that are sorted at once: what a merge takes in memory hangs on this."""
_UNITS = 1 << 16

_Keys = NDArray[np.uint64]
"""Tokens with a place below each."""


class Sheaf(NamedTuple):
    """The tokens of some posts, in bytes: what a worker sends to the writer."""

    tokens: bytes
    """Ascending, 32 bits each."""
    counts: bytes
    """For each token, in how many posts it is, 16 bits each."""
    posts: bytes
    """In which ones, token by token and ascending: the number of the post, 16 bits each."""


class Part(NamedTuple):
    """Some of the posts of a run that is made."""

    sheaf: Sheaf
    places: Sequence[int]
    """The place in the new run of each post of the sheaf; -1 leaves it out."""


def _word_units() -> NDArray[np.bool_]:
    table = np.ones(_UNITS, np.bool_)
    for first, last in PARTING:
        table[first : last + 1] = False
    return table


_IS_IN_WORD = _word_units()


class _Folded:
    """What each UTF-16 unit is folded to; filled as units are met."""

    def __init__(self) -> None:
        self.table = np.zeros(_UNITS, np.uint16)
        self._is_known = np.zeros(_UNITS, np.bool_)
        self.is_odd = np.zeros(_UNITS, np.bool_)
        """Units that become more than one, of which some are in words; and halves of characters."""
        halves = slice(0xD800, 0xE000)
        self.is_odd[halves] = self._is_known[halves] = True
        self.table[halves] = np.arange(0xD800, 0xE000)

    def learn(self, units: NDArray[np.uint16]) -> None:
        """Look up those of ``units`` that are new."""
        for unit in np.unique(units[~self._is_known[units]]).tolist():
            folded = fold_lines(chr(unit))
            self.table[unit] = ord(folded[0]) & (_UNITS - 1)
            self.is_odd[unit] = (len(folded) > 1 or folded > chr(_UNITS - 1)) and not all(
                is_parting(ord(character)) for character in folded
            )
            self._is_known[unit] = True


_FOLDED: dict[Folding, _Folded] = {}


def sheaf(texts: Sequence[str]) -> Sheaf:
    """Return the tokens of at most ``FULL`` composed texts; the first is post 0."""
    encoded = list(map(_encoded, texts))
    units, posts = _units(encoded)
    folded = _FOLDED.setdefault(folding_in_force(), _Folded())
    folded.learn(units)
    if odd := np.unique(posts[folded.is_odd[units]]).tolist():
        for post in odd:
            encoded[post] = _encoded(fold_lines(texts[post]))
        units, posts = _units(encoded)
        folded.learn(units)
    units = folded.table[units]
    is_in_word = _IS_IN_WORD[units]
    following = np.where(is_in_word[1:], units[1:], 0)  # a line feed comes after the last one
    tokens = units[:-1].astype(np.uint64) << np.uint64(16) | following
    keys = (tokens << _PLACE_BITS | posts[:-1])[is_in_word[:-1]]
    keys.sort()
    return _sheaf(_columns(keys[_is_first(keys)]))


def _encoded(text: str) -> bytes:
    return f"{text}\n".encode("utf-16-le", "surrogatepass")


def _units(encoded: Sequence[bytes]) -> tuple[NDArray[np.uint16], NDArray[np.uint64]]:
    """Return all units of texts, and of which post each is."""
    units = np.frombuffer(b"".join(encoded), "<u2").astype(np.uint16)
    posts = np.arange(len(encoded), dtype=np.uint64)
    return units, np.repeat(posts, [len(text) // 2 for text in encoded])


def blocks(parts: Sequence[Part], size: int) -> Iterator[tuple[int, bytes]]:
    """Yield the blocks of a run of ``size`` posts, each with its first token, ascending."""
    sources = [_Source(part) for part in parts]
    weights = sum((source.weights() for source in sources), np.zeros(_UNITS))
    portions = (np.cumsum(weights) // _PORTION).astype(np.int64)
    for portion in np.unique(portions[weights > 0]):
        units = np.flatnonzero(portions == portion)
        first, last = int(units[0]) << 16, int(units[-1]) << 16 | 0xFFFF
        keys = np.concatenate([source.keys(first, last) for source in sources])
        if keys.size:
            keys.sort()
            yield from pack(_columns(keys), size)


def unpacked(content: Sequence[bytes], size: int) -> Sheaf:
    """Return the tokens of a run of ``size`` posts from its blocks."""
    found = list(map(_sheaf, unpack(content, size)))
    return Sheaf(*map(b"".join, zip(*found, strict=True))) if found else Sheaf(b"", b"", b"")


class _Source:
    """A part as arrays."""

    def __init__(self, part: Part) -> None:
        self._tokens = np.frombuffer(part.sheaf.tokens, np.uint32)
        self._counts = np.frombuffer(part.sheaf.counts, np.uint16)
        self._posts = np.frombuffer(part.sheaf.posts, np.uint16)
        self._ends = np.concatenate(([0], np.cumsum(self._counts, dtype=np.int64)))
        self._places = np.array(part.places, np.int64)

    def weights(self) -> NDArray[np.float64]:
        """How many posts have the tokens that begin with each unit, added up."""
        return np.bincount(self._tokens >> 16, self._counts, _UNITS).astype(np.float64)

    def keys(self, first: int, last: int) -> _Keys:
        """Return the tokens from ``first`` to ``last``, each with its new places."""
        start, stop = np.searchsorted(self._tokens, (first, last + 1))
        places = self._places[self._posts[self._ends[start] : self._ends[stop]]]
        tokens = np.repeat(self._tokens[start:stop], self._counts[start:stop])
        is_kept = places >= 0
        return tokens[is_kept].astype(np.uint64) << _PLACE_BITS | places[is_kept].astype(np.uint64)


def _is_first(values: NDArray[np.unsignedinteger]) -> NDArray[np.bool_]:
    """Whether each of ascending values is another one than that before."""
    is_first = np.ones(values.size, np.bool_)
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    return is_first


def _columns(keys: _Keys) -> Columns:
    tokens = (keys >> _PLACE_BITS).astype(np.uint32)
    starts = np.flatnonzero(_is_first(tokens))
    counts = np.diff(starts, append=tokens.size).astype(np.uint16)
    return Columns(tokens[starts], counts, (keys & _PLACES).astype(np.uint16))


def _sheaf(columns: Columns) -> Sheaf:
    return Sheaf(*(column.tobytes() for column in columns))
