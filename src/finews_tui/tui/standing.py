"""Where the reader stands in an article: the lines on the screen, how much is left, and motion.

The view stands at a spot of the article, and everything on the screen follows from it downwards.
Textual's own scrolling counts lines from the top; here nobody knows how many there are.
``article_view.py`` adds what is marked, folded, painted and clicked.
"""

from __future__ import annotations

from textual.message import Message

from finews_tui.page import TOP, Spot
from finews_tui.page.line import Line
from finews_tui.tui.line_list import PaintedView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.page import Article

CHARACTERS_A_MINUTE = 450


class StandingView(PaintedView):
    """A view that stands at a line of an article."""

    class Scrolled(Message):
        """The reader stands elsewhere in the article."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.article: Article | None = None
        self.key = ""
        """The key of the post that is shown."""
        self.spot = TOP
        """The line at the top of the pane."""
        self._rows: list[tuple[Spot, Line]] | None = None

    # -- what is on the screen ----------------------------------------------------------------

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
