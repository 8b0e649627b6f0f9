"""Findings become cases in the transaction that keeps them: one for each cause, once, and none that a crash leaves half."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from healthd.casework import Judged, work
from healthd.collectors.logs.classed import classed
from healthd.collectors.logs.syslog import Context, parse
from healthd.daemon.judging import Judging
from healthd.daemon.writer import Writer
from healthd.model.action import Filed, Open, Ticket
from healthd.model.availability import Reclassification, State, Transition
from healthd.model.device import Contract, Customer, Device
from healthd.model.finding import Condition, Finding, Level
from healthd.model.interval import Interval
from healthd.model.message import Attachment
from healthd.model.observation import Part, System
from healthd.model.phrase import say
from healthd.model.policy import Policy
from healthd.model.poll import Poll
from healthd.model.verdict import Component, Proven, Verdict
from healthd.store import agreements, devices, errands, events, filed, findings, polls, proofs, states, tickets, transaction
from healthd.store.database import Settings
from healthd.store.findings import Mark

START = datetime(2026, 11, 20, tzinfo=UTC)
ACME = Customer(code="acme", title="ACME", contract=Contract(number="HT-1", level="24x7x4"))
LEAVES = tuple(f"sw{n:03}" for n in range(200))
DEVICES = (
    Device(name="other", customer="acme", address="192.0.2.1", role="core", snmp="v2"),
    Device(name="router", customer="acme", address="192.0.2.2", role="edge", snmp="v2"),
    *(Device(name=name, customer="acme", address=f"198.51.100.{n}", parents=("router",), snmp="v2") for n, name in enumerate(LEAVES, 1)),
)
PSU = Finding(
    rule="psu",
    device="router",
    item="PS1",
    level=Level.CRITICAL,
    summary=say("Power supply {item} has failed", item="PS1"),
    verdict=Condition.FAILED,
    serial="SN1",
    pid="PWR-1",
)
FAILED = Verdict(component=Component.PSU, device="router", item="PS1", state=Condition.FAILED, pid="PWR-1", serial="SN1", finding=PSU.key)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def judged(minutes: float, *, heard: Sequence[str] = ("other",), those: Sequence[Device] = DEVICES, customer: Customer = ACME) -> None:
    writer = Writer()
    asyncio.run(Judging(customer=customer, devices=those, writer=writer, now=lambda: at(minutes)).judge(heard))
    writer.close()


def entered(minutes: float, **those: State) -> None:
    states.add("acme", [Transition(device=name, at=at(minutes), state=state, reason="no answer") for name, state in those.items()])


def asked() -> list[str]:
    return [type(errand.action).__name__ for errand in reversed(errands.listed(customer="acme"))]


def stands(
    *found: Finding, minutes: float, heard: Sequence[str] = ("router",), verdicts: Sequence[Verdict] = (FAILED,), **more: object
) -> None:
    """Keep *found* and do the casework, as a judgement does."""
    findings.see("acme", found, at(minutes), heard=heard)
    customer = replace(ACME, **more) if more else ACME  # type: ignore[arg-type]
    work(customer, Judged(devices=DEVICES[:2], found=found, verdicts=tuple(verdicts)), heard, at(minutes))


SNMP = replace(PSU, item="Switch 1 - Power Supply A")
CLI = replace(PSU, item="1A", serial="", pid="")


def about(found: Finding, *also: str) -> Verdict:
    return replace(FAILED, item=found.item, finding=found.key, serial=found.serial, pid=found.pid, also=also)


@pytest.fixture
def there(store: Settings) -> Settings:
    devices.put("acme", DEVICES[:2])
    return store


def test_two_hundred_devices_behind_a_dead_router_are_one_errand(store: Settings) -> None:
    devices.put("acme", DEVICES)
    entered(-60, **{device.name: State.UP for device in DEVICES})
    entered(10, router=State.DOWN, **dict.fromkeys(LEAVES, State.UNREACHABLE))
    for minutes in (15, 20, 25):
        judged(minutes)
    (errand,) = errands.listed(customer="acme")
    assert isinstance(errand.action, Open)
    opening = errand.action.opening
    assert (opening.device, len(opening.impact), int(opening.priority), errand.backend) == ("router", 201, 1, "embedded")
    entered(30, **dict.fromkeys(("router", *LEAVES), State.UP))
    for minutes in (35, 40, 45):
        judged(minutes, heard=[device.name for device in DEVICES])
    assert asked() == ["Open", "Propose"]


def test_ten_thousand_identical_events_are_one_case(there: Settings) -> None:
    entered(-60, router=State.UP, other=State.UP)
    parts = (Part(index="1", kind="chassis", name="Chassis", pid="C9300", serial="FOC1"),)
    polls.add(
        "acme", Poll(device="router", at=at(0), up=True, system=System(vendor="Cisco", platform="iosxe", version="17.9.4"), parts=parts)
    )
    text = b"<185>: %PLATFORM_FEP-1-FRU_PS_SIGNAL_FAULTY: Switch 1: signal on power supply A is faulty"
    lines = [classed(parse(text, Context(received=at(1) + timedelta(milliseconds=n), device="router"))) for n in range(10_000)]
    events.add("acme", lines)
    for minutes in (5, 10, 15, 20):
        polls.add("acme", Poll(device="router", at=at(minutes), up=True, parts=parts))
        judged(minutes + 0.1, heard=["router", "other"], those=DEVICES[:2])
    assert asked() == ["Open"]


def test_what_fails_on_the_way_keeps_neither_the_memory_nor_the_errand_and_is_asked_for_the_same_again(there: Settings) -> None:
    class PowerCut(Exception):
        pass

    @transaction.whole
    def cut_off() -> None:
        stands(PSU, minutes=5)
        raise PowerCut

    with pytest.raises(PowerCut):
        cut_off()
    assert errands.listed() == ()
    assert tickets.known("acme", [PSU.key], at(6), timedelta(days=1)) == ()
    assert findings.standing("acme", at(6)) == ()
    stands(PSU, minutes=5)
    stands(PSU, minutes=10)
    assert asked() == ["Open"]


def test_the_evidence_of_the_part_goes_with_its_case(there: Settings) -> None:
    file = Attachment(name="show-environment.txt", media="text/plain", data=b"PS1 bad")
    proofs.keep("acme", PSU.key, Proven(files=(file,)), at(4))
    stands(PSU, minutes=5)
    (errand,) = errands.listed()
    assert isinstance(errand.action, Open)
    assert len(errand.action.opening.files) == 1
    assert (errand.action.opening.rma, errand.action.opening.verdict) == (True, FAILED)


def test_a_case_that_people_closed_on_their_desk_stays_closed(there: Settings) -> None:
    stands(PSU, minutes=5)
    (errand,) = errands.listed()
    filed.keep("acme", errand.token, Filed(ticket=Ticket(backend="embedded", id="1")), at(6))
    filed.keep("acme", errand.token, Filed(ticket=Ticket(backend="embedded", id="1", over=True)), at(60))
    for minutes in (61, 120, 600):
        stands(PSU, minutes=minutes)
    assert asked() == ["Open"]
    stands(minutes=700)
    stands(PSU, minutes=800)
    assert asked() == ["Open", "Reopen"]


def test_a_person_s_mark_and_agreed_work_are_respected(there: Settings) -> None:
    findings.mark("acme", Mark(key=PSU.key, author="li", reason="known", at=at(1), until=at(60), muted=True))
    stands(PSU, minutes=5)
    hours = Interval(at(60), at(120))
    agreements.enter(
        "acme", [Reclassification(device="router", interval=hours, state=State.MAINTENANCE, author="li", reason="x", entered=at(0))]
    )
    stands(PSU, minutes=60)
    assert asked() == []
    stands(PSU, minutes=120)
    assert asked() == ["Open"]


def test_what_is_well_again_is_proposed_on_the_desk_on_which_the_case_was_opened(there: Settings) -> None:
    stands(PSU, minutes=5, cases=Policy(desk="request_tracker"))
    stands(minutes=10)
    stands(minutes=15)
    assert asked() == ["Open", "Propose"]
    assert {errand.backend for errand in errands.listed()} == {"request_tracker"}


def test_a_draft_asks_for_nothing_until_a_person_wants_it(there: Settings) -> None:
    pulled = replace(PSU, verdict=Condition.ABSENT)
    stands(pulled, minutes=15, verdicts=())
    stands(pulled, minutes=30, verdicts=())
    assert asked() == []
    (draft,) = tickets.covering("acme", PSU.key)
    tickets.want(draft.token, at(31))
    stands(pulled, minutes=35, verdicts=())
    assert asked() == ["Open"]
    assert tickets.covering("acme", PSU.key)[0].token == draft.token


def test_a_part_that_another_wire_calls_otherwise_stays_with_its_case_and_is_not_called_well(there: Settings) -> None:
    for minutes in range(0, 600, 15):
        now = CLI if minutes // 60 % 2 else SNMP
        stands(now, minutes=minutes, verdicts=[about(now)])
    assert asked() == ["Open"]
    assert tickets.covering("acme", CLI.key) == tickets.covering("acme", SNMP.key) != ()
    for minutes in (600, 605):
        stands(minutes=minutes, verdicts=[])
    assert asked() == ["Open", "Propose"]


def test_a_part_that_both_wires_tell_of_is_one_case(there: Settings) -> None:
    stands(SNMP, minutes=0, verdicts=[about(SNMP)])
    stands(SNMP, CLI, minutes=5, verdicts=[about(SNMP), about(CLI)])
    assert asked().count("Open") == 1


@pytest.mark.parametrize("other", [{"item": "1B"}, {"device": "other"}, {"rule": "fan"}, {"serial": "SN2"}])
def test_another_part_is_another_case_though_its_name_is_another_wire_s(there: Settings, other: dict[str, str]) -> None:
    stands(SNMP, minutes=0, verdicts=[about(SNMP)])
    second = replace(CLI, **other)  # type: ignore[arg-type]
    for minutes in (5, 10):
        stands(second, minutes=minutes, heard=("router", "other"), verdicts=[replace(about(second), device=second.device)])
    assert sorted(asked()) == ["Open", "Open", "Propose"]


def test_a_case_in_a_mailbox_is_over_once_it_is_well_for_long_and_is_taken_up_again_soon_after(there: Settings) -> None:
    policy = Policy(desk="mail", reopen=timedelta(hours=2))
    stands(PSU, minutes=0, cases=policy)
    (errand,) = errands.listed(customer="acme")
    filed.keep("acme", errand.token, Filed(ticket=Ticket(backend="mail", id=errand.token)), at(1))
    for minutes in (30, 40, 140, 160):
        stands(minutes=minutes, verdicts=[], cases=policy)
        (case,) = tickets.known("acme", [PSU.key], at(minutes), policy.reopen)
        assert case.is_open == (minutes < 160)
    stands(PSU, minutes=200, cases=policy)
    assert asked() == ["Open", "Propose", "Reopen"]
