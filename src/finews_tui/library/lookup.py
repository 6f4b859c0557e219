"""Finds one post by what a person calls it: its key, or the path of one of its files."""

from __future__ import annotations

import os
from pathlib import Path

from finews_tui.library.conditions import Ask
from finews_tui.library.places import settled
from finews_tui.library.tokens import printable

_BY_KEY = "SELECT id FROM posts WHERE key = ?"
_BY_PATH = (
    "SELECT post FROM entries WHERE folder = (SELECT id FROM folders WHERE path = ?) "
    "AND day = ? AND name = ? AND post IS NOT NULL"
)


def by_key(key: str, ask: Ask) -> list[int]:
    """Return the id of the post with this very key; empty where there is none."""
    return [number for (number,) in ask(_BY_KEY, (printable(key),))]


def by_name(post: str, ask: Ask) -> list[int]:
    """Return the id for a key, the path of a copy, or a file's name without its folder."""
    if found := by_key(post, ask):
        return found
    from finews_tui.library.files import day_of
    from finews_tui.posts import key_of

    path = settled(Path(post))
    place = (os.fsencode(path.parent), day_of(path.name), os.fsencode(path.name))
    if found := [number for (number,) in ask(_BY_PATH, place)]:
        return found
    return by_key(key_of(Path(post)), ask) if post and "/" not in post else []
