"""An article laid out for one width, line by line as somebody looks at it.

A place in it is a ``Spot``: a part of the manuscript, and a line of that part. So nothing has to be
known of the parts above or below what is on the screen: the first screen, the last one and the
middle of a post of 300 KB cost the same, and no estimate of a height ever has to be corrected.
What is asked about the whole (percentages, positions, headings, links, matches of a search) the
manuscript answers in characters, which are the same in every width.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from itertools import islice

from finews_tui.page.badges import flow_badges
from finews_tui.page.line import DECORATION, TOP, Line, Span, Spot, plain
from finews_tui.page.manuscript import Badges, Manuscript, Part, compose, written
from finews_tui.page.typeset import set_block
from finews_tui.page.typography import MEASURE, Typography
from finews_tui.posts import Post


def layout(
    post: Post,
    width: int,
    *,
    zone: tzinfo,
    names: Mapping[str, str] | None = None,
    form: Typography | None = None,
) -> Article:
    """``post`` for a pane of ``width`` cells; see ``compose`` and ``Article``."""
    return Article(compose(post, zone=zone, names=names), width, form or Typography())


def margins(width: int, measure: int = MEASURE) -> tuple[int, int]:
    """The left margin and the measure in a pane of ``width`` cells.

    The measure is even, because a Chinese character takes two cells.
    """
    left = 2 if width >= 20 else 1
    right = 1 if width >= 30 else 0
    room = max(width - left - right, 2)
    if room > measure:
        return max(left, (width - measure) // 2), measure
    return left, room - room % 2


class Article:
    """A manuscript for a pane of ``width`` cells (12 or more).

    No line is wider than ``width``; the text is at most ``form.measure`` cells wide and stands in
    the middle of a wider pane. Laying out a part costs about a microsecond a character, once.
    """

    def __init__(self, manuscript: Manuscript, width: int, form: Typography) -> None:
        self.manuscript = manuscript
        self.width = width
        self.form = form
        self._left, self._measure = margins(width, form.measure)
        self._pieces: list[_Piece | None] = [None] * len(manuscript.parts)

    # -- lines -------------------------------------------------------------------------------

    def line(self, spot: Spot) -> Line | None:
        """The line at ``spot``; None where its part has no such line."""
        piece = self._piece(spot.part)
        return piece.lines[spot.line] if piece.reaches(spot.line) else None

    def lines_from(self, spot: Spot, count: int) -> list[tuple[Spot, Line]]:
        """The lines from ``spot`` on, as many of ``count`` as there are."""
        found: list[tuple[Spot, Line]] = []
        for here in self._spots(spot):
            if len(found) == count:
                break
            found.append((here, self._piece(here.part).lines[here.line]))
        return found

    def has_more(self, spot: Spot, lines: int) -> bool:
        """Whether there are more than so many lines from ``spot`` on."""
        return any(number == lines for number, _ in enumerate(self._spots(spot)))

    def move(self, spot: Spot, lines: int) -> Spot:
        """So many lines further down, or up when negative; as far as there are lines."""
        if lines >= 0:
            return deque(islice(self._spots(spot), lines + 1), maxlen=1).pop()
        part, line = spot.part, spot.line + lines
        while line < 0 and part > 0:
            part -= 1
            line += self._piece(part).count()
        return Spot(part, max(line, 0))

    def end(self, height: int) -> Spot:
        """Where a pane of ``height`` lines begins that ends with the last line."""
        last = len(self._pieces) - 1
        return self.move(Spot(last, self._piece(last).count() - 1), 1 - height)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines."""
        return tuple(self._piece(spot.part).lines[spot.line] for spot in self._spots(TOP))

    @property
    def texts(self) -> tuple[str, ...]:
        """The characters of all lines."""
        return tuple(map(plain, self.lines))

    def _spots(self, start: Spot) -> Iterator[Spot]:
        """The spots from ``start`` on."""
        line = start.line
        for part in range(start.part, len(self._pieces)):
            piece = self._piece(part)
            while piece.reaches(line):
                yield Spot(part, line)
                line += 1
            line = 0

    def _piece(self, part: int) -> _Piece:
        piece = self._pieces[part]
        if piece is None:
            lines = self._set(self.manuscript.parts[part], is_first=part == 0)
            piece = self._pieces[part] = _Piece(lines)
        return piece

    def _set(self, part: Part, *, is_first: bool) -> Iterator[Line]:
        """The lines of a part, with the room above it and the margin."""
        if part.is_apart and not is_first:
            yield ()
        margin: Span = (" " * self._left, "text")
        block = part.block
        if isinstance(block, Badges):
            lines = iter(flow_badges(block.badges, self._measure, block.names, self.form.ambiguous))
        else:
            lines = set_block(block, self._measure, part.sheet, self.form)
        for line in lines:
            yield (margin, *line) if line else ()

    # -- places ------------------------------------------------------------------------------

    def place(self, spot: Spot) -> int:
        """How many characters stand above ``spot``: the same in every width."""
        before, after = self.manuscript.places[spot.part : spot.part + 2]
        return min(before + self._piece(spot.part).before(spot.line), after)

    def spot_at(self, place: int) -> Spot:
        """The last line above which at most ``place`` characters stand."""
        if place <= 0:
            return TOP
        places = self.manuscript.places
        part = min(bisect_right(places, place), len(self._pieces)) - 1
        return Spot(part, self._piece(part).line_at(place - places[part]))

    @property
    def length(self) -> int:
        """The characters of the whole article."""
        return self.manuscript.places[-1]

    def number_of(self, spot: Spot) -> int:
        """The number of a line, from 0; lays out what stands above."""
        return sum(self._piece(part).count() for part in range(spot.part)) + spot.line

    @property
    def headings(self) -> list[Spot]:
        """Where headings begin."""
        return [
            Spot(number, part.is_apart)
            for number, part in enumerate(self.manuscript.parts)
            if part.is_heading
        ]

    # -- text --------------------------------------------------------------------------------

    def text(self, part: int) -> str:
        """The text of a part without white space, in the order in which it is read."""
        text = written(self.manuscript.parts[part])
        if text is not None:
            return text
        piece = self._piece(part)
        piece.count()
        return "".join(map(visible, piece.lines))

    def line_of(self, part: int, offset: int) -> Spot:
        """The line on which the character ``offset`` of a part's ``text`` stands."""
        return Spot(part, self._piece(part).line_at(offset))

    def offset(self, spot: Spot) -> int:
        """The characters of a part's ``text`` before the line at ``spot``."""
        return self._piece(spot.part).before(spot.line)


class _Piece:
    """The lines of one part, as far as they have been asked for."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines: list[Line] = []
        self._rest = lines
        self._is_complete = False
        self._before: list[int] = [0]

    def reaches(self, line: int) -> bool:
        """Whether there is a line with that number."""
        while len(self.lines) <= line and not self._is_complete:
            self._lay()
        return line < len(self.lines)

    def count(self) -> int:
        """How many lines there are; lays all of them out."""
        while not self._is_complete:
            self._lay()
        return len(self.lines)

    def before(self, line: int) -> int:
        """The characters before a line."""
        self.reaches(line)
        return self._before[min(line, len(self._before) - 1)]

    def line_at(self, offset: int) -> int:
        """The last line before which at most ``offset`` characters stand."""
        while self._before[-1] <= offset and not self._is_complete:
            self._lay()
        return min(bisect_right(self._before, offset), len(self.lines)) - 1

    def _lay(self) -> None:
        line = next(self._rest, None)
        if line is None:
            self._is_complete = True
        else:
            self.lines.append(line)
            self._before.append(self._before[-1] + len(visible(line)))


def visible(line: Line) -> str:
    """The characters of ``line`` that its author wrote, without white space."""
    text = "".join(text for text, role in line if role not in DECORATION)
    return "".join(text.split())
