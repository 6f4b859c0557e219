"""The article on the screen: what is marked in it, folded, painted, selected and clicked.

``standing.py``, its base, knows which lines those are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.message import Message
from textual.strip import Strip

from finews_tui.page import TOP, Spot, width_of
from finews_tui.page.line import Line
from finews_tui.tui.article_marks import ArticleMarks
from finews_tui.tui.paint import overlaid
from finews_tui.tui.selecting import is_one_address
from finews_tui.tui.standing import StandingView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.page import Article


class ArticleView(StandingView):
    """One article, laid out for the width of this pane."""

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
        self.marks = ArticleMarks()
        """What is marked in it."""
        self.hints: Mapping[int, Sequence[tuple[int, str]]] = {}
        """Letters over what can be opened: of a row, the first cell and the letters of each."""

    # -- content -----------------------------------------------------------------------------

    def show(self, article: Article, key: str, place: int = 0) -> None:
        """Show an article at ``place``, or where it stands if it is the one that is shown."""
        if key == self.key and self.article is not None:
            place = self.place
            article.fold(self.article.is_folded)
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

    def _stand_at(self, spot: Spot) -> None:
        self.hints = {}
        super()._stand_at(spot)

    # -- folding -----------------------------------------------------------------------------

    @property
    def offers_to_unfold(self) -> bool:
        """Whether the line is on the screen under which related articles are folded away."""
        article = self.article
        if article is None or not article.is_folded:
            return False
        return any(article.is_fold(spot) for spot, _ in self.rows)

    def fold(self, is_folded: bool | None = None) -> None:
        """Fold or unfold the related articles; without a wish the other way round."""
        if self.article is not None:
            self.article.fold(not self.article.is_folded if is_folded is None else is_folded)
            here = self.spot
            if self.article.hides(here.part):
                here = self.article.line_of(here.part, 0)
            self._stand_at(self._clamped(here))

    # -- searching ---------------------------------------------------------------------------

    def search(self, wanted: str) -> int:
        """Mark all places of ``wanted``, also over line ends; how many there are."""
        self.marks.search(wanted)
        self._reveal()
        self.refresh()
        return self.marks.count

    def _reveal(self) -> None:
        """Unfold what is folded away where something is marked there."""
        matches, article = self.marks.matches, self.article
        if matches is not None and article is not None and any(map(article.hides, matches.parts)):
            self.fold(False)

    def highlight(self, words: Sequence[str]) -> None:
        """Mark the words of the list's query, while nothing is searched for."""
        if self.marks.highlight(words):
            self.refresh()

    def next_match(self, steps: int, *, start: Spot | None = None) -> bool:
        """To a match further on, or back, around the end; from ``start`` if it is given."""
        self._reveal()
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

    def joint(self, line: int) -> str | None:
        """Text that was broken where the pane ends is one text again, and so is an address."""
        lines = self._lines(line, 2)
        if self.article is None or not lines:
            return None
        joint = self.article.joint(lines[0][0])
        return "" if joint is None and is_one_address([spans for _, spans in lines], 0) else joint

    def added(self, line: int) -> list[tuple[int, int]]:
        """Indents and gaps."""
        cell, found = 0, []
        for _, spans in self._lines(line, 1):
            for text, role in spans:
                cells = width_of(text, self.ambiguous)
                if role == "gap":
                    found.append((cell, cell + cells))
                cell += cells
        return found

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
        from finews_tui.page.pointing import badge_at, is_fold_at, link_at  # late: a click is rare

        spot, _ = self.rows[event.y]
        if url := link_at(self.article, spot, event.x):
            self.post_message(self.LinkClicked(url))
        elif symbol := badge_at(self.article, spot, event.x):
            self.post_message(self.BadgeClicked(symbol))
        elif is_fold_at(self.article, spot, event.x):
            self.fold()
