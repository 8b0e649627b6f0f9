"""From the outbox to people: lease what is due, hand it over, keep what became of it.

Nothing is sent that is not in the outbox, and nothing leaves it unseen. A
message that may have arrived already, because its sender died in between, is
sent again under its old Message-ID and is marked as a repeat. What is late
because a channel was out of reach comes as one digest, not as a flood.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from healthd.errors import NotSent
from healthd.faultpoint import faultpoint
from healthd.model.message import Message
from healthd.model.phrase import Phrase, say
from healthd.store import outbox
from healthd.store.outbox import Outgoing

LEASE = timedelta(minutes=5)
LATE = timedelta(minutes=30)
MANY = 3

Send = Callable[[Message], str | None]
"""Hands one message over and says to whom (a server, a file); raises NotSent."""
Tell = Callable[[str, Phrase], str]
"""Says a phrase in a language (en, zh-CN)."""


def english(_language: str, phrase: Phrase) -> str:
    """Say *phrase* in English, whatever the language."""
    return str(phrase)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How eagerly to try again, and how fast a channel may go: *rate* messages in *per*; None is no limit."""

    first: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(hours=1)
    patience: timedelta = timedelta(days=3)
    rate: int | None = None
    per: timedelta = timedelta(minutes=1)


def again(pace: Pace, tries: int, made: datetime, now: datetime, spread: float) -> datetime | None:
    """Return when to try again after *tries* failures, None when the message is too old to be worth it.

    The wait doubles up to ``pace.longest``; *spread* (0 to 1) shifts it by up
    to a quarter, so that many senders do not come back in the same second.
    """
    if now - made >= pace.patience:
        return None
    wait = min(pace.first * 2 ** min(tries - 1, 20), pace.longest)
    return now + wait * (1 + spread / 4)


@dataclass(slots=True, kw_only=True)
class Delivery:
    """The sender of one process. *channels* are how to hand over, *paces* by channel; *owner* names this process in leases."""

    owner: str
    channels: Mapping[str, Send]
    paces: Mapping[str, Pace] = field(default_factory=dict)
    tell: Tell = english
    spread: Callable[[], float] = random.random
    _gone: defaultdict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def due(self, now: datetime, most: int = 20) -> int:
        """Hand over what is due at *now*, at most *most* messages; return how many were leased."""
        open_ = [channel for channel in self.channels if self._room(channel, now)]
        leased = outbox.lease(self.owner, now, length=LEASE, most=most, channels=open_) if open_ else ()
        for group in grouped(leased, now):
            self._hand_over(group, now)
        return len(leased)

    def _room(self, channel: str, now: datetime) -> bool:
        pace = self.paces.get(channel, Pace())
        self._gone[channel] = [at for at in self._gone[channel] if now - at < pace.per]
        return pace.rate is None or len(self._gone[channel]) < pace.rate

    def _hand_over(self, group: Sequence[Outgoing], now: datetime) -> None:
        channel = group[0].message.channel
        pace = self.paces.get(channel, Pace())
        if not self._room(channel, now):
            self._later(group, now, "the channel's rate is used up", now + pace.per)
            return
        self._gone[channel].append(now)
        try:
            means = self.channels[channel](group[0].message if len(group) == 1 else digest(group, self.tell))
        except NotSent as error:
            oldest = min(each.message.made for each in group)
            wait = None if error.permanent else again(pace, max(each.tries for each in group), oldest, now, self.spread())
            self._later(group, now, str(error), wait)
            return
        faultpoint("delivery.after_handover")
        for each in group:
            outbox.sent(each, now, means or "")

    @staticmethod
    def _later(group: Sequence[Outgoing], now: datetime, why: str, at: datetime | None) -> None:
        for each in group:
            outbox.failed(each, now, why, at)


def grouped(leased: Sequence[Outgoing], now: datetime) -> Iterator[tuple[Outgoing, ...]]:
    """Yield what is handed over together: late messages without attachments for one recipient as one, all others alone."""
    late: defaultdict[tuple[str, str, str], list[Outgoing]] = defaultdict(list)
    for each in leased:
        message = each.message
        # A desk's mailbox sorts by case: what is about one is never part of a digest.
        bundled = not (message.attachments or message.urgent or message.case or each.repeat)
        if now - message.made >= LATE and bundled:
            late[message.channel, message.recipient, message.language].append(each)
        else:
            yield (each,)
    for those in late.values():
        if len(those) >= MANY:
            yield tuple(those)
        else:
            yield from ((each,) for each in those)


def digest(group: Sequence[Outgoing], tell: Tell) -> Message:
    """Return one message that tells *group* in the order of making; its key is made of theirs."""
    ordered = sorted(group, key=lambda each: (each.message.made, each.key))
    first = ordered[0].message
    lines = [f"{each.message.made:%Y-%m-%d %H:%M}Z  {each.message.subject}" for each in ordered]
    bodies = [f"— {each.message.subject}\n{each.message.text.strip()}" for each in ordered]
    subject = say("{n} messages that could not be delivered in time", n=len(ordered))
    return replace(
        first,
        key="digest:" + "|".join(each.key for each in ordered),
        subject=tell(first.language, subject),
        text="\n".join([*lines, "", *bodies]),
        html="",
    )


def undeliverable(channels: Collection[str]) -> tuple[Outgoing, ...]:
    """Return the messages that wait for a channel that this process does not have."""
    return tuple(each for each in outbox.listed((outbox.Stage.WAITING,)) if each.message.channel not in channels)
