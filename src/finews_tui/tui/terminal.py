"""What the terminal and the desktop around it can do: the one place that decides.

How a link is opened, where a copied text is sent, whether the reader can start at all. It decides
from the environment that it is given; what it decides is done in ``opening.py``, ``lending.py`` and
``clipboard.py``. No textual here: the command line asks it too.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum

from finews_tui.lean import NamedTuple
from finews_tui.tui.colours import BLIND, Environment
from finews_tui.tui.sequences import takes_copies

TEXT_BROWSERS = frozenset(
    (
        "www-browser",
        "lynx",
        "links",
        "links2",
        "elinks",
        "w3m",
        "browsh",
        "carbonyl",
        "chawan",
        "cha",
        "sensible-browser",
    )
)
"""Programs that would draw over the reader; only the config file may ask for one."""


class Way(StrEnum):
    """How a link was brought to the person."""

    OPENER = "opener"
    """The config file's ``opener``."""
    BROWSER = "browser"
    """The program in ``$BROWSER``."""
    DESKTOP = "desktop"
    """The desktop's own opener on this machine."""
    CARD = "card"
    """No browser can be started from here: copied and shown as a link."""
    REFUSED = "refused"
    """The address is not one to open."""


class Opener(NamedTuple):
    """One step of the chain: a program that will open a link."""

    way: Way
    words: tuple[str, ...]
    """Program and arguments, without the address."""
    draws_here: bool = False
    """Whether it needs this terminal, so that the reader has to step aside."""

    @property
    def name(self) -> str:
        """The program's name without its folder."""
        return self.words[0].rpartition("/")[2]

    def command(self, url: str) -> tuple[str, ...]:
        """The whole command; ``%s`` in a word stands for the address, else it comes last."""
        if any("%s" in word for word in self.words[1:]):
            program, *rest = self.words
            return (program, *(word.replace("%s", url) for word in rest))
        return (*self.words, url)


class Choice(NamedTuple):
    """What the config file says about opening links."""

    words: tuple[str, ...] = ()
    """``opener``; empty where nothing is said."""
    draws_here: bool | None = None
    """``opener_in_terminal``; None: as its name tells."""


class Place(StrEnum):
    """Where a copied text is sent."""

    TERMINAL = "your terminal's clipboard"
    """By OSC 52, wherever the terminal is."""
    TMUX = "tmux's buffer"
    """By tmux itself, which also sends it on to the terminal."""
    DESKTOP = "the desktop's clipboard"
    """By a program of this machine's desktop."""


class Copier(NamedTuple):
    """One way to copy a text."""

    place: Place
    words: tuple[str, ...] = ()
    """A program that reads the text from its input; empty where the reader itself writes."""
    encoding: str = "utf-8"
    """Of what the program reads."""


# -- where the person is ---------------------------------------------------------------------


def is_remote(environ: Environment) -> bool:
    """Whether the person sits at another machine."""
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def has_display(environ: Environment) -> bool:
    """Whether a graphical desktop of this machine can be seen by the person."""
    if is_remote(environ):
        return False  # with X forwarding, DISPLAY would start a browser over there, slowly
    if sys.platform == "darwin":
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or _is_wsl(environ))


def _is_wsl(environ: Environment) -> bool:
    return "WSL_DISTRO_NAME" in environ


# -- opening ---------------------------------------------------------------------------------


def openers(choice: Choice, environ: Environment) -> list[Opener]:
    """The programs to try, in order; empty: only the link card is left.

    The config file's opener, then ``$BROWSER`` unless it draws into this terminal, then the
    desktop's, where a display is there. A configured opener is the only one tried.
    """
    if choice.words:
        opener = Opener(Way.OPENER, choice.words)
        is_text = opener.name in TEXT_BROWSERS
        draws_here = is_text if choice.draws_here is None else choice.draws_here
        return [opener._replace(draws_here=draws_here)]
    found = [Opener(Way.BROWSER, words) for words in _browser_words(environ)]
    if has_display(environ):
        names = ("wslview", "xdg-open") if _is_wsl(environ) else ("xdg-open",)
        name = _installed(("open",) if sys.platform == "darwin" else names, environ)
        found += [Opener(Way.DESKTOP, (name,))] if name else []
    return found


def _browser_words(environ: Environment) -> list[tuple[str, ...]]:
    """``$BROWSER`` as words: its first entry that is no text browser. One try, no more."""
    for entry in environ.get("BROWSER", "").split(os.pathsep):
        try:
            words = shlex.split(entry)
        except ValueError:
            continue
        # A trailing & is the shell's way to say "detached", which is what we do anyway.
        words = [word for word in words if word != "&"]
        if words and words[0].rpartition("/")[2] not in TEXT_BROWSERS:
            return [tuple(words)]
    return []


def _installed(names: Sequence[str], environ: Environment) -> str:
    """The first of ``names`` that is a program here, or an empty string."""
    path = environ.get("PATH")
    return next((name for name in names if shutil.which(name, path=path)), "")


# -- copying ---------------------------------------------------------------------------------


def copiers(environ: Environment) -> list[Copier]:
    """All the ways by which a text is copied here; empty: it can only be shown.

    A desktop's own program only where the desktop is the person's, never over SSH.
    """
    found = [Copier(Place.TERMINAL)] if takes_copies(environ) else []
    if environ.get("TMUX") and _installed(("tmux",), environ):
        # With set-clipboard external, its default, tmux takes from nobody but itself.
        found.append(Copier(Place.TMUX, ("tmux", "load-buffer", "-w", "-")))
    return [*found, *_desktop_copiers(environ)[:1]] if has_display(environ) else found


def _desktop_copiers(environ: Environment) -> list[Copier]:
    """The programs that are installed, the best first."""
    known: list[Copier] = []
    if sys.platform == "darwin":
        known.append(Copier(Place.DESKTOP, ("pbcopy",)))
    if environ.get("WAYLAND_DISPLAY"):
        known.append(Copier(Place.DESKTOP, ("wl-copy",)))
    if environ.get("DISPLAY"):
        known.append(Copier(Place.DESKTOP, ("xclip", "-selection", "clipboard", "-in")))
        known.append(Copier(Place.DESKTOP, ("xsel", "--clipboard", "--input")))
    if _is_wsl(environ):
        known.append(Copier(Place.DESKTOP, ("clip.exe",), encoding="utf-16"))
    return [copier for copier in known if _installed(copier.words[:1], environ)]


# -- starting --------------------------------------------------------------------------------


def unusable_terminal(environ: Environment, *, keyboard: bool, screen: bool) -> str:
    """Why the reader cannot run here, in one sentence; empty where it can.

    ``keyboard`` and ``screen`` tell whether stdin and stderr, where Textual draws, are terminals.
    """
    instead = "use `finews-tui search` and `finews-tui show` instead"
    if not (keyboard and screen):
        if is_remote(environ) or environ.get("SSH_CLIENT"):
            return f"The reader needs a terminal: connect with `ssh -t`, or {instead}."
        return f"The reader needs a terminal: {instead}."
    term = environ.get("TERM", "")
    if term in BLIND:
        what = f"TERM is {term}" if term else "TERM is not set"
        return f"The reader needs a terminal that can move its cursor, but {what}: {instead}."
    return ""
