"""States over time: transitions and people's words on the past, made into spans without gaps."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from healthd.model.availability import Reclassification, Span, State, Transition
from healthd.model.interval import Interval

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
    for word in sorted(reclassifications, key=lambda r: (r.entered, r.interval)):
        found = _reclassified(found, word)
    return joined(found)


def joined(found: Iterable[Span]) -> tuple[Span, ...]:
    """Return *found*, sorted spans, with neighbours of one state, reason and author made one; empty ones are left out."""
    whole: list[Span] = []
    for span in found:
        last = whole[-1] if whole else None
        if last and replace(last, interval=span.interval, begun=span.begun) == span:
            whole[-1] = replace(last, interval=Interval(last.interval.start, span.interval.end))
        elif span.interval.length:
            whole.append(span)
    return tuple(whole)


def laid(span: Span, over: Span) -> list[Span]:
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
    start = word.interval.start
    over = Span(state=word.state, interval=word.interval, reason=word.reason, author=word.author, entered=word.entered, begun=start)
    fixed = State.UNMEASURED if word.state is not State.OUT_OF_SERVICE else None
    return [piece for span in found for piece in ([span] if span.state is fixed else laid(span, over))]
