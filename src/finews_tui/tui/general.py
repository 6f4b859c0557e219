"""The commands that belong to no pane: zoom, folding, palette, help, redraw, quit."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from finews_tui.tui.app import ReaderApp
    from finews_tui.tui.screen import ReaderScreen

TWICE_SECONDS = 2.0
"""Within which a second C-c quits."""


class General:
    """What is asked of the reader as a whole."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._is_warned = False

    def action_zoom(self, count: int | None) -> None:
        """Give the focused pane the whole screen, and back; the article nothing but its text."""
        screen = self.screen
        screen.is_zoomed = not screen.is_zoomed
        if screen.is_zen and (key := screen.keys.keymap.key("zoom", "article")):
            screen.say(f"Zen; {key} leaves it.")

    def action_fold_all(self, count: int | None) -> None:
        """Fold the whole tree; in the article what belongs to other articles."""
        if self.screen.pane == "article":
            self.screen.article.fold(True)
        else:
            self.screen.categories.fold_all()

    def action_unfold_all(self, count: int | None) -> None:
        """Unfold the tree; in the article the related articles."""
        if self.screen.pane == "article":
            self.screen.article.fold(False)
        else:
            self.screen.categories.unfold_all()

    def action_command_line(self, count: int | None) -> None:
        """Type a command."""
        self.screen.prompt.open(":")

    def action_palette(self, count: int | None) -> None:
        """Find a command."""
        from finews_tui.tui.palette import Choice, Palette

        screen = self.screen

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                screen.run_command(choice.command.id)

        screen.open_dialog(Palette(screen.keys.keymap, screen.pane), chosen)

    def action_help(self, count: int | None) -> None:
        """Help for the pane."""
        from finews_tui.tui.help import Help

        self.screen.open_dialog(Help(self.screen.keys.keymap, self.screen.pane))

    def action_redraw(self, count: int | None) -> None:
        """Paint everything again, send it whatever is believed to be shown, and measure anew."""
        cast("ReaderApp", self.screen.app).wire.measure()
        self.screen.refresh(repaint=True, layout=True)

    def action_suspend(self, count: int | None) -> None:
        """Back to the shell."""
        self.screen.app.action_suspend_process()

    def action_interrupt(self, count: int | None) -> None:
        """Cancel what is running; twice in a row quits."""
        if self._is_warned:
            self.screen.afterimage.leave()
            return
        if self.screen.answering.stop():
            what = "counting was stopped"
        elif self.screen.ahead.give_up():
            what = "the question was given up"
        elif self.screen.upkeep.cancel():
            what = "indexing was stopped"
        else:
            what = "nothing is running"
        self.screen.say(f"C-c again quits; {what}.")  # a narrow line cuts the end off
        self._is_warned = True
        self.screen.later("interrupt", TWICE_SECONDS, self._calm)

    def _calm(self) -> None:
        self._is_warned = False

    def action_cancel(self, count: int | None) -> None:
        """Take off search marks; leave the tree where it lies over the other panes."""
        self.screen.searching.forget_marks()
        self.screen.status.say("")
        self.screen.close_overlay()

    def action_close(self, count: int | None) -> None:
        """Close what is on top, else quit."""
        if self.screen.is_zen:
            self.screen.is_zoomed = False
        elif not self.screen.close_overlay():
            self.screen.afterimage.leave()

    def action_quit(self, count: int | None) -> None:
        """Quit at once."""
        self.screen.afterimage.leave()
