"""What a device remembers is asked for when it sends nothing; what is old stays old."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from healthd.collectors.logs.remembered import SHOW
from healthd.daemon.logbook import STAGE, Logbook
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.model.answer import Answers
from healthd.model.device import Device
from healthd.model.interval import Interval
from healthd.model.request import Request
from healthd.store import events, tally
from healthd.store.database import Settings

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SW1 = Device(name="sw1", customer="acme", address="192.0.2.1", ssh="ssh")
BUFFER = """Syslog logging: enabled (0 messages dropped)
Log Buffer (8192 bytes):

Apr 20 08:00:00.000: %SYS-5-RESTART: System restarted --
Nov 24 17:00:00.000 CST: %SYS-5-CONFIG_I: Configured from console by li on vty0 (10.0.0.9)
"""


@dataclass
class Printed:
    """A device that prints *text* when asked for its log."""

    text: str = BUFFER
    asked: list[str] = field(default_factory=list)

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:
        self.asked.append(device.name)
        assert SHOW in requests
        return Answers(shows={SHOW: self.text})

    async def sweep(self, device: Device, oids: Sequence[str]) -> Sequence[None]:
        return [None for _ in oids]


def turn(wire: Printed) -> None:
    writer = Writer()
    watch = Watch(now=lambda: NOW)
    zone = ZoneInfo("Asia/Shanghai")
    book = Logbook(code="acme", devices=(SW1,), wire=wire, seconds=60, silent=bool, writer=writer, watch=watch, now=lambda: NOW, home=zone)
    asyncio.run(book.turn())
    writer.close()


def test_a_restart_of_spring_in_the_buffer_is_no_restart_of_today(sqlite_store: Settings) -> None:
    wire = Printed()
    turn(wire)
    kept = events.between("acme", Interval(NOW - timedelta(days=1), NOW + timedelta(days=1)))
    assert [(event.kind, event.at) for event in kept] == [("config.changed", NOW - timedelta(days=1, hours=3))]
    assert wire.asked == ["sw1"]
    assert tally.sums(Interval(NOW - timedelta(days=1), NOW + timedelta(days=1)))[STAGE]["dropped: older than a week"] == 1


def test_what_gives_no_time_is_news_only_when_it_was_not_there_before(sqlite_store: Settings) -> None:
    wire = Printed("Log Buffer (8192 bytes):\n\n00:00:41: %SYS-5-RESTART: System restarted --\n")
    turn(wire)
    turn(wire)
    wire.text += "2w1d: %SYS-5-CONFIG_I: Configured from console by li on vty0 (10.0.0.9)\n"
    turn(wire)
    kept = events.between("acme", Interval(NOW - timedelta(days=1), NOW + timedelta(days=1)))
    assert [event.kind for event in kept] == ["log.undated", "config.changed"]
