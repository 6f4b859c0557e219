"""Reads an article from its files as they are now: what a list of headlines never does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from finews_tui.errors import LibraryError, NotFoundError
from finews_tui.library.files import read_post
from finews_tui.library.rows import Headline
from finews_tui.posts import Failure, Post, Skipped, merge


def article(headline: Headline, folders: Sequence[Path]) -> Post:
    """Return the post of ``headline``, its copies merged; ``folders`` are those of the archives.

    Raises NotFoundError where its files are gone and LibraryError where none can be read.
    """
    readings = [_read(path, folders) for path in headline.copies]
    posts = [reading for reading in readings if isinstance(reading, Post)]
    if posts:
        return replace(merge(posts), key=headline.key)
    if not headline.path.exists():
        raise NotFoundError(f"{headline.path} is gone; the next update of the index sees it")
    reasons = [reading.reason for reading in readings if not isinstance(reading, Post)]
    raise LibraryError(f"{headline.path} cannot be read: {' '.join(dict.fromkeys(reasons))}")


def _read(path: Path, folders: Sequence[Path]) -> Post | Failure | Skipped:
    roots = [folder for folder in folders if path.is_relative_to(folder)]
    return read_post(path, root=max(roots, key=lambda root: len(root.parts), default=None))
