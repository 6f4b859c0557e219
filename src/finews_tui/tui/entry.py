"""A line that is typed into: the widget under every prompt and the palette.

This room alone reads keys as text, paints the cursor and puts the terminal's own cursor there.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from finews_tui.errors import QueryError
from finews_tui.page import cut, width_of
from finews_tui.page.cells import clusters
from finews_tui.page.line import Line, Span
from finews_tui.tui.line_editor import LineEditor
from finews_tui.tui.paint import Painter, mark

_CURSOR = Style(reverse=True)


def entry_line(
    label: str, editor: LineEditor, width: int, *, error: QueryError | None = None, hint: str = ""
) -> tuple[Line, int]:
    """The line in at most ``width`` cells, and the cell of its cursor.

    The text scrolls so that the cursor is seen. A word that is wrong is marked; behind the text
    stands what is wrong, else what Tab offers, else ``hint``.
    """
    text, cursor = editor.text, editor.cursor
    room = max(1, width - width_of(label) - 1)
    start = 0
    while start < cursor and width_of(text[start:cursor]) > room - 1:
        start += 1
    shown = text[start:]
    while width_of(shown) > room:
        shown = shown[:-1]
    typed: Line = ((shown, "text"),)
    if error is not None:
        first = min(max(0, error.position - start), len(shown))
        last = min(max(0, error.position + error.length - start), len(shown))
        typed = mark(typed, [(first, last)]) if first < last else typed
    line: list[Span] = [(label, "strong"), *typed]
    room -= width_of(shown)
    if room > 8 and (behind := _behind(editor, error, hint)):
        line.append((f"  {cut(behind, room - 2)}", "dim" if error is None else "unread"))
    return tuple(line), width_of(label) + width_of(text[start:cursor])


def _behind(editor: LineEditor, error: QueryError | None, hint: str) -> str:
    if error is not None:
        return error.message
    if editor.choices:
        following = editor.choices[editor.choice + 1 :] + editor.choices[: editor.choice]
        return "Tab: " + " · ".join(following)
    return hint


class Entry(Widget):
    """A line being typed; the screen hands it the keys.

    It never takes the focus, and it answers by return values rather than messages: keys that were
    typed in the same moment as the one that opens or closes the line would otherwise arrive at
    the wrong place, as commands where text was meant.
    """

    DEFAULT_CSS = "Entry { height: 1; width: 1fr; }"

    def __init__(self, label: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.label = label
        """What stands before the text."""
        self.editor = LineEditor()
        self.error: QueryError | None = None
        """What is wrong with the text."""
        self.is_active = True
        """Whether keys come here, so that the cursor is shown."""
        self._hint = ""

    @property
    def value(self) -> str:
        """What stands in the line."""
        return self.editor.text

    def say(self, hint: str) -> None:
        """Show a few words behind what is typed, such as how many posts match."""
        if hint != self._hint:
            self._hint = hint
            self.show()

    def begin(self, editor: LineEditor, *, label: str, hint: str = "") -> None:
        """Start over with another text."""
        self.editor = editor
        self.label = label
        self.error = None
        self._hint = hint
        self.show()

    # -- keys --------------------------------------------------------------------------------

    def press(self, event: events.Key) -> bool:
        """Take a key that edits; False for one that means something to somebody else."""
        edit = self._edits().get(event.key)
        typed = event.character
        if edit is not None:
            self.edit(edit)
        elif typed is not None and event.is_printable and not _has_modifier(event.key):
            self.edit(lambda: self.editor.insert(typed))
        else:
            return False
        return True

    def paste(self, text: str) -> None:
        """Insert foreign text: cleaned, on one line."""
        self.edit(lambda: self.editor.insert(text))

    def edit(self, change: Callable[[], None]) -> None:
        """Do something to the text and show it; another text is not wrong yet."""
        before = self.value
        change()
        if self.value != before:
            self.error = None
        self.show()

    def _edits(self) -> dict[str, Callable[[], None]]:
        editor = self.editor
        return {
            "backspace": editor.delete_left,
            "ctrl+h": editor.delete_left,
            "delete": editor.delete_right,
            "ctrl+d": editor.delete_right,
            "ctrl+u": editor.clear,
            "ctrl+w": editor.delete_word,
            "alt+backspace": editor.delete_word,
            "left": editor.left,
            "ctrl+b": editor.left,
            "right": editor.right,
            "ctrl+f": editor.right,
            "ctrl+left": editor.word_left,
            "ctrl+right": editor.word_right,
            "home": editor.home,
            "end": editor.end,
            "ctrl+e": editor.end,
        }

    # -- painting ----------------------------------------------------------------------------

    def show(self) -> None:
        """Paint the line and place the cursor."""
        self._place_cursor()
        self.refresh()

    def _line(self) -> tuple[Line, int]:
        width = self.size.width
        return entry_line(self.label, self.editor, width, error=self.error, hint=self._hint)

    def _place_cursor(self) -> None:
        """Put the terminal's own cursor here: an input method opens its box beside it."""
        if self.is_active and self.display and self.size.width:
            self.app.cursor_position = self.content_region.offset + Offset(self._line()[1], 0)

    def on_resize(self) -> None:
        """The line stands elsewhere."""
        self.show()

    def render_line(self, y: int) -> Strip:
        """The strip of the line."""
        painter = Painter(self.app.theme_variables)
        width = self.size.width
        if y:
            return painter.blank(width)
        line, cursor = self._line()
        strip = painter.strip(line, width)
        if not self.is_active:
            return strip
        after = clusters(self.value[self.editor.cursor :])
        end = cursor + (max(1, width_of(after[0])) if after else 1)
        under = strip.crop(cursor, end).apply_style(_CURSOR)
        return Strip.join([strip.crop(0, cursor), under, strip.crop(end)])


def _has_modifier(key: str) -> bool:
    return "+" in key[:-1] and not key.startswith("shift+")
