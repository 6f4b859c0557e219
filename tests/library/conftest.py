"""An empty archive and the place of its index; and a library of random posts, made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from finews_tui.library import Library

from .archives import opened, run
from .oracle import Oracle, fill, parsed


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an empty archive with upstream's two folders."""
    folder = tmp_path / "archive"
    (folder / "_posts").mkdir(parents=True)
    (folder / "old_post").mkdir()
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return the path of an index that does not exist yet."""
    return tmp_path / "cache" / "index.db"


class Shelf(NamedTuple):
    """A library of about eighty posts, some read, and who knows all about them."""

    library: Library
    oracle: Oracle


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Return a library that no test changes."""
    folder = tmp_path_factory.mktemp("shelf")
    archive = folder / "archive"
    fill(archive)
    index = folder / "index.db"
    run(index, archive)
    with opened(index) as library:
        posts = parsed(archive)
        library.mark([post.key for post in posts[::3]], read=True)
        library.mark([post.key for post in posts[::7]], starred=True)
        yield Shelf(library, Oracle(library, posts))
