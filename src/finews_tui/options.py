"""What the command line tells the reader at its start, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from finews_tui.frames import Frame
from finews_tui.settings import Settings


@dataclass(frozen=True, eq=False, repr=False)
class ReaderOptions:
    """Everything that the command line tells the reader at its start."""

    roots: tuple[Path, ...]
    is_sample: bool
    index: Path
    """The index file, which may not exist yet."""
    state: Path
    """The state database file, which may not exist yet."""
    settings: Settings
    mouse: bool
    """Settings and ``--no-mouse`` taken together."""
    theme: str | None
    """``--theme``, which goes before ``settings.theme``."""
    at: str | None
    """Key or path of the post to open first."""
    query: str
    """The query of the first list; empty: all."""
    update: bool
    """False with ``--no-update``: show the index as it is."""
    warning: str | None = None
    """What the person should know about the program's folders."""
    frame: Frame = field(default_factory=Frame, compare=False)
    """The screen of this start, and where that of the next one is kept."""
