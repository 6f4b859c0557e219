"""Which addresses may be opened or made clickable: the only policy for links.

No textual here: the command line asks it too.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

LONGEST_URL = 4096
"""Characters, as they are given and as they are sent; a longer address is refused, not cut."""


def safe_url(url: str) -> str | None:
    """The address to open, all ASCII, or None where the policy refuses it.

    http and https with a host only; no user-info, no control character or space, at most 4096
    characters; ``//host/…`` gets ``https:``. Chinese characters in it are percent-encoded.
    """
    url = url.strip()
    if url.startswith("//"):
        url = f"https:{url}"
    if len(url) > LONGEST_URL or not url.isprintable() or " " in url or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port  # raises for a port that is none
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not host:
        return None
    if not re.fullmatch(r"\[?[0-9A-Za-z._:-]+\]?", host) or host.startswith("-"):
        return None
    netloc = (
        parts.netloc if parts.netloc.isascii() else host + (f":{parts.port}" if parts.port else "")
    )
    tail = url.split("://", 1)[1][len(parts.netloc) :]
    address = f"{parts.scheme}://{netloc}" + quote(tail, safe="/?#[]@!$&'()*+,;=:%~-._")
    return address if len(address) <= LONGEST_URL else None  # %E8%8C%85 is one character before
