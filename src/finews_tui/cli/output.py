"""What the command line prints: rows in four formats, lines with or without colour, messages.

This room alone writes to stdout and stderr, but for the progress bar. Everything that comes from a
post or from the file system passes through the cleaner or the JSON escaper here, however clean it
should be already.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

from finews_tui.cli import streams
from finews_tui.lean import NamedTuple, TypeVar
from finews_tui.posts.clean import COMMANDING, clean_block, clean_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.page import Line
    from finews_tui.settings import MarketColours

Row = Mapping[str, object]
Item = TypeVar("Item")

# The sixteen colours of the terminal's own palette: legible on dark and on light.
_SGR: Mapping[str, str] = {
    "title": "1",
    "heading": "1",
    "strong": "1",
    "table-head": "1",
    "up": "31",
    "down": "32",
    "emphasis": "3",
    "dim": "2",
    "byline": "2",
    "rule": "2",
    "mark": "2",
    "image": "2",
    "caption": "2",
    "source-line": "2",
    "related": "2",
    "time": "2",
    "source": "2",
    "badge-more": "2",
    "link": "4;34",
    "link-number": "34",
    "code": "36",
    "badge-sh": "35",
    "badge-sz": "36",
    "badge-bj": "34",
    "badge-hk": "33",
    "badge-us": "32",
    "badge-index": "34",
    "day": "36",
    "unread": "33",
    "star": "33",
    "match": "7",
}
"""Roles that have a look of their own in text."""


_SIGNS: Mapping[MarketColours, Mapping[str, str]] = {
    "red-up": {"up": "31", "down": "32"},
    "green-up": {"up": "32", "down": "31"},
    "colour-blind": {"up": "33", "down": "36"},
}
"""Rises and falls, which keep their sign."""


class TextStyle(NamedTuple):
    """How text is printed."""

    width: int
    """Columns."""
    is_coloured: bool
    market_colours: MarketColours = "red-up"

    @classmethod
    def choose(
        cls, width: int | None, color: str, market_colours: MarketColours = "red-up"
    ) -> TextStyle:
        """``--width`` and ``--color`` with what the terminal and the environment say."""
        if width is None:
            width = max(streams.columns(), 20)
        is_coloured = color == "always" or (
            color == "auto"
            and sys.stdout.isatty()
            and not os.environ.get("NO_COLOR")
            and os.environ.get("TERM", "dumb") != "dumb"
        )
        return cls(width, is_coloured, market_colours)

    def render(self, line: Line) -> str:
        """``line`` as one string without trailing blanks."""
        if not self.is_coloured:
            return clean_block("".join(text for text, _ in line)).rstrip()
        looks = {**_SGR, **_SIGNS[self.market_colours]}
        spans = [(clean_block(text), looks.get(role)) for text, role in line]
        while spans and not spans[-1][0].strip():
            spans.pop()
        return "".join(f"\x1b[{sgr}m{text}\x1b[0m" if sgr else text for text, sgr in spans)


def write_line(text: str) -> None:
    """One line of data, which must be clean already."""
    print(text)


def write_json(row: Row) -> None:
    """One object on one line, sent at once: somebody may be waiting for it."""
    print(to_json(row), flush=True)


def write_message(text: str) -> None:
    """One sentence for the person, on stderr; it may hold line feeds of ours."""
    print("\n".join(f"finews-tui: {clean_block(text)}".splitlines()), file=sys.stderr, flush=True)


def write_lines(lines: Iterable[Line], style: TextStyle) -> None:
    """Lines of a page."""
    for line in lines:
        print(style.render(line))


def write_rows(
    items: Iterable[Item],
    format: str,
    *,
    row: Callable[[Item], Row],
    columns: Sequence[str],
    text: Callable[[Item], Line],
    style: TextStyle,
) -> int:
    """Prints ``items`` one by one as they come, and returns how many there were.

    ``row`` makes the JSON object, ``columns`` are those of its keys that tsv shows, ``text`` makes
    the line of format text.
    """
    count = 0
    if format == "tsv":
        print("\t".join(columns))
    for item in items:
        count += 1
        if format == "text":
            print(style.render(text(item)))
        elif format == "tsv":
            values = row(item)
            print("\t".join(_cell(values[name]) for name in columns))
        elif format == "jsonl":
            print(to_json(row(item)))
        else:
            print("[" if count == 1 else ",")
            print(to_json(row(item)), end="")
    if format == "json":
        print("\n]" if count else "[]")
    return count


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list | tuple):
        return ",".join(_cell(item) for item in value)
    return clean_text(str(value))


def to_json(row: Row) -> str:
    """``row`` on one line; no character of it can command a terminal."""
    text = json.dumps(row, ensure_ascii=False)
    if text.isprintable():
        return text
    # In JSON all of it is inside strings, where an escape means the same.
    return re.sub(f"[{COMMANDING}]", lambda found: json.dumps(found[0])[1:-1], text)
