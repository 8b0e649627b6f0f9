"""Judging what was heard: findings that stand, and the events that they began or ended, in one transaction."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from healthd.analysis.judge import judge
from healthd.analysis.stream.changes import found_events, state_events
from healthd.daemon import garbage
from healthd.daemon.writer import Writer
from healthd.model.device import Customer, Device
from healthd.model.event import Event
from healthd.model.finding import Finding
from healthd.model.interval import Interval
from healthd.store import agreements, events, findings, states, transaction
from healthd.store.history import history

WINDOW = timedelta(hours=3)


@dataclass(kw_only=True)
class Judging:
    """Judges one customer's devices over the last hours, one judgement after the other: an older one never has the last word."""

    customer: Customer
    devices: Sequence[Device]
    writer: Writer
    now: Callable[[], datetime]
    tell: Callable[[Sequence[Event]], None] = lambda _events: None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def judge(self, heard: Sequence[str]) -> None:
        """Judge, keep the findings, and write down what began and what ended; only devices *heard* this cycle are cleared.

        The moment of judging comes after what was just written: a poll that
        lies at the end of the window would be outside of it, and everything
        that it read would seem lost.
        """
        async with self._turn:
            now = self.now()
            found = await asyncio.to_thread(self._judged, now)
            self.tell(await self.writer.do(_keep, self.customer.code, found, heard, now))

    def _judged(self, now: datetime) -> tuple[Finding, ...]:
        with garbage.heavy():
            return tuple(judge(history(self.customer, self.devices, Interval(now - WINDOW, now)), now))


@transaction.whole
def _keep(code: str, found: Sequence[Finding], heard: Sequence[str], now: datetime) -> tuple[Event, ...]:
    before = [_since(kept) for kept in findings.standing(code, now)]
    findings.see(code, found, now, heard=heard)
    after = [kept.finding for kept in findings.standing(code, now)]
    window = Interval(now - WINDOW, now)
    entered, said = states.entered(code, window), agreements.words(code, window)
    told = (*found_events(before, after, now), *state_events(entered, states.losses(code, entered), now, said))
    events.add(code, told)
    return told


def _since(kept: findings.Kept) -> Finding:
    """Return the finding with the earliest moment at which it is known to have stood."""
    return replace(kept.finding, since=min(kept.first_seen, kept.finding.since or kept.first_seen))
