"""Judging what was heard: findings that stand, the events that they began or ended, and what is to be done on cases, in one transaction."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from healthd.analysis.judge import judge
from healthd.analysis.proofs.lasting import lasting
from healthd.analysis.stream.changes import STATES, found_events, is_told, state_events
from healthd.analysis.verdicts import verdicts
from healthd.casework import DESK, Judged, judged, work
from healthd.daemon import garbage
from healthd.daemon.writer import Writer
from healthd.model.device import Customer, Device
from healthd.model.event import Event
from healthd.model.finding import Finding
from healthd.model.interval import Interval
from healthd.model.verdict import Verdict
from healthd.store import agreements, events, findings, proofs, states, transaction
from healthd.store.history import history

WINDOW = timedelta(hours=3)


@dataclass(kw_only=True)
class Judging:
    """Judges one customer's devices over the last hours, one judgement after the other: an older one never has the last word.

    *desk* is the backend of cases where the customer's policy names none,
    *doubt* hears the verdicts, some of which lack a proof.
    """

    customer: Customer
    devices: Sequence[Device]
    writer: Writer
    now: Callable[[], datetime]
    tell: Callable[[Sequence[Event]], None] = lambda _events: None
    doubt: Callable[[Sequence[Verdict]], None] = lambda _verdicts: None
    desk: str = DESK
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
            self.tell(await self.writer.do(self._keep, found, heard, now))
            self.doubt(found.verdicts)

    def _judged(self, now: datetime) -> Judged:
        with garbage.heavy():
            past = history(self.customer, self.devices, Interval(now - WINDOW, now))
            standing = findings.standing(self.customer.code, now)
            first_seen = {kept.finding.key: _begun(kept) for kept in standing}
            found = judge(past, now, first_seen=first_seen)
            found = (*found, *lasting([kept.finding for kept in standing], found, past, now))
            looked = proofs.known(self.customer.code, [each.key for each in found])
            earlier = {key: each.proofs for key, each in looked.items()}
            return judged(found, verdicts(found, past, earlier, now, first_seen=first_seen), past)

    @transaction.whole
    def _keep(self, found: Judged, heard: Sequence[str], now: datetime) -> tuple[Event, ...]:
        told = _told(self.customer.code, found.found, heard, now)
        work(self.customer, found, heard, now, self.desk)
        return told


def _told(code: str, found: Sequence[Finding], heard: Sequence[str], now: datetime) -> tuple[Event, ...]:
    """Keep what was *found*, and return the events that it makes."""
    before = [replace(kept.finding, since=_begun(kept)) for kept in findings.standing(code, now)]
    findings.see(code, found, now, heard=heard)
    after = [kept.finding for kept in findings.standing(code, now)]
    told = (*found_events(before, after, now), *_entered(code, Interval(now - WINDOW, now)))
    events.add(code, told)
    return told


def _entered(code: str, window: Interval) -> Iterator[Event]:
    """Yield the states that were entered inside *window* and are not told yet."""
    entered = states.entered(code, window)
    told = events.kept(code, [kind for kind, _ in STATES.values()], {change.at for change in entered})
    new = {change.device for change in entered if not is_told(change, told)}
    if new:
        yield from state_events(states.courses(code, new, window), window, told, agreements.words(code, window))


def _begun(kept: findings.Kept) -> datetime:
    """Return the earliest moment at which the finding is known to have stood."""
    return min(kept.first_seen, kept.finding.since or kept.first_seen)
