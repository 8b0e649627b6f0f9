"""Supplies that were lost together: then the feed is what they have in common, and no supply is at fault.

All supplies of a chassis at once, or several of one device or one site within
minutes: that is a breaker, a feed, a power strip. And a supply whose own
reading of its input says that there is none has not failed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from healthd.analysis.present import Present, parents
from healthd.analysis.proofs.current import Current
from healthd.analysis.proofs.places import UNSAID, agreement, place
from healthd.analysis.proofs.seen import way
from healthd.analysis.proofs.words import means
from healthd.analysis.rules.psu import GOOD
from healthd.model.finding import Condition, Finding
from healthd.model.history import History
from healthd.model.observation import Reading
from healthd.model.phrase import say
from healthd.model.verdict import Proof, Way

TOGETHER = timedelta(minutes=2)
"""Sweeps ask all devices of a customer at one moment; what they see first in the same round happened between the same two looks."""
DARK_V = 15.0
"""Less input than this feeds nothing: DC supplies begin at some 18 V (Cisco 800M, IE) and AC ones at 85 V."""
_INPUT = re.compile(r"\b(?:v ?in|vin|input(?: voltage)?|(?:ac|dc) in(?:put)?)\b", re.IGNORECASE)
_LOST = (Condition.FAILED, Condition.SUSPECT, Condition.UNPOWERED)


def together(found: Sequence[Finding], current: Current) -> Mapping[str, Proof]:
    """Return by the key of its finding why a lost supply shares its fate with others."""
    lost = {f.key: f for f in found if f.rule == "psu" and f.verdict in _LOST}
    said = dict(_at_once(list(lost.values()), current.history))
    return {**said, **dict(_whole_chassis(lost, current))}


def _at_once(lost: Sequence[Finding], history: History) -> Iterator[tuple[str, Proof]]:
    site = {device.name: device.site or device.name for device in history.devices}
    fell = [f for f in lost if f.since and history.words("psu.state", f.device, f.item) & GOOD]
    for one in fell:
        same = [f for f in fell if site[f.device] == site[one.device] and abs(_at(f) - _at(one)) <= TOGETHER]
        if len(same) > 1:
            text = say("{count} supplies were lost at the same time: they share a feed.", count=len(same))
            yield one.key, Proof(way=Way.SNMP, at=_at(one), says=Condition.UNPOWERED, text=text, source="psu.state")


def _at(found: Finding) -> datetime:
    assert found.since is not None  # noqa: S101 - those without are left out before
    return found.since


def _whole_chassis(lost: Mapping[str, Finding], current: Current) -> Iterator[tuple[str, Proof]]:
    bays: dict[tuple[str, str], dict[str, list[Present]]] = defaultdict(lambda: defaultdict(list))
    for seen in (each for device in {found.device for found in lost.values()} for each in current.of("psu.state", device)):
        # A redundant power system outside of the chassis is no supply of it.
        if means("psu.state", seen.word) is not Condition.ABSENT and not seen.reading.item.endswith(" RPS"):
            bays[seen.device, _chassis(seen)][seen.reading.index].append(seen)
    for (device, _), supplies in bays.items():
        if len(supplies) > 1 and not any(s.word in GOOD for said in supplies.values() for s in said):
            yield from _all_dark(device, supplies, lost)


def _all_dark(device: str, supplies: Mapping[str, Sequence[Present]], lost: Mapping[str, Finding]) -> Iterator[tuple[str, Proof]]:
    text = say(
        "All {count} supplies deliver nothing, and the device works: it is their feed, or how the device reads them.", count=len(supplies)
    )
    for key, found in lost.items():
        if found.device == device and found.index in supplies:
            seen = supplies[found.index][0]
            yield key, Proof(way=way(seen.reading.source), at=seen.at, says=Condition.UNPOWERED, text=text, source=seen.reading.source)


def _chassis(seen: Present) -> str:
    return next((part.index for part in parents(seen.poll, seen.reading.index) if part.kind == "chassis"), "")


def without_input(item: str, readings: Iterable[Reading], at: datetime) -> Iterator[Proof]:
    """Yield why the supply called *item* has no input, where one of *readings* of the same moment *at* measures it."""
    where = place(item)
    for reading in readings:
        value = reading.value
        if reading.metric == "voltage" and isinstance(value, int | float) and value < DARK_V and _INPUT.search(reading.item):
            if not where or agreement(where, place(_INPUT.sub(" ", reading.item))) <= UNSAID:
                continue
            text = say("{item} measures {value} V: no input.", item=reading.item, value=value)
            yield Proof(way=way(reading.source), at=at, says=Condition.UNPOWERED, text=text, source=reading.source, raw=str(value))
