"""Late names: what a package offers is loaded when it is first asked for, not before.

This room alone loads a module by its name. Importing is most of what a short command does.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def late(package: str, rooms: Mapping[str, str]) -> Callable[[str], object]:
    """The ``__getattr__`` of ``package``, whose ``rooms`` are a module → the names it gives.

    The names of one room are parted by spaces. A name is kept in the package once it was asked
    for, so it must not be the name of a room.
    """
    homes = {name: room for room, names in rooms.items() for name in names.split()}

    def load(name: str) -> object:
        room = homes.get(name)
        if room is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(__import__(f"{package}.{room}", fromlist=[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    return load
