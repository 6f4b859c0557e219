"""One line of text being typed: the text, the cursor, history and completion, without a widget.

This room alone knows what the editing keys of a prompt do; ``prompt.py`` shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from finews_tui.lean import NamedTuple
from finews_tui.page.cells import clusters
from finews_tui.posts.clean import clean_text

LONGEST = 1_000
"""Characters of a line; more is not taken."""


class Completion(NamedTuple):
    """What Tab offers: words that may stand in place of the last characters before the cursor."""

    start: int
    """Where the word to be replaced begins."""
    words: tuple[str, ...]
    """The words to choose from, the likeliest first."""


Completer = Callable[[str], Completion]
"""Gets the text before the cursor."""


class LineEditor:
    """A line being edited. All methods keep ``0 <= cursor <= len(text)``."""

    def __init__(
        self,
        text: str = "",
        cursor: int = 0,
        *,
        history: Sequence[str] = (),
        completer: Completer | None = None,
    ) -> None:
        self.text = text
        self.cursor = cursor
        """Characters before the cursor."""
        self.history = history
        """What was accepted before, the newest first."""
        self.completer = completer
        self.choices: tuple[str, ...] = ()
        """What Tab is going through; empty when it is not."""
        self.choice = -1
        """The one of ``choices`` that stands in the line."""
        self._place = -1
        """The line of ``history`` that stands here; -1 for what was typed."""
        self._draft = ""
        """What was typed before going through the history."""
        self._start = 0
        """Where the word being completed begins."""

    def set(self, text: str) -> None:
        """Another text, with the cursor at its end."""
        self.text = text[:LONGEST]
        self.cursor = len(self.text)
        self._settle()

    def insert(self, text: str) -> None:
        """Type or paste ``text`` at the cursor, cleaned and on one line."""
        clean = " " if text.isspace() else clean_text(text)
        clean = clean[: LONGEST - len(self.text)]
        self.text = self.text[: self.cursor] + clean + self.text[self.cursor :]
        self.cursor += len(clean)
        self._settle()

    def clear(self) -> None:
        """Take everything away."""
        self.set("")

    def delete_left(self) -> None:
        """Take away the character before the cursor, with its combining marks."""
        self._cut(self.cursor - self._left(), self.cursor)

    def delete_right(self) -> None:
        """Take away the character after the cursor."""
        self._cut(self.cursor, self.cursor + self._right())

    def delete_word(self) -> None:
        """Take away the word before the cursor and the space after it."""
        self._cut(self._word_start(), self.cursor)

    def left(self) -> None:
        """One character to the left."""
        self.cursor -= self._left()

    def right(self) -> None:
        """One character to the right."""
        self.cursor += self._right()

    def word_left(self) -> None:
        """To the beginning of the word."""
        self.cursor = self._word_start()

    def word_right(self) -> None:
        """To the end of the word."""
        rest = self.text[self.cursor :]
        word = rest.lstrip()
        length = len(word.split(maxsplit=1)[0]) if word else 0
        self.cursor += len(rest) - len(word) + length

    def home(self) -> None:
        """To the beginning."""
        self.cursor = 0

    def end(self) -> None:
        """To the end."""
        self.cursor = len(self.text)

    def older(self) -> None:
        """The line that was accepted before this one."""
        if self._place + 1 < len(self.history):
            if self._place < 0:
                self._draft = self.text
            self._recall(self._place + 1)

    def newer(self) -> None:
        """Back towards what was typed."""
        if self._place >= 0:
            self._recall(self._place - 1)

    def complete(self, step: int = 1) -> None:
        """Put the next word that fits in place; -1 for the one before."""
        if not self.choices:
            if self.completer is None:
                return
            offer = self.completer(self.text[: self.cursor])
            words = tuple(dict.fromkeys(offer.words))
            if not words:
                return
            self._start, self.choices, self.choice = offer.start, words, -1 if step > 0 else 0
        self.choice = (self.choice + step) % len(self.choices)
        word = self.choices[self.choice]
        tail = self.text[self.cursor :]
        self.text = self.text[: self._start] + word + tail
        self.cursor = self._start + len(word)
        if len(self.choices) == 1:
            self.choices, self.choice = (), -1

    def _recall(self, place: int) -> None:
        text = self._draft if place < 0 else self.history[place]
        draft = self._draft
        self.set(text)
        self._place, self._draft = place, draft

    def _settle(self) -> None:
        """Typing ends completion and leaves the history."""
        self.choices, self.choice = (), -1
        self._place, self._draft = -1, ""

    def _cut(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start
        self._settle()

    def _left(self) -> int:
        before = clusters(self.text[: self.cursor])
        return len(before[-1]) if before else 0

    def _right(self) -> int:
        after = clusters(self.text[self.cursor :])
        return len(after[0]) if after else 0

    def _word_start(self) -> int:
        before = self.text[: self.cursor].rstrip()
        return len(before) - len(before.split()[-1]) if before else 0
