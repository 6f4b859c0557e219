"""The three panes on the screen: where each stands, which one has the focus.

This room alone places widgets; ``arrangement.py`` says which of them fit.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.reactive import reactive
from textual.screen import Screen
from textual.timer import Timer

from finews_tui.page import heading_of
from finews_tui.tui.arrangement import Arrangement, arrange
from finews_tui.tui.article_view import ArticleView
from finews_tui.tui.category_tree import CategoryTree
from finews_tui.tui.commands import PANES, Pane
from finews_tui.tui.headline_list import HeadlineList
from finews_tui.tui.line_list import LineList
from finews_tui.tui.paint import paint_anew
from finews_tui.tui.pane_title import PaneTitle
from finews_tui.tui.prefix_strip import PrefixStrip
from finews_tui.tui.prompt import Prompt
from finews_tui.tui.status_line import StatusLine

if TYPE_CHECKING:
    from finews_tui.tui.dialogs import Dialog

PATIENCE = 2.0
"""Seconds until the panes are shown, whatever keeps their content."""


class Room(Container):
    """A container of which nothing is seen: what it holds covers it."""

    BLANK = True  # Textual would paint every line of it, a third of the first paint


class PaneScreen(Screen[None], inherit_bindings=False):
    """Category tree, article list and article, with status line and prompt below."""

    AUTO_FOCUS = None
    BLANK = True

    is_zoomed = reactive(False, init=False, repaint=False)
    """Whether the focused pane has the whole screen."""
    pane: reactive[Pane] = reactive[Pane]("list", init=False, repaint=False)
    """The pane that the keys go to, or will go to again when a prompt closes."""

    def __init__(self, *, help_key: str) -> None:
        super().__init__()
        self.panes = Room(id="panes")
        self.categories = CategoryTree(id="tree")
        self.headlines = HeadlineList(id="list")
        self.article = ArticleView(id="article")
        self.titles: dict[Pane, PaneTitle] = {pane: PaneTitle() for pane in PANES}
        self.status = StatusLine(help_key=help_key)
        self.strip = PrefixStrip()
        self.prompt = Prompt()
        self._plan: Arrangement | None = None
        self._held = ExitStack()
        self._delayed: dict[str, Timer] = {}
        for view in (self.categories, self.headlines, self.article):
            view.is_awaited = True
        self.is_live = False
        """Whether the panes are shown."""
        self.is_late = False
        """Whether the panes are shown although nothing has come that could be in them."""

    def compose(self) -> ComposeResult:
        """The panes with their titles, and the lines below them."""
        with self.panes:
            with Room(id="tree-pane"):
                yield self.titles["tree"]
                yield self.categories
            with Room(id="reading"):
                with Room(id="list-pane"):
                    yield self.titles["list"]
                    yield self.headlines
                with Room(id="article-pane"):
                    yield self.titles["article"]
                    yield self.article
        yield self.status
        yield self.strip
        yield self.prompt

    async def go_live(self) -> None:
        """Show the panes, and wait until they are painted; does nothing where they are shown.

        Until there is something in them they are laid out, but not painted: that would cost a
        fifth of the start, and the screen would be empty for a moment.
        """
        if not self.is_live and self.is_running:
            self.is_live = True
            for view in (self.categories, self.headlines, self.article):
                view.is_awaited = False
            self.drop("live")
            self._held.close()
            self.refresh()
            await self.wait_for_refresh()
            gc.freeze()  # what was loaded stays
            gc.enable()

    @property
    def dialog(self) -> Dialog[Any] | None:
        """What lies over the panes; all that does is a dialog."""
        top = self.app.screen
        return None if top is self else cast("Dialog[Any]", top)

    def on_mount(self) -> None:
        """Paint nothing before there is something to show."""
        self._held.enter_context(self.app.batch_update())
        self.later("live", PATIENCE, self._show_late)

    def _show_late(self) -> None:
        self.is_late = True
        self.run_worker(self.go_live())

    @property
    def active(self) -> LineList | ArticleView:
        """The pane that the keys act on."""
        match self.pane:
            case "tree":
                return self.categories
            case "list":
                return self.headlines
            case "article":
                return self.article

    def say(self, sentence: str) -> None:
        """Show a sentence in the status line for a while, and in what lies over it."""
        self.status.say(sentence)
        if sentence and (dialog := self.dialog) is not None:
            dialog.say(sentence)

    def later(self, name: str, seconds: float, act: Callable[[], None]) -> None:
        """Call ``act`` after a pause, counted anew at each call with the same name."""
        self.drop(name)
        self._delayed[name] = self.set_timer(seconds, act)

    def drop(self, name: str) -> None:
        """Forget what was to be done later."""
        if (timer := self._delayed.pop(name, None)) is not None:
            timer.stop()

    @property
    def is_zen(self) -> bool:
        """Whether the article has the screen to itself: nothing but text."""
        return self.is_zoomed and self.pane == "article"

    def focus_pane(self, pane: Pane) -> None:
        """Let the keys go to a pane, and give it room on the screen where it has none."""
        self.pane = pane

    def watch_pane(self) -> None:
        """The keys go to another pane."""
        self.categories.is_active = self.pane == "tree"
        self.headlines.is_active = self.pane == "list"
        self._arrange()

    def watch_is_zoomed(self) -> None:
        """The pane takes or gives back the screen."""
        self._arrange()

    def on_resize(self, event: events.Resize) -> None:
        """Other panes may fit now."""
        self._arrange()

    def _arrange(self) -> None:
        size = self.size
        if not size:
            return
        for pane, title in self.titles.items():
            title.is_focused = pane == self.pane
        self.set_class(self.is_zen, "zen")
        plan = arrange(size.width, size.height, self.pane, is_zoomed=self.is_zoomed)
        if plan == self._plan:
            return
        self._plan = plan
        tree = self.query_one("#tree-pane")
        reading = self.query_one("#reading")
        upper, lower = self.query_one("#list-pane"), self.query_one("#article-pane")
        tree.display = "tree" in plan.shown
        tree.set_class(plan.is_tree_over, "over")
        tree.set_class(not plan.tree_width, "alone")
        tree.styles.width = plan.tree_width or "1fr"
        upper.display = "list" in plan.shown
        lower.display = "article" in plan.shown
        reading.display = upper.display or lower.display
        upper.styles.height = plan.list_height or "1fr"
        if self.is_live:
            paint_anew(self)

    def close_overlay(self) -> bool:
        """Leave the tree where it lies over the other panes; False where it does not."""
        if not self.query_one("#tree-pane").has_class("over") or self.pane != "tree":
            return False
        self.focus_pane("list")
        return True

    @on(HeadlineList.DayChanged)
    def _day_changed(self, message: HeadlineList.DayChanged) -> None:
        """The title of the list is the heading of the day below it."""
        self.titles["list"].day = heading_of(message.day)

    def on_click(self, event: events.Click) -> None:
        """A click lets the keys go to the pane below the pointer."""
        clicked = event.widget.id if event.widget is not None else None
        for pane in PANES:
            if pane == clicked:
                self.pane = pane
