"""From a case to a returned part, in a real store of both kinds."""

from datetime import UTC, datetime, timedelta

import pytest

from healthd.desk import desk, parts, stocks
from healthd.model.case import Channel, Did, Entry, Opening, Priority, Rma, State
from healthd.model.device import Contact, Contract, Customer, Device, Site
from healthd.model.finding import Condition
from healthd.model.observation import Part, System
from healthd.model.phrase import say
from healthd.model.poll import Poll
from healthd.model.rma import Known, Replacement, Stage, Step, Stepped
from healthd.model.spares import Move, Moving
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


class Walk:
    """Somebody who does one step an hour."""

    def __init__(self, number: str) -> None:
        self.number, self.at = number, NOW + H

    def step(self, step: Step, text: str = "", who: str = "li.wei", **facts: str) -> Replacement:
        self.at += H
        told = Stepped(at=self.at, who=who, step=step, text=text, facts=tuple(facts.items()))
        return parts.step(self.number, told, self.at, roles=("engineer",))


def pended() -> Walk:
    walk = Walk(parts.request(case(), "li.wei", NOW + H, KNOWN).number)
    walk.step(Step.ENGINEER_CONFIRMED)
    walk.step(Step.CUSTOMER_CONFIRMED, name="Emma Clarke", how="link")
    return walk


@pytest.mark.usefixtures("store")
def test_the_form_is_filled_in_from_the_case_the_inventory_and_the_newest_poll() -> None:
    poll(NOW, PSU)
    number = case()
    wanted = parts.request(number, "li.wei", NOW + H, KNOWN).wanted
    assert (wanted.number, wanted.case, wanted.branch) == (f"{number}-R1", number, "nj")
    assert (wanted.title, wanted.site, wanted.contact, wanted.phone, wanted.address) == (
        "ACME",
        "Nanjing plant",
        "Emma Clarke",
        "+44 1",
        "1 Road",
    )
    assert (wanted.pid, wanted.vid, wanted.serial, wanted.slot) == ("PWR-C1-715WAC", "V02", "LIT2149ABCD", "B")
    assert (wanted.chassis, wanted.software, wanted.management) == (("C9300-48P", "FOC1111AAAA"), "17.9.4", "10.0.0.1")
    assert (wanted.logs, wanted.contract, wanted.priority) == ((LINE,), "HT-1", 3)
    assert str(wanted.conclusion) == "Hardware failure: the power supply has failed; the power supply's signal is faulty"


@pytest.mark.usefixtures("store")
def test_the_case_is_rma_pend_when_engineer_and_customer_have_confirmed_and_not_before() -> None:
    number = case()
    walk = Walk(parts.request(number, "li.wei", NOW + H, KNOWN).number)
    states = [desk.found(number).state]
    walk.step(Step.CUSTOMER_CONFIRMED, name="Emma Clarke", how="link")
    states.append(desk.found(number).state)
    assert walk.step(Step.ENGINEER_CONFIRMED).stage is Stage.PENDING
    assert (states, desk.found(number).state) == ([State.IN_PROGRESS, State.IN_PROGRESS], State.RMA_PEND)


@pytest.mark.usefixtures("store")
def test_from_an_own_spare_to_the_returned_part() -> None:
    stocks.move("nj", Move(at=NOW, who="wang", moving=Moving.RECEIVE, pid="PWR-C1-715WAC=", serial="OWN1"), NOW)
    walk = pended()
    number = parts.found(walk.number).wanted.case
    walk.step(Step.RESERVED, branch="nj", pid="PWR-C1-715WAC=", serial="OWN1")
    walk.step(Step.ORDERED, number="800000004", route="headquarters")
    walk.step(Step.ISSUED, to="li.wei")
    assert stocks.of("nj").units == ()
    walk.step(Step.INSTALLED, serial="OWN1", old="LIT2149ABCD")
    assert (desk.found(number).state, desk.found(number).rma) == (State.IN_PROGRESS, Rma.INSTALLED)
    poll(walk.at + H, Part(index="2", kind="powerSupply", name=PSU.name, pid=PSU.pid, serial="OWN1"))
    (seen,) = parts.verify("acme", walk.at + H)
    assert (seen.stage, seen.steps[-1].fact("source")) == (Stage.VERIFIED, "ENTITY-MIB::entPhysicalSerialNum")
    walk.at += H
    walk.step(Step.TAKEN_BACK, branch="nj", serial="LIT2149ABCD")
    walk.step(Step.SHIPPED, tracking="1Z", courier="DHL", serial="NEW1")
    walk.step(Step.RECEIVED, branch="hz", pid="PWR-C1-715WAC=", serial="NEW1")
    assert [(u.serial, u.held) for u in stocks.of("hz").units] == [("NEW1", "")]
    walk.step(Step.RETURNED, waybill="SF1")
    assert stocks.of("nj").units == ()
    done = walk.step(Step.CLOSED)
    assert (done.stage, done.mismatches, desk.found(number).rma) == (Stage.CLOSED, (), Rma.RETURNED)
    assert parts.found(walk.number) == done
    assert parts.listed("acme", opened=True) == ()
