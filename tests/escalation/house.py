"""A partner's house with cases, and a stand-in of Cisco beside it; the clock is turned by the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from healthd.caseclient.cisco.bond import NEW
from healthd.caseclient.cisco.bonding import Bonding
from healthd.caseclient.cisco.codes import Code
from healthd.caseclient.cisco.settings import Settings
from healthd.desk import desk
from healthd.escalation import exchange
from healthd.escalation.keys import Keys, Spool
from healthd.escalation.party import Directory
from healthd.escalation.pushing import Exchanging
from healthd.model.case import Case, Channel, Did, Entry, Opening, Priority
from healthd.model.cisco import Push
from healthd.model.device import Contact, Customer, Device, Site
from healthd.model.message import Attachment
from healthd.model.phrase import say
from healthd.model.secret import Secret
from healthd.store import files
from healthd.transports.scrub import Scrub
from tests.caseclient.servers import cisco_bonding
from tests.caseclient.servers.cisco_loopback import serving

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
CODE = Code(id="4711", technology="LAN Switching", subtechnology="Cat9300", problem="Hardware Failure")
ACME = Customer(
    code="acme",
    title="ACME Group",
    contacts=(Contact(name="Li Wei", email="li.wei@example.com", phone="+86 571 0000"),),
    sites=(Site(name="hz", title="Hangzhou", address="1 West Lake Rd", branch="Hangzhou"),),
)
DIRECTORY = Directory(customers=(ACME,), devices=(Device(name="sw1", customer="acme", address="192.0.2.1", site="hz"),))


class Clock:
    """Stands still unless it is turned."""

    def __init__(self, now: datetime = NOW) -> None:
        self.at = now

    def __call__(self) -> datetime:
        return self.at

    def turn(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def settings(url: str = "https://bonding.example.com", **more: object) -> Settings:
    said = {
        "way": "push", "token_url": f"{url}/token", "url": url, "client_ref": "env:C", "secret_ref": "env:S", "contract": "PLSS", "element": "SRM",
        "cco": "acme-cco", "first_name": "Jie", "last_name": "Chen", "email": "tac@example.com", "technologies": {"default": "4711"},
        "places": {"default": {"country": "China", "country_code": "CN", "province": "ZJ", "zip": "310000"}}, "timeout": 5.0,
        "client": Secret("partner"), "secret": Secret("s3cret-of-bonding"),
    }  # fmt: skip
    return Settings(**{**said, **more})  # type: ignore[arg-type]


def opened(n: int = 1, now: datetime = NOW, **more: object) -> Case:
    """Open a case and bring it so far that somebody may escalate it."""
    said = {
        "key": f"psu:sw{n}", "token": f"t-{n}", "customer": "acme", "title": say("Power supply {item} of {device} has failed", item="2B", device=f"sw{n}"),
        "text": say("Two proofs agree"), "at": now, "priority": Priority.P3, "why": say("redundancy is lost"), "device": "sw1", "component": "psu",
        "pid": "PWR-C1-715WAC", "serial": f"LIT2230{n:04}", "contract": "90000002", "software": "17.3.4", "rma": True,
    }  # fmt: skip
    case = desk.open_case(Opening(**{**said, **more}), now)  # type: ignore[arg-type]
    for did, facts in ((Did.ASSIGNED, (("engineer", "li.wei"), ("covered", "yes"))), (Did.ACKNOWLEDGED, ())):
        entry = Entry(at=now, who="li.wei", channel=Channel.DESK, did=did, facts=facts)
        case = desk.act(case.number, entry, now=now)
    return case


def wish(case: Case, now: datetime, *, who: str = "li.wei", severity: int = 3, priority: str = "Escalated", push: bool = True) -> None:
    """Let *who* escalate *case*."""
    mark = exchange.mark(case.number)
    exchange.escalate(case.number, Push(at=now, who=who, mark=mark, state=NEW, priority=priority, severity=severity), push, now)


def evidence(case: Case, now: datetime, text: str) -> None:
    """Put a file on *case*."""
    kept = files.put(case.customer, Attachment(name="show tech.txt", media="text/plain", data=text.encode()), now)
    desk.act(case.number, Entry(at=now, who="li.wei", channel=Channel.DESK, did=Did.ATTACHED, files=(kept,)), now=now)


@contextmanager
def exchanging(cisco: cisco_bonding.Bonding, folder: Path, clock: Clock, **more: object) -> Iterator[Exchanging]:
    """Yield an exchange with *cisco*."""
    with serving(cisco) as url:
        said = settings(url, **more)
        yield Exchanging(
            settings=said,
            bonding=Bonding(settings=said),
            spool=Spool(folder=folder / "inbox"),
            keys=Keys(folder=folder / "keys"),
            directory=DIRECTORY,
            codes=lambda: (CODE,),
            scrub=Scrub().text,
            now=clock,
        )
