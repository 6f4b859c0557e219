"""Splits the body of a post before anything parses it: digest, content, original link, back links.

html2text on the whole body would lose the original link (an autolink reads as an unknown tag) and
run the digest into the footer; see FORMAT.md section 5 of the archive's description.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

# A category may hold parentheses: [返回安信(香港)新闻](//host/category/anxin(xianggang).html).
_BACK_LINK = r"\[返回[^\]\n]{0,120}\]\([^\n]{0,300}?\)(?=[ \t]*[｜|]|\s*(?:\[返回|\Z))[ \t]*[｜|]?"
_BACK = "[返回"
_BACK_LINKS = re.compile(rf"{_BACK_LINK}(?:\s*{_BACK_LINK})*\s*\Z")
_AUTOLINK = re.compile(r"[ \t]*<((?:https?:)?//[^<>\s]{1,4096})?>[ \t]*(?=\n|\Z)")
_DIGEST_LINES = 20
_TAG = re.compile(
    r"</?(?:p|br|strong|span|a|img|center|h[1-6]|div|table|tbody|tr|td|th|ul|ol|li|b|i|em|blockquote"
    r"|section|article|pre|hr|font|u|dl|figure)\b[^<>]*>|<!--",
    re.IGNORECASE,
)
_UPSTREAM_TAG = re.compile(
    r"class=\"(?:em_media|keytip|em_stock_key_common|EmImageRemark)\"|EM_StockImg_"
)
# Of these urlsplit() has nothing to say, which takes it a dozen times as long.
_PLAIN_URL = re.compile(
    r"https?://[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,5}/[A-Za-z0-9/._,=&?%+~#-]*"
)
# The end of nearly every file of upstream's: the original link and two back links, blank lines
# between them.
_END = "\n\n<http"
_USUAL_END = re.compile(
    rf"\n\n<({_PLAIN_URL.pattern})>\n\n"
    r"\[返回[^\[\]\n]{1,60}新闻\]\([^()\[\]\n]{1,200}\)｜\[返回首页\]\([^()\[\]\n]{1,200}\)\s*\Z"
)
MAX_URL = 4096


class Parts(NamedTuple):
    """The parts of an upstream body, as they stand in the file."""

    digest: str | None
    content: str
    is_html: bool
    """Whether ``content`` is HTML; else it is plain text, paragraphs parted by blank lines."""
    url: str | None
    """The original link, http or https."""


def split(body: str) -> Parts:
    """The parts of ``body``, which has LF line ends."""
    end = body.rfind(_END, max(0, len(body) - 1_000))
    if end >= 0 and (usual := _USUAL_END.match(body, end)):
        url, rest = usual[1], f"{body[: end + 1]}\n\n"
    else:
        url, rest = _cut_original(_without_back_links(body))
    digest, rest = _cut_digest(rest)
    return Parts(digest, rest, bool(_TAG.search(rest)), url)


def looks_upstream(body: str) -> bool:
    """Whether ``body`` was written by the news generator and not by a person."""
    return bool(_BACK_LINKS.search(body, max(0, len(body) - 1_000)) or _UPSTREAM_TAG.search(body))


def safe_url(url: str) -> str | None:
    """``url`` if a browser may be given it, else None: http or https, with a host, printable ASCII.

    ``//host`` becomes ``https://host``. Characters beyond ASCII are percent-encoded as UTF-8.
    User-info, control characters, spaces and addresses of over 4,096 characters are refused.
    """
    url = url.strip()
    if url.startswith("//"):
        url = f"https:{url}"
    if len(url) <= MAX_URL and _PLAIN_URL.fullmatch(url):
        return url
    if len(url) > MAX_URL or any(char <= " " or char in '\x7f"<>\\^`{|}' for char in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    if url.isascii():
        return url
    if not url.isprintable():
        return None
    return "".join(
        char if char < "\x80" else "".join(f"%{byte:02X}" for byte in char.encode()) for char in url
    )


def _cut_digest(body: str) -> tuple[str | None, str]:
    """The quoted paragraph that ``body`` begins with if HTML or nothing follows it, and the rest.

    Upstream writes one line, but its text may hold line feeds of its own.
    """
    start = body.lstrip()
    if not start.startswith(">"):
        return None, body
    lines: list[str] = []
    rest = start
    while rest and len(lines) < _DIGEST_LINES:
        line, _, behind = rest.partition("\n")
        if not line.strip() or line.lstrip().startswith("<"):
            break
        lines.append(line.lstrip(" \t>").rstrip())
        rest = behind
    if rest.lstrip()[:1] not in ("", "<"):
        return None, body
    return " ".join(lines).strip() or None, rest


def _without_back_links(body: str) -> str:
    # They are the end of the file, and short.
    at = body.find(_BACK, max(0, len(body) - 1_000))
    while at >= 0:
        if _BACK_LINKS.match(body, at):
            return body[:at]
        at = body.find(_BACK, at + 1)
    return body


def _cut_original(body: str) -> tuple[str | None, str]:
    """The last line that is an autolink and nothing else, and ``body`` without it."""
    start = len(body)
    while start >= 0:
        start = body.rfind("\n", 0, start)  # -1: the first line
        if found := _AUTOLINK.match(body, start + 1):
            url = safe_url(found[1]) if found[1] else None
            return url, f"{body[: max(0, start)]}{body[found.end() :]}"
    return None, body
