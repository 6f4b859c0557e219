"""The edges of the program: help, exit codes, pipes, locales, mistakes, broken surroundings."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from finews_tui import __version__
from finews_tui.cli.subcommands import SUBCOMMANDS
from tests.cli.conftest import KEY, Program
from tools.terminal import Terminal


def test_the_version(shared: Program) -> None:
    for words in (["--version"], ["search", "--version"], ["read", "--version"]):
        result = shared.run(*words)
        assert (result.code, result.out) == (0, f"finews-tui {__version__}\n")


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_every_subcommand(shared: Program, flag: str) -> None:
    result = shared.run(flag)
    assert (result.code, result.err) == (0, "")
    assert all(name in result.out for name in SUBCOMMANDS)
    assert "finews-tui [ARCHIVE]..." in result.out


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_has_help_with_examples(shared: Program, name: str) -> None:
    result = shared.run(name, "--help")
    assert result.code == 0
    assert f"finews-tui {name}" in result.out.partition("examples:")[2]


@pytest.mark.parametrize(
    "words",
    [
        ("search", "--nonsense"),
        ("search", "--format", "xml"),
        ("search", "--limit", "0"),
        ("search", "--limit", "many"),
        ("search", "--width", "5"),
        ("show",),
        ("show", "a", "b"),
        ("mark", "sparkle", "x"),
        ("mark", "read"),
        ("index", "--jobs", "-1"),
        ("search", "-a", "/no/such/archive"),
        ("/no/such/archive",),
    ],
)
def test_wrong_usage_is_exit_code_2(shared: Program, words: tuple[str, ...]) -> None:
    result = shared.run(*words)
    assert (result.code, result.out) == (2, "")
    assert result.err


def test_a_slip_in_a_subcommand_is_recognised(shared: Program) -> None:
    result = shared.run("dokter")
    assert result.code == 2
    assert "did you mean `finews-tui doctor`?" in result.err


def test_a_mistake_in_the_config_file_is_told_by_every_subcommand(program: Program) -> None:
    path = program.configure("mouse = true\nthem = 'x'\n")
    for words in (["search"], ["index"], ["doctor"], ["categories"], []):
        result = program.run(*words)
        assert result.code == 2
        assert f"{path}, line 2: there is no setting 'them'; did you mean 'theme'?" in result.err


def test_the_archive_of_the_config_file(program: Program) -> None:
    program.configure(f"archives = ['{program.archive}']")
    assert len(program.run("search").lines) == 3


def test_the_archive_of_the_current_folder(program: Program) -> None:
    assert len(program.run("search", cwd=program.archive).lines) == 3


def test_else_the_sample_archive(program: Program) -> None:
    result = program.run("search", "--format", "jsonl")
    assert result.code == 0
    assert all("sample_posts" in json.loads(line)["path"] for line in result.lines)


def test_several_archives_are_one_list(program: Program, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(program.archive / "_posts", other)
    (other / "more.md").write_text("---\ntitle: 另一篇\n---\n\n正文\n", encoding="utf-8")
    result = program.on_archive("search", "-a", str(other), "--format", "jsonl")
    keys = [json.loads(line)["key"] for line in result.lines]
    assert sorted(set(keys)) == sorted(keys)
    assert "more" in keys


def test_one_post_is_an_archive(program: Program) -> None:
    path = program.archive / "_posts" / f"2022-03-11-{KEY}.md"
    (row,) = program.run("search", "-a", str(path), "--format", "json").json
    assert row["copies"] == [str(path)]


class TestIndex:
    def test_the_last_line_has_the_totals(self, program: Program) -> None:
        result = program.on_archive("index", "--format", "json")
        (line,) = result.lines
        totals = json.loads(line)
        assert list(totals) == ["total", "added", "changed", "removed", "failed", "seconds"]
        assert (totals["total"], totals["added"], totals["failed"]) == (3, 3, 0)
        assert (result.code, result.err) == (0, "")

    def test_changes_are_seen(self, program: Program) -> None:
        program.on_archive("index")
        (program.archive / "_posts" / "new.md").write_text("---\ntitle: 新\n---\n\n文\n")
        (program.archive / "_posts" / "2022-01-05-notes.md").unlink()
        totals = program.on_archive("index", "--format", "json").json
        assert (totals["total"], totals["added"], totals["removed"]) == (3, 1, 1)
        assert program.on_archive("index", "--rebuild", "--format", "json").json["total"] == 3

    def test_steps_are_lines_of_json(self, program: Program) -> None:
        lines = program.on_archive("index", "--format", "jsonl", "--jobs", "1").lines
        *steps, last = map(json.loads, lines)
        assert all(set(step) >= {"done", "total", "failed", "changed"} for step in steps)
        files = [step for step in steps if step["phase"] == "catalogue"]
        posts = [step for step in steps if step["phase"] == "text"]
        assert (files[-1]["done"], posts[-1]["done"], last["total"]) == (4, 3, 3)

    def test_text_says_what_it_came_to_on_stderr(self, program: Program) -> None:
        result = program.on_archive("index")
        assert result.out == ""
        assert "3 posts" in result.err

    def test_an_unreadable_file_is_named(self, program: Program) -> None:
        path = program.archive / "_posts" / "huge.md"
        with path.open("wb") as file:
            file.write(b"---\ntitle: x\n---\n")
            file.truncate(17 * 1024 * 1024)
        for _ in range(2):
            result = program.on_archive("index", "--format", "json")
            assert result.code == 1
            assert str(path) in result.err
            assert result.json["failed"] == 1
            assert result.json["total"] == 3

    @pytest.mark.parametrize("command", ["search", "tickers", "categories"])
    def test_an_answer_that_may_lack_something_says_so(
        self, program: Program, command: str
    ) -> None:
        whole = program.on_archive(command, "--format", "tsv")
        assert (whole.code, whole.err) == (0, "")
        broken = [program.archive / "_posts" / f"broken{number:02}.md" for number in range(25)]
        broken[0].write_bytes(b"---\ntitle: [\x00\n")
        for update in ((), ("--no-update",)):
            result = program.on_archive(command, "--format", "tsv", *update)
            assert (result.code, result.out) == (1, whole.out)
            assert len(result.err.splitlines()) == 1 and str(broken[0]) in result.err
        for path in broken:
            path.write_bytes(b"---\ntitle: [\x00\n")
        many = program.on_archive(command, "--format", "tsv").err
        assert len(many.splitlines()) == 21 and "5 more files" in many
        assert program.on_archive("show", KEY).code == 0, "of this post all could be read"
        assert program.on_archive("mark", "star", KEY).code == 0
        for path in broken:
            path.unlink()
        again = program.on_archive(command, "--format", "tsv")
        assert (again.code, again.err) == (0, "")

    def test_no_update_takes_the_index_as_it_is(self, program: Program) -> None:
        missing = program.on_archive("search", "--no-update")
        assert missing.code == 1
        assert "index" in missing.err
        program.on_archive("index")
        (program.archive / "_posts" / "2022-01-05-notes.md").unlink()
        assert len(program.on_archive("search", "--no-update").lines) == 3
        assert len(program.on_archive("search").lines) == 2

    def test_a_bar_is_drawn_on_a_terminal_only(self, program: Program) -> None:
        command = [*program.command, "index", "-a", str(program.archive)]
        with Terminal(command, environ=program.environ, columns=80, rows=10) as terminal:
            assert terminal.wait_end() == 0
        assert b"indexing [" in terminal.written
        assert b"3 posts" in terminal.written

    def test_the_bar_tells_rate_and_time_left(self, program: Program) -> None:
        from benchmarks.corpus import write

        write(program.archive, 3_000)
        command = [*program.command, "index", "-a", str(program.archive), "--jobs", "1"]
        with Terminal(command, environ=program.environ, columns=60, rows=10) as terminal:
            assert terminal.wait_end(60.0) == 0
        written = bytes(terminal.written)
        assert re.search(rb"\r\w.{10,58}\d+/s  \d+:\d\d left", written)
        lines = [line for line in re.split(rb"[\r\n]", written) if b"[#" in line]
        assert all(len(line.removesuffix(b"\x1b[K")) < 60 for line in lines), "each on one line"

    def test_a_broken_index_is_built_again(self, program: Program) -> None:
        program.on_archive("index")
        (index,) = (program.home / "cache").rglob("index-*.db")
        index.write_bytes(b"this is no database" * 1000)
        result = program.on_archive("search")
        assert (result.code, len(result.lines)) == (0, 3)


class TestSurroundings:
    def test_a_closed_pipe_is_quiet(self, shared: Program) -> None:
        for words in (["search"], ["--help"], ["show", KEY], ["categories", "--format", "json"]):
            given = words if words == ["--help"] else [*words, "-a", str(shared.archive)]
            process = subprocess.Popen(
                [*shared.command, *given],
                env=shared.environ,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            assert process.stdout is not None
            process.stdout.close()
            assert process.stderr is not None
            assert process.stderr.read() == b""
            process.stderr.close()
            assert process.wait(30) == 0

    @pytest.mark.parametrize(
        "environ",
        [
            {"PYTHONIOENCODING": "ascii"},
            {"PYTHONIOENCODING": "gbk"},
            {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        ],
    )
    def test_no_locale_keeps_it_from_printing(
        self, shared: Program, environ: dict[str, str]
    ) -> None:
        command = [*shared.command, "show", KEY, "-a", str(shared.archive)]
        text = subprocess.run(
            command, env={**shared.environ, **environ}, capture_output=True, check=True
        )
        assert text.stderr == b""
        assert b"2022-03-11" in text.stdout
        post = subprocess.run(
            [*command, "--format", "json"],
            env={**shared.environ, **environ},
            capture_output=True,
            check=True,
        )
        assert json.loads(post.stdout.decode("utf-8"))["source"] == "财联社"

    def test_a_file_name_cannot_command_the_terminal(self, program: Program) -> None:
        folder = program.archive / "_posts" / "\x1b]0;owned\x07\x9b31m\u202e"
        folder.mkdir()
        name = b"evil-\xff\x1b[2J.md"
        path = os.fsencode(folder) + b"/" + name
        Path(os.fsdecode(path)).write_text("---\ntitle: 平常\n---\n\n文\n", encoding="utf-8")
        for words in (
            ["search"],
            ["search", "--format", "json"],
            ["search", "--format", "jsonl"],
            ["search", "--format", "tsv"],
            ["show", os.fsdecode(path)],
            ["show", os.fsdecode(path), "--format", "json"],
            ["show", os.fsdecode(path) + "-missing"],
            ["-x\x1b]0;y"],
        ):
            result = program.run(*words, cwd=program.archive)
            for character in result.out + result.err:
                assert character in "\n\t" or character.isprintable() or character == "\u3000"
        rows = program.on_archive("search", "--format", "json").json
        assert any("\x1b[2J" in row["path"] for row in rows)

    def test_a_full_disk_is_a_sentence(self, shared: Program) -> None:
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [*shared.command, "search", "-a", str(shared.archive)],
                env=shared.environ,
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert done.returncode == 1
        assert b"No space left" in done.stderr
        assert b"Traceback" not in done.stderr

    def test_closed_streams_do_no_harm(self, shared: Program) -> None:
        command = " ".join([*shared.command, "search", "-a", str(shared.archive), ">&- 2>&- <&-"])
        assert (
            subprocess.run(["sh", "-c", command], env=shared.environ, check=False).returncode == 0
        )

    def test_ctrl_c_is_130(self, program: Program) -> None:
        from benchmarks.corpus import write

        write(program.archive, 3_000)
        process = subprocess.Popen(
            [*program.command, "index", "-a", str(program.archive), "--format", "jsonl"],
            env=program.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.readline()  # it is at work
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 130
        assert b"Traceback" not in err

    def test_a_home_that_cannot_be_written(self, program: Program) -> None:
        blocked = program.home / "file"
        blocked.write_text("no folder")
        environ = {"XDG_CACHE_HOME": str(blocked), "XDG_STATE_HOME": str(blocked)}
        environ["TMPDIR"] = str(program.home)
        result = program.run("search", "-a", str(program.archive), environ=environ)
        assert result.code == 0
        assert str(blocked) in result.err
        assert list(program.home.glob("finews-tui-*/index-*.db"))

    def test_marks_that_cannot_be_kept_are_said(self, program: Program) -> None:
        blocked = program.home / "file"
        blocked.write_text("no folder")
        environ = {"XDG_STATE_HOME": str(blocked)}
        result = program.run("mark", "read", KEY, "-a", str(program.archive), environ=environ)
        assert result.code == 1
        assert "state.db" in result.err

    def test_an_empty_archive(self, program: Program, tmp_path: Path) -> None:
        empty = tmp_path / "empty"
        empty.mkdir()
        assert program.run("index", "-a", str(empty)).code == 0
        result = program.run("search", "-a", str(empty))
        assert (result.code, result.out, result.err) == (1, "", "")


class TestReaderWithoutTerminal:
    def test_it_names_the_subcommands(self, shared: Program) -> None:
        result = shared.run(str(shared.archive))
        assert (result.code, result.out) == (2, "")
        assert len(result.err.splitlines()) == 1
        assert "search" in result.err
        assert "show" in result.err
        assert "ssh -t" not in result.err

    def test_over_ssh_it_names_the_switch(self, shared: Program) -> None:
        environ = {"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}
        assert "ssh -t" in shared.run("read", environ=environ).err

    @pytest.mark.parametrize("term", ["", "dumb"])
    def test_a_terminal_that_cannot_draw(self, shared: Program, term: str) -> None:
        command = [*shared.command, str(shared.archive)]
        with Terminal(command, environ={**shared.environ, "TERM": term}) as terminal:
            assert terminal.wait_end() == 2
        assert b"TERM" in terminal.written
        assert b"\x1b" not in terminal.written
        assert b"search" in terminal.written


class TestDoctor:
    def test_it_tells_what_was_found(self, shared: Program) -> None:
        result = shared.on_archive("doctor")
        assert (result.code, result.err) == (0, "")
        found = dict(line.split(maxsplit=1) for line in result.lines)
        assert found["finews-tui"] == __version__
        assert found["archive"] == str(shared.archive)
        assert found["posts"].startswith("3, ")
        assert sys.executable in found["python"]
        assert found["terminal"] == "xterm-256color; not asked: stdin or stdout is no terminal"
        assert {"sqlite", "index", "config", "state", "colours", "clipboard"} < set(found)
        assert {"browser", "locale", "widths", "packages", "size", "zone"} < set(found)

    def test_it_tells_whether_variants_are_the_same(self, program: Program) -> None:
        shadow = program.home / "shadow"
        shadow.mkdir()
        (shadow / "opencc.py").write_text("raise ImportError('not made for this machine')\n")
        path = os.pathsep.join([str(shadow), program.environ.get("PYTHONPATH", "")])
        without = {"PYTHONPATH": path}
        assert program.on_archive("index", environ=without).code == 0
        for environ, told in ((without, "pip install 'finews-tui[hant]'"), ({}, "index anew")):
            result = program.on_archive("doctor", environ=environ)
            assert told in next(line for line in result.lines if line.startswith("variants "))
        result = program.on_archive("search", "遠山能源", "--format", "tsv")
        assert "the index is built anew: simplified and traditional" in result.err
        assert KEY in result.out
        for environ in ({}, without):
            result = program.on_archive("search", "遠山能源", "--format", "tsv", environ=environ)
            assert KEY in result.out and result.err == ""
            told = program.on_archive("doctor", environ=environ).out
            assert "simplified = traditional, by opencc" in told

    def test_it_builds_nothing(self, program: Program) -> None:
        result = program.on_archive("doctor")
        assert "not built yet" in result.out
        assert not (program.home / "cache").exists()
        assert not (program.home / "state").exists()

    def test_it_goes_on_where_something_is_wrong(self, program: Program) -> None:
        program.configure("opener = 3")
        result = program.run("doctor", "-a", "/no/such/archive")
        assert result.code == 2
        assert "WRONG" in result.out
        assert "opener must be" in result.err
        assert "there is no archive" in result.err
        assert "terminal" in result.out
