"""One row of the list: a headline in exactly as many cells as the pane is wide.

From left to right: a cell left blank for the cursor mark, ``●`` unread, ``★`` starred, the day,
the time, the source (aligned), the title, badges (right-aligned, grouped by market)::

     ● 06-14 周二 20:16 银杉证券报    星湃储能拿下青海盐湖侧超大储能订单       星湃储能·SZ +2
      ★           17:32 蓝桥数据      储能概念掀涨停潮！沪指重返3300点             沪指·SH +28

Days are no rows of their own. The day of the first row in sight stands in the title line of the
pane, with year and weekday, and stays there while the rows scroll; a row that begins another day
says so in the column of the day, whose place is blank in the other rows. That costs no line:
headings would take up to half of the eight rows on a screen of 80 × 24, or of a list of one ticker
with a post a day. And row n stands at line n × height, whatever days a million posts are of.

As the row narrows, this gives way, in this order:

1. badges beyond the third, then one badge after the other into ``+N``;
2. the source: 16 cells from ``LONG_SOURCE_FROM``, 12 from ``SOURCE_FROM``, none below;
3. the weekday (below ``WEEKDAY_FROM`` cells);
4. the column of the day (below ``DAY_FROM``): the first row of a day has its date for its time;
5. the badges altogether;
6. the time (where fewer than ``LEAST_TITLE`` cells would be left for the title);
7. the end of the title, told by ``…``.

A day of another year than the row above is written with its year, for which the time gives way.

With a ``height`` of 2, for panes below 60 cells, the title goes on in the second line, which begins
with the day and ends with the badges; where the title needs one line only, the second names the
source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from finews_tui.lean import Literal, Protocol
from finews_tui.page.badges import Badge, grouped, short_badge
from finews_tui.page.cells import ELLIPSIS, fit, pad, printable, split_at, width_of
from finews_tui.page.line import Line, Role, Span

LONG_SOURCE_FROM, LONG_SOURCE = 140, 16
"""From this width of a row a source has so many cells: eight Chinese characters."""
SOURCE_FROM, SHORT_SOURCE = 100, 12
"""The same for six."""
WEEKDAY_FROM = 120
"""The width from which a day has its weekday."""
DAY_FROM = 90
"""The width from which the day has a column of its own."""
LEAST_TITLE = 12
"""The cells that a title has at least before the time gives way."""
MOST_BADGES = 3
"""The badges that a row shows at most."""

Day = Literal["same", "other", "other year", "alone"]
"""How the day of a row stands to that of the row above; ``alone`` where rows have no order."""

_WEEKDAYS = "一二三四五六日"


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
    day: Day = "same",
    show_source: bool = True,
    marked: Sequence[tuple[int, int]] = (),
    names: Mapping[str, str] | None = None,
    ambiguous: int = 1,
) -> tuple[Line, ...]:
    """``row`` as exactly ``height`` lines of exactly ``width`` cells each.

    ``marked`` are the places (start, end; ascending) in ``title_of(row)`` to show as matches.
    """
    head = [*_marks(row.is_read, row.is_starred, ambiguous)]
    taken = 2 + 2 * ambiguous
    below: list[Span] = [(" " * taken, "text")]
    here = row.published.astimezone(zone) if row.published else None
    when, under = _when(here, day, width) if height == 1 else _stacked(here, day)
    column = sum(width_of(text) for text, _ in when)
    if width - taken - column - 1 >= LEAST_TITLE:
        head += [*when, (" ", "text")]
        below += [*under, (" ", "text")]
        taken += column + 1
    source = printable(row.source or "") if show_source else ""
    if width >= SOURCE_FROM and show_source and height == 1:
        cells = LONG_SOURCE if width >= LONG_SOURCE_FROM else SHORT_SOURCE
        head.append((pad(source, cells, ambiguous) + "  ", "source"))
        taken += cells + 2
    room = width - taken
    if room < 2:
        blank: Line = ((" " * width, "text"),)
        return ((_clip(head, width, ambiguous)), *([blank] * (height - 1)))
    title = _Title(title_of(row), "title-read" if row.is_read else "title", marked, ambiguous)
    badges = [short_badge(badge, names or {}, ambiguous) for badge in badges_of(row)]
    if height == 1:
        return ((*head, *_fill(title, 0, badges, room)),)
    from finews_tui.page.wrap import wrap  # late: most panes are wide enough without

    pieces = wrap(title.text, room, ambiguous=ambiguous)
    indent: list[Span] = [(" " * taken, "text")]
    if width - sum(width_of(text, ambiguous) for text, _ in below) < LEAST_TITLE:
        below = indent  # a year beside a narrow title
    lines: list[Line] = [(*head, *title.part(*pieces[0], room))]
    for index in range(1, height):
        left = below if index == 1 else indent
        cells = width - sum(width_of(text, ambiguous) for text, _ in left)
        if index < height - 1:
            start, end = pieces[index] if index < len(pieces) else (0, 0)
            lines.append((*left, *title.part(start, end, cells)))
        elif index < len(pieces):
            lines.append((*left, *_fill(title, pieces[index][0], badges, cells)))
        else:
            named = _Title(source, "source", (), ambiguous)
            lines.append((*left, *_fill(named, 0, badges, cells)))
    return tuple(lines)


def title_of(row: Row) -> str:
    """The title as a row shows it, before it is cut."""
    return printable(row.title).strip()


def badges_of(row: Row) -> list[Badge]:
    """The tickers and sectors of a row in the order in which they are shown and counted."""
    return grouped([*row.tickers, *row.sectors])


def heading_of(day: date | None) -> str:
    """A day as the title line of the list says it: ``2022-06-14 周二``; nothing for no day."""
    return f"{day.isoformat()} 周{_WEEKDAYS[day.weekday()]}" if day is not None else ""


def _marks(is_read: bool, is_starred: bool, ambiguous: int) -> Line:
    """The cursor's cell and the marks; each mark has its own place, so nothing shifts."""
    blank = " " * ambiguous
    return (
        (" ", "text"),
        (blank if is_read else "●", "unread"),
        ("★" if is_starred else blank, "star"),
        (" ", "text"),
    )


def _when(here: datetime | None, day: Day, width: int) -> tuple[list[Span], list[Span]]:
    """Day and time of a row of one line, equally wide in all rows of a list.

    Only a year in a narrow row takes more: its title begins later.
    """
    time = _time(here)
    if day == "alone":
        form, cells = ("%Y-%m-%d", 10) if width >= DAY_FROM else ("%m-%d", 5)
        return [(_date(here, form).ljust(cells + 1), "day"), (time, "time")], []
    if width >= WEEKDAY_FROM:
        return _with_weekday(here, day, time), []
    if width >= DAY_FROM:
        if day == "other year":
            return [(_date(here, "%Y-%m-%d ").ljust(11), "day")], []
        date = _date(here, "%m-%d") if day == "other" else ""
        return [(date.ljust(6), "day"), (time, "time")], []
    if day == "same":
        return [(time, "time")], []
    return [(_date(here, "%m-%d" if day == "other" else "%Y-%m-%d").ljust(5), "day")], []


def _with_weekday(here: datetime | None, day: Day, time: str) -> list[Span]:
    """``06-14 周二 20:16`` in sixteen cells, ``2021-12-31 周五`` at the turn of a year."""
    if day == "same" or here is None:
        return [(" " * 11, "day"), (time, "time")]
    weekday: Span = (f"周{_WEEKDAYS[here.weekday()]}", "day")
    if day == "other year":
        return [(here.strftime("%Y-%m-%d "), "day"), weekday, (" ", "time")]
    return [(here.strftime("%m-%d "), "day"), weekday, (" ", "day"), (time, "time")]


def _stacked(here: datetime | None, day: Day) -> tuple[list[Span], list[Span]]:
    """The time, and the day below it, of a row of several lines."""
    form = "%Y-%m-%d" if day in ("other year", "alone") else "%m-%d"
    date = _date(here, form) if day != "same" else ""
    return [(_time(here), "time")], [(date.ljust(5), "day")]


def _date(here: datetime | None, form: str) -> str:
    return here.strftime(form) if here is not None else ""


def _time(here: datetime | None) -> str:
    """Exactly midnight is what a post has whose day is known but not its time."""
    if here is None or not (here.hour or here.minute or here.second):
        return " " * 5
    return here.strftime("%H:%M")


class _Title:
    """A text of which some places are matches, to be cut and filled up."""

    def __init__(
        self, text: str, role: Role, marked: Sequence[tuple[int, int]], ambiguous: int
    ) -> None:
        self.text = text
        """On one line, as ``printable`` makes it."""
        self.ambiguous = ambiguous
        self._role: Role = role
        self._marked = marked

    def part(self, start: int, end: int, cells: int) -> list[Span]:
        """What stands from ``start`` to ``end`` in exactly ``cells`` cells."""
        text = self.text[start:end]
        short, taken = fit(text, cells, self.ambiguous)
        shown = short + " " * (cells - taken)
        kept = len(text) if short == text else len(short) - len(ELLIPSIS)
        spans: list[Span] = []
        at = 0
        for left, right in self._marked:
            left, right = max(left - start, at), min(right - start, kept)
            if left < right:
                spans += [(shown[at:left], self._role), (shown[left:right], "match")]
                at = right
        spans.append((shown[at:], self._role))
        return [span for span in spans if span[0]]


def _fill(title: _Title, start: int, badges: Sequence[Span], room: int) -> list[Span]:
    """The title from ``start`` on and as many of ``badges`` as leave it its place, in ``room``."""
    ambiguous = title.ambiguous
    needed = width_of(title.text[start:], ambiguous)
    most = max(room - needed - 2, min(room // 4, 24)) if room >= LEAST_TITLE else 0
    shown, cells = _pick(badges, min(most, room // 2) if needed > room // 2 else most, ambiguous)
    end = len(title.text)
    if not shown:
        return title.part(start, end, room)
    return [*title.part(start, end, room - cells - 2), ("  ", "text"), *shown]


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
