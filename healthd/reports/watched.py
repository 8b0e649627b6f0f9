"""A history that believes a state no longer than somebody looked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from healthd.analysis.reachability import NOT_PROBED, Confirm
from healthd.model import timeline
from healthd.model.availability import Span, State
from healthd.model.history import History
from healthd.model.interval import Interval

KNOWN = (State.UP, State.DOWN, State.UNREACHABLE)


@dataclass(frozen=True, kw_only=True)
class Watched:
    """*past*, in which nothing is known of a device after it was last *probed*.

    Only changes of state are stored, so a device that was up when we stopped
    looking would otherwise be up for ever.
    """

    past: History
    probed: Mapping[str, datetime]

    def __getattr__(self, name: str) -> Any:
        """Everything else is the past's own."""
        return getattr(self.past, name)

    def spans(self, device: str) -> Sequence[Span]:
        """Return the states of *device*; after the last look nothing was measured, whatever the state was then."""
        found, last, end = self.past.spans(device), self.probed.get(device), self.past.window.end
        if last is None or end - last <= Confirm().gap:
            return found
        blind = Span(state=State.UNMEASURED, interval=Interval(last, end), reason=NOT_PROBED)
        return timeline.joined(piece for s in found for piece in (timeline.laid(s, blind) if s.state in KNOWN else [s]))
