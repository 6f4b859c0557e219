"""The thread that owns the reading Library: questions go in, answers come out, nothing waits.

This room alone touches the reader's ``Library``. A question whose asker has been cancelled, because
a newer one took its place, is not begun, or is interrupted where it runs.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from finews_tui.errors import LibraryError
from finews_tui.library import Library

Answer = TypeVar("Answer")
Rest = ParamSpec("Rest")


class _Question:
    """One thing to do in the thread, and who waits for it."""

    def __init__(self, ask: Callable[[], Any]) -> None:
        self.ask = ask
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.is_dropped = False

    def answer(self, value: object, error: BaseException | None) -> None:
        """Hand the answer to the event loop, if it is still there."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._settle, value, error)

    def _settle(self, value: object, error: BaseException | None) -> None:
        if self.future.done():
            return
        if error is None:
            self.future.set_result(value)
        else:
            self.future.set_exception(error)


class Librarian:
    """Asks one Library, in its own thread, in the order of the questions."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open_library = open_library
        self._library: Library | None = None
        self._questions: deque[_Question] = deque()
        self._running: _Question | None = None
        self._changed = threading.Condition()
        self._is_closing = False
        self._thread = threading.Thread(target=self._serve, name="librarian", daemon=True)
        self._thread.start()

    @property
    def is_open(self) -> bool:
        """Whether there is a library to ask."""
        return self._library is not None

    async def open(self) -> None:
        """Open the library, anew if it was open; raises LibraryError when it cannot be."""
        await self._put(_Question(self._reopen))

    async def ask(
        self,
        question: Callable[Concatenate[Library, Rest], Answer],
        *args: Rest.args,
        **kwargs: Rest.kwargs,
    ) -> Answer:
        """The answer of ``question(library, …)``; cancelling this coroutine stops the question."""

        def ask() -> Answer:
            if self._library is None:
                raise LibraryError("The index is not there yet.")
            return question(self._library, *args, **kwargs)

        answer: Answer = await self._put(_Question(ask))
        return answer

    async def close(self) -> None:
        """Finish what is running, close the library and end the thread."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()
        await asyncio.to_thread(self._thread.join)

    async def _put(self, question: _Question) -> Any:
        with self._changed:
            if self._is_closing:
                raise LibraryError("The library is closed.")
            self._questions.append(question)
            self._changed.notify()
        try:
            return await question.future
        except asyncio.CancelledError:
            with self._changed:
                # Under the lock the thread cannot go on to the next question in between, so the
                # interruption can only hit the one that nobody waits for.
                question.is_dropped = True
                if self._running is question and self._library is not None:
                    self._library.interrupt()
            raise

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
            question.answer(value, failure)
        if self._library is not None:
            self._library.close()
            self._library = None

    def _next(self) -> _Question | None:
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

    def _reopen(self) -> None:
        library = self._open_library()
        if self._library is not None:
            self._library.close()
        self._library = library
