"""The error tree: everything that the person at the keyboard can be told, and nothing else.

::

    FinewsError                 a sentence for the user; the command line prints it and exits
    ├── UsageError              wrong words on the command line, no such archive       exit 2
    │   ├── SettingsError       a mistake in the config file, with its line            exit 2
    │   └── QueryError          a query that cannot be read, with the place in it      exit 2
    ├── NotFoundError           no post of that key or path                            exit 1
    ├── LibraryError            the index or the state database cannot be used         exit 1
    └── Crashed                 a bug ended the program; the sentence names the trace  exit 1

A post that cannot be read is not an error but a value, ``posts.Failure``. A bug is an ordinary
Python exception and is never one of these; once its trace is kept in a file, a ``Crashed`` tells.
"""

from __future__ import annotations


class FinewsError(Exception):
    """A sentence that tells the user what is wrong and what to do about it."""

    exit_code = 1


class UsageError(FinewsError):
    """The command line asks for something that cannot be done as written."""

    exit_code = 2


class SettingsError(UsageError):
    """The config file holds a mistake; the message names the file, the line and the key."""


class QueryError(UsageError):
    """A query cannot be read; ``position`` and ``length`` tell which characters are meant."""

    def __init__(self, message: str, text: str, position: int, length: int) -> None:
        super().__init__(message)
        self.message = message
        self.text = text
        self.position = position
        self.length = length


class NotFoundError(FinewsError):
    """There is no post of the key or path that was given."""


class LibraryError(FinewsError):
    """The index or the state database cannot be opened, read or written."""


class Crashed(FinewsError):
    """A bug has ended the program; its trace is in the file that the sentence names."""
