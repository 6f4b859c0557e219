"""KEEP: the index of an archive and what the person did with it; alone imports sqlite3.

``update`` brings the index up to date, ``Library`` answers questions and keeps marks.
"""

from __future__ import annotations

from finews_tui.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.library.catalogue import Progress
    from finews_tui.library.database import Interrupted
    from finews_tui.library.facets import Facet, FacetKind
    from finews_tui.library.files import read_post
    from finews_tui.library.indexer import Anew, Summary, update
    from finews_tui.library.library import Library
    from finews_tui.library.listing import Listing
    from finews_tui.library.mentioned import TickerCount
    from finews_tui.library.past import Past, Steps, Visit
    from finews_tui.library.places import index_path
    from finews_tui.library.query import (
        FIELDS,
        STATES,
        And,
        Filter,
        Not,
        Or,
        Pattern,
        Query,
        Words,
    )
    from finews_tui.library.rows import Badge, Headline
    from finews_tui.library.snippets import Snippet, occurrences
    from finews_tui.library.state import Change, Mark
    from finews_tui.library.sweeps import Field, Sweep

__all__ = [
    "FIELDS",
    "STATES",
    "And",
    "Anew",
    "Badge",
    "Change",
    "Facet",
    "FacetKind",
    "Field",
    "Filter",
    "Headline",
    "Interrupted",
    "Library",
    "Listing",
    "Mark",
    "Not",
    "Or",
    "Past",
    "Pattern",
    "Progress",
    "Query",
    "Snippet",
    "Steps",
    "Summary",
    "Sweep",
    "TickerCount",
    "Visit",
    "Words",
    "index_path",
    "occurrences",
    "read_post",
    "update",
]

# Who asks needs nothing of what indexes: no parser, no worker processes.
__getattr__ = late(
    __name__,
    {
        "catalogue": "Progress",
        "database": "Interrupted",
        "facets": "Facet FacetKind",
        "files": "read_post",
        "indexer": "Anew Summary update",
        "library": "Library",
        "listing": "Listing",
        "mentioned": "TickerCount",
        "past": "Past Steps Visit",
        "places": "index_path",
        "query": "FIELDS STATES And Filter Not Or Pattern Query Words",
        "rows": "Badge Headline",
        "snippets": "Snippet occurrences",
        "state": "Change Mark",
        "sweeps": "Field Sweep",
    },
)
