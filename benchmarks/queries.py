"""The words that searches are measured with: two to four characters, rare and common."""

from __future__ import annotations

import random
from typing import Literal, NamedTuple

from benchmarks.vocabulary import words

Frequency = Literal["common", "middling", "rare"]
_RANKS: dict[Frequency, tuple[int, int]] = {
    "common": (0, 300),
    "middling": (300, 5_000),
    "rare": (5_000, 30_000),
}
"""Places in the vocabulary, the most frequent word first."""
_SHARES: tuple[Frequency, ...] = ("common",) * 3 + ("middling",) * 3 + ("rare",) * 4
_SEED = 200


class Word(NamedTuple):
    """A word to search for."""

    text: str
    frequency: Frequency


def queries(count: int = 200) -> list[Word]:
    """Different words, always the same; every fourth is of three or of four characters.

    One in ten is two words of two characters that stand beside each other by chance, if at all: all
    of its pairs are common and its hits few, which is the hardest for an index of pairs.
    """
    dice = random.Random(_SEED)
    found: dict[str, Word] = {}
    while len(found) < count:
        place = len(found)
        frequency = _SHARES[place % len(_SHARES)]
        if place % 10 == 9:
            text = "".join(_word(dice, "common", 2) for _ in range(2))
        else:
            text = _word(dice, frequency, (2, 2, 3, 4)[place % 4])
        found.setdefault(text, Word(text, frequency))
    return list(found.values())


def _word(dice: random.Random, frequency: Frequency, length: int) -> str:
    start, stop = _RANKS[frequency]
    return dice.choice([word for word in words()[start:stop] if len(word) == length])
