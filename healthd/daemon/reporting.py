"""Reports on schedule: what is due is computed from what was done; a report is kept, marked and posted in one transaction.

A report that was owed while we were off is made once, for its own day. When
making one fails, it is owed on and tried again; after a while somebody is
told by the log and by ``/readyz``.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from healthd.daemon import garbage
from healthd.daemon.ticks import every
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.faultpoint import faultpoint
from healthd.model.device import Contact, Customer
from healthd.model.message import Attachment, Message
from healthd.model.report import Report, Status
from healthd.reports import pdf
from healthd.reports.letter import letter
from healthd.reports.press import Presses
from healthd.schedule import Every, Schedule, due
from healthd.store import outbox, runs, transaction

log = logging.getLogger("healthd.reporting")
DAILY = "daily"
MEDIA = {".pdf": "application/pdf"}
TICK_S = 20.0
OWED = timedelta(days=35)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Where reports go by mail: the *channel* that takes them, and the *domain* that stands in List-Id."""

    channel: str
    domain: str


@dataclass(kw_only=True)
class Reporting:
    """Makes the daily reports of all customers.

    *make* computes the report of a customer's day; *folder* keeps the files,
    one folder a customer; *post* takes the mail.
    """

    customers: Sequence[Customer]
    make: Callable[[Customer, date, datetime], Report]
    folder: Path
    post: Post
    writer: Writer
    watch: Watch
    now: Callable[[], datetime]
    _again: dict[tuple[str, str], datetime] = field(default_factory=dict)

    async def work(self) -> None:
        """Make what is due, for ever."""
        await every(TICK_S, self.turn)

    async def turn(self) -> None:
        """Make every report that is due now, oldest first."""
        for customer in self.customers:
            for day in await self.writer.do(self._due, customer, self.now()):
                await self._make(customer, day)
        self.watch.turned("reporting")

    def _due(self, customer: Customer, now: datetime) -> list[date]:
        schedule = Schedule(customer=customer.code, kind=DAILY, every=Every.DAY, at=customer.report_time, zone=customer.zone)
        since = max(runs.since(customer.code, DAILY, now), now - OWED)
        return [period.first for period in due(schedule, runs.done(customer.code, DAILY), since, now)]

    async def _make(self, customer: Customer, day: date) -> None:
        key = (customer.code, day.isoformat())
        now = self.now()
        if now < self._again.get(key, now):
            return
        tries = await self.writer.do(runs.begin, *key[:1], DAILY, key[1], now)
        try:
            report, files = await asyncio.to_thread(self._drawn, customer, day, now)
            posted = list(messages(report, customer, files, self.post, now))
            await self.writer.do(_settle, customer.code, day, posted, now)
        except Exception as error:  # noqa: BLE001 - the boundary around one report: the other customers' must be made
            self._again[key] = now + timedelta(minutes=min(2**tries, 60))
            self.watch.failed(f"report {customer.code} {day}", error)
            await self.writer.do(runs.fail, customer.code, DAILY, key[1], str(error))
            return
        self._again.pop(key, None)
        self.watch.turned(f"report {customer.code} {day}")
        log.info("report of %s for %s: %s", customer.code, day, ", ".join(str(path) for path in files.values()))

    def _drawn(self, customer: Customer, day: date, now: datetime) -> tuple[Report, dict[str, Path]]:
        """Build the report once and write it in each language that somebody reads."""
        languages = tuple(dict.fromkeys((*customer.languages, *(c.language for c in customer.contacts if c.language))))
        folder = self.folder / customer.code
        with Presses(languages) as presses:
            with garbage.heavy():
                report = self.make(customer, day, now)
            written = {code: pdf.write(report, code, folder / f"{DAILY}-{day}-{code}.pdf", press=presses.take(code)) for code in languages}
        for code, each in written.items():
            if each.fallback:
                log.warning("report of %s for %s in %s is plain text: %s", customer.code, day, code, each.fallback)
        faultpoint("report.written")
        return report, {code: each.path for code, each in written.items()}


def messages(report: Report, customer: Customer, files: Mapping[str, Path], post: Post, now: datetime) -> Iterator[Message]:
    """Yield the mail of *report* to everyone who wants it; *files* are what was written, by language."""
    day = report.window.start.astimezone(customer.zone).date()
    for contact in recipients(customer, report.status):
        code = contact.language or customer.languages[0]
        said, path = letter(report, code), files[code]
        yield Message(
            key=f"{DAILY}:{customer.code}:{day}:{report.edition}:{code}:{contact.email}",
            channel=post.channel,
            recipient=contact.email,
            subject=said.subject,
            text=said.text,
            html=said.html,
            made=now,
            attachments=(
                Attachment(name=f"{customer.code}_{path.name}", media=MEDIA.get(path.suffix, "text/plain"), data=path.read_bytes()),
            ),
            language=code,
            list_id=f"{DAILY}.{customer.code.lower()}.{post.domain}",
        )


def recipients(customer: Customer, status: Status) -> list[Contact]:
    """Return who gets the report of a day that was *status*: everyone with an address, by their own wish."""
    quiet = status == Status.NORMAL
    return [c for c in customer.contacts if c.email and (c.reports == "daily" or (c.reports == "exceptions" and not quiet))]


@transaction.whole
def _settle(code: str, day: date, posted: Sequence[Message], now: datetime) -> None:
    """Mark the report as made and put its mail into the outbox: both or neither."""
    outbox.put(code, posted, now)
    runs.finish(code, DAILY, day.isoformat(), now, f"{len(posted)} messages")
    faultpoint("report.before_commit")
