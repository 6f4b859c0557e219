"""Keeps the visible text of a post in few bytes, and answers whether a word stands in it.

A record is made once, when a post is indexed: reading and parsing a file again takes fifty times
as long, and a question may have to look into thousands of posts.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import cached_property

from finews_tui.lean import NamedTuple
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


class Piece(NamedTuple):
    """Some of a field, on one line."""

    text: str
    is_begun: bool
    """Whether something stands before it."""
    goes_on: bool
    """Whether something follows."""


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
            start = 0 if in_title else self._written.index(_END) + 1
            return self._line_with(word, start, len(self._written)) is not None
        first = 0 if in_title else 1
        written = self.text[first:]
        if any(word in field for field in written):
            return True
        if word.isascii() and any(word in field.lower() for field in written):
            return True
        return any(word in field for field in self.folded[first:])

    def pieces(self, words: Sequence[str], spare: int) -> Iterator[Piece]:
        """Yield digest, body and title, each on one line and as far as it matters for ``words``.

        That is the first line with one of these folded words, else how the field begins, and some
        lines beside of it: ``spare`` bytes at least. Where a word may stand in many ways, it is
        the whole field.
        """
        middle = self._written.index(_END)
        body = self._written.index(_END, middle + 1) + 1
        is_plainly_asked = self.is_plain and all(map(is_plain, words))
        for first, last in ((middle + 1, body - 1), (body, len(self._written)), (0, middle)):
            start, stop = first, last
            if is_plainly_asked:
                lines = (self._line_with(word, first, last) for word in words)
                line, end = min(filter(None, lines), default=(first, first))
                if line - spare > first:
                    start = max(first, self._written.rfind(b"\n", first, line - spare) + 1)
                if end + spare < last:
                    stop = self._written.find(b"\n", end + spare, last)
                    stop = last if stop < 0 else stop
            text = " ".join(self._written[start:stop].decode(_ENCODING).split())
            yield Piece(text, start > first, stop < last)

    def _line_with(self, word: str, start: int, stop: int) -> tuple[int, int] | None:
        """Return where the first line begins and ends in which ``word`` stands as it is.

        Only lines with its bytes are decoded: these may also be the second half of a character and
        what follows. No line feed is part of another character.
        """
        encoded = word.encode(_ENCODING)
        at = self._written.find(encoded, start, stop)
        while at >= 0:
            line = max(start, self._written.rfind(b"\n", start, at) + 1)
            end = self._written.find(b"\n", at, stop)
            end = stop if end < 0 else end
            if word in self._written[line:end].decode(_ENCODING):
                return line, end
            at = self._written.find(encoded, end, stop)
        return None

    def begins_with(self, word: str) -> bool:
        """Whether the folded ``word`` stands in the digest, or else in the first line."""
        beginning = self.text.digest or self.text.body.partition("\n")[0]
        return Record.of(Text("", beginning, "")).has(word)
