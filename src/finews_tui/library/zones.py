"""Owns time zones of archives: the nearest ``_config.yml`` of a file, and zones by name."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from pathlib import Path

from finews_tui.posts import SHANGHAI

CONFIG = "_config.yml"
_MAX_BYTES = 1024 * 1024


class Zones:
    """The zones of the folders of archives; remembers what it has looked up."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], tzinfo] = {}
        self._configured: dict[Path, tzinfo | None] = {}

    def zone_for(self, folder: str, root: str) -> tzinfo:
        """Return the zone of files in ``folder``, from the nearest config up to beside ``root``.

        The folder above the archive counts too: somebody who opens ``blog/_posts`` means that blog.
        """
        answer = self._answers.get((folder, root))
        if answer is None:
            answer = self._answers[folder, root] = self._search(Path(folder), Path(root).parent)
        return answer

    def _search(self, folder: Path, top: Path) -> tzinfo:
        for place in (folder, *folder.parents):
            if place not in self._configured:
                self._configured[place] = _zone_in(place / CONFIG)
            if zone := self._configured[place]:
                return zone
            if place == top:
                break
        return SHANGHAI


def _zone_in(config: Path) -> tzinfo | None:
    try:
        if not config.is_file() or config.stat().st_size > _MAX_BYTES:
            return None
        from finews_tui.posts import parse_zone  # late: it needs YAML

        return parse_zone(config.read_bytes())
    except OSError:
        return None


def name_of(zone: tzinfo) -> str:
    """Return the name of a zone, such as ``Asia/Shanghai`` or ``+08:00``."""
    if key := getattr(zone, "key", None):  # of Shanghai, or as zoneinfo has it
        return str(key)
    offset = zone.utcoffset(datetime(2000, 1, 1)) or timedelta()
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo:
    """Return the zone of a name that ``name_of`` gave."""
    if name[:1] in ("+", "-"):
        hours, minutes = name[1:].split(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if name[0] == "-" else offset)
    if name == SHANGHAI.key:
        return SHANGHAI
    from zoneinfo import ZoneInfo  # late: most archives are of China

    return ZoneInfo(name)
