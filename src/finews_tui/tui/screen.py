"""The reader's state, and the way of a key to its command.

This room alone knows all rooms of the screen. What a command does is said in ``motion``,
``finding``, ``choosing``, ``searching``, ``reading``, ``marking``, ``sharing``, ``copying``,
``upkeep``, ``live`` and ``general``.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from textual import events, on
from textual.reactive import reactive
from textual.worker import Worker

from finews_tui.errors import FinewsError
from finews_tui.library import Library, Listing, Query
from finews_tui.options import ReaderOptions
from finews_tui.page import heading_of
from finews_tui.tui.afterimage import Afterimage
from finews_tui.tui.answering import Answering
from finews_tui.tui.article_view import ArticleView
from finews_tui.tui.bindings import Cancelled, Keymap, KeyReader, Pending, Run
from finews_tui.tui.category_tree import CategoryTree
from finews_tui.tui.choosing import Choosing
from finews_tui.tui.copying import Copying
from finews_tui.tui.duties import Duties
from finews_tui.tui.finding import Finding
from finews_tui.tui.general import General
from finews_tui.tui.headline_list import HeadlineList
from finews_tui.tui.hinting import Hinting
from finews_tui.tui.history import Asked, History, Place
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
from finews_tui.tui.type_ahead import PATIENCE, TypeAhead
from finews_tui.tui.upkeep import Upkeep


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
        self.keys = KeyReader(keymap)
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
        self.ahead = TypeAhead(self._route, is_text_wanted=self._is_text_wanted)

    def on_mount(self) -> None:
        """Arrange the panes and open the archive."""
        for pane in (self.categories, self.headlines, self.article):
            pane.ambiguous = self.options.settings.ambiguous_width
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
        """Hand every key to what is on top; none after the one that quits."""
        event.stop()
        event.prevent_default()
        self._is_touched = True
        if self.is_leaving or self.app.return_code is not None:
            return
        for key, character in self.keys.split(event.key, event.character):
            top = self.dialog
            if top is not None:  # typed in the same moment as the key that opened it
                top.press(events.Key(key, character))
            else:
                self.ahead.press(events.Key(key, character))
                if self.ahead.is_holding and "typed" not in self._delayed:
                    self.later("typed", PATIENCE, self._hurry)

    async def go_live(self) -> None:
        """Show the panes; from now on keys act."""
        await super().go_live()
        if not self.ahead.is_begun:
            self.ahead.begin()
            await self.wait_for_refresh()  # what was typed meanwhile is seen before all else

    def _hurry(self) -> None:
        self.drop("typed")
        self.ahead.hurry()

    @on(Worker.StateChanged)
    def _worker_changed(self, message: Worker.StateChanged) -> None:
        """Work is done that keys may wait for."""
        if message.worker.is_finished:
            self.ahead.flow()

    def _is_text_wanted(self) -> bool:
        return self.prompt.is_open or self.dialog is not None

    def _route(self, event: events.Key) -> None:
        top = self.dialog
        if top is not None:
            top.press(event)
        else:
            self.press(event)

    def press(self, event: events.Key) -> None:
        """A key is text for the prompt while it is open, else the key of a command."""
        if self.prompt.is_open and (told := self.prompt.type(event)) is not None:
            self.prompting.take(told)
            return
        if self.hinting.is_open:
            self.hinting.press(event)
            return
        match self.keys.feed(event.key, event.character, self.pane):
            case Run(command, count):
                self._ready("")
                self.run_command(command.id, count)
            case Pending() as pending:
                self._ready(pending.text)
                self.strip.wait_for(pending)
            case Cancelled(message):
                self._ready("")
                if message:
                    self.say(message)

    def _ready(self, pending: str) -> None:
        self.strip.hide()
        self.status.pending = pending

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

    @on(HeadlineList.DayChanged)
    def _day_changed(self, message: HeadlineList.DayChanged) -> None:
        self.titles["list"].day = heading_of(message.day)

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

    # -- prompts -----------------------------------------------------------------------------

    def on_paste(self, event: events.Paste) -> None:
        """A paste is text for the prompt, and nothing otherwise."""
        event.stop()
        if (top := self.dialog) is not None:
            top.paste(event.text)
        elif self.prompt.is_open:
            self.prompting.take(self.prompt.take(event.text))
