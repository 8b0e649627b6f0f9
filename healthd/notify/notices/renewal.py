"""N15: a contract ends in 90, 60 or 30 days; to sales. It belongs to no case."""

from collections.abc import Iterator
from datetime import datetime
from html import escape

from healthd.model.device import Customer
from healthd.model.message import Message
from healthd.model.phrase import say
from healthd.model.tac import Role, Tac
from healthd.notify.letter import MAIL, WIDE, Speaker

NUMBER = "N15"
DAYS = (30, 60, 90)


def renewals(customer: Customer, tac: Tac, now: datetime, speaker: Speaker) -> Iterator[Message]:
    """Yield what sales is told of a contract that ends soon: once for each of DAYS, the latest one only where several have passed unseen."""
    contract = customer.contract
    if contract is None or contract.ends is None:
        return
    left = (contract.ends - now.astimezone(customer.zone).date()).days
    step = next((days for days in DAYS if 0 <= left <= days), None)
    for person in (tac.on_duty(Role.SALES, now) or tac.having(Role.SALES)) if step else ():
        voice = speaker(person.language, tac.zone)
        said = [
            say("The contract of {customer} ends on {day}.", customer=customer.title, day=contract.ends),
            say("Number {number}, service level {level}.", number=contract.number, level=contract.level),
            say("Offer its renewal, with what was done for it."),
        ]
        lines = [*(voice.sentence(each) for each in said), f"healthd case list --customer {customer.code}"]
        yield Message(
            key=f"renewal:{customer.code}:{contract.number}:{contract.ends}:{step}:{person.email}",
            channel=MAIL,
            recipient=person.email,
            subject=voice.sentence(say("[{customer}] contract ends in {n} days", customer=customer.title, n=left)),
            text="\n".join(lines) + "\n",
            html=f'<!DOCTYPE html><html lang="{voice.code}"><meta charset="utf-8"><body><div {WIDE}>{"".join(f"<p>{escape(line)}</p>" for line in lines)}</div></body></html>',
            made=now,
            language=person.language,
        )
