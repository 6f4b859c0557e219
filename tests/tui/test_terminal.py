"""What is decided about the terminal and the desktop around it; and when the reader may start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from finews_tui.tui.terminal import (
    Choice,
    Copier,
    Opener,
    Place,
    Way,
    copiers,
    has_display,
    is_remote,
    openers,
    unusable_terminal,
)
from tests.tui.harness import program

URL = "https://finance.example.com/a/202203112305.html"
SSH = {"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22", "TERM": "xterm-256color"}


class TestOpeners:
    """The chain of programs."""

    def test_the_configured_one_is_the_only_one(self) -> None:
        environ = {"BROWSER": "firefox", "DISPLAY": ":0"}
        assert openers(Choice(("w3m", "-T")), environ) == [
            Opener(Way.OPENER, ("w3m", "-T"), draws_here=True)
        ]

    @pytest.mark.parametrize(
        ("browser", "words"),
        [
            ("firefox", ("firefox",)),
            ("firefox --new-tab %s &", ("firefox", "--new-tab", "%s")),
            ("w3m:lynx:firefox", ("firefox",)),
            ("/usr/bin/w3m", None),
            ("'unclosed", None),
            ("", None),
            (
                "/home/me/.vscode-server/bin/helpers/browser.sh",
                ("/home/me/.vscode-server/bin/helpers/browser.sh",),
            ),
        ],
    )
    def test_browser_of_the_environment(self, browser: str, words: tuple[str, ...] | None) -> None:
        found = openers(Choice(), {**SSH, "BROWSER": browser})
        assert found == ([] if words is None else [Opener(Way.BROWSER, words)])

    @pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
    def test_the_desktop_where_there_is_one(self, tmp_path: Path, variable: str) -> None:
        environ = {variable: ":0", "PATH": str(program(tmp_path, "xdg-open").parent)}
        if sys.platform != "darwin":
            assert openers(Choice(), environ) == [Opener(Way.DESKTOP, ("xdg-open",))]
        assert openers(Choice(), {**environ, **SSH}) == []

    def test_no_opener_installed(self, tmp_path: Path) -> None:
        assert openers(Choice(), {"DISPLAY": ":0", "PATH": str(tmp_path)}) == []

    def test_windows_below(self, tmp_path: Path) -> None:
        environ = {"WSL_DISTRO_NAME": "Debian", "PATH": str(program(tmp_path, "wslview").parent)}
        assert openers(Choice(), environ) == [Opener(Way.DESKTOP, ("wslview",))]

    def test_where_the_person_is(self) -> None:
        assert is_remote({"SSH_TTY": "/dev/pts/1"})
        assert not is_remote({})
        assert not has_display({"DISPLAY": "localhost:10.0", **SSH})

    def test_who_draws_in_this_terminal(self) -> None:
        for words, told, draws_here in (
            (("/usr/bin/lynx",), None, True),
            (("firefox",), None, False),
            (("read-link.sh",), True, True),
            (("lynx",), False, False),
        ):
            (opener,) = openers(Choice(words, told), {})
            assert opener.draws_here is draws_here

    def test_the_address_comes_last_or_for_percent_s(self) -> None:
        assert Opener(Way.OPENER, ("a", "-b")).command(URL) == ("a", "-b", URL)
        assert Opener(Way.OPENER, ("a", "--url=%s", "-b")).command(URL) == (
            "a",
            f"--url={URL}",
            "-b",
        )


class TestCopiers:
    """Where a text is sent."""

    def test_the_terminal_takes_it(self) -> None:
        assert copiers(SSH) == [Copier(Place.TERMINAL)]
        assert copiers({**SSH, "TERM": "linux"}) == []

    def test_inside_tmux_tmux_too(self, tmp_path: Path) -> None:
        environ = {**SSH, "TMUX": "/tmp/t,1,0", "PATH": str(program(tmp_path, "tmux").parent)}
        assert copiers(environ) == [
            Copier(Place.TERMINAL),
            Copier(Place.TMUX, ("tmux", "load-buffer", "-w", "-")),
        ]
        assert copiers({**environ, "PATH": str(tmp_path)}) == [Copier(Place.TERMINAL)]

    @pytest.mark.skipif(sys.platform == "darwin", reason="there it is pbcopy")
    @pytest.mark.parametrize(
        ("installed", "variables", "words"),
        [
            ("xclip", {"DISPLAY": ":0"}, ("xclip", "-selection", "clipboard", "-in")),
            ("xsel", {"DISPLAY": ":0"}, ("xsel", "--clipboard", "--input")),
            ("wl-copy", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, ("wl-copy",)),
            ("clip.exe", {"WSL_DISTRO_NAME": "Debian"}, ("clip.exe",)),
            ("wl-copy", {"DISPLAY": ":0"}, None),
            ("nothing", {"DISPLAY": ":0"}, None),
            ("xclip", {}, None),
            ("xclip", {"DISPLAY": ":0", "SSH_TTY": "/dev/pts/1"}, None),
        ],
    )
    def test_the_desktop_where_it_is_the_persons(
        self,
        tmp_path: Path,
        installed: str,
        variables: dict[str, str],
        words: tuple[str, ...] | None,
    ) -> None:
        environ = {"PATH": str(program(tmp_path, installed).parent), **variables}
        found = [copier.words for copier in copiers(environ)]
        assert found == ([] if words is None else [words])


class TestTerminal:
    """What the environment tells."""

    @pytest.mark.parametrize("term", ["", "dumb", "unknown"])
    def test_a_terminal_that_cannot_move_its_cursor(self, term: str) -> None:
        sentence = unusable_terminal({"TERM": term} if term else {}, keyboard=True, screen=True)
        assert (f"TERM is {term}" if term else "TERM is not set") in sentence
        assert "finews-tui search" in sentence

    @pytest.mark.parametrize(("keyboard", "screen"), [(False, True), (True, False)])
    def test_no_terminal(self, keyboard: bool, screen: bool) -> None:
        environ = {"TERM": "xterm"}
        here = unusable_terminal(environ, keyboard=keyboard, screen=screen)
        assert "ssh -t" not in here and "finews-tui show" in here
        there = unusable_terminal({**SSH}, keyboard=keyboard, screen=screen)
        assert "ssh -t" in there and there.count(".") == 1

    def test_a_usable_one(self) -> None:
        assert unusable_terminal(SSH, keyboard=True, screen=True) == ""


def test_no_textual_is_imported() -> None:
    rooms = "addresses clipboard colours facts links opening probing selecting terminal tmux"
    code = "import sys; " + "; ".join(f"import finews_tui.tui.{room}" for room in rooms.split())
    code += "; print('textual' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
