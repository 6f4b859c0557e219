"""Reads groups of files into articles: what a worker process does in the first pass.

It is imported by every worker, so it imports neither SQLite nor anything of the screen.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from multiprocessing import parent_process
from pathlib import Path
from typing import TypeVar

from finews_tui.library import files
from finews_tui.library.drafts import draft
from finews_tui.library.tokens import Folding, fold_by, printable
from finews_tui.library.work import Articles, Group, Reading, Task
from finews_tui.library.zones import zone_of
from finews_tui.posts import (
    Card,
    Failure,
    File,
    Post,
    Skipped,
    card_of,
    merge_cards,
    parse,
    skim_all,
)

_THRESHOLD = 20_000
"""Objects that are made before rings of them are looked for."""
_RUN = 4 * 1024**2
"""Bytes of files that are held together, and a file more."""
_Unread = tuple[int, int, Failure]
"""Size and time of a file that was not read, as far as they are known, and why."""
_Value = Card | Failure | Skipped
_Told = TypeVar("_Told")


def read_groups(zone: str, groups: Sequence[Group]) -> list[Articles]:
    """Read, parse and merge; runs in a worker. Days go by ``zone``, that of the archive.

    Each step is done for all files before the next one, as in ``skim_all``.
    """
    days = zone_of(zone)
    tasks = [task for group in groups for task in group.tasks]
    values = [value for run in _in_runs(tasks) for value in _values(run)]
    outcomes = map(_outcome, tasks, values)
    found = [list(islice(outcomes, len(group.tasks))) for group in groups]
    articles = [
        [merge_cards(copies) for copies in told_apart([card for _, card in files if card])]
        for files in found
    ]
    drafts = [tuple([draft(card, days) for card in cards]) for cards in articles]
    return [
        Articles(group.bare, group.day, tuple([reading for reading, _ in files]), posts, group.old)
        for group, files, posts in zip(groups, found, drafts, strict=True)
    ]


def told_apart(cards: Sequence[Card]) -> list[list[Card]]:
    """Sort the cards of one key into articles: one for a code, else one per title and date."""
    articles: dict[object, list[Card]] = {}
    for card in cards:
        identity = None if files.is_code(card.key) else (card.title, card.published)
        articles.setdefault(identity, []).append(card)
    return list(articles.values())


def _in_runs(tasks: Sequence[Task]) -> Iterator[list[tuple[Task, files.Content | _Unread]]]:
    """Read the files, as many at a time as may be in memory together."""
    run: list[tuple[Task, files.Content | _Unread]] = []
    size = 0
    for task in tasks:
        content = _content(task)
        run.append((task, content))
        size += len(content.data) if isinstance(content, files.Content) else 0
        if size >= _RUN:
            yield run
            run, size = [], 0
    yield run


def _values(run: Sequence[tuple[Task, files.Content | _Unread]]) -> list[tuple[int, int, _Value]]:
    """Size and time of each file, and what it says."""
    known = [(task, found.data) for task, found in run if isinstance(found, files.Content)]
    try:
        skimmed = skim_all([_file(task, data) for task, data in known])
    except Exception:  # the worker boundary: one by one then, so that no more than one file is lost
        skimmed = [_guarded(_skim, task, data) for task, data in known]
    values = iter(
        [
            _guarded(_parse, task, data) if value is None else value
            for (task, data), value in zip(known, skimmed, strict=True)
        ]
    )
    return [
        (found.size, found.mtime_ns, next(values)) if isinstance(found, files.Content) else found
        for _, found in run
    ]


def _content(task: Task) -> files.Content | _Unread:
    """The content of a file; or its size and time as far as they are known, and what is wrong."""
    path, _, _, found = task
    if found is not None and found.problem is not None:
        return found.size, found.mtime_ns, Failure(Path(path), found.problem)
    try:
        return files.read(path)
    except files.UnreadableError as error:
        return -1, -1, Failure(Path(path), str(error))


def _outcome(task: Task, found: tuple[int, int, _Value]) -> tuple[Reading, Card | None]:
    path, _, zone, _ = task
    size, mtime_ns, value = found
    match value:
        case Card():
            return Reading(path, size, mtime_ns, zone), value
        case Failure():
            return Reading(path, size, mtime_ns, zone, failure=value.reason), None
        case Skipped():
            return Reading(path, size, mtime_ns, zone, skipped=value.reason), None


def _guarded(read: Callable[[Task, bytes], _Told], task: Task, data: bytes) -> _Told | Failure:
    try:
        return read(task, data)
    except Exception as error:  # the worker boundary: a bug met in one file must not lose the rest
        return Failure(Path(task.path), printable(files.bug(error)))


def _file(task: Task, data: bytes) -> File:
    return File(task.path, data, task.root, zone_of(task.zone))


def _skim(task: Task, data: bytes) -> _Value | None:
    return skim_all([_file(task, data)])[0]


def _parse(task: Task, data: bytes) -> _Value:
    path, root = Path(task.path), Path(task.root)
    post = parse(path, data, root=root, zone=zone_of(task.zone))
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
