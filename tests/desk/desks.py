"""Cases for the tests of the desk at work, and a teller that says each entry once to everybody."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from healthd.model.case import Case, Channel, Did, Entry, Opening, Priority
from healthd.model.message import Message
from healthd.model.phrase import say

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def opening(token: str = "t-1", **changes: object) -> Opening:  # noqa: S107 - a case's token is no secret
    said = {
        "key": "psu:hz-acc-03:PS-A", "token": token, "customer": "HDZZ", "title": say("{part} has failed", part="PS-A"),
        "text": say("two proofs"), "at": NOW, "priority": Priority.P3, "why": say("redundancy is lost"), "who": "chen.jie",
        "channel": Channel.HOTLINE, "device": "hz-acc-03", "contract": "HT-2026-042", "contact": "李伟",
    }  # fmt: skip
    return Opening(**{**said, **changes})  # type: ignore[arg-type]


def entry(did: Did, who: str = "li.wei", at: datetime = NOW, text: str = "", **facts: str) -> Entry:
    return Entry(at=at, who=who, channel=Channel.DESK, did=did, text=text, facts=tuple(facts.items()))


def tell(case: Case, said: Entry) -> Sequence[Message]:
    key = f"case:{case.number}:{said.number}"
    return [Message(key=key, channel="mail", recipient="a@example.com", subject=f"{said.did} {case.state}", text="-", made=said.at)]
