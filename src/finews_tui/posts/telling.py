"""Tells a collector what stands in a body of upstream's shapes, without parsing its HTML.

The law: what is told is exactly what ``walker.walk`` tells, or nothing is certain. Shapes are read
by regular expressions (``shapes.py``); other sound elements are parsed, but by themselves; a body
that is not sound needs the parser from its first character on.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from finews_tui.posts import balance, prepare, tickers, walker
from finews_tui.posts.collector import Collector, instrument
from finews_tui.posts.kinds import Trust
from finews_tui.posts.model import Ticker
from finews_tui.posts.runs import STRONG
from finews_tui.posts.shapes import ADDRESS, ATTRIBUTE, BLANK, BLOCK, PIECE, PLAIN, TAG

# Behind an ampersand: the simplest references, and what is no reference for certain, as every name
# has two letters.
SIMPLE_REFERENCE = r"(?:(?:lt|gt|amp|quot);|[^A-Za-z#]|[A-Za-z][^A-Za-z])"
"""What may stand behind an ampersand and is read alike by everyone."""
_UNKNOWN = re.compile(f"&(?!{SIMPLE_REFERENCE})")
_CHART = re.compile(r"[^?]*\?nid=[0-9]{1,3}\.[A-Za-z0-9._]+(?:&.*)?")


class Teller:
    """One body while it is read block by block."""

    def __init__(self, collector: Collector) -> None:
        self.collector = collector
        self._waiting: list[str] = []
        """Blocks for the parser, which takes long to begin."""

    def read(self, content: str) -> bool:
        """Tell of ``content``; False where it is not sound, and the collector is of no use then."""
        content = prepare.without_markers(content)
        if "\0" in content:
            return False
        place, end = _behind_blanks(content, 0), len(content)
        while place < end:
            found = BLOCK.match(content, place)
            if found is None:
                stop = balance.end_of(content, place)
                if stop < 0:
                    return False
                self._waiting.append(content[place:stop])
                place = _behind_blanks(content, stop)
                continue
            place = found.end()
            match found.lastgroup:
                case "plain":
                    self.plain(content, *found.span())
                case "marked" if found["source"]:
                    self.source(found["marked"])
                case "marked":
                    self.marked(found["marked"])
                case "picture":
                    self.picture(found)
                case "table":
                    self.table(found["table"])
        self.settle()
        return True

    def plain(self, content: str, start: int, end: int) -> None:
        """Blocks of letters between two places."""
        for block in PLAIN.finditer(content, start, end):
            self.letters(block)

    def letters(self, block: re.Match[str]) -> None:
        """One block of letters."""
        if self._needs_parser(block[0]):
            self._waiting.append(block[0])
            return
        look, text, strong, heading = block.groups()
        self.settle()
        self.collector.paragraph(
            html.unescape(text or strong or heading or ""),
            STRONG if strong else 0,
            "p" if heading is None else "h3",
            is_caption=bool(look) and walker.is_centred(look),
        )

    def marked(self, block: str) -> None:
        """A block of an inline shape."""
        self.tell(block)

    def source(self, block: str) -> None:
        """The source line, an inline shape."""
        self.tell(block, is_source=True)

    def picture(self, found: re.Match[str]) -> None:
        """A block with a chart or a content image and nothing else."""
        picture = _picture(found["image"], bool(found["anchor"]))
        if picture is None:
            self._waiting.append(found["picture"])
            return
        self.settle()
        if isinstance(picture, Ticker):
            self.collector.note(picture, Trust.CHART)
        else:
            self.collector.image(*picture)

    def table(self, block: str) -> None:
        """A table whose cells are letters only."""
        self._waiting.append(block)

    @staticmethod
    def _needs_parser(block: str) -> bool:
        """Whether there are references that are none of the simplest."""
        return "&" in block and bool(_UNKNOWN.search(TAG.sub("", block)))

    def settle(self) -> None:
        """Parse what waits, before something is told that comes after it."""
        if self._waiting:
            walker.walk("".join(self._waiting), self.collector)
            self._waiting.clear()

    def tell(self, block: str, *, is_source: bool = False) -> None:
        """Tell all that stands in a block of an inline shape."""
        if self._needs_parser(block):
            self._waiting.append(block)
            return
        self.settle()
        collector = self.collector
        collector.flush()
        collector.in_source = is_source
        strong = 0
        for piece in PIECE.finditer(block):
            href, classes, code, words, address, label, tag, text = piece.groups()
            style = STRONG if strong else 0
            if text:
                collector.text(html.unescape(text), style, 0)
            elif tag == "br":
                collector.line_break(style, 0)
            elif tag:
                strong += 1 if tag == "strong" else -1
            elif address is not None:
                collector.text(html.unescape(label), style, walker.link_of(collector, address))
            elif classes:
                words = html.unescape(words)
                mark = walker.mark_of(classes, code or "", href)
                if mark and mark.found:
                    collector.mark(mark.found, words, mark.trust)
                collector.text(words, style, 0)
        opening = block[: block.index(">")]
        collector.flush(opening[1:3].rstrip(), is_caption=walker.is_centred(opening))
        collector.in_source = False


@lru_cache(maxsize=4_096)
def mark_of(href: str, classes: str, code: str, words: str) -> tuple[Ticker, Trust] | None:
    """What is to be noted of a mark, if anything."""
    mark = walker.mark_of(classes, code, href)
    named = instrument(*mark.found, html.unescape(words)) if mark and mark.found else None
    return (named, mark.trust) if mark and named else None


# The same companies are drawn in thousands of posts.
@lru_cache(maxsize=4_096)
def _picture(image: str, is_linked: bool) -> Ticker | tuple[str, str] | None:
    """What a chart shows, or address and alt of a content image; None where it is hard to tell."""
    attributes = dict(reversed(ATTRIBUTE.findall(image)))  # the first of a name counts
    address, alt = attributes.get("src", ""), attributes.get("alt", "")
    if not ADDRESS.fullmatch(address):
        return None
    if tickers.is_chart(address):
        found = tickers.from_chart("", address, "") if _CHART.fullmatch(address) else None
        return instrument(*found, "") if found else None
    if is_linked or "data-code" in attributes or "&" in alt:
        return None
    return walker.image_of(address), alt


def _behind_blanks(content: str, place: int) -> int:
    found = BLANK.match(content, place)
    return found.end() if found else place
