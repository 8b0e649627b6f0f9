"""One cycle, top to bottom: ask, read, and later judge. The whole line of healthd on one screen."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from types import ModuleType
from typing import Protocol

from healthd import collectors, modules, platforms
from healthd.collectors import _outputs
from healthd.collectors._merged import merged
from healthd.collectors.identity import IDENTITY, VERSION, claims
from healthd.collectors.logs import remembered as memory
from healthd.collectors.logs.syslog import Context
from healthd.collectors.uptime import CLOCKS, clock
from healthd.errors import CollectError
from healthd.model.answer import Answers, Value
from healthd.model.device import Device, Platform
from healthd.model.event import Event
from healthd.model.observation import Fact, Interface, Neighbour, Part, Reading, System
from healthd.model.poll import SHELL, Layout, Poll, Sweep
from healthd.model.request import Request, Show, Walk

# Full polls tell these often enough: they change by hand or not at all, and a sweep asks its clocks anyway.
_NOT_SWEPT = {"uptime", "snmp.engine.boots", "snmp.engine.time", "interface.speed", "interface.duplex", "interface.admin", "bgp.peer.admin"}
# The rows of these vanish with a loss and come back with its end: no full poll must be waited for to hear of that.
_COME_BACK = {"ospf.neighbor.state", "bgp.peer.state", "isis.neighbor.state"}
_AWAITED = 50


class Wire(Protocol):
    """What a transport does for the cycle."""

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:
        """Ask *device* every one of *requests* once; raise CollectError when it does not answer at all."""

    async def sweep(self, device: Device, oids: Sequence[str]) -> Sequence[Value | None]:
        """Return the values of *oids* in their order, None for what the device lacks; raise CollectError when it does not answer."""


async def poll(device: Device, wire: Wire, now: datetime) -> Poll:
    """Ask *device* everything its platform's readers want, and return what it said.

    A device that does not answer is a result, with the reason.
    """
    try:
        platform, readers, answers = await answered(device, wire)
    except CollectError as error:
        return Poll(device=device.name, at=now, up=False, reason=str(error))
    return gather(device, platform, readers, answers, now)


async def answered(device: Device, wire: Wire) -> tuple[Platform, list[ModuleType], Answers]:
    """Ask *device* who it is and then everything; return its platform, the platform's readers and all answers.

    Raises:
        CollectError: it does not answer.
    """
    # Without SNMP the command line says who it is; how to log in there before that is known, the inventory says.
    first = await wire.ask(device, {IDENTITY} if device.snmp or not device.ssh else {VERSION})
    platform = platforms.recognise(*claims(first))
    readers = readers_for(device, platform)
    asks = set(asked(device, readers)) - {IDENTITY} - set(first.shows)
    return platform, readers, first.joined(await wire.ask(_told(device, platform), asks))


def asked(device: Device, readers: Sequence[ModuleType]) -> Iterator[Request]:
    """Yield what *readers* want of *device*; the command line is asked for more where it is all there is."""
    for reader in readers:
        yield from reader.ASKS
        if not device.snmp:
            yield from getattr(reader, "ALONE", ())


def _told(device: Device, platform: Platform) -> Device:
    """Return *device* with the platform that it turned out to be."""
    return device if platform is platforms.UNKNOWN else replace(device, platform=platform.name)


async def remembered(device: Device, wire: Wire, now: datetime, home: tzinfo | None = None) -> tuple[Event, ...]:
    """Ask *device* for the log lines it remembers; *home* is the zone of its place.

    Raises:
        CollectError: it does not answer.
    """
    asks = memory.asks(snmp=bool(device.snmp), ssh=bool(device.ssh))
    context = Context(received=now, device=device.name, address=device.address, home=home)
    return tuple(memory.read(await wire.ask(device, asks), context))


def shown(device: Device, answers: Answers) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Yield each command that *device*, whose platform is known, answered, with what the platform's readers read in it."""
    platform = next((each for each in platforms.known() if each.name == device.platform), platforms.UNKNOWN)
    readers = _outputs.readers((platform.name, *platform.like))
    for show, text in answers.shows.items():
        yield show.command, tuple(_outputs.facts(readers, text, show.command, []))


def readers_for(device: Device, platform: Platform) -> list[ModuleType]:
    """Return the readers for *platform*, SNMP's first; those of a wire only where the device has a profile for it."""
    folders = (platform.name, *platform.like)
    snmp = modules.nearest(collectors, folders) if device.snmp or not device.ssh else []
    return snmp + (_outputs.readers(folders) if device.ssh else [])


def gather(device: Device, platform: Platform, readers: Sequence[ModuleType], answers: Answers, now: datetime) -> Poll:
    """Return what all *readers* read out of *answers*; one that fails becomes an entry of ``errors``."""
    errors = list(answers.errors)
    facts = list(merged(*_both(readers, answers, errors)))
    system = next((fact for fact in facts if isinstance(fact, System)), System(vendor=""))
    return Poll(
        device=device.name,
        at=now,
        up=True,
        by=tuple(name for name, said in (("snmp", answers.gets or answers.walks), ("ssh", answers.shows)) if said),
        system=replace(system, platform=platform.name),
        parts=tuple(fact for fact in facts if isinstance(fact, Part)),
        interfaces=tuple(fact for fact in facts if isinstance(fact, Interface)),
        neighbours=tuple(fact for fact in facts if isinstance(fact, Neighbour)),
        readings=tuple(fact for fact in facts if isinstance(fact, Reading)),
        seconds=answers.seconds,
        requests=answers.requests,
        unsupported=tuple(sorted({_name(ask) for ask in answers.unsupported})),
        errors=tuple(errors),
    )


def _both(readers: Sequence[ModuleType], answers: Answers, errors: list[str]) -> tuple[list[Fact], list[list[Fact]]]:
    """Return what SNMP said, and what the command line said to each command."""
    shows = [reader for reader in readers if hasattr(reader, "reads")]
    snmp = [fact for reader in readers if reader not in shows for fact in _read(reader, answers, errors)]
    # The inventory knows most about a part that several commands tell of: what comes first stays.
    said = sorted(answers.shows.items(), key=lambda pair: ("inventory" not in pair[0].command, pair[0].command))
    wrong: list[str] = []
    cli = [list(_outputs.facts(shows, text, show.command, wrong)) for show, text in said]
    errors += [SHELL + each if answers.gets or answers.walks else each for each in wrong]
    return snmp, cli


def _read(reader: ModuleType, answers: Answers, errors: list[str]) -> Iterator[Fact]:
    try:
        yield from reader.read(answers)
    except Exception as error:  # noqa: BLE001 - the boundary around one reader: a strange answer must not cost the whole poll
        errors.append(f"{reader.__name__.removeprefix('healthd.')}: {type(error).__name__}: {error}")


def _name(ask: Request) -> str:
    return ask.command if isinstance(ask, Show) else f"{ask.mib}::{ask.table}" if isinstance(ask, Walk) else ask.mib


def layout(poll: Poll) -> Layout:
    """Return the readings of *poll* that a sweep can ask again one by one: those with an OID and a number behind them."""
    swept = (r for r in poll.readings if r.oid and r.metric not in _NOT_SWEPT)
    readings = tuple(r for r in swept if isinstance(r.value if r.raw is None else r.raw, int | float))
    return Layout(device=poll.device, readings=readings, words=_words({r.source for r in readings}))


def awaiting(known: Layout, made: Layout) -> Layout:
    """Return *made* with the lost neighbours of *known*, so that the next sweeps ask for them, too; of very many the last ones."""
    gone = [r for r in _missing(known, made) if r.metric in _COME_BACK]
    readings = (*made.readings, *gone[-_AWAITED:])
    return Layout(device=made.device, readings=readings, words={**known.words, **made.words}) if gone else made


def _missing(known: Layout, made: Layout) -> Iterator[Reading]:
    """Yield what *made* lacks of *known*, unless its number or its item has another partner now."""
    told = {r.oid for r in made.readings} | {(r.metric, r.item) for r in made.readings}
    return (r for r in known.readings if r.oid not in told and (r.metric, r.item) not in told)


def remembered_by(known: Layout, poll: Poll) -> tuple[Poll, Layout]:
    """Return *poll*, whose answers broke off, with the names that its items have in *known*, and the layout of both.

    The table that names an item may be what was not heard: only a name that
    this poll did hear counts before the known one. What was not heard is still
    asked for by the sweeps, unless the item has another number now.
    """
    names, heard = {(r.metric, r.oid): r.item for r in known.readings}, _named(poll)
    readings = tuple(r if _table(r, heard) else replace(r, item=names.get((r.metric, r.oid), r.item)) for r in poll.readings)
    named = replace(poll, readings=readings)
    made = layout(named)
    readings = (*made.readings, *_missing(known, made))
    return named, Layout(device=poll.device, readings=readings, words={**known.words, **made.words})


def _named(poll: Poll) -> set[tuple[bool, str]]:
    """Return what *poll* heard the names of: whether it is a port, and its index. A port called by its long name may lack its short one."""
    return {(False, part.index) for part in poll.parts} | {(True, row.index) for row in poll.interfaces if row.name != row.description}


def _table(reading: Reading, heard: set[tuple[bool, str]]) -> bool:
    return (reading.metric.startswith("interface."), reading.index) in heard


def _words(sources: Collection[str]) -> dict[str, Mapping[int, str]]:
    """Return the words of the states among *sources*, out of all readers' WORDS."""
    told = (getattr(reader, "WORDS", {}) for reader in modules.every(collectors))
    return {source: words for each in told for source, words in each.items() if source in sources}


async def sweep(device: Device, layout: Layout, wire: Wire, now: datetime) -> Sweep:
    """Ask *device* for the numbers of *layout* again; a device that does not answer is a result, with the reason."""
    try:
        ticks, boots, engine, *values = await wire.sweep(device, (*CLOCKS, *layout.oids))
    except CollectError as error:
        return Sweep(device=device.name, at=now, values=(math.nan,) * len(layout.readings), up=False, reason=str(error))
    return Sweep(
        device=device.name,
        at=now,
        values=_scaled(values, layout.scales),
        uptime_s=clock(_whole(ticks), _whole(engine)),
        boots=_whole(boots),
        engine_s=_whole(engine),
    )


def _scaled(values: Sequence[Value | None], scales: Sequence[float]) -> tuple[float, ...]:
    pairs = zip(values, scales, strict=True)
    return tuple([value * scale if isinstance(value, (int, float)) else math.nan for value, scale in pairs])


def _whole(value: Value | None) -> int | None:
    return value if isinstance(value, int) else None
