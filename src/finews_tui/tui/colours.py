"""How many colours the terminal shows: by COLORTERM, TERM and the terminal database.

This room alone knows names of terminals. SSH does not bring COLORTERM along, so 256 colours are the
normal case. Textual would find out for itself, and take some terminals for poorer than they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Literal

Environment = Mapping[str, str]
ColourDepth = Literal["none", "16", "256", "truecolor"]

BLIND = ("", "dumb", "unknown")
"""Values of TERM that name no terminal which could move its cursor."""
_TRUE = 1 << 24
_KNOWN = re.compile(r"(?:xterm-)?(?:kitty|ghostty)|alacritty|foot|wezterm|contour")
"""Terminals of 256 colours or more, which the database of another machine may not know."""
_SYSTEMS: Mapping[ColourDepth, str] = {
    "none": "standard",
    "16": "standard",
    "256": "256",
    "truecolor": "truecolor",
}


def colour_depth(environ: Environment) -> ColourDepth:
    """How many colours the terminal shows, as far as can be known without asking it."""
    term = environ.get("TERM", "").lower()
    if environ.get("NO_COLOR") or term in BLIND:
        return "none"
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "truecolor"
    if term.endswith(("-direct", "-truecolor")):
        return "truecolor"
    if "256color" in term or _KNOWN.match(term):
        return "256"
    return _by_number(_listed(environ["TERM"]))


def _by_number(colours: int | None) -> ColourDepth:
    if colours is None:
        return "16"  # what a terminal is that nobody knows
    if colours >= _TRUE:
        return "truecolor"
    if colours >= 256:
        return "256"
    return "16" if colours >= 8 else "none"


def _listed(term: str) -> int | None:
    """The colours of ``term`` by the terminal database; 0 for none, None where it is not in it."""
    try:
        import _curses  # late: mostly the name says it; the package around it is slower to load
    except ImportError:  # a Python that was built without
        return None
    try:
        _curses.setupterm(term=term, fd=1)
    except _curses.error:
        return None
    return max(0, _curses.tigetnum("colors"))


def settle_colours(environ: MutableMapping[str, str]) -> None:
    """Tell Textual, which looks at ``environ`` while it is imported, how many colours there are.

    What the person has set for it goes first. Without colours it writes the terminal's own only.
    """
    depth = colour_depth(environ)
    environ.setdefault("TEXTUAL_COLOR_SYSTEM", _SYSTEMS[depth])
    if depth == "none":
        environ["NO_COLOR"] = "1"
