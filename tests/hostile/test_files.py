"""Files that are none, and files that mean harm: each is told or left out, and nothing hangs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

import pytest

from finews_tui.library import read_post
from finews_tui.library.files import MAX_BYTES
from finews_tui.posts import Failure
from tests.stories.story import command, rows_of
from tools.person import environment, reader

PATIENCE = 60
"""Seconds that a command may take on a busy machine; what hangs takes for ever."""
HEAD = "---\ntitle: {}\ndate: 2022-06-14 10:00:00 +0800\n---\n正文\n"


def laughs(levels: int, tie: str) -> str:
    """YAML that says nine times nine times … something."""
    lines = [f"a: &a {tie.format('x', 'x')}"]
    for one, other in zip("abcdefghi"[:levels], "bcdefghij", strict=False):
        lines.append(f"{other}: &{other} {tie.format(f'*{one}', ','.join([f'*{one}'] * 9))}")
    return "\n".join(lines)


FILES: dict[str, str] = {
    "laughs": f"---\ntitle: 笑\n{laughs(9, '[{1}]')}\ntags: *j\ncategories: *i\n---\n正文\n",
    "laughs-title": f"---\n{laughs(9, '[{1}]')}\ntitle: *j\ndate: *j\n---\n正文\n",
    "merge": f"---\ntitle: 合\n{laughs(7, '{{<<: [{1}], k: v}}')}\n---\n正文\n",
    "brackets": "---\ntitle: 括\nx: " + "[" * 40_000 + "\n---\n正文\n",
    "braces": "---\n" + "{" * 30_000 + "\n---\n正文\n",
    "itself": "---\ntitle: &x [*x, *x]\n---\n正文\n",
    "object": "---\ntitle: !!python/object/apply:os.system ['touch pwned']\n---\n正文\n",
    "number": "---\ntitle: "
    + "9" * 100_000
    + "\ndate: 0000-00-00\n---\n&#"
    + "9" * 5_000
    + "; 正文\n",
    "deep": HEAD.format("深") + "<div>" * 20_000 + "x",
    "white": HEAD.format("白") + "<p>" + "\n " * 20_000 + "</p>",
    "open": HEAD.format("开") + "<a" * 20_000,
    "comment": HEAD.format("注") + "<!--" * 20_000,
    "lists": HEAD.format("列") + "<ul><li>" * 8_000,
    "spans": HEAD.format("表") + "<table>" + "<td colspan=9999 rowspan=9999>x" * 60,
    "line\nbreak": HEAD.format("行"),
}
"""Posts by the end of their names: all of them are read."""
NAMES = ("-rf.md", "--version.md", "-.md")
"""Names that a command would take for options."""


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 99)


def _large(path: Path) -> None:
    path.write_text(HEAD.format("大"))
    os.truncate(path, 50_000_000)


STRANGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "fifo": (os.mkfifo, "not a regular file"),
    "socket": (_socket, "not a regular file"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "not a regular file"),
    "terminal": (lambda path: path.symlink_to("/dev/tty"), "not a regular file"),
    "loop": (lambda path: path.symlink_to(path.name), "symbolic link"),
    "outside": (lambda path: path.symlink_to("/etc/passwd"), "leads out of the archive"),
    "process": (lambda path: path.symlink_to("/proc/self/environ"), "leads out of the archive"),
    "dangling": (lambda path: path.symlink_to("nowhere.md"), "No such file"),
    "binary": (_binary, "binary file"),
    "large": (_large, f"larger than {MAX_BYTES // 1024**2} MB"),
}
"""What is no post, how it is made, and what is told of it."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of all of them, in a home of its own."""
    folder = tmp_path_factory.mktemp("f") / "n" / "_posts"  # short: a socket's name has 107 bytes
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / f"2022-06-14-{name}.md").write_text(text)
    for name in NAMES:
        (folder / name).write_text(HEAD.format(name))
    for name, (make, _) in STRANGE.items():
        make(folder / f"2022-06-14-{name}.md")
    (folder / "folder.md").mkdir()
    (folder / "folder.md" / "2022-06-13-inner.md").write_text(HEAD.format("内"))
    (folder / "round").symlink_to("..")
    return folder.parent


def run(home: Path, *words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """A command that must end."""
    return subprocess.run(
        [sys.executable, "-m", "finews_tui", *words],
        env=environment(home),
        cwd=cwd or home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def test_each_is_listed_or_told(archive: Path) -> None:
    home = archive.parent
    told = run(home, "index", "-a", str(archive))
    assert told.returncode == 1
    for name, (_, reason) in STRANGE.items():
        (line,) = [line for line in told.stderr.splitlines() if f"-{name}.md" in line]
        assert reason in line
    rows = rows_of(home, archive=archive)
    assert {Path(row["path"]).name for row in rows} == {
        *(f"2022-06-14-{name}.md" for name in FILES),
        *NAMES,
        "2022-06-13-inner.md",
    }
    assert all(len(row["title"]) < 2_000 for row in rows)
    assert not list(home.rglob("pwned"))


@pytest.mark.parametrize("name", sorted(STRANGE))
def test_none_is_shown(archive: Path, name: str) -> None:
    if name in ("outside", "process"):
        return  # named by the person: a link may lead anywhere, and what it leads to is no post
    found = read_post(archive / "_posts" / f"2022-06-14-{name}.md")
    assert isinstance(found, Failure)


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_is_shown(archive: Path, name: str) -> None:
    done = run(archive.parent, "show", str(archive / "_posts" / f"2022-06-14-{name}.md"))
    assert done.returncode == 0
    assert len(done.stdout) < 2_000_000


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_option(archive: Path, name: str) -> None:
    done = run(archive.parent, "show", f"./{name}", cwd=archive / "_posts")
    assert done.returncode == 0
    assert name in done.stdout


def test_the_reader_takes_them_as_they_come(archive: Path, tmp_path: Path) -> None:
    with reader(tmp_path, str(archive)) as terminal:
        total = len(FILES) + len(NAMES) + 1
        terminal.wait_for(f"1/{total}", PATIENCE)
        fresh = archive / "_posts" / "2022-06-15-later.md"
        os.mkfifo(archive / "_posts" / "2022-06-15-fifo.md")
        fresh.write_text(HEAD.format("后"))
        terminal.wait_for(f"/{total + 1}", PATIENCE)
        fresh.unlink()
        terminal.wait_for(lambda: f"/{total} " in terminal.text, PATIENCE)
        terminal.press("q")
        assert terminal.wait_end() == 0
    (archive / "_posts" / "2022-06-15-fifo.md").unlink()


def test_permission_denied(tmp_path: Path) -> None:
    """As somebody without rights, whoever runs the tests."""
    root = tmp_path / "news"
    (root / "closed").mkdir(parents=True)
    (root / "2022-06-14-open.md").write_text(HEAD.format("开"))
    (root / "2022-06-14-shut.md").write_text(HEAD.format("关"))
    (root / "2022-06-14-shut.md").chmod(0)
    (root / "closed").chmod(0)
    warm = tmp_path / "warm"
    warm.mkdir()
    (warm / "2022-06-14-one.md").write_text(HEAD.format("一"))
    (warm / "2022-06-14-none.md").write_text("")
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from finews_tui.library import Library, update\n"
        "def read(root, index):\n"
        "    for step in update(index, [root], jobs=1):\n"
        "        pass\n"
        "    with Library.open(index, index.with_name('state.db')) as library:\n"
        "        return library.total, library.failures()\n"
        "root, warm, place = map(Path, sys.argv[1:])\n"
        "read(warm, place / 'warm' / 'index.db')\n"  # Python itself may be out of reach then
        "if os.getuid() == 0:\n"
        "    os.setgid(65534), os.setuid(65534)\n"
        "total, failures = read(root, place / 'index.db')\n"
        "print(total, *(f'{one.path.name} {one.reason}' for one in failures), sep='\\n')\n"
    )
    outermost = Path(tempfile.gettempdir())
    for folder in takewhile(lambda folder: folder != outermost, (tmp_path, *tmp_path.parents)):
        folder.chmod(0o755)
    place = tmp_path / "place"
    place.mkdir()
    place.chmod(0o777)
    done = subprocess.run(
        [sys.executable, "-c", script, str(root), str(warm), str(place)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    (root / "closed").chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "1",
        "2022-06-14-shut.md The file cannot be read: Permission denied.",
        "closed The folder cannot be read: Permission denied.",
    ]


def test_a_file_that_grows_or_vanishes_is_read_again(tmp_path: Path) -> None:
    root = tmp_path / "news"
    root.mkdir()
    file = root / "2022-06-14-one.md"
    file.write_text(HEAD.format("一"))
    assert [row["title"] for row in rows_of(tmp_path, archive=root)] == ["一"]
    with file.open("a") as opened:
        opened.write("更多正文\n")
    assert len(rows_of(tmp_path, "更多", archive=root)) == 1
    file.unlink()
    assert rows_of(tmp_path, archive=root) == []
    assert command(tmp_path, "search", "-a", str(root)).returncode == 1


def test_a_state_that_is_no_file_is_told(tmp_path: Path) -> None:
    """Somebody may have put anything there, too."""
    state = tmp_path / "state" / "finews-tui" / "state.db"
    state.parent.mkdir(parents=True)
    os.mkfifo(state)
    root = tmp_path / "news"
    root.mkdir()
    (root / "2022-06-14-one.md").write_text(HEAD.format("一"))
    done = run(tmp_path, "search", "-a", str(root))
    assert done.returncode == 0
    assert "not a regular file" in done.stderr
