"""What leaves the reader: links to browsers, texts to the clipboard; and when it may start."""

from __future__ import annotations

import base64
import os
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.tui.addresses import LONGEST_URL, safe_url
from finews_tui.tui.sequences import LARGEST_COPY, can_copy, osc8, osc52, wrapped_copy
from finews_tui.tui.terminal import (
    Environment,
    Fact,
    Opener,
    Outcome,
    Way,
    colour_depth,
    describe_terminal,
    has_display,
    is_remote,
    open_link,
    openers,
    start_detached,
    unusable_terminal,
)

URL = "https://finance.example.com/a/202203112305.html"
SSH = {"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22", "TERM": "xterm-256color"}


class TestPolicy:
    """Which addresses are opened."""

    @pytest.mark.parametrize(
        ("given_url", "opened"),
        [
            (URL, URL),
            ("http://example.com", "http://example.com"),
            ("//finance.example.com/a/1.html", "https://finance.example.com/a/1.html"),
            ("  https://example.com/a  ", "https://example.com/a"),
            ("HTTPS://example.com/a", "https://example.com/a"),
            (
                "https://example.com/股票?q=茅台#上",
                "https://example.com/%E8%82%A1%E7%A5%A8?q=%E8%8C%85%E5%8F%B0#%E4%B8%8A",
            ),
            ("https://example.com/%E8%82%A1", "https://example.com/%E8%82%A1"),
            ("https://例子.测试/a", "https://xn--fsqu00a.xn--0zwm56d/a"),
            ("https://例子.测试:8080/a", "https://xn--fsqu00a.xn--0zwm56d:8080/a"),
            ("http://example.com:8080/x?a=1&b=2", "http://example.com:8080/x?a=1&b=2"),
            ("http://[::1]:80/x", "http://[::1]:80/x"),
        ],
    )
    def test_opened(self, given_url: str, opened: str) -> None:
        assert safe_url(given_url) == opened

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "ssh://host/-oProxyCommand=x",
            "mailto:a@example.com",
            "-https://example.com",
            "--version",
            "/etc/passwd",
            "example.com/a",
            "https:///nohost",
            "https://",
            "https://user:pass@example.com/",
            "https://user@example.com/",
            "https://example.com\\@evil.example/",
            "https://example.com/\x1b]0;x\x07",
            "https://example.com/\x9b2J",
            "https://example.com/\u202emoc",
            "https://example.com/a b",
            "https://example.com/a\nb",
            "https://-oProxy.example/",
            "https://example.com:99999/",
            "https://example.com:port/",
            "https://[::1/",
            "https://exa$(id)mple.com/",
            "https://" + "a" * LONGEST_URL + ".example",
            "https://" + "é" * 70 + ".example/",
        ],
    )
    def test_refused(self, url: str) -> None:
        assert safe_url(url) is None

    @given(st.text(max_size=60) | st.text(max_size=40).map("https://example.com/".__add__))
    def test_what_passes_is_plain(self, text: str) -> None:
        address = safe_url(text)
        if address is not None:
            assert address.isascii() and address.isprintable() and " " not in address
            assert address.startswith(("http://", "https://"))
            assert safe_url(address) == address


class TestOpeners:
    """The chain of programs."""

    def test_the_configured_one_is_the_only_one(self) -> None:
        environ = {"BROWSER": "firefox", "DISPLAY": ":0"}
        assert openers(["w3m", "-T"], environ) == [Opener(Way.OPENER, ("w3m", "-T"))]

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
        found = openers(None, {**SSH, "BROWSER": browser})
        assert found == ([] if words is None else [Opener(Way.BROWSER, words)])

    @pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
    def test_the_desktop_where_there_is_one(self, tmp_path: Path, variable: str) -> None:
        environ = {variable: ":0", "PATH": str(_program(tmp_path, "xdg-open").parent)}
        if sys.platform != "darwin":
            assert openers(None, environ) == [Opener(Way.DESKTOP, ("xdg-open",))]
        assert openers(None, {**environ, **SSH}) == []

    def test_no_opener_installed(self, tmp_path: Path) -> None:
        assert openers(None, {"DISPLAY": ":0", "PATH": str(tmp_path)}) == []

    def test_windows_below(self, tmp_path: Path) -> None:
        environ = {"WSL_DISTRO_NAME": "Debian", "PATH": str(_program(tmp_path, "wslview").parent)}
        assert openers(None, environ) == [Opener(Way.DESKTOP, ("wslview",))]

    def test_where_the_person_is(self) -> None:
        assert is_remote({"SSH_TTY": "/dev/pts/1"})
        assert not is_remote({})
        assert not has_display({"DISPLAY": "localhost:10.0", **SSH})

    def test_the_address_comes_last_or_for_percent_s(self) -> None:
        assert Opener(Way.OPENER, ("a", "-b")).command(URL) == ("a", "-b", URL)
        assert Opener(Way.OPENER, ("a", "--url=%s", "-b")).command(URL) == (
            "a",
            f"--url={URL}",
            "-b",
        )


class TestOpenLink:
    """What becomes of a wish to open a link."""

    def test_a_refused_address_starts_nothing(self) -> None:
        outcome = open_link("file:///etc/passwd", ["firefox"], {}, _never)
        assert outcome.way is Way.REFUSED
        assert "http" in outcome.message

    def test_the_browser_gets_the_address(self) -> None:
        started: list[Sequence[str]] = []

        def start(command: Sequence[str], environ: Environment) -> str:
            started.append(command)
            return ""

        outcome = open_link(URL, ["/opt/firefox/firefox"], SSH, start)
        assert outcome == Outcome(Way.OPENER, URL, "Opened with firefox.")
        assert started == [("/opt/firefox/firefox", URL)]

    def test_without_a_browser_the_link_is_copied(self) -> None:
        outcome = open_link(URL, None, SSH, _never)
        assert outcome.way is Way.CARD
        assert outcome.copied == URL
        assert "sent to your terminal's clipboard" in outcome.message

    def test_a_terminal_without_clipboard(self) -> None:
        outcome = open_link(URL, None, {**SSH, "TERM": "linux"}, _never)
        assert outcome.way is Way.CARD
        assert outcome.copied == ""
        assert outcome.message == "No browser can be started from here: here is the link."

    def test_a_failure_is_told(self) -> None:
        outcome = open_link(
            URL, ["nosuch"], SSH, lambda command, environ: "nosuch is not installed."
        )
        assert outcome.way is Way.CARD
        assert outcome.problems == ("nosuch is not installed.",)
        assert outcome.message.startswith("nosuch is not installed: the link was sent")

    def test_the_next_of_the_chain_after_a_failure(self, tmp_path: Path) -> None:
        environ = {
            "BROWSER": "broken",
            "DISPLAY": ":0",
            "PATH": str(_program(tmp_path, "xdg-open").parent),
        }

        def start(command: Sequence[str], environ: Environment) -> str:
            return "broken failed." if command[0] == "broken" else ""

        if sys.platform != "darwin":
            assert open_link(URL, None, environ, start).way is Way.DESKTOP


class TestStart:
    """Starting a real program."""

    def test_it_runs_detached_without_a_shell(self, tmp_path: Path) -> None:
        told = tmp_path / "told"
        program = _program(
            tmp_path, "opener", f'printf "%s\\n" "$@" $$ > "{told}"; ps -o sid= $$ >> "{told}"'
        )
        address = f"{URL}?a=1&b=$(id);c='d'"
        assert start_detached((str(program), address), os.environ) == ""
        first, pid, session = told.read_text().split()
        assert first == address
        assert pid == session != str(os.getsid(0))

    def test_it_cannot_touch_our_terminal(self, tmp_path: Path) -> None:
        program = _program(tmp_path, "loud", "echo out; echo err >&2; [ ! -t 0 ] && [ ! -t 1 ]")
        code = (
            "import os, sys; from finews_tui.tui.terminal import start_detached;"
            f"print(repr(start_detached(({str(program)!r}, 'x'), os.environ)))"
        )
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert (run.stdout.strip(), run.stderr) == ("''", "")

    def test_a_failing_program_is_told(self, tmp_path: Path) -> None:
        program = _program(tmp_path, "failing", "exit 4")
        assert start_detached((str(program), URL), os.environ) == "failing failed with status 4."

    def test_a_missing_program_is_told(self) -> None:
        assert start_detached(("/nowhere/browser", URL), os.environ) == "browser is not installed."

    def test_no_permission_is_told(self, tmp_path: Path) -> None:
        program = tmp_path / "plain"
        program.write_text("x")
        problem = start_detached((str(program), URL), os.environ)
        assert problem == "plain could not be started: Permission denied."

    def test_a_browser_that_stays_is_left_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("finews_tui.tui.terminal.PATIENCE", 0.05)
        program = _program(tmp_path, "staying", "exec sleep 1")
        assert start_detached((str(program), URL), os.environ) == ""


class TestClipboard:
    """OSC 52."""

    def test_plain(self) -> None:
        assert osc52("茅台", {"TERM": "xterm"}) == "\x1b]52;c;6IyF5Y+w\x07"

    def test_tmux_gets_it_twice(self) -> None:
        plain = osc52("a", {})
        wrapped = "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
        assert osc52("a", {"TMUX": "/tmp/tmux-0/default,1,0"}) == plain + wrapped

    def test_screen_gets_it_in_pieces(self) -> None:
        text = "x" * 3_000
        sequence = osc52(text, {"STY": "1.pts", "TERM": "screen"})
        pieces = sequence.split("\x1b\\")[:-1]
        assert all(piece.startswith("\x1bP") and len(piece) < 768 for piece in pieces)
        assert "".join(piece.removeprefix("\x1bP") for piece in pieces) == osc52(text, {})

    def test_too_long_is_not_sent(self) -> None:
        longest = LARGEST_COPY // 4 * 3
        assert osc52("x" * longest, {})
        assert osc52("x" * (longest + 3), {}) == ""

    def test_a_lone_surrogate_does_not_break_it(self) -> None:
        assert osc52("a\ud800b", {})

    @given(st.text(max_size=200))
    def test_the_text_cannot_leave_its_sequence(self, text: str) -> None:
        sequence = osc52(text, {})
        body = sequence.removeprefix("\x1b]52;c;").removesuffix("\x07")
        assert base64.b64decode(body) == text.encode("utf-8", "replace")
        assert (body.isascii() and body.isprintable()) or body == ""

    @pytest.mark.parametrize(("term", "can"), [("xterm", True), ("linux", False), ("", False)])
    def test_where_it_makes_sense(self, term: str, can: bool) -> None:
        assert can_copy("x", {"TERM": term}) == can

    def test_what_textual_writes_is_wrapped(self) -> None:
        tmux = {"TMUX": "x", "TERM": "tmux-256color"}
        assert wrapped_copy(osc52("茅台", {}), tmux) == osc52("茅台", tmux)
        assert wrapped_copy(osc52("茅台", {}), {"TERM": "xterm"}) == osc52("茅台", {})
        assert wrapped_copy(osc52("茅台", {}), {"TERM": "linux"}) == ""
        assert wrapped_copy("\x1b[2J", tmux) == "\x1b[2J"
        assert wrapped_copy("\x1b]52;c;%%%\x07", tmux) == "\x1b]52;c;%%%\x07"


class TestHyperlink:
    """OSC 8."""

    def test_a_link(self) -> None:
        assert osc8(URL, "original") == f"\x1b]8;;{URL}\x1b\\original\x1b]8;;\x1b\\"

    def test_a_refused_address_is_just_text(self) -> None:
        assert osc8("file:///etc/passwd", "text") == "text"


class TestTerminal:
    """What the environment tells."""

    @pytest.mark.parametrize(
        ("environ", "depth"),
        [
            ({"TERM": "xterm-256color"}, "256"),
            ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "truecolor"),
            ({"TERM": "xterm-256color", "COLORTERM": "24bit"}, "truecolor"),
            ({"TERM": "xterm-direct"}, "truecolor"),
            ({"TERM": "screen-256color"}, "256"),
            ({"TERM": "xterm-kitty"}, "256"),
            ({"TERM": "alacritty"}, "256"),
            ({"TERM": "xterm"}, "16"),
            ({"TERM": "linux"}, "16"),
            ({"TERM": "dumb"}, "none"),
            ({}, "none"),
            ({"TERM": "xterm", "NO_COLOR": "1"}, "none"),
            ({"TERM": "xterm", "NO_COLOR": ""}, "16"),
        ],
    )
    def test_colours(self, environ: dict[str, str], depth: str) -> None:
        assert colour_depth(environ) == depth

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

    def test_facts_for_doctor(self) -> None:
        facts = {fact.name: fact.value for fact in describe_terminal({**SSH, "TMUX": "x"})}
        assert facts["terminal"] == "xterm-256color"
        assert facts["through"] == "SSH, tmux"
        assert facts["colours"] == "256"
        assert "set-clipboard" in facts["clipboard"]
        assert facts["browser"].startswith("none")
        assert Fact("browser", "firefox (opener)") in describe_terminal({}, ["firefox"])


def test_no_textual_is_imported() -> None:
    code = "import sys, finews_tui.tui.terminal; print('textual' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def _never(command: Sequence[str], environ: Environment) -> str:
    raise AssertionError(f"{command} was started")


def _program(folder: Path, name: str, script: str = ":") -> Path:
    path = folder / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path
