"""The article: its lines, where the reader stands in each post, and matches of a search.

This room alone turns a place in an article into a line and back, so that the place survives
another width.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from textual import events
from textual.message import Message
from textual.strip import Strip

from finews_tui.page import plain, width_of
from finews_tui.page.line import Line
from finews_tui.tui.line_list import PaintedView
from finews_tui.tui.paint import found, mark
from finews_tui.tui.selecting import is_one_address

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.page import Article, PlacedLink

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
        self._before: list[int] = [0]
        self._wanted = ""
        self._matches: list[tuple[tuple[int, int, int], ...]] = []
        self._marks: dict[int, list[tuple[int, int]]] = {}
        self._match = -1
        self._laid_for = 0

    # -- content -----------------------------------------------------------------------------

    def show(self, article: Article, key: str, place: int = 0) -> None:
        """Show an article at ``place``, or where it stands if it is the one that is shown."""
        place = self.place if key == self.key else place
        self.release()
        self.article, self.key = article, key
        self._laid_for = self.size.width
        self._before = list(accumulate((_weight(line) for line in article.lines), initial=0))
        self.set_height(len(article.lines))
        self.scroll_lines_to(self.line_at(place))
        self.search(self._wanted)
        self.refresh()
        self.post_message(self.Scrolled())

    def clear(self, *lines: Line) -> None:
        """Show no article, and say why."""
        self.article, self.key = None, ""
        self._before, self._matches, self._marks = [0], [], {}
        self.set_height(0)
        self.say(*lines)
        self.refresh()
        self.post_message(self.Scrolled())

    @property
    def place(self) -> int:
        """How many characters lie above the top line; the same in every width."""
        return self._before[min(self.top, len(self._before) - 1)]

    def line_at(self, place: int) -> int:
        """The line at whose top ``place`` characters lie above."""
        low, high = 0, len(self._before) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._before[middle] <= place:
                low = middle
            else:
                high = middle - 1
        # Blank lines weigh nothing: the place at the very top is the first of them.
        return 0 if place == 0 else low

    @property
    def percent(self) -> int:
        """How much of the article has been on the screen, of 100."""
        height = self.virtual_size.height
        if not height or self.top >= self.max_scroll_y:
            return 100
        return min(99, round(100 * (self.top + self.size.height) / height))

    @property
    def minutes(self) -> int:
        """Minutes of reading from the top line on, at least one while there is more."""
        if self.article is None or not self._before[-1]:
            return 0
        left = 1 - self.place / self._before[-1]
        return max(1, round(self.article.characters * left / CHARACTERS_A_MINUTE))

    @property
    def is_at_end(self) -> bool:
        """Whether the last line is on the screen."""
        return self.top >= self.max_scroll_y

    # -- motion ------------------------------------------------------------------------------

    def move(self, lines: int) -> None:
        """Scroll down by ``lines``, or up when negative."""
        self.scroll_lines_to(self.top + lines)

    def page(self, pages: float) -> None:
        """Scroll by so many pages; a whole page keeps one line in sight."""
        height = self.size.height
        lines = round(pages * height) - (pages >= 1) + (pages <= -1)
        self.move(lines or (1 if pages > 0 else -1))

    def go_to(self, line: int) -> None:
        """Put ``line``, the first being 0, at the top."""
        self.scroll_lines_to(line)

    def go_to_percent(self, percent: int) -> None:
        """To the line above which so many of a hundred lines stand."""
        self.go_to(self.virtual_size.height * min(percent, 100) // 100)

    def last(self) -> None:
        """To the end."""
        self.scroll_lines_to(self.virtual_size.height)

    def heading(self, steps: int) -> bool:
        """To a heading further on, or back when negative; False when there is none."""
        headings = self.article.headings if self.article else ()
        if steps > 0:
            ahead = [line for line in headings if line > self.top]
        else:
            ahead = [line for line in reversed(headings) if line < self.top]
        if not ahead or (steps > 0 and self.is_at_end):
            return False
        self.go_to(ahead[min(abs(steps), len(ahead)) - 1])
        return True

    # -- searching ---------------------------------------------------------------------------

    def search(self, wanted: str) -> int:
        """Mark all places of ``wanted``, also over line ends; how many there are."""
        self._wanted = wanted
        self._match = -1
        self._matches, self._marks = [], {}
        if wanted and self.article is not None:
            self._matches = _places(self.article.lines, wanted)
            for parts in self._matches:
                for line, start, stop in parts:
                    self._marks.setdefault(line, []).append((start, stop))
        self.refresh()
        return len(self._matches)

    @property
    def match_count(self) -> int:
        """How many places the search found."""
        return len(self._matches)

    def next_match(self, steps: int, *, start: int | None = None) -> bool:
        """To a match further on, or back, around the end; from line ``start`` if it is given."""
        if not self._matches:
            return False
        lines = [parts[0][0] for parts in self._matches]
        if start is not None or self._match < 0:
            line = self.top if start is None else start
            after = next((i for i, at in enumerate(lines) if at >= line), 0)
            self._match = after - 1 if steps > 0 else after
        self._match = (self._match + steps) % len(lines)
        line = lines[self._match]
        if not self.top <= line < self.top + self.size.height - self.covered:
            self.scroll_lines_to(line - self.size.height // 3)
        return True

    # -- painting and pointing ---------------------------------------------------------------

    def paint_line(self, line: int, width: int) -> Strip:
        """The strip of a line, with its matches."""
        if self.article is None or line >= len(self.article.lines):
            return self.painter.blank(width)
        content = self.article.lines[line]
        if ranges := self._marks.get(line):
            content = mark(content, ranges)
        return self.painter.strip(content, width)

    def goes_on(self, line: int) -> bool:
        """An address is broken where the pane ends, not where it has a break."""
        return is_one_address(self.article.lines if self.article is not None else (), line)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The percentage changes with the place."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Scrolled())

    def on_resize(self, event: events.Resize) -> None:
        """Ask for another layout when the width changed."""
        if self.article is not None and event.size.width != self._laid_for:
            self.post_message(self.Reshaped())
        else:
            self.scroll_lines_to(self.top)

    def on_click(self, event: events.Click) -> None:
        """A badge asks for its news, a link to be opened."""
        line = self.top + event.y
        if self.was_dragged or self.article is None or line >= len(self.article.lines):
            return
        role, badge = self._pointed(line, event.x)
        if role in ("link", "link-number"):
            if url := _url_at(self.article.links, line, event.x):
                self.post_message(self.LinkClicked(url))
        elif role.startswith("badge-") and badge < len(self.article.badges):
            self.post_message(self.BadgeClicked(self.article.badges[badge]))

    def _pointed(self, line: int, x: int) -> tuple[str, int]:
        """The role at cell ``x`` of ``line``, and how many badges stand before it."""
        assert self.article is not None
        above = self.article.lines[:line]
        badges = sum(role.startswith("badge-") for spans in above for _, role in spans)
        left = 0
        for text, role in self.article.lines[line]:
            right = left + width_of(text)
            if left <= x < right:
                return role, badges
            badges += role.startswith("badge-")
            left = right
        return "", badges


def _url_at(links: Sequence[PlacedLink], line: int, x: int) -> str | None:
    """The address that cell ``x`` of ``line`` belongs to.

    A link's number stands after its text, that of the original, number 0, before the address.
    """
    for link in sorted(links, key=lambda link: (link.line, link.column)):
        end = link.column + len(f"[{link.number}]")
        if link.number == 0:
            if link.line <= line:
                return link.url
        elif (link.line, end) > (line, x):
            return link.url
    return None


def _weight(line: Line) -> int:
    """The characters of a line that do not depend on the width."""
    return sum(len(text) - text.count(" ") for text, role in line if role != "rule")


def _places(lines: Sequence[Line], wanted: str) -> list[tuple[tuple[int, int, int], ...]]:
    """Where ``wanted`` stands: for each match its (line, start, end), one for each line it is on.

    White space does not count, since the layout puts line ends where it likes; a blank line ends
    a paragraph and cannot be inside a match.
    """
    characters: list[str] = []
    origins: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        text = plain(line)
        if not text.strip():
            characters.append("\n")
            origins.append((number, 0))
        for column, character in enumerate(text):
            if not character.isspace():
                characters.append(character)
                origins.append((number, column))
    matches = []
    for start, stop in found("".join(characters), "".join(wanted.split())):
        parts: dict[int, tuple[int, int]] = {}
        for line_number, column in origins[start:stop]:
            first, _ = parts.get(line_number, (column, 0))
            parts[line_number] = (first, column + 1)
        matches.append(tuple((number, *columns) for number, columns in parts.items()))
    return matches
