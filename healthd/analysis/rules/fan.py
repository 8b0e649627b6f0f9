"""A fan or fan tray does not run as it should.

What: fans that the device calls failed, stopped or degraded.
Why: with too little air the device first heats up and then shuts down.
Remedy: look for blocked air, reseat the tray, replace it.
Source: CISCO-ENVMON-MIB::ciscoEnvMonFanState, CISCO-ENTITY-FRU-CONTROL-MIB::cefcFanTrayOperStatus.

A fan that was never there is no fault, and the fan of a supply without input stands still for that reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, Present, Words, earlier, parents, present
from healthd.analysis.rules._judgement import Judgement, finding, owner
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("fan.state", "psu.state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


GOOD = {"up", "normal"}
_AIR = say("Look for blocked air and dust, reseat the fan tray, and replace it if it stays so.")

JUDGEMENTS = {
    "down": Judgement(Level.CRITICAL, say("Fan {item} is down."), Condition.FAILED, _AIR),
    "notFunctioning": Judgement(Level.CRITICAL, say("Fan {item} does not run."), Condition.FAILED, _AIR),
    "critical": Judgement(Level.CRITICAL, say("Fan {item} is in a critical state."), Condition.SUSPECT, _AIR),
    "shutdown": Judgement(Level.CRITICAL, say("Fan {item} is shut down."), Condition.SUSPECT, _AIR),
    "warning": Judgement(Level.WARNING, say("Fan {item} runs with a fault and should be replaced soon."), Condition.SUSPECT, _AIR),
    "unknown": Judgement(Level.UNKNOWN, say("The device does not say how fan {item} is."), None, say("Look at it on the command line.")),
}
_PULLED = Judgement(
    Level.WARNING,
    say("Fan {item} is gone; it was there before."),
    Condition.ABSENT,
    say("Ask whether the fan tray was taken out; most devices shut down after minutes without it."),
)
_UNPOWERED = Judgement(
    Level.WARNING,
    say("Fan {item} stands still because its power supply delivers nothing."),
    Condition.UNPOWERED,
    say("See the finding about the power supply; the fan needs nothing of its own."),
)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per fan that does not run as it should."""
    off = {(s.device, s.reading.index) for s in present(history, "psu.state", now, limits.max_age) if s.word not in ("on", "normal")}
    judged = [(s, _judgement(s, off, earlier(history, s))) for s in _single(present(history, "fan.state", now, limits.max_age))]
    ill = {(s.device, s.reading.index) for s, judgement in judged if judgement}
    for seen, judgement in judged:
        # The fans of a tray that is itself at fault are no further trouble.
        around = {(seen.device, part.index) for part in parents(seen.poll, seen.reading.index)} - {(seen.device, seen.reading.index)}
        if judgement and not around & ill:
            yield finding("fan", seen, judgement, owner(seen, ("fan", "module", "container")))


def _single(found: Iterable[Present]) -> Iterator[Present]:
    """Yield one state a fan: where both tables have its row, the FRU table's, unless ENVMON alone knows of a trouble."""
    rows: dict[tuple[str, str], list[Present]] = defaultdict(list)
    for seen in found:
        rows[seen.device, seen.reading.index].append(seen)
    for said in rows.values():
        yield min(said, key=lambda s: (s.word in GOOD, "FRU" not in s.reading.source))


def _judgement(seen: Present, off: set[tuple[str, str]], before: Words) -> Judgement | None:
    if seen.word == "notPresent":
        return _PULLED if before & GOOD else None
    judgement = JUDGEMENTS.get(seen.word)
    if judgement and judgement.verdict and any((seen.device, part.index) in off for part in parents(seen.poll, seen.reading.index)):
        return _UNPOWERED
    return judgement
