"""Turns a cleaned body into Markdown: the only room that knows html2text.

html2text lays out the blocks; it would also add blanks behind bold text, escape too much or too
little, and write emphasis that CommonMark does not read next to Chinese punctuation. So every
character that it could touch goes through it as a private-use stand-in (posts contain none, see
``clean.py``), and comes back out with the escapes that CommonMark 0.31 needs and no others.

The promise, tested over all posts and over generated bodies: any CommonMark renderer with tables
shows exactly the visible text of the cleaned HTML, character by character, and its bold text bold.
"""

from __future__ import annotations

import html
import re

import html2text

from finews_tui.posts.inline_markdown import (
    BOLD,
    BREAK,
    CODE,
    ITALIC,
    LINK_END,
    LINK_START,
    decode,
    encode,
    encode_number,
    inline,
)

# Stand-ins around each stretch of inline content, by the block that it stands in.
_START, _END = "\uf001", "\uf002"
_CELL_START, _CELL_END = "\uf003", "\uf004"
_HEAD_START, _HEAD_END = "\uf005", "\uf006"
_PRE_START, _PRE_END = "\uf007", "\uf008"

_TOKEN = re.compile(r"<(/?)(\w+)((?:\s[^>]*)?)>|([^<]+)")
_HREF = re.compile(r'href="([^"]*)"')
_SRC = re.compile(r'src="([^"]*)" alt="([^"]*)"')
_CONTENT = re.compile(
    f"{_START}(?P<text>[^{_END}]*){_END}|{_HEAD_START}(?P<head>[^{_HEAD_END}]*){_HEAD_END}"
)
_ROW = re.compile(f"^(?P<before>[^{_CELL_START}\n]*)(?P<cells>{_CELL_START}.*{_CELL_END}) *$", re.M)
_CELL = re.compile(f"{_CELL_START}([^{_CELL_END}]*){_CELL_END}")
_RULER = re.compile(r"^(?P<before>[> ]*)(?P<rule>---(?:\|---)+) *$", re.MULTILINE)
_PRE = re.compile(
    f"^(?P<before>[^{_PRE_START}\n]*){_PRE_START}(?P<code>[^{_PRE_END}]*){_PRE_END}", re.M
)
_BACKTICKS = re.compile("`+")
_LIST_PLACES = {"p": (_START, _END), "pre": (_PRE_START, _PRE_END), "td": (_CELL_START, _CELL_END)}


class _Blocks(html2text.HTML2Text):
    """html2text set up for cleaned bodies; nested lists indented as CommonMark wants them."""

    def __init__(self) -> None:
        super().__init__(bodywidth=0)
        self.unicode_snob = True
        self.ignore_emphasis = True
        self.ignore_links = True
        self.ignore_images = True
        # html2text declares the hook as None and calls whatever stands in it.
        self.tag_callback = self._tag  # type: ignore[assignment]  # see above
        self._offsets: list[int] = []
        self._numbers: list[int | None] = []

    def _tag(self, _: object, tag: str, attributes: dict[str, str], start: bool) -> bool:
        if tag in ("ul", "ol"):
            if start:
                number = int(attributes.get("start") or 1) if tag == "ol" else None
                self._numbers.append(number)
                self._offsets.append(0)
                # A new list at top level: not run into a list that ended just before.
                if len(self._numbers) == 1:
                    self.p()
            else:
                self._numbers.pop()
                self._offsets.pop()
                if not self._numbers:
                    self.p()
            return True
        if tag == "li":
            self.pbr()
            if start:
                number = self._numbers[-1]
                marker = "* " if number is None else f"{number}. "
                if number is not None:
                    self._numbers[-1] = number + 1
                # CommonMark 5.2: what belongs to an item is indented to where its text begins; a
                # list that begins an item stands on the line of the item's marker.
                self.o(("" if self.start else " " * sum(self._offsets[:-1])) + marker)
                self._offsets[-1] = len(marker)
                self.start = True
            return True
        if tag == "table":
            # html2text would run two tables, or a table and a paragraph, into one.
            self.p()
        return False


def to_markdown(body: str) -> str:
    """The Markdown of ``body``, a cleaned body as ``body.py`` makes them; ends with a line feed.

    Linear in the length of ``body``. An empty body gives an empty string.
    """
    if not body:
        return ""
    encoded, links = _encoded(body)
    text: str = _Blocks().handle(encoded)
    text = _ROW.sub(lambda row: _row(row, links), text)
    text = _RULER.sub(_ruler, text)
    text = _PRE.sub(_fence, text)
    text = _CONTENT.sub(lambda found: _content(found, links), text)
    lines = (line if line.strip(" >") else line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _encoded(body: str) -> tuple[str, list[str]]:
    """``body`` with its inline content as stand-ins between markers, and the link targets."""
    out: list[str] = []
    links: list[str] = []
    place = ""
    pending_item = False
    for found in _TOKEN.finditer(body):
        closing, tag, attributes, text = found.groups()
        if text is not None:
            if pending_item:
                out.append(_START)
                pending_item, place = False, "li"
            out.append(encode(html.unescape(text)))
            continue
        if pending_item and tag not in ("ul", "ol", "li"):
            out.append(_START)
            pending_item, place = False, "li"
        if tag in ("ul", "ol", "li") and place == "li":
            out.append(_END)
            place = ""
        if tag == "strong":
            out.append(BOLD)
        elif tag == "em":
            out.append(ITALIC)
        elif tag == "code":
            out.append(CODE)
        elif tag == "br":
            out.append(BREAK)
        elif tag == "a":
            if closing:
                out.append(LINK_END)
            else:
                target = _HREF.search(attributes)
                out.append(LINK_START + encode_number(len(links)))
                links.append(html.unescape(target[1]) if target else "")
        elif tag == "img":
            image = _SRC.search(attributes)
            address, alt = (html.unescape(image[1]), html.unescape(image[2])) if image else ("", "")
            number = encode_number(len(links))
            out.append(f"{LINK_START}{LINK_START}{number}{encode(alt)}{LINK_END}")
            links.append(address)
        else:
            pending_item = tag == "li" and not closing
            place = _block(out, found[0], tag, bool(closing), place)
    return "".join(out), links


def _block(out: list[str], source: str, tag: str, closing: bool, place: str) -> str:
    """Append a block's tag with the markers of its content; returns the block we are in now."""
    start, end = "", ""
    if tag in _LIST_PLACES:
        start, end = _LIST_PLACES[tag]
    elif tag[0] == "h" and tag != "hr":
        start, end = _HEAD_START, _HEAD_END
    name = "p" if tag == "pre" else tag
    if closing:
        out.append(f"{end}</{name}>")
        return ""
    out.append(f"{source if tag != 'pre' else '<p>'}{start}")
    return tag if start else place


def _content(found: re.Match[str], links: list[str]) -> str:
    if found["head"] is not None:
        return inline(found["head"], links, is_heading=True)
    # The column is where the text begins in its line: further lines of a paragraph may stand
    # anywhere (lazy continuation), so nothing is indented.
    return inline(found["text"], links)


def _row(row: re.Match[str], links: list[str]) -> str:
    cells = (inline(cell, links, is_cell=True) for cell in _CELL.findall(row["cells"]))
    return f"{row['before'].rstrip('|')}| {' | '.join(cells)} |"


def _ruler(found: re.Match[str]) -> str:
    """The line under a table's head, with bars at its ends."""
    columns = found["rule"].count("|") + 1
    return f"{found['before']}| {' | '.join(['---'] * columns)} |"


def _fence(found: re.Match[str]) -> str:
    code = decode(found["code"])
    longest = max((len(run) for run in _BACKTICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    before = found["before"]
    return "\n".join(f"{before}{line}" for line in (fence, *code.split("\n"), fence))
