"""Reads groups of files into articles: what a worker process of the indexer does, and nothing else.

It is imported by every worker, so it imports neither SQLite nor anything of the screen.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path
from typing import NamedTuple

from finews_tui.library import files
from finews_tui.library.records import Record
from finews_tui.library.tokens import printable
from finews_tui.library.zones import zone_of
from finews_tui.posts import Card, Failure, Post, Skipped, card_of, merge, merge_cards, parse
from finews_tui.posts.text import text_of


class Task(NamedTuple):
    """One file to read."""

    found: files.Found
    zone: str
    """The name of the zone that its ``_config.yml`` sets."""


class Group(NamedTuple):
    """The files that share a key by name: copies of one article, or a collision of names."""

    bare: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one file."""

    path: str
    size: int
    mtime_ns: int
    """-1 where it could not be read, so that the next update tries again."""
    zone: str
    failure: str | None = None
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class Articles:
    """What became of a group: the state of each file, and the posts that they make."""

    bare: str
    files: tuple[Reading, ...]
    posts: tuple[Card, ...]
    """Merged. More than one where different posts share a name."""


class Wanted(NamedTuple):
    """A post whose text is to be read."""

    post: int
    paths: tuple[str, ...]
    """Of all copies."""


class Written(NamedTuple):
    """The text of a post, as the index keeps it."""

    post: int
    content: bytes
    """A packed record."""
    tokens: str


Texts = list[Written | int]
"""Texts, and the posts whose files cannot be read any more."""


def is_code(key: str) -> bool:
    """Whether ``key`` is upstream's article code, under which files are one article for certain."""
    return len(key) == 18 and key.isascii() and key.isdigit()


def read_groups(groups: Sequence[Group]) -> list[Articles]:
    """Read, parse and merge; the function that runs in a worker."""
    return [_read_group(group) for group in groups]


def _read_group(group: Group) -> Articles:
    readings: list[Reading] = []
    cards: list[Card] = []
    for task in group.tasks:
        reading, card = _read(task)
        readings.append(reading)
        if card is not None:
            cards.append(card)
    return Articles(group.bare, tuple(readings), tuple(map(merge_cards, told_apart(cards))))


def told_apart(cards: Sequence[Card]) -> list[list[Card]]:
    """Sort the cards of one key into articles: one for a code, else one per title and date."""
    articles: dict[object, list[Card]] = {}
    for card in cards:
        identity = None if is_code(card.key) else (card.title, card.published)
        articles.setdefault(identity, []).append(card)
    return list(articles.values())


def read_texts(wanted: Sequence[Wanted]) -> Texts:
    """Read the texts of posts; runs in a worker."""
    return [_read_text(*one) for one in wanted]


def _read_text(number: int, paths: Sequence[str]) -> Written | int:
    posts: list[Post] = []
    for path in paths:
        try:
            post = parse(Path(path), files.read(path).data)
        except Exception:  # the worker boundary: the catalogue has told about this file already
            continue
        if isinstance(post, Post):
            posts.append(post)
    if not posts:
        return number
    record = Record(text_of(merge(posts)))
    return Written(number, record.packed(), record.tokens())


def _read(task: Task) -> tuple[Reading, Card | None]:
    found = task.found
    if found.problem is not None:
        reading = Reading(found.path, found.size, found.mtime_ns, task.zone, failure=found.problem)
        return reading, None
    try:
        content = files.read(found.path)
    except files.UnreadableError as error:
        return Reading(found.path, -1, -1, task.zone, failure=str(error)), None
    state = (found.path, content.size, content.mtime_ns, task.zone)
    try:
        post = parse(Path(found.path), content.data, root=Path(found.root), zone=zone_of(task.zone))
    except Exception as error:  # the worker boundary: a bug met in one file must not lose the rest
        reason = f"This is a bug in finews-tui: {type(error).__name__}: {error}"
        return Reading(*state, failure=printable(reason)), None
    match post:
        case Failure():
            return Reading(*state, failure=post.reason), None
        case Skipped():
            return Reading(*state, skipped=post.reason), None
        case Post():
            return Reading(*state), card_of(post)


def prepare_worker() -> None:
    """Make this process a quiet worker: Ctrl-C is its parent's affair, and so is its life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End with the parent: a killed one cannot say good-bye, and the queue alone never ends."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
