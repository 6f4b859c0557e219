"""Decides which characters count as the same in a search, and into which tokens a text is cut.

Everything is compared folded, so that ``ＧＤＰ``, ``GDP`` and ``gdp`` are one word, ``（`` is ``(``
and ``「`` is ``“``; and ``漢`` is ``汉`` where the index was made so. The folding is that of the
process, as it works on one index at a time: see ``fold_by``.

A token is a pair of neighbouring characters of a word, or a character that ends a word: 32 bits,
the UTF-16 unit of the character above and that of the next one, or none, below. So a word of two
characters is one token, and one of a single character all tokens that begin with it. This room
needs no numpy: ``segments.py`` cuts whole texts by the same rule.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from finews_tui.lean import NamedTuple

_SAME = {
    "'": "‘’‚‛′‵＇`´",
    '"': "“”„‟″‶＂「」『』〝〞〟«»",
    "-": "‐‑‒–—―−﹣－⁃",
    ".": "。｡．",
    ",": "，、､﹐﹑",
    "·": "・･‧∙•⋅●",
    "~": "～〜∼˜",
    "[": "【〔［〖",
    "]": "】〕］〗",
    "<": "〈《‹﹤＜",
    ">": "〉》›﹥＞",
    ":": "：﹕∶",
}
"""Punctuation that is written in several ways."""

_VARIANTS = {variant: plain for plain, variants in _SAME.items() for variant in variants}

PARTING = (
    (0x0000, 0x002F), (0x003A, 0x0040), (0x005B, 0x0060), (0x007B, 0x00BF), (0x00D7, 0x00D7),
    (0x00F7, 0x00F7), (0x2000, 0x2BFF), (0x3000, 0x3004), (0x3008, 0x3020), (0xFFFC, 0xFFFD),
)  # fmt: skip
"""UTF-16 units, from and to, that are in no token: blanks, punctuation and symbols.

All others are characters of words, halves of rare ones too. Any choice finds all there is; this one
is fixed here, so that an index does not hang on the Unicode version of the Python that made it.
"""

_LONGEST = 40
"""Tokens of a word that are looked up; a longer one is verified anyway."""


FOLDING = "folding"
"""The name under which an index keeps its folding."""


class Folding(NamedTuple):
    """What is folded beyond what every index folds; an index keeps the one it was made with."""

    name: str = ""
    """Where it comes from, for ``doctor``; empty for none."""
    pairs: str = ""
    """Characters, each followed by the one that it is folded to."""

    @classmethod
    def read(cls, text: str) -> Folding:
        """Return what ``written`` made a text of."""
        name, _, pairs = text.partition("\n")
        return cls(name, pairs)

    @property
    def written(self) -> str:
        """The folding as an index keeps it."""
        return f"{self.name}\n{self.pairs}" if self.name else ""


class _Folded(dict[int, str]):
    """What each character is folded to; filled as characters are met."""

    def __init__(self, folding: Folding) -> None:
        super().__init__()
        self._folding = folding

    @cached_property
    def _variants(self) -> dict[str, str]:
        pairs = self._folding.pairs
        return {**_VARIANTS, **dict(zip(pairs[::2], pairs[1::2], strict=True))}

    def __missing__(self, point: int) -> str:
        folded = self[point] = self._fold(chr(point))
        return folded

    def _fold(self, character: str) -> str:
        if character.isspace():
            return " "
        before = ""
        folded = character
        while folded != before:
            before = folded
            folded = "".join(self._variants.get(part, part) for part in folded)
            folded = unicodedata.normalize("NFKC", folded).casefold()
        return folded if folded.strip() == folded else folded.strip() or " "


class _Process:
    """The folding that is in force, and what follows from it."""

    def __init__(self, folding: Folding) -> None:
        self.folding = folding
        self.table = _Folded(folding)
        self.table_of_lines = _Folded(folding)
        self.table_of_lines[10] = "\n"

    @cached_property
    def like_han(self) -> re.Pattern[str]:
        """All characters that are folded to Chinese ones, and few others.

        Rare ones are in it as a range: each by itself would be looked for by itself.
        """
        folded = "".join(one for one in self.folding.pairs[::2] if one <= "\uffff")
        return re.compile(f"[{_LIKE_HAN}{folded + _RARE if folded else ''}]")


_process = _Process(Folding())


def folding_in_force() -> Folding:
    """Return how this process folds."""
    return _process.folding


def fold_by(folding: Folding) -> None:
    """Fold as an index does, from now on; whoever asks or writes one says so."""
    global _process
    if folding != _process.folding:
        _process = _Process(folding)


def composed(text: str) -> str:
    """Return ``text`` with accents joined to their letters: what positions of hits refer to."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return ``text`` with case, width, compatibility forms and kinds of punctuation taken away.

    Each character of ``composed(text)`` is folded by itself, whatever stands beside it: a word
    stands in a text if and only if the folded word stands in the folded text. White space of any
    kind becomes a blank, so a line feed never stands in a folded text.
    """
    return composed(text).translate(_process.table)


_LIKE_HAN = (
    "\u2e80-\u2fd5\u3038-\u303a\u3190-\u33ff\uf900-\ufaff\U0001f200-\U0001f2ff\U0002f800-\U0002fa1f"
)
"""All characters that every index folds to Chinese ones, such as ``㈱``, and few others."""
_RARE = "\U00020000-\U0003ffff"
"""Chinese characters beyond the first plane."""


def fold_lines(text: str) -> str:
    """Return ``text`` with each of its lines folded."""
    return composed(text).translate(_process.table_of_lines)


@lru_cache
def is_plain(word: str) -> bool:
    """Whether ``word`` is Chinese characters only: in most texts these stand as they are."""
    is_han = ("\u4e00" <= one <= "\u9fff" or "\u3400" <= one <= "\u4dbf" for one in word)
    return word != "" and all(is_han)


def folded_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words and phrases of a question as they are looked for, without empty ones."""
    return _folded_words(words, _process.folding)


@lru_cache
def _folded_words(words: tuple[str, ...], folding: Folding) -> tuple[str, ...]:
    folded = (fold(printable(word)).strip() for word in words)
    return tuple(word for word in folded if word)


def is_plainly_written(text: str) -> bool:
    """Whether a plain word stands in the folded ``text`` only if it stands in ``text``."""
    return _process.like_han.search(text) is None


def hits(text: str, words: Iterable[str], is_plainly: bool | None = None) -> list[tuple[int, int]]:
    """Return where the folded ``words`` stand in ``text``, which is composed: joined, in order.

    A hit takes in every character of which a part was hit, such as the whole of ``㈱``.
    ``is_plainly`` is whether the text is plainly written, where that is known already.
    """
    words = {word for word in words if word}
    folded = text
    places: list[int] | range = range(len(text))
    if not all(map(is_plain, words)):
        is_plainly = False
    elif is_plainly is None:
        is_plainly = is_plainly_written(text)
    if not is_plainly:
        table = _process.table
        folded = text.translate(table)
        if len(folded) != len(text):  # nothing is folded to nothing: each character was to one
            places = [place for place, one in enumerate(text) for _ in table[ord(one)]]
    found = sorted(
        (places[at], places[at + len(word) - 1] + 1)
        for word in words
        for at in _occurrences(folded, word)
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _occurrences(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


class Wanted(NamedTuple):
    """What a text must have for a word to stand in it."""

    ranges: tuple[tuple[int, int], ...]
    """From each of these, first to last, one token at least. None for punctuation alone."""
    is_exact: bool
    """Whether the word stands in every text that has them."""


def wanted(word: str) -> Wanted:
    """Return what a text must have in which the folded ``word`` stands."""
    units = array("H", word.encode("utf-16", "surrogatepass")[2:])
    ranges: dict[tuple[int, int], None] = {}
    for at, unit in enumerate(units):
        if is_parting(unit):
            continue
        first = last = unit << 16
        if at + 1 < len(units):
            if not is_parting(units[at + 1]):
                first = last = first | units[at + 1]
        elif at and not is_parting(units[at - 1]):
            continue  # the pair before says it
        else:
            last |= 0xFFFF
        ranges[first, last] = None
    is_exact = 0 < len(units) <= 2 and not any(map(is_parting, units))
    return Wanted(tuple(ranges)[:_LONGEST], is_exact)


def is_parting(unit: int) -> bool:
    """Whether a UTF-16 unit is in no token."""
    return any(first <= unit <= last for first, last in PARTING)


def printable(text: str) -> str:
    r"""Return ``text`` as it can be stored; a byte that was not UTF-8 is written as ``\udcff``."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text
