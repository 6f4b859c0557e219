"""The answer to a question while it grows: what a search yields, and what is known with it.

It is asked in a thread of the librarian; nothing here knows the screen.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

from finews_tui.lean import NamedTuple
from finews_tui.library import Library, Listing, Query

PATIENCE = 0.002
"""Seconds: what is complete by then is painted once, and not its beginning first."""


class Growing(NamedTuple):
    """One state of an answer; each begins with the one before."""

    listing: Listing
    is_complete: bool
    place: int | None
    """The row of the post to select, if it is listed by now."""
    coverage: float = 1.0
    """The share of the posts in whose text words were looked for."""
    given_up: Sequence[str] = ()
    """Expressions that took too long with some posts."""


def growing(
    library: Library, query: Query, first: int, wanted: Sequence[int]
) -> Generator[Growing]:
    """The answer as it grows; of the posts ``wanted`` the first that is listed is the place."""
    listing = Listing()
    place: int | None = None
    known = 0
    for listing in library.search_pages(query, first, PATIENCE):
        if place is None and wanted:
            place = listing.index(wanted[0], known)
            known = len(listing)
        if not listing.is_complete:
            yield Growing(listing, False, place)
    for other in wanted:
        if place is None:
            place = listing.index(other)
    coverage = library.coverage if query.words or query.patterns else 1.0
    yield Growing(listing, True, place, coverage, library.given_up(query))
