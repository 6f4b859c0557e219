"""Reads the dates of posts: front matter, file names and upstream's article codes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache


class _Shanghai(tzinfo):
    """Asia/Shanghai, for which the time zones of the system are only loaded where they matter.

    China knew summer time until September 1991; since then it is eight hours ahead of UTC.
    """

    key = "Asia/Shanghai"
    """The name of the zone, as ``ZoneInfo`` has it."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """How far ahead of UTC it is then; None for no moment, as with every zone."""
        if moment is not None and moment.year >= _STEADY:
            return _EIGHT_HOURS
        return _by_the_book().utcoffset(moment)

    def dst(self, moment: datetime | None) -> timedelta | None:
        """How much of that is summer time."""
        if moment is not None and moment.year >= _STEADY:
            return timedelta()
        return _by_the_book().dst(moment)

    def tzname(self, moment: datetime | None) -> str | None:
        """What the time is called then."""
        if moment is not None and moment.year >= _STEADY:
            return "CST"
        return _by_the_book().tzname(moment)

    def fromutc(self, moment: datetime) -> datetime:
        """The local time of a moment of UTC."""
        if moment.year >= _STEADY:
            return moment + _EIGHT_HOURS
        zone = _by_the_book()
        return zone.fromutc(moment.replace(tzinfo=zone)).replace(tzinfo=self)

    def __str__(self) -> str:
        return self.key

    def __reduce__(self) -> str:
        return "SHANGHAI"


_STEADY = 1992
_EIGHT_HOURS = timedelta(hours=8)


@lru_cache(maxsize=1)
def _by_the_book() -> tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(_Shanghai.key)


SHANGHAI = _Shanghai()
"""The zone of a date that names none, in an archive that names none."""

_DATE = (
    r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:(?:[T ]|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?\s*"
)
_NAME = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])"


def read_date(text: str, zone: tzinfo) -> tuple[datetime, bool] | None:
    """The moment that a ``date:`` names and whether it names a time of day; None if it is no date.

    ``2022-03-11 16:47:23 +0800``, with or without time and zone; without zone it is in ``zone``.
    """
    found = re.fullmatch(_DATE, text[:64])
    if not found:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    try:
        moment = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=_offset(offset) if offset else zone,
        )
    except (ValueError, OverflowError):
        return None
    return moment, hour is not None


def date_of_name(name: str, zone: tzinfo) -> datetime | None:
    """Midnight of the date that a file name begins with, such as ``2022-03-11-…``."""
    found = re.match(_NAME, name)
    return _midnight(found[1], found[2], found[3], zone) if found else None


def date_of_code(code: str, zone: tzinfo) -> datetime | None:
    """Midnight of the date that an 18-digit article code begins with (``YYYYMMDD…``)."""
    return _midnight(code[:4], code[4:6], code[6:8], zone)


def _midnight(year: str, month: str, day: str, zone: tzinfo) -> datetime | None:
    try:
        return datetime(int(year), int(month), int(day), tzinfo=zone)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _offset(text: str) -> tzinfo:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-shift if text[0] == "-" else shift)
