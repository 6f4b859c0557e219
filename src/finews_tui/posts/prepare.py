"""Makes hostile or broken HTML safe to parse: bounded in depth, nothing swallowed to the end.

The HTML5 algorithm takes quadratic time in the depth of open elements and lets an unclosed comment
or raw-text element eat all that follows; upstream's files may be cut anywhere.
"""

from __future__ import annotations

import html
import re

DEPTH_LIMIT = 200
_SHALLOW = 2_000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*?(/?)>")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_MARKER = re.compile(r"<!--\s*EM_\w{1,60}\s*(?:-->)?")
_SWALLOWING = "script style template iframe noembed noframes xmp textarea title plaintext select"
_SWALLOWERS = re.compile(rf"<(/?)({'|'.join(_SWALLOWING.split())})\b[^<>]*>?", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|center|h[1-6]|li|ul|ol|table|tr|blockquote|section|article|pre|hr)\b[^<>]*>|<br\s*/?>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_LONG_REFERENCE = re.compile(r"&#(?:\d{8,}|[xX][0-9A-Fa-f]{7,});?")


def prepared(content: str) -> tuple[str, str | None]:
    """``content`` ready for the parser, and a problem where it must not be parsed at all."""
    if "<!--" in content:
        content = without_markers(content)
        last = content.rfind("-->")
        if content.find("<!--", last + 1) >= 0:
            content = content[: last + 1] + content[last + 1 :].replace("<!--", "")
    content = _without_swallowers(content)
    if content.count("<") > _SHALLOW and _depth(content) > DEPTH_LIMIT:
        return content, "The HTML is nested too deep; its text was taken."
    return content, None


def without_markers(content: str) -> str:
    """``content`` without the comments that upstream sets around charts and adverts."""
    return _MARKER.sub("", content) if "<!--" in content else content


def without_tags(content: str) -> str:
    """The text of HTML without parsing it: blocks become paragraphs. Linear."""
    parts: list[str] = []
    position = 0
    while (begin := content.find("<!--", position)) >= 0:
        end = content.find("-->", begin + 4)
        if end < 0:
            break
        parts.append(content[position:begin])
        position = end + 3
    text = "".join([*parts, content[position:]])
    text = _ANY_TAG.sub("", _BLOCK_TAG.sub("\n\n", text))
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text))


def _without_swallowers(content: str) -> str:
    """Take out raw-text tags that have no partner, so that what follows them stays text."""
    balance: dict[str, int] = {}
    for found in _SWALLOWERS.finditer(content):
        name = found[2].lower()
        balance[name] = balance.get(name, 0) + (-1 if found[1] else 1)
    loose = {name for name, count in balance.items() if count != 0} | (
        balance.keys() & {"plaintext", "xmp", "textarea", "title", "select"}
    )
    if not loose:
        return content
    return _SWALLOWERS.sub(lambda found: "" if found[2].lower() in loose else found[0], content)


def _depth(content: str) -> int:
    """The largest number of elements open at once, as the tags tell; ``p`` closes ``p``."""
    depth = deepest = 0
    paragraph = False
    for found in _TAG.finditer(content):
        name = found[2].lower()
        if name in _VOID or found[3]:
            continue
        if name == "p":
            if found[1]:
                depth -= paragraph
                paragraph = False
            else:
                depth += not paragraph
                paragraph = True
        else:
            depth += -1 if found[1] else 1
            depth = max(depth, 0)
        deepest = max(deepest, depth)
    return deepest
