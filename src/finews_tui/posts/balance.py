"""Finds where an element ends that looks sound, so that it may be parsed apart from its document.

Sound is what the HTML algorithm reads as it is written, in whatever document it stands: known
elements, each closed where it should be, none in a place where it would close or move another.
"""

from __future__ import annotations

import re

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_INLINE = frozenset("strong b em i u span a font sub sup".split())
_ALONE = frozenset("br img hr".split())
_FLOW = frozenset("div center blockquote li td th".split())
_TOP = frozenset("p div center blockquote ul ol table".split()) | _HEADINGS
_ANY = _TOP | _INLINE | _ALONE
_PHRASING = _INLINE | {"br", "img"}
_CHILDREN = (
    dict.fromkeys(_FLOW, _ANY)
    | dict.fromkeys(_INLINE | _HEADINGS | {"p"}, _PHRASING)
    | dict.fromkeys(("ul", "ol"), frozenset({"li"}))
    | dict.fromkeys(("tbody", "thead"), frozenset({"tr"}))
    | {"table": frozenset("tbody thead tr".split()), "tr": frozenset({"td", "th"})}
)
_BARE = frozenset("ul ol table tbody thead tr".split())
"""Elements without text of their own."""
_TAG = re.compile(
    r"<(?P<end>/)?(?P<name>[a-z][a-z0-9]*+)"
    # Addresses may hold unescaped ampersands; nothing may hide an element.
    r'(?: (?:(?:href|src|data-src|orginial_src)="[^"<>]*+"'
    r'|(?!hidden)[a-z][a-z0-9_-]*+="(?!(?i:[^"]*(?:display|visibility)))[^"<>&]*+"))*+'
    r" ?(?P<slash>/)?>"
)
_DEPTH = 40


def end_of(content: str, start: int) -> int:
    """Where the block ends that begins at ``start``; -1 where it is not sound. Linear time."""
    open_elements: list[str] = []
    allowed = _TOP
    while tag := _TAG.match(content, start):
        name = tag["name"]
        if tag["end"]:
            if not open_elements or open_elements.pop() != name or tag["slash"]:
                return -1
        elif name not in allowed or (name == "a" and name in open_elements):
            return -1
        elif name not in _ALONE:
            open_elements.append(name)
            if tag["slash"] or len(open_elements) > _DEPTH:
                return -1
        if not open_elements:
            return tag.end()
        parent = open_elements[-1]
        allowed = _CHILDREN[parent]
        start = content.find("<", tag.end())
        if start < 0 or (parent in _BARE and content[tag.end() : start].strip(" \n\t")):
            return -1
    return -1
