"""Decides which characters count as the same in a search; owns folding, and later full text.

Titles, sources, categories, tags and ticker names are compared folded, so that ``ＧＤＰ``, ``GDP``
and ``gdp`` are one word and ``（`` is ``(``.
"""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Return ``text`` with case, full or half width and compatibility forms taken away."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def printable(text: str) -> str:
    r"""Return ``text`` as it can be stored; a byte that was not UTF-8 is written as ``\udcff``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
