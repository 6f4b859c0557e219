"""Help, details, palette, question and link card over the panes."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Generic, TypeVar

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from finews_tui.page import plain, width_of
from finews_tui.posts.kinds import Kind, Trust
from finews_tui.posts.model import Image, Link, Mention, Post, Ticker
from finews_tui.tui.bindings import Keymap
from finews_tui.tui.clipboard import Sent
from finews_tui.tui.commands import COMMANDS, PANES, Pane, in_pane
from finews_tui.tui.details import Details, details_lines
from finews_tui.tui.dialogs import Confirm, Dialog
from finews_tui.tui.help import Help, help_lines
from finews_tui.tui.link_card import LinkCard, card_lines
from finews_tui.tui.link_list import HERE, Chosen, LinkList
from finews_tui.tui.links import Target
from finews_tui.tui.palette import Choice, Palette, choices
from finews_tui.tui.qr import qr_lines
from finews_tui.tui.sheet import Pages
from finews_tui.tui.themes import THEMES

KEYMAP = Keymap.build(COMMANDS)
SHANGHAI = timezone(timedelta(hours=8))
URL = "https://finance.example.com/a/" + "2" * 60 + ".html"

POST = Post(
    key="202203112305000001",
    path=Path("/news/_posts/2022-03-11-202203112305000001.md"),
    copies=(
        Path("/news/_posts/2022-03-11-202203112305000001.md"),
        Path("/news/_posts/2022-03-11-NW202203112305000001.md"),
    ),
    title="收盘[/][@click=app.quit]消息",
    published=datetime(2022, 3, 11, 16, 47, 23, tzinfo=SHANGHAI),
    categories=("emnews", "股市"),
    tags=("东财滚动新闻",),
    source="财联社",
    url=URL,
    digest=None,
    tickers=(
        Mention(Ticker("1", "600519", "600519.SH", Kind.STOCK, "贵州茅台"), Trust.CHART, 3),
        Mention(Ticker("105", "JD", "JD.US", Kind.STOCK), Trust.WEAK, 1),
    ),
    sectors=(Mention(Ticker("90", "BK0477", "BK0477", Kind.SECTOR, "酿酒"), Trust.MARK, 1),),
    html="<p>正文</p>",
    source_line=None,
    links=(Link("研报", URL),),
    images=(Image("图", "", URL),),
    tables=2,
    problems=("The title's quotes were repaired.",),
)


Result = TypeVar("Result")


class Dialogs(App[None], Generic[Result]):
    """An app with one dialog on it."""

    def __init__(self, dialog: Screen[Result]) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.dialog = dialog
        self.answers: list[object] = []

    def on_mount(self) -> None:
        """Show the dialog and keep its answer."""
        self.push_screen(self.dialog, self.answers.append)


def looks(dialog: Pages) -> str:
    """What can be read on a sheet now."""
    sheet = dialog.sheet
    return "\n".join(sheet.render_line(y).text.rstrip() for y in range(sheet.size.height))


class TestHelp:
    """The help is made from the table and the keys in force."""

    @pytest.mark.parametrize("pane", PANES)
    @pytest.mark.parametrize("width", [16, 36, 60, 80])
    def test_every_command_of_the_pane_is_told(self, pane: Pane, width: int) -> None:
        lines = help_lines(KEYMAP, pane, width)
        assert all(width_of(plain(line)) <= max(width, 20) for line in lines)
        text = "\n".join(map(plain, lines))
        for command in in_pane(pane):
            assert all(key in text for key in command.keys)

    def test_a_users_key_is_shown_and_a_lost_one_is_not(self) -> None:
        keymap = Keymap.build(COMMANDS, {"X": "quit", "Q": "", "ZZ": ""})
        text = "\n".join(map(plain, help_lines(keymap, "list", 80)))
        assert "X                   Quit at once" in text
        assert "ZZ" not in text

    async def test_it_is_read_and_searched_and_closed(self) -> None:
        dialog = Help(KEYMAP, "list")
        app = Dialogs(dialog)
        async with app.run_test(size=(100, 20)) as pilot:
            assert "Down a row" in looks(dialog)
            await pilot.press("j", "5", "j")
            assert dialog.sheet.top == 6
            await pilot.press("G")
            assert "takes a count" in looks(dialog)
            await pilot.press("g", "g")
            assert dialog.sheet.top == 0
            await pilot.press("ctrl+f", "ctrl+b", "ctrl+d", "ctrl+u", "space", "b", "k")
            assert dialog.sheet.top == 0
            await pilot.press("slash", *"undo")
            assert "Undo the last" in looks(dialog)
            assert dialog.entry.is_active
            await pilot.press("enter")
            assert not dialog.entry.is_active
            first = dialog.sheet.top
            await pilot.press("n", "n", "N")
            assert len(dialog.sheet.hits) == 2
            await pilot.press("slash", "escape")
            assert dialog.sheet.hits == []
            assert first > 0
            await pilot.press("q")
            assert app.screen is not dialog

    @pytest.mark.parametrize("key", ["q", "escape", "question_mark", "f1", "ctrl+c"])
    async def test_keys_that_close(self, key: str) -> None:
        dialog = Help(KEYMAP, "list")
        app = Dialogs(dialog)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("g", "escape", key)
            assert app.screen is not dialog

    async def test_searching_for_what_is_not_there(self) -> None:
        dialog = Help(KEYMAP, "list")
        async with Dialogs(dialog).run_test(size=(80, 24)) as pilot:
            await pilot.press("n")
            assert "nothing is searched" in foot(dialog)
            await pilot.press("slash", *"茅台", "enter", "n")
            assert foot(dialog) == "not found"
            await pilot.press("g")
            assert foot(dialog) == "g"

    async def test_quit_quits_from_here_too(self) -> None:
        app = Dialogs(Help(KEYMAP, "list"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("Z", "Z")
        assert app.return_code == 0

    @pytest.mark.parametrize("size", [(40, 16), (80, 24), (160, 50)])
    async def test_it_fits_every_screen(self, size: tuple[int, int]) -> None:
        dialog = Help(KEYMAP, "list")
        app = Dialogs(dialog)
        async with app.run_test(size=size) as pilot:
            box = dialog.query_one("Vertical").region
            assert box.bottom <= size[1] and box.right <= size[0]
            assert dialog.sheet.size.height >= 8
            await pilot.resize_terminal(60, 30)
            await pilot.pause()
            assert dialog.query_one("Vertical").region.right <= 60


class TestDetails:
    """Everything that is known about a post."""

    def test_facts_and_how_tickers_were_found(self) -> None:
        text = "\n".join(plain(line).rstrip() for line in details_lines(POST, 80, SHANGHAI))
        for line in (
            "title       收盘[/][@click=app.quit]消息",
            "published   2022-03-11 16:47:23 +0800",
            "categories  emnews › 股市",
            "digest      —",
            "贵州茅台 600519.SH · stock · chart in the text · 3 times",
            "JD.US · stock · only a weak mark, often wrong: not counted · once",
            "酿酒 BK0477 · sector · marked in the text · once",
            "The title's quotes were repaired.",
            "/news/_posts/2022-03-11-NW202203112305000001.md",
        ):
            assert line in text

    def test_narrow(self) -> None:
        assert all(width_of(plain(line)) <= 34 for line in details_lines(POST, 34, SHANGHAI))

    async def test_i_closes_it_and_markup_is_text(self) -> None:
        dialog = Details(POST, KEYMAP, SHANGHAI)
        app = Dialogs(dialog)
        async with app.run_test(size=(80, 40)) as pilot:
            assert "[@click=app.quit]" in looks(dialog)
            await pilot.press("i")
            assert app.screen is not dialog


def chosen(app: Dialogs[Choice | None]) -> list[str]:
    """The commands that were chosen."""
    return [answer.command.id for answer in app.answers if isinstance(answer, Choice)]


class TestPalette:
    """Any command by a few letters."""

    def test_all_of_them_for_nothing_typed(self) -> None:
        names = {choice.command.id for choice in choices("", KEYMAP, "list")}
        assert names == {command.id for command in in_pane("list")} - {"palette", "cancel"}

    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            ("star", "toggle_star"),
            ("starred", "go_starred"),
            ("toggle_star", "toggle_star"),
            ("zoom", "zoom"),
            ("undo", "undo"),
            ("open orig", "open_original"),
            ("yy", "copy_link"),
            ("quit", "quit"),
            ("gh", "go_all"),
        ],
    )
    def test_the_best_is_first(self, typed: str, first: str) -> None:
        found = [choice.command.id for choice in choices(typed, KEYMAP, "list")]
        assert first in found[:3]

    def test_nothing_fits(self) -> None:
        assert choices("茅台", KEYMAP, "list") == []

    def test_keys_in_force(self) -> None:
        keymap = Keymap.build(COMMANDS, {"x": "zoom"})
        (zoom, *_) = choices("zoom", keymap, "list")
        assert zoom.keys == "z x"

    async def test_typing_and_running(self) -> None:
        app = Dialogs(Palette(KEYMAP, "list"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press(*"zoom", "enter")
            assert chosen(app) == ["zoom"]

    async def test_choosing_with_the_arrows(self) -> None:
        app = Dialogs(Palette(KEYMAP, "list"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("down", "ctrl+n", "up", "enter")
            assert chosen(app) == ["up"]

    async def test_nothing_to_run(self) -> None:
        app = Dialogs(Palette(KEYMAP, "list"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press(*"qqqq")
            await pilot.press("enter")
            assert app.answers == [None]

    @pytest.mark.parametrize("key", ["escape", "backspace", "ctrl+c"])
    async def test_leaving(self, key: str) -> None:
        app = Dialogs(Palette(KEYMAP, "list"))
        async with app.run_test(size=(40, 16)) as pilot:
            await pilot.press(key)
            assert app.answers == [None]

    async def test_a_click_runs(self) -> None:
        app = Dialogs(Palette(KEYMAP, "list"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.click("PickList", offset=(5, 1))
            await pilot.pause()
            assert chosen(app) == ["up"]

    async def test_keys_before_it_is_mounted_are_not_lost(self) -> None:
        dialog = Palette(KEYMAP, "list")
        for key in "zoom":
            dialog.press(events.Key(key, key))
        app = Dialogs(dialog)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("enter")
            assert chosen(app) == ["zoom"]


class TestConfirm:
    """A question that changes something."""

    @pytest.mark.parametrize(
        ("key", "answer"),
        [("y", True), ("Y", True), ("n", False), ("q", False), ("escape", False)],
    )
    async def test_answers(self, key: str, answer: bool) -> None:
        app = Dialogs(Confirm("Mark all 36,831 posts of this list as read?"))
        async with app.run_test(size=(40, 16)) as pilot:
            await pilot.press("enter", "x", "space")
            assert app.answers == []
            await pilot.press(key)
            assert app.answers == [answer]


class TestLinkCard:
    """The link where no browser can be started."""

    def test_the_address_can_be_selected_whole(self) -> None:
        sent = Sent(URL, ("your terminal's clipboard",))
        lines = card_lines(URL, sent, ("firefox is not installed.",), 40)
        address = [plain(line) for line in lines if line and line[0][1] == "link"]
        assert "".join(address) == URL
        text = " ".join(map(plain, lines))
        assert "sent to your terminal's clipboard" in text
        assert "firefox is not installed." in text

    def test_nothing_is_promised_without_a_clipboard(self) -> None:
        sent = Sent(URL, (), ("tmux failed with status 1.",))
        text = " ".join(map(plain, card_lines(URL, sent, (), 40)))
        assert "clipboard" not in text
        assert "tmux failed" in text

    async def test_the_terminal_is_told_where_it_leads(self) -> None:
        dialog = LinkCard(URL, KEYMAP, title="The original")
        app = Dialogs(dialog)
        async with app.run_test(size=(60, 20)) as pilot:
            strip = dialog.sheet.render_line(0)
            links = [style.link for text, style, _ in strip if style and text.startswith("http")]
            assert links == [URL]
            # Nothing stands beside an address, or it would be selected along.
            assert dialog.sheet.region.x == 0
            assert dialog.sheet.region.width == 60
            await pilot.press("o")
            assert app.screen is not dialog

    async def test_the_qr_code_and_back(self) -> None:
        dialog = LinkCard(URL, KEYMAP, title="The original")
        async with Dialogs(dialog).run_test(size=(60, 30)) as pilot:
            await pilot.press("Q")
            code = qr_lines(URL)
            shown = [dialog.sheet.render_line(y) for y in range(len(code))]
            assert [strip.text.rstrip() for strip in shown] == [line.rstrip() for line in code]
            for strip in shown:
                (text, style, _), *_ = strip
                assert len(text) == len(code[0])
                assert style is not None and style.color is not None and style.bgcolor is not None
                assert (style.color.name, style.bgcolor.name) == ("#000000", "#ffffff")
            assert "address" in foot(dialog)
            await pilot.press("Q")
            assert dialog.sheet.render_line(0).text.startswith("https://")

    async def test_a_code_that_cannot_be_shown_is_told(self) -> None:
        for url, ambiguous, size, sentence in (
            (URL, 1, (60, 20), "the screen is smaller"),
            (URL, 1, (30, 40), "the screen is smaller"),
            (URL, 2, (60, 40), "ambiguous_width = 1"),
            ("https://example.com/" + "a" * 4_000, 1, (60, 40), "too long"),
        ):
            dialog = LinkCard(url, KEYMAP, title="", is_code=True, ambiguous=ambiguous)
            async with Dialogs(dialog).run_test(size=size):
                lines = [dialog.sheet.render_line(y).text.strip() for y in range(3)]
                assert sentence in " ".join(lines)


class TestLinkList:
    """All links of a post."""

    TARGETS = (
        Target("original", "标题", "http://example.com/1", "http://example.com/1"),
        Target("[1]", "另一篇", "https://example.org/2", "https://example.org/2"),
        Target("[2]", "x", "javascript:alert(1)", None),
    )

    def make(self, copied: list[str], scanned: list[Target]) -> LinkList:
        here = (None, "202203112307390013", None)
        return LinkList(self.TARGETS, here, KEYMAP, copied.append, scanned.append)

    async def test_it_tells_domains_and_addresses(self) -> None:
        dialog = self.make([], [])
        async with Dialogs(dialog).run_test(size=(100, 24)) as pilot:
            rows = [dialog.rows.render_line(y).text for y in range(3)]
            assert rows[0].split() == ["▌example.com", "original", "标题"]
            assert rows[1].split() == ["example.org", "[1]", "另一篇", "·", *HERE.split()]
            assert rows[2].split() == ["not", "opened", "[2]", "x"]
            captions = list(dialog.query("Caption"))
            assert "http://example.com/1" in captions[3].render_line(0).text
            await pilot.press("G")
            assert "Only http and https" in captions[3].render_line(0).text

    @pytest.mark.parametrize(
        ("keys", "row", "key"),
        [
            ("enter", 0, None),
            ("j enter", 1, "202203112307390013"),
            ("j o", 1, None),
            ("2 G space", 1, "202203112307390013"),
        ],
    )
    async def test_opening(self, keys: str, row: int, key: str | None) -> None:
        app = Dialogs(self.make([], []))
        async with app.run_test(size=(100, 24)) as pilot:
            await pilot.press(*keys.split())
            assert app.answers == [Chosen(self.TARGETS[row], key)]

    async def test_copying_and_scanning(self) -> None:
        copied: list[str] = []
        scanned: list[Target] = []
        dialog = self.make(copied, scanned)
        app = Dialogs(dialog)
        async with app.run_test(size=(100, 24)) as pilot:
            await pilot.press("j", "y", "y", "Q", "j", "y", "y", "Q")
            assert copied == ["https://example.org/2", "javascript:alert(1)"]
            assert scanned == [self.TARGETS[1]]
            dialog.say("Sent to your terminal's clipboard: x")
            await pilot.pause()
            assert list(dialog.query("Caption"))[-1].render_line(0).text.startswith("Sent to")
            await pilot.press("q")
            assert app.screen is not dialog


async def test_a_paste_is_typed_only_where_something_is_typed() -> None:
    dialog = Help(KEYMAP, "list")
    async with Dialogs(dialog).run_test(size=(80, 24)) as pilot:
        await _paste(pilot, dialog, "undo")
        assert dialog.sheet.hits == []
        await pilot.press("slash")
        await _paste(pilot, dialog, "un\x1bdo")
        assert dialog.entry.value == "undo"
        assert len(dialog.sheet.hits) == 2


async def _paste(pilot: Pilot[None], dialog: Dialog[None], text: str) -> None:
    dialog.post_message(events.Paste(text))
    await pilot.pause()


def foot(dialog: Pages) -> str:
    """The last line of a sheet's box."""
    captions = list(dialog.query("Caption"))
    return captions[-1].render_line(0).text.strip()
