"""Decides under which key an article is kept: what read marks and stars hang on.

An article keeps the key it has. Where different articles share a name, the one that has the bare
key keeps it, and a newcomer is qualified by its folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from finews_tui.library.tokens import printable
from finews_tui.posts import Card


def assign(
    posts: Sequence[Card],
    held: Mapping[str, str],
    carried: Mapping[str, str],
    roots: Sequence[str],
    is_taken: Callable[[str], bool],
) -> list[str]:
    """Return a key for each of ``posts``, which are the different articles of one name.

    ``held`` are the keys by path that files of this name, gone ones included, have in the index;
    ``carried`` the same from an index that was thrown away; ``is_taken`` tells whether the index
    holds a key, of whatever name.
    """
    keys: list[str | None] = []
    for post in posts:
        own = [key for path in post.copies if (key := held.get(path) or carried.get(path))]
        own.sort(key=lambda key: (key != post.key, key))
        keys.append(next((key for key in own if key not in keys), None))
    ours = frozenset(held.values())
    return [
        key or _free(post, place, keys, roots, lambda name: name not in ours and is_taken(name))
        for place, (post, key) in enumerate(zip(posts, keys, strict=True))
    ]


def _free(
    post: Card,
    place: int,
    keys: list[str | None],
    roots: Sequence[str],
    is_taken: Callable[[str], bool],
) -> str:
    key = next(key for key in _candidates(post, roots) if key not in keys and not is_taken(key))
    keys[place] = key
    return key


def _candidates(post: Card, roots: Sequence[str]) -> Iterator[str]:
    """Name a post, ever longer: bare, with folder, with suffix, with archive, by its full path."""
    path = post.path
    root = max((root for root in roots if path.startswith(f"{root}/")), key=len, default="")
    below = path[len(root) :].lstrip("/")
    folder = below.rpartition("/")[0]
    yield post.key
    if folder:
        yield printable(f"{folder}/{post.key}")
    yield printable(below)
    yield printable(f"{root.rpartition('/')[2]}/{below}")
    yield printable(path)
