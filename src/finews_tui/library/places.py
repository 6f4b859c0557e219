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
    from hashlib import sha256

    names = sorted({os.fsencode(settled(root)) for root in roots})
    return cache / f"index-{sha256(bytes([0]).join(names)).hexdigest()[:12]}.db"
