"""Somebody at a terminal: her environment, her own folders, and the reader that she starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tools.terminal import Terminal


def environment(home: Path, **more: str) -> dict[str, str]:
    """A clean environment with its own folders: a usual terminal, no SSH, no display.

    ``PYTHONPATH`` goes on: it says which source tree is meant where there are several.
    """
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_STATE_HOME": str(home / "state"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TZ": "Asia/Shanghai",
        **more,
    }


def reader(
    home: Path,
    *arguments: str,
    columns: int = 100,
    rows: int = 30,
    variables: Mapping[str, str] | None = None,
) -> Terminal:
    """The real reader in a terminal, with ``home`` for its folders and as current folder."""
    command = [sys.executable, "-m", "finews_tui", *arguments]
    environ = environment(home, **(variables or {}))
    return Terminal(command, columns=columns, rows=rows, environ=environ, cwd=home)
