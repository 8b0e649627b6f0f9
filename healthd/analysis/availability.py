"""Device availability: states over time, what they add up to, and the outages among them.

A device is in exactly one of six states at any moment, so that their times
always add up to the window. Availability is up ÷ (up + down); everything else
is shown beside it, never inside it. ``docs/availability.md`` has the formulas.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from healthd.analysis.restarts import RESTARTED
from healthd.model.availability import Availability, Outage, Span, State
from healthd.model.interval import Interval, union
from healthd.model.phrase import Percent
from healthd.model.timeline import joined, laid


def rebooted(states: Sequence[Span], reboots: Iterable[Outage]) -> tuple[Span, ...]:
    """Return *states* with the time of *reboots* as down; only time that was thought to be up changes."""
    found = list(states)
    for reboot in reboots:
        down = Span(state=State.DOWN, interval=reboot.interval, reason=reboot.reason)
        found = [piece for span in found for piece in (laid(span, down) if span.state is State.UP and not span.author else [span])]
    return joined(found)


def measure(device: str, states: Iterable[Span], window: Interval) -> Availability:
    """Return what the time of *window* was spent on; time that no span covers was not measured."""
    inside = tuple(replace(s, interval=part) for s in states if (part := s.interval.cut(window)))
    spent = {state: sum((s.interval.length for s in inside if s.state is state), timedelta(0)) for state in State}
    spent[State.UNMEASURED] += window.length - sum(spent.values(), timedelta(0))
    return Availability(
        device=device,
        window=window,
        up=spent[State.UP],
        down=spent[State.DOWN],
        unreachable=spent[State.UNREACHABLE],
        maintenance=spent[State.MAINTENANCE],
        unmeasured=spent[State.UNMEASURED],
        out_of_service=spent[State.OUT_OF_SERVICE],
        spans=inside,
    )


def outages(device: str, states: Iterable[Span], window: Interval, reboots: Iterable[Outage] = ()) -> tuple[Outage, ...]:
    """Return each loss of service inside *window*, oldest first; one that still lasts at its end is ongoing.

    Down time that touches is one outage, whatever its reasons. *reboots* that
    the states do not contain yet are laid over them first. What they say of
    a restart's reason counts: the states were written when the device had not been asked yet.
    """
    again, known = list(reboots), list(states)
    down = [s for s in rebooted(known, again) if s.state is State.DOWN and s.interval.cut(window)]
    blind = {s.interval.start for s in known if s.state is State.UNMEASURED}
    found = (_outage(device, whole, down, window, again) for whole in union(s.interval for s in down))
    return tuple(replace(o, unmeasured=not o.ongoing and o.interval.end in blind) for o in found)


def percent(fraction: float | None, digits: int = 2) -> str:
    """Return *fraction* (0 to 1) in percent, truncated: only all of it reads 100%; None is a dash."""
    if fraction is None:
        return "–"
    return "100%" if fraction >= 1 else str(Percent(fraction, digits))


def lost(states: Iterable[Span], window: Interval) -> timedelta:
    """Return the down time inside *window*."""
    return sum((s.interval.overlap(window) for s in states if s.state is State.DOWN), timedelta(0))


def _outage(device: str, whole: Interval, down: Iterable[Span], window: Interval, reboots: Iterable[Outage]) -> Outage:
    told = [r.reason for r in reboots if r.reason not in ("", RESTARTED) and whole.cut(r.interval)]
    reasons = dict.fromkeys(
        (*told, *(s.reason for s in down if s.reason and whole.cut(s.interval) and not (told and s.reason == RESTARTED)))
    )
    return Outage(
        device=device,
        interval=whole.cut(window) or whole,
        ongoing=whole.end >= window.end,
        reason="; ".join(reasons),
        reboot=any(whole.cut(r.interval) for r in reboots),
    )
