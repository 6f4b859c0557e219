"""What the person has decided: config file, environment and archives, as frozen values.

This room alone reads ``config.toml``. Every mistake in the file becomes a ``SettingsError`` that
names the file and the line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from finews_tui.errors import SettingsError, UsageError
from finews_tui.lean import Literal, NamedTuple, get_args
from finews_tui.paths import Paths
from finews_tui.typography import LIMITS, Typography

ARCHIVE_FOLDERS = ("_posts", "old_post")
"""A current folder that holds one of these is taken for an archive."""

MarketColours = Literal["red-up", "green-up", "colour-blind"]
"""As in China, as in the West, or orange and blue, which nobody takes for each other."""

AmbiguousWidth = Literal["auto", 1, 2]
"""Cells of characters such as “ ” … ①; "auto": what the terminal says when it is asked."""

_NO_LINES: Mapping[tuple[str, ...], int] = MappingProxyType({})
_NO_KEYS: Mapping[str, str] = MappingProxyType({})


class Settings(NamedTuple):
    """The config file; the defaults are those of a file that does not exist."""

    archives: tuple[Path, ...] = ()
    """Absolute folders or files to open when the command line names none."""
    opener: tuple[str, ...] | None = None
    """Program and arguments that open a link; the address is added as the last argument."""
    opener_in_terminal: bool | None = None
    """Whether the opener draws in this terminal; None: as its name tells, w3m does."""
    mouse: bool = True
    theme: str = ""
    """The name of a theme; empty: the reader's own choice."""
    market_colours: MarketColours = "red-up"
    """What a rise and a fall are painted in; their sign is written in any case."""
    ambiguous_width: AmbiguousWidth = "auto"
    """Cells that the terminal gives to characters such as “ ” … ①."""
    article: Typography = Typography()
    """How articles are set; ``ambiguous`` in it is whoever's that lays them out."""
    live: bool = True
    """Whether posts that arrive while one reads are shown by themselves."""
    keys: Mapping[str, str] = _NO_KEYS
    """The user's keymap: key → command id."""
    config_file: Path | None = None
    """The file that was read, if there was one."""
    lines: Mapping[tuple[str, ...], int] = _NO_LINES
    """The line on which a key stands: ``("theme",)``, ``("keys", "C-x")``."""

    @property
    def ambiguous_cells(self) -> int:
        """``ambiguous_width`` as a number; one cell where only a terminal could tell."""
        return 1 if self.ambiguous_width == "auto" else self.ambiguous_width

    def mistake(self, key: Sequence[str], sentence: str) -> SettingsError:
        """The error for the value at ``key``: ``mistake(("keys", "x"), "no command is …")``."""
        place = self.config_file if self.config_file is not None else Path("config.toml")
        return _mistake(place, self.lines, tuple(key), sentence)


class Archives(NamedTuple):
    """What will be read."""

    roots: tuple[Path, ...]
    """Absolute folders, or single posts."""
    is_sample: bool
    """Nothing was named and nothing was found: this is the built-in sample."""


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The config file of ``environ``'s person; a missing file gives the defaults.

    Raises SettingsError, naming file and line, for a file that cannot be read, is no TOML, or has
    an unknown key or a value of the wrong type.
    """
    path = Paths.find(environ).config_file
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SettingsError(f"{path}, line {line}: this is not UTF-8") from error
    return _read(path, text)


def _read(path: Path, text: str) -> Settings:
    import tomllib  # late: most have no config file

    from finews_tui.toml_lines import key_lines, syntax_mistake

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, sentence = syntax_mistake(text, str(error))
        raise SettingsError(f"{path}, line {line}: {sentence}") from error
    except RecursionError as error:
        raise SettingsError(f"{path}, line 1: the values are nested too deeply") from error
    lines = key_lines(text)
    for name in table:
        if name not in _READERS:
            raise _mistake(path, lines, (name,), _no_setting(name, _READERS))
    values: dict[str, object] = {}
    for name, value in table.items():
        try:
            values[name] = _READERS[name](value, path)
        except _WrongValue as wrong:
            raise _mistake(path, lines, (name, *wrong.key), wrong.sentence) from None
    return Settings(config_file=path, lines=MappingProxyType(lines), **values)  # type: ignore[arg-type]  # each reader returns the type of its field


def _no_setting(name: str, known: Iterable[str], table: str = "") -> str:
    """That there is no such setting, and which one may be meant."""
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    told = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}."
    return f"there is no setting {name!r}{table}; {told}"


class _WrongValue(Exception):
    """Raised inside the reading of one value; becomes a SettingsError with its line."""

    def __init__(self, sentence: str, *key: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.key = key


def _archives(value: object, path: Path) -> tuple[Path, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise _WrongValue('archives must be a list of paths, such as ["~/news"]')
    # A relative archive means the same wherever the reader is started.
    return tuple(_absolute(name, path.parent) for name in names)


def _opener(value: object, path: Path) -> tuple[str, ...]:
    import shlex

    try:
        words = shlex.split(value) if isinstance(value, str) else value
    except ValueError as error:
        raise _WrongValue(f"opener cannot be split into words: {error}") from None
    if not isinstance(words, list) or not words or not all(isinstance(w, str) for w in words):
        raise _WrongValue('opener must be a command, such as "firefox --new-tab", or its words')
    return tuple(words)


def _switch(name: str) -> Callable[[object, Path], bool]:
    def read(value: object, path: Path) -> bool:
        if not isinstance(value, bool):
            raise _WrongValue(f"{name} must be true or false")
        return value

    return read


def _theme(value: object, path: Path) -> str:
    if not isinstance(value, str):
        raise _WrongValue("theme must be the name of a theme in quotes")
    return value


def _market_colours(value: object, path: Path) -> object:
    if value not in get_args(MarketColours):
        names = ", ".join(f'"{name}"' for name in get_args(MarketColours))
        raise _WrongValue(f"market_colours must be one of {names}")
    return value


def _ambiguous_width(value: object, path: Path) -> object:
    if isinstance(value, bool) or value not in get_args(AmbiguousWidth):
        raise _WrongValue('ambiguous_width must be "auto", 1 or 2')
    return value


def _article(value: object, path: Path) -> Typography:
    if not isinstance(value, dict):
        raise _WrongValue("article must be a table: [article], then lines such as measure = 76")
    known = dict(Typography().settings())
    for name, chosen in value.items():
        if name not in known:
            raise _WrongValue(_no_setting(name, known, " in [article]"), name)
        if name in LIMITS:
            least, most = LIMITS[name]
            if type(chosen) is not int or not least <= chosen <= most:
                raise _WrongValue(f"{name} must be a number from {least} to {most}", name)
        elif not isinstance(chosen, bool):
            raise _WrongValue(f"{name} must be true or false", name)
    return Typography(**value)


def _keys(value: object, path: Path) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise _WrongValue('keys must be a table: [keys], then lines such as "C-x" = "quit"')
    for key, command in value.items():
        if not isinstance(command, str):
            raise _WrongValue(f"the key {key!r} must name a command in quotes", key)
    return MappingProxyType(value)


_READERS: Mapping[str, Callable[[object, Path], object]] = {
    "archives": _archives,
    "opener": _opener,
    "opener_in_terminal": _switch("opener_in_terminal"),
    "mouse": _switch("mouse"),
    "theme": _theme,
    "market_colours": _market_colours,
    "ambiguous_width": _ambiguous_width,
    "article": _article,
    "live": _switch("live"),
    "keys": _keys,
}


def _mistake(
    path: Path, lines: Mapping[tuple[str, ...], int], key: tuple[str, ...], sentence: str
) -> SettingsError:
    """A key inside an inline table has no line of its own: its table's line is told."""
    places = (lines[key[:length]] for length in range(len(key), 0, -1) if key[:length] in lines)
    return SettingsError(f"{path}, line {next(places, 1)}: {sentence}")


def sample_archive() -> Path:
    """The built-in posts: inside an installed package, else at the top of the source tree."""
    package = Path(__file__).parent
    installed = package / "sample_posts"
    return installed if installed.is_dir() else package.parents[1] / "sample_posts"


def resolve_archives(given: Sequence[str], settings: Settings, cwd: Path) -> Archives:
    """The archives to read: ``given``, else the config file's, else ``cwd``'s, else the sample.

    Raises UsageError for a path that does not exist or cannot be read.
    """
    if given:
        roots = tuple(_absolute(name, cwd) for name in given)
    elif settings.archives:
        roots = settings.archives
    elif any((cwd / name).is_dir() for name in ARCHIVE_FOLDERS):
        return Archives((cwd,), is_sample=False)
    else:
        return Archives((sample_archive(),), is_sample=True)
    for root in roots:
        if problem := _problem(root):
            if given:
                raise UsageError(problem)
            raise settings.mistake(("archives",), problem)
    return Archives(tuple({root.resolve(): root for root in roots}.values()), is_sample=False)


def _absolute(name: str, base: Path) -> Path:
    # abspath, not resolve: the paths in the output begin as the person wrote them. expanduser of
    # os.path leaves an unknown ~name alone, so that it is reported as missing like any other path.
    return Path(os.path.abspath(base / os.path.expanduser(name)))  # noqa: PTH100, PTH111  # see above


def _problem(root: Path) -> str | None:
    try:
        exists = root.exists()
    except (OSError, ValueError) as error:  # a folder above may not be entered; a NUL in the name
        return f"the archive {root} cannot be read: {error}"
    if not exists:
        return f"there is no archive {root}"
    if not os.access(root, os.R_OK | os.X_OK if root.is_dir() else os.R_OK):
        return f"the archive {root} cannot be read: permission denied"
    return None
