"""The config file and the archives: what is read, and the sentence for each mistake."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from finews_tui.errors import SettingsError, UsageError
from finews_tui.paths import Paths
from finews_tui.settings import (
    Archives,
    Settings,
    load_settings,
    resolve_archives,
    sample_archive,
)
from finews_tui.typography import Typography


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """XDG folders below the test's own."""
    return {
        f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("CONFIG", "CACHE", "STATE")
    }


def write_config(environ: dict[str, str], text: str | bytes) -> Path:
    """Puts ``text`` where the config file belongs."""
    path = Paths.find(environ).config_file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_missing_file_gives_the_defaults(environ: dict[str, str]) -> None:
    assert load_settings(environ) == Settings()


def test_paths_follow_xdg(environ: dict[str, str], tmp_path: Path) -> None:
    paths = Paths.find(environ)
    assert paths.config_file == tmp_path / "config" / "finews-tui" / "config.toml"
    assert paths.cache == tmp_path / "cache" / "finews-tui"
    assert paths.state_file == tmp_path / "state" / "finews-tui" / "state.db"


def test_a_cache_that_cannot_be_written_moves_to_a_private_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("a file where a folder should be")
    shelter = tmp_path / "shelter"
    shelter.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(shelter))
    paths = Paths.find({"XDG_CACHE_HOME": str(tmp_path / "file")}).usable()
    assert paths.cache.parent == shelter
    assert paths.cache.stat().st_mode & 0o077 == 0
    assert paths.warning is not None
    assert str(tmp_path / "file") in paths.warning


def test_a_private_folder_of_somebody_else_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("a file where a folder should be")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / f"finews-tui-{os.getuid()}").symlink_to(tmp_path / "elsewhere")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    paths = Paths.find({"XDG_CACHE_HOME": str(tmp_path / "file")}).usable()
    assert paths.cache == tmp_path / "file" / "finews-tui"


@pytest.mark.parametrize("value", [None, "", "relative/path"])
def test_a_useless_xdg_value_means_the_default(
    value: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for kind in ("CONFIG", "CACHE", "STATE"):
        monkeypatch.delenv(f"XDG_{kind}_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    environ = {} if value is None else {"XDG_CONFIG_HOME": value}
    config_file = Paths.find(environ).config_file
    assert config_file.is_relative_to(tmp_path)
    assert config_file.parts[-2:] == ("finews-tui", "config.toml")


def test_everything_is_read(environ: dict[str, str], tmp_path: Path) -> None:
    path = write_config(
        environ,
        """\
archives = ["/srv/news", "beside"]
opener = "firefox --new-tab"
mouse = false
theme = "finews-light"
ambiguous_width = 2
market_colours = "colour-blind"

[article]
measure = 60
indent = 4
gap = true

[keys]
x = "star"
"C-x" = "quit"
""",
    )
    settings = load_settings(environ)
    assert settings.archives == (Path("/srv/news"), path.parent / "beside")
    assert settings.opener == ("firefox", "--new-tab")
    assert not settings.mouse
    assert settings.theme == "finews-light"
    assert settings.ambiguous_width == 2
    assert settings.market_colours == "colour-blind"
    assert dict(settings.keys) == {"x": "star", "C-x": "quit"}
    assert settings.article == Typography(measure=60, indent=4, gap=True)
    assert settings.lines["keys", "C-x"] == 15
    assert settings.config_file == path


@pytest.mark.parametrize(("written", "cells"), [("1", 1), ("2", 2), ('"auto"', 1)])
def test_the_cells_of_ambiguous_characters(
    environ: dict[str, str], written: str, cells: int
) -> None:
    write_config(environ, f"ambiguous_width = {written}")
    settings = load_settings(environ)
    assert settings.ambiguous_cells == cells
    assert Settings().ambiguous_width == "auto"


def test_a_byte_order_mark_and_crlf_are_read(environ: dict[str, str]) -> None:
    write_config(environ, b"\xef\xbb\xbfmouse = false\r\ntheme = 'a'\r\n")
    settings = load_settings(environ)
    assert (settings.mouse, settings.theme) == (False, "a")


def test_the_home_sign_is_expanded(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    write_config(environ, 'archives = "~/news"')
    assert load_settings(environ).archives == (tmp_path / "news",)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("mouse = true\nthem = 'x'", 2, "there is no setting 'them'; did you mean 'theme'?"),
        ("\n\nzzz = 1", 3, "there is no setting 'zzz'; known are archives"),
        ("[colours]\nred = 1", 1, "there is no setting 'colours'"),
        ("mouse = 1", 1, "mouse must be true or false"),
        ("mouse = true\ntheme = 3", 2, "theme must be"),
        ("archives = 3", 1, "archives must be a list of paths"),
        ("archives = [\n  '/a',\n  3,\n]", 1, "archives must be a list of paths"),
        ("archives = ['']", 1, "archives must be a list of paths"),
        ("opener = []", 1, "opener must be a command"),
        ("opener = ''", 1, "opener must be a command"),
        ("opener = 'a \"b'", 1, "opener cannot be split"),
        ("opener = [1]", 1, "opener must be a command"),
        ("ambiguous_width = 3", 1, 'ambiguous_width must be "auto", 1 or 2'),
        (
            'market_colours = "blue"',
            1,
            'market_colours must be one of "red-up", "green-up", "colour-blind"',
        ),
        ("market_colours = []", 1, "market_colours must be one of"),
        ("ambiguous_width = true", 1, 'ambiguous_width must be "auto", 1 or 2'),
        ("article = 76", 1, "article must be a table: [article]"),
        ("[article]\nmesure = 76", 2, "no setting 'mesure' in [article]; did you mean 'measure'?"),
        ("[article]\nx = 76", 2, "known are measure, line_spacing, paragraph_spacing, indent"),
        ("[article]\nambiguous = 2", 2, "there is no setting 'ambiguous' in [article]"),
        ("[article]\n\nmeasure = 19", 3, "measure must be a number from 20 to 400"),
        ("[article]\nmeasure = '76'", 2, "measure must be a number from 20 to 400"),
        ("[article]\nline_spacing = true", 2, "line_spacing must be a number from 0 to 3"),
        ("[article]\nhanging = 2", 2, "hanging must be true or false"),
        ("keys = 1", 1, "keys must be a table"),
        ("mouse = true\n[keys]\na = 'star'\n'C-x' = 4", 4, "the key 'C-x' must name a command"),
        ("keys.a = 1", 1, "the key 'a' must name a command"),
        ("\nkeys = { a = 1 }", 2, "the key 'a' must name a command"),
        ("mouse = true\nmouse = false", 2, "Cannot overwrite a value"),
        ("mouse =\n", 1, "Invalid value"),
        ("mouse = true\ntheme", 2, "Expected '=' after a key"),
        ("mouse = 'open", 1, "Expected"),
        (b"mouse = true\ntheme = '\xff'", 2, "this is not UTF-8"),
    ],
)
def test_each_mistake_is_told_with_its_line(
    environ: dict[str, str], text: str | bytes, line: int, words: str
) -> None:
    path = write_config(environ, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(environ)
    assert str(caught.value).startswith(f"{path}, line {line}: ")
    assert words in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_string_of_several_lines_does_not_shift_the_others(environ: dict[str, str]) -> None:
    path = write_config(environ, 'theme = """\nmouse = x\n[[[ = 3\n"""\nambiguous_width = 9\n')
    with pytest.raises(SettingsError, match="ambiguous_width") as caught:
        load_settings(environ)
    assert str(caught.value).startswith(f"{path}, line 5: ")


def test_deep_nesting_is_a_mistake_and_no_crash(environ: dict[str, str]) -> None:
    write_config(environ, "archives = " + "[" * 100_000)
    with pytest.raises(SettingsError, match=r"line 1: "):
        load_settings(environ)


def test_a_config_that_cannot_be_read_is_named(environ: dict[str, str]) -> None:
    path = Paths.find(environ).config_file
    path.mkdir(parents=True)
    with pytest.raises(SettingsError, match=r"config\.toml: cannot be read: Is a directory"):
        load_settings(environ)


def test_a_mistake_found_later_has_its_line_too(environ: dict[str, str]) -> None:
    path = write_config(environ, "mouse = true\n\n[keys]\nx = 'nonsense'\n")
    mistake = load_settings(environ).mistake(("keys", "x"), "there is no command 'nonsense'")
    assert str(mistake) == f"{path}, line 4: there is no command 'nonsense'"


def test_a_mistake_without_a_file_still_speaks() -> None:
    assert "config.toml, line 1: x" in str(Settings().mistake(("keys",), "x"))


class TestArchives:
    def test_what_is_named_goes_first(self, tmp_path: Path) -> None:
        (tmp_path / "named").mkdir()
        (tmp_path / "_posts").mkdir()
        settings = Settings(archives=(tmp_path,))
        found = resolve_archives(["named"], settings, tmp_path)
        assert found == Archives((tmp_path / "named",), is_sample=False)

    def test_then_the_config_file(self, tmp_path: Path) -> None:
        (tmp_path / "_posts").mkdir()
        settings = Settings(archives=(tmp_path / "_posts",))
        assert resolve_archives([], settings, tmp_path).roots == (tmp_path / "_posts",)

    @pytest.mark.parametrize("name", ["_posts", "old_post"])
    def test_then_the_current_folder(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).mkdir()
        assert resolve_archives([], Settings(), tmp_path) == Archives((tmp_path,), is_sample=False)

    def test_else_the_sample(self, tmp_path: Path) -> None:
        (tmp_path / "_posts").write_text("a file is no folder of posts")
        found = resolve_archives([], Settings(), tmp_path)
        assert found == Archives((sample_archive(),), is_sample=True)

    def test_the_sample_is_there(self) -> None:
        assert (sample_archive() / "_posts").is_dir()

    def test_a_single_post_is_an_archive(self, tmp_path: Path) -> None:
        post = tmp_path / "post.md"
        post.write_text("x")
        assert resolve_archives([str(post)], Settings(), Path("/")).roots == (post,)

    def test_one_archive_named_twice_is_one(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(tmp_path)
        given = [".", str(tmp_path), "link"]
        assert len(resolve_archives(given, Settings(), tmp_path).roots) == 1

    @pytest.mark.parametrize("name", ["nowhere", "~nobody-of-that-name/x", "a/b/c"])
    def test_a_missing_one_is_named(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(UsageError, match="there is no archive") as caught:
            resolve_archives([name], Settings(), tmp_path)
        assert str(tmp_path / name) in str(caught.value)

    def test_a_missing_one_of_the_config_file_is_named_with_its_line(
        self, environ: dict[str, str], tmp_path: Path
    ) -> None:
        path = write_config(environ, "mouse = true\narchives = ['/no/such/archive']")
        with pytest.raises(SettingsError) as caught:
            resolve_archives([], load_settings(environ), tmp_path)
        assert str(caught.value) == f"{path}, line 2: there is no archive /no/such/archive"

    def test_a_name_that_no_file_can_have_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="cannot be read"):
            resolve_archives(["x" * 5_000], Settings(), tmp_path)
