"""Keeps which files the index has seen, shelf by shelf: the files of one day in one folder.

An unchanged archive of a million files is known by the digests of some hundred shelves. A digest is
taken from what is written about the files, and is forgotten with the first change of one of them.
"""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from finews_tui.lean import NamedTuple

State = tuple[int, int]
"""Size and time (ns) of a file."""


class Entry(NamedTuple):
    """What the index remembers of a file."""

    state: State
    post: int | None


class Shelf:
    """The states of some files, added in the order of their names."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._sizes = array("q")
        self._times = array("q")

    def add(self, name: str, size: int, mtime_ns: int) -> None:
        """Add a file."""
        self._names.append(name)
        self._sizes.append(size)
        self._times.append(mtime_ns)

    def states(self) -> dict[str, State]:
        """Return the state of each file by name."""
        return dict(zip(self._names, zip(self._sizes, self._times, strict=True), strict=True))

    def digest(self) -> bytes:
        """Return what no other shelf has."""
        names = "/".join([str(len(self._names)), *self._names])
        hashed = blake2b(names.encode("utf-8", "surrogateescape"), digest_size=16)
        hashed.update(self._sizes)
        hashed.update(self._times)
        return hashed.digest()


class Shelves:
    """The shelves of an open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._folders: dict[str, int] = {}
        self._zones: dict[str, str] = {}
        for number, path, zone in connection.execute("SELECT id, path, zone FROM folders"):
            self._folders[os.fsdecode(path)] = number
            self._zones[os.fsdecode(path)] = zone

    def is_empty(self) -> bool:
        """Whether no file was ever seen."""
        return not self._folders

    def zones(self) -> Mapping[str, str]:
        """Return the zone that the files of each folder were read with."""
        return dict(self._zones)

    def digests(self) -> dict[int, dict[str, bytes | None]]:
        """Return the digest of each shelf by day and folder, None where it is not known."""
        found: dict[int, dict[str, bytes | None]] = {}
        paths = {number: path for path, number in self._folders.items()}
        for folder, day, digest in self._connection.execute("SELECT * FROM shelves"):
            found.setdefault(day, {})[paths[folder]] = digest
        return found

    def days(self) -> set[int]:
        """Return the days of which there are files."""
        return {day for (day,) in self._connection.execute("SELECT DISTINCT day FROM shelves")}

    def names(self, day: int) -> list[str]:
        """Return the names of all files of a day, in whichever folders."""
        folders = self._connection.execute("SELECT folder FROM shelves WHERE day = ?", (day,))
        return [
            os.fsdecode(name)
            for folder in folders.fetchall()
            for (name,) in self._connection.execute(
                "SELECT name FROM entries WHERE folder = ? AND day = ?", (*folder, day)
            )
        ]

    def entries(self, day: int, folder: str) -> dict[str, Entry]:
        """Return what is on a shelf, by name."""
        rows = self._connection.execute(
            "SELECT name, size, mtime_ns, post FROM entries WHERE folder = ? AND day = ?",
            (self._folders[folder], day),
        )
        return {
            os.fsdecode(name): Entry((size, mtime_ns), post) for name, size, mtime_ns, post in rows
        }

    def doubt(self, folder: str, zone: str) -> None:
        """Forget the states of the files of a folder, whose zone is ``zone`` from now on.

        They count as changed then, also if the run that reads them is stopped half-way.
        """
        number = self._folders[folder]
        self._forget("folder = ?", (number,))
        self._connection.execute("UPDATE folders SET zone = ? WHERE id = ?", (zone, number))
        self._zones[folder] = zone

    def doubt_all(self) -> None:
        """Forget the states of all files; inside a transaction."""
        self._forget("1", ())

    def _forget(self, which: str, values: tuple[int, ...]) -> None:
        self._connection.execute(
            f"UPDATE entries SET size = -2, mtime_ns = -1 WHERE {which}", values
        )
        self._connection.execute(f"UPDATE shelves SET digest = NULL WHERE {which}", values)

    def folder(self, path: str, zone: str) -> int:
        """Return the number of a folder, which is noted where it is new; inside a transaction."""
        number = self._folders.get(path)
        if number is None:
            number = self._connection.execute(
                "INSERT INTO folders (path, zone) VALUES (?, ?) RETURNING id",
                (os.fsencode(path), zone),
            ).fetchone()[0]
            self._folders[path] = number
            self._zones[path] = zone
        return number

    def touch(self, shelves: Iterable[tuple[int, int]]) -> None:
        """Forget the digests of shelves, by number of the folder and day; in a transaction."""
        self._connection.executemany(
            "INSERT INTO shelves (folder, day) VALUES (?, ?) "
            "ON CONFLICT DO UPDATE SET digest = NULL",
            shelves,
        )

    def seal(self) -> None:
        """Take the digests that are missing from what is written about the files.

        Shelves on which nothing is left are forgotten; inside a transaction.
        """
        self._connection.execute(
            "DELETE FROM shelves WHERE digest IS NULL AND NOT EXISTS (SELECT 1 FROM entries "
            "WHERE entries.folder = shelves.folder AND entries.day = shelves.day)"
        )
        for place in self._connection.execute(
            "SELECT folder, day FROM shelves WHERE digest IS NULL"
        ).fetchall():
            shelf = Shelf()
            for name, size, mtime_ns in sorted(
                (os.fsdecode(name), size, mtime_ns)
                for name, size, mtime_ns in self._connection.execute(
                    "SELECT name, size, mtime_ns FROM entries WHERE folder = ? AND day = ?", place
                )
            ):
                shelf.add(name, size, mtime_ns)
            self._connection.execute(
                "UPDATE shelves SET digest = ? WHERE folder = ? AND day = ?",
                (shelf.digest(), *place),
            )
