"""What only the log tells stands for a day after its last line: the lines leave the window long before anybody has looked at the part."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from healthd.analysis.proofs.lines import RULE, lines
from healthd.model.event import Event
from healthd.model.finding import Condition, Finding
from healthd.model.history import History

LASTS = timedelta(days=1)


def lasting(standing: Iterable[Finding], found: Iterable[Finding], history: History, now: datetime) -> Iterator[Finding]:
    """Yield those of the *standing* findings of the rule ``hardware`` that are not *found* any more and last, as no good news ended them."""
    again = {each.key for each in found}
    left = [each for each in standing if each.rule == RULE and each.key not in again and now - _last(each, now) < LASTS]
    ended = {line.key for line in lines(history) if any(t.says is Condition.HEALTHY for t in line.those)} if left else frozenset()
    yield from (each for each in left if each.key not in ended)


def _last(found: Finding, now: datetime) -> datetime:
    """Return when the last line was; a finding without one is over."""
    return max((each.happened for each in found.evidence if isinstance(each, Event)), default=now - LASTS)
