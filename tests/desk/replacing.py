"""A case about a failed power supply, and somebody who goes the way of its replacement."""

from datetime import UTC, datetime, timedelta

from healthd.desk import desk, parts
from healthd.model.case import Channel, Did, Entry, Opening, Priority
from healthd.model.device import Contact, Contract, Customer, Device, Site
from healthd.model.finding import Condition
from healthd.model.observation import Part, System
from healthd.model.phrase import say
from healthd.model.poll import Poll
from healthd.model.rma import Known, Replacement, Step, Stepped
from healthd.model.tac import Branch, SpareKind, Tac
from healthd.model.verdict import Component, Proof, Verdict, Way
from healthd.store import devices, polls

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
H = timedelta(hours=1)
TAC = Tac(
    holidays="CN",
    branches=(Branch(name="hz", title="Hangzhou", direct=True, headquarters=True), Branch(name="nj", title="Nanjing")),
    spares=(SpareKind(pid="PWR-C1-715WAC", substitutes=("PWR-C1-1100WAC",), price=1200, minimum={"nj": 1}),),
)
CUSTOMER = Customer(
    code="acme",
    title="ACME",
    contract=Contract(number="HT-1", level="7x24x4"),
    contacts=(Contact(name="Emma Clarke", email="emma@acme.example", phone="+44 1"),),
    sites=(Site(name="nj", title="Nanjing plant", address="1 Road", branch="Nanjing"),),
)
DEVICE = Device(name="sw-1", customer="acme", address="10.0.0.1", site="nj")
PSU = Part(index="2", kind="powerSupply", name="Switch 1 - Power Supply B", pid="PWR-C1-715WAC", serial="LIT2149ABCD", hardware="V02")
FRAME = Part(index="1", kind="chassis", name="Switch 1", pid="C9300-48P", serial="FOC1111AAAA")
PROOF = Proof(
    way=Way.SNMP,
    at=NOW,
    says=Condition.FAILED,
    text=say("the power supply has failed"),
    source="CISCO-ENTITY-FRU-CONTROL-MIB::cefcFRUPowerOperStatus",
)
LINE = "Nov 25 08:59:58: %PLATFORM_FEP-1-FRU_PS_SIGNAL_FAULTY: Switch 1: signal on power supply B is faulty"
VERDICT = Verdict(
    component=Component.PSU, device="sw-1", item=PSU.name, state=Condition.FAILED, pid=PSU.pid, serial=PSU.serial, slot="B", since=NOW,
    proofs=(PROOF, Proof(way=Way.EVENT, at=NOW, says=Condition.FAILED, text=say("the power supply's signal is faulty"), raw=LINE)),
)  # fmt: skip


KNOWN = Known(tac=TAC, customer=CUSTOMER, device=DEVICE)


def case() -> str:
    """Open a case and let an engineer take it; return its number."""
    opening = Opening(
        key="1:psu:sw-1:B", token="t-1", customer="acme", title=say("Power supply failed"), text=say("It failed."), at=NOW, priority=Priority.P3,
        why=say("redundancy lost"), device="sw-1", item=PSU.name, pid=PSU.pid, serial=PSU.serial, slot="B", verdict=VERDICT, rma=True, site="nj",
        contract="HT-1", level="7x24x4",
    )  # fmt: skip
    number = desk.open_case(opening, NOW).number
    for did, facts in (
        (Did.ENTITLED, (("covered", "yes"), ("contract", "HT-1"), ("level", "7x24x4"))),
        (Did.ASSIGNED, (("engineer", "li.wei"),)),
        (Did.ACKNOWLEDGED, ()),
        (Did.STARTED, ()),
    ):
        desk.act(number, Entry(at=NOW, who="li.wei", channel=Channel.DESK, did=did, facts=facts), now=NOW)
    return number


def poll(at: datetime, *there: Part, up: bool = True) -> None:
    devices.put("acme", [DEVICE])
    polls.add("acme", Poll(device="sw-1", at=at, up=up, by=("snmp",), system=System(version="17.9.4"), parts=(FRAME, *there)))


def told(step: Step, at: datetime, text: str = "", who: str = "li.wei", **facts: str) -> Stepped:
    return Stepped(at=at, who=who, step=step, text=text, facts=tuple(facts.items()))


class Walk:
    """Somebody who does one step an hour."""

    def __init__(self, number: str) -> None:
        self.number, self.at = number, NOW + H

    def step(self, step: Step, text: str = "", who: str = "li.wei", **facts: str) -> Replacement:
        self.at += H
        return parts.step(self.number, told(step, self.at, text, who, **facts), self.at, roles=("engineer",))


def pended() -> Walk:
    walk = Walk(parts.request(case(), "li.wei", NOW + H, KNOWN).number)
    walk.step(Step.ENGINEER_CONFIRMED)
    walk.step(Step.CUSTOMER_CONFIRMED, name="Emma Clarke", how="link")
    return walk
