"""Holds the ordered answer to a query in four bytes a row; owns the way from row to id and back."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

from finews_tui.lean import overload

_BYTES = 4
"""Of an id."""


class Listing(Sequence[int]):
    """Ids of posts in the order of the list. Compares by identity, so that a new answer is new."""

    __slots__ = ("_ids", "_stored", "is_by_time", "is_complete")

    def __init__(
        self, ids: Iterable[int] = (), *, is_by_time: bool = True, is_complete: bool = True
    ) -> None:
        self.is_by_time = is_by_time
        """Whether the newest come first, and what has no date last."""
        self.is_complete = is_complete
        """Whether it is all of the answer, and not its beginning."""
        self._stored = array("I", ids).tobytes()
        self._ids = memoryview(self._stored).cast("I")

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
        """Return the row of the post with the id ``post``, or None where it is not listed.

        Looks at the bytes, three milliseconds for a million rows, rather than keep an inverse.
        """
        if not 0 <= post < 1 << 8 * _BYTES:
            return None
        wanted = array("I", [post]).tobytes()
        end = len(self._stored) if stop is None else stop * _BYTES
        at = self._stored.find(wanted, start * _BYTES, end)
        while at % _BYTES and at >= 0:  # the end of one id and the beginning of the next
            at = self._stored.find(wanted, at + 1, end)
        return at // _BYTES if at >= 0 else None
