"""Where words stand in an article, whether its lines are laid out or not.

White space does not count, since the layout puts line ends where it likes; the marks of lists, link
numbers and hairlines do not count either. No match goes from one paragraph into the next.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from finews_tui.page.article import Article
from finews_tui.page.line import DECORATION, Spot

_HALF_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {
    ord(half): ord(full) for half, full in zip("｡､｢｣･", "。、「」・", strict=True)
}


def folded(text: str, *, is_case_kept: bool) -> str:
    """``text``, full- and half-width forms made alike, character for character."""
    text = text.translate(_HALF_WIDTH)
    if is_case_kept:
        return text
    lower = text.lower()
    if len(lower) != len(text):  # ``İ`` becomes two
        lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return lower


class Finder:
    """Finds words in one article, whose text is put together once."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._texts: dict[bool, list[str]] = {}

    def find(self, wanted: str) -> Matches:
        """All places of ``wanted``; smart case: capitals only matter when typed."""
        wanted = folded("".join(wanted.split()), is_case_kept=True)
        is_case_kept = wanted != wanted.lower()
        found: list[tuple[int, int, int]] = []
        if wanted:
            for part, text in enumerate(self._folded(is_case_kept)):
                start = text.find(wanted)
                while start >= 0:
                    found.append((part, start, start + len(wanted)))
                    start = text.find(wanted, start + len(wanted))
        return Matches(self._article, found)

    def _folded(self, is_case_kept: bool) -> list[str]:
        texts = self._texts.get(is_case_kept)
        if texts is None:
            parts = range(len(self._article.manuscript.parts))
            texts = self._texts[is_case_kept] = [
                folded(self._article.text(part), is_case_kept=is_case_kept) for part in parts
            ]
        return texts


class Matches:
    """The places of one search, in the order in which they stand."""

    def __init__(self, article: Article, found: list[tuple[int, int, int]]) -> None:
        self._article = article
        self._found = found
        """Part, first character of its text, the one behind the last."""

    def __len__(self) -> int:
        return len(self._found)

    @property
    def parts(self) -> Iterator[int]:
        """The part in which each stands."""
        return (part for part, _, _ in self._found)

    def spot(self, index: int) -> Spot:
        """The line on which a match begins."""
        part, start, _ = self._found[index]
        return self._article.line_of(part, start)

    def index_from(self, spot: Spot) -> int:
        """The first match that begins on the line at ``spot`` or below; ``len`` for none."""
        return bisect_left(self._found, (spot.part, self._article.offset(spot), 0))

    def ranges(self, spot: Spot) -> list[tuple[int, int]]:
        """The matches on a line, as (start, end) in the line's characters."""
        low = bisect_left(self._found, (spot.part, -1, -1))
        high = bisect_left(self._found, (spot.part + 1, -1, -1))
        line = self._article.line(spot) if low < high else None
        if line is None:
            return []
        columns: list[int] = []
        column = 0
        for text, role in line:
            if role not in DECORATION:
                columns += [
                    number for number, letter in enumerate(text, column) if not letter.isspace()
                ]
            column += len(text)
        if not columns:  # an empty line inside a paragraph
            return []
        begin = self._article.offset(spot)
        end = begin + len(columns)
        # Those that begin on a line above may go on here.
        first = bisect_right(self._found, begin, low, high, key=lambda match: match[2])
        ranges: list[tuple[int, int]] = []
        for _, start, stop in self._found[first:high]:
            if start >= end:
                break
            left, right = max(start, begin) - begin, min(stop, end) - begin
            if ranges and ranges[-1][1] == columns[left]:
                ranges[-1] = ranges[-1][0], columns[right - 1] + 1
            else:
                ranges.append((columns[left], columns[right - 1] + 1))
        return ranges
