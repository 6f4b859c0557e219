"""The escape sequences that we write ourselves: OSC 52 to copy, OSC 8 for a link.

This room alone knows how tmux and screen want them wrapped. No textual here.
"""

from __future__ import annotations

import base64

from finews_tui.tui.addresses import safe_url
from finews_tui.tui.colours import BLIND, Environment

LARGEST_COPY = 74_994
"""Bytes of base64 that xterm, and with it most terminals, accepts in one OSC 52."""
COPY = "\x1b]52;c;"
"""Begins the sequence by which Textual copies."""


def osc52(text: str, environ: Environment) -> str:
    """The sequence that asks the terminal to copy ``text``; empty where it is too long.

    Inside tmux it is sent plain (for ``set-clipboard on``) and wrapped (for
    ``allow-passthrough on``), inside screen wrapped in pieces. Where only TERM tells of them, since
    they run at the other end of an SSH connection, a plain one goes along: they drop the form that
    is not theirs. Nothing ever confirms it.
    """
    encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    if len(encoded) > LARGEST_COPY:
        return ""
    plain = f"{COPY}{encoded}\x07"
    term = environ.get("TERM", "")
    if environ.get("TMUX") or term.startswith("tmux"):
        return plain + _for_tmux(plain)
    if environ.get("STY"):
        return _for_screen(plain)
    return plain + _for_screen(plain) if term.startswith("screen") else plain


def _for_tmux(sequence: str) -> str:
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def _for_screen(sequence: str) -> str:
    # screen takes at most 768 bytes of a device control string
    pieces = [sequence[place : place + 700] for place in range(0, len(sequence), 700)]
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def takes_copies(environ: Environment) -> bool:
    """Whether the terminal takes OSC 52, or at least does not print it."""
    return environ.get("TERM", "") not in ("linux", *BLIND)


def can_copy(text: str, environ: Environment) -> bool:
    """Whether it makes sense to send ``text``: the terminal would not print it, nor refuse it."""
    return takes_copies(environ) and bool(osc52(text, environ))


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
