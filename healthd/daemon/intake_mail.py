"""The service mailbox, again and again: each piece is kept before the mailbox's place is moved on, then read and placed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from healthd.daemon.ticks import every
from healthd.daemon.watch import Watch
from healthd.desk import mailroom
from healthd.desk.mailroom import Mailroom
from healthd.errors import DeskError, UnknownName
from healthd.faultpoint import faultpoint
from healthd.model.record import Head
from healthd.store import database, journal
from healthd.transports import imap
from healthd.transports.imap import Place, Settings

log = logging.getLogger("healthd.daemon")
NAME, KIND = "mail intake", "mailbox"


@dataclass(kw_only=True)
class MailIntake:
    """Takes mail out of one mailbox; without a host it does nothing."""

    settings: Settings
    room: Mailroom

    def parts(self, watch: Watch, now: Callable[[], datetime]) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """Return the part of the daemon that this is."""
        return {NAME: lambda: every(self.settings.every_s, lambda: self._turn(watch, now))} if self.settings.host else {}

    async def _turn(self, watch: Watch, now: Callable[[], datetime]) -> None:
        try:
            await asyncio.to_thread(self.turn, now)
        except DeskError as error:
            watch.failed(NAME, error)
        else:
            watch.turned(NAME)

    def turn(self, now: Callable[[], datetime]) -> int:
        """Take what is new, read and place it; return how many pieces were taken.

        Raises:
            DeskError: the mailbox cannot be read; what came before is placed.
        """
        taken = 0
        try:
            head = _place(self.settings)
            for each in imap.fetch(self.settings, Place(validity=head.value[0], uid=head.value[1])):
                mailroom.keep(each.raw, each.size, now())
                faultpoint("mail-kept")
                head = _moved(head, each.place, now())
                taken += 1
        finally:
            for item in self.room.sort(now()):
                log.info("mail %s is %s%s", item.number, item.stage, f" to case {item.case}" if item.case else "")
            database.leave()
        return taken


def _place(settings: Settings) -> Head:
    """Return the record of up to where the mailbox was read."""
    number = f"{settings.user}@{settings.host}:{settings.port}/{settings.folder}"[:100]
    try:
        return journal.head(KIND, number)
    except UnknownName:
        return Head(kind=KIND, number=number, customer="", value=(0, 0), open=False)


def _moved(head: Head, place: Place, now: datetime) -> Head:
    after = replace(head, value=(place.validity, place.uid))
    if head.changed is None:
        journal.begin(after, [], now)
    else:
        journal.add(after, [], now)
    return replace(after, changed=now)
