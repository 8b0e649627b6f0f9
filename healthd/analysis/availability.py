"""Device availability: states over time, what they add up to, and the outages among them.

A device is in exactly one of six states at any moment, so that their times
always add up to the window. Availability is up ÷ (up + down); everything else
is shown beside it, never inside it. ``docs/availability.md`` has the formulas.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from healthd.model.availability import Availability, Outage, Reclassification, Span, State, Transition
from healthd.model.interval import Interval, union
from healthd.model.phrase import Percent

NEVER_PROBED = "not probed"
NOT_IN_SERVICE = "not in service"


def spans(
    transitions: Iterable[Transition], reclassifications: Iterable[Reclassification], window: Interval, *, in_service: bool = True
) -> tuple[Span, ...]:
    """Return the states of one device over *window*: sorted, without gaps, neighbours never alike.

    *transitions* are the device's, of any time and in any order; of two at one
    moment the later in the sequence counts. Before the first one nothing was
    measured. *reclassifications* are those that apply to the device; where two
    overlap, the one entered last counts.
    """
    if not in_service:
        return joined([Span(state=State.OUT_OF_SERVICE, interval=window, reason=NOT_IN_SERVICE)])
    found = _measured(sorted(transitions, key=lambda t: t.at), window)
    for word in sorted(reclassifications, key=lambda r: r.entered):
        found = _reclassified(found, word)
    return joined(found)


def rebooted(states: Sequence[Span], reboots: Iterable[Outage]) -> tuple[Span, ...]:
    """Return *states* with the time of *reboots* as down; only time that was thought to be up changes."""
    found = list(states)
    for reboot in reboots:
        down = Span(state=State.DOWN, interval=reboot.interval, reason=reboot.reason)
        found = [piece for span in found for piece in (_laid(span, down) if span.state is State.UP and not span.author else [span])]
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
    the states do not contain yet are laid over them first.
    """
    again = list(reboots)
    down = [s for s in rebooted(list(states), again) if s.state is State.DOWN and s.interval.cut(window)]
    return tuple(_outage(device, whole, down, window, again) for whole in union(s.interval for s in down))


def percent(fraction: float | None, digits: int = 2) -> str:
    """Return *fraction* (0 to 1) in percent, truncated: only all of it reads 100%; None is a dash."""
    if fraction is None:
        return "–"
    return "100%" if fraction >= 1 else str(Percent(fraction, digits))


def lost(states: Iterable[Span], window: Interval) -> timedelta:
    """Return the down time inside *window*."""
    return sum((s.interval.overlap(window) for s in states if s.state is State.DOWN), timedelta(0))


def joined(found: Iterable[Span]) -> tuple[Span, ...]:
    """Return *found*, sorted spans, with neighbours of one state, reason and author made one; empty ones are left out."""
    whole: list[Span] = []
    for span in found:
        last = whole[-1] if whole else None
        if last and (last.state, last.reason, last.author) == (span.state, span.reason, span.author):
            whole[-1] = replace(last, interval=Interval(last.interval.start, span.interval.end))
        elif span.interval.length:
            whole.append(span)
    return tuple(whole)


def _measured(ordered: Sequence[Transition], window: Interval) -> list[Span]:
    """Cut *window* at the transitions; the one before it says in which state it begins."""
    moments = [t.at for t in ordered]
    first = bisect_right(moments, window.start)
    entered: list[tuple[datetime, Transition | None]] = [(window.start, ordered[first - 1] if first else None)]
    entered += [(t.at, t) for t in ordered[first : bisect_right(moments, window.end)]]
    ends = [at for at, _ in entered[1:]] + [window.end]
    return [_span(change, Interval(at, end)) for (at, change), end in zip(entered, ends, strict=True) if at < end]


def _span(change: Transition | None, interval: Interval) -> Span:
    if change is None:
        return Span(state=State.UNMEASURED, interval=interval, reason=NEVER_PROBED)
    return Span(state=change.state, interval=interval, reason=change.reason, author=change.author)


def _reclassified(found: Sequence[Span], word: Reclassification) -> list[Span]:
    """Lay a person's word over the spans.

    Nobody can measure afterwards: unmeasured time stays so, whatever it is
    called, unless the device was not in service at all. This keeps a
    percentage of nothing from being talked into existence.
    """
    over = Span(state=word.state, interval=word.interval, reason=word.reason, author=word.author)
    fixed = State.UNMEASURED if word.state is not State.OUT_OF_SERVICE else None
    return [piece for span in found for piece in ([span] if span.state is fixed else _laid(span, over))]


def _laid(span: Span, over: Span) -> list[Span]:
    """Return *span* with the part that *over* covers replaced."""
    shared = span.interval.cut(over.interval)
    if shared is None:
        return [span]
    pieces = [
        replace(span, interval=Interval(span.interval.start, shared.start)),
        replace(over, interval=shared),
        replace(span, interval=Interval(shared.end, span.interval.end)),
    ]
    return [piece for piece in pieces if piece.interval.length]


def _outage(device: str, whole: Interval, down: Iterable[Span], window: Interval, reboots: Iterable[Outage]) -> Outage:
    reasons = dict.fromkeys(s.reason for s in down if s.reason and whole.cut(s.interval))
    return Outage(
        device=device,
        interval=whole.cut(window) or whole,
        ongoing=whole.end >= window.end,
        reason="; ".join(reasons),
        reboot=any(whole.cut(r.interval) for r in reboots),
    )
