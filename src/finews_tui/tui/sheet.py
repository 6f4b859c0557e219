"""Something to read over the panes: lines that are scrolled, searched and closed.

This room alone knows that a dialog is read with the reader's own keys.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip

from finews_tui.page.line import Line, plain
from finews_tui.tui.bindings import Keymap, KeyReader, Pending, Run
from finews_tui.tui.dialogs import Caption, Dialog
from finews_tui.tui.entry import Entry
from finews_tui.tui.line_editor import LineEditor
from finews_tui.tui.line_list import PaintedView
from finews_tui.tui.paint import found, mark


class Sheet(PaintedView, can_focus=False):
    """Lines that are scrolled and searched, without a cursor."""

    DEFAULT_CSS = "Sheet { height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self._wanted = ""

    @property
    def hits(self) -> list[int]:
        """The lines in which the searched words stand."""
        return [n for n, line in enumerate(self._lines) if found(plain(line), self._wanted)]

    def put(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self._lines = tuple(lines)
        self.set_height(len(self._lines))
        self.refresh(layout=True)

    def line_at(self, number: int) -> Line:
        """Line ``number``, or an empty one."""
        return self._lines[number] if number < len(self._lines) else ()

    def look_for(self, wanted: str) -> None:
        """Mark where ``wanted`` stands; nothing where it is empty."""
        self._wanted = wanted
        self.refresh()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As high as its lines, as far as the dialog has room."""
        return max(1, len(self._lines))

    def paint_line(self, line: int, width: int) -> Strip:
        """The strip of a line, with what is searched for marked."""
        here = self.line_at(line)
        return self.painter.strip(mark(here, found(plain(here), self._wanted)), width)


class Pages(Dialog[None]):
    """Something to read: scrolled by the reader's keys, searched with ``/``, closed with ``q``."""

    DEFAULT_CSS = """
    Pages > Vertical { height: auto; }
    Pages Entry { display: none; }
    """

    def __init__(self, title: str, keymap: Keymap, *, closing: Sequence[str] = ()) -> None:
        super().__init__()
        self._title = title
        self._keys = KeyReader(keymap)
        self._closed_by = {"close", "cancel", "interrupt", *closing}
        self.sheet = Sheet()
        """The lines."""
        self.entry = Entry("/")
        """What is searched for."""
        self.entry.is_active = False
        self._foot = Caption(())
        self._from = 0
        self._is_laid = 0

    def lines(self, width: int) -> Sequence[Line]:
        """What there is to read, laid out in ``width`` cells; subclasses tell."""
        raise NotImplementedError

    def measure(self, width: int) -> int:
        """The cells of a line on a screen of ``width``."""
        return max(16, min(80, width - 4))

    @property
    def hints(self) -> Sequence[tuple[str, str]]:
        """The keys that the last line tells, and what they do."""
        words = (("close", "close"), ("search", "search"), ("down", "down"), ("up", "up"))
        key = self._keys.keymap.key
        return [(key(name), word) for name, word in words if key(name)]

    def compose(self) -> ComposeResult:
        """A title, the lines, and what may be pressed."""
        with Vertical():
            yield Caption(((self._title, "title"),))
            yield Caption(())
            yield self.sheet
            yield Caption(())
            yield self._foot
            yield self.entry

    def on_mount(self) -> None:
        """Lay the lines out."""
        self._lay_out(self.app.size.width)
        self._say("")

    def on_resize(self, event: events.Resize) -> None:
        """The same lines in another width."""
        self._lay_out(event.size.width)

    def _lay_out(self, width: int) -> None:
        width = self.measure(width)
        if width != self._is_laid:
            self._is_laid = width
            self.sheet.put(self.lines(width))
        self.sheet.styles.max_height = max(1, self.app.size.height - 6)

    def lay_out_again(self) -> None:
        """There is something else to read now."""
        self._is_laid = 0
        self._lay_out(self.app.size.width)
        self._say("")

    def _say(self, text: str) -> None:
        """The last line: a short message, else the keys."""
        hint = "   ".join(f"{key} {word}" for key, word in self.hints)
        self._foot.say(((text, "unread"),) if text else ((hint, "dim"),))

    # -- keys --------------------------------------------------------------------------------

    def press(self, event: events.Key) -> None:
        """The keys of the article, as far as they mean something here."""
        if self.entry.is_active:
            self._type(event)
            return
        match self._keys.feed(event.key, event.character, "article"):
            case Run(command, count):
                self._say("")
                self.run_command(command.id, count)
            case Pending(text, _):
                self._say(text)
            case _:
                self._say("")

    def run_command(self, name: str, count: int | None) -> None:
        """Do what a command means on a sheet; the others do nothing here."""
        sheet = self.sheet
        page = max(1, sheet.size.height - 1)
        times = count or 1
        steps = {
            "down": 1,
            "other_down": 1,
            "up": -1,
            "other_up": -1,
            "half_page_down": max(1, page // 2),
            "half_page_up": -max(1, page // 2),
            "page_down": page,
            "page_up": -page,
            "read_on": page,
        }
        if name in steps:
            sheet.scroll_lines_to(sheet.top + steps[name] * times)
        elif name in ("first", "last"):
            end = 0 if name == "first" else sheet.virtual_size.height
            sheet.scroll_lines_to(end if count is None else count - 1)
        elif name == "search":
            self._begin_search()
        elif name in ("search_next", "search_previous"):
            self._next(times if name == "search_next" else -times)
        elif name in self._closed_by:
            self.dismiss(None)
        elif name == "quit":
            self.app.exit()

    # -- searching ---------------------------------------------------------------------------

    def _begin_search(self) -> None:
        self._from = self.sheet.top
        self.entry.is_active = True
        self.entry.begin(LineEditor(), label="/")
        self.entry.display = True
        self._foot.display = False

    def _end_search(self) -> None:
        self.entry.is_active = False
        self.entry.display = False
        self._foot.display = True

    def _type(self, event: events.Key) -> None:
        if event.key == "enter":
            self._end_search()
            self._say(self._count())
        elif event.key in ("escape", "ctrl+c") or (
            event.key == "backspace" and not self.entry.value
        ):
            self._end_search()
            self._look_for("")
        else:
            self.entry.press(event)
            self._search()

    def paste(self, text: str) -> None:
        """Pasted text is searched for where something is being searched."""
        if self.entry.is_active:
            self.entry.paste(text)
            self._search()

    def _search(self) -> None:
        self._look_for(self.entry.value)
        self.entry.say(self._count() if self.entry.value else "")

    def _count(self) -> str:
        hits = len(self.sheet.hits)
        return {0: "not found", 1: "1 line"}.get(hits, f"{hits} lines")

    def _look_for(self, wanted: str) -> None:
        self.sheet.look_for(wanted)
        after = [hit for hit in self.sheet.hits if hit >= self._from] or self.sheet.hits
        if after and wanted:
            self._reveal(after[0])

    def _next(self, step: int) -> None:
        hits = self.sheet.hits
        if not hits:
            self._say("nothing is searched for" if not self.entry.value else "not found")
            return
        ahead = [n for n, hit in enumerate(hits) if hit > self._from]
        behind = [n for n, hit in enumerate(hits) if hit < self._from]
        if step > 0:
            place = (ahead[0] if ahead else 0) + step - 1
        else:
            place = (behind[-1] if behind else -1) + step + 1
        self._from = hits[place % len(hits)]
        self._reveal(self._from)

    def _reveal(self, line: int) -> None:
        height = max(1, self.sheet.size.height)
        if not self.sheet.top <= line < self.sheet.top + height:
            self.sheet.scroll_lines_to(line - height // 3)
