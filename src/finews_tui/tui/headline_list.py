"""The article list: one row a post, of which only a few screenfuls are ever held.

This room alone knows which rows of a listing are at hand and asks for those that come into sight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, tzinfo

from textual import events
from textual.message import Message
from textual.reactive import reactive

from finews_tui.library import Headline, Listing, occurrences
from finews_tui.page import headline_lines, title_of
from finews_tui.page.headline import Day
from finews_tui.page.line import Line
from finews_tui.tui.line_list import LineList

NARROW = 60
"""Below this width a row takes two lines."""
NEIGHBOURS = 32
"""Posts on either side of the selected one that may take its place when it is gone."""
MOST_ROWS_HELD = 5_000
"""Rows kept in memory; beyond it all but those around the screen are forgotten."""


class HeadlineList(LineList):
    """Rows of one listing, newest first."""

    has_heading = reactive(True, repaint=False, init=False)
    """Whether the day of the first row in sight can be read above it."""

    class Wanted(Message):
        """Rows came into sight that are not at hand."""

        def __init__(self, listing: Listing, rows: range) -> None:
            super().__init__()
            self.listing = listing
            self.rows = rows

    class DayChanged(Message):
        """The first row in sight is of another day."""

        def __init__(self, day: date | None) -> None:
            super().__init__()
            self.day = day
            """None where it has no date, or where rows are not in the order of time."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.listing: Listing | None = None
        self.zone: tzinfo = UTC
        self.shows_source = True
        """Whether rows name their source, where there is room."""
        self.words: tuple[str, ...] = ()
        """Words to mark in the titles: those that the list was asked for."""
        self.highlight = ""
        """Text to mark in the titles too: what was searched in this pane."""
        self._rows: dict[int, Headline] = {}
        self._stale: set[int] = set()
        self._gone: set[int] = set()
        """Posts that the index has no longer, while the list is still the one before."""
        self._asked: tuple[int, int] = (0, 0)
        self._day_told: date | None = None

    # -- content -----------------------------------------------------------------------------

    def show(self, listing: Listing, rows: Sequence[Headline], *, cursor: int, top: int) -> None:
        """Another listing: ``rows`` are some of its rows, ``top`` is the first one to show."""
        self.listing = listing
        self._stale = set(self._rows)
        self._gone.clear()
        self._asked = (0, 0)
        self._keep(rows)
        self.count = len(listing)
        self.set_height(self.count * self.row_height)
        moved = self.cursor != self.validate_cursor(cursor)
        self.scroll_lines_to(top * self.row_height)
        self.cursor = self.validate_cursor(cursor)
        self.keep_in_sight()
        self.refresh()
        if not moved:  # the same row may hold another post now
            self.post_message(self.Moved(self))
        self._tell_day()
        self.want()

    def grow(self, listing: Listing) -> None:
        """More of the listing is known; what was known before it begins with."""
        first, before = self.top // self.row_height, self.count
        self.listing = listing
        self.count = len(listing)
        for row in range(before, min(first + self.rows_on_screen + 1, self.count)):
            self.refresh_row(row)
        self.want()

    def nearest_ids(self, with_others: bool) -> list[int]:
        """The selected post, and where it may be gone, those that may take its place."""
        if self.listing is None or not self.count:
            return []
        cursor = self.cursor
        ahead = self.listing[cursor : cursor + (NEIGHBOURS if with_others else 1)]
        behind = self.listing[max(0, cursor - NEIGHBOURS) : cursor] if with_others else ()
        return [*ahead, *reversed(behind)]

    def fill(self, rows: Sequence[Headline], wanted: Iterable[int] = ()) -> None:
        """The rows of the posts that were wanted; for some of them there may be none any more."""
        self._asked = (0, 0)
        self._gone.update(set(wanted).difference(row.id for row in rows))
        first = self.top // self.row_height
        seen = range(first, min(first + self.rows_on_screen + 1, self.count))
        before = {row: self.headline(row) for row in seen}
        self._keep(rows)
        for row, headline in before.items():
            if self.headline(row) != headline:
                self.refresh_row(row)
                if row + 1 < self.count:  # whether it begins a day, the row above tells
                    self.refresh_row(row + 1)
        self._tell_day()
        self.want()

    def _keep(self, rows: Iterable[Headline]) -> None:
        if len(self._rows) > MOST_ROWS_HELD:
            self._rows.clear()
            self._stale.clear()
        for row in rows:
            self._rows[row.id] = row
            self._stale.discard(row.id)

    def renew(self) -> None:
        """Marks changed: ask for the rows at hand again, and show the old ones until then."""
        self._stale = set(self._rows)
        self._gone.clear()
        self._asked = (0, 0)
        self.want()

    def headline(self, row: int) -> Headline | None:
        """The row, if it is at hand."""
        if self.listing is None or not 0 <= row < self.count:
            return None
        return self._rows.get(self.listing[row])

    @property
    def selected_id(self) -> int | None:
        """The id of the selected post, also while its row is not at hand."""
        return self.listing[self.cursor] if self.listing and self.cursor < self.count else None

    @property
    def current(self) -> Headline | None:
        """The selected row, if it is at hand."""
        return self.headline(self.cursor)

    @property
    def is_selected_due(self) -> bool:
        """Whether the selected row is not at hand yet, but asked for."""
        start, stop = self._asked
        return start <= self.cursor < stop and self.count > 0 and self.current is None

    def want(self) -> None:
        """Ask for the rows in sight, and a screenful on either side, that are not at hand."""
        if self.listing is None or not self.count:
            return
        height = self.rows_on_screen + 1
        first = self.top // self.row_height
        seen = range(first, min(first + height, self.count))
        if not any(self._lacks(row) for row in seen):
            return
        around = range(max(0, first - height), min(first + 2 * height, self.count))
        lacking = [row for row in around if self._lacks(row)]
        start, stop = lacking[0], lacking[-1] + 1
        if not (self._asked[0] <= start and stop <= self._asked[1]):
            self._asked = (start, stop)
            self.post_message(self.Wanted(self.listing, range(start, stop)))

    def _lacks(self, row: int) -> bool:
        assert self.listing is not None
        id = self.listing[row]
        return (id not in self._rows or id in self._stale) and id not in self._gone

    # -- painting ----------------------------------------------------------------------------

    def row_lines(self, row: int, width: int) -> tuple[Line, ...]:
        """The lines of ``row``; blank while it is not at hand."""
        headline = self.headline(row)
        if headline is None:
            return ()
        return headline_lines(
            headline,
            width,
            height=self.row_height,
            zone=self.zone,
            day=self._day_of(row),
            show_source=self.shows_source,
            marked=occurrences(title_of(headline), (*self.words, self.highlight)),
            ambiguous=self.ambiguous,
        )

    def _day_of(self, row: int) -> Day:
        """How the day of ``row`` stands to what can be read above it."""
        here = self._day(row)
        if row == self.top // self.row_height:
            return "same" if self.has_heading and self._is_by_time else "other year"
        above = self._day(row - 1)
        if here == above or here is None:
            return "same"
        return "other" if above is not None and above.year == here.year else "other year"

    @property
    def _is_by_time(self) -> bool:
        return self.listing is not None and self.listing.is_by_time

    def _tell_day(self) -> None:
        """Say of which day the first row in sight is, when that is another one."""
        day = self._day(self.top // self.row_height) if self._is_by_time else None
        if day != self._day_told:
            self._day_told = day
            self.post_message(self.DayChanged(day))

    def _day(self, row: int) -> date | None:
        headline = self.headline(row)
        if headline is None or headline.published is None:
            return None
        return headline.published.astimezone(self.zone).date()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other rows come into sight."""
        super().watch_scroll_y(old_value, new_value)
        self._tell_day()
        self.want()

    def watch_has_heading(self) -> None:
        """The first row in sight names its day, or need not."""
        self.refresh_row(self.top // self.row_height)

    def fit(self, width: int) -> None:
        """Take the height that rows have in ``width`` cells."""
        self.row_height = 2 if width < NARROW else 1

    def on_resize(self, event: events.Resize) -> None:
        """A narrow list has rows of two lines."""
        self.fit(event.size.width)
        super().on_resize(event)
        self.want()
