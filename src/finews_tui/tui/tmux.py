"""What tmux says about itself, for ``doctor``: version, clipboard, passthrough, outer terminal."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass

from finews_tui.tui.colours import Environment

PATIENCE = 1.0
"""Seconds in which tmux must answer."""
LINKS_SINCE = (3, 4)
"""The version of tmux from which OSC 8 passes (its CHANGES)."""
COPIES_SINCE = (3, 2)
"""The version from which ``load-buffer -w`` sends a buffer on to the terminal (its CHANGES)."""
_ASK = (
    *("display-message", "-p", "#{version}", ";"),
    *("display-message", "-p", "#{client_termname}", ";"),
    *("show-options", "-sv", "set-clipboard", ";"),
    *("show-options", "-gv", "allow-passthrough"),  # the last: it is younger than the others
)


@dataclass(frozen=True, slots=True)
class Tmux:
    """The tmux around us."""

    version: str
    terminal: str
    """TERM of the terminal that it draws on."""
    set_clipboard: str
    """``external``, ``on`` or ``off``."""
    allow_passthrough: str
    """``on``, ``all`` or ``off``."""

    @property
    def number(self) -> tuple[int, int]:
        """The version as a number to compare; (0, 0) where it has none."""
        found = re.search(r"(\d+)\.(\d+)", self.version)
        return (int(found[1]), int(found[2])) if found else (0, 0)


def ask_tmux(environ: Environment) -> Tmux | None:
    """What tmux answers; None where there is none around us, or it does not answer."""
    if not environ.get("TMUX"):
        return None
    try:
        done = subprocess.run(
            ["tmux", *_ASK],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            env=dict(environ),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if not lines:
        return None
    version, terminal, clipboard, passthrough = [*lines, *[""] * 4][:4]
    return Tmux(version, terminal, clipboard or "not known", passthrough or "off")
