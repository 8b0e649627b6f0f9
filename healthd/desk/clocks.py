"""The clocks of a case: response, contact, update and resolution, computed from its entries and nothing else.

Which promise binds: that of P2 holds from when the case has been P2 or graver
without a break, and so for each priority down to the present one; the one that
runs out first is the clock. So a raise counts from the raise (or from the time
its entry gives), makes nothing due later, and a lowering falls back on the
promise that held all along. What ran out before a lowering has run out.

A clock begins at the case's true time, which a person may enter late; for a
case of the monitor's when the desk was told, however long it had watched.

What stands when: waiting for the customer and agreed maintenance stop update
and resolution; a part on its way stops the resolution where that is agreed;
without contract nothing runs. A case opened again goes on where it stopped.
Response and contact never stand.

The update clock begins with the TAC's first word to the customer, and anew
with each; before that, response and contact are what counts.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from healthd.desk import _past, hours
from healthd.desk._facts import known
from healthd.desk._past import Grave, Moment
from healthd.desk.hours import Hours
from healthd.model.case import Case, Priority, State
from healthd.model.clock import Clock, Kind, Pause, Why
from healthd.model.device import Customer
from healthd.model.interval import Interval, utc
from healthd.model.tac import Promise, Tac

STOPS = {
    Kind.RESPONSE: frozenset({Why.SALES}),
    Kind.CONTACT: frozenset({Why.SALES}),
    Kind.UPDATE: frozenset(Why) - {Why.RMA},
    Kind.RESOLUTION: frozenset(Why),
}
Promised = Callable[[Priority], Promise]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The promise that binds: from *start*, for *length*, in *hours*, not counting *pauses*; it runs out when it is *due*."""

    priority: Priority
    start: datetime
    length: timedelta
    hours: Hours
    pauses: tuple[Pause, ...]
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What counts for one case: what is *past*, the *hours*, what is *promised* by priority, the *pauses*, its *graves* in time, *now*."""

    past: tuple[Moment, ...]
    hours: Hours
    promised: Promised
    pauses: tuple[Pause, ...]
    graves: tuple[Grave, ...]
    now: datetime

    def until(self, met: datetime | None) -> "Terms":
        """Return the terms as they were when the clock was *met*: what came later does not move its due time.

        It may be met before it begins, as where a person was quicker than the monitor.
        """
        if met is None:
            return self
        graves = tuple(each for each in self.graves if each.at <= met) or self.graves[:1]
        return replace(self, graves=graves, pauses=tuple(each for each in self.pauses if each.span.start < met), now=met)


def clocks(case: Case, customer: Customer | None, tac: Tac, now: datetime) -> tuple[Clock, ...]:
    """Return the clocks of *case* as they stood at *now*, in the order of Kind; none for what nobody promised, and none at sales.

    *customer* gives the contract with its hours, the zone and the holidays.
    """
    past = _past.moments(case, utc(now))
    if not past or past[-1].after.state is State.SALES:
        return ()
    state = past[-1].after
    level = state.detail("level") or (customer.contract.level if customer and customer.contract else "")
    terms = Terms(
        past=past,
        hours=hours.of(customer, tac),
        promised=lambda priority: tac.promised(priority, level),
        pauses=_past.pauses(past, utc(now)),
        graves=_past.priorities(past),
        now=utc(now),
    )
    found = (
        _once(terms, Kind.RESPONSE, _past.first(past, _past.TAKES)),
        _once(terms, Kind.CONTACT, _past.first(past, _past.CALLS)),
        _update(terms),
        _once(terms, Kind.RESOLUTION, _past.resolved(past)),
    )
    return tuple(each for each in found if each)


def _once(terms: Terms, kind: Kind, met: datetime | None) -> Clock | None:
    """Return a clock that runs until *met*, from the opening, or from when the monitor told of what it had seen begin."""
    return _clock(terms, kind, known(terms.past[0].entry), met)


def _update(terms: Terms) -> Clock | None:
    """Return the round that began with the last word; the earlier ones are counted where they ran out."""
    words, met = _past.words(terms.past), _past.resolved(terms.past)
    starts = [each for each in words if met is None or each < met]
    rounds = [_clock(terms, Kind.UPDATE, start, end) for start, end in zip(starts, [*starts, met][1:], strict=True)]
    if not rounds or rounds[-1] is None:
        return None
    return replace(rounds[-1], missed=sum(1 for each in rounds[:-1] if each and each.breached))


def _clock(terms: Terms, kind: Kind, start: datetime, met: datetime | None) -> Clock | None:
    then = terms.until(met)
    bound = _bound(then, kind, then.graves, start)
    if bound is None:
        return None
    standing = next((each for each in bound.pauses if met is None and not each.ended), None)
    return Clock(
        kind=kind,
        priority=bound.priority,
        started=bound.start,
        promise=bound.length,
        due=bound.due,
        used=bound.hours.worked(Interval(bound.start, max(bound.start, then.now)), _spans(bound.pauses)),
        met=met,
        breached=_breached(then, kind, start),
        paused=standing.span.start if standing else None,
        pause=standing,
    )


def _bound(terms: Terms, kind: Kind, graves: Sequence[Grave], start: datetime) -> Bound | None:
    """Return the promise that runs out first of those that hold after *graves*; the graver one when two do together."""
    held = (each for each in Priority if each >= graves[-1].priority)
    found = (_promise(terms, kind, priority, max(start, _past.since(graves, priority))) for priority in held)
    return min((each for each in found if each), key=lambda each: (each.due, each.priority), default=None)


def _promise(terms: Terms, kind: Kind, priority: Priority, start: datetime) -> Bound | None:
    promise = terms.promised(priority)
    length: timedelta | None = getattr(promise, kind.value)
    if length is None:
        return None
    counted = hours.always(terms.hours.zone) if promise.round_the_clock else terms.hours
    stops = STOPS[kind] - (frozenset() if promise.rma_stops else {Why.RMA})
    pauses = tuple(each for each in terms.pauses if each.why in stops)
    due = counted.due(start, length, _spans(pauses))
    return Bound(priority=priority, start=start, length=length, hours=counted, pauses=pauses, due=due)


def _breached(terms: Terms, kind: Kind, start: datetime) -> datetime | None:
    """Return when its time first ran out, whatever was promised after that."""
    ends = [*(each.at for each in terms.graves[1:]), terms.now]
    for n, (last, end) in enumerate(zip(terms.graves, ends, strict=True), 1):
        bound = _bound(terms, kind, terms.graves[:n], start)
        if bound and (ran_out := max(bound.due, last.at)) < end:
            return ran_out
    return None


def _spans(pauses: Iterable[Pause]) -> tuple[Interval, ...]:
    return tuple(each.span for each in pauses)
