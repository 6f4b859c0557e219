"""Gleans from a body what a card needs, tag by tag, and tells the collector no more than that.

The law is that of ``telling.py``. Most bodies are paragraphs, marks, charts and images of the known
shapes: these are gone through as pairs of a tag and the text behind it, and what a tag is there for
is known from the posts before. A block of letters without written codes and the like changes
nothing; whatever does, or has another shape, is told like the body of a Post.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from finews_tui.posts import written
from finews_tui.posts.clean import SUSPECTS, set_of
from finews_tui.posts.collector import RELATED_WORDS, SOURCE_WORDS, Collector, source_named
from finews_tui.posts.shapes import CELL, MARK, ROLE, TOKEN
from finews_tui.posts.table import is_tabular
from finews_tui.posts.telling import SIMPLE_REFERENCE, Teller, mark_of

# What makes a block more than its letters: written codes, the heading of related articles, a source
# line that may lack its class, and last characters to be cleaned and references that may stand for
# any of these.
_STARTS = f"{RELATED_WORDS[0]}{SOURCE_WORDS[0]}{written.HINT_STARTS}"
_ALERT = re.compile(
    rf"{set_of(f'{SUSPECTS}&{_STARTS}')}(?:{written.HINT_RESTS}"
    rf"|{RELATED_WORDS[1:]}(?<={RELATED_WORDS})|{SOURCE_WORDS[1:]}(?<={SOURCE_WORDS})"
    rf"|(?<![{_STARTS}])(?!(?<=&){SIMPLE_REFERENCE}))"
)
_LONG_TABLE = 2_000
"""Of this length a table cannot have more cells than are shown."""
_SOURCE = re.compile(r"（文章来源：[^<&]{1,60}）")
_BLANKS = " \n\t"
"""What may stand between blocks."""
_NOTHING = [("", "")] * 4
"""Behind the last token, so that whoever looks some tokens ahead finds an end."""
_DEPTH = 3
"""Elements that may be open at once in a paragraph of a known shape, itself included."""

_Role = Literal[
    "frame", "block", "source", "hidden", "end", "wrap", "line", "mark", "link", "anchor", "image",
    "marker", ""
]  # fmt: skip
_Token = tuple[str, str]


# The same companies stand in thousands of posts.
@lru_cache(maxsize=8_192)
def _role_of(tag: str) -> tuple[_Role, str]:
    """What a tag is there for, and the name of its element; for an image, its attributes."""
    found = ROLE.fullmatch(tag)
    if found is None:
        return "", ""
    role: _Role = found.lastgroup  # type: ignore[assignment]  # the groups of ROLE
    if role in ("end", "image"):
        return role, found[role]
    return role, tag.partition(" ")[0]


@lru_cache(maxsize=8_192)
def _mark_in(tag: str) -> tuple[str, str, str]:
    """Address, class and code of a mark."""
    found = MARK.match(f"<{tag}>")
    href, classes, code, _ = found.groups("") if found else ("", "", "", "")
    return href, classes, code


class Gleaner(Teller):
    """One body while what a card may depend on is taken from it."""

    def __init__(self, collector: Collector) -> None:
        super().__init__(collector)
        self.has_text = False
        """Whether there is visible text that the collector was not told of."""

    def read(self, content: str) -> bool:
        """As ``Teller.read``; there is no NUL in ``content``."""
        content = content.strip(_BLANKS)
        tokens: list[_Token] = TOKEN.findall(content)
        if len(tokens) != content.count("<") or content[:1] not in ("<", ""):
            return super().read(content)
        count = len(tokens)
        tokens += _NOTHING
        at = start = told = 0  # ``start`` is where the token ``told`` stands in ``content``
        while at < count:
            tag, letters = tokens[at]
            if tag == "p" and tokens[at + 1][0] == "/p" and not _ALERT.search(letters):
                # The most frequent block, and the same as _take() would make of it.
                self.has_text = self.has_text or bool(letters.strip())
                behind, is_taken = at + 2, True
            else:
                behind, is_taken = self._take(tokens, at)
            if is_taken:
                at = behind
                letters = tokens[at - 1][1]
                if letters and letters.strip(_BLANKS):
                    return False
                continue
            start += _length(tokens[told:at])
            end = start + _length(tokens[at:behind]) if behind else len(content)
            stop = self.block(content, start, end)
            if stop < 0 or content[stop : stop + 1] not in ("<", ""):
                return False
            at += content.count("<", start, stop)
            start, told = stop, at
        self.settle()
        return True

    def table(self, block: str) -> None:
        """A table whose cells are letters only."""
        if len(block) > _LONG_TABLE or _ALERT.search(block):
            super().table(block)
            return
        self.settle()
        rows = [[text.strip() for text in CELL.findall(row)] for row in block.split("</tr>")]
        if is_tabular(rows):
            self.collector.begin_table()
            self.collector.end_table(rows)
        else:
            self.has_text = self.has_text or any(map(any, rows))

    def _take(self, tokens: Sequence[_Token], at: int) -> tuple[int, bool]:
        """Take the block that begins with a token: the place behind it, and whether it is done.

        The place is 0 where the block has none of these shapes.
        """
        tag, text = tokens[at]
        role, name = _role_of(tag)
        match role:
            case "frame" | "block":
                return self._paragraph(tokens, at, name)
            case "source" if tokens[at + 1][0] == "/p":
                if not _SOURCE.fullmatch(text):
                    return at + 2, False
                self.settle()
                self.collector.body.source = source_named(text)
                self.has_text = True
                return at + 2, True
            case "hidden":
                behind = at + 1
                while _role_of(tokens[behind][0])[0] == "line":
                    behind += 1
                return (behind + 1, True) if tokens[behind][0] == "/p" else (0, False)
            case "line" | "marker":
                return at + 1, True
        return 0, False

    def _paragraph(self, tokens: Sequence[_Token], at: int, name: str) -> tuple[int, bool]:
        """Take a paragraph of an inline shape, or what looks like one at first."""
        letters = tokens[at][1]
        marks: list[tuple[str, str]] = []
        still_open = [name]
        place = at + 1
        while True:
            tag, text = tokens[place]
            place += 1
            role, name = _role_of(tag)
            if role == "end":
                if name != still_open.pop():
                    return 0, False
                if not still_open:
                    break
            elif role == "mark" or role == "link":
                if tokens[place][0] != f"/{name}":
                    return 0, False
                still_open.append(name)
                if role == "mark":
                    marks.append((tag, text))
            elif role == "wrap" and len(still_open) < _DEPTH:
                still_open.append(name)
            elif role == "line":
                letters += "\n"
            elif place == at + 2 and (role == "anchor" or role == "image"):
                return self._framed(tokens, at)
            else:
                return 0, False
            letters += text
        if name == "center":
            return 0, False
        if _ALERT.search(letters):
            return place, False
        self.has_text = self.has_text or bool(letters.strip())
        if marks:
            self.settle()
            for tag, words in marks:
                if mark := mark_of(*_mark_in(tag), words):
                    self.collector.note(*mark)
        return place, True

    def _framed(self, tokens: Sequence[_Token], at: int) -> tuple[int, bool]:
        """Take a block with a chart or a content image and nothing else."""
        place = at + 1
        is_linked = _role_of(tokens[place][0])[0] == "anchor"
        role, image = _role_of(tokens[place + is_linked][0])
        place += 1 + is_linked
        if role != "image" or (is_linked and tokens[place][0] != "/a"):
            return 0, False
        place += is_linked
        if _role_of(tokens[place][0])[0] == "line" and not tokens[place][1]:
            place += 1
        if tokens[place][0] != f"/{_role_of(tokens[at][0])[1]}":
            return 0, False
        if any(text.strip(" \n") for _, text in tokens[at:place]):
            return 0, False
        return place + 1, self.show(image, is_linked=is_linked)


def _length(tokens: Sequence[_Token]) -> int:
    """How long the piece of a body is that consists of these."""
    return sum(len(tag) + len(text) + len("<>") for tag, text in tokens)
