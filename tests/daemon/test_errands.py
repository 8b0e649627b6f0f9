"""Each desk has a thread of its own: one that hangs holds up no other; what fails is failing for all to see."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from healthd.caseclient.backend import Means
from healthd.caseclient.backends.mail import Desk, Settings
from healthd.daemon.errands import Errands
from healthd.daemon.watch import Watch
from healthd.errands import Worker
from healthd.model.message import Message
from healthd.store import errands, outbox
from healthd.store.errands import Stage
from tests.caseclient.cases import opening
from tests.caseclient.servers.hostile import Clock, serving
from tests.caseclient.servers.request_tracker import RequestTracker
from tests.daemon.house import CUSTOMER, house


def now() -> datetime:
    return datetime.now(UTC)


def post(message: Message) -> None:
    outbox.put("ACME", [message], now())


@pytest.fixture
def hanging() -> Iterator[tuple[RequestTracker, threading.Event]]:
    free = threading.Event()

    class Hanging(RequestTracker):
        def taken(self, request: Any) -> Any:
            free.wait(20)
            return super().taken(request)

    with serving(Hanging()) as made:
        yield made, free
        free.set()


def test_a_desk_that_hangs_holds_up_no_other(store: object, hanging: tuple[RequestTracker, threading.Event]) -> None:
    tracker, free = hanging
    desks = [tracker.desk(Means()), Desk(Settings(to="tac@example.com"), Means(post=post))]
    part = Errands(workers=[Worker(owner="test", desk=desk) for desk in desks])
    errands.put("ACME", "request_tracker", [opening("hd-1")], now())
    errands.put("ACME", "mail", [opening("hd-2")], now())
    watch = Watch(now=now)

    async def works() -> None:
        tasks = [asyncio.create_task(watch.keep(name, work)) for name, work in part.parts(watch, now).items()]
        await until(lambda: errands.numbers()[Stage.DONE] == 1)
        assert [each.token for each in await asyncio.to_thread(errands.listed, [Stage.DONE])] == ["hd-2"]
        free.set()
        await until(lambda: errands.numbers()[Stage.DONE] == 2)
        await until(lambda: all(part.turned for part in watch.parts.values()))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(works())
    assert set(watch.parts) == {"errands request_tracker", "errands mail"}
    assert len(tracker.rows) == len(outbox.listed()) == 1


async def until(true: Callable[[], bool]) -> None:
    for _ in range(200):
        if await asyncio.to_thread(true):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen")


class Today(Clock):
    """The clock of the machine: a daemon in its own process has no other."""

    def __getattribute__(self, name: str) -> Any:
        return now() if name == "now" else super().__getattribute__(name)


@pytest.mark.slow
def test_a_daemon_opens_a_case_for_a_dead_device_on_the_partners_own_ticket_system(tmp_path: Path) -> None:
    customer = f"{CUSTOMER}cases: {{others: open, hold: 0m}}\n"
    with serving(RequestTracker(clock=Today())) as tracker:
        more = f'ping_s = 5\nsweep_s = 10\n[case]\nbackend = "request_tracker"\n[case.request_tracker]\nurl = "{tracker.url}"\nqueue = "Cisco TAC"\ntoken_ref = "env:RT_TOKEN"\n'
        with house(tmp_path, more=more, customer=customer) as made:
            made.start({"RT_TOKEN": "1-14-right"})
            made.until(lambda: len(tracker.rows) == 2, 90, "no case was opened")
            assert made.stop() == 0
            assert "1-14-right" not in made.log()
        titles = sorted(row.title for row in tracker.rows.values())
        assert [title.partition(":")[0] for title in titles] == ["acme", "acme"]
        assert ["sw1" in titles[0], "sw2" in titles[1]] == [True, True]
        assert all(row.fields["HealthdKey"].startswith("hd-") for row in tracker.rows.values())
