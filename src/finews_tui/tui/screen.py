"""The reader's state, and how its rooms hear of each other.

This room alone knows all rooms of the screen. What a command does is said in ``motion``,
``finding``, ``choosing``, ``searching``, ``reading``, ``marking``, ``sharing``, ``copying``,
``upkeep``, ``live`` and ``general``.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events, on
from textual.reactive import reactive
from textual.worker import Worker

from finews_tui.errors import FinewsError
from finews_tui.library import Library, Listing, Query
from finews_tui.options import ReaderOptions
from finews_tui.tui.afterimage import Afterimage
from finews_tui.tui.answering import Answering
from finews_tui.tui.article_view import ArticleView
from finews_tui.tui.bindings import Keymap
from finews_tui.tui.category_tree import CategoryTree
from finews_tui.tui.choosing import Choosing
from finews_tui.tui.copying import Copying
from finews_tui.tui.duties import Duties
from finews_tui.tui.finding import Finding
from finews_tui.tui.general import General
from finews_tui.tui.headline_list import HeadlineList
from finews_tui.tui.hinting import Hinting
from finews_tui.tui.history import Asked, History, Place
from finews_tui.tui.keyboard import Keyboard
from finews_tui.tui.librarian import Librarian
from finews_tui.tui.line_list import LineList
from finews_tui.tui.live import Live
from finews_tui.tui.marking import Marking
from finews_tui.tui.motion import Motion
from finews_tui.tui.panes import PaneScreen
from finews_tui.tui.prompting import Prompting
from finews_tui.tui.reading import Reading
from finews_tui.tui.remembering import Remembering
from finews_tui.tui.searching import Searching
from finews_tui.tui.sharing import Sharing
from finews_tui.tui.type_ahead import Typed
from finews_tui.tui.upkeep import Upkeep

if TYPE_CHECKING:
    from finews_tui.tui.dialogs import Dialog

Result = TypeVar("Result")


class ReaderScreen(PaneScreen, inherit_bindings=False):
    """The reader: its state, its keys and what happens when a pane speaks."""

    asked: reactive[Asked] = reactive(Asked, init=False, repaint=False)
    """What the list shows."""
    listing: reactive[Listing | None] = reactive(None, init=False, repaint=False)
    """The answer to it."""

    def __init__(self, options: ReaderOptions, keymap: Keymap) -> None:
        super().__init__(help_key=keymap.key("help"))
        self.options = options
        self.set_reactive(ReaderScreen.asked, Asked(Query.parse(options.query)))
        self.librarian = Librarian(lambda: Library.open(options.index, options.state))
        self.duties = Duties()
        self.history = History()
        self.motion = Motion(self)
        self.answering = Answering(self)
        self.finding = Finding(self)
        self.choosing = Choosing(self)
        self.hinting = Hinting(self)
        self.prompting = Prompting(self)
        self.remembering = Remembering(self)
        self.searching = Searching(self)
        self.reading = Reading(self)
        self.marking = Marking(self)
        self.sharing = Sharing(self)
        self.copying = Copying(self)
        self.upkeep = Upkeep(self)
        self.live = Live(self)
        self.general = General(self)
        self.afterimage = Afterimage(self)
        self.is_leaving = False
        self.rooms = (
            *(self.motion, self.finding, self.choosing, self.hinting, self.searching),
            *(self.reading, self.marking, self.sharing, self.copying, self.upkeep, self.live),
            self.general,
        )
        """Who has the commands' actions."""
        self._is_touched = False
        self.keyboard = Keyboard(self, keymap)
        self.keys = self.keyboard.keys
        self.ahead = self.keyboard.ahead

    def on_mount(self) -> None:
        """Arrange the panes and open the archive."""
        self.titles["tree"].title = "Sample archive" if self.options.is_sample else "Archive"
        self.afterimage.show()
        self.watch_asked()
        self.watch_pane()
        self.start(self.upkeep.begin(), "index")

    async def on_unmount(self) -> None:
        """End the indexer, and close the library when all is written."""
        await self.duties.finish()
        await self.remembering.close()
        await self.live.close()
        await self.upkeep.indexer.close()
        await self.librarian.close()

    # -- what the rooms of the commands need -------------------------------------------------

    @property
    def is_beginning(self) -> bool:
        """Whether the archive is read for the first time, and no key has been pressed yet."""
        return not (self._is_touched or self.live.has_begun)

    @property
    def place(self) -> Place:
        """Where the reader is now."""
        row = self.headlines.current
        key = self.article.key if self.pane == "article" else row.key if row else ""
        return Place(self.asked, key, self.pane)

    def leave(self, place: Place | None = None) -> None:
        """Remember where the reader is, or was, before going elsewhere."""
        self.history.leave(place or self.place)
        self.remembering.visited()

    def start(
        self, work: Coroutine[Any, Any, None], group: str, *, newest_only: bool = True
    ) -> None:
        """Do ``work`` beside the keys; newer work of the same group takes its place.

        With ``newest_only`` false all of it is done, unless the reader is quit before.
        """

        async def do() -> None:
            try:
                await work
            except FinewsError as error:
                self.say(str(error))

        worker = self.run_worker(do(), group=group, exclusive=newest_only)
        self.ahead.wait_for(worker)

    def start_duty(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Do all of ``work`` beside the keys, also where the reader is quit meanwhile."""
        self.start(self.duties.begin(work), group, newest_only=False)

    # -- keys --------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Take every key that is not for what lies over the panes."""
        event.stop()
        event.prevent_default()
        self.take(event)

    def on_paste(self, event: events.Paste) -> None:
        """And everything that is pasted."""
        event.stop()
        self.take(event)

    def take(self, event: Typed) -> None:
        """Let what was typed go its way, whatever is on top; nothing after the key that quits."""
        self._is_touched = True
        if self.is_leaving or self.app.return_code is not None:
            return
        self.keyboard.take(event)

    async def go_live(self) -> None:
        """Show the panes; where they are late, keys act from now on."""
        await super().go_live()
        if self.is_late:
            await self.let_keys_act()

    async def let_keys_act(self) -> None:
        """From now on keys act, beginning with those that were typed before."""
        if not self.ahead.is_begun:
            self.ahead.begin()
            await self.wait_for_refresh()  # what was typed meanwhile is seen before all else

    @on(Worker.StateChanged)
    def _worker_changed(self, message: Worker.StateChanged) -> None:
        """Work is done that keys may wait for."""
        if message.worker.is_finished:
            self.ahead.flow()

    def open_dialog(
        self, dialog: Dialog[Result], then: Callable[[Result | None], None] | None = None
    ) -> None:
        """Lay a dialog over the panes; ``then`` gets what comes of it."""
        dialog.take = self.take
        dialog.told_ready = self.ahead.flow
        dialog.then = then
        self.app.push_screen(dialog)

    def run_command(self, command: str, count: int | None = None) -> None:
        """Run a command by its name."""
        for room in self.rooms:
            if action := getattr(room, f"action_{command}", None):
                action(count)
                return
        raise LookupError(f"no room has the command {command!r}")

    # -- messages of the panes ---------------------------------------------------------------

    @on(LineList.Moved)
    def _row_selected(self, message: LineList.Moved) -> None:
        if message.pane is self.headlines:
            self.show_position()
            self.live.selected()
            self.reading.preview_soon()

    def show_position(self) -> None:
        """Say which row of how many is selected."""
        self.status.row = self.headlines.cursor + 1 if self.headlines.count else 0
        self.status.total = self.headlines.count

    @on(LineList.Clicked)
    def _row_clicked(self, message: LineList.Clicked) -> None:
        self._is_touched = True
        if message.pane is self.categories:
            self.motion.action_enter(None)
        elif message.chain > 1:
            self.reading.open_selected()

    @on(HeadlineList.Wanted)
    def _rows_wanted(self, message: HeadlineList.Wanted) -> None:
        self.start(self.finding.fetch(message), "rows")

    @on(CategoryTree.Wanted)
    def _nodes_wanted(self, message: CategoryTree.Wanted) -> None:
        self.start(self.finding.fill_tree(message.loads), "tree", newest_only=False)

    @on(ArticleView.Scrolled)
    def _article_scrolled(self) -> None:
        view = self.article
        self.remembering.scrolled()
        is_shown = view.key and view.region
        self.status.right = f"{view.percent} % · {view.minutes} min" if is_shown else ""

    @on(ArticleView.Reshaped)
    def _article_reshaped(self) -> None:
        self.reading.relay()

    @on(ArticleView.BadgeClicked)
    def _badge_clicked(self, message: ArticleView.BadgeClicked) -> None:
        self.finding.go_ticker(message.symbol)

    @on(ArticleView.LinkClicked)
    def _link_clicked(self, message: ArticleView.LinkClicked) -> None:
        self.sharing.follow(message.url)

    # -- state -------------------------------------------------------------------------------

    def watch_asked(self) -> None:
        """The list has another question."""
        self.show_asked()
        if self.librarian.is_open:
            self.finding.refresh()

    def show_asked(self) -> None:
        """Say everywhere what the list is asked for."""
        query = str(self.asked.query)
        self.status.filter = query
        self.titles["list"].title = self.finding.label(self.asked)
        self.categories.choose(query)

    def watch_listing(self) -> None:
        """The list has another answer."""
        self.upkeep.say_empty()
