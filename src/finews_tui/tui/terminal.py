"""What the terminal and the desktop around it can do: opening a link, colours, whether to start.

This room alone decides how a link is opened and starts a browser. It decides from the environment
that it is given and imports no textual, so that the command line can ask it too. Nothing here
draws.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Literal, NamedTuple

from finews_tui.tui.addresses import safe_url
from finews_tui.tui.sequences import can_copy

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
        "sensible-browser",
    )
)
"""Programs that would draw over the reader; only the config file may ask for one."""
PATIENCE = 1.5
"""Seconds within which a browser that ends with an error counts as failed."""

Environment = Mapping[str, str]
Start = Callable[[Sequence[str], Environment], str]
"""Starts a program detached and returns why it failed, or an empty string."""


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


class Outcome(NamedTuple):
    """What became of a wish to open a link."""

    way: Way
    url: str
    """The address as it was opened, or as it was given where it was refused."""
    message: str
    """One short sentence for the status line."""
    copied: str = ""
    """What is to be sent to the terminal's clipboard: the link of a card, else nothing."""
    problems: tuple[str, ...] = ()
    """Programs that were tried first and failed."""


class Opener(NamedTuple):
    """One step of the chain: a program that will open a link."""

    way: Way
    words: tuple[str, ...]
    """Program and arguments, without the address."""

    def command(self, url: str) -> tuple[str, ...]:
        """The whole command; ``%s`` in a word stands for the address, else it comes last."""
        if any("%s" in word for word in self.words[1:]):
            program, *rest = self.words
            return (program, *(word.replace("%s", url) for word in rest))
        return (*self.words, url)


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


def openers(configured: Sequence[str] | None, environ: Environment) -> list[Opener]:
    """The programs to try, in order; empty: only the link card is left.

    The config file's opener, then ``$BROWSER`` unless it draws into this terminal, then the
    desktop's, where a display is there. A configured opener is the only one tried.
    """
    if configured:
        return [Opener(Way.OPENER, tuple(configured))]
    found = [Opener(Way.BROWSER, words) for words in _browser_words(environ)]
    if has_display(environ):
        names = ("wslview", "xdg-open", "open") if _is_wsl(environ) else ("xdg-open",)
        for name in ("open",) if sys.platform == "darwin" else names:
            if shutil.which(name, path=environ.get("PATH")):
                found.append(Opener(Way.DESKTOP, (name,)))
                break
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


def open_link(
    url: str,
    configured: Sequence[str] | None,
    environ: Environment,
    start: Start | None = None,
) -> Outcome:
    """Open ``url`` in a browser, or say how the person gets at it; blocks up to two seconds.

    ``start`` is for tests. Call it from a thread; send ``Outcome.copied`` to the clipboard.
    """
    address = safe_url(url)
    if address is None:
        return Outcome(Way.REFUSED, url, "This link is not opened: only http and https are.")
    problems: list[str] = []
    for opener in openers(configured, environ):
        problem = (start or start_detached)(opener.command(address), environ)
        if not problem:
            return Outcome(
                opener.way, address, f"Opened with {_name(opener)}.", problems=tuple(problems)
            )
        problems.append(problem)
    copied = address if can_copy(address, environ) else ""
    where = "No browser can be started from here" if not problems else problems[-1].rstrip(".")
    done = "the link was sent to your terminal's clipboard" if copied else "here is the link"
    return Outcome(Way.CARD, address, f"{where}: {done}.", copied, tuple(problems))


def _name(opener: Opener) -> str:
    return opener.words[0].rpartition("/")[2]


def start_detached(command: Sequence[str], environ: Environment) -> str:
    """Start a program that outlives the reader and cannot touch its terminal.

    Returns a sentence where it cannot be started or ends with an error at once.
    """
    name = command[0].rpartition("/")[2]
    try:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=dict(environ),
        )
    except FileNotFoundError:
        return f"{name} is not installed."
    except (OSError, ValueError) as error:
        return f"{name} could not be started: {getattr(error, 'strerror', None) or error}."
    try:
        status = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        _reap_later(process)
        return ""
    return "" if status == 0 else f"{name} failed with status {status}."


_running: list[subprocess.Popen[bytes]] = []


def _reap_later(process: subprocess.Popen[bytes]) -> None:
    """Keep hold of a browser that runs on, and drop those that have ended since."""
    _running[:] = [other for other in _running if other.poll() is None]
    _running.append(process)


ColourDepth = Literal["none", "16", "256", "truecolor"]


def colour_depth(environ: Environment) -> ColourDepth:
    """How many colours the terminal shows, as far as the environment tells."""
    term = environ.get("TERM", "").lower()
    if environ.get("NO_COLOR") or term in ("", "dumb", "unknown"):
        return "none"
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "truecolor"
    if term.endswith(("-direct", "-truecolor")):
        return "truecolor"
    known = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour")
    return "256" if "256color" in term or term.startswith(known) else "16"


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
    if term in ("", "dumb", "unknown"):
        what = f"TERM is {term}" if term else "TERM is not set"
        return f"The reader needs a terminal that can move its cursor, but {what}: {instead}."
    return ""


class Fact(NamedTuple):
    """One line of ``doctor``."""

    name: str
    value: str


def describe_terminal(environ: Environment, configured: Sequence[str] | None = None) -> list[Fact]:
    """What the environment tells about the terminal, for ``doctor``."""
    through = [name for name, key in (("tmux", "TMUX"), ("screen", "STY")) if environ.get(key)]
    if is_remote(environ):
        through.insert(0, "SSH")
    chain = [f"{' '.join(opener.words)} ({opener.way})" for opener in openers(configured, environ)]
    clipboard = "OSC 52, sent to the terminal" if can_copy("x", environ) else "none"
    if environ.get("TMUX"):
        clipboard += "; tmux passes it on with `set -s set-clipboard on`"
    return [
        Fact("terminal", environ.get("TERM") or "TERM is not set"),
        Fact("through", ", ".join(through) or "nothing"),
        Fact("colours", colour_depth(environ)),
        Fact("clipboard", clipboard),
        Fact("browser", ", then ".join(chain) or "none: links are copied and shown"),
    ]
