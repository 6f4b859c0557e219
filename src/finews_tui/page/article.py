"""An article laid out for one width, line by line as somebody looks at it.

A place in it is a ``Spot``: a part of the manuscript, and a line of that part. So nothing has to be
known of the parts above or below what is on the screen: the first screen, the last one and the
middle of a post of 300 KB cost the same, and no estimate of a height ever has to be corrected.
What is asked about the whole (percentages, positions, headings, links, matches of a search) the
manuscript answers in characters, which are the same in every width.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo
from itertools import islice

from finews_tui.page.badges import flow_badges
from finews_tui.page.blocks import Heading, Paragraph, text_of
from finews_tui.page.line import TOP, Line, Span, Spot, plain, visible
from finews_tui.page.manuscript import Badges, Manuscript, compose, written
from finews_tui.page.piece import Piece
from finews_tui.page.related import folding
from finews_tui.page.spacing import Edge
from finews_tui.page.typeset import set_block
from finews_tui.posts import Post
from finews_tui.typography import MEASURE, Typography

_INK = re.compile(r"\S")


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
        self.is_folded = len(manuscript.related) > 1
        """Whether of the articles at the end only their heading is shown."""
        self._left, self._measure = margins(width, form.measure)
        right = max(0, width - self._left - self._measure)
        self._edge = Edge(
            min(2, right) if form.hanging else 0, min(1, right) if form.compression else 0
        )
        self._plain = form._replace(line_spacing=0)
        self._pieces: list[Piece | None] = [None] * len(manuscript.parts)

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
        while last and self.hides(last):
            last -= 1
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

    def _piece(self, part: int) -> Piece:
        piece = self._pieces[part]
        if piece is None:
            lines = iter(()) if self.hides(part) else self._set(part)
            piece = self._pieces[part] = Piece(lines)
        return piece

    def _set(self, number: int) -> Iterator[Line]:
        """The lines of a part, with the room above it and the margin."""
        for _ in range(self._room_above(number)):
            yield ()
        part, form = self.manuscript.parts[number], self.form
        margin: Span = (" " * self._left, "text")
        block = part.block
        if isinstance(block, Badges):
            lines = iter(flow_badges(block.badges, self._measure, block.names, form.ambiguous))
        else:
            indent = form.indent if part.is_paragraph else 0
            sheet = replace(part.sheet, edge=self._edge, indent=indent)
            if number == self._fold and isinstance(block, Heading):
                _, *others = (
                    self.manuscript.parts[other].block for other in self.manuscript.related
                )
                block = folding(block, others, is_folded=self.is_folded)
            form = form if part.is_prose else self._plain
            lines = set_block(block, self._measure, sheet, form)
        for line in lines:
            yield (margin, *line) if line else ()

    def _room_above(self, number: int) -> int:
        """The empty lines above a part: between paragraphs as many as is wished."""
        part = self.manuscript.parts[number]
        if number == 0 or not part.is_apart:
            return 0
        room = self.form.line_spacing + self.form.paragraph_spacing
        before = self.manuscript.parts[number - 1]
        return room if part.is_paragraph and before.is_paragraph else max(room, 1)

    # -- folding -----------------------------------------------------------------------------

    @property
    def _fold(self) -> int:
        """The part that is the heading of what can be folded; -1: there is none."""
        related = self.manuscript.related
        return related[0] if len(related) > 1 else -1

    def hides(self, part: int) -> bool:
        """Whether a part is folded away."""
        related = self.manuscript.related
        return self.is_folded and related[0] < part <= related[-1] and part in related

    def is_fold(self, spot: Spot) -> bool:
        """Whether the line at ``spot`` is the one that folds and unfolds."""
        return spot.part == self._fold and spot.line >= self._room_above(spot.part)

    def fold(self, is_folded: bool) -> None:
        """Fold the articles at the end away, or unfold them; spots above stay what they are."""
        if self._fold >= 0 and is_folded != self.is_folded:
            self.is_folded = is_folded
            for part in self.manuscript.related:
                self._pieces[part] = None

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
        return self.line_of(part, place - places[part])

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
            Spot(number, self._room_above(number))
            for number, part in enumerate(self.manuscript.parts)
            if part.is_heading and not self.hides(number)
        ]

    # -- text --------------------------------------------------------------------------------

    def text(self, part: int) -> str:
        """The text of a part without white space, in the order in which it is read."""
        text = written(self.manuscript.parts[part])
        if text is not None:
            return text
        if self.hides(part):
            return "".join(map(visible, self._set(part)))
        piece = self._piece(part)
        piece.count()
        return "".join(map(visible, piece.lines))

    def joint(self, spot: Spot) -> str | None:
        """What stands in the text between the line at ``spot`` and the one below: white space.

        Empty inside a word; None where the layout parts them, as it does after a paragraph.
        """
        piece, block = self._piece(spot.part), self.manuscript.parts[spot.part].block
        if not isinstance(block, Paragraph) or not piece.reaches(spot.line + 1):
            return None
        count = piece.before(spot.line + 1)
        inked = [found.start() for found in _INK.finditer(text_of(block.runs))]
        if not 0 < count < len(inked):
            return None
        return text_of(block.runs)[inked[count - 1] + 1 : inked[count]]

    def line_of(self, part: int, offset: int) -> Spot:
        """The line on which the character ``offset`` of a part's ``text`` stands.

        Of a part that is folded away: the line that unfolds it.
        """
        if self.hides(part):
            return Spot(self._fold, self._piece(self._fold).count() - 1)
        return Spot(part, self._piece(part).line_at(offset))

    def offset(self, spot: Spot) -> int:
        """The characters of a part's ``text`` before the line at ``spot``."""
        return self._piece(spot.part).before(spot.line)
