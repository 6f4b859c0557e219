"""What ``doctor`` says of a terminal, whatever it and tmux have answered."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest

from finews_tui.tui.colours import Environment
from finews_tui.tui.facts import Setting, describe_terminal
from finews_tui.tui.probing import SAMPLES, Answers
from finews_tui.tui.terminal import Choice
from finews_tui.tui.tmux import Tmux, ask_tmux
from tests.tui.harness import program

SSH = {"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22", "TERM": "xterm-256color"}
TMUX = Tmux("3.3a", "xterm-256color", "external", "off")


def widths(cells: int) -> MappingProxyType[str, int]:
    return MappingProxyType({**dict.fromkeys(SAMPLES, cells), "财": 2})


def facts(
    environ: Environment,
    answers: Answers | None = None,
    tmux: Tmux | None = None,
    setting: Setting | None = None,
) -> dict[str, str]:
    return dict(describe_terminal(environ, setting or Setting(), answers, tmux))


def test_by_the_environment_alone() -> None:
    told = facts(SSH)
    assert told == {
        "terminal": "xterm-256color; it does not answer",
        "through": "SSH",
        "colours": "256 by TERM",
        "background": "not known",
        "links": "OSC 8 is sent; whether links can be clicked, no terminal tells",
        "clipboard": "your terminal's clipboard (OSC 52)",
        "updates": "synchronised output: not known, so it is not used",
        "browser": "the link card",
        "widths": 'ambiguous_width = "auto"; '
        "how wide the terminal draws “ … — ① ★ ─, it does not tell",
    }


def test_by_what_it_answers() -> None:
    answers = Answers(
        seconds=0.012,
        name="XTerm(379)",
        is_synchronised=True,
        background=(255, 255, 250),
        takes_clipboard=True,
        is_true_colour=True,
        widths=widths(2),
    )
    told = facts(SSH, answers)
    assert told["terminal"].endswith("it calls itself XTerm(379); it answers within 12 ms")
    assert told["colours"] == "256 by TERM; COLORTERM=truecolor would use its 24 bits"
    assert told["background"] == '#fffffa, light; theme = "finews-light" fits it'
    assert told["clipboard"].endswith("; the terminal says that it takes terminal's clipboard so")
    assert told["updates"] == "synchronised output: yes"
    assert told["widths"].endswith("2 cells wide")


def test_what_fits_needs_no_advice() -> None:
    answers = Answers(background=(0, 0, 0), widths=widths(2), is_true_colour=True)
    setting = Setting(theme="finews-light", ambiguous_width=2)
    told = facts({**SSH, "COLORTERM": "truecolor"}, answers, setting=setting)
    assert told["colours"] == "24 bits"
    assert told["background"] == "#000000, dark"
    assert told["widths"].endswith("2 cells wide")


def test_widths_that_differ_are_all_told() -> None:
    mixed = MappingProxyType({**widths(1), "①": 2})
    assert "① 2, ★ 1" in facts(SSH, Answers(widths=mixed))["widths"]


def test_fewer_colours_than_were_promised() -> None:
    told = facts({**SSH, "COLORTERM": "24bit"}, Answers(is_true_colour=False))
    assert told["colours"] == "24 bits, of which the terminal makes fewer"
    assert facts({**SSH, "NO_COLOR": "1"})["colours"] == "none, since NO_COLOR is set"


def test_tmux_and_what_to_set_in_it(tmp_path: Path) -> None:
    environ = {**SSH, "TMUX": "/x,1,0", "PATH": str(program(tmp_path, "tmux").parent)}
    told = facts(environ, tmux=TMUX)
    assert told["through"] == "SSH, tmux 3.3a, drawing on xterm-256color"
    assert told["links"].startswith("OSC 8 is sent, but this tmux drops it")
    assert told["clipboard"].endswith(
        "tmux's buffer (tmux load-buffer -w -); set-clipboard external, allow-passthrough off"
    )
    old = facts(environ, tmux=Tmux("2.8", "xterm", "external", "off"))
    assert old["clipboard"].endswith("this tmux needs `set -s set-clipboard on`")
    assert "drops" not in facts(environ, tmux=Tmux("3.6", "xterm", "on", "on"))["links"]
    assert facts(environ)["through"] == "SSH, tmux, which does not answer"


def test_the_browser() -> None:
    choice = Choice(("w3m", "-no-mouse"))
    told = facts({**SSH, "BROWSER": "firefox"}, setting=Setting(choice))
    assert told["browser"] == "w3m -no-mouse (opener, in this terminal), then the link card"
    told = facts({**SSH, "BROWSER": "firefox"})
    assert told["browser"] == "firefox (browser), then the link card"


class TestTmux:
    """What is asked of tmux."""

    def test_its_answer(self, tmp_path: Path) -> None:
        path = program(
            tmp_path, "tmux", "printf '3.3a\\nxterm-256color\\nexternal\\noff\\n'"
        ).parent
        assert ask_tmux({"TMUX": "/x,1,0", "PATH": str(path)}) == TMUX
        assert TMUX.number == (3, 3)
        assert Tmux("master", "", "", "").number == (0, 0)

    @pytest.mark.parametrize("script", ["exit 1", "exec sleep 60"])
    def test_no_answer(self, tmp_path: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("finews_tui.tui.tmux.PATIENCE", 0.05)
        environ = {"TMUX": "/x,1,0", "PATH": f"{program(tmp_path, 'tmux', script).parent}:/bin"}
        assert ask_tmux(environ) is None

    def test_outside_nobody_is_asked(self) -> None:
        assert ask_tmux({}) is None

    def test_an_older_one_knows_fewer_options(self, tmp_path: Path) -> None:
        path = program(tmp_path, "tmux", "printf '2.9\\nxterm\\nexternal\\n'; exit 1").parent
        found = ask_tmux({"TMUX": "/x,1,0", "PATH": str(path)})
        assert found == Tmux("2.9", "xterm", "external", "off")
