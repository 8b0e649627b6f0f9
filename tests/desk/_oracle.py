"""The clocks once more, minute by minute, in other words than the code's: a stopwatch for each priority.

Every minute, the stopwatch of each priority runs if the case is at least so
grave, service is on, and nothing stops it; it goes back to zero when the case
is less grave than that. A promise has run out when the stopwatch of a priority
from the present one down has reached it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.model.case import Priority

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Minute:
    """What is so in one minute: the *priority*, and whether the clock *stands* for each of them."""

    priority: Priority
    stands: bool


@dataclass
class Stopwatch:
    used: dict[Priority, timedelta]
    ran_out: datetime | None = None

    def left(self, priority: Priority, promises: dict[Priority, timedelta]) -> timedelta:
        return min(promises[each] - self.used[each] for each in promises if each >= priority)


def run(
    minutes: Sequence[tuple[datetime, Minute]],
    promises: dict[Priority, timedelta],
    served: Callable[[Priority, datetime], bool],
) -> Stopwatch:
    """Run the stopwatches through *minutes* and return them with when the time first ran out (the minute's beginning)."""
    watch = Stopwatch(dict.fromkeys(Priority, timedelta(0)))
    for at, now in minutes:
        for each in Priority:
            if each < now.priority:
                watch.used[each] = timedelta(0)
        if watch.ran_out is None and any(watch.used[each] >= promises[each] for each in promises if each >= now.priority):
            watch.ran_out = at
        for each in Priority:
            if each >= now.priority and not now.stands and served(each, at):
                watch.used[each] += MINUTE
    return watch
