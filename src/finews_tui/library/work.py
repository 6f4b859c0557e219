"""The values that travel between the indexer and its workers: what to read, and what came of it.

Tuples of plain values all of them: a million cross the border between two processes.
"""

from __future__ import annotations

from finews_tui.lean import NamedTuple
from finews_tui.library.files import Found


class Task(NamedTuple):
    """One file to read."""

    path: str
    root: str
    """The folder of the archive that it belongs to."""
    zone: str
    """The name of the zone that its ``_config.yml`` sets."""
    found: Found | None = None
    """What was seen of it, where it is not plainly a file."""


class Old(NamedTuple):
    """A file that the index knows, also one that is gone."""

    path: str
    post: int | None


class Group(NamedTuple):
    """The files that share a key by name: copies of one article, or a collision of names."""

    bare: str
    """The key."""
    day: int
    """Of all these files; see ``files.day_of``."""
    tasks: tuple[Task, ...]
    old: tuple[Old, ...] = ()
    """What the index has under this key."""


class Reading(NamedTuple):
    """What became of one file."""

    path: str
    size: int
    mtime_ns: int
    """-1 where it could not be read, so that the next update tries again."""
    zone: str
    failure: str | None = None
    skipped: str | None = None


class Naming(NamedTuple):
    """A ticker or a sector that belongs to a post."""

    symbol: str
    market: str
    kind: str
    name: str | None
    trust: str


class Draft(NamedTuple):
    """An article as the rows that it will be, as far as they can be told without the index."""

    key: str
    path: str
    copies: tuple[str, ...]
    title: str
    folded: str
    published: str | None
    epoch: int | None
    day: int | None
    source: str | None
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    url: str | None
    images: int
    tables: int
    namings: tuple[Naming, ...]


class Articles(NamedTuple):
    """What became of a group: the state of each file, and the posts that they make."""

    bare: str
    day: int
    files: tuple[Reading, ...]
    posts: tuple[Draft, ...]
    """Merged. More than one where different posts share a name."""
    old: tuple[Old, ...] = ()
