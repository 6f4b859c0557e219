"""A real OpenSSH server on the loopback, and a real tmux: what must be there, and how it is run."""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from finews_tui.settings import sample_archive
from tests.stories.story import Row, rows_of
from tools.person import environment
from tools.terminal import DEADLINE, Terminal

WITHOUT = "FINEWS_TUI_TESTS_WITHOUT"
"""Names, in this variable, of programs that a machine is known not to have: sshd tmux."""
PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))


def needed(name: str, package: str) -> str:
    """The path of a program that the tests cannot do without, unless somebody says so."""
    path = shutil.which(name, path=PLACES)
    if path is not None:
        return path
    sentence = f"{name} is not installed (Debian: apt install {package})"
    if name in os.environ.get(WITHOUT, "").split() and os.environ.get("CI") != "true":
        pytest.skip(sentence)
    pytest.fail(f"{sentence}; {WITHOUT}={name} leaves these tests out", pytrace=False)


@dataclass(frozen=True, slots=True)
class Sshd:
    """A server that lets this user in by a key, with folders of her own for the reader."""

    port: int
    folder: Path
    home: Path
    """Where the reader keeps its files; its name stands in the environment of all it starts."""

    def command(self, *words: str, options: Sequence[str] = ()) -> list[str]:
        """The words of ``ssh``; ``words`` are run at the other end as they are."""
        return [
            *(needed("ssh", "openssh-client"), "-F", "none", *options),
            *("-p", str(self.port), "-i", str(self.folder / "key")),
            *("-o", f"UserKnownHostsFile={self.folder / 'known_hosts'}"),
            *("-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR"),
            f"{pwd.getpwuid(os.getuid()).pw_name}@127.0.0.1",
            shlex.join(words),
        ]

    def reader(self, *words: str, variables: Mapping[str, str] | None = None) -> Terminal:
        """``ssh -tt`` in a terminal, and the reader at its other end."""
        words = (sys.executable, "-m", "finews_tui", *(words or (str(sample_archive()),)))
        # What the person's own machine has in its environment, and SSH does not bring along.
        environ = {**environment(self.folder, COLORTERM="truecolor"), **(variables or {})}
        return Terminal(self.command(*words, options=["-tt"]), environ=environ, cwd=self.folder)


@pytest.fixture(scope="session")
def start_sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Sshd]]:
    """Starts servers, each with a home of its own."""
    running: list[subprocess.Popen[bytes]] = []

    def start(home: Path) -> Sshd:
        folder = tmp_path_factory.mktemp("sshd")
        program = needed("sshd", "openssh-server")
        keygen = needed("ssh-keygen", "openssh-client")
        for name in ("host", "key"):
            make = [keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run(make, check=True)
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)  # Debian's sshd wants it from root
        for _ in range(5):
            port = _free_port()
            (folder / "config").write_text(_config(folder, home, port))
            host = (folder / "host.pub").read_text()
            (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {host}")
            command = [program, "-D", "-e", "-f", str(folder / "config")]
            with (folder / "log").open("wb") as log:
                process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log)
            running.append(process)
            if _listens(port, process):
                return Sshd(port, folder, home)
        pytest.fail(f"sshd does not start:\n{(folder / 'log').read_text()}", pytrace=False)

    yield start
    for process in running:
        process.terminate()
        process.wait()


def _config(folder: Path, home: Path, port: int) -> str:
    names = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "LANG", "TZ", "PYTHONPATH")
    variables = {name: value for name, value in environment(home).items() if name in names}
    assigned = " ".join(f'"{name}={value}"' for name, value in variables.items())
    return f"""
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/key.pub
PidFile none
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
PrintMotd no
PrintLastLog no
SetEnv {assigned}
"""


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _listens(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Whether the server can be spoken to; False where it ended, since the port was taken."""
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            return line.recv(4) == b"SSH-"
    return False


@pytest.fixture
def sshd(start_sshd: Callable[[Path], Sshd], tmp_path: Path) -> Sshd:
    """A server whose reader has seen nothing yet."""
    return start_sshd(tmp_path)


@pytest.fixture(scope="session")
def sample_rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The sample archive, as the command line lists it."""
    return rows_of(tmp_path_factory.mktemp("oracle"))
