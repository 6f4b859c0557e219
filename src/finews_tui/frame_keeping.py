"""Keeps frames for the next start: the writer's side of ``frames.py``."""

from __future__ import annotations

import os
from pathlib import Path

from finews_tui.frames import MOST_BYTES, Frame, checksum, parsed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.frames import Picture

MOST_FRAMES = 12
"""Frames kept; the oldest make room."""


def keep(frame: Frame, picture: Picture, columns: int, index: str, *, ambiguous: int) -> None:
    """Keep a screen for the next start like that of ``frame``, as long as ``index`` is there.

    ``ambiguous`` are the cells that ambiguous characters take on it. A screen with anything but
    printable text and colours, or too large, is not kept. Raises OSError where the folder cannot be
    written.
    """
    if not frame.is_wanted:
        return
    key, file = frame.key(columns, len(picture)), frame.file(columns, len(picture))
    body = "\n".join("\x1f".join(map("\x1e".join, row)) for row in picture).encode()
    head = [b"%08x" % checksum(body), key, os.fsencode(index), b"%d" % ambiguous]
    content = b"\0".join([*head, body])
    if len(content) > MOST_BYTES or parsed(content, key) is None:
        return
    fresh = Path(f"{file}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
        fresh.replace(file)
    except BaseException:
        fresh.unlink()
        raise
    _prune(frame.folder)


def _prune(folder: str) -> None:
    """Leave the newest frames, and take the rest away."""
    with os.scandir(folder) as entries:
        kept = [entry for entry in entries if entry.name.startswith("frame-")]
    for entry in sorted(kept, key=lambda entry: entry.stat().st_mtime)[:-MOST_FRAMES]:
        Path(entry.path).unlink()
