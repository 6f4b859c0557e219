"""A mark is made to its end, whoever stops waiting for it."""

from __future__ import annotations

import asyncio

from finews_tui.tui.duties import Duties


async def test_work_goes_on_when_its_waiter_is_cancelled() -> None:
    duties, done = Duties(), list[str]()
    is_allowed = asyncio.Event()

    async def mark(name: str) -> None:
        await is_allowed.wait()
        done.append(name)

    waiters = [asyncio.ensure_future(duties.begin(mark(name))) for name in ("first", "second")]
    for waiter in waiters:  # also before any of it has begun
        waiter.cancel()
    await asyncio.gather(*waiters, return_exceptions=True)
    assert done == []
    asyncio.get_running_loop().call_soon(is_allowed.set)
    await duties.finish()
    assert done == ["first", "second"]


async def test_who_waits_hears_of_a_failure() -> None:
    duties = Duties()

    async def mark() -> None:
        raise LookupError("no such post")

    waiter = asyncio.ensure_future(duties.begin(mark()))
    await duties.finish()
    assert isinstance((await asyncio.gather(waiter, return_exceptions=True))[0], LookupError)
