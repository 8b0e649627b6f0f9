"""Time in which we looked at nothing at all: healthd was off, or cut off itself."""

from collections.abc import Iterable

from healthd.model.availability import Availability, State
from healthd.model.interval import Interval, gaps

SEEN = frozenset({State.UP, State.DOWN, State.UNREACHABLE})


def unwatched(measured: Iterable[Availability], window: Interval) -> tuple[Interval, ...]:
    """Return the parts of *window* in which no device's state was measured; none when there is no device."""
    spans = [span for each in measured for span in each.spans]
    return gaps([span.interval for span in spans if span.state in SEEN], window) if spans else ()
