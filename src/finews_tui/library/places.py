"""Where the index of an archive is: the one name of a folder, however it was written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def settled(root: Path) -> Path:
    """Return an archive's one true name: absolute, without links but for a post's own name."""
    return root.resolve() if root.is_dir() else root.parent.resolve() / root.name


def folder_of(root: Path) -> Path:
    """Return the folder of an archive, which may be a single post."""
    return root if root.is_dir() else root.parent


def index_path(cache: Path, roots: Sequence[Path]) -> Path:
    """Return the index file for a set of archives; their order and spelling do not matter."""
    names = sorted({os.fsencode(settled(root)) for root in roots})
    return cache / f"index-{_digest(bytes([0]).join(names))[:12]}.db"


def _digest(data: bytes) -> str:
    """Return the SHA-256 of ``data``.

    hashlib loads all of OpenSSL, which takes longer than the search for a word. So the lean module
    is asked first that stands behind it, as ``random`` of the standard library does.
    """
    try:
        from _sha2 import sha256  # type: ignore[import-not-found]  # Python 3.12 and newer
    except ImportError:
        try:
            from _sha256 import sha256  # type: ignore[import-not-found]  # 3.11
        except ImportError:
            from hashlib import sha256
    return str(sha256(data).hexdigest())
