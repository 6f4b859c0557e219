"""How well a name fits what was typed of it: by its beginning, a part, its pinyin, some letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from finews_tui.library.tokens import fold
from finews_tui.tui.initials import initials

Item = TypeVar("Item")


class Likeness(NamedTuple):
    """How a name fits."""

    rank: int
    """0: it is the same; 1: it, or a word of it, begins like that; 2: its initials do; 3: a part;
    4: a part of its initials; 5: its characters in that order, others between them."""
    marks: tuple[int, ...]
    """Which characters of the name were meant."""


def likeness(typed: str, name: str) -> Likeness | None:
    """How ``name`` fits ``typed``, each word of it; None where one does not.

    Case, full and half width do not matter.
    """
    words = fold(typed).split()
    found = [_of_word(word, name) for word in words]
    if None in found:
        return None
    fitting = [one for one in found if one is not None]
    marks = {mark for one in fitting for mark in one.marks}
    return Likeness(max((one.rank for one in fitting), default=0), tuple(sorted(marks)))


def _of_word(word: str, name: str) -> Likeness | None:
    text = fold(name)
    at = text.find(word)
    # Positions are those of the name where folding has not changed its length.
    here = tuple(range(at, at + len(word))) if at >= 0 and len(text) == len(name) else ()
    if len(word) == len(text) and at == 0:
        return Likeness(0, here)
    if at == 0 or (at > 0 and text[at - 1] == " "):
        return Likeness(1, here)
    spelled = _spelled(word, name) if word.isascii() else None
    if at > 0 and (spelled is None or spelled.rank > 3):
        return Likeness(3, here)
    if spelled is not None:
        return spelled
    return _scattered(word, text) if len(word) > 1 and len(text) == len(name) else None


def _spelled(word: str, name: str) -> Likeness | None:
    """``word`` as initials of ``name``."""
    letters = _initials(name)
    for start in range(len(letters) - len(word) + 1):
        if all(letter in letters[start + n][1] for n, letter in enumerate(word)):
            marks = tuple(place for place, _ in letters[start : start + len(word)])
            return Likeness(2 if start == 0 else 4, marks)
    return None


@lru_cache(maxsize=100_000)
def _initials(name: str) -> tuple[tuple[int, str], ...]:
    """The characters that have initials, each with its place and its letters."""
    found = ((place, "".join(initials(character))) for place, character in enumerate(name))
    return tuple((place, letters) for place, letters in found if letters)


def _scattered(word: str, text: str) -> Likeness | None:
    marks: list[int] = []
    at = -1
    for character in word:
        at = text.find(character, at + 1)
        if at < 0:
            return None
        marks.append(at)
    return Likeness(5, tuple(marks))


def best(typed: str, items: Iterable[tuple[str, Item]]) -> list[tuple[Item, Sequence[int]]]:
    """The items whose names fit, the best first and else in their order, with what was meant."""
    scored = []
    for order, (name, item) in enumerate(items):
        if (found := likeness(typed, name)) is not None:
            scored.append((found.rank, order, item, found.marks))
    return [(item, marks) for _, _, item, marks in sorted(scored, key=lambda one: one[:2])]
