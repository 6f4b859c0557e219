"""Signs of the market: which words of a text tell of a rise or of a fall.

A signed percentage (``+3.2%``, ``-1.5%``, ``▲3.2``), a percentage behind 涨 or 跌 (``涨10.04%``,
``跌幅达5.1%``), and 涨停 and 跌停. Only the colour is added: the sign or the word stays as it is
written. A range (``5-10%``) has no sign, and 涨跌幅 is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from finews_tui.page.line import Role, Span

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_PER_CENT = r"\s?(?:[%％‰]|个?百分点|个?基点)"
_BEYOND = r"(?:幅|停)?(?:[了超逾近约达为至到]|超过|接近|扩大至|收窄至|大约)*"
_SIGN = re.compile(
    rf"(?P<up>(?<![\w.)）])[+＋]{_NUMBER}{_PER_CENT}|[▲↑]\s?{_NUMBER}(?:{_PER_CENT})?"
    rf"|涨(?!跌){_BEYOND}{_NUMBER}{_PER_CENT}|涨停)"
    rf"|(?P<down>(?<![\w.)）%％])[-－−]{_NUMBER}{_PER_CENT}|[▼↓]\s?{_NUMBER}(?:{_PER_CENT})?"
    rf"|(?<!涨)跌{_BEYOND}{_NUMBER}{_PER_CENT}|(?<!涨)跌停)",
    re.ASCII,
)
_BEGINNING = re.compile("[-+＋－−▲↑▼↓涨跌]")
_COLOURED = frozenset({"text", "strong"})


def with_signs(spans: Iterable[Span]) -> Iterator[Span]:
    """``spans`` with what tells of rises and falls in the roles ``up`` and ``down``."""
    for text, role in spans:
        place = 0
        for beginning in _BEGINNING.finditer(text) if role in _COLOURED else ():
            # Looked for by its first character, a sign costs nothing where there is none.
            found = _SIGN.match(text, beginning.start())
            if found is None or found.start() < place:
                continue
            if found.start() > place:
                yield text[place : found.start()], role
            sign: Role = "up" if found["up"] else "down"
            yield found[0], sign
            place = found.end()
        if place < len(text):
            yield text[place:], role
