"""A power supply does not deliver.

What: a supply whose state is not the working one. Failed, without input,
switched off and pulled out are different troubles with different remedies.
Why: a device with one supply left works and is no longer safe.
Remedy: prove the input first; then reseat, try another bay, replace.
Source: CISCO-ENTITY-FRU-CONTROL-MIB::cefcFRUPowerOperStatus, CISCO-ENVMON-MIB::ciscoEnvMonSupplyState.

An empty bay is no fault (IOS XE from 16.9 on reports it as offEnvOther), nor
is a redundant power system that is not connected. Where both MIBs speak of a
supply and disagree, neither is believed alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, Present, Words, earlier, lost, present
from healthd.analysis.rules._judgement import Judgement, filled, finding, owner
from healthd.analysis.states import state
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.observation import Observation, Part
from healthd.model.phrase import say

NEEDS = ("psu.state",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


Bay = Sequence[Present]
"""What the tables say of one supply, the better table first."""

GOOD = {"on", "normal"}
_INPUT = say("Check the power cord, the feed and the breaker first; then reseat the supply, and try it in another bay.")
_REPLACE = say("Confirm that its input is good, reseat it once, and replace the supply if it stays so.")
_ADMIN = say("It was switched off by configuration; switch it on again if that was not meant.")

JUDGEMENTS = {
    "offEnvOther": Judgement(
        Level.WARNING, say("Power supply {item} is off for a reason the device does not name"), Condition.UNPOWERED, _INPUT
    ),
    "offAdmin": Judgement(Level.WARNING, say("Power supply {item} is switched off by configuration"), Condition.UNPOWERED, _ADMIN),
    "offDenied": Judgement(
        Level.WARNING,
        say("Power supply {item} is kept off: the power system does not accept it"),
        Condition.UNPOWERED,
        say("Compare its model and rating with the other supplies and with the configured power mode."),
    ),
    "offEnvPower": Judgement(Level.WARNING, say("Power supply {item} has no input power"), Condition.UNPOWERED, _INPUT),
    "offEnvTemp": Judgement(
        Level.CRITICAL,
        say("Power supply {item} has shut down because it was too hot"),
        Condition.ENVIRONMENT,
        say("Check room temperature, air filters and fans before anything is replaced."),
    ),
    "offEnvFan": Judgement(Level.CRITICAL, say("Power supply {item} has shut down because a fan failed"), Condition.SUSPECT, _REPLACE),
    "failed": Judgement(Level.CRITICAL, say("Power supply {item} has failed"), Condition.FAILED, _REPLACE),
    "onButFanFail": Judgement(Level.WARNING, say("Power supply {item} works but its fan has failed"), Condition.SUSPECT, _REPLACE),
    "offCooling": Judgement(
        Level.WARNING,
        say("Power supply {item} is kept off because there is not enough cooling"),
        Condition.ENVIRONMENT,
        say("Check the fan trays and the air flow."),
    ),
    "offConnectorRating": Judgement(
        Level.WARNING,
        say("Power supply {item} is kept off because it exceeds the rating of its connector"),
        Condition.UNPOWERED,
        say("Compare the supply's model with what the chassis accepts."),
    ),
    "onButInlinePowerFail": Judgement(
        Level.WARNING, say("Power supply {item} works but gives no power to powered devices"), Condition.SUSPECT, _REPLACE
    ),
    "warning": Judgement(Level.WARNING, say("Power supply {item} is in a warning state"), Condition.SUSPECT, _INPUT),
    "critical": Judgement(Level.CRITICAL, say("Power supply {item} is in a critical state"), Condition.SUSPECT, _REPLACE),
    "shutdown": Judgement(Level.WARNING, say("Power supply {item} is shut down"), Condition.UNPOWERED, _INPUT),
    "notFunctioning": Judgement(Level.CRITICAL, say("Power supply {item} does not function"), Condition.SUSPECT, _INPUT),
}
_DISAGREE = Judgement(
    Level.WARNING,
    say("The device contradicts itself about power supply {item}: one table says {one}, another says {other}"),
    Condition.SUSPECT,
    say("Look at the supply's state on the command line before anything is replaced."),
)
_PULLED = Judgement(
    Level.WARNING,
    say("Power supply {item} is gone; it was there before"),
    Condition.ABSENT,
    say("Ask whether it was taken out on purpose; if not, find out why it is not seen any more."),
)
_BEHIND = Judgement(
    Level.WARNING,
    say("The redundant power system behind {item} does not work; the supply itself does"),
    Condition.UNPOWERED,
    say("Check the redundant power system and its cable. The switch's own supply is not at fault."),
)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per supply that does not deliver."""
    bays: dict[tuple[str, str], list[Present]] = defaultdict(list)
    for seen in present(history, "psu.state", now, limits.max_age):
        bays[seen.device, seen.reading.index].append(seen)
    for device in {name for name, _ in bays}:
        _pair(bays, device)
    for said in bays.values():
        # The FRU table knows more than ENVMON: its word comes first.
        said.sort(key=lambda s: "FRU" not in s.reading.source)
    for (device, _), said in bays.items():
        others = [bay for (name, _), bay in bays.items() if name == device]
        found = _judged(said, others, earlier(history, said[0]))
        if found:
            yield _counted(found, others)
    yield from _vanished(history, bays, limits, now)


def _pair(bays: dict[tuple[str, str], list[Present]], device: str) -> None:
    """Put the rows of both tables together where ENVMON counts by itself: in their order, if they agree on every supply.

    Catalyst 4500 and 6500 number the supplies 1 and 2 there, and by entPhysicalIndex in the FRU table.
    """
    own = sorted(((place, said) for place, said in bays.items() if place[0] == device), key=lambda each: _order(each[0][1]))
    better = [said for _, said in own if all("FRU" in s.reading.source for s in said)]
    counted = [(place, said) for place, said in own if not any("FRU" in s.reading.source for s in said)]
    if len(better) == len(counted) and all((a[0].word in GOOD) == (b[0].word in GOOD) for a, (_, b) in zip(better, counted, strict=True)):
        for said, (place, again) in zip(better, counted, strict=True):
            said.extend(again)
            del bays[place]


def _order(index: str) -> tuple[int, ...]:
    return tuple(int(number) for number in index.split(".") if number.isdigit())


def _vanished(history: History, bays: Mapping[tuple[str, str], Bay], limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield the supplies whose very rows are gone, as NX-OS, IOS XR and the routers tell of a supply that was pulled.

    Not those that went with their switch of a stack, nor those that only have another name since.
    """
    began = {(s.device, s.item): s.times[0] for s in history.series("psu.state") if s.times}
    apart = {s.device for s in lost(history, "stack.member.state", now, limits.max_age)}
    told: set[tuple[str, str]] = set()
    for seen in lost(history, "psu.state", now, limits.max_age, well=GOOD):
        place = (seen.device, seen.reading.index)
        others = [bay for (name, _), bay in bays.items() if name == seen.device]
        # What is remembered from before the window has not been renamed: other names of that time are still there.
        renamed = seen.at in history.window and any(began[seen.device, bay[0].reading.item] > seen.at.timestamp() for bay in others)
        moved = seen.device in apart or place in bays or place in told or renamed
        if not moved and earlier(history, seen) & GOOD:
            told.add(place)
            yield _counted(finding("psu", seen, _PULLED), others)


def _judged(said: Bay, others: Sequence[Bay], before: Words) -> Finding | None:
    seen, part = said[0], supply_part(said[0])
    if empty(said, others):
        return finding("psu", seen, _PULLED, part) if before & GOOD else None
    if seen.reading.item.endswith(" RPS"):
        return finding("psu", seen, _BEHIND) if seen.word in JUDGEMENTS else None
    if len({s.word in GOOD for s in said if s.word != "notPresent"}) == 2:
        return replace(finding("psu", seen, _DISAGREE, part, one=state(said[0].word), other=state(said[1].word)), evidence=_evidence(said))
    judgement = JUDGEMENTS.get(seen.word)
    return replace(finding("psu", seen, judgement, part), evidence=_evidence(said)) if judgement else None


def _evidence(said: Bay) -> tuple[Observation, ...]:
    return tuple(s.observation for s in said)


def empty(said: Bay, others: Sequence[Bay]) -> bool:
    """Say whether the bay holds no supply.

    ENVMON says notPresent; the FRU table has no such word and says
    offEnvOther, which counts as empty beside a notPresent or where the row
    has neither model nor serial number. Where no supply at all has either,
    the inventory cannot tell.
    """
    words = {s.word for s in said}
    if words <= {"notPresent", "offEnvOther"} and "notPresent" in words:
        return True
    return words == {"offEnvOther"} and not _known(said[0]) and any(_known(bay[0]) for bay in others)


def _known(seen: Present) -> bool:
    row = next((p for p in seen.poll.parts if p.index == seen.reading.index), None)
    return row is not None and bool(row.pid or row.serial)


def supply_part(seen: Present) -> Part | None:
    """Return the supply's own row; what holds it only where the supply is built in.

    A supply whose memory cannot be read has no PID: the chassis around it is not what fails.
    """
    row = next((p for p in seen.poll.parts if p.index == seen.reading.index and p.kind == "powerSupply"), None)
    if row is None or row.pid or row.serial or row.fru is not False:
        return row
    return owner(seen, ("powerSupply",))


def _counted(found: Finding, others: Sequence[Bay]) -> Finding:
    """Say how many supplies are left, where the device has more than one."""
    there = [bay[0] for bay in others if not empty(bay, others)]
    good = sum(s.word in GOOD for s in there)
    if len(there) < 2:
        return replace(found, summary=filled(say("{what}."), what=found.summary))
    return replace(found, summary=say("{what}; {good} of {all} supplies deliver power.", what=found.summary, good=good, all=len(there)))
