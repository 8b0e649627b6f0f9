"""The ledgers of spare parts and RMAs at the month's end: headquarters' to its spares specialists, each branch's to its own, once."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from healthd.daemon.ticks import every
from healthd.daemon.watch import Watch
from healthd.desk import ledger, parts, returns, stocks
from healthd.errors import UnknownName
from healthd.model.message import Attachment, Message
from healthd.model.phrase import Phrase, say
from healthd.model.record import Head
from healthd.model.sheet import Ledger
from healthd.model.tac import Person, Role, Tac
from healthd.notify.letter import MAIL, Speaker
from healthd.reports import sheets
from healthd.store import database, journal, outbox, transaction

NAME, KIND = "monthly ledgers", "ledger"
TICK_S = 600.0
CLOSING = time(17)
"""When on the month's last working day its ledgers go out, in the service center's zone."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(kw_only=True)
class Ledgers:
    """Makes and mails the ledgers of *tac*; *speaker* speaks each reader's language."""

    tac: Tac
    speaker: Speaker

    def parts(self, watch: Watch, now: Callable[[], datetime]) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """Return the part of the daemon that this is."""
        return {NAME: lambda: every(TICK_S, lambda: self._turn(watch, now))}

    async def _turn(self, watch: Watch, now: Callable[[], datetime]) -> None:
        await asyncio.to_thread(self.turn, now())
        watch.turned(NAME)

    def turn(self, now: datetime) -> int:
        """Make what is due and not made yet; return how many ledgers that were."""
        try:
            return sum(self._sent(made, people, now) for made, people in self._due(now))
        finally:
            database.leave()

    def _due(self, now: datetime) -> Iterator[tuple[Ledger, tuple[Person, ...]]]:
        year, month = closed(self.tac, now)
        readers = {name: people for name in ("", *(each.name for each in self.tac.branches)) if (people := read_by(self.tac, name))}
        waiting = [name for name in readers if not _made(_number(year, month, name))]
        if not waiting:
            return
        known = {name: stocks.moves(name) for name in stocks.every()}
        books = ledger.Books(found=parts.listed(), moves=known, tac=self.tac)
        for name in waiting:
            made = ledger.ledger(books, ledger.month(self.tac, year, month), now, name)
            if made.rows or made.shelves:
                yield made, readers[name]

    def _sent(self, made: Ledger, people: Sequence[Person], now: datetime) -> bool:
        files = {code: _files(made, code, self.tac) for code in {person.language for person in people}}
        messages = [self._message(made, person, files[person.language], now) for person in people]
        _keep(_number(*_month(made, self.tac), made.branch), messages, now)
        return True

    def _message(self, made: Ledger, person: Person, files: tuple[Attachment, ...], now: datetime) -> Message:
        voice = self.speaker(person.language, self.tac.zone)
        year, month = _month(made, self.tac)
        subject = say("Spare parts and RMA: ledger of {month}", month=f"{year}-{month:02d}")
        return Message(
            key=f"rma-ledger:{_number(year, month, made.branch)}:{person.email}",
            channel=MAIL,
            recipient=person.email,
            subject=voice.sentence(subject) + (f" · {made.title}" if made.branch else ""),
            text="\n".join(voice.sentence(each) for each in _words(made)) + "\n",
            made=now,
            language=person.language,
            attachments=files,
        )


def closed(tac: Tac, now: datetime) -> tuple[int, int]:
    """Return the newest month whose ledgers are due at *now*: from the closing hour of its last working day on."""
    local, days = now.astimezone(tac.zone), returns.calendar(tac)
    following = date(local.year + local.month // 12, local.month % 12 + 1, 1)
    last = next(day for n in range(1, 32) if days.works(day := following - timedelta(days=n)))
    if (local.date(), local.time()) >= (last, CLOSING):
        return local.year, local.month
    return (local.year, local.month - 1) if local.month > 1 else (local.year - 1, 12)


def read_by(tac: Tac, branch: str) -> tuple[Person, ...]:
    """Return who gets the ledger of *branch*, or of all (empty): headquarters' spares specialists, all where none is of headquarters."""
    people = [each for each in tac.having(Role.SPARES) if each.email]
    if branch:
        return tuple(each for each in people if each.branch == branch)
    main = next((each.name for each in tac.branches if each.headquarters), "")
    return tuple(each for each in people if each.branch == main) or tuple(people)


def _words(made: Ledger) -> Iterator[Phrase]:
    sums = made.sums
    yield say("Opened {opened}, closed {closed}, open {open}.", opened=sums.opened, closed=sums.closed, open=sums.open)
    yield say("Overdue returns: {n}.", n=sums.overdue)
    yield say("Exceptions that somebody has to look at: {n}.", n=len(made.lacks))
    yield say("The ledger is attached, to be read and as a spreadsheet.")


def _files(made: Ledger, code: str, tac: Tac) -> tuple[Attachment, ...]:
    from healthd.reports.workbook import workbook  # once a month: the library for spreadsheets stays out of the daemon's memory

    year, month = _month(made, tac)
    name = f"rma-ledger-{year}-{month:02d}-{made.branch or 'all'}-{code}"
    with tempfile.TemporaryDirectory(prefix="healthd-ledger-") as folder:
        pdf = sheets.write(made, code, Path(folder) / f"{name}.pdf").path.read_bytes()
    return (
        Attachment(name=f"{name}.pdf", media="application/pdf", data=pdf),
        Attachment(name=f"{name}.xlsx", media=XLSX, data=workbook(made, code)),
    )


def _month(made: Ledger, tac: Tac) -> tuple[int, int]:
    first = made.month.start.astimezone(tac.zone)
    return first.year, first.month


def _number(year: int, month: int, branch: str) -> str:
    return f"{year}-{month:02d}-{branch or 'all'}"


def _made(number: str) -> bool:
    try:
        journal.head(KIND, number)
    except UnknownName:
        return False
    return True


@transaction.whole
def _keep(number: str, messages: Sequence[Message], now: datetime) -> None:
    """Note that the ledger *number* is made, and put its *messages* into the outbox: both, or none."""
    journal.begin(Head(kind=KIND, number=number, customer="", value=number, open=False), [], now)
    outbox.put("", messages, now)
