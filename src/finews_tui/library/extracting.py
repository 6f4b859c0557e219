"""Reads the texts of posts and cuts them into tokens: what a worker does in the second pass.

It is imported by every worker, so it imports neither SQLite nor anything of the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from finews_tui.library import files
from finews_tui.library.records import Record
from finews_tui.library.tokens import printable
from finews_tui.posts import Post, merge, parse
from finews_tui.posts.text import text_of

if TYPE_CHECKING:
    from finews_tui.library.segments import Sheaf


class Wanted(NamedTuple):
    """A post whose text is to be read."""

    post: int
    paths: tuple[str, ...]
    """Of all copies."""


class Problem(NamedTuple):
    """A file of which the text cannot be read, although its headline could."""

    post: int
    path: str
    reason: str


class Sheet(NamedTuple):
    """The texts of some posts, as the index keeps them."""

    posts: tuple[int, ...]
    contents: tuple[bytes, ...]
    """A packed record for each."""
    sheaf: Sheaf
    """Their tokens."""
    unread: int
    """How many other posts there were, of whose files none can be read now."""
    problems: tuple[Problem, ...]


def read_texts(wanted: Sequence[Wanted]) -> Sheet:
    """Read the texts of posts; runs in a worker."""
    from finews_tui.library.segments import sheaf

    problems: list[Problem] = []
    found = [(one.post, record) for one in wanted if (record := _record(one, problems)) is not None]
    return Sheet(
        tuple(post for post, _ in found),
        tuple(record.packed() for _, record in found),
        sheaf(["\n".join(record.text) for _, record in found]),
        len(wanted) - len(found),
        tuple(problems),
    )


def _record(wanted: Wanted, problems: list[Problem]) -> Record | None:
    posts: list[Post] = []
    for path in wanted.paths:
        match _read(path):
            case Post() as post:
                posts.append(post)
            case str(reason):
                problems.append(Problem(wanted.post, path, printable(reason)))
    return Record.of(text_of(merge(posts))) if posts else None


def _read(path: str) -> Post | str | None:
    """Return the post of a file, or why there is none; None where the file is gone meanwhile."""
    try:
        post = parse(Path(path), files.read(path).data)
    except files.UnreadableError as error:
        return None if isinstance(error.__cause__, FileNotFoundError) else str(error)
    except Exception as error:  # the worker boundary: a bug met in one file must not lose the rest
        return files.bug(error)
    return post if isinstance(post, Post) else post.reason
