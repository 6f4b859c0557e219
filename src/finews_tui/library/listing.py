"""Holds the ordered answer to a query in four bytes a row; owns the way from row to id and back."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

_SMALL = 4096
"""Up to here a linear search is as fast as the inverse, and takes no memory."""


class Listing(Sequence[int]):
    """Ids of posts in the order of the list. Compares by identity, so that a new answer is new."""

    __slots__ = ("_ids", "_rows")

    def __init__(self, ids: Iterable[int] = ()) -> None:
        self._ids = array("I", ids)
        self._rows: array[int] | None = None

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, row: int) -> int: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[int]: ...
    def __getitem__(self, row: int | slice) -> int | Sequence[int]:
        return self._ids[row]

    def __iter__(self) -> Iterator[int]:
        return iter(self._ids)

    def __contains__(self, post: object) -> bool:
        return isinstance(post, int) and self.index(post) is not None

    def index(self, post: int, start: int = 0, stop: int | None = None) -> int | None:  # type: ignore[override]  # a missing post is an answer here, not an error
        """Return the row of the post with the id ``post``, or None where it is not listed."""
        row = self._find(post)
        if row is None or row < start or (stop is not None and row >= stop):
            return None
        return row

    def _find(self, post: int) -> int | None:
        if len(self._ids) <= _SMALL:
            try:
                return self._ids.index(post)
            except ValueError:
                return None
        if self._rows is None:
            self._rows = array("I", bytes(4 * (max(self._ids) + 1)))
            for row, listed in enumerate(self._ids, start=1):
                self._rows[listed] = row
        return self._rows[post] - 1 if 0 <= post < len(self._rows) and self._rows[post] else None
