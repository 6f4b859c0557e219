"""The last line of the screen: where the reader is, what is filtered, what is running.

This room alone decides what is left out when the line is short. ``status_line`` is pure; the
widgets only hold its values and paint the cells that changed.
"""

from __future__ import annotations

from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from finews_tui.page import cut, width_of
from finews_tui.page.line import Line, Role, Span
from finews_tui.tui.paint import Painter, paint_anew, safe

MESSAGE_SECONDS = 5.0
"""How long a sentence stands in the status line."""
_SEPARATOR: Span = (" · ", "dim")


def position(row: int, total: int, *, is_counting: bool = False) -> str:
    """``1/36,831``; the only thing on the screen of this form. Rows count from 1; 0 of none.

    While there may be more it is ``1/1,234+``.
    """
    return f"{min(row, total):,}/{total:,}{'+' if is_counting else ''}"


def status_line(
    width: int,
    *,
    row: int = 0,
    total: int = 0,
    is_counting: bool = False,
    arrived: int = 0,
    filter: str = "",
    running: str = "",
    pending: str = "",
    right: str = "",
    message: str = "",
    help_key: str = "?",
) -> Line:
    """The line in exactly ``width`` cells.

    Position, arrivals and pending keys always stand. A message takes the place of filter and work.
    Where there is little room, first the parts of ``right`` go (from its left), then the middle is
    cut, then the help hint makes room for a message.
    """
    left: list[Span] = [(f" {position(row, total, is_counting=is_counting)}", "text")]
    if arrived:
        left += [_SEPARATOR, (f"↑ {arrived:,} new", "unread")]
    ends = [(part, "dim") for part in right.split(" · ") if part]
    if help_key:
        ends.append((f"{help_key} help", "dim"))
    middle: list[tuple[str, Role]] = []
    if message:
        middle = [(safe(message), "title")]
    else:
        if filter:
            middle.append((safe(filter), "source" if not middle else "dim"))
        if running:
            middle.append((safe(running), "dim"))
    wanted = sum(3 + width_of(text) for text, _ in middle)
    keys = f"{safe(pending)} " if pending else ""
    room = width - _width(left) - width_of(keys) - 2
    least = 0 if message else 1
    while len(ends) > least and wanted + _joined(ends) > room:
        if len(ends) == 1 and min(wanted, 24) + _joined(ends) <= room and not message:
            break
        ends.pop(0)
    room -= _joined(ends)
    for text, role in middle:
        short = cut(text, room - 3)
        if room < 5 or not short:
            break
        left += [_SEPARATOR, (short, role)]
        room -= 3 + width_of(short)
    tail: list[Span] = [(keys, "unread")] if keys else []
    for number, (text, _) in enumerate(ends):
        tail += [_SEPARATOR] * bool(number) + [(text, "dim")]
    gap = width - _width(left) - _width(tail) - 1
    line: list[Span] = [*left, (" " * max(gap, 1), "text"), *tail, (" ", "text")]
    return fitted(line, width)


def _width(spans: list[Span]) -> int:
    return sum(width_of(text) for text, _ in spans)


def _joined(parts: list[tuple[str, str]]) -> int:
    return sum(width_of(text) for text, _ in parts) + 3 * max(0, len(parts) - 1)


def fitted(line: list[Span], width: int) -> Line:
    """``line`` in exactly ``width`` cells, whatever it takes."""
    fitted: list[Span] = []
    room = width
    for text, role in line:
        short = text if width_of(text) <= room else cut(text, room)
        fitted.append((short, role))
        room -= width_of(short)
    fitted.append((" " * room, "text"))
    return tuple(span for span in fitted if span[0])


class PaintedLine(Widget):
    """A line that is painted, not laid out; of a change only the cells that differ are written."""

    DEFAULT_CSS = "PaintedLine { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._painter: Painter | None = None
        self._strip: Strip | None = None

    def line(self, width: int) -> Line:
        """What the line says; subclasses tell."""
        raise NotImplementedError

    def notify_style_update(self) -> None:
        """Forget the colours of the former theme."""
        self._painter = None
        self._strip = None
        super().notify_style_update()

    def on_hide(self) -> None:
        """What was below comes out again."""
        paint_anew(self)

    def render_line(self, y: int) -> Strip:
        """The strip of the line."""
        if y:
            return Strip.blank(self.size.width)
        if self._strip is None or self._strip.cell_length != self.size.width:
            self._strip = self._paint()
        return self._strip

    @property
    def painter(self) -> Painter:
        """Paints in the colours of the theme in force."""
        if self._painter is None:
            self._painter = Painter(self.app.theme_variables)
        return self._painter

    @property
    def ambiguous(self) -> int:
        """Cells that the terminal gives to characters such as “ ” … ①."""
        return 1 if self._painter is None else self._painter.ambiguous

    def _paint(self) -> Strip:
        painter = self.painter  # before the line, which may ask how wide characters are
        line = self.line(self.size.width)
        if self.ambiguous > 1:  # a dot takes two cells there
            line = tuple((text.replace(" · ", " | "), role) for text, role in line)
        return painter.strip(line, self.size.width)

    def repaint(self) -> None:
        """Paint again what a change of the values has changed."""
        before = self._strip
        if before is None or not self.is_attached or before.cell_length != self.size.width:
            self._strip = None
            self.refresh()
            return
        self._strip = self._paint()
        if changed := _difference(before, self._strip):
            self.refresh(Region(changed[0], 0, changed[1] - changed[0], 1))


def _difference(before: Strip, now: Strip) -> tuple[int, int] | None:
    """The first cell that differs and the one after the last; None where nothing does."""
    old, new = _cells(before), _cells(now)
    if len(old) != len(new):
        return 0, now.cell_length
    differing = [cell for cell, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]
    if not differing:
        return None
    first, last = differing[0], differing[-1]
    # A wide character is written whole.
    while first and "" in (old[first][0], new[first][0]):
        first -= 1
    while last + 1 < len(new) and "" in (old[last + 1][0], new[last + 1][0]):
        last += 1
    return first, last + 1


def _cells(strip: Strip) -> list[tuple[str, object]]:
    """A (character, style) for each cell; the second cell of a wide character is empty."""
    cells: list[tuple[str, object]] = []
    for text, style, _ in strip:
        for character in text:
            width = width_of(character)
            if width == 0 and cells:
                cells[-1] = (cells[-1][0] + character, style)
            cells += [(character, style), ("", style)][:width]
    return cells


class StatusLine(PaintedLine):
    """The status line; the screen assigns its values."""

    row = reactive(0, repaint=False)
    """The selected row, the first being 1; 0 in an empty list."""
    total = reactive(0, repaint=False)
    """Rows of the list."""
    is_counting = reactive(False, repaint=False)
    """Whether there may be more rows than are known."""
    arrived = reactive(0, repaint=False)
    """Posts that arrived and were not looked at yet."""
    filter = reactive("", repaint=False)
    """The query of the list, as it is shown."""
    running = reactive("", repaint=False)
    """What is going on, such as ``indexing 34 % · 4 s left``."""
    partial = reactive("", repaint=False)
    """How much was searched for what the list shows, where that is not all: ``text 43 %``."""
    is_searching = reactive(False, repaint=False)
    """Whether the list is still the one before."""
    is_paused = reactive(False, repaint=False)
    """Whether arrivals wait until they are asked for."""
    pending = reactive("", repaint=False)
    """Count and prefix typed so far."""
    right = reactive("", repaint=False)
    """Facts of the article, parted by `` · ``, the most important last: ``31 % · 6 min``."""
    message = reactive("", repaint=False)
    """A sentence that stands for some seconds; set it with ``say``."""

    def __init__(self, *, help_key: str = "?", id: str | None = None) -> None:
        super().__init__(id=id)
        self._help_key = help_key
        self._timer: Timer | None = None

    def line(self, width: int) -> Line:
        """What the line says now."""
        return status_line(
            width,
            row=self.row,
            total=self.total,
            is_counting=self.is_counting,
            arrived=self.arrived,
            filter=self.filter,
            running=self._work,
            pending=self.pending,
            right=self.right,
            message=self.message,
            help_key=self._help_key,
        )

    @property
    def _work(self) -> str:
        """What is going on. While the full text is filled, that tells how much was searched."""
        if self.is_searching:
            return "searching … · Esc gives up"
        told = (self.running or self.partial, "paused" if self.is_paused else "")
        return " · ".join(part for part in told if part)

    def say(self, message: str, seconds: float = MESSAGE_SECONDS) -> None:
        """Show a sentence for some seconds; an empty one takes away what stands there."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.message = message
        if message:
            self._timer = self.set_timer(seconds, lambda: self.say(""))

    def watch_row(self) -> None:
        """Paint the change."""
        self.repaint()

    watch_total = watch_is_counting = watch_arrived = watch_running = watch_partial = watch_row
    watch_right = watch_row

    def watch_message(self) -> None:
        """Where the line is hidden it shows while it has something to say."""
        self.set_class(bool(self.message or self.pending), "speaking")
        self.repaint()

    watch_pending = watch_message

    def watch_filter(self) -> None:
        """Somebody did something; what was said of something before makes room for that."""
        self.say("")
        self.repaint()

    watch_is_paused = watch_filter

    def watch_is_searching(self) -> None:
        """So does what is looked for now; not so that it was found."""
        if self.is_searching:
            self.say("")
        self.repaint()
