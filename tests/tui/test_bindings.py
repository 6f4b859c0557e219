"""The machine that reads keys: before, keys, after."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.errors import SettingsError
from finews_tui.settings import Settings
from finews_tui.tui.bindings import (
    MOST,
    Cancelled,
    Keymap,
    KeyReader,
    Outcome,
    Pending,
    Run,
    keymap_of,
)
from finews_tui.tui.commands import COMMANDS, PANES, PREFIXES, Pane, by_id
from finews_tui.tui.keys import spelled, token_of

DEFAULT = Keymap.build(COMMANDS)


def told(outcome: Outcome) -> str:
    """An outcome in short: ``down``, ``5 down``, ``… 5]``, ``! why``, ``.``."""
    match outcome:
        case Run(command, count):
            return command.id if count is None else f"{count} {command.id}"
        case Pending(text, _):
            return f"… {text}"
        case Cancelled(message):
            return f"! {message}" if message else "!"
    return "."


def read(keys: str, pane: Pane = "list", keymap: Keymap = DEFAULT) -> list[str]:
    """What the reader says to keys in the help's spelling, parted by spaces."""
    reader = KeyReader(keymap)
    return [told(reader.feed_token(key, pane)) for key in keys.split(" ")]


@pytest.mark.parametrize(
    ("keys", "after"),
    [
        ("j", ["down"]),
        ("5 j", ["… 5", "5 down"]),
        ("1 0 j", ["… 1", "… 10", "10 down"]),
        ("0 j", ["! 0 does nothing here · ? help", "down"]),
        ("g g", ["… g", "first"]),
        ("1 2 G", ["… 1", "… 12", "12 last"]),
        ("1 2 g g", ["… 1", "… 12", "… 12g", "12 first"]),
        ("2 ] u", ["… 2", "… 2]", "2 next_unread"]),
        ("C-w l", ["… C-w", "pane_right"]),
        ("Z Z", ["… Z", "quit"]),
        ("y y", ["… y", "copy_link"]),
        ("3 o", ["… 3", "3 open_original"]),
        ("2 Tab", ["… 2", "2 next_pane"]),
        ("5 z", ["… 5", "zoom"]),
        ("g Esc j", ["… g", "!", "down"]),
        ("5 Esc j", ["… 5", "!", "down"]),
        ("Esc", ["cancel"]),
        ("g x j", ["… g", "! gx does nothing here · ? help", "down"]),
        ("g 5 j", ["… g", "! g5 does nothing here · ? help", "down"]),
        ("5 X j", ["… 5", "! X does nothing here · ? help", "down"]),
        ("C-w x", ["… C-w", "! C-w x does nothing here · ? help"]),
        ("] h", ["… ]", "! ]h does nothing here · ? help"]),
        ("g g g g", ["… g", "first", "… g", "first"]),
        ("C-s", ["! C-s does nothing here · ? help"]),
    ],
)
def test_keys_in_the_list(keys: str, after: list[str]) -> None:
    assert read(keys) == after


def test_headings_are_the_articles() -> None:
    assert read("] h", "article") == ["… ]", "next_heading"]


def test_a_prefix_tells_what_may_follow() -> None:
    reader = KeyReader(DEFAULT)
    pending = reader.feed_token("g", "list")
    assert isinstance(pending, Pending)
    assert dict(pending.choices)["h"] == "whole archive"
    assert [key for key, _ in pending.choices] == ["g", "O", "t", "u", "s", "h", "d", "n"]


def test_a_count_alone_has_no_choices() -> None:
    assert KeyReader(DEFAULT).feed_token("7", "list") == Pending("7", ())


def test_a_count_is_bounded() -> None:
    assert read(" ".join("9" * 30) + " j")[-1] == f"{MOST} down"


def test_reset_forgets() -> None:
    reader = KeyReader(DEFAULT)
    reader.feed_token("5", "list")
    reader.feed_token("g", "list")
    assert reader.pending == "5g"
    reader.reset()
    assert reader.pending == ""
    assert told(reader.feed_token("g", "list")) == "… g"


@pytest.mark.parametrize(
    ("key", "character", "after"),
    [
        ("j", "j", "down"),
        ("G", "G", "last"),
        ("ctrl+d", "\x04", "half_page_down"),
        ("tab", "\t", "next_pane"),
        ("shift+tab", None, "previous_pane"),
        ("escape", "\x1b", "cancel"),
        ("space", " ", "read_on"),
        ("enter", "\r", "enter"),
        ("slash", "/", "search"),
        ("question_mark", "?", "help"),
        ("question_mark", None, "help"),
        ("minus", "-", "fold_all"),
        ("equals_sign", "=", "unfold_all"),
        ("greater_than_sign", ">", "next_unread"),
        ("colon", ":", "command_line"),
        ("alt+1", "1", "focus_tree"),
        ("alt+2", None, "focus_list"),
        ("inverted_exclamation_mark", "¡", "focus_tree"),
        ("trade_mark_sign", "™", "focus_list"),
        ("pound_sign", "£", "focus_article"),
        ("f1", None, "help"),
        ("pagedown", None, "page_down"),
        ("up", None, "up"),
        ("shift+space", " ", "read_on"),
        ("fullwidth_colon", "：", "command_line"),
        ("fullwidth_question_mark", "？", "help"),
        ("fullwidth_solidus", "／", "search"),
        ("ideographic_comma", "、", "search"),
        ("fullwidth_greater_than_sign", "＞", "next_unread"),
        ("ｊ", "ｊ", "down"),
        ("Ｇ", "Ｇ", "last"),
        ("ideographic_space", "\u3000", "read_on"),
        ("left_black_lenticular_bracket", "【", "… ["),
        ("right_black_lenticular_bracket", "】", "… ]"),
        ("５", "５", "… 5"),
        ("<ignore>", "\x1b[", "."),
        ("ctrl+at", "\x00", "! C-@ does nothing here · ? help"),
        ("hyper+x", None, "."),
        ("的", "的", "! 的 does nothing here · ? help"),
    ],
)
def test_keys_as_textual_names_them(key: str, character: str | None, after: str) -> None:
    assert told(KeyReader(DEFAULT).feed(key, character, "list")) == after


@pytest.mark.parametrize(
    ("full", "plain"),
    list(zip("：；？／，。！｜【】＞＜［］ｊＧ５", ":;?/,.!|[]><[]jG5", strict=True)),
)
def test_full_width_keys_are_folded(full: str, plain: str) -> None:
    assert token_of("anything", full) == plain


@pytest.mark.parametrize(
    ("key", "character", "presses"),
    [
        ("alt+j", "j", [("escape", "\x1b"), ("j", "j")]),
        ("alt+shift+g", "G", [("escape", "\x1b"), ("G", "G")]),
        ("alt+茅", "茅", [("escape", "\x1b"), ("茅", "茅")]),
        ("alt+1", "1", [("alt+1", "1")]),
        ("alt+up", None, [("alt+up", None)]),
        ("ctrl+d", "\x04", [("ctrl+d", "\x04")]),
        ("j", "j", [("j", "j")]),
    ],
)
def test_escape_and_a_letter_in_haste(
    key: str, character: str | None, presses: list[tuple[str, str | None]]
) -> None:
    assert KeyReader(DEFAULT).split(key, character) == presses


def test_a_bound_alt_key_stays_whole() -> None:
    reader = KeyReader(Keymap.build(COMMANDS, {"M-j": "quit"}))
    assert reader.split("alt+j", "j") == [("alt+j", "j")]
    assert reader.split("alt+k", "k") == [("escape", "\x1b"), ("k", "k")]


class TestUserKeys:
    """The config file's keymap."""

    def test_a_key_takes_the_place_of_the_default(self) -> None:
        keymap = Keymap.build(COMMANDS, {"x": "toggle_star", "s": "toggle_read"})
        assert keymap.conflicts == ()
        assert read("x", keymap=keymap) == ["toggle_star"]
        assert read("s", keymap=keymap) == ["toggle_read"]
        assert keymap.keys("toggle_read") == ("m", "s")
        assert keymap.key("toggle_star") == "x"

    @pytest.mark.parametrize("key", ["ctrl+x", "C-x", "Ctrl-X", "control+x"])
    def test_spellings_of_one_key(self, key: str) -> None:
        keymap = Keymap.build(COMMANDS, {key: "rescan"})
        assert keymap.keys("rescan") == ("r", "C-x")

    def test_a_key_can_be_freed(self) -> None:
        keymap = Keymap.build(COMMANDS, {"Q": ""})
        assert keymap.conflicts == ()
        assert read("Q", keymap=keymap) == ["! Q does nothing here · ? help"]

    def test_a_new_sequence(self) -> None:
        keymap = Keymap.build(COMMANDS, {"g r": "rescan", ",u": "go_unread"})
        assert keymap.conflicts == ()
        assert read("g r", keymap=keymap) == ["… g", "rescan"]
        assert read(", u", keymap=keymap) == ["… ,", "go_unread"]

    def test_the_hint_shows_the_key_in_force(self) -> None:
        keymap = Keymap.build(COMMANDS, {"?": "", "F1": "", "x": "help"})
        assert read("X", keymap=keymap) == ["! X does nothing here · x help"]

    @pytest.mark.parametrize(
        ("keys", "sentence"),
        [
            ({"g": "down"}, "g only begins commands, so it cannot be one"),
            ({",": "down"}, ", only begins commands, so it cannot be one"),
            ({"C-w": "down"}, "C-w only begins commands, so it cannot be one"),
            ({"jj": "up"}, "jj and j (down) cannot both be keys"),
            ({"5": "up"}, "'5' is a digit, and digits are counts"),
            ({"5j": "up"}, "'5' is a digit, and digits are counts"),
            ({"ctrl+s": "up"}, "C-s belongs to the terminal"),
            ({"C-q": "up"}, "C-q belongs to the terminal"),
            ({"gC-s": "up"}, "'gC-s' is no key that a terminal sends"),
            ({"g C-h": "up"}, "C-h belongs to the terminal"),
            ({"escape": "quit"}, "Esc always cancels"),
            ({"x": "sell"}, "there is no command 'sell'"),
            ({"X": ""}, "'X' does nothing, so it cannot be freed"),
            ({"C-x": "quit", "ctrl+x": "zoom"}, "C-x is bound twice"),
            ({"x y z": "zoom"}, "'x y z' has more than two keys one after the other"),
            ({"  ": "zoom"}, "an empty key cannot be pressed"),
            ({"hyper+x": "zoom"}, "'hyper+x' is no key that a terminal sends"),
            ({"\x1b[": "zoom"}, "'\\x1b[' is no key that a terminal sends"),
        ],
    )
    def test_clashes(self, keys: dict[str, str], sentence: str) -> None:
        keymap = Keymap.build(COMMANDS, keys)
        assert [conflict.sentence for conflict in keymap.conflicts] == [sentence]
        assert read("j", keymap=keymap) == ["down"]

    def test_a_clash_is_told_with_its_line(self) -> None:
        settings = Settings(
            keys=MappingProxyType({"g": "down", "5": "up"}),
            config_file=Path("/home/me/config.toml"),
            lines=MappingProxyType({("keys", "g"): 7, ("keys", "5"): 8}),
        )
        with pytest.raises(SettingsError) as error:
            keymap_of(settings)
        first, second = str(error.value).splitlines()
        assert first.startswith("/home/me/config.toml, line 7: g only begins")
        assert second.startswith("/home/me/config.toml, line 8: '5' is a digit")

    def test_without_clashes_the_keymap_is_given(self) -> None:
        settings = Settings(keys=MappingProxyType({"x": "quit"}))
        assert "x" in keymap_of(settings).keys("quit")

    def test_clashing_defaults_are_found_too(self) -> None:
        double = (by_id()["down"], by_id()["zoom"])
        doubled = (*double, type(double[0])("more", ("z",), "more", "More.", "Doing"))
        (conflict,) = Keymap.build(doubled).conflicts
        assert conflict.sentence == "z is also the key of zoom (command more)"


TOKENS = sorted({token for key in DEFAULT.table["list"] for token in key} | set("0123456789xX的"))


@given(st.lists(st.sampled_from(TOKENS), max_size=30), st.sampled_from(PANES))
def test_after_esc_nothing_is_pending(tokens: list[str], pane: Pane) -> None:
    reader = KeyReader(DEFAULT)
    for token in tokens:
        outcome = reader.feed_token(token, pane)
        assert isinstance(outcome, Pending) == bool(reader.pending)
        if isinstance(outcome, Pending):
            assert outcome.text == reader.pending
        if isinstance(outcome, Run):
            assert pane in outcome.command.panes
            assert outcome.times is None or outcome.command.takes_count
    reader.feed_token("Esc", pane)
    assert reader.pending == ""
    assert told(reader.feed_token("j", pane)) == "down"


@given(st.lists(st.sampled_from(TOKENS), max_size=30), st.sampled_from(PANES))
def test_every_command_can_be_reached_from_anywhere(tokens: list[str], pane: Pane) -> None:
    reader = KeyReader(DEFAULT)
    for token in tokens:
        reader.feed_token(token, pane)
    reader.feed_token("Esc", pane)
    for keys, command in DEFAULT.table[pane].items():
        outcome = [reader.feed_token(token, pane) for token in keys][-1]
        assert outcome == Run(command, None)


@given(st.integers(1, MOST))
def test_counts_are_read_as_numbers(count: int) -> None:
    assert read(" ".join(str(count)) + " j")[-1] == f"{count} down"


@given(st.text(max_size=6), st.none() | st.text(max_size=2))
def test_no_key_is_too_strange(key: str, character: str | None) -> None:
    reader = KeyReader(DEFAULT)
    reader.feed(key, character, "list")
    reader.reset()
    assert told(reader.feed_token("j", "list")) == "down"


@given(st.dictionaries(st.text(max_size=5), st.sampled_from(["down", "quit", "", "none"])))
def test_any_keymap_leaves_a_sound_table(keys: dict[str, str]) -> None:
    keymap = Keymap.build(COMMANDS, keys)
    for pane in PANES:
        singles = {tokens[0] for tokens in keymap.table[pane] if len(tokens) == 1}
        firsts = {tokens[0] for tokens in keymap.table[pane] if len(tokens) == 2}
        assert not singles & firsts
        assert not singles & set(PREFIXES)
        assert ("Esc",) in keymap.table[pane]
        assert not any(tokens[0].isdecimal() for tokens in keymap.table[pane])


@given(st.text(max_size=8))
def test_spelling_gives_tokens_or_a_sentence(text: str) -> None:
    tokens, problem = spelled(text)
    assert bool(tokens) != bool(problem)
    assert len(tokens) <= 2
