"""The line to the terminal: sends what has changed of the picture, as fast as the line takes it.

This room alone writes to the terminal while the reader is on it. A thread writes; whoever paints
never waits. While the line is busy pictures are painted over one another, and only the last of them
is sent: keys that are held down do not pile up on a slow line.
"""

from __future__ import annotations

import os
import select
from collections.abc import Mapping
from contextlib import suppress
from threading import Condition, RLock, Thread
from time import monotonic

from finews_tui.tui.difference import Shown, place
from finews_tui.tui.pace import UNANSWERED, Pace
from finews_tui.tui.picture import Picture

ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"
"""To the alternate screen, which is empty, and back."""
BEGIN_UPDATE, END_UPDATE = "\x1b[?2026h", "\x1b[?2026l"
"""Between them a terminal that understands them shows nothing half done."""
ASK_PLACE = "\x1b[6n"
"""Asks the terminal where its cursor is."""
ASK_WIDTH = f"\x1b[2H“{ASK_PLACE}"
"""Asks how wide it draws an ambiguous character, where the picture is written at once.

In the second row: an answer from the first would be that of a key, S-F3 (xterm: Control Sequences).
"""

_PIECE = 512
"""Bytes of one write: a line that takes none of them now is one to wait for."""
_LARGE = 512
"""Characters from which on an update is shown in one piece: fewer arrive as one anyway."""
_PARTING = 1.0
"""Seconds that the last bytes may take."""
_NEAR = 0.25
"""Seconds in which a terminal on this machine has answered, if it ever does."""

Size = tuple[int, int]
"""Columns and rows."""


class Wire:
    """What the terminal shows, what it should show, and the thread that makes one the other."""

    def __init__(
        self, environ: Mapping[str, str], ambiguous: int = 1, *, measures: bool = False
    ) -> None:
        """``measures``: the terminal is asked how wide it draws ambiguous characters."""
        self._environ = environ
        self._is_remote = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
        self._ambiguous = ambiguous
        self._measures = measures
        self._is_to_measure = measures
        self._measured_at: float | None = None  # when it was asked, until it answers
        self._changed = Condition(RLock())
        self._picture = Picture(0, 0)
        self._shown = Shown(0, 0)
        self._cursor = (0, 0)
        self._controls: list[str] = []
        self._is_painted = False  # there may be something new in the picture
        self._is_on_screen = False
        self._is_synchronised = False
        self._is_writing = False
        self._is_ending = False
        self._is_dead = False
        self._bug: Exception | None = None
        self._pace = self._new_pace()
        self._file = -1
        self._encoding = "utf-8"
        self._thread: Thread | None = None

    # -- the beginning and the end -----------------------------------------------------------

    def open(self, file: int, encoding: str) -> None:
        """Begin to write to ``file``, of which nothing is known."""
        self._file, self._encoding = file, encoding
        self._is_ending = self._is_dead = False
        self._pace = self._new_pace()
        self.forget()
        self._thread = Thread(target=self._run, name="wire", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Write what is left of the controls, as far as the line takes it, and end the thread."""
        with self._changed:
            self._is_ending = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(_PARTING)
            self._thread = None

    def _new_pace(self) -> Pace:
        return Pace(monotonic, is_remote=self._is_remote)

    def measure(self) -> None:
        """Another terminal may be at the other end: ask it again with all of the picture."""
        with self._changed:
            self._is_to_measure = self._measures
            self.forget()

    def widen(self, ambiguous: int) -> None:
        """The terminal gives so many cells to ambiguous characters; all has to be painted again."""
        with self._changed:
            self._ambiguous = ambiguous
            self._picture = Picture(*self._picture.size, ambiguous)
            self.forget()

    def forget(self) -> None:
        """Nobody knows what the terminal shows: send all of the picture."""
        with self._changed:
            can_erase = erases_with_background(self._environ)
            self._shown = Shown(*self._picture.size, can_erase=can_erase)
            self._cursor = (-1, -1)
            self._is_painted = True
            self._changed.notify_all()

    def know(self, text: str, size: Size) -> None:
        """The terminal shows this already: of the same picture nothing has to be sent."""
        with self._changed:
            shown = Picture(*size, self._ambiguous)
            shown.paint(text)
            self._picture = Picture(*size, self._ambiguous)
            self.forget()
            self._shown.rows = shown.rows

    # -- what comes from Textual -------------------------------------------------------------

    def paint(self, text: str, size: Size) -> None:
        """Paint on the picture, which has ``size``; it is sent when the line is free."""
        with self._changed:
            if self._bug is not None:
                bug, self._bug = self._bug, None
                raise bug
            if self._picture.size != size:
                self._picture = Picture(*size, self._ambiguous)
                self.forget()
            self._picture.paint(text)
            self._is_painted = True
            self._changed.notify_all()

    def control(self, sequence: str) -> None:
        """Send a sequence as it is, before the next picture."""
        with self._changed:
            if sequence in (ENTER, LEAVE):
                self.forget()
                self.show(sequence == ENTER)
            self._controls.append(sequence)
            self._changed.notify_all()

    def show(self, is_on_screen: bool) -> None:
        """Whether the screen is the picture's, and not the shell's."""
        with self._changed:
            self._is_on_screen = is_on_screen
            if not is_on_screen:
                self._controls.append("\x1b[m")

    def synchronise(self) -> None:
        """The terminal can show an update in one piece."""
        self._is_synchronised = True

    # -- what comes from the terminal --------------------------------------------------------

    def answered(self, x: int, y: int) -> int | None:
        """The terminal has told where its cursor is; the cells of ``“``, where that tells them."""
        with self._changed:
            width = x if self._awaits_width and y == 1 and x in (1, 2) else None
            if width is None:
                self._pace.answered()
            else:
                self._measured_at = None
            self._changed.notify_all()
            return width

    @property
    def _awaits_width(self) -> bool:
        return self._measured_at is not None and monotonic() - self._measured_at < UNANSWERED

    def hear_out(self) -> None:
        """Wait for an answer that is under way: after the end it would be typed into the shell."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._is_dead or not (self._pace.awaits_answer or self._awaits_width),
                _PARTING if self._is_remote else _NEAR,
            )

    def flush(self) -> None:
        """Wait until the controls are written, as far as the line takes them."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._is_dead or not (self._controls or self._is_writing), _PARTING
            )

    # -- the thread --------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while (text := self._next()) is not None:
                self._write(text.encode(self._encoding, "replace"))
                with self._changed:
                    self._is_writing = False
                    self._changed.notify_all()
        except Exception as bug:  # the edge of a thread: whoever paints next is told
            with self._changed:
                self._bug = bug
                self._is_dead = True
                self._changed.notify_all()

    def _next(self) -> str | None:
        """What to write next, as soon as there is something; None at the end."""
        with self._changed:
            while True:
                if self._controls:
                    text, self._controls = "".join(self._controls), []
                    self._is_writing = True
                    return text
                if self._is_ending:
                    return None
                wait = None
                if self._is_painted and self._is_on_screen:
                    wait = self._pace.delay()
                    if not wait and (text := self._update()):
                        self._is_writing = True
                        return text
                    wait = wait or None
                self._changed.wait(wait)

    def _update(self) -> str:
        self._is_painted = False
        picture = self._picture
        text = self._shown.follow(picture)
        if self._is_to_measure and text:
            self._is_painted = True  # asked by a write of its own, of which nobody sees a half
        elif self._is_to_measure:
            text = self._question()
        # The cursor is hidden: it is only put where Textual has a reason to want it.
        if picture.cursor != (0, 0) and (text or picture.cursor != self._cursor):
            text += place(*picture.cursor)
        self._cursor = picture.cursor
        if len(text) > _LARGE and self._is_synchronised:
            text = f"{BEGIN_UPDATE}{text}{END_UPDATE}"
        if text and self._pace.wants_answer:
            text += ASK_PLACE
        return text

    def _question(self) -> str:
        """What asks for the width, once there is room for that, and paints it over at once."""
        rows = self._picture.rows
        if len(rows) < 2 or self._picture.columns < 4:
            return ""
        if None in rows[1][:2]:
            return ""
        self._shown.rows[1][:2] = [None, None]
        self._is_to_measure = False
        self._measured_at = monotonic()
        return ASK_WIDTH + self._shown.follow(self._picture)

    def _write(self, data: bytes) -> None:
        is_asking = data.endswith(ASK_PLACE.encode())
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            began = monotonic()
            try:
                has_waited = self._write_piece(piece)
            except OSError:  # the terminal is gone; whoever waits for it is told by a signal
                with self._changed:
                    self._is_dead = self._is_ending = True
                    self._controls.clear()
                return
            with self._changed:
                self._pace.sent(len(piece), began, monotonic(), has_waited=has_waited)
        if is_asking:
            with self._changed:
                self._pace.asked()

    def _write_piece(self, piece: bytes) -> bool:
        """Write some bytes; whether the line had to be waited for."""
        has_waited = False
        while piece:
            if not select.select([], [self._file], [], 0)[1]:
                has_waited = True
                select.select([], [self._file], [])
            with suppress(BlockingIOError):  # somebody who shares the terminal wants it so
                piece = piece[os.write(self._file, piece) :]
        return has_waited


def erases_with_background(environ: Mapping[str, str]) -> bool:
    """Whether the terminal erases with the background in force (terminfo's ``bce``).

    All do but screen, and terminals older than colour.
    """
    term = environ.get("TERM", "")
    if term.startswith(("screen", "vt", "ansi")):
        return bool(environ.get("TMUX"))  # which calls itself screen, too
    return True
