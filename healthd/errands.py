"""From the case client's wishes to the desks: lease what is due, search before repeating, keep what became of it.

No desk promises exactly-once. So an errand that may have been done is let
rest for a while (a slow server may still be at it), then searched for, and
only then repeated; a while after every opening its doubles are looked for,
and all but the oldest are closed. What a desk refuses for good waits for a
person; what it cannot do now is tried again for as long as it takes, in the
order of each case, and nothing else waits for it. What people do on the desk
comes back as words.
"""

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from healthd.caseclient.backend import Backend
from healthd.errors import DeskError
from healthd.faultpoint import faultpoint
from healthd.model.action import Filed, Open, Reopen, Ticket, Word
from healthd.model.phrase import Phrase, say
from healthd.model.record import Head
from healthd.model.setting import bound, check, chosen
from healthd.store import errands, filed
from healthd.store.errands import Errand
from healthd.store.transaction import whole

log = logging.getLogger("healthd.errands")
LEASE = timedelta(minutes=10)
FIRST, LONGEST = timedelta(seconds=15), timedelta(minutes=5)
ROW, LONGEST_REST = 10, timedelta(minutes=1)
"""Failures in a row after which a desk is taken to be down, and is let rest: longer and longer, up to this."""
CHECKS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=1))
"""When doubles are looked for: once behind every opening; as often as this where an answer was lost."""
PUT_OFF = timedelta(minutes=5)
"""When doubles are looked for again where one ticket could not be read."""
AFTER_END = timedelta(days=7)
"""How long a ticket is looked at that is over: people take cases up again."""
OVERLAP = timedelta(minutes=10)
"""How far words are read back: clocks differ, and so do the moments at which things become visible."""

UNFIT = (LookupError, TypeError, ValueError, AttributeError)
"""What reading raises when an answer has not the form that the system's documents give it."""

Heard = Callable[[str, str, Ticket, Sequence[Word]], None]
"""Takes a case's customer, token, new ticket and new words, inside the transaction that keeps them."""
Alarm = Callable[[str, Phrase], None]
"""Takes what an alarm is about (the same for the same trouble) and what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Table ``[case]``: the desk that cases go to (when empty the service center's, as ``tac.yaml`` says), and how patiently.

    *quiet_s* is how long a request whose answer was lost is let rest, at
    least as long as a desk may take over one. *words_s* is how often each
    open ticket is looked at, *owing_s* after which delay a desk that does
    not work raises an alarm.
    """

    backend: str = ""
    language: str = chosen("en", "en", "zh-CN")
    quiet_s: float = bound(60.0, least=1, most=3600)
    words_s: float = bound(300.0, least=10, most=86_400)
    owing_s: float = bound(900.0, least=60)

    def __post_init__(self) -> None:
        check(self)


def _unfit(error: Exception) -> DeskError:
    return DeskError(f"the desk answered in a form that nobody expects ({type(error).__name__}: {error})", unsure=True)


def _is_of_one(error: Exception) -> bool:
    """Say whether *error* is about one ticket, not about the desk as a whole: away, busy, or deaf to our login."""
    if not isinstance(error, DeskError):
        return True
    return not error.again or (200 <= error.status < 500 and error.status not in (401, 408, 429))


def no_heard(_customer: str, _token: str, _ticket: Ticket, _words: Sequence[Word]) -> None:
    """Tell nobody."""


def no_alarm(_about: str, _said: Phrase) -> None:
    """Raise no alarm."""


@dataclass(slots=True, kw_only=True)
class Worker:
    """Does the errands of one *desk*. *owner* names this process in leases, *tell* says a phrase in the desk's language."""

    owner: str
    desk: Backend
    settings: Settings = field(default_factory=Settings)
    heard: Heard = no_heard
    alarm: Alarm = no_alarm
    tell: Callable[[Phrase], str] = str
    spread: Callable[[], float] = random.random
    _row: int = 0
    _rest: datetime | None = None
    _looked: dict[str, datetime] = field(default_factory=dict)
    _unread: dict[str, datetime] = field(default_factory=dict)

    def due(self, now: datetime, most: int = 10) -> int:
        """Do what is due at *now*, at most *most* errands; return how many were taken up (0 while the desk is let rest)."""
        if self._rest and now < self._rest:
            return 0
        self._rest = None
        leased = errands.lease(self.owner, now, length=LEASE, backend=self.desk.name, most=most)
        until, rest = time.monotonic() + LEASE.total_seconds() / 2, list(leased)
        try:
            while rest and not self._rest and time.monotonic() <= until:
                self._one(rest.pop(0), now)
        finally:
            for other in rest:
                errands.released(other, self._rest or now)
        return len(leased)

    def _one(self, errand: Errand, now: datetime) -> None:
        try:
            self._done(errand, now)
        except DeskError as error:
            self._failed(errand, error, now)
        except UNFIT as error:
            self._failed(errand, _unfit(error), now)
        except Exception as error:
            # Whatever it is, it is this errand's: the others of the batch must not wait for it.
            log.exception("errand %s came to nothing", errand.id)
            self._failed(errand, DeskError(f"{type(error).__name__}: {error}", unsure=True), now)
        else:
            self._row = 0

    def _done(self, errand: Errand, now: datetime) -> None:
        known = filed.filed(errand.token)
        ticket = known.ticket if known else self.desk.find(errand.token)
        action = errand.action
        if isinstance(action, Open):
            ticket = ticket or self.desk.open(action)
            faultpoint("errands.after_create")
            _kept(errand, ticket, now)
            return
        if ticket is None:
            raise DeskError(f"there is no case {errand.token} on {self.desk.name}: it was never opened there, or was deleted", again=False)
        if not known:
            filed.keep(errand.customer, errand.token, Filed(ticket=ticket), now)
        self.desk.do(ticket, action)
        if isinstance(action, Reopen) and known:
            # What the desk says, not what we hoped for: some cases lead on to nowhere, and their trouble needs another case.
            filed.keep(errand.customer, errand.token, replace(known, ticket=self.desk.find(errand.token) or ticket), now)
        errands.done(errand, now)

    def _failed(self, errand: Errand, error: DeskError, now: datetime) -> None:
        if error.status == 404 and not isinstance(errand.action, Open):
            errands.left(errand, now, f"the case is gone on {self.desk.name}: {error}")
            return
        if not error.again:
            said = say(
                "{desk} refuses for good what healthd asks for case {token}: {why}", desk=self.desk.name, token=errand.token, why=str(error)
            )
            errands.failed(errand, now, str(error), None, unsure=error.unsure)
            self._tell(f"errand:{errand.id}", said)
            return
        self._row += 1
        wait = self._wait(errand.tries, error)
        errands.failed(errand, now, str(error), now + wait, unsure=error.unsure)
        if error.wait_s is not None and error.status == 429:
            self._rest = now + timedelta(seconds=error.wait_s)
        elif self._row >= ROW:
            self._rest = now + min(FIRST * 2 ** min(self._row - ROW, 10), LONGEST_REST)
        self._owing(error, now)

    def _wait(self, tries: int, error: DeskError) -> timedelta:
        """Return how long to wait: twice as long each time, up to five minutes, shifted by up to a quarter so that not all come back at once."""
        wait = min(FIRST * 2 ** min(tries - 1, 10), LONGEST) * (1 + self.spread() / 4)
        if error.unsure:
            wait = max(wait, timedelta(seconds=self.settings.quiet_s))
        return max(wait, timedelta(seconds=error.wait_s or 0))

    def _owing(self, error: Exception, now: datetime) -> None:
        since = errands.oldest(self.desk.name)
        if since and now - since >= timedelta(seconds=self.settings.owing_s):
            said = say("{desk} has not done what healthd asks since {since}: {why}", desk=self.desk.name, since=since, why=str(error))
            self._tell(f"desk:{self.desk.name}:{now:%Y-%m-%d}", said)

    def _tell(self, about: str, said: Phrase) -> None:
        """Raise an alarm; one that cannot be raised costs nothing else."""
        try:
            self.alarm(about, said)
        except Exception:
            log.exception("an alarm could not be raised: %s", said)

    def reconcile(self, now: datetime) -> int:
        """Look for doubles where it is time to: the oldest ticket stays, the others are closed. Return how many were closed."""
        closed = 0
        for head in filed.doubtful(self.desk.name, now):
            try:
                closed += self._single(head, now)
            except (DeskError, *UNFIT) as error:
                self._unheard(head.number, error, now)
                if not _is_of_one(error):
                    break
                checks = tuple(sorted({max(at, now + PUT_OFF) for at in head.value.checks}))
                filed.keep(head.customer, head.number, replace(head.value, checks=checks), now)
        return closed

    def _single(self, head: Head, now: datetime) -> int:
        twins = self.desk.twins(head.number)
        first, others = (twins[0], twins[1:]) if twins else (head.value.ticket, ())
        for other in others:
            self.desk.close(other, self.tell(say("A double of {id}, made when an answer was lost.", id=first.id)))
        checks = tuple(at for at in head.value.checks if at > now)
        ticket = first if others else head.value.ticket
        filed.keep(head.customer, head.number, replace(head.value, ticket=ticket, checks=checks), now)
        return len(others)

    def words(self, now: datetime, most: int = 50) -> int:
        """Take in what people said and did on the tickets that were not looked at for longest, at most *most*; return how many words are new."""
        pace = timedelta(seconds=self.settings.words_s)
        watched = filed.watched(self.desk.name, now, AFTER_END)
        waiting = [head for head in watched if now - self._looked.get(head.number, now - pace) >= pace]
        self._looked = {head.number: self._looked[head.number] for head in watched if head.number in self._looked}
        self._unread = {number: at for number, at in self._unread.items() if not number or any(head.number == number for head in watched)}
        count = 0
        for head in sorted(waiting, key=lambda head: self._looked.get(head.number) or datetime.min.replace(tzinfo=now.tzinfo))[:most]:
            try:
                count += self._words(head, now)
            except (DeskError, *UNFIT) as error:
                self._unheard(head.number, error, now)
                if not _is_of_one(error):
                    break
            else:
                self._unread = {number: at for number, at in self._unread.items() if number not in ("", head.number)}
            self._looked[head.number] = now
        return count

    def _unheard(self, number: str, error: Exception, now: datetime) -> None:
        """Raise an alarm when the ticket of case *number*, or the whole desk, could not be read for a while, whatever else waits."""
        since = self._unread.setdefault(number if _is_of_one(error) else "", now)
        if now - since >= timedelta(seconds=self.settings.owing_s):
            said = say(
                "{desk} has not done what healthd asks since {since}: {why}", desk=self.desk.name, since=since, why=f"{number}: {error}"
            )
            self._tell(f"desk:{self.desk.name}:{now:%Y-%m-%d}", said)

    def _words(self, head: Head, now: datetime) -> int:
        # Moments are the desk's own: its clock may be far from ours, so what was said first is looked for from the day before on.
        first = (head.changed or now) - timedelta(days=1)
        since = max((word.at - OVERLAP for word in filed.said(head.number)), default=first)
        found = tuple(self.desk.words(head.value.ticket, since))
        return _heard(head, found, self.heard, now) if found else 0


@whole
def _kept(errand: Errand, ticket: Ticket, now: datetime) -> None:
    """Keep *ticket* and that its errand is done, together."""
    checks = CHECKS if errand.unsure else CHECKS[:1]
    filed.keep(errand.customer, errand.token, Filed(ticket=ticket, checks=tuple(now + wait for wait in checks)), now)
    errands.done(errand, now, ticket.id)


@whole
def _heard(head: Head, found: Sequence[Word], tell: Heard, now: datetime) -> int:
    new = filed.heard(head.number, found, now)
    kept = filed.filed(head.number)
    if new and kept:
        tell(head.customer, head.number, kept.ticket, new)
    return len(new)
