"""Cleans foreign text: what comes out of here may be written to a terminal.

This module alone decides which characters a post may contain. Removed are the C0 and C1 controls,
DEL, bidirectional overrides and isolates, zero-width and other format characters, tag characters,
variation selectors, private-use characters, noncharacters and lone surrogates; line and paragraph
separators become spaces or line feeds; more than three combining marks in a row are cut to three.

Source: Unicode 15.1, general categories Cc, Cf, Co, Cs and the Default_Ignorable_Code_Point
property; UTR #36 (Unicode Security Considerations).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import cache

_UNWANTED = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0, DEL, C1 (but TAB, LF, CR, NEL)
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ue000-\uf8ff"
    "\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
)
_UNWANTED_BEYOND = (
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_BREAKS = "\r\n|[\r\x85\u2028\u2029]"
COMMANDING = f"{_UNWANTED}{_UNWANTED_BEYOND}\x85\u2028\u2029"
"""Characters and ranges that could command a terminal, or are not seen; CR, LF and TAB beside."""
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u302a-\u302f\u3099\u309a\ufe20-\ufe2f"
)
SUSPECTS = f"{_UNWANTED}\r\x85\u2028\u2029{_MARKS}\U00010000-\U0010ffff"
"""Characters and ranges that ``clean_block`` may take out or replace, and all beyond U+FFFF.

Those are rare, and a search with one range of them goes twice as fast as one with six.
"""
_SUSPECTS_PRINTED = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
    f"{_MARKS}\U00010000-\U0010ffff"
)
"""Those of ``SUSPECTS`` that Python calls printable."""


def set_of(characters: str) -> str:
    """A regular expression for one of ``characters``, which may hold ranges, or one beyond U+FFFF.

    It is the set of all others, turned over: a search stops at those after one step, and goes
    nearly twice as fast. To compile it takes some milliseconds.
    """
    wanted = re.findall(r"(.)(?:-(.))?", characters, re.DOTALL)
    others: list[str] = []
    begin = 0
    for first, last in sorted((ord(first), ord(last or first)) for first, last in wanted):
        if begin < first <= 0x10000:
            others.append(f"\\u{begin:04x}-\\u{first - 1:04x}")
        begin = max(begin, last + 1)
    return f"[^{''.join(others)}]"


_BEYOND_ASCII = bytes(range(0x80, 0x100))
_SPACE = r"[ \t\n\xa0]+"


@cache
def _search(characters: str) -> Callable[[str], object]:
    return re.compile(f"[{characters}]").search


def clean_block(text: str) -> str:
    """``text`` without any character that could command a terminal; line feeds and tabs stay.

    CR LF, CR, NEL and the Unicode line and paragraph separators become LF. Linear time.
    """
    if text.isascii() and text.isprintable():
        return text
    # Expressions are compiled when first needed. A row of a list is of printable characters, and of
    # wide spaces: a short command must not pay for what finds all others.
    is_printable = text.replace("\u3000", "").isprintable()
    if not _search(_SUSPECTS_PRINTED if is_printable else SUSPECTS)(text):
        return text
    text = re.sub(f"[{_UNWANTED}{_UNWANTED_BEYOND}]+", "", re.sub(_BREAKS, "\n", text))
    return re.sub(f"([{_MARKS}]{{3}})[{_MARKS}]+", r"\1", text)


def clean_text(text: str) -> str:
    """``text`` as one clean line: as ``clean_block``, with white space runs as one space, trimmed.

    U+3000, the ideographic space, is kept inside the line and trimmed at its ends.
    """
    return re.sub(_SPACE, " ", clean_block(text)).strip()


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of a file and what was wrong with its encoding, if anything.

    UTF-8 with or without a byte order mark, UTF-16 with one, else GB18030, else UTF-8 with U+FFFD
    for each broken sequence. GB18030 accepts almost any bytes, so a UTF-8 file with a few broken
    ones is recognised by how little of it is broken.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
        return text, "Read as UTF-16." if "\ufffd" not in text else "Broken UTF-16 was replaced."
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode(), None
    except UnicodeDecodeError:
        pass
    repaired = data.decode("utf-8-sig", errors="replace")
    broken = repaired.count("\ufffd")
    foreign = len(data) - len(data.translate(None, _BEYOND_ASCII))
    # Of GB18030 text read as UTF-8, a third of the bytes and more are broken; a broken byte in real
    # UTF-8 costs its own character only, and whole Chinese characters take three bytes each.
    if broken * 4 > foreign:
        try:
            return data.decode("gb18030"), "Read as GB18030, not UTF-8."
        except UnicodeDecodeError:
            pass
    return repaired, "Bytes that are not UTF-8 were replaced."
