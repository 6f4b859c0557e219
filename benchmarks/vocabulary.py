"""Invents the prose of synthetic posts: as many different characters and pairs as news has.

What an index of words costs hangs on how many different pairs of characters there are and how
often each of them comes. Words are made of the common characters of GB 2312 (its first level) and
drawn by Zipf's law, so that a few are everywhere and most are rare, as in any language.
"""

from __future__ import annotations

import random
from functools import lru_cache
from itertools import accumulate

_WORDS = 30_000
_CLAUSES = 60_000
_LATIN = ("GDP", "5G", "AI", "PMI", "ETF", "IPO", "MLF", "CPI", "OLED", "SaaS", "ESG", "LPR")
_SEED = 20_220_614
"""One language for all archives."""


@lru_cache(maxsize=1)
def words() -> tuple[str, ...]:
    """The invented words, the most frequent first: two characters, some three or four."""
    dice = random.Random(_SEED)
    characters = [
        bytes((row, column)).decode("gb2312", "ignore")
        for row in range(0xB0, 0xD8)
        for column in range(0xA1, 0xFF)
    ]
    characters = [character for character in characters if character]
    dice.shuffle(characters)
    weights = _zipf(len(characters), 20)
    found: dict[str, None] = {}
    while len(found) < _WORDS:
        length = dice.choices((2, 3, 4), (80, 12, 8))[0]
        found["".join(dice.choices(characters, cum_weights=weights, k=length))] = None
    return tuple(found)


@lru_cache(maxsize=1)
def clauses() -> tuple[str, ...]:
    """The invented clauses, from 6 to some 20 characters, without punctuation at the end."""
    dice = random.Random(_SEED + 1)
    vocabulary, weights = words(), _zipf(_WORDS, 40)
    return tuple(_clause(dice, vocabulary, weights) for _ in range(_CLAUSES))


def _clause(dice: random.Random, vocabulary: tuple[str, ...], weights: list[float]) -> str:
    parts = dice.choices(vocabulary, cum_weights=weights, k=dice.randint(3, 9))
    shape = dice.random()
    if shape < 0.12:
        parts.insert(-1, f"{dice.randint(1, 9_999) / 10}%")
    elif shape < 0.24:
        parts.insert(-1, f"{dice.randint(1, 9_999)}亿元")
    elif shape < 0.30:
        parts.insert(0, f"{dice.randint(1, 12)}月{dice.randint(1, 28)}日")
    elif shape < 0.36:
        parts.insert(1, dice.choice(_LATIN))
    elif shape < 0.40:
        parts[1] = f"“{parts[1]}”"
    return "".join(parts)


def _zipf(count: int, offset: int) -> list[float]:
    """Cumulative weights of ``count`` ranks by the law of Zipf and Mandelbrot."""
    return list(accumulate(1 / (rank + offset) for rank in range(count)))
