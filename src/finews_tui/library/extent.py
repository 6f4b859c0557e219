"""How far an index reaches: its posts, its newest day, its full text, and what it lacks."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from finews_tui.library.days import date_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.library.conditions import Ask
    from finews_tui.posts import Failure

_FAILURES = "SELECT path, failure FROM files WHERE failure IS NOT NULL ORDER BY path"


def newest_day(ask: Ask) -> date | None:
    """Return the day of the newest post that has a date."""
    ((number,),) = ask("SELECT max(day) FROM posts", ())
    return None if number is None else date_of(number)


def total(ask: Ask) -> int:
    """Return the number of posts."""
    from finews_tui.library.counts import WHOLE

    rows = ask("SELECT posts FROM counts WHERE kind = ? AND node = ?", WHOLE)
    return int(rows[0][0]) if rows else 0


def coverage(ask: Ask) -> float:
    """Return the share of the posts whose full text can be searched, from 0 to 1."""
    ((pending,),) = ask("SELECT count(*) FROM posts WHERE is_pending", ())
    return 1 - pending / total(ask) if pending else 1.0


def failures(ask: Ask) -> list[Failure]:
    """Return the files that could not be read, by path."""
    if not (found := ask(_FAILURES, ())):
        return []
    from finews_tui.posts import Failure

    return [Failure(Path(os.fsdecode(path)), reason) for path, reason in found]
