"""Reads groups of files into articles: what a worker process does in the first pass.

It is imported by every worker, so it imports neither SQLite nor anything of the screen.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Sequence
from datetime import tzinfo
from multiprocessing import parent_process
from pathlib import Path

from finews_tui.library import files
from finews_tui.library.drafts import draft
from finews_tui.library.tokens import Folding, fold_by, printable
from finews_tui.library.work import Articles, Group, Reading, Task
from finews_tui.library.zones import zone_of
from finews_tui.posts import Card, Failure, Post, Skipped, card_of, merge_cards, parse, skim

_THRESHOLD = 20_000
"""Objects that are made before rings of them are looked for."""


def read_groups(zone: str, groups: Sequence[Group]) -> list[Articles]:
    """Read, parse and merge; runs in a worker. Days go by ``zone``, that of the archive."""
    return [_read_group(group, zone_of(zone)) for group in groups]


def _read_group(group: Group, zone: tzinfo) -> Articles:
    readings: list[Reading] = []
    cards: list[Card] = []
    for task in group.tasks:
        reading, card = _read(task)
        readings.append(reading)
        if card is not None:
            cards.append(card)
    posts = tuple(draft(merge_cards(copies), zone) for copies in told_apart(cards))
    return Articles(group.bare, group.day, tuple(readings), posts, group.old)


def told_apart(cards: Sequence[Card]) -> list[list[Card]]:
    """Sort the cards of one key into articles: one for a code, else one per title and date."""
    articles: dict[object, list[Card]] = {}
    for card in cards:
        identity = None if files.is_code(card.key) else (card.title, card.published)
        articles.setdefault(identity, []).append(card)
    return list(articles.values())


def _read(task: Task) -> tuple[Reading, Card | None]:
    path, root, zone, found = task
    if found is not None and found.problem is not None:
        return Reading(path, found.size, found.mtime_ns, zone, failure=found.problem), None
    try:
        content = files.read(path)
    except files.UnreadableError as error:
        return Reading(path, -1, -1, zone, failure=str(error)), None
    state = (path, content.size, content.mtime_ns, zone)
    try:
        card = _card(path, content.data, root, zone_of(zone))
    except Exception as error:  # the worker boundary: a bug met in one file must not lose the rest
        return Reading(*state, failure=printable(files.bug(error))), None
    match card:
        case Failure():
            return Reading(*state, failure=card.reason), None
        case Skipped():
            return Reading(*state, skipped=card.reason), None
        case Card():
            return Reading(*state), card


def _card(path: str, data: bytes, root: str, zone: tzinfo) -> Card | Failure | Skipped:
    card = skim(path, data, root=root, zone=zone)
    if card is not None:
        return card
    post = parse(Path(path), data, root=Path(root), zone=zone)
    return card_of(post) if isinstance(post, Post) else post


def prepare_worker(folding: Folding) -> None:
    """Make this process a quiet worker: Ctrl-C is its parent's affair, and so is its life."""
    fold_by(folding)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is loaded stays, and what a chunk makes is gone with it: rings of objects are rare.
    gc.freeze()
    gc.set_threshold(_THRESHOLD)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End with the parent: a killed one cannot say good-bye, and the queue alone never ends."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
