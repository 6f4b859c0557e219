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
_END = b"\x1f"
"""The same in bytes, where it is part of no other character."""
_ENCODING = "gb18030"
"""Has every character, and takes two bytes for a Chinese one."""
_PLAIN, _ODD = b"p", b"o"
"""What a packed record begins with: whether its text is plainly written, see ``tokens.py``."""


class Record:
    """The text of one post, unpacked and folded only where that is asked for."""

    def __init__(self, written: bytes, is_plain: bool) -> None:
        self._written = written
        self.is_plain = is_plain
        """Whether it is plainly written, see ``tokens.py``."""

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
        return (_PLAIN if self.is_plain else _ODD) + zlib.compress(self._written, 6)

    @cached_property
    def text(self) -> Text:
        """The text, composed."""
        return Text(*self._written.decode(_ENCODING).split(_BETWEEN))

    @cached_property
    def folded(self) -> Text:
        """The fields, folded line by line."""
        return Text(*map(fold_lines, self.text))

    def has(self, word: str, *, in_title: bool = True) -> bool:
        """Whether the folded ``word`` stands in the text; without ``in_title``, below the title."""
        if self.is_plain and is_plain(word):
            return self._is_written(word, 0 if in_title else self._written.index(_END) + 1)
        first = 0 if in_title else 1
        written = self.text[first:]
        if any(word in field for field in written):
            return True
        if word.isascii() and any(word in field.lower() for field in written):
            return True
        return any(word in field for field in self.folded[first:])

    def _is_written(self, word: str, start: int) -> bool:
        """Whether ``word`` stands as it is behind ``start``; only lines with its bytes are decoded.

        Its bytes may also be the second half of a character and what follows. No line feed is part
        of another character.
        """
        encoded = word.encode(_ENCODING)
        at = self._written.find(encoded, start)
        while at >= 0:
            line = max(start, self._written.rfind(b"\n", start, at))
            end = self._written.find(b"\n", at)
            if word in self._written[line : end if end >= 0 else None].decode(_ENCODING):
                return True
            at = self._written.find(encoded, end) if end >= 0 else -1
        return False

    def begins_with(self, word: str) -> bool:
        """Whether the folded ``word`` stands in the digest, or else in the first line."""
        beginning = self.text.digest or self.text.body.partition("\n")[0]
        return Record.of(Text("", beginning, "")).has(word)
