"""Owns how a day is written in a query and which days it means: ``2022-05``, ``today``, ``3d``."""

from __future__ import annotations

import re
from datetime import date

_CALENDAR = r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?"
_AGO = r"([0-9]{1,5})([dw])"


def is_day(text: str) -> bool:
    """Whether ``text`` names a day, a month, a year or a distance from today."""
    return days_of(text, date(2000, 1, 1)) is not None


def days_of(text: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day that ``text`` means, or None where it means none."""
    if text == "today":
        return today, today
    if found := re.fullmatch(_AGO, text):
        distance = int(found[1]) * (7 if found[2] == "w" else 1)
        ordinal = max(1, today.toordinal() - distance)
        return date.fromordinal(ordinal), date.fromordinal(ordinal)
    if found := re.fullmatch(_CALENDAR, text):
        year, month, day = found.groups()
        try:
            if day:
                exact = date(int(year), int(month), int(day))
                return exact, exact
            first = date(int(year), int(month or 1), 1)
            from calendar import monthrange  # late: few questions name a month

            last_month = int(month or 12)
            return first, date(int(year), last_month, monthrange(int(year), last_month)[1])
        except ValueError:
            return None
    return None


def number_of(day: date) -> int:
    """Return ``day`` as the index keeps it: yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day


def date_of(number: int) -> date:
    """Return the day that ``number`` (yyyymmdd) keeps."""
    return date(number // 10_000, number // 100 % 100, number % 100)


def text_of(number: int) -> str:
    """Return a year (yyyy), month (yyyymm) or day (yyyymmdd) number as a query writes it."""
    digits = str(number).zfill(4 if number < 10_000 else 6 if number < 1_000_000 else 8)
    return "-".join(part for part in (digits[:4], digits[4:6], digits[6:]) if part)
