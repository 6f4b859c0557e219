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
_PLAIN, _ODD = b"p", b"o"
"""What a packed record begins with: whether its text is plainly written, see ``tokens.py``."""


class Record:
    """The text of one post, unpacked and folded only where that is asked for."""

    def __init__(self, written: bytes, is_plain: bool) -> None:
        self._written = written
        self._is_plain = is_plain

    @classmethod
    def of(cls, text: Text) -> Record:
        """Return the record of a text."""
        text = Text(*map(composed, text))
        joined = _BETWEEN.join(text)
        record = cls(joined.encode(_ENCODING, "replace"), is_plainly_written(joined))
        record.text = text
        return record

    @classmethod
    def unpacked(cls, content: bytes) -> Record:
        """Return the record that ``packed`` made bytes of."""
        return cls(zlib.decompress(memoryview(content)[1:]), content[:1] == _PLAIN)

    def packed(self) -> bytes:
        """Return the record as the index keeps it; equal texts are equal bytes."""
        return (_PLAIN if self._is_plain else _ODD) + zlib.compress(self._written, 6)

    @cached_property
    def text(self) -> Text:
        """The text, composed."""
        return Text(*self._written.decode(_ENCODING).split(_BETWEEN))

    @cached_property
    def folded(self) -> Text:
        """The fields, folded line by line."""
        return Text(*map(fold_lines, self.text))

    def has(self, word: str, fields: tuple[str, ...] = Text._fields) -> bool:
        """Whether the folded ``word`` stands in one of the fields."""
        is_as_written = self._is_plain and is_plain(word)
        if is_as_written and word.encode(_ENCODING) not in self._written:
            return False  # as most are that are looked at in vain: nothing need be decoded
        written = [getattr(self.text, field) for field in fields]
        if any(word in field for field in written):
            return True
        if word.isascii() and any(word in field.lower() for field in written):
            return True
        return not is_as_written and any(word in getattr(self.folded, field) for field in fields)

    def begins_with(self, word: str) -> bool:
        """Whether the folded ``word`` stands in the digest, or else in the first line."""
        beginning = self.text.digest or self.text.body.partition("\n")[0]
        return Record.of(Text("", beginning, "")).has(word)
