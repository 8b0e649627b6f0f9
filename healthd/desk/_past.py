"""What a case's history says about time: its words to the customer, its pauses, and since when it has been how grave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

from healthd.desk import _replay
from healthd.desk._facts import known, machine, moment, reason, roles
from healthd.model.case import Case, Channel, Did, Entry, Priority, State
from healthd.model.clock import Pause, Why
from healthd.model.interval import Interval

DONE = frozenset({State.RESOLVED, State.CLOSED, State.SURVEYED})
STANDS = {State.WAITING: Why.CUSTOMER, State.RMA_PEND: Why.RMA, State.SALES: Why.SALES, **dict.fromkeys(DONE, Why.RESOLVED)}
CUSTOMERS = frozenset({Channel.WEB, Channel.MAIL, Channel.FAX})
TAKES = frozenset({Did.ACKNOWLEDGED, Did.STARTED, Did.CONTACTED, Did.RESOLVED})
CALLS = frozenset({Did.CONTACTED, Did.RESOLVED})


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry, and the case before and after it."""

    entry: Entry
    before: Case
    after: Case

    @property
    def at(self) -> datetime:
        return self.entry.at


def moments(case: Case, now: datetime) -> tuple[Moment, ...]:
    """Return what happened to *case* up to *now*, in its order."""
    return tuple(_moments(case, now))


def _moments(case: Case, now: datetime) -> Iterator[Moment]:
    before = _replay.begun(case.opening, case.number)
    for entry in _replay.history(case.entries):
        if entry.at > now and entry.did is not Did.OPENED:
            return
        after = _replay.stepped(before, entry)
        yield Moment(entry, before, after)
        before = after


def pauses(past: Sequence[Moment], now: datetime) -> tuple[Pause, ...]:
    """Return the spans in which clocks stand, oldest first; the last may still go on.

    A wait for the customer ends on its date, whether anybody has taken the
    case up again or not: nobody's clock stands because it was forgotten.
    """
    turns = [each for each in past if each.before.state is not each.after.state or each.entry.did is Did.WAITED]
    ends = [each.at for each in turns[1:]]
    return tuple(_pause(each, end, now) for each, end in zip_longest(turns, ends) if each.after.state in STANDS)


def _pause(start: Moment, ends: datetime | None, now: datetime) -> Pause:
    state = start.after.state
    until = moment(start.entry.fact("until")) if state is State.WAITING else None
    end = min((each for each in (ends, until) if each), default=None)
    why = Why.MAINTENANCE if start.entry.did is Did.WAITED and start.entry.fact("wait") == "maintenance" else STANDS[state]
    span = Interval(start.at, max(start.at, end or now))
    return Pause(span=span, why=why, text=reason(start.entry), ended=end is not None and end <= now)


@dataclass(frozen=True, slots=True)
class Grave:
    """Since *at* it had *priority*; *proposed* by the monitor or by a customer who did not call."""

    at: datetime
    priority: Priority
    proposed: bool


def priorities(past: Sequence[Moment]) -> tuple[Grave, ...]:
    """Return the priorities it had, in their order; the first since its opening.

    A proposal that a person turned down has never held: what the person says
    counts from when it was proposed.
    """
    found: list[Grave] = []
    for each in past:
        now = Grave(known(each.entry), each.after.priority, each.after.proposed)
        if each.before.proposed and not now.proposed:
            found = [_decided(grave, now.priority) for grave in found]
        if not found or (found[-1].priority, found[-1].proposed) != (now.priority, now.proposed):
            found.append(now)
    return tuple(found)


def _decided(grave: Grave, priority: Priority) -> Grave:
    return replace(grave, priority=max(priority, grave.priority), proposed=False) if grave.proposed else grave


def since(found: Sequence[Grave], priority: Priority) -> datetime:
    """Return since when it has been *priority* or graver without a break; it must be so now."""
    start = found[-1].at
    for each in reversed(found):
        if each.priority > priority:
            break
        start = each.at
    return start


def first(past: Sequence[Moment], acts: frozenset[Did]) -> datetime | None:
    """Return when a person first did one of *acts*."""
    return next((each.at for each in past if each.entry.did in acts and not machine(each.entry)), None)


def resolved(past: Sequence[Moment]) -> datetime | None:
    """Return since when it is resolved, None when it is not, or was opened again."""
    if not past or past[-1].after.state not in DONE:
        return None
    return next(each.at for each in reversed(past) if each.before.state not in DONE)


def words(past: Sequence[Moment]) -> tuple[datetime, ...]:
    """Return when the customer heard from the TAC, from the first call on, and when the case was opened again.

    Each begins a round of the update clock.
    """
    called = first(past, CALLS)
    return tuple(each.at for each in past if called and each.at >= called and (_speaks(each.entry) or _opens_again(each)))


def _speaks(entry: Entry) -> bool:
    """Is it a word of the TAC's to the customer? The monitor's notes are none, nor what the customer says."""
    customers = entry.channel in CUSTOMERS and not roles(entry)
    return not machine(entry) and not customers and (entry.did is Did.CONTACTED or (entry.visible and entry.did is not Did.TOLD))


def _opens_again(each: Moment) -> bool:
    return each.before.state in DONE and each.after.state not in DONE
