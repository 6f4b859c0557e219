"""The article: its lines, where the reader stands in each post, and matches of a search.

The view stands at a spot of the article, and everything on the screen follows from it downwards.
Textual's own scrolling counts lines from the top; here nobody knows how many there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.message import Message
from textual.strip import Strip

from finews_tui.page import TOP, Spot
from finews_tui.page.line import Line
from finews_tui.tui.article_marks import ArticleMarks
from finews_tui.tui.line_list import PaintedView
from finews_tui.tui.paint import overlaid
from finews_tui.tui.selecting import is_one_address

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.page import Article

CHARACTERS_A_MINUTE = 450


class ArticleView(PaintedView):
    """One article, laid out for the width of this pane."""

    class Scrolled(Message):
        """The reader stands elsewhere in the article."""

    class Reshaped(Message):
        """The pane has another width: the article must be laid out again."""

    class BadgeClicked(Message):
        """A ticker badge was clicked."""

        def __init__(self, symbol: str) -> None:
            super().__init__()
            self.symbol = symbol

    class LinkClicked(Message):
        """A link was clicked."""

        def __init__(self, url: str) -> None:
            super().__init__()
            self.url = url

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.article: Article | None = None
        self.key = ""
        """The key of the post that is shown."""
        self.spot = TOP
        """The line at the top of the pane."""
        self._rows: list[tuple[Spot, Line]] | None = None
        self.marks = ArticleMarks()
        """What is marked in it."""
        self.hints: Mapping[int, Sequence[tuple[int, str]]] = {}
        """Letters over what can be opened: of a row, the first cell and the letters of each."""

    # -- content -----------------------------------------------------------------------------

    def show(self, article: Article, key: str, place: int = 0) -> None:
        """Show an article at ``place``, or where it stands if it is the one that is shown."""
        place = self.place if key == self.key else place
        self.release()
        self.article, self.key = article, key
        self.marks.begin(article)
        self._stand_at(self._clamped(article.spot_at(place)))

    def clear(self, *lines: Line) -> None:
        """Show no article, and say why."""
        self.article, self.key = None, ""
        self.marks.begin(None)
        self._stand_at(TOP)
        self.say(*lines)

    @property
    def is_empty(self) -> bool:
        """Whether there is no article, so that the pane says why."""
        return self.article is None

    @property
    def rows(self) -> list[tuple[Spot, Line]]:
        """The lines on the screen, from the top; as many as there are."""
        if self._rows is None:
            article = self.article
            self._rows = article.lines_from(self.spot, self._height) if article else []
        return self._rows

    @property
    def top(self) -> int:
        """The number of the top line; all that stands above it is laid out for that."""
        return self.article.number_of(self.spot) if self.article else 0

    @property
    def reach(self) -> int:
        """The lines down to the last one on the screen."""
        return self.top + len(self.rows)

    @property
    def place(self) -> int:
        """How many characters lie above the top line; the same in every width."""
        return self.article.place(self.spot) if self.article else 0

    @property
    def percent(self) -> int:
        """How much of the article has been on the screen, of 100, in characters."""
        if self.article is None or self.is_at_end:
            return 100
        last = self.rows[-1][0]
        seen = self.article.place(last._replace(line=last.line + 1))
        return min(99, round(100 * seen / self.article.length))

    @property
    def minutes(self) -> int:
        """Minutes of reading from the top line on, at least one while there is more."""
        article = self.article
        if article is None or not article.length:
            return 0
        left = 1 - self.place / article.length
        return max(1, round(article.manuscript.characters * left / CHARACTERS_A_MINUTE))

    @property
    def is_at_end(self) -> bool:
        """Whether the last line is on the screen."""
        return self.article is None or not self.article.has_more(self.spot, self._height)

    @property
    def _height(self) -> int:
        return max(1, self.size.height)

    # -- motion ------------------------------------------------------------------------------

    def go_to_spot(self, spot: Spot) -> None:
        """Put a line at the top of the pane, as far as the article reaches."""
        if (spot := self._clamped(spot)) != self.spot:
            self._stand_at(spot)

    def _clamped(self, spot: Spot) -> Spot:
        if self.article is None:
            return TOP
        if self.article.has_more(spot, self._height - 1):
            return spot
        return min(spot, self.article.end(self._height))

    def _stand_at(self, spot: Spot) -> None:
        self.spot = spot
        self._rows = None
        self.hints = {}
        self.refresh()
        self.post_message(self.Scrolled())

    def move(self, lines: int) -> None:
        """Scroll down by ``lines``, or up when negative."""
        if self.article is not None:
            self.go_to_spot(self.article.move(self.spot, lines))

    def page(self, pages: float) -> None:
        """Scroll by so many pages; a whole page keeps one line in sight."""
        height = self.size.height
        lines = round(pages * height) - (pages >= 1) + (pages <= -1)
        self.move(lines or (1 if pages > 0 else -1))

    def go_to(self, line: int) -> None:
        """To a line, the first being 0."""
        if self.article is not None:
            self.go_to_spot(self.article.move(TOP, line))

    def scroll_lines_to(self, line: int) -> None:
        """The same, while one selects beyond the edge."""
        self.go_to(line)

    def go_to_percent(self, percent: int) -> None:
        """To the line above which so many of a hundred characters stand."""
        if self.article is not None:
            self.go_to_spot(self.article.spot_at(self.article.length * percent // 100))

    def last(self) -> None:
        """To the end."""
        if self.article is not None:
            self.go_to_spot(self.article.end(self._height))

    def heading(self, steps: int) -> bool:
        """To a heading further on, or back when negative; False when there is none."""
        headings = self.article.headings if self.article else []
        if steps > 0:
            ahead = [spot for spot in headings if spot > self.spot]
        else:
            ahead = [spot for spot in reversed(headings) if spot < self.spot]
        if not ahead or (steps > 0 and self.is_at_end):
            return False
        self.go_to_spot(ahead[min(abs(steps), len(ahead)) - 1])
        return True

    # -- searching ---------------------------------------------------------------------------

    def search(self, wanted: str) -> int:
        """Mark all places of ``wanted``, also over line ends; how many there are."""
        self.marks.search(wanted)
        self.refresh()
        return self.marks.count

    def highlight(self, words: Sequence[str]) -> None:
        """Mark the words of the list's query, while nothing is searched for."""
        if self.marks.highlight(words):
            self.refresh()

    def next_match(self, steps: int, *, start: Spot | None = None) -> bool:
        """To a match further on, or back, around the end; from ``start`` if it is given."""
        here = self.spot if start is None else start
        spot = self.marks.step(steps, here, is_first=start is not None)
        if spot is None or self.article is None:
            return False
        if spot not in (here for here, _ in self.rows[: self._height - self.covered]):
            self.go_to_spot(self.article.move(spot, -(self.size.height // 3)))
        return True

    def show_hints(self, hints: Mapping[int, Sequence[tuple[int, str]]]) -> None:
        """Put letters over what can be opened, or take them away; scrolling does, too."""
        self.hints = hints
        self.refresh()

    # -- painting and pointing ---------------------------------------------------------------

    def paint_row(self, y: int, width: int) -> Strip:
        """The strip of a row of the screen, with its matches and what is selected."""
        if y >= len(self.rows):
            return self.painter.blank(width)
        spot, line = self.rows[y]
        line = self.marks.marked(spot, line)
        for column, letters in self.hints.get(y, ()):
            line = overlaid(line, column, (letters, "hint"), self.ambiguous)
        strip = self.painter.strip(line, width)
        return self.with_selection(self.top + y, strip) if self.has_selection else strip

    def paint_line(self, line: int, width: int) -> Strip:
        """The strip of a line by its number."""
        ((spot, spans),) = self._lines(line, 1)
        return self.painter.strip(self.marks.marked(spot, spans), width)

    def _lines(self, number: int, count: int) -> list[tuple[Spot, Line]]:
        """Lines by the number of the first; all that stands above is laid out for that."""
        article = self.article
        return article.lines_from(article.move(TOP, number), count) if article else []

    def goes_on(self, line: int) -> bool:
        """An address is broken where the pane ends, not where it has a break."""
        return is_one_address([spans for _, spans in self._lines(line, 2)], 0)

    def refresh_lines(self, y_start: int, line_count: int = 1) -> None:
        """Paint all rows again: Textual would look for the lines where it thinks to stand."""
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Ask for another layout when the width changed."""
        self._rows = None
        if self.article is not None and event.size.width != self.article.width:
            self.post_message(self.Reshaped())
        else:
            self.go_to_spot(self.spot)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls as far as everywhere in Textual."""
        self.move(round(self.app.scroll_sensitivity_y))
        event.stop()
        event.prevent_default()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The same upwards."""
        self.move(-round(self.app.scroll_sensitivity_y))
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """A badge asks for its news, a link to be opened."""
        if self.was_dragged or self.article is None or event.y >= len(self.rows):
            return
        from finews_tui.page.pointing import badge_at, link_at  # late: most keep to the keys

        spot, _ = self.rows[event.y]
        if url := link_at(self.article, spot, event.x):
            self.post_message(self.LinkClicked(url))
        elif symbol := badge_at(self.article, spot, event.x):
            self.post_message(self.BadgeClicked(symbol))
