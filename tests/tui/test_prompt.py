"""Typing: the line editor as before-keys-after, what Tab offers, how the line is shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult

from finews_tui.errors import QueryError
from finews_tui.library.query import Query
from finews_tui.page import plain, width_of
from finews_tui.tui.entry import entry_line
from finews_tui.tui.line_editor import LONGEST, Completion, LineEditor
from finews_tui.tui.prompt import Prompt, Told, command_completer, query_completer
from finews_tui.tui.themes import THEMES

ACTIONS: dict[str, Callable[[LineEditor], None]] = {
    "<": LineEditor.left,
    ">": LineEditor.right,
    "«": LineEditor.word_left,
    "»": LineEditor.word_right,
    "^": LineEditor.home,
    "$": LineEditor.end,
    "⌫": LineEditor.delete_left,
    "⌦": LineEditor.delete_right,
    "W": LineEditor.delete_word,
    "U": LineEditor.clear,
    "↑": LineEditor.older,
    "↓": LineEditor.newer,
    "⇥": LineEditor.complete,
    "⇤": lambda editor: LineEditor.complete(editor, -1),
}


def press(editor: LineEditor, key: str) -> None:
    """One of ``ACTIONS``, or something typed."""
    if key in ACTIONS:
        ACTIONS[key](editor)
    else:
        editor.insert(key)


def edited(before: str, keys: str, **more: object) -> str:
    """What ``keys`` make of ``before``; ``|`` is the cursor."""
    editor = LineEditor(before.replace("|", ""), before.index("|"), **more)  # type: ignore[arg-type]  # a test's table
    for key in keys:
        press(editor, key)
    return f"{editor.text[: editor.cursor]}|{editor.text[editor.cursor :]}"


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("|", "茅台", "茅台|"),
        ("茅|台", "a", "茅a|台"),
        ("茅台|", "<<", "|茅台"),
        ("|茅台", "<", "|茅台"),
        ("茅台|", ">", "茅台|"),
        ("茅台|", "⌫", "茅|"),
        ("|茅台", "⌫", "|茅台"),
        ("|茅台", "⌦", "|台"),
        ("茅台|", "⌦", "茅台|"),
        ("e\u0301a|", "⌫⌫", "|"),
        ("👨‍👩‍👧|x", "⌫", "|x"),
        ("source:财联社 is:unread|", "W", "source:财联社 |"),
        ("source:财联社 |", "W", "|"),
        ("a b|c", "W", "a |c"),
        ("|abc", "W", "|abc"),
        ("abc|def", "U", "|"),
        ("ab cd|", "«", "ab |cd"),
        ("ab |cd", "«", "|ab cd"),
        ("|ab cd", "»", "ab| cd"),
        ("ab| cd ef", "»", "ab cd| ef"),
        ("ab|", "»", "ab|"),
        ("a|b", "^", "|ab"),
        ("a|b", "$", "ab|"),
        ("|", "a\tb", "a b|"),
        ("|", "\x1b\x07", "|"),
    ],
)
def test_editing(before: str, keys: str, after: str) -> None:
    assert edited(before, keys) == after


@pytest.mark.parametrize(
    ("keys", "after"),
    [
        ("↑", "new|"),
        ("↑↑", "old|"),
        ("↑↑↑", "old|"),
        ("↑↑↓", "new|"),
        ("↑↓", "draft|"),
        ("↓", "draft|"),
        ("↑x↓", "newx|"),
    ],
)
def test_history(keys: str, after: str) -> None:
    assert edited("draft|", keys, history=("new", "old")) == after


def offer(text: str) -> Completion:
    """Completes the last word of three."""
    word = text.split(" ")[-1]
    words = tuple(w for w in ("star", "start", "stop") if w.startswith(word))
    return Completion(len(text) - len(word), words)


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("st|", "⇥", "star|"),
        ("st|", "⇥⇥", "start|"),
        ("st|", "⇥⇥⇥⇥", "star|"),
        ("st|", "⇤", "stop|"),
        ("a sto|p", "⇥", "a stop|p"),
        ("x|", "⇥", "x|"),
        ("sto|", "⇥ st⇥", "stop star|"),
    ],
)
def test_completion(before: str, keys: str, after: str) -> None:
    assert edited(before, keys, completer=offer) == after


def test_nothing_to_complete_with() -> None:
    assert edited("st|", "⇥") == "st|"


def test_a_line_has_an_end() -> None:
    editor = LineEditor()
    editor.insert("x" * 2 * LONGEST)
    editor.insert("y")
    assert editor.text == "x" * LONGEST


@given(
    st.lists(st.sampled_from([*ACTIONS, "茅", "a", " ", "👨‍👩‍👧", "e\u0301"]), max_size=40),
    st.integers(4, 60),
)
def test_the_cursor_stays_in_the_line_and_on_the_screen(keys: list[str], width: int) -> None:
    editor = LineEditor(history=("茅台 上涨", "x"), completer=offer)
    for key in keys:
        press(editor, key)
        assert 0 <= editor.cursor <= len(editor.text)
    line, cell = entry_line("/", editor, width)
    assert width_of(plain(line)) <= width
    assert 0 < cell < width


class TestQueryCompletion:
    """What Tab offers in a filter."""

    complete = staticmethod(
        query_completer({"source": ["财联社", "财经 网", "东方财富"], "ticker": ["600519.SH"]})
    )

    @pytest.mark.parametrize(
        ("text", "start", "words"),
        [
            ("so", 0, ("source:", "sort:")),
            ("茅台 -ti", 4, ("title:", "ticker:")),
            ("source:财", 7, ("财联社", '"财经 网"', "东方财富")),
            ("source：财联", 7, ("财联社",)),
            ("-source:", 8, ("财联社", '"财经 网"', "东方财富")),
            ('source:"财经', 7, ('"财经 网"',)),
            ("is:", 3, ("unread", "read", "starred")),
            ("is:s", 3, ("starred",)),
            ("is:read", 3, ("read", "unread")),
            ("has:", 4, ("image", "table", "ticker")),
            ("sort:r", 5, ("relevance",)),
            ("tag:x", 4, ()),
            ("", 0, ()),
            ("茅台", 0, ()),
        ],
    )
    def test_offers(self, text: str, start: int, words: tuple[str, ...]) -> None:
        assert self.complete(text) == Completion(start, words)

    @given(st.text(max_size=30))
    def test_any_text(self, text: str) -> None:
        assert 0 <= self.complete(text).start <= len(text)

    def test_what_is_offered_can_be_read(self) -> None:
        for value in ("财经 网", '的"引"号', "a\\b", "-x", "(y)"):
            complete = query_completer({"source": [value]})
            (word,) = complete("source:").words
            assert Query.parse(f"source:{word}") == Query.of("source", value)

    def test_commands(self) -> None:
        assert command_completer("toggle_s") == Completion(0, ("toggle_star",))


class TestLine:
    """How the line is shown."""

    @staticmethod
    def editor(text: str) -> LineEditor:
        editor = LineEditor()
        editor.set(text)
        return editor

    def test_text_and_hint(self) -> None:
        line, cell = entry_line("/", self.editor("茅台"), 40, hint="3 posts")
        assert plain(line) == "/茅台  3 posts"
        assert cell == 5

    def test_an_error_points_at_the_word(self) -> None:
        text = "茅台 sauce:x"
        with pytest.raises(QueryError) as caught:
            Query.parse(text)
        line, _ = entry_line("filter: ", self.editor(text), 100, error=caught.value)
        assert [part for part, role in line if role == "match"] == ["sauce:"]
        assert 'unknown field "sauce:"' in plain(line)

    def test_choices_are_listed(self) -> None:
        editor = LineEditor("st", 2, completer=offer)
        editor.complete()
        line, _ = entry_line(":", editor, 60)
        assert plain(line) == ":star  Tab: start · stop"

    def test_a_long_text_scrolls(self) -> None:
        line, cell = entry_line("/", self.editor("长" * 50), 20)
        assert width_of(plain(line)) < 20
        assert cell == 17


class Prompts(App[None]):
    """An app with nothing but a prompt at the bottom, which gets every key."""

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.prompt = Prompt()
        self.told: list[Told] = []

    def compose(self) -> ComposeResult:
        """The prompt."""
        yield self.prompt

    def on_key(self, event: events.Key) -> None:
        """As the reader's screen does it."""
        if self.prompt.is_open and (told := self.prompt.type(event)) is not None:
            self.told.append(told)


async def test_what_is_typed_is_told_with_each_key() -> None:
    app = Prompts()
    async with app.run_test(size=(40, 5)) as pilot:
        assert not app.prompt.is_open
        app.prompt.open("/")
        await pilot.press("a", "b", "left", "enter")
        assert [(told.what, told.value) for told in app.told] == [
            ("changed", "a"),
            ("changed", "ab"),
            ("nothing", "ab"),
            ("accepted", "ab"),
        ]
        app.prompt.close()
        app.prompt.open("/")
        await pilot.press("up", "ctrl+u", "escape")
        assert [(told.what, told.value) for told in app.told[4:]] == [
            ("changed", "ab"),
            ("changed", ""),
            ("cancelled", ""),
        ]


@pytest.mark.parametrize("key", ["escape", "ctrl+c", "backspace"])
async def test_leaving_an_empty_prompt(key: str) -> None:
    app = Prompts()
    async with app.run_test(size=(40, 5)) as pilot:
        app.prompt.open(":")
        await pilot.press(key)
        assert app.told == [Told("cancelled", ":", "")]


@pytest.mark.parametrize("key", ["ctrl+z", "ctrl+l"])
async def test_suspending_is_not_the_prompts(key: str) -> None:
    app = Prompts()
    async with app.run_test(size=(40, 5)):
        app.prompt.open(":")
        assert app.prompt.type(events.Key(key, None)) is None


async def test_the_terminals_cursor_stands_in_the_prompt() -> None:
    app = Prompts()
    async with app.run_test(size=(40, 5)) as pilot:
        app.prompt.open("f")
        app.prompt.take("茅台\n上涨\x1b[2J")
        await pilot.pause()
        assert app.prompt.value == "茅台 上涨[2J"
        assert app.cursor_position == (len("filter: ") + 12, app.prompt.region.y)
        await pilot.press("home")
        assert app.cursor_position.x == len("filter: ")


async def test_a_wrong_query_is_not_accepted() -> None:
    app = Prompts()
    async with app.run_test(size=(60, 5)) as pilot:
        app.prompt.open("f", "sauce:x")
        with pytest.raises(QueryError) as caught:
            Query.parse("sauce:x")
        app.prompt.show_error(caught.value)
        await pilot.pause()
        assert "unknown field" in app.prompt.render_line(0).text
        await pilot.press("enter")
        await pilot.press("ctrl+u", "enter")
        assert [told.what for told in app.told] == ["nothing", "changed", "accepted"]


async def test_an_error_of_an_older_text_is_not_shown() -> None:
    app = Prompts()
    async with app.run_test(size=(60, 5)):
        app.prompt.open("f", "ok")
        app.prompt.show_error(QueryError("wrong", "older", 0, 2))
        assert app.prompt.error is None


async def test_the_cursor_is_painted_over_a_wide_character() -> None:
    app = Prompts()
    async with app.run_test(size=(40, 5)) as pilot:
        app.prompt.open("/", "茅台")
        await pilot.press("home")
        strip = app.prompt.render_line(0)
        assert strip.cell_length == 40
        assert [text for text, style, _ in strip if style and style.reverse] == ["茅"]
        app.prompt.is_active = False
        assert not any(style and style.reverse for _, style, _ in app.prompt.render_line(0))
