"""Matches regular expressions in a process of their own: one that never ends can be given up.

Python's expressions cannot be stopped, and ``(a+)+b`` takes for ever on thirty letters. The other
process runs this very file, so it imports next to nothing and is there after some milliseconds.
"""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess

SECONDS = 0.5
"""That one post may take."""
_START_SECONDS = 20.0
"""That the process may take to come up, on a machine that is busy."""
_MOST_LOSSES = 3
"""Posts that may take too long, each; after these an expression matches nothing more."""
_LENGTH = 4
"""Bytes of each of the two lengths that a question begins with."""
_READY, _NO, _YES = b"r", b"n", b"y"


class Patterns:
    """The process that matches; started when it is first needed. Close it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._losses: dict[str, int] = {}

    def matches(self, source: str, text: str) -> bool:
        """Whether the expression matches somewhere; False where that takes too long."""
        if self._losses.get(source, 0) >= _MOST_LOSSES:
            return False
        expression, content = source.encode("utf-8", "replace"), text.encode("utf-8", "replace")
        try:
            process = self._started()
            assert process.stdin is not None
            process.stdin.write(_length(expression) + _length(content) + expression + content)
            process.stdin.flush()
            answer = self._answer(process, SECONDS)
        except OSError:  # it was killed
            answer = b""
        if answer in (_YES, _NO):
            return answer == _YES
        self._losses[source] = self._losses.get(source, 0) + 1
        self.close()
        return False

    @property
    def given_up(self) -> tuple[str, ...]:
        """The expressions that took too long with some post."""
        return tuple(self._losses)

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):  # what is still to be written goes nowhere
                        stream.close()
            process.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            import subprocess  # late: few queries hold an expression

            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(Path(__file__))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is not meant for it
            )
            if self._answer(self._process, _START_SECONDS) != _READY:
                raise OSError("the process that matches expressions does not start")
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], seconds: float) -> bytes:
        import select  # late, as are processes

        assert process.stdout is not None
        readable, _, _ = select.select([process.stdout], [], [], seconds)
        return process.stdout.read(1) if readable else b""


def _length(text: bytes) -> bytes:
    return len(text).to_bytes(_LENGTH, sys.byteorder)


def serve() -> None:
    """Answer on stdout what comes in on stdin, until that ends."""
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    answers.write(_READY)
    answers.flush()
    while len(head := questions.read(2 * _LENGTH)) == 2 * _LENGTH:
        first, second = head[:_LENGTH], head[_LENGTH:]
        source = questions.read(int.from_bytes(first, sys.byteorder)).decode("utf-8")
        text = questions.read(int.from_bytes(second, sys.byteorder)).decode("utf-8")
        found = re.search(source, text, re.IGNORECASE | re.MULTILINE)
        answers.write(_YES if found else _NO)
        answers.flush()


if __name__ == "__main__":
    serve()
