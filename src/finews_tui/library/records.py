"""Keeps the visible text of a post in few bytes, and answers whether a word stands in it.

A record is made once, when a post is indexed: reading and parsing a file again takes fifty times
as long, and a question may have to look into thousands of posts.
"""

from __future__ import annotations

import zlib
from functools import cached_property

from finews_tui.library.tokens import (
    composed,
    fold_lines,
    is_plain,
    is_plainly_written,
)
from finews_tui.posts.text import Text

_BETWEEN = "\x1f"
"""Between the fields: no clean text holds a control character."""
_ENCODING = "gb18030"
"""Has every character, and takes two bytes for a Chinese one."""


class Record:
    """The text of one post, folded only where that is asked for."""

    def __init__(self, text: Text) -> None:
        self.text = Text(*map(composed, text))

    @classmethod
    def unpacked(cls, content: bytes) -> Record:
        """Return the record that ``packed`` made bytes of."""
        return cls(Text(*zlib.decompress(content).decode(_ENCODING).split(_BETWEEN)))

    def packed(self) -> bytes:
        """Return the record as the index keeps it; equal texts are equal bytes."""
        return zlib.compress(_BETWEEN.join(self.text).encode(_ENCODING, "replace"), 6)

    @cached_property
    def folded(self) -> Text:
        """The fields, folded line by line."""
        return Text(*map(fold_lines, self.text))

    def has(self, word: str, fields: tuple[str, ...] = Text._fields) -> bool:
        """Whether the folded ``word`` stands in one of the fields."""
        if is_plain(word):  # as most are: then the text need not be folded
            written = [getattr(self.text, field) for field in fields]
            if any(word in field for field in written):
                return True
            if all(map(is_plainly_written, written)):
                return False
        return any(word in getattr(self.folded, field) for field in fields)

    def begins_with(self, word: str) -> bool:
        """Whether the folded ``word`` stands in the digest, or else in the first line."""
        beginning = self.text.digest or self.text.body.partition("\n")[0]
        return Record(Text("", beginning, "")).has(word)
