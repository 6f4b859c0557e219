"""Line breaking before two judges: the cases of Unicode, and ICU's breaker as second opinion."""

from __future__ import annotations

import lzma
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
import unicode_segmentation_rs
from hypothesis import given, settings
from hypothesis import strategies as st
from icu4py.breakers import LineBreaker

from finews_tui.page.breaks import NOT_AT_END, NOT_AT_START, find_breaks
from finews_tui.page.cells import clusters, width_of
from finews_tui.page.spacing import COMPRESSED, HANGING, Edge
from finews_tui.page.wrap import wrap
from tests.page.make import news, paragraphs

CASES = Path(__file__).parent / "unicode" / "LineBreakTest-15.0.0.txt.xz"
"""Of the Unicode version of the crate ``unicode-linebreak`` in unicode-segmentation-rs."""


def known(text: str, offset: int) -> str:
    """Why ``unicode-linebreak`` differs from its file at ``offset``; empty: for no known reason.

    The file takes numbers as example 7 of UAX #14 section 8.2 does, the crate as LB25 has them. Of
    LB30 the crate has the form that does not yet tell East Asian brackets from others; our rule
    BRACKETS adds what that loses. One pictograph is not assigned.
    """
    before = text[:offset].replace("\u0308", "").replace(" ", "")[-1:]
    after = text[offset : offset + 1]
    if before in "})%$\\.,/" and after in "({%$01234":
        return "LB25"
    if after in "\u2329（":
        return "LB30"
    return "unassigned" if before == "\U0001f02c" else ""


@cache
def cases() -> tuple[tuple[str, frozenset[int]], ...]:
    """Each case as its text and the offsets at which a line may end."""
    found = []
    for row in lzma.decompress(CASES.read_bytes()).decode().splitlines():
        text, ends = "", set()
        for word in row.partition("#")[0].split():
            if word == "÷":
                ends.add(len(text))
            elif word != "×":
                text += chr(int(word, 16))
        if text:
            found.append((text, frozenset(ends)))
    return tuple(found)


def test_the_opportunities_are_those_of_unicode() -> None:
    differing = Counter[str]()
    for text, ends in cases():
        found = set(accumulate(map(len, unicode_segmentation_rs.line_break_units(text))))
        differing.update(known(text, offset) for offset in found ^ ends)
    assert differing == {"LB25": 30, "LB30": 28, "unassigned": 1}
    assert len(cases()) == 7_654


def test_every_other_break_is_one_of_the_named_rules() -> None:
    """Against Unicode's cases, whatever ``find_breaks`` adds or drops has a rule that says so."""
    told = Counter[str]()
    for text, ends in cases():
        breaks = find_breaks(text)
        ours = {*breaks.good, *breaks.poor, *breaks.forced}
        for offset in ends - ours:
            told[_why_dropped(text, offset)] += 1
        for offset in ours - ends:
            told[_why_added(text, offset)] += 1
    assert set(told) == {
        "START", "END", "white space", "clusters", "QUOTES or MARKS", "LB25", "LB30"
    }, told  # fmt: skip


def _why_dropped(text: str, offset: int) -> str:
    whole = {0, *accumulate(map(len, clusters(text)))}
    before, after = text[:offset].rstrip(), text[offset : offset + 1]
    if after in NOT_AT_START:
        return "START"
    if before[-1:] in NOT_AT_END:
        return "END"
    if after.isspace():
        return "white space"
    if offset not in whole:
        return "clusters"
    return known(text, offset) or f"? {text!r} at {offset}"


def _why_added(text: str, offset: int) -> str:
    before, after = text[offset - 1], text[offset : offset + 1]
    if before in "，。、；：！？）》」』】〉〕〗］｝”’" or after in "“‘":
        return "QUOTES or MARKS"
    return known(text, offset) or f"? {text!r} at {offset}"


ICU_DIFFERS = {
    # ICU ends no line here, we do.
    ("+", "，", '"'): "MARKS: after a full-width mark a line may end whatever follows",
    ("+", "-", ">"): "Unicode 15 ends lines after a hyphen (LB21); ICU's is newer",
    # ICU ends a line here, we do not.
    ("-", "亿", "~"): "START: no range sign begins a line",
    ("-", "F", "︰"): "START: no colon begins a line, not even the vertical one",
    ("-", "”", "A"): "QUOTES: next to Latin a quote may be Latin's own, it stays (LB19)",
    ("-", "—", "“"): "QUOTES: what a dash introduces begins beside it (LB19)",
}
"""Every difference from ICU over all posts: which, before and after which character, and why."""


def test_every_difference_from_icu_is_justified() -> None:
    differences = set()
    for paragraph in filter(None, paragraphs()):
        breaks = find_breaks(paragraph)
        ours = {*breaks.good, *breaks.poor}
        icu = {end for _, end in LineBreaker(paragraph, "zh").segments()}
        for sign, offsets in (("+", ours - icu), ("-", icu - ours)):
            differences |= {(sign, paragraph[at - 1], paragraph[at]) for at in offsets}
    assert differences <= set(ICU_DIFFERS)


def faults(text: str, width: int, edge: Edge) -> Iterator[str]:
    """What is wrong with the lines of ``text``."""
    lines = wrap(text, width, edge=edge)
    if "".join("".join(text[a:b] for a, b in lines).split()) != "".join(text.split()):
        yield "the lines are not the text"
    breaks = find_breaks(text)
    good, poor = set(breaks.good), set(breaks.poor)
    for start, end in lines:
        over = width_of(text[start:end]) - width
        if over > 0 and not (
            (over <= edge.hanging and text[end - 1] in HANGING)
            or (over <= edge.compression and text[end - 1] in COMPRESSED)
        ):
            yield f"{text[start:end]!r} is wider than {width}"
    for (start, end), (following, _) in pairwise(lines):
        if following in good:
            continue  # a good break is at no forbidden place, as is told below
        if any(start < at <= end for at in good):
            yield f"{text[start:end]!r} ends at {'a poor' if following in poor else 'no'} break"


def test_no_good_break_is_forbidden() -> None:
    for text in paragraphs():
        breaks = find_breaks(text)
        for at in set(breaks.good[:-1]) - set(breaks.forced):
            assert text[at] not in NOT_AT_START and text[:at].rstrip()[-1] not in NOT_AT_END


@pytest.mark.parametrize("edge", [Edge(), Edge(2, 1)])
def test_all_posts_at_all_widths(edge: Edge) -> None:
    """Every paragraph at one width in each of eight classes, all of 10 to 200 taken together.

    A number is split, and a mark stands where it must not, at poor breaks or at none alone; those
    are taken only where the line has no good one.
    """
    for number, text in enumerate(paragraphs()):
        for width in range(10 + number % 24, 201, 24):
            assert list(faults(text, width, edge)) == []


@settings(max_examples=150, deadline=None)
@given(news | st.sampled_from(paragraphs()), st.integers(10, 200), st.integers(0, 2))
def test_any_text_at_any_width(text: str, width: int, hanging: int) -> None:
    assert list(faults(text, width, Edge(hanging, min(hanging, 1)))) == []
