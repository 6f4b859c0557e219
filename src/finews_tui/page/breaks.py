"""Where a line of Chinese and Latin text may end: UAX #14, tailored for Chinese.

It alone asks for line-break opportunities (``unicode_segmentation_rs``). The tailoring is a list
of named rules, because a terminal has no hyphens, no justification and many numbers:

QUOTES   ``“ ‘`` opens and ``” ’`` closes next to a Chinese character, so a line may begin before
         the one and after the other. UAX #14 LB19a and the Chinese tailoring of CLDR.
MARKS    After a full-width closing mark a line may end whatever follows (``27.6%，｜¥1,234.56``).
         W3C Requirements for Chinese Text Layout (clreq) 3.1.
BRACKETS Before a full-width opening bracket a line may begin also after Latin (``JD｜（纳``).
         UAX #14 LB30, of which the library has an older form.
START    No closing mark, ``%``, ``‰``, ``℃``, ``·``, ``～`` or ``々`` begins a line, not even after
         a space. clreq 3.1.3 (prohibition rules for line start), UAX #14 LB13.
END      No opening bracket, opening quote or currency sign ends a line. clreq 3.1.3, LB14, LB25.
TOKENS   A number with its sign, separators and unit, a range of two numbers, ``*ST`` or ``A`` with
         what follows stays whole where it fits. UAX #14 LB25; the units are ours.
ADDRESS  A web address is broken after ``/``, ``?`` or ``&``, elsewhere only where nothing else
         fits. UAX #14 section 8, example 6.

``wrap.py`` fills lines by them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

import unicode_segmentation_rs

from finews_tui.page.cells import clusters

NOT_AT_START = frozenset(
    "，。、；：！？）》」』】〉〕〗〙〛］｝＞”’．｡､｣︰·・～~々〻ー％‰℃℉°′″…‥%,.;:!?)]}»›"
)
"""No line begins with one of these."""

NOT_AT_END = frozenset("（《「『【〈〔〖〘〚［｛＜“‘｢([{«‹¥￥$＄€£￡")
"""No line ends with one of these."""

_CLOSERS = "，。、；：！？）》」』】〉〕〗］｝"
_CHINESE = (
    "\u2e80-\u2fff\u3001-\u303f\u3041-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6"
    "\U00020000-\U0003ffff"
)
_OPENING_QUOTE = re.compile("[“‘]")
_BEFORE_OPENING_QUOTE = re.compile(f"[\u3000{_CHINESE}”’]")
_AFTER_MARK = re.compile(f"[”’](?=[{_CHINESE}])|[{_CLOSERS}](?=[^\\s—⸺{_CHINESE}])")
_OPENING_BRACKET = re.compile("(?<=[A-Za-z0-9\u00c0-\u024f])[（《「『【〈〔〖［｛]")
_DIGITS = r"\d+(?:[,.:/\-．]\d+)*"
_UNIT = (
    r"(?:\s?(?:[%‰℃％]|°C)|[十百千万亿兆]*(?:个?百分点|个?基点|个(?:交易日|工作日|月|季度)?"
    r"|(?:美|港|欧|日|韩|澳|加|新台|人民)?[元币]|平方公?[米里]|公[里斤顷]|千瓦时?|英镑|卢布"
    r"|[股吨家点倍年月日号时分秒名人次只手桶度米克升亩套台辆架艘条项件种户岁天周期届位股G])?)"
)
_NUMBER = re.compile(rf"{_DIGITS}{_UNIT}(?:[—–\-~～至][+\-−]?{_DIGITS}{_UNIT})?")
_BEFORE_NUMBER = frozenset("第＋－–")
_NAME = re.compile(r"ST[\u4e00-\u9fff]|[ABH]股")
_ADDRESS = re.compile(r"(?:https?|ftp)://[\x21-\x7e]+")
_ADDRESS_ENDS = re.compile(r"(?<![/:])[/?&](?![/?&])")
_CLUSTERED = re.compile(
    "[^\x00-\x7e\xa0-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u23ff\u2460-\u27bf"
    "\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uf900-\ufaff\uff01-\uff9d\uffe0-\uffe6]"
)
"""A character outside the scripts in which each character is a grapheme cluster of its own."""
LINE_END = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
SPACES = re.compile(r"\s+")
_NOT_AT_START = re.compile(f"[{re.escape(''.join(sorted(NOT_AT_START)))}]")
_NOT_AT_END = re.compile(f"[{re.escape(''.join(sorted(NOT_AT_END)))}]\\s*")


class Breaks(NamedTuple):
    """The offsets in a text before which a line may begin, ascending."""

    good: tuple[int, ...]
    """Where a line may end as a rule; the last is the end of the text."""
    poor: tuple[int, ...]
    """Where it may end when nothing good fits: inside a token or an address."""
    forced: tuple[int, ...]
    """After a line end in the text."""


def find_breaks(text: str, whole: Sequence[tuple[int, int]] = ()) -> Breaks:
    """All places where a line of ``text`` may end, by UAX #14 and the rules above.

    Ranges in ``whole`` are neither broken inside nor parted from what stands before them.
    """
    offsets = _opportunities(text)
    if not offsets:
        return Breaks((0,), (), ())
    dropped = {match.start() for match in _NOT_AT_START.finditer(text)}
    dropped.update(match.end() for match in _NOT_AT_END.finditer(text))
    for spaces in SPACES.finditer(text):  # white space ends a line, it never begins one
        dropped.update(range(*spaces.span()))
    added = {match.end() for match in _AFTER_MARK.finditer(text)}
    for match in _OPENING_QUOTE.finditer(text):
        if _BEFORE_OPENING_QUOTE.match(text, max(match.start() - 1, 0)):
            added.add(match.start())
    added.update([match.start() for match in _OPENING_BRACKET.finditer(text)])
    added -= dropped
    addresses = [match.span() for match in _ADDRESS.finditer(text)] if "://" in text else []
    ends = {mark.end() for span in addresses for mark in _ADDRESS_ENDS.finditer(text, *span)}
    if not added.union(ends).issubset(offsets):
        offsets = sorted({*offsets, *added, *ends})
    if _CLUSTERED.search(text):  # UAX #14 parts a few Thai and Lao clusters
        dropped.update(set(offsets).difference(accumulate(map(len, clusters(text)))))
    poor: set[int] = set()
    for start, end in chain(addresses, _tokens(text)):
        low = bisect_right(offsets, start)
        if offsets[low] < end:
            poor.update(offsets[low : bisect_left(offsets, end)])
    poor -= ends
    poor -= dropped
    dropped |= poor
    for start, end in whole:
        dropped.update(range(start, end))
        poor.difference_update(range(start, end))
    forced = [match.end() for match in LINE_END.finditer(text)]
    dropped.difference_update(forced)
    dropped.discard(len(text))
    good = tuple([offset for offset in offsets if offset not in dropped])
    return Breaks(good, tuple(sorted(poor)), tuple(forced))


def _opportunities(text: str) -> list[int]:
    """The offsets at which UAX #14 allows a break, the end of the text included."""
    try:
        units = unicode_segmentation_rs.line_break_units(text)
    except UnicodeEncodeError:  # a lone surrogate, which has no UTF-8 form
        units = unicode_segmentation_rs.line_break_units(text.encode(errors="replace").decode())
    return list(accumulate(map(len, units)))


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    """Where the numbers of ``text`` with their units, and the like, begin and end."""
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        yield start - (start > 0 and text[start - 1] in _BEFORE_NUMBER), end
    for match in _NAME.finditer(text):
        yield match.span()
