"""Which posts have a token comes back as it was written, whatever way is the shortest."""

from __future__ import annotations

import random
from array import array
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finews_tui.library.postings import FULL, LONGEST, Block, bits_of, places_of
from finews_tui.library.segments import Part, Sheaf, blocks, sheaf, unpacked
from finews_tui.library.tokens import composed, fold, fold_lines, wanted
from finews_tui.posts import clean_block

Tokens = dict[int, list[int]]
"""The places of each token, ascending."""


def _sheaf(tokens: Tokens) -> Sheaf:
    ascending = sorted(tokens)
    return Sheaf(
        array("I", ascending).tobytes(),
        array("H", (len(tokens[token]) for token in ascending)).tobytes(),
        array("H", (place for token in ascending for place in tokens[token])).tobytes(),
    )


def _tokens(chance: random.Random, count: int, size: int) -> Tokens:
    """Return tokens as a language has them: some in nearly every post, most in a few."""
    tokens: Tokens = {}
    for _ in range(count):
        token = chance.choice((0, 1, 0x4E00, 0x9FFF, 0xFFFF)) << 16 | chance.randrange(1 << 16)
        share = min(1.0, chance.paretovariate(0.4) / size)
        found = [place for place in range(size) if chance.random() < share]
        tokens[token] = found or [chance.randrange(size)]
    return tokens


@pytest.mark.parametrize("size", [1, 2, 7, 300, 3_000, FULL])
def test_blocks_tell_what_was_written(size: int) -> None:
    chance = random.Random(size)
    tokens = _tokens(chance, 700 if size < FULL else 120, size)
    written = list(blocks([Part(_sheaf(tokens), range(size))], size))
    assert unpacked([block for _, block in written], size) == _sheaf(tokens)
    assert all(len(block) <= LONGEST for _, block in written)
    assert all(one < other for (one, _), (other, _) in pairwise(written)), "in order"
    for token, places in tokens.items():
        block = max((one for one in written if one[0] <= token), key=lambda one: one[0])[1]
        assert list(places_of(Block(block).bits(token, token, size))) == places
        absent = token ^ 0x8000
        if absent not in tokens:
            assert Block(block).bits(absent, absent, size) == 0
    for first in (0, 1 << 16, 0x4E00 << 16, 0x4E01 << 16, 0xFFFF << 16):
        last = first | 0xFFFF
        expected = {place for token in tokens if first <= token <= last for place in tokens[token]}
        found = 0
        for _, block in written:
            found |= Block(block).bits(first, last, size)
        assert set(places_of(found)) == expected


@pytest.mark.parametrize("seed", range(8))
def test_runs_are_made_of_parts(seed: int) -> None:
    chance = random.Random(seed)
    size = chance.randint(1, 400)
    places = chance.sample(range(size), size)
    parts: list[Part] = []
    expected: dict[int, set[int]] = {}
    while places:
        count = min(len(places), chance.randint(1, 150))
        own, places = places[:count], places[count:]
        own += [-1] * chance.randint(0, 20)
        chance.shuffle(own)
        tokens = _tokens(chance, 200, len(own))
        parts.append(Part(_sheaf(tokens), own))
        for token, posts in tokens.items():
            kept = {own[post] for post in posts} - {-1}
            expected.setdefault(token, set()).update(kept)
    written = [block for _, block in blocks(parts, size)]
    assert unpacked(written, size) == _sheaf(
        {token: sorted(places) for token, places in expected.items() if places}
    )


def test_nothing_makes_no_block() -> None:
    assert list(blocks([], 1)) == list(blocks([Part(sheaf([]), [])], 1)) == []
    assert list(blocks([Part(sheaf(["中国"]), [-1])], 1)) == []
    assert unpacked([], 1) == sheaf([]) == sheaf([".,", ""])


@given(st.sets(st.integers(0, 700)))
def test_sets_of_places(places: set[int]) -> None:
    bits = bits_of(sorted(places), 701)
    assert bits == sum(1 << place for place in places)
    assert list(places_of(bits)) == sorted(places)


_TEXT = st.text(st.characters(codec="utf-8"), max_size=60).map(clean_block)
_ODD = st.text("ab中文，。 \n·𠀀😀e\u0301_%５", max_size=12).map(clean_block)


@settings(max_examples=300)
@given(st.lists(st.one_of(_TEXT, _ODD), max_size=4), st.one_of(_TEXT, _ODD))
def test_tokens_say_what_stands_in_a_text(texts: list[str], word: str) -> None:
    cut = sheaf([composed(text) for text in texts])
    written = [Block(block) for _, block in blocks([Part(cut, range(4))], 4)]
    folded = [[fold(line) for line in text.split("\n")] for text in texts]
    lines = [line for text in folded for line in text]
    pieces = {line[at : at + size] for line in lines for at in range(9) for size in (1, 2, 3)}
    for piece in (pieces | {fold(word)}) - {""}:
        needed = wanted(piece)
        having = set(range(len(texts)))
        for first, last in needed.ranges:
            having &= {at for block in written for at in places_of(block.bits(first, last, 4))}
        standing = {at for at, text in enumerate(folded) if any(piece in line for line in text)}
        assert standing <= having, "no text is missed"
        assert standing == having or not needed.is_exact, "and none too many"


def test_every_character_is_folded_as_in_a_query() -> None:
    texts = [
        f"甲{composed(chr(point))}b" for point in range(0x30000) if not 0xD800 <= point < 0xE000
    ]
    for start in range(0, len(texts), FULL):
        some = texts[start : start + FULL]
        assert sheaf(some) == sheaf([fold_lines(text) for text in some])


@pytest.mark.parametrize("word", ["中", "中国", "gd", "5", "a股", "𠀀", "é"])
def test_short_words_need_no_look_at_the_text(word: str) -> None:
    assert wanted(word).is_exact


@pytest.mark.parametrize("word", ["中国人", "5%", "*st", "。", "中 国", "𠀀中", "2.5"])
def test_other_words_do(word: str) -> None:
    assert not wanted(word).is_exact
