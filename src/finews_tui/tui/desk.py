"""A thread that owns one Library: questions go in, answers come out, nothing waits.

A question whose asker has been cancelled, because a newer one took its place, is not begun, or is
interrupted where it runs.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from finews_tui.errors import LibraryError
from finews_tui.library import Library


class Question:
    """One thing to do in the thread, and who waits for it."""

    def __init__(self, ask: Callable[[], Any]) -> None:
        self.ask = ask
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.is_dropped = False
        """Whether nobody waits for the answer any more."""

    def tell(self, act: Callable[..., None], *values: object) -> None:
        """From the thread: let the event loop call ``act``, if it is still there."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(act, *values)

    def settle(self, value: object, error: BaseException | None) -> None:
        """The answer, or why there is none."""
        if self.future.done():
            return
        if error is None:
            self.future.set_result(value)
        else:
            self.future.set_exception(error)


class Desk:
    """Answers questions one after the other, in their order."""

    def __init__(self, name: str) -> None:
        self._library: Library | None = None
        self._questions: deque[Question] = deque()
        self._running: Question | None = None
        self._changed = threading.Condition()
        self._is_closing = False
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    @property
    def library(self) -> Library | None:
        """The library that is open; only ``twin`` may be called from another thread."""
        return self._library

    async def open(self, open_library: Callable[[], Library | None]) -> None:
        """Open the library, anew if it was open; raises LibraryError when it cannot be."""
        question = Question(lambda: self._reopen(open_library))
        self.put(question)
        await question.future

    def question(self, ask: Callable[[Library], Any]) -> Question:
        """A question to the library; ``put`` it to have it answered."""

        def ask_library() -> Any:
            if self._library is None:
                raise LibraryError("The index is not there yet.")
            return ask(self._library)

        return Question(ask_library)

    def put(self, question: Question) -> None:
        """Have a question answered: its future tells."""
        with self._changed:
            if self._is_closing:
                raise LibraryError("The library is closed.")
            self._questions.append(question)
            self._changed.notify()

    def drop(self, question: Question) -> None:
        """Give a question up; it is stopped where it runs."""
        with self._changed:
            # Under the lock the thread cannot go on to the next question in between, so the
            # interruption can only hit the one that nobody waits for.
            question.is_dropped = True
            question.future.cancel()
            if self._running is question and self._library is not None:
                self._library.interrupt()

    def drop_all(self) -> None:
        """Give up everything that is asked here."""
        with self._changed:
            waiting = [*self._questions, *([self._running] if self._running else [])]
        for question in waiting:
            self.drop(question)

    async def close(self) -> None:
        """Finish what is running, close the library and end the thread."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()
        await asyncio.to_thread(self._thread.join)

    # -- inside the thread -------------------------------------------------------------------

    def _serve(self) -> None:
        while (question := self._next()) is not None:
            value: object = None
            failure: BaseException | None = None
            try:
                value = question.ask()
            except Exception as error:  # the worker boundary: the asker gets it
                failure = error
            with self._changed:
                self._running = None
            question.tell(question.settle, value, failure)
        self._change_to(None)

    def _next(self) -> Question | None:
        with self._changed:
            while True:
                while self._questions:
                    question = self._questions.popleft()
                    if not question.is_dropped:
                        self._running = question
                        return question
                if self._is_closing:
                    return None
                self._changed.wait()

    def _reopen(self, open_library: Callable[[], Library | None]) -> None:
        self._change_to(open_library())

    def _change_to(self, library: Library | None) -> None:
        with self._changed:  # lest one that is closed is interrupted
            before, self._library = self._library, library
        if before is not None:
            before.close()
