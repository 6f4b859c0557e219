"""Decides which characters count as the same in a search, and into which tokens a text is cut.

Everything is compared folded, so that ``ＧＤＰ``, ``GDP`` and ``gdp`` are one word, ``（`` is ``(``
and ``「`` is ``“``. A text is found by the set of its characters and pairs of neighbouring
characters; ``fulltext.py`` alone knows where these are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

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

_SEPARATORS = [c for c in map(chr, range(0x20, 0x7F)) if not c.isalnum()]
_STOOD_FOR = [*map(chr, range(0x80, 0xA0)), "\xad"]
_STAND_INS = str.maketrans(dict(zip(_SEPARATORS, _STOOD_FOR, strict=True)))
"""The tokenizer parts words at ASCII punctuation. No folded text holds what stands for it."""

_LONGEST = 40
"""Pairs of a word that are looked up; a longer one is verified anyway."""


class _Folded(dict[int, str]):
    """What each character is folded to; filled as characters are met."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold_character(chr(point))
        return folded


def _fold_character(character: str) -> str:
    if character.isspace():
        return " "
    if character in _STOOD_FOR:
        return "\ufffd"
    before = ""
    folded = character
    while folded != before:
        before = folded
        folded = "".join(_VARIANTS.get(part, part) for part in folded)
        folded = unicodedata.normalize("NFKC", folded).casefold()
    return folded if folded.strip() == folded else folded.strip() or " "


_TABLE = _Folded()
_TABLE_OF_LINES = _Folded({10: "\n"})


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
    return composed(text).translate(_TABLE)


_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_LIKE_HAN = re.compile(
    "[\u2e80-\u2fd5\u3038-\u303a\u3190-\u33ff\uf900-\ufaff"
    "\U0001f200-\U0001f2ff\U0002f800-\U0002fa1f]"
)
"""All characters that are folded to Chinese ones, such as ``㈱``, and few others."""


def fold_lines(text: str) -> str:
    """Return ``text`` with each of its lines folded."""
    return composed(text).translate(_TABLE_OF_LINES)


def is_plain(word: str) -> bool:
    """Whether ``word`` is Chinese characters only: in most texts these stand as they are."""
    return _HAN.fullmatch(word) is not None


def is_plainly_written(text: str) -> bool:
    """Whether a plain word stands in the folded ``text`` only if it stands in ``text``."""
    return _LIKE_HAN.search(text) is None


def hits(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the folded ``words`` stand in ``text``, which is composed: joined, in order.

    A hit takes in every character of which a part was hit, such as the whole of ``㈱``.
    """
    pieces = [_TABLE[ord(character)] for character in text]
    folded = "".join(pieces)
    places: list[int] | range = range(len(text))
    if any(len(piece) != 1 for piece in pieces):
        places = [place for place, piece in enumerate(pieces) for _ in piece]
    found = sorted(
        (places[at], places[at + len(word) - 1] + 1)
        for word in set(words)
        if word
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


def tokens(text: str) -> str:
    """Return the tokens of folded lines, parted by white space.

    A line feed is left in a pair with its neighbour: what it parts is a single character then.
    """
    text = text.translate(_STAND_INS)
    found = set(text)
    found.update(map(str.__add__, text, text[1:]))
    return " ".join(found)


def wanted(word: str) -> tuple[list[str], bool]:
    """Return the tokens of a folded word, and whether a text that has them has the word."""
    if len(word) < 3:
        return [word.translate(_STAND_INS)], True
    pairs = dict.fromkeys(map(str.__add__, word, word[1:]))
    return [pair.translate(_STAND_INS) for pair in list(pairs)[:_LONGEST]], False


_SURROGATE = re.compile("[\ud800-\udfff]")


def printable(text: str) -> str:
    r"""Return ``text`` as it can be stored; a byte that was not UTF-8 is written as ``\udcff``."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
