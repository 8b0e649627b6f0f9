"""The case desk's own clockwork, every minute: who has to hear of what, and what closes by itself.

What is due is computed from the entries and the present moment, and written
down as an entry, together with its messages: after a restart or a day of
standstill nobody is told twice, and what became due meanwhile is told once.
A case that somebody changes at the same moment is left to the next minute.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from healthd.daemon.ticks import every
from healthd.daemon.watch import Watch
from healthd.desk import auditor, clocks, desk, ladder, lifecycle, parts, returns
from healthd.errors import Conflict, NotAllowed
from healthd.model.case import Case, Channel, Did, Entry, State
from healthd.model.device import Customer
from healthd.model.escalation import Loose
from healthd.model.message import Message
from healthd.model.phrase import Phrase, say
from healthd.model.rma import Replacement
from healthd.model.tac import Tac
from healthd.notify.letter import Speaker
from healthd.notify.notices import owed as returned
from healthd.notify.notices import renewal, trouble
from healthd.store import database, outbox

log = logging.getLogger("healthd.daemon")
NAME = "desking"
TICK_S = 60.0
WHO = "healthd"
REMINDED = 5
"""Working days after which a customer who has not rated a closed case is reminded, once."""
SURVEYS = timedelta(hours=1)
"""How often surveys are looked after: nobody waits for them by the minute."""
SURVEYED = timedelta(days=31)
"""How long after its closing a case's survey is looked after."""
PATIENCE = timedelta(minutes=10)
"""How long a part of the daemon may fail before people are told."""


@dataclass(kw_only=True)
class Desking:
    """Turns the desk's clockwork. *roster* gives the service center as it is now, swaps included."""

    customers: Mapping[str, Customer]
    roster: Callable[[], Tac]
    tell: desk.Tell
    speaker: Speaker
    _failing: dict[str, datetime] = field(default_factory=dict)
    _open: dict[str, Case] = field(default_factory=dict)
    _surveyed: datetime | None = None

    def parts(self, watch: Watch, now: Callable[[], datetime]) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """Return the part of the daemon that this is: a turn every minute."""
        return {NAME: lambda: every(TICK_S, lambda: self._turn(watch, now))}

    async def _turn(self, watch: Watch, now: Callable[[], datetime]) -> None:
        await asyncio.to_thread(self.turn, now(), watch)
        watch.turned(NAME)

    def turn(self, now: datetime, watch: Watch) -> None:
        """Tell what waits to be told, and write down what has become due; *watch* knows which parts of healthd fail."""
        try:
            desk.tell_rest(now, self.tell)
            for case, entries in self._due(now):
                self._write(case, entries, now)
            tac = self.roster()
            outbox.put("", [*self._renewals(tac, now), *self._troubles(tac, now, watch)], now)
        finally:
            database.leave()

    def _due(self, now: datetime) -> list[tuple[Case, list[Entry]]]:
        """Return what has become due, by case as it was read."""
        tac, cases = self.roster(), self._cases()
        due = [(case, _safely(case, lambda case: moved(case, self.customers.get(case.customer), tac, now))) for case in cases]
        due += [(case, _safely(case, lambda case: asked(case, tac, now))) for case in self._closed(now)]
        due += [(case, _safely(case, lambda case: loosened(case, self.customers, tac, now))) for case in cases]
        due += [(case, _safely(case, lambda case, those=those: owed(case, those, tac, now))) for case, those in _replaced()]
        return _by_case(due)

    def _cases(self) -> list[Case]:
        """Return the open cases with their entries; only those that have changed since the last minute are read."""
        heads, known = desk.listing(opened=True), self._open
        self._open = {
            each.number: there if (there := known.get(each.number)) and there.version == each.version else desk.found(each.number)
            for each in heads
        }
        return list(self._open.values())

    def _closed(self, now: datetime) -> Iterator[Case]:
        """Yield once an hour the cases that were closed lately and not rated yet, with their entries."""
        if self._surveyed and now - self._surveyed < SURVEYS:
            return
        self._surveyed = now
        for case in desk.listing(states=(State.CLOSED,)):
            if now - case.since < SURVEYED:
                yield desk.found(case.number)

    def _write(self, case: Case, entries: Sequence[Entry], now: datetime) -> None:
        """Add *entries* to *case* as it was read; who changed it meanwhile has moved it, and the next minute looks again."""
        for entry in entries:
            try:
                case = desk.act(case.number, entry, version=case.version, now=now, tell=self.tell)
            except NotAllowed as error:
                log.info("the desk's clockwork leaves case %s alone: %s", case.number, error)
            except Conflict as error:
                log.info("the desk's clockwork leaves case %s to the next minute: %s", case.number, error)
                return

    def _renewals(self, tac: Tac, now: datetime) -> Iterator[Message]:
        for customer in self.customers.values():
            yield from renewal.renewals(customer, tac, now, self.speaker)

    def _troubles(self, tac: Tac, now: datetime, watch: Watch) -> Iterator[Message]:
        """Yield what people are told of healthd's own parts that have been failing for a while: once for each time."""
        failing = {name: part for name, part in watch.parts.items() if part.failing}
        self._failing = {name: self._failing.get(name, now) for name in failing}
        for name, since in self._failing.items():
            if now - since >= PATIENCE:
                said = (say("A part of healthd fails: {part}", part=name), say("Since {at}: {error}", at=since, error=failing[name].error))
                yield from trouble.troubles(f"{name}:{since:%Y-%m-%dT%H:%M}", said, tac, now, self.speaker)
        refused = outbox.numbers()[outbox.Stage.FAILED]
        if refused:
            said = (
                say("{n} messages could not be sent", n=refused),
                say("Nobody got them, and they are not tried again. Look at the outbox."),
            )
            yield from trouble.troubles(f"outbox:{now.astimezone(tac.zone):%Y-%m-%d}", said, tac, now, self.speaker)


def moved(case: Case, customer: Customer | None, tac: Tac, now: datetime) -> list[Entry]:
    """Return what has become due for an open *case*: steps up the ladder, or its closing when the customer says nothing.

    What may not be closed by itself (a hardware case, a record with gaps) is a person's; the auditor asks for it.
    """
    if case.state is State.RESOLVED:
        closing = _closing(tac, now)
        return [closing] if _silent(case, tac, now) and not lifecycle.refusal(case, closing) else []
    found = ladder.steps(case, clocks.clocks(case, customer, tac, now), tac, now)
    return [_stepped(step, now) for step in found]


def _stepped(step: ladder.Step, now: datetime) -> Entry:
    """Return the entry of *step*, with what its notices say of the clock."""
    entry = ladder.entry(step, now)
    more = (("clock", str(step.clock)), ("share", step.key.rpartition(":")[2]), ("due", step.due.isoformat()))
    return replace(entry, facts=(*entry.facts, *more), said=step.why)


def _silent(case: Case, tac: Tac, now: datetime) -> bool:
    began, today = (at.astimezone(tac.zone).date() for at in (case.since, now))
    return returns.calendar(tac).between(began, today) > tac.silence


def _closing(tac: Tac, now: datetime) -> Entry:
    days = str(tac.silence)
    return _entry(
        Did.CLOSED,
        now,
        say("The customer said nothing for {n} working days.", n=tac.silence),
        silence=days,
        reason=f"silence of {days} working days",
    )


def asked(case: Case, tac: Tac, now: datetime) -> list[Entry]:
    """Return what is due for a closed *case*: that the survey is out (it goes with the closing), and one reminder."""
    since = [each for each in case.entries if each.at >= case.since]
    sent = next((each for each in since if each.did is Did.SURVEY_SENT), None)
    if sent is None:
        return [_entry(Did.SURVEY_SENT, now)]
    if any(each.did is Did.SURVEY_REMINDED for each in since):
        return []
    days = returns.calendar(tac).between(sent.at.astimezone(tac.zone).date(), now.astimezone(tac.zone).date())
    return [_entry(Did.SURVEY_REMINDED, now)] if days > REMINDED else []


def loosened(case: Case, customers: Mapping[str, Customer], tac: Tac, now: datetime) -> list[Entry]:
    """Return a nag for each thing that *case* lacks to go on; of one thing, one nag a working day."""
    today = now.astimezone(tac.zone).date()
    if not returns.calendar(tac).works(today):
        return []
    found = ((f"{each.check}:{today.isoformat()}", each) for each in auditor.loose([case], now, tac, customers))
    return [_nag(each, key, now) for key, each in found if not _nagged(case, key)]


def _nagged(case: Case, key: str) -> bool:
    return any(each.did is Did.TOLD and each.fact("key") == key for each in case.entries)


def _nag(loose: Loose, key: str, now: datetime) -> Entry:
    return _entry(Did.TOLD, now, loose.what, notice=trouble.NUMBER, key=key, to=loose.person or loose.who.value)


def _replaced() -> list[tuple[Case, list[Replacement]]]:
    """Return the cases of which parts are being replaced, each with its replacements."""
    by_case: dict[str, list[Replacement]] = {}
    for part in parts.listed(opened=True):
        by_case.setdefault(part.wanted.case, []).append(part)
    return [(desk.found(number), those) for number, those in by_case.items()]


def owed(case: Case, those: Sequence[Replacement], tac: Tac, now: datetime) -> list[Entry]:
    """Return the newest reminder of each faulty part of *case* that has to go back."""
    found = []
    for part in those:
        newest, lead = next(reversed(returns.reminders(part, tac, now)), None), returns.leading(part, tac, now)
        if newest is None or lead is None:
            continue
        key = f"return:{part.number}:{newest.day.isoformat()}"
        facts = {"key": key, "form": part.number, "due": lead.day.isoformat(), "overdue": str(newest.overdue or "")}
        if not _nagged(case, key):
            found.append(_entry(Did.TOLD, now, notice=returned.NUMBER, **facts))
    return found


def _by_case(due: Iterable[tuple[Case, list[Entry]]]) -> list[tuple[Case, list[Entry]]]:
    """Return what is *due* with one set of entries for each case as it was read; a case with nothing due is left out."""
    found: dict[tuple[str, int], tuple[Case, list[Entry]]] = {}
    for case, entries in due:
        if entries:
            found.setdefault((case.number, case.version), (case, []))[1].extend(entries)
    return list(found.values())


def _safely(case: Case, due: Callable[[Case], list[Entry]]) -> list[Entry]:
    """Return what *due* returns for *case*; a case that it fails on is told in the log, and keeps no other one waiting."""
    try:
        return due(case)
    except Exception:
        log.exception("the desk's clockwork cannot make out what is due for case %s", case.number)
        return []


def _entry(did: Did, now: datetime, said: Phrase | None = None, **facts: str) -> Entry:
    return Entry(at=now, who=WHO, channel=Channel.MONITOR, did=did, said=said, facts=tuple(facts.items()))
