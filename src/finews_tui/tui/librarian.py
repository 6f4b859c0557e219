"""Who is asked: small questions are answered at once, long ones beside them, page by page.

This room alone touches the reader's Libraries. There are two, each in a thread of its own: the rows
that come into sight never wait for the end of a search through a million posts.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any, Concatenate, Generic, ParamSpec, Self, TypeVar

from finews_tui.errors import LibraryError
from finews_tui.library import Library
from finews_tui.tui.desk import Desk

Answer = TypeVar("Answer")
Page = TypeVar("Page")
Rest = ParamSpec("Rest")


class Pages(Generic[Page]):
    """A long answer while it grows: each page is looked for when it is asked for, and no sooner.

    So whoever paints what has come of the first page is not held up by the search for the rest.
    With ``has_time`` false the desk has other things to do: it goes on until all is known, and
    pages that nobody has looked at give way to newer ones.
    """

    def __init__(
        self, desk: Desk, ask: Callable[[Library], Generator[Page]], *, has_time: bool
    ) -> None:
        self._desk = desk
        self._page: Page | None = None
        self._has_changed = asyncio.Event()
        self._is_asked = threading.Event()

        def tell_all(library: Library) -> None:
            with closing(ask(library)) as pages:
                for page in pages:
                    self._is_asked.clear()  # first: whoever drops it later sets it again
                    if question.is_dropped:
                        break
                    question.tell(self._take, page)
                    if has_time:
                        self._is_asked.wait()
                    if question.is_dropped:
                        break

        question = self._question = desk.question(tell_all)
        question.future.add_done_callback(self._settled)
        desk.put(question)

    def _take(self, page: Page) -> None:
        self._page = page
        self._has_changed.set()

    def _settled(self, _: asyncio.Future[None]) -> None:
        self._has_changed.set()
        self._is_asked.set()  # it may be given up while nobody asks

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Page:
        while True:
            if self._page is not None:
                page, self._page = self._page, None
                return page
            if self._question.future.done():
                if not self._question.future.cancelled():
                    self._question.future.result()
                raise StopAsyncIteration
            self._has_changed.clear()
            self._is_asked.set()
            await self._has_changed.wait()

    def close(self) -> None:
        """Give the answer up."""
        self._desk.drop(self._question)


class Librarian:
    """Asks the library, in threads of its own."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open_library = open_library
        self._small = Desk("librarian")
        self._long = Desk("searches")

    @property
    def is_open(self) -> bool:
        """Whether there is a library to ask."""
        return self._small.library is not None

    async def open(self) -> None:
        """Open the library, anew if it was open; raises LibraryError when it cannot be."""
        await self._small.open(self._open_library)
        await self._long.open(self._twin)

    def _twin(self) -> Library | None:
        try:
            return self._small.library.twin() if self._small.library is not None else None
        except LibraryError:  # it is just being replaced: everything is asked at one desk
            return None

    async def ask(
        self,
        question: Callable[Concatenate[Library, Rest], Answer],
        *args: Rest.args,
        **kwargs: Rest.kwargs,
    ) -> Answer:
        """The answer of ``question(library, …)``; cancelling this coroutine stops the question."""
        answer: Answer = await _answer(
            self._small, lambda library: question(library, *args, **kwargs)
        )
        return answer

    async def ask_long(
        self,
        question: Callable[Concatenate[Library, Rest], Answer],
        *args: Rest.args,
        **kwargs: Rest.kwargs,
    ) -> Answer:
        """The same for a question that may take long, of marks and posts as they are."""
        answer: Answer = await _answer(
            self._desk_for_long, lambda library: question(library, *args, **kwargs)
        )
        return answer

    def pages(
        self,
        question: Callable[Concatenate[Library, Rest], Generator[Page]],
        *args: Rest.args,
        **kwargs: Rest.kwargs,
    ) -> Pages[Page]:
        """What ``question(library, …)`` yields, as it comes; close it to stop the question."""
        desk = self._desk_for_long
        return Pages(
            desk,
            lambda library: question(library, *args, **kwargs),
            has_time=desk is not self._small,
        )

    async def close(self) -> None:
        """Answer the small questions, give the long one up, close the library."""
        self._long.drop_all()
        await self._small.close()
        await self._long.close()

    @property
    def _desk_for_long(self) -> Desk:
        # Marks that live in memory are known to one connection only.
        return self._long if self._long.library is not None else self._small


async def _answer(desk: Desk, ask: Callable[[Library], Any]) -> Any:
    question = desk.question(ask)
    desk.put(question)
    try:
        return await question.future
    except asyncio.CancelledError:
        desk.drop(question)
        raise
