"""One row of the list: a headline in exactly as many cells as the pane is wide.

From left to right: a cell left blank for the cursor mark, ``●`` unread, ``★`` starred, date and
time, source (aligned), title, badges (right-aligned). The date stands once a day, its place stays
blank in the other rows, so that all columns are straight and the days can be seen::

     ● 02-12 17:54 京东科技CEO李娅云：紧抓数字经济风口 实现2022加速增长  京东集团·HK JD·US
      ★      15:02 三家银行调整大额存单利率                                           银行

As the row narrows, this gives way, in this order: badges beyond the third, then one badge after
the other into ``+N``; the source (below ``SOURCE_FROM`` cells); the year in the date (below
``YEAR_FROM``); the badges altogether; the date and time (where fewer than ``LEAST_TITLE`` cells
would be left for the title). The title is cut with ``…`` last.

With a ``height`` of 2, for panes below 60 cells, the title goes on in the second line, which ends
with the badges; where the title needs one line only, the second begins with the source. The date
then stands below the time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Protocol

from finews_tui.page.badges import Badge, short_badge
from finews_tui.page.cells import pad, printable, split_at, width_of
from finews_tui.page.line import Line, Role, Span

SOURCE_FROM = 100
"""The width of a row from which the source has its column."""
SOURCE_WIDTH = 16
"""The cells of that column: eight Chinese characters."""
YEAR_FROM = 90
"""The width of a row from which a date is written with year and time."""
LEAST_TITLE = 12
"""The cells that a title has at least before date and time give way."""
MOST_BADGES = 3
"""The badges that a row shows at most."""


class Row(Protocol):
    """What a row needs of a headline: the library's ``Headline`` has it."""

    @property
    def title(self) -> str:
        """The title."""

    @property
    def published(self) -> datetime | None:
        """When it was published."""

    @property
    def source(self) -> str | None:
        """The Chinese name of the source."""

    @property
    def tickers(self) -> Sequence[Badge]:
        """The tickers that count."""

    @property
    def sectors(self) -> Sequence[Badge]:
        """The sectors."""

    @property
    def is_read(self) -> bool:
        """Whether the post was opened."""

    @property
    def is_starred(self) -> bool:
        """Whether the post is starred."""


def headline_lines(
    row: Row,
    width: int,
    *,
    zone: tzinfo,
    height: int = 1,
    show_date: bool = False,
    show_source: bool = True,
    names: Mapping[str, str] | None = None,
    ambiguous: int = 1,
) -> tuple[Line, ...]:
    """``row`` as exactly ``height`` lines of exactly ``width`` cells each."""
    head = _marks(row, ambiguous)
    taken = sum(width_of(text, ambiguous) for text, _ in head)
    date, time = _date_and_time(row.published, zone, with_year=width >= YEAR_FROM and height == 1)
    when = time if height > 1 else (date if show_date else " " * len(date)) + " " + time
    below: list[Span] = [(" " * taken, "text")]
    if width - taken - len(when) - 1 >= LEAST_TITLE:
        head.append((when + " ", "time"))
        taken += len(when) + 1
        if height > 1:
            below.append(((date if show_date else " " * len(time)) + " ", "time"))
    if width >= SOURCE_FROM and show_source and height == 1:
        source = pad(row.source or "", SOURCE_WIDTH, ambiguous) + "  "
        head.append((source, "source"))
        taken += SOURCE_WIDTH + 2
    room = width - taken
    if room < 2:
        blank: Line = ((" " * width, "text"),)
        return ((_clip(head, width, ambiguous)), *([blank] * (height - 1)))
    title = printable(row.title).strip()
    role: Role = "title-read" if row.is_read else "title"
    badges = [short_badge(badge, names or {}, ambiguous) for badge in row.tickers]
    badges += [short_badge(badge, names or {}, ambiguous) for badge in row.sectors]
    if height == 1:
        return ((*head, *_fill(title, role, badges, room, ambiguous)),)
    from finews_tui.page.wrap import wrap  # late: most panes are wide enough without

    pieces = wrap(title, room, ambiguous=ambiguous)
    first = title[slice(*pieces[0])]
    lines: list[Line] = [(*head, (pad(first, room, ambiguous), role))]
    indent: list[Span] = [(" " * taken, "text")]
    for index in range(1, height - 1):
        part = title[slice(*pieces[index])] if index < len(pieces) else ""
        lines.append((*(below if index == 1 else indent), (pad(part, room, ambiguous), role)))
    rest = title[pieces[height - 1][0] :] if height <= len(pieces) else ""
    if not rest and show_source:
        rest, role = printable(row.source or ""), "source"
    lines.append((*(below if height == 2 else indent), *_fill(rest, role, badges, room, ambiguous)))
    return tuple(lines)


def _marks(row: Row, ambiguous: int) -> list[Span]:
    """The cursor's cell and the marks; each mark has its own place, so nothing shifts."""
    unread = " " if row.is_read else "●"
    star = "★" if row.is_starred else " "
    return [
        (" ", "text"),
        (pad(unread, ambiguous, ambiguous), "unread"),
        (pad(star, ambiguous, ambiguous), "star"),
        (" ", "text"),
    ]


def _date_and_time(published: datetime | None, zone: tzinfo, *, with_year: bool) -> tuple[str, str]:
    """Date and time, each always equally wide; spaces for what is not known.

    Exactly midnight is what a post has whose day is known but not its time.
    """
    form, length = ("%Y-%m-%d", 10) if with_year else ("%m-%d", 5)
    if published is None:
        return " " * length, " " * 5
    here = published.astimezone(zone)
    is_known = here.hour or here.minute or here.second
    return here.strftime(form).rjust(length), here.strftime("%H:%M") if is_known else " " * 5


def _fill(title: str, role: Role, badges: Sequence[Span], room: int, ambiguous: int) -> list[Span]:
    """``title`` and as many of ``badges`` as leave it its place, in exactly ``room`` cells."""
    needed = width_of(title, ambiguous)
    most = max(room - needed - 2, min(room // 4, 24)) if room >= LEAST_TITLE else 0
    shown, cells = _pick(badges, min(most, room // 2) if needed > room // 2 else most, ambiguous)
    if not shown:
        return [(pad(title, room, ambiguous), role)]
    return [(pad(title, room - cells - 2, ambiguous), role), ("  ", "text"), *shown]


def _pick(badges: Sequence[Span], room: int, ambiguous: int) -> tuple[list[Span], int]:
    """The first badges that fit into ``room`` cells with ``+N`` for the rest, and their cells."""
    for count in range(min(len(badges), MOST_BADGES), -1, -1):
        rest = len(badges) - count
        spans = list(badges[:count])
        if rest:
            spans.append((f"+{rest}", "badge-more"))
        cells = sum(width_of(text, ambiguous) for text, _ in spans) + max(len(spans) - 1, 0)
        if cells <= room:
            spaced: list[Span] = []
            for span in spans:
                if spaced:
                    spaced.append((" ", "text"))
                spaced.append(span)
            return spaced, cells
    return [], 0


def _clip(head: Sequence[Span], width: int, ambiguous: int) -> Line:
    """``head`` alone in exactly ``width`` cells, where nothing else has room."""
    text = "".join(part for part, _ in head)
    return ((pad(split_at(text, width, ambiguous)[0], width, ambiguous), "text"),)
