"""On which machine, with which programs: what a figure means nothing without."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from finews_tui import __version__


def description() -> list[str]:
    """One fact a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, finews-tui {__version__}",
        f"{len(os.sched_getaffinity(0))} cores, {_processor()}, {memory:.0f} GiB of memory",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"Textual {version('textual')}, numpy {version('numpy')}",
        f"newsboat {_version_of('newsboat')}, ripgrep {_version_of('rg')}",
    ]


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or "processor unknown"
    found = re.search(r"^model name\s*:\s*(.*)$", text, re.MULTILINE)
    return found[1] if found else "processor unknown"


def _version_of(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        return "not installed"
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+(?:\.\d+)+", told.stdout)
    return found[0] if found else "of unknown version"
