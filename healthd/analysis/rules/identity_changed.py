"""The hardware at an address is not what it was.

What: serial numbers of chassis that were there inside the window are gone, and others have come.
Why: contracts and replacements go by serial number. After a swap the old unit's troubles are over; if nobody
swapped anything, another device answers at this address, and its history must not be mixed with this one's.
Remedy: compare with the work orders; correct the inventory and the contract.
Source: ENTITY-MIB::entPhysicalSerialNum of all chassis, as a set: members of a stack may come in any order.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from healthd.model.device import Device
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.observation import Observation
from healthd.model.phrase import say
from healthd.model.poll import Poll, Series

NEEDS = ("hardware.serial", "poll")
Serials = Mapping[str, tuple[float, float, Observation]]
"""Serial number to when it was first and last seen, with the last reading of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Nothing to set."""


_ADVICE = say("Compare with the work that was done; then correct the inventory and tell whoever keeps the contract.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per device of which a chassis was exchanged inside the window."""
    del limits, now
    told: defaultdict[str, list[Series]] = defaultdict(list)
    for series in history.series("hardware.serial"):
        told[series.device].append(series)
    for device in history.devices:
        poll = history.poll(device.name)
        if poll and told[device.name]:
            yield from _changed(device, poll, told[device.name])


def _changed(device: Device, poll: Poll, series: list[Series]) -> Iterator[Finding]:
    chassis = {part.index for part in poll.parts if part.kind == "chassis"}
    seen = _seen([s for s in series if s.index in chassis])
    newest = max((last for _, last, _ in seen.values()), default=0.0)
    oldest = min((first for first, _, _ in seen.values()), default=0.0)
    there = {serial for serial, (_, last, _) in seen.items() if last == newest}
    new = sorted(serial for serial in there if seen[serial][0] > oldest)
    gone = sorted(set(seen) - there)
    if new and gone:
        whole = not there - set(new)
        yield Finding(
            rule="identity_changed",
            device=device.name,
            level=Level.WARNING if whole else Level.NOTICE,
            summary=say("The serial number changed from {old} to {new}.", old=", ".join(gone), new=", ".join(new)),
            since=datetime.fromtimestamp(min(seen[s][0] for s in new), UTC),
            evidence=tuple(seen[s][2] for s in (*gone, *new)),
            serial=new[0],
            advice=_ADVICE,
        )


def _seen(series: list[Series]) -> Serials:
    found: dict[str, tuple[float, float, Observation]] = {}
    for one in series:
        if one.reading is None:
            continue
        for at, serial in zip(one.times, one.values, strict=True):
            word = str(serial)
            first, last, _ = found.get(word, (at, at, None))
            seen = Observation(one.device, datetime.fromtimestamp(at, UTC), replace(one.reading, value=word))
            found[word] = (min(first, at), max(last, at), seen)
    return found
