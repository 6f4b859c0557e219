"""The escape sequences that we write ourselves: OSC 52 to copy, OSC 8 for a link.

This room alone knows how tmux and screen want them wrapped. No textual here.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

from finews_tui.tui.addresses import safe_url

Environment = Mapping[str, str]

LARGEST_COPY = 74_994
"""Bytes of base64 that xterm, and with it most terminals, accepts in one OSC 52."""
COPY = "\x1b]52;c;"
"""Begins the sequence by which Textual copies."""


def osc52(text: str, environ: Environment) -> str:
    """The sequence that asks the terminal to copy ``text``; empty where it is too long.

    Inside tmux it is sent plain (for ``set-clipboard on``) and wrapped (for
    ``allow-passthrough on``), inside screen wrapped in pieces. Nothing ever confirms it.
    """
    encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    if len(encoded) > LARGEST_COPY:
        return ""
    plain = f"{COPY}{encoded}\x07"
    if environ.get("TMUX"):
        return plain + "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if environ.get("STY") or environ.get("TERM", "").startswith("screen"):
        # screen takes at most 768 bytes of a device control string
        pieces = [plain[place : place + 700] for place in range(0, len(plain), 700)]
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return plain


def can_copy(text: str, environ: Environment) -> bool:
    """Whether it makes sense to send ``text``: the terminal would not print it, nor refuse it."""
    return environ.get("TERM", "") not in ("linux", "dumb", "") and bool(osc52(text, environ))


def wrapped_copy(data: str, environ: Environment) -> str:
    """What to write in place of ``data``, which Textual is about to write.

    Textual's ``copy_to_clipboard`` knows neither tmux nor screen nor the largest size.
    """
    if not data.startswith(COPY):
        return data
    try:
        text = base64.b64decode(data.removeprefix(COPY).rstrip("\x07"), validate=True).decode()
    except ValueError:
        return data
    return osc52(text, environ) if can_copy(text, environ) else ""


def osc8(url: str, text: str) -> str:
    """``text`` as a link that the terminal itself opens; just ``text`` for a refused address."""
    address = safe_url(url)
    if address is None:
        return text
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"
