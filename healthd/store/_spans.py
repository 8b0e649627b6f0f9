"""Transitions and people's words on the past, made into spans without gaps."""

from collections.abc import Sequence
from datetime import datetime

from healthd.model.availability import Reclassification, Span, State, Transition
from healthd.model.interval import Interval


def fold(transitions: Sequence[Transition], said: Sequence[Reclassification], window: Interval) -> tuple[Span, ...]:
    """Return the states over the whole *window*: sorted, without gaps, neighbours of the same kind joined.

    *transitions* are one device's, among them the last before the window; time
    before the first is not measured. Where two of *said* overlap, the one
    entered later counts.
    """
    spans = _states(transitions, window)
    for word in sorted(said, key=lambda each: (each.entered, each.interval)):
        spans = _overlaid(spans, word, window)
    return _joined(spans)


def _states(transitions: Sequence[Transition], window: Interval) -> list[Span]:
    spans: list[Span] = []
    state, reason, author, since = State.UNMEASURED, "", "", window.start
    for each in sorted(transitions, key=lambda each: each.at):
        if each.at >= window.end:
            break
        if each.at > since:
            spans.append(Span(state=state, interval=Interval(since, each.at), reason=reason, author=author))
            since = each.at
        state, reason, author = each.state, each.reason, each.author
    if since < window.end:
        spans.append(Span(state=state, interval=Interval(since, window.end), reason=reason, author=author))
    return spans


def _overlaid(spans: list[Span], word: Reclassification, window: Interval) -> list[Span]:
    inside = word.interval.cut(window)
    if inside is None:
        return spans
    made = []
    for span in spans:
        for start, end in ((span.interval.start, inside.start), (inside.end, span.interval.end)):
            if part := _between(span, max(start, span.interval.start), min(end, span.interval.end)):
                made.append(part)
    made.append(Span(state=word.state, interval=inside, reason=word.reason, author=word.author))
    return sorted(made, key=lambda span: span.interval)


def _between(span: Span, start: datetime, end: datetime) -> Span | None:
    if start >= end:
        return None
    return Span(state=span.state, interval=Interval(start, end), reason=span.reason, author=span.author)


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and (last := joined[-1]) and (last.state, last.reason, last.author) == (span.state, span.reason, span.author):
            joined[-1] = Span(
                state=last.state, interval=Interval(last.interval.start, span.interval.end), reason=last.reason, author=last.author
            )
        else:
            joined.append(span)
    return tuple(joined)
