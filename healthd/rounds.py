"""Rounds over a customer's devices: ask everyone, keep what was said, and notice who comes and goes.

A *poll round* asks everything and learns what there is; a *sweep round* asks
the known numbers again; a *ping round* only asks who is there. All are probes
too: whoever answers is up.

Asking is asynchronous and writes nothing; ``remember`` and ``keep`` do all
the reading and writing, outside the event loop, so that a slow disk delays no
device. A caller may gather many rounds before it keeps them; one that goes on
asking while it writes takes what was gathered with ``taken`` first.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, groupby
from math import isnan
from typing import TypeVar

from healthd import cycle
from healthd.analysis import reachability
from healthd.analysis.reachability import Confirm, Seen
from healthd.analysis.restarts import Beat, Clocks, reboots
from healthd.analysis.topology import lineage
from healthd.cycle import Wire
from healthd.model.availability import Outage, Probe, State, Transition
from healthd.model.device import Customer, Device
from healthd.model.poll import Layout, Poll, Sweep
from healthd.store import devices as store_devices
from healthd.store import polls as store_polls
from healthd.store import states, sweeps

T = TypeVar("T")
CLOCKS = ("uptime", "snmp.engine.boots", "snmp.engine.time")
Echo = Callable[[Sequence[str]], Awaitable[Mapping[str, tuple[float | None, float, str]]]]
"""Pings addresses: address to round-trip time in ms (None: no answer), loss in percent, and by which means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What rounds have gathered and nobody has written yet; sweeps and layouts in the order in which they came."""

    customer: str
    polls: tuple[Poll, ...] = ()
    swept: tuple[Sweep | Layout, ...] = ()
    changes: tuple[Transition, ...] = ()
    probes: tuple[Probe, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The clocks of *device* at one moment."""

    device: str
    beat: Beat


@dataclass(kw_only=True)
class Rounds:
    """The rounds of one customer.

    *width* devices are polled at once, and *sweeping* of them swept: a sweep
    is a few small questions, so that many may wait for their answers. Who
    was silent the last time is asked beside the others, not before them.
    *echo* tells a silent agent from a dead device.
    """

    customer: Customer
    devices: Sequence[Device]
    wire: Wire
    confirm: Confirm = field(default_factory=Confirm)
    width: int = 50
    sweeping: int = 500
    echo: Echo | None = None
    _memory: dict[str, Seen] = field(default_factory=dict)
    _layouts: dict[str, Layout] = field(default_factory=dict)
    _whole: dict[str, Layout] = field(default_factory=dict)
    _polls: list[Poll] = field(default_factory=list)
    _swept: list[Sweep | Layout] = field(default_factory=list)
    _changes: list[Transition] = field(default_factory=list)
    _probes: list[Probe] = field(default_factory=list)
    _beats: dict[str, Beat] = field(default_factory=dict)
    _changed: set[str] = field(default_factory=set)

    def remember(self) -> None:
        """Take up where the store says the last round left off."""
        store_devices.put(self.customer.code, self.devices)
        code = self.customer.code
        answered, entered, probed = states.answered(code), states.current(code), states.probes(code)
        for device in self.devices:
            name = device.name
            if known := sweeps.layout(self.customer.code, name):
                self._layouts[name] = self._whole[name] = known
            if probe := probed.get(name):
                # A loss that was not confirmed yet is not forgotten, only that there was more than one lost probe.
                lost = () if probe.answered else (probe.at,)
                seen = Seen(device=name, probed=probe.at, answered=answered.get(name), lost=lost, reason=probe.reason)
                self._memory[name] = replace(seen, state=entered[name].state) if name in entered else seen
        self._beats.update(sweeps.last_answered(self.customer.code))

    async def poll(self, now: datetime, names: Collection[str] = ()) -> list[Poll]:
        """Ask everything of the devices *names* (all in service when empty); a changed set of numbers becomes the layout of its sweeps."""
        found = await self._all(lambda device: cycle.poll(device, self.wire, now), self._wanted(names), self.width)
        await self.take_in(found)
        return found

    async def take_in(self, found: Sequence[Poll]) -> None:
        """Take in full polls that were made elsewhere, as if this round had made them."""
        self._polls += [self._learnt(poll) if poll.up else poll for poll in found]
        self._notice_restarts([_clocks(poll) for poll in found if poll.up])
        await self._judge(self._probes_of(await self._echoed([_heard(poll) for poll in found])))

    async def sweep(self, now: datetime) -> list[Sweep]:
        """Ask the known numbers again; of a device that was never polled, only whether it is there."""
        asked = dict(self._layouts)
        found = await self._all(
            lambda device: cycle.sweep(device, asked.get(device.name, _nothing(device)), self.wire, now), self._wanted(), self.sweeping
        )
        found = await self._echoed(found)
        self._changed |= {each.device for each in found if each.up and _fewer(each, self._beats.get(each.device))}
        self._notice_restarts([Told(device=each.device, beat=each) for each in found if each.up])
        self._swept += chain.from_iterable(self._with_meaning(each, asked.get(each.device)) for each in found)
        await self._judge(self._probes_of(found))
        return found

    def _learnt(self, poll: Poll) -> Poll:
        """Take the layout of the sweeps from *poll*, with the lost neighbours; of one that broke off with all of the last whole poll."""
        known, made = self._whole.get(poll.device), cycle.layout(poll)
        if known is not None and any(poll.broke(each) for each in known.readings[:1]):
            poll, made = cycle.remembered_by(known, poll)
        else:
            self._whole[poll.device] = made = cycle.awaiting(known, made) if known is not None else made
        self._layouts[poll.device] = made
        self._swept.append(made)
        return poll

    def _with_meaning(self, sweep: Sweep, asked: Layout | None) -> Iterator[Sweep | Layout]:
        """Yield *sweep*, between the layout by which it was *asked* and the newer one, if a full poll has ended meanwhile."""
        newest = self._layouts.get(sweep.device)
        if asked is None or newest is None or asked.oids == newest.oids:
            yield sweep
        else:
            yield from (asked, sweep, newest)

    def _notice_restarts(self, found: Sequence[Told]) -> None:
        """Write down as down time what passed between the last answer and a device's new start.

        Nothing is known of time in which nobody asked. A probe that was lost
        after the start says that the device was not back yet.
        """
        for device, after in ((each.device, each.beat) for each in found):
            before, seen = self._beats.get(device), self._memory.get(device, Seen(device=device))
            self._beats[device] = after
            measured = seen.state is not State.UNMEASURED and seen.probed and after.at - seen.probed <= self.confirm.gap
            for outage in reboots(device, (before, after)) if before else ():
                self._changed.add(device)
                self._changes += _away(outage, seen, after.at) if measured else ()

    async def ping(self, now: datetime) -> list[str]:
        """Ask who is there; return the devices that were lost before and are back.

        Who does not answer a ping is asked over its own protocol before it
        counts as lost: many networks drop pings on the way.
        """
        if self.echo is None:
            return []
        there = self._wanted()
        echoes = await self.echo([device.address for device in there])
        silent = [d for d in there if d.address not in echoes or echoes[d.address][0] is None]
        asked = await self._all(lambda device: cycle.sweep(device, _nothing(device), self.wire, now), silent, self.sweeping)
        reasons = {each.device: each for each in asked}
        before = {name for name, seen in self._memory.items() if seen.lost}
        probes = [self._probe(device, echoes.get(device.address), reasons.get(device.name), now) for device in there]
        await self._judge(probes)
        return sorted(probe.device for probe in probes if probe.answered and probe.device in before)

    @staticmethod
    def _probes_of(found: Iterable[Sweep]) -> list[Probe]:
        return [
            Probe(device=s.device, at=s.at, answered=s.up or s.rtt_ms is not None, by="snmp" if s.up else "icmp", reason=s.reason)
            for s in found
        ]

    @staticmethod
    def _probe(device: Device, echo: tuple[float | None, float, str] | None, asked: Sweep | None, now: datetime) -> Probe:
        if asked is None and echo is not None:
            return Probe(device=device.name, at=now, answered=True, by=echo[2], rtt_ms=echo[0], loss_pct=echo[1])
        answered = asked is not None and asked.up
        return Probe(device=device.name, at=now, answered=answered, by="snmp" if answered else "", reason=asked.reason if asked else "")

    async def _echoed(self, found: list[Sweep]) -> list[Sweep]:
        """Ping whoever kept silent: a device that answers a ping is up, with an agent that is not."""
        quiet = {s.device for s in found if not s.up}
        if not quiet or self.echo is None:
            return found
        silent = {d.name: d.address for d in self.devices if d.name in quiet}
        echoes = await self.echo(tuple(silent.values()))
        return [
            replace(s, rtt_ms=echoes[silent[s.device]][0], loss_pct=echoes[silent[s.device]][1]) if silent.get(s.device) in echoes else s
            for s in found
        ]

    async def _judge(self, probes: Sequence[Probe]) -> None:
        line = lineage(device for device in self.devices if device.in_service)
        self._memory, changes = reachability.step(self._memory, line, probes, self.confirm)
        self._changes += changes
        self._probes += probes

    def _wanted(self, names: Collection[str] = ()) -> list[Device]:
        return [device for device in self.devices if device.in_service and (not names or device.name in names)]

    async def _all(self, ask: Callable[[Device], Awaitable[T]], devices: Sequence[Device], width: int) -> list[T]:
        # Each who is silent holds a place for all its tries: they have places of their own, so that nobody else waits for them.
        lost = {name for name, seen in self._memory.items() if seen.lost}
        living, silent = iter([d for d in devices if d.name not in lost]), iter([d for d in devices if d.name in lost])
        found: dict[str, T] = {}

        async def some(waiting: Iterator[Device]) -> None:
            for device in waiting:
                found[device.name] = await ask(device)

        places = range(min(width, len(devices)))
        await asyncio.gather(*(some(waiting) for waiting in (living, silent) for _ in places))
        return [found[device.name] for device in devices]

    def unknown(self) -> set[str]:
        """Return the devices of which no numbers are known yet, less those that are known to be silent."""
        silent = {name for name, seen in self._memory.items() if seen.lost}
        return {device.name for device in self._wanted() if device.name not in self._layouts} - silent

    def forget(self, names: Collection[str]) -> None:
        """Forget what the numbers of the devices *names* mean: a full poll has to say it anew."""
        for name in names:
            self._layouts.pop(name, None)
            self._whole.pop(name, None)

    def changed(self) -> set[str]:
        """Return the devices that were found restarted, or lacking something they had, since the last time of asking."""
        found, self._changed = self._changed, set()
        return found

    def taken(self) -> Gathered:
        """Return what was gathered since the last time, and begin anew."""
        found = Gathered(
            customer=self.customer.code,
            polls=tuple(self._polls),
            swept=tuple(self._swept),
            changes=tuple(self._changes),
            probes=tuple(_newest(self._probes)),
        )
        self._polls, self._swept, self._changes, self._probes = [], [], [], []
        return found

    def keep(self) -> None:
        """Write what the rounds have gathered; writing the same again changes nothing."""
        keep(self.taken())


def keep(found: Gathered) -> set[str]:
    """Write *found*; writing the same again changes nothing. Return the devices whose values did not fit their layout and were left out."""
    code, unfit = found.customer, set[str]()
    if found.polls:
        store_polls.add_all(code, found.polls)
    # A layout counts for the sweeps after it, so they are written in the order in which they came.
    for is_layout, group in groupby(found.swept, key=lambda each: isinstance(each, Layout)):
        if is_layout:
            for each in group:
                sweeps.put_layout(code, each)  # type: ignore[arg-type]
        else:
            sweeps.add(code, [each for each in group if isinstance(each, Sweep)], unfit)
    if found.changes:
        states.add(code, found.changes)
    if found.probes:
        states.add_probes(code, found.probes)
    return unfit


def before(given_up: Gathered, found: Gathered) -> Gathered:
    """Return *found* with what later rounds need of the ones *given_up* before it: what values mean, who came and who went."""
    meanings = tuple(each for each in given_up.swept if isinstance(each, Layout))
    return replace(
        found,
        swept=(*meanings, *found.swept),
        changes=(*given_up.changes, *found.changes),
        probes=tuple(_newest((*given_up.probes, *found.probes))),
    )


def _fewer(now: Sweep, before: Beat | None) -> bool:
    """Say whether fewer of the same numbers are there than at the last look: a neighbour, a supply is gone, and no log may tell of it."""
    if not isinstance(before, Sweep) or not before.up or len(before.values) != len(now.values):
        return False
    return sum(map(isnan, now.values)) > sum(map(isnan, before.values))


def _nothing(device: Device) -> Layout:
    """Return the layout of a device of which no numbers are known: it is only asked whether it is there."""
    return Layout(device=device.name, readings=())


def _heard(poll: Poll) -> Sweep:
    """Return *poll* as a look at who is there."""
    return Sweep(device=poll.device, at=poll.at, values=(), up=poll.up, reason=poll.reason)


def _clocks(poll: Poll) -> Told:
    """Return the clocks that *poll* read."""
    said = {r.metric: float(r.value) for r in poll.readings if r.metric in CLOCKS and not isinstance(r.value, str)}
    up, boots, engine = (said.get(name) for name in CLOCKS)
    return Told(device=poll.device, beat=Clocks(at=poll.at, uptime_s=up, boots=None if boots is None else int(boots), engine_s=engine))


def _away(outage: Outage, seen: Seen, now: datetime) -> tuple[Transition, Transition]:
    """Return the loss and the return that a restart means, with what probes *seen* say of both."""
    start, end = outage.interval.start, outage.interval.end
    if seen.answered and start < seen.answered <= end:
        start = seen.answered
    if seen.lost and seen.lost[-1] >= end:
        end = now
    device, reason = outage.device, outage.reason
    return Transition(device=device, at=start, state=State.DOWN, reason=reason), Transition(device=device, at=end, state=State.UP)


def _newest(probes: Iterable[Probe]) -> Iterable[Probe]:
    """Return of each device the last probe, and the last that was answered."""
    last: dict[tuple[str, bool], Probe] = {}
    for probe in probes:
        last[probe.device, probe.answered] = probe
    return last.values()
