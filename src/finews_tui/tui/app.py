"""The reader as a program: the Textual app, its signals, and how it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from io import StringIO
from typing import ClassVar

from rich.console import Console
from textual import events, on
from textual.app import App
from textual.binding import BindingType
from textual.theme import Theme
from textual.widget import Widget

from finews_tui.crash import crashed
from finews_tui.errors import UsageError
from finews_tui.options import ReaderOptions
from finews_tui.tui.bindings import keymap_of
from finews_tui.tui.colours import colour_depth
from finews_tui.tui.driver import WidthMeasured, driver_over
from finews_tui.tui.hues import variable_defaults
from finews_tui.tui.screen import ReaderScreen
from finews_tui.tui.selectable import SelectableView
from finews_tui.tui.themes import DEFAULT_THEME, FEW_COLOURS_THEME, themes_for
from finews_tui.tui.wire import Wire

SWITCH_SECONDS = 0.0005
"""After which a thread that counts or searches lets the screen's go on, which has always less to
do. Python's 5 ms would be waited at every key, and again whenever a key is answered in parts."""
TRACE_WIDTH = 100
"""Columns of the trace in a crash file."""


class ReaderApp(App[None], inherit_bindings=False):
    """finews-tui on the screen."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False  # panes select for themselves, see selecting.py
    CSS_PATH = "reader.tcss"
    TITLE = "finews-tui"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, options: ReaderOptions) -> None:
        self.options = options
        self._reader_keys = keymap_of(options.settings)
        self._reader: ReaderScreen | None = None
        measures = options.settings.ambiguous_width == "auto"
        measured = options.frame.ambiguous if measures else None
        self.ambiguous = measured or options.settings.ambiguous_cells
        """Cells that the terminal gives to characters such as “ ” … ①."""
        self.wire = Wire(os.environ, self.ambiguous, measures=measures)
        """What sends the screen to the terminal."""
        depth = colour_depth(os.environ)
        self._themes = {theme.name: theme for theme in themes_for(depth)}
        own = DEFAULT_THEME if depth in ("256", "truecolor") else FEW_COLOURS_THEME
        wanted = options.theme or options.settings.theme or own
        # Told before it begins, the theme is there at once; set later, all styles are made anew.
        self.set_reactive(App.theme, FEW_COLOURS_THEME if depth == "none" else wanted)
        super().__init__(
            driver_class=driver_over(
                options.frame,
                self.wire,
                is_muted=self._is_leaving,
                screen_size=lambda: (self.size.width, self.size.height),
            ),
            # Colours go to the terminal as they are named, by number (see hues.py), or not at all.
            ansi_color=True,
        )
        # What Textual tells of a crash goes into a file; the person gets a sentence.
        self.error_console = Console(file=StringIO(), width=TRACE_WIDTH, color_system=None)
        self.animation_level = "none"
        if wanted not in self.available_themes:
            names = ", ".join(sorted(self.available_themes))
            sentence = f"there is no theme {wanted!r}; there are {names}"
            if options.theme:
                raise UsageError(sentence)
            raise options.settings.mistake(("theme",), sentence)

    def _is_leaving(self) -> bool:
        return self._reader is not None and self._reader.is_leaving

    def get_default_screen(self) -> ReaderScreen:
        """The one screen below all dialogs."""
        self._reader = ReaderScreen(self.options, self._reader_keys)
        return self._reader

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's themes and ours."""
        return {**super().available_themes, **self._themes}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of ours in themes that are not ours, and of rises and falls in all."""
        return variable_defaults(
            self.current_theme, self.options.settings.market_colours, self.ambiguous
        )

    def on_mount(self) -> None:
        """End in order when the line drops or somebody asks for it."""
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM", "SIGINT"):
            number = getattr(signal, name, None)
            if number is not None:
                loop.add_signal_handler(number, self._end, number)

    def on_resize(self, event: events.Resize) -> None:
        """The terminal has moved what it shows, nobody knows where."""
        if self._reader is not None and self._reader.is_live:  # before, it only tells its size
            self.wire.forget()

    @on(WidthMeasured)
    def _width_measured(self, message: WidthMeasured) -> None:
        """Lay everything out for the cells that the terminal really takes."""
        if message.cells == self.ambiguous:
            return
        self.ambiguous = message.cells
        self.wire.widen(self.ambiguous)
        self.refresh_css(animate=False)
        for screen in self.screen_stack:
            for widget in screen.walk_children(Widget):
                widget.notify_style_update()  # painters know how wide characters are
                widget.refresh()
        if self._reader is not None:
            self._reader.reading.relay()
        self.screen.refresh(repaint=True, layout=True)

    def _end(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Never Textual's way, which starts a text browser on this terminal."""
        if self._reader is not None:
            self._reader.sharing.open_url(url)

    @on(SelectableView.Selected)
    def _text_selected(self, message: SelectableView.Selected) -> None:
        """What is selected with the mouse is copied, in dialogs too."""
        if self._reader is not None:
            self._reader.copying.copy(message.text)

    @property
    def trace(self) -> str:
        """How the reader crashed; empty where it did not."""
        told = self.error_console.file
        return told.getvalue() if isinstance(told, StringIO) else ""


def run(options: ReaderOptions) -> int:
    """Show the reader until it is quit; returns the exit code of the program.

    Raises SettingsError for a keymap with clashes and UsageError for an unknown theme, before the
    terminal is touched; Crashed where the reader ended with a bug, after it was given back.
    """
    app = ReaderApp(options)
    sys.setswitchinterval(SWITCH_SECONDS)
    app.run(mouse=options.mouse)
    if app.trace:
        raise crashed(app.trace, options.state.parent)
    return app.return_code or 0
