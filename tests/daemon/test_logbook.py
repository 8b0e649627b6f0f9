"""What a device remembers is asked for when it sends nothing; what is old stays old."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from healthd.collectors.logs.classed import classed
from healthd.collectors.logs.remembered import SHOW
from healthd.collectors.logs.syslog import Context, parse
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


def turn(wire: Printed, now: datetime = NOW) -> None:
    writer = Writer()
    watch = Watch(now=lambda: now)
    zone = ZoneInfo("Asia/Shanghai")
    book = Logbook(code="acme", devices=(SW1,), wire=wire, seconds=60, silent=bool, writer=writer, watch=watch, now=lambda: now, home=zone)
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


DAY = timedelta(days=1)
HEAD = "Log Buffer (8192 bytes):\n\n"
RESTART = "00:00:41: %SYS-5-RESTART: System restarted --\n"
POWER = "3d04h: %PLATFORM_ENV-1-DUAL_PWR: Faulty internal power supply B detected\n"
DOWN = "%LINK-3-UPDOWN: Interface GigabitEthernet1/0/1, changed state to down\n"
UP = "%LINK-3-UPDOWN: Interface GigabitEthernet1/0/1, changed state to up\n"


def kinds(first: float = -30, last: float = 300) -> list[str]:
    """Return the classes of what was kept between two days from NOW on."""
    return [event.kind for event in events.between("acme", Interval(NOW + first * DAY, NOW + last * DAY))]


def test_old_lines_without_a_time_stay_old_however_long_they_stand_in_the_buffer(sqlite_store: Settings) -> None:
    wire = Printed(HEAD + POWER + DOWN)
    turn(wire)
    assert kinds() == ["log.undated", "log.undated"]
    wire.text += "1w0d: %SYS-5-CONFIG_I: Configured from console by li on vty0 (10.0.0.9)\n"
    for day in (3, 7, 8, 14, 15, 40):
        turn(wire, NOW + day * DAY)
    assert kinds() == ["log.undated", "log.undated", "config.changed"]


def test_a_new_line_after_quiet_weeks_is_news(sqlite_store: Settings) -> None:
    wire = Printed(HEAD + POWER)
    for day in range(0, 21, 5):
        turn(wire, NOW + day * DAY)
    wire.text += DOWN
    turn(wire, NOW + 22 * DAY)
    assert kinds() == ["log.undated", "interface.down"]


def test_a_line_that_says_the_same_again_is_another_one(sqlite_store: Settings) -> None:
    wire = Printed(HEAD + DOWN)
    turn(wire)
    wire.text += UP + DOWN
    turn(wire, NOW + DAY)
    turn(wire, NOW + 2 * DAY)
    assert kinds() == ["log.undated", "interface.up", "interface.down"]


def test_a_first_asking_that_gave_only_old_lines_was_an_asking(sqlite_store: Settings) -> None:
    wire = Printed(HEAD + "Apr 20 08:00:00.000: %SYS-5-RESTART: System restarted --\n")
    turn(wire)
    wire.text += DOWN
    turn(wire, NOW + DAY)
    assert kinds() == ["interface.down"]


def test_what_came_as_it_happened_is_not_told_again(sqlite_store: Settings) -> None:
    wire = Printed(HEAD + POWER)
    turn(wire)
    heard = classed(parse(DOWN.encode(), Context(received=NOW + DAY, device="sw1")))
    events.add("acme", [heard])
    wire.text += DOWN + UP + DOWN
    turn(wire, NOW + 2 * DAY)
    assert kinds(0.5) == ["interface.down", "interface.up", "interface.down"]


def test_what_gives_no_time_is_of_no_known_age_when_nobody_asked_for_weeks(sqlite_store: Settings) -> None:
    wire = Printed(HEAD + POWER)
    turn(wire)
    wire.text += DOWN
    turn(wire, NOW + 30 * DAY)
    assert kinds() == ["log.undated", "log.undated"]


def test_a_clock_days_fast_does_not_hide_what_the_device_remembers(sqlite_store: Settings) -> None:
    wire = Printed(HEAD + f"Nov 28 08:00:00.000: {RESTART[10:]}")
    turn(wire)
    wire.text += f"Nov 29 08:00:00.000: {DOWN}"
    for day in (1, 2, 9, 10):
        turn(wire, NOW + day * DAY)
    kept = events.between("acme", Interval(NOW - DAY, NOW + 30 * DAY))
    assert [(event.kind, event.at) for event in kept] == [
        ("log.undated", datetime(2026, 11, 28, 8, tzinfo=UTC)),
        ("interface.down", datetime(2026, 11, 29, 8, tzinfo=UTC)),
    ]


def test_a_restart_of_last_december_is_no_news_when_its_day_comes_near(sqlite_store: Settings) -> None:
    wire = Printed(HEAD + f"Jan 10 08:00:00.000: {RESTART[10:]}")
    for day in range(0, 60, 4):
        turn(wire, NOW + day * DAY)
    assert kinds() == []
