"""What ``doctor`` tells of the terminal: what the environment says, and what the terminal answers.

Each fact says how things are and, where something could be better, what to set.
"""

from __future__ import annotations

from collections.abc import Iterator

from finews_tui.lean import NamedTuple
from finews_tui.settings import AmbiguousWidth
from finews_tui.tui.colours import Environment, colour_depth
from finews_tui.tui.probing import SAMPLES, Answers
from finews_tui.tui.terminal import Choice, Place, copiers, is_remote, openers
from finews_tui.tui.tmux import COPIES_SINCE, LINKS_SINCE, Tmux


class Fact(NamedTuple):
    """One line of ``doctor``."""

    name: str
    value: str


class Setting(NamedTuple):
    """What the config file says of the terminal."""

    choice: Choice = Choice()
    theme: str = ""
    ambiguous_width: AmbiguousWidth = "auto"


def describe_terminal(
    environ: Environment,
    setting: Setting,
    answers: Answers | None = None,
    tmux: Tmux | None = None,
    silence: str = "it does not answer",
) -> Iterator[Fact]:
    """The facts; ``silence`` tells why there are no ``answers``."""
    yield Fact("terminal", _terminal(environ, answers, silence))
    yield Fact("through", _through(environ, tmux))
    yield Fact("colours", _colours(environ, answers))
    yield Fact("background", _background(setting, answers))
    yield Fact("links", _links(environ, tmux))
    yield Fact("clipboard", _clipboard(environ, answers, tmux))
    yield Fact("updates", _updates(answers))
    yield Fact("browser", _browser(environ, setting.choice))
    yield Fact("widths", _widths(setting, answers))


def _terminal(environ: Environment, answers: Answers | None, silence: str) -> str:
    term = environ.get("TERM") or "TERM is not set"
    if answers is None:
        return f"{term}; {silence}"
    name = f"; it calls itself {answers.name}" if answers.name else ""
    return f"{term}{name}; it answers within {1000 * answers.seconds:.0f} ms"


def _through(environ: Environment, tmux: Tmux | None) -> str:
    through = ["SSH"] if is_remote(environ) else []
    if tmux is not None:
        through.append(f"tmux {tmux.version}, drawing on {tmux.terminal or 'nothing'}")
    elif environ.get("TMUX"):
        through.append("tmux, which does not answer")
    if environ.get("STY"):
        through.append("screen")
    return ", ".join(through) or "nothing"


def _colours(environ: Environment, answers: Answers | None) -> str:
    depth = colour_depth(environ)
    if environ.get("NO_COLOR"):
        return "none, since NO_COLOR is set"
    told = {"none": "none by TERM", "truecolor": "24 bits"}.get(depth, f"{depth} by TERM")
    if answers is None or answers.is_true_colour is None:
        return told
    if answers.is_true_colour:
        return (
            told if depth == "truecolor" else f"{told}; COLORTERM=truecolor would use its 24 bits"
        )
    return f"{told}, of which the terminal makes fewer" if depth == "truecolor" else told


def _background(setting: Setting, answers: Answers | None) -> str:
    if answers is None or answers.background is None:
        return "not known"
    colour = "#{:02x}{:02x}{:02x}".format(*answers.background)
    if not answers.is_light:
        return f"{colour}, dark"
    advice = "" if setting.theme else '; theme = "finews-light" fits it'
    return f"{colour}, light{advice}"


def _links(environ: Environment, tmux: Tmux | None) -> str:
    if tmux is not None and (0, 0) < tmux.number < LINKS_SINCE:
        return "OSC 8 is sent, but this tmux drops it: it passes from tmux 3.4 on"
    if environ.get("STY"):
        return "OSC 8 is sent, but screen drops it"
    return "OSC 8 is sent; whether links can be clicked, no terminal tells"


def _clipboard(environ: Environment, answers: Answers | None, tmux: Tmux | None) -> str:
    ways = []
    for copier in copiers(environ):
        by = " ".join(copier.words) if copier.words else "OSC 52"
        ways.append(f"{copier.place} ({by})")
    told = ", ".join(ways) or "none: what is copied is only shown"
    if tmux is not None:
        told += f"; set-clipboard {tmux.set_clipboard}, allow-passthrough {tmux.allow_passthrough}"
        if tmux.number < COPIES_SINCE and tmux.set_clipboard != "on":
            told += "; this tmux needs `set -s set-clipboard on`"
    elif answers is not None and answers.takes_clipboard is not None and ways:
        verb = "says" if answers.takes_clipboard else "does not say"
        told += f"; the terminal {verb} that it takes {Place.TERMINAL.removeprefix('your ')} so"
    return told


def _updates(answers: Answers | None) -> str:
    if answers is None or answers.is_synchronised is None:
        return "synchronised output: not known, so it is not used"
    return f"synchronised output: {'yes' if answers.is_synchronised else 'no'}"


def _browser(environ: Environment, choice: Choice) -> str:
    chain = []
    for opener in openers(choice, environ):
        here = ", in this terminal" if opener.draws_here else ""
        chain.append(f"{' '.join(opener.words)} ({opener.way}{here})")
    return ", then ".join([*chain, "the link card"])


def _widths(setting: Setting, answers: Answers | None) -> str:
    wanted = setting.ambiguous_width
    samples, told = " ".join(SAMPLES[:-1]), "ambiguous_width = "
    told += '"auto"' if wanted == "auto" else str(wanted)
    if answers is None or not answers.widths:
        return f"{told}; how wide the terminal draws {samples}, it does not tell"
    width = answers.ambiguous_width
    if width is None:
        drawn = ", ".join(f"{sample} {answers.widths[sample]}" for sample in SAMPLES[:-1])
        return f"{told}; the terminal draws them in different widths: {drawn}"
    cells = "1 cell" if width == 1 else f"{width} cells"
    advice = "" if wanted in ("auto", width) else f": set ambiguous_width = {width}"
    return f"{told}; the terminal draws {samples} {cells} wide{advice}"
