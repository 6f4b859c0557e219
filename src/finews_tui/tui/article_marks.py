"""What is marked in an article: matches of a search, else the words that the list was asked for.

No widget here: ``article_view.py`` shows it.
"""

from __future__ import annotations

from collections.abc import Sequence

from finews_tui.library.tokens import fold, hits, printable
from finews_tui.page.line import Line, Spot
from finews_tui.tui.paint import mark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.page import Article, Finder, Matches


class WordHits:
    """Where words stand in an article, compared as a search of the archive does.

    Looked for part by part as they come on the screen; in all of it only when somebody counts.
    """

    def __init__(self, article: Article, words: Sequence[str]) -> None:
        self._article = article
        folded = ("".join(fold(printable(word)).split()) for word in words)
        self._words = [word for word in folded if word]
        self._parts: dict[int, list[tuple[int, int, int]]] = {}
        self._all: Matches | None = None

    def ranges(self, spot: Spot) -> list[tuple[int, int]]:
        """The hits on a line, as (start, end) in the line's characters."""
        if self._all is not None:
            return self._all.ranges(spot)
        from finews_tui.page import Matches

        return Matches(self._article, self._part(spot.part)).ranges(spot)

    def all(self) -> Matches:
        """All hits."""
        if self._all is None:
            from finews_tui.page import Matches

            parts = range(len(self._article.manuscript.parts))
            found = [hit for part in parts for hit in self._part(part)]
            self._all = Matches(self._article, found)
        return self._all

    def _part(self, part: int) -> list[tuple[int, int, int]]:
        found = self._parts.get(part)
        if found is None:
            places = hits(self._article.text(part), self._words)
            found = self._parts[part] = [(part, start, end) for start, end in places]
        return found


class ArticleMarks:
    """The marks of the article that is shown."""

    def __init__(self) -> None:
        self.number = -1
        """Which match one went to last, the first being 0; -1: none yet."""
        self._article: Article | None = None
        self._finder: Finder | None = None
        self._wanted = ""
        self._words: tuple[str, ...] = ()
        self._matches: Matches | None = None
        self._hits: WordHits | None = None

    def begin(self, article: Article | None) -> None:
        """Look in another article, or the same in another width, for the same."""
        self._article, self._finder = article, None
        self._look()

    def search(self, wanted: str) -> None:
        """Mark all places of ``wanted``, also over line ends."""
        self._wanted = wanted
        self._look()

    def highlight(self, words: Sequence[str]) -> bool:
        """Mark ``words`` while nothing is searched for; whether that is anything new."""
        if tuple(words) == self._words:
            return False
        self._words = tuple(words)
        self._look()
        return True

    def _look(self) -> None:
        self.number = -1
        self._matches = self._hits = None
        if self._article is None:
            return
        if self._wanted:
            if self._finder is None:
                from finews_tui.page import Finder  # late, like everything about articles

                self._finder = Finder(self._article)
            self._matches = self._finder.find(self._wanted)
        elif self._words:
            self._hits = WordHits(self._article, self._words)

    @property
    def matches(self) -> Matches | None:
        """The places that are marked, all of them found."""
        return self._hits.all() if self._hits is not None else self._matches

    @property
    def count(self) -> int:
        """How many places are marked."""
        matches = self.matches
        return len(matches) if matches is not None else 0

    def step(self, steps: int, here: Spot, *, is_first: bool = False) -> Spot | None:
        """To a match further on, or back, around the end; the line on which it begins.

        The first one is looked for from the line ``here`` on.
        """
        matches = self.matches
        if matches is None or not len(matches):
            return None
        if is_first or self.number < 0:
            after = matches.index_from(here) % len(matches)
            self.number = after - 1 if steps > 0 else after
        self.number = (self.number + steps) % len(matches)
        return matches.spot(self.number)

    def marked(self, spot: Spot, line: Line) -> Line:
        """``line`` with what is marked on it."""
        shown = self._hits if self._hits is not None else self._matches
        ranges = shown.ranges(spot) if shown is not None else []
        return mark(line, ranges) if ranges else line
