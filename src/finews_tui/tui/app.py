"""The reader as a program: the Textual app, its signals, and how it ends."""

from __future__ import annotations

import asyncio
import signal
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType

from finews_tui.errors import UsageError
from finews_tui.settings import ReaderOptions
from finews_tui.tui.bindings import keymap_of
from finews_tui.tui.colours import variable_defaults
from finews_tui.tui.driver import driver_over
from finews_tui.tui.screen import ReaderScreen
from finews_tui.tui.themes import DEFAULT_THEME, FEW_COLOURS_THEME, themes_for


class ReaderApp(App[None], inherit_bindings=False):
    """finews-tui on the screen."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "reader.tcss"
    TITLE = "finews-tui"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, options: ReaderOptions) -> None:
        self.options = options
        self._reader_keys = keymap_of(options.settings)
        self._reader: ReaderScreen | None = None
        # Colours go to the terminal as they are named, by number: see themes.py.
        super().__init__(driver_class=driver_over(options.frame, self._is_leaving), ansi_color=True)
        self.animation_level = "none"
        system = self.console.color_system
        for theme in themes_for(system):
            self.register_theme(theme)
        own = FEW_COLOURS_THEME if system == "standard" else DEFAULT_THEME
        wanted = options.theme or options.settings.theme or own
        if wanted not in self.available_themes:
            names = ", ".join(sorted(self.available_themes))
            sentence = f"there is no theme {wanted!r}; there are {names}"
            if options.theme:
                raise UsageError(sentence)
            raise options.settings.mistake(("theme",), sentence)
        self.theme = FEW_COLOURS_THEME if self.no_color else wanted

    def _is_leaving(self) -> bool:
        return self._reader is not None and self._reader.is_leaving

    def get_default_screen(self) -> ReaderScreen:
        """The one screen below all dialogs."""
        self._reader = ReaderScreen(self.options, self._reader_keys)
        return self._reader

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of ours in themes that are not ours, and of rises and falls in all."""
        return variable_defaults(self.current_theme, self.options.settings.market_colours)

    def on_mount(self) -> None:
        """End in order when the line drops or somebody asks for it."""
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM", "SIGINT"):
            number = getattr(signal, name, None)
            if number is not None:
                loop.add_signal_handler(number, self._end, number)

    def _end(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Never Textual's way, which starts a text browser on this terminal."""
        if isinstance(self.screen, ReaderScreen):
            self.screen.sharing.open_url(url)


def run(options: ReaderOptions) -> int:
    """Show the reader until it is quit; returns the exit code of the program.

    Raises SettingsError for a keymap with clashes and UsageError for an unknown theme, before the
    terminal is touched.
    """
    app = ReaderApp(options)
    app.run(mouse=options.mouse)
    return app.return_code or 0
