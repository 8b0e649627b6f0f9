"""Thirty-five days of history for the lab's customers: the rounds of a real network, with a clock that we move."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

from healthd import intake
from healthd.analysis.reachability import Confirm
from healthd.intake import Intake
from healthd.lab import scenario
from healthd.lab.log import Log, datagram
from healthd.lab.moment import Moment
from healthd.lab.network import Network
from healthd.lab.wire import LabWire
from healthd.model.availability import Reclassification, State
from healthd.model.device import Customer, Device
from healthd.model.interval import Interval
from healthd.model.received import Received
from healthd.rounds import Rounds
from healthd.store import agreements, rollups

RECENT = timedelta(days=2)
LATELY, LONG_AGO = timedelta(minutes=5), timedelta(minutes=20)
"""How far apart the rounds are: as in earnest for the last days, coarser before, which hourly figures do not show."""


def fill(network: Network, customer: Customer, devices: Sequence[Device], now: datetime, tell: Callable[[float], None]) -> int:
    """Go through the days before *now* and keep what the devices say; return the number of sweeps. *tell* hears the share that is done."""
    wire = LabWire(network, now)
    rounds = Rounds(customer=customer, devices=devices, wire=wire)
    rounds.remember()
    moments = list(_moments(now))
    for number, (day, group) in enumerate(groupby(moments, key=lambda pair: (now - pair[0]).days)):
        asyncio.run(_go(rounds, wire, list(group), full=number % 7 == 0 or day <= 1))
        rounds.keep()
        tell((scenario.DAYS - day) / scenario.DAYS)
    _logs(network, customer, devices, now)
    for work in scenario.maintenances(now):
        if any(device.name == work.device for device in devices):
            told = Reclassification(
                device=work.device,
                interval=Interval(work.start, work.end),
                state=State.MAINTENANCE,
                author=work.author,
                reason=work.reason,
                entered=work.start - timedelta(days=2),
            )
            agreements.enter(customer.code, [told])
    rollups.roll(customer.code, now)
    return len(moments) * len(devices)


def _logs(network: Network, customer: Customer, devices: Sequence[Device], now: datetime) -> None:
    """Let the log lines of those days arrive, through the same door as everyone's."""
    log, taking = Log(network), Intake(senders=intake.senders([customer], devices))
    lines: list[Received] = []
    for device in devices:
        for entry in log.between(device.name, (now - timedelta(days=scenario.DAYS)).timestamp(), now.timestamp()):
            if network.answers(device.name, entry.at):
                at = datetime.fromtimestamp(entry.at, UTC)
                lines.append(Received(at, "udp", device.address, datagram(Moment.of(network, device.name, at), entry)))
    lines.sort(key=lambda line: line.at)
    for start in range(0, len(lines), 2000):
        some = lines[start : start + 2000]
        intake.keep(taking.take(some), some[-1].at)


def _moments(now: datetime) -> Iterator[tuple[datetime, timedelta]]:
    at = now - timedelta(days=scenario.DAYS)
    while at < now - LATELY:
        step = LATELY if now - at <= RECENT else LONG_AGO
        yield at, step
        at += step


async def _go(rounds: Rounds, wire: LabWire, moments: Sequence[tuple[datetime, timedelta]], *, full: bool) -> None:
    for number, (at, step) in enumerate(moments):
        wire.now = at
        # Two lost probes and two steps and a half: the same patience, counted in rounds.
        rounds.confirm = Confirm(misses=2, gap=step * 2.5)
        await (rounds.poll(at) if full and number == 0 else rounds.sweep(at))
