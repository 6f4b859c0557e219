"""Fills lines: text in pieces of at most so many cells, broken where ``breaks.py`` allows it.

A run that is longer than a line is broken first at the places that its rules TOKENS and ADDRESS
gave up, then between grapheme clusters (where START and END allow it if possible).

Spaces at the end of a line, and a line end in the text, are not shown. ``wrap`` returns offsets, so
that they are accounted for: the pieces with the white space between them are the text.

Closing marks may reach beyond the width as far as an ``Edge`` allows, and ``gaps`` are offsets at
which a blank is put into a line, but never at its start or end; see ``spacing.py``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from finews_tui.page.breaks import LINE_END, NOT_AT_END, NOT_AT_START, SPACES, find_breaks
from finews_tui.page.cells import clusters, positions
from finews_tui.page.line import Line, Role, Span
from finews_tui.page.spacing import FLUSH, Edge, gap_places, overhang, with_gaps

WINDOW = 4_000
"""Characters that are looked at together. Of a longer text the next window begins with the line
that begins near the end of this one, so that the first lines of any text are there at once."""


def wrap(
    text: str,
    width: int,
    *,
    first: int | None = None,
    ambiguous: int = 1,
    whole: Sequence[tuple[int, int]] = (),
    edge: Edge = FLUSH,
    gaps: Sequence[int] = (),
) -> list[tuple[int, int]]:
    """The lines of ``text`` as (start, end) offsets, at least one, each at most ``width`` cells.

    The first line takes at most ``first`` cells where that is given. What lies between two pieces
    and after the last is white space. Only a single character may be wider than ``width``. Ranges
    in ``whole`` are neither broken inside nor parted from what stands before them.
    """
    return list(
        pieces(text, width, first=first, ambiguous=ambiguous, whole=whole, edge=edge, gaps=gaps)
    )


def pieces(
    text: str,
    width: int,
    *,
    first: int | None = None,
    ambiguous: int = 1,
    whole: Sequence[tuple[int, int]] = (),
    edge: Edge = FLUSH,
    gaps: Sequence[int] = (),
) -> Iterator[tuple[int, int]]:
    """The same, line by line."""
    start = 0
    slack = max(400, 4 * width)
    while len(text) - start > WINDOW + slack:
        form = _Form(width, first, ambiguous, edge, start, whole, gaps)
        low = 0
        for low, high, following in _filled(text[start : start + WINDOW], form):
            if following > WINDOW - slack and low > 0:
                break
            yield start + low, start + high
            first, low = None, following
        start += low
    form = _Form(width, first, ambiguous, edge, start, whole, gaps)
    for low, high, _ in _filled(text[start:], form):
        yield start + low, start + high


class _Form:
    """What the lines of one window are filled by, in its own offsets."""

    def __init__(
        self,
        width: int,
        first: int | None,
        ambiguous: int,
        edge: Edge,
        start: int,
        whole: Sequence[tuple[int, int]],
        gaps: Sequence[int],
    ) -> None:
        self.width = width
        self.first = width if first is None else first
        self.ambiguous = ambiguous
        self.edge = edge
        self.whole = [(low - start, high - start) for low, high in whole if low >= start]
        self.gaps = frozenset(gap - start for gap in gaps if gap > start)

    def positions(self, text: str) -> list[int]:
        """The cell at which each character ends the line before it, gaps included."""
        begins = positions(text, self.ambiguous)
        if not self.gaps:
            return begins
        before = accumulate(offset in self.gaps for offset in range(len(text)))
        return [begins[0], *map(int.__add__, begins[1:], before)]


def _filled(text: str, form: _Form) -> Iterator[tuple[int, int, int]]:
    """The lines of ``text``, and where the line after each begins."""
    begins = form.positions(text)
    room = form.first
    if begins[-1] <= min(room, form.width) and not LINE_END.search(text):
        yield 0, len(text.rstrip()), len(text)
        return
    breaks = find_breaks(text, form.whole)
    good, poor = breaks.good, breaks.poor
    shown = list(good)
    for spaces in SPACES.finditer(text):
        low, high = (bisect_right(good, offset) for offset in spaces.span())
        shown[low:high] = [spaces.start()] * (high - low)
    cells = list(map(begins.__getitem__, shown))
    forced = {*breaks.forced, len(text)}
    stops = sorted(forced)
    start = 0
    while start < len(text):
        limit = begins[start] + room + (start in form.gaps)
        stop = stops[bisect_right(stops, start)]
        index = min(bisect_right(cells, limit), bisect_right(good, stop)) - 1
        if form.edge is not FLUSH and index + 1 < len(good) and good[index + 1] <= stop:
            over = overhang(text, start, shown[index + 1], form.edge, form.ambiguous)
            index += over > 0 and cells[index + 1] <= limit + over
        if index >= 0 and good[index] > start and (shown[index] > start or good[index] in forced):
            end = good[index]
            shown_end = max(start, shown[index])
        else:
            end = _forced_end(text, begins, poor, start, limit, form.whole)
            shown_end = max(start, _shown_end(text, end))
        following = end
        if end not in forced:
            while following < len(text) and text[following].isspace() and following not in forced:
                following += 1
        yield start, shown_end, following
        start = following
        room = form.width


def _shown_end(text: str, end: int) -> int:
    """The end of what is shown of a line that ends at ``end``: before the white space."""
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _forced_end(
    text: str,
    begins: list[int],
    poor: Sequence[int],
    start: int,
    limit: int,
    whole: Sequence[tuple[int, int]],
) -> int:
    """Where to end a line that begins at ``start`` and holds no good break before ``limit``."""
    index = bisect_right(poor, limit, key=lambda offset: begins[_shown_end(text, offset)]) - 1
    if index >= 0 and poor[index] > start:
        return poor[index]
    far = max(bisect_right(begins, limit) - 1, start + 1)
    ends = [
        offset
        for offset in accumulate(map(len, clusters(text[start : far + 40])), initial=start)
        if start < offset <= far
    ]
    if not ends:
        return far
    for offset in reversed(ends):
        if (
            text[offset : offset + 1] not in NOT_AT_START
            and text[offset - 1] not in NOT_AT_END
            and not any(low <= offset < high for low, high in whole)
        ):
            return offset
    return ends[-1]


def slice_spans(
    spans: Sequence[Span], cuts: Iterable[tuple[int, int]], gaps: Sequence[int] = ()
) -> Iterator[Line]:
    """The pieces of the text of ``spans`` as lines, each character with its role."""
    index = offset = 0
    for start, end in cuts:
        line: list[Span] = []
        while index < len(spans) and offset + len(spans[index][0]) <= start:
            offset += len(spans[index][0])
            index += 1
        here, at = index, offset
        while here < len(spans) and at < end:
            text, role = spans[here]
            part = text[max(start - at, 0) : end - at]
            if part:
                line.append((part, role))
            at += len(text)
            here += 1
        if gaps:
            inside = gaps[bisect_right(gaps, start) : bisect_left(gaps, end)]
            yield with_gaps(tuple(line), start, inside)
        else:
            yield tuple(line)


def wrap_lines(
    spans: Sequence[Span],
    width: int,
    *,
    first: int | None = None,
    ambiguous: int = 1,
    edge: Edge = FLUSH,
    has_gaps: bool = False,
) -> Iterator[Line]:
    """``spans`` as lines of at most ``width`` cells; a link's number stays with its link."""
    text = "".join(part for part, _ in spans)
    whole: list[tuple[int, int]] = []
    gaps = gap_places(text) if has_gaps else []
    offset = 0
    for part, role in spans:
        if role == "link-number":
            whole.append((offset, offset + len(part)))
        elif role == "code":  # it is not ours to space out
            gaps = [gap for gap in gaps if not offset < gap < offset + len(part)]
        offset += len(part)
    cuts = pieces(text, width, first=first, ambiguous=ambiguous, whole=whole, edge=edge, gaps=gaps)
    return slice_spans(spans, cuts, gaps)


def wrap_spans(spans: Sequence[Span], width: int, *, ambiguous: int = 1) -> list[Line]:
    """The same lines, all of them, flush and without gaps."""
    return list(wrap_lines(spans, width, ambiguous=ambiguous))


def wrap_text(text: str, width: int, role: Role, *, ambiguous: int = 1) -> list[Line]:
    """``text`` as lines of one role."""
    return wrap_spans([(text, role)], width, ambiguous=ambiguous)
