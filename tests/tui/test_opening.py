"""What leaves the reader for a browser: the chain, and programs that are really started."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from finews_tui.tui.colours import Environment
from finews_tui.tui.opening import Outcome, open_link, start_detached
from finews_tui.tui.terminal import Choice, Way
from tests.tui.harness import program

URL = "https://finance.example.com/a/202203112305.html"
SSH = {"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22", "TERM": "xterm-256color"}


class TestOpenLink:
    """What becomes of a wish to open a link."""

    def test_a_refused_address_starts_nothing(self) -> None:
        outcome = open_link("file:///etc/passwd", Choice(("firefox",)), {}, _never)
        assert outcome.way is Way.REFUSED
        assert "http" in outcome.message

    def test_the_browser_gets_the_address(self) -> None:
        started: list[Sequence[str]] = []

        def start(command: Sequence[str], environ: Environment) -> str:
            started.append(command)
            return ""

        outcome = open_link(URL, Choice(("/opt/firefox/firefox",)), SSH, start)
        assert outcome == Outcome(Way.OPENER, URL, "Opened with firefox.")
        assert started == [("/opt/firefox/firefox", URL)]

    def test_without_a_browser_there_is_the_card(self) -> None:
        outcome = open_link(URL, Choice(), SSH, _never)
        assert outcome == Outcome(Way.CARD, URL, "No browser can be started from here.")

    def test_a_program_that_draws_here_is_lent_the_terminal(self) -> None:
        lent: list[Sequence[str]] = []

        def lend(command: Sequence[str], environ: Environment) -> str:
            lent.append(command)
            return ""

        assert open_link(URL, Choice(("w3m",)), SSH, _never, lend).message == "Opened with w3m."
        assert lent == [("w3m", URL)]

    def test_a_failure_is_told(self) -> None:
        outcome = open_link(
            URL, Choice(("nosuch",)), SSH, lambda command, environ: "nosuch is not installed."
        )
        assert outcome.way is Way.CARD
        assert outcome.problems == ("nosuch is not installed.",)
        assert outcome.message == "nosuch is not installed."

    def test_the_next_of_the_chain_after_a_failure(self, tmp_path: Path) -> None:
        environ = {
            "BROWSER": "broken",
            "DISPLAY": ":0",
            "PATH": str(program(tmp_path, "xdg-open").parent),
        }

        def start(command: Sequence[str], environ: Environment) -> str:
            return "broken failed." if command[0] == "broken" else ""

        if sys.platform != "darwin":
            assert open_link(URL, Choice(), environ, start).way is Way.DESKTOP


class TestStart:
    """Starting a real program."""

    def test_it_runs_detached_without_a_shell(self, tmp_path: Path) -> None:
        told = tmp_path / "told"
        path = program(
            tmp_path, "opener", f'printf "%s\\n" "$@" $$ > "{told}"; ps -o sid= $$ >> "{told}"'
        )
        address = f"{URL}?a=1&b=$(id);c='d'"
        assert start_detached((str(path), address), os.environ) == ""
        first, pid, session = told.read_text().split()
        assert first == address
        assert pid == session != str(os.getsid(0))

    def test_it_cannot_touch_our_terminal(self, tmp_path: Path) -> None:
        path = program(tmp_path, "loud", "echo out; echo err >&2; [ ! -t 0 ] && [ ! -t 1 ]")
        code = (
            "import os, sys; from finews_tui.tui.opening import start_detached;"
            f"print(repr(start_detached(({str(path)!r}, 'x'), os.environ)))"
        )
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert (run.stdout.strip(), run.stderr) == ("''", "")

    def test_a_failing_program_is_told(self, tmp_path: Path) -> None:
        path = program(tmp_path, "failing", "exit 4")
        assert start_detached((str(path), URL), os.environ) == "failing failed with status 4."

    def test_a_missing_program_is_told(self) -> None:
        assert start_detached(("/nowhere/browser", URL), os.environ) == "browser is not installed."

    def test_no_permission_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "plain"
        path.write_text("x")
        problem = start_detached((str(path), URL), os.environ)
        assert problem == "plain could not be started: Permission denied."

    def test_a_browser_that_stays_is_left_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("finews_tui.tui.opening.PATIENCE", 0.05)
        path = program(tmp_path, "staying", "exec sleep 1")
        assert start_detached((str(path), URL), os.environ) == ""


def _never(command: Sequence[str], environ: Environment) -> str:
    raise AssertionError(f"{command} was started")
