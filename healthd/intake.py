"""From what arrives on the wire to events: whose it is, what it says, whether it came before.

A sender is known by the listener it reached and the address it sent from;
names in headers only inform. What an unknown sender says goes into
quarantine, which no rule reads. ``take`` computes, ``keep`` writes one batch
in one transaction, its share of the books included:

    in = out + held: quarantine + dropped: copy
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo

from healthd.analysis.stream.flaps import Damper
from healthd.analysis.stream.heard import SUPPRESSED
from healthd.analysis.stream.same import Doubles
from healthd.collectors.logs.classed import classed
from healthd.collectors.logs.syslog import Context, parse
from healthd.collectors.traps.decode import decode
from healthd.faultpoint import faultpoint
from healthd.model.counted import counted
from healthd.model.device import Customer, Device
from healthd.model.event import Event
from healthd.model.received import Notification, Received
from healthd.store import events, quarantine, tally, transaction

SKEW = timedelta(minutes=15)
MICRO = timedelta(microseconds=1)
SENT_AGAIN, AGAIN = timedelta(minutes=3), 10_000
STAGE_LOG, STAGE_TRAP = "syslog", "trap"
UNREAD = "log.unread"
"""The class of a message that no reader came to the end of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A device of the inventory, as a sender; *zone* is its customer's."""

    customer: str
    device: str
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Senders:
    """Who is who. *owners* names the customer whose devices a listener hears alone; other listeners hear everyone's."""

    by_address: Mapping[str, tuple[Sender, ...]]
    owners: Mapping[str, str] = field(default_factory=dict)

    def find(self, listener: str, address: str) -> Sender | None:
        """Return who sends from *address* to *listener*; None when nobody does, or several might."""
        owner = self.owners.get(listener)
        found = [s for s in self.by_address.get(address.removeprefix("::ffff:"), ()) if owner in (None, s.customer)]
        return found[0] if len(found) == 1 else None


def senders(customers: Iterable[Customer], devices: Iterable[Device], owners: Mapping[str, str] | None = None) -> Senders:
    """Return the senders of an inventory, by the address that it gives each device."""
    zones = {customer.code: customer.zone for customer in customers}
    found: defaultdict[str, list[Sender]] = defaultdict(list)
    for device in devices:
        found[device.address].append(Sender(customer=device.customer, device=device.name, zone=zones[device.customer]))
    return Senders(by_address={address: tuple(those) for address, those in found.items()}, owners=owners or {})


LOOKED_AT = frozenset({
    "asic", "bgp", "chassis", "clock", "diagnostic", "eigrp", "failover", "fan", "hsrp", "isis", "memory", "module", "ospf", "parity", "power",
    "psu", "redundancy", "stack", "stackpower", "temperature", "voltage", "vpc", "vrrp",
})  # fmt: skip
"""Parts of which a log line asks for a look, as polls tell their state, or their command line does. Ports are none: users' ports go up and down all day, and traps tell of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one handful of messages became. *hints* are the devices whose messages ask for a look, by customer."""

    events: Mapping[str, tuple[Event, ...]]
    strays: tuple[Event, ...] = ()
    hints: frozenset[tuple[str, str]] = frozenset()
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Intake:
    """Turns messages into events; remembers what came lately, to tell a copy that took another way."""

    senders: Senders
    doubles: Doubles = field(default_factory=Doubles)
    _dampers: defaultdict[str, Damper] = field(default_factory=lambda: defaultdict(Damper))
    _at: datetime | None = None
    _same: int = 0
    _numbers: OrderedDict[tuple[object, ...], datetime] = field(default_factory=OrderedDict)

    def take(self, messages: Sequence[Received | Notification]) -> Batch:
        """Return what *messages* became, in their order."""
        mine: defaultdict[str, list[Event]] = defaultdict(list)
        strays: list[Event] = []
        hints: set[tuple[str, str]] = set()
        counts: defaultdict[tuple[str, str], int] = defaultdict(int)
        for message in messages:
            sender = self.senders.find(message.listener, message.address)
            event = _read(message, sender, self._moment(message.at))
            stage = STAGE_TRAP if isinstance(message, Notification) else STAGE_LOG
            counts[stage, tally.IN] += 1
            if self.doubles.is_double(event) or (isinstance(message, Notification) and self._again(message)):
                counts[stage, "dropped: copy"] += 1
            elif sender is None:
                strays.append(event)
                counts[stage, "held: quarantine"] += 1
            else:
                mine[sender.customer].append(event)
                counts[stage, "out"] += 1
                if stage == STAGE_TRAP or event.kind.partition(".")[0] in LOOKED_AT:
                    hints.add((sender.customer, sender.device))
        for customer, those in mine.items():
            those += list(self._dampers[customer].heard(those))
        return Batch(
            events={customer: tuple(those) for customer, those in mine.items()},
            strays=tuple(strays),
            hints=frozenset(hints),
            counts=dict(counts),
        )

    def settled(self, now: datetime) -> Batch:
        """Return what is told because time has passed: ports that have stopped flapping."""
        return Batch(events={code: told for code, damper in self._dampers.items() if (told := tuple(damper.passed(now)))})

    def _moment(self, at: datetime) -> datetime:
        """Return *at*, a little later for each message that came at the same moment: two that are alike stay two, in their order."""
        self._same = self._same + 1 if at == self._at else 0
        self._at = at
        return at + self._same * MICRO

    def _again(self, message: Notification) -> bool:
        """Say whether *message* was sent again because its answer got lost: same sender, number and content."""
        key = (message.address, message.request, message.oid, message.variables)
        before = self._numbers.pop(key, None)
        self._numbers[key] = message.at
        if len(self._numbers) > AGAIN:
            self._numbers.popitem(last=False)
        return before is not None and abs(message.at - before) <= SENT_AGAIN


def _read(message: Received | Notification, sender: Sender | None, received: datetime) -> Event:
    """Return what *message* says; one that healthd fails on is kept as it came."""
    context = Context(
        received=received,
        device=sender.device if sender else "",
        source=message.way,
        address=message.address,
        zone=UTC,
        home=sender.zone if sender else None,
    )
    try:
        return classed(_understood(message, context, sender))
    except Exception as error:  # noqa: BLE001 - the boundary around one message: a strange one must not cost the whole batch
        raw = message.raw if isinstance(message, Notification) else message.data
        return replace(_bare(context, raw), kind=UNREAD, text=f"healthd failed on it: {type(error).__name__}")


def _bare(context: Context, raw: bytes) -> Event:
    return Event(device=context.device, received=context.received, kind="", source=context.source, address=context.address, raw=raw)


def _understood(message: Received | Notification, context: Context, sender: Sender | None) -> Event:
    if isinstance(message, Notification):
        return decode(message.oid, message.variables, context)
    event = parse(message.data, context)
    if sender is None or event.at is None or abs(event.at - message.at) <= SKEW:
        return event
    # Clocks that show local time without saying so: the reading that lies nearer to the arrival is the right one.
    local = parse(message.data, replace(context, zone=sender.zone))
    return local if local.at and abs(local.at - message.at) < abs(event.at - message.at) else event


def suppressed(by_address: Mapping[str, int], way: str, senders: Senders, listener: str, now: datetime) -> tuple[tuple[str, Event], ...]:
    """Return one summary event for each known sender that was held to its rate: customer, and how many lines were not kept."""
    found = ((senders.find(listener, address), address, number) for address, number in sorted(by_address.items()) if number)
    return tuple(
        (
            sender.customer,
            Event(
                device=sender.device,
                received=now,
                kind=SUPPRESSED,
                source=way,
                address=address,
                severity=4,
                text=f"{counted(number, 'message')} above the rate {'was' if number == 1 else 'were'} not kept",
                variables=(("number", str(number)),),
            ),
        )
        for sender, address, number in found
        if sender
    )


@transaction.whole
def keep(batch: Batch, now: datetime) -> None:
    """Write *batch* and its share of the books, all of it or nothing."""
    for customer, those in sorted(batch.events.items()):
        events.add(customer, those)
    if batch.strays:
        quarantine.add(batch.strays)
    tally.add(now, batch.counts)
    faultpoint("intake.before_commit")
