"""Reads the texts of posts and cuts them into tokens: what a worker does in the second pass.

It is imported by every worker, so it imports neither SQLite nor anything of the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from finews_tui.library import files
from finews_tui.library.records import Record
from finews_tui.posts import Post, merge, parse
from finews_tui.posts.text import text_of

if TYPE_CHECKING:
    from finews_tui.library.segments import Sheaf


class Wanted(NamedTuple):
    """A post whose text is to be read."""

    post: int
    paths: tuple[str, ...]
    """Of all copies."""


class Sheet(NamedTuple):
    """The texts of some posts, as the index keeps them."""

    posts: tuple[int, ...]
    contents: tuple[bytes, ...]
    """A packed record for each."""
    sheaf: Sheaf
    """Their tokens."""
    unread: int
    """How many other posts there were, whose files cannot be read any more."""


def read_texts(wanted: Sequence[Wanted]) -> Sheet:
    """Read the texts of posts; runs in a worker."""
    from finews_tui.library.segments import sheaf

    found = [(one.post, record) for one in wanted if (record := _record(one.paths)) is not None]
    return Sheet(
        tuple(post for post, _ in found),
        tuple(record.packed() for _, record in found),
        sheaf(["\n".join(record.text) for _, record in found]),
        len(wanted) - len(found),
    )


def _record(paths: Sequence[str]) -> Record | None:
    posts: list[Post] = []
    for path in paths:
        try:
            post = parse(Path(path), files.read(path).data)
        except Exception:  # the worker boundary: the catalogue has told about this file already
            continue
        if isinstance(post, Post):
            posts.append(post)
    return Record.of(text_of(merge(posts))) if posts else None
