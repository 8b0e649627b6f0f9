"""Who is told of a piece of mail at once: the hotline of what reads like a grave fault, and its sender, who is asked to call. Pure.

P1 and P2 are reported by telephone, so that response times are kept. Only
known contacts are answered: an answer to a forged sender would help whoever
forged it. Keys hold the hour, so that nobody gets more than one an hour.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from healthd.desk.tray import contacts
from healthd.model.device import Contact, Customer
from healthd.model.message import Message
from healthd.model.phrase import Phrase, say
from healthd.model.tac import Role, Tac
from healthd.model.tray import TrayItem, TrayStage

Speak = Callable[[str, Phrase], str]
"""Says a phrase in a language (its code)."""
_QUARTER = 15 * 60


@dataclass(frozen=True, kw_only=True)
class Calling:
    """Tells of items at one moment, *now*."""

    customers: Sequence[Customer]
    tac: Tac
    speak: Speak
    now: datetime

    def messages(self, item: TrayItem) -> tuple[Message, ...]:
        """Return the messages about *item*: none about what asks for nothing."""
        if item.stage is not TrayStage.WAITING:
            return ()
        if not item.urgent:
            return tuple(self._waiting(item))
        return (*self._alerts(item), *(self._please(item, *one) for one in contacts(item.mail.sender, self.customers)[:1]))

    def _alerts(self, item: TrayItem) -> Iterator[Message]:
        subject = say("Please call back: mail of {sender} reads like a grave fault", sender=item.mail.name or item.mail.sender)
        text = say("{subject} It is in the tray: healthd tray show {number}", subject=item.mail.subject or "–", number=item.number)
        for person in self.tac.on_duty(Role.HOTLINE, self.now) or self.tac.having(Role.HOTLINE):
            if recipient := person.urgent or person.email:
                key = f"tray-alert:{item.mail.sender}:{self._hour}:{recipient}"
                made = self._message(key, recipient, person.language, (subject, text))
                yield replace(made, channel="chat" if person.urgent else "mail", urgent=True)

    def _please(self, item: TrayItem, customer: Customer, contact: Contact) -> Message:
        subject = say("Please call us: {subject}", subject=item.mail.subject[:100] or "–")
        text = say(
            "Your message has come. It reads like a grave fault: please call the hotline, {number}, so that nobody has to wait. Mail is read later.",
            number=customer.hotline or self.tac.hotline or "–",
        )
        key = f"tray-call:{contact.email.lower()}:{self._hour}"
        return self._message(key, contact.email, contact.language or customer.languages[0], (subject, text))

    def _waiting(self, item: TrayItem) -> Iterator[Message]:
        """Yield one message each quarter of an hour to who is on duty, however much mail comes."""
        words = say("Mail waits in the tray"), say("{number} is the newest; see them all: healthd tray list", number=item.number)
        for person in self.tac.on_duty(Role.HOTLINE, self.now)[:1]:
            if person.email:
                yield self._message(
                    f"tray-waiting:{int(self.now.timestamp()) // _QUARTER}:{person.email}", person.email, person.language, words
                )

    def _message(self, key: str, recipient: str, language: str, words: tuple[Phrase, Phrase]) -> Message:
        subject, text = (self.speak(language, each) for each in words)
        return Message(
            key=key[:300], channel="mail", recipient=recipient, subject=subject, text=f"{text}\n", made=self.now, language=language
        )

    @property
    def _hour(self) -> str:
        return f"{self.now.astimezone(UTC):%Y%m%d%H}"
