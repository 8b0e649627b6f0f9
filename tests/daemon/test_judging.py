"""What is judged anew every few minutes is told once, and what is older than the agreed work stays a trouble of its own."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from healthd.daemon.judging import Judging
from healthd.daemon.writer import Writer
from healthd.model.availability import Reclassification, State, Transition
from healthd.model.device import Customer, Device
from healthd.model.event import Event
from healthd.model.finding import Level
from healthd.model.interval import Interval
from healthd.model.observation import Interface, Neighbour, Reading
from healthd.model.poll import Poll
from healthd.store import agreements, devices, events, findings, polls, states
from healthd.store.database import Settings

START = datetime(2026, 11, 20, tzinfo=UTC)
ACME = Customer(code="acme", title="ACME")
DEVICES = tuple(Device(name=name, customer="acme", address=f"192.0.2.{n}", snmp="v2") for n, name in enumerate(("core-1", "sw1"), 1))
LINE = Interface(index="1", name="Gi1/0/1", admin="up", oper="down", type=6)
HEARD = Neighbour(protocol="cdp", local="Gi1/0/1", remote="core-1")


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def judged(minutes: float) -> list[Event]:
    """Judge at that time, and return what is told."""
    told: list[Event] = []
    writer = Writer()
    judging = Judging(customer=ACME, devices=DEVICES, writer=writer, now=lambda: at(minutes), tell=told.extend)
    asyncio.run(judging.judge([each.name for each in DEVICES]))
    writer.close()
    return told


def entered(*those: tuple[float, State]) -> None:
    states.add("acme", [Transition(device="sw1", at=at(minutes), state=state, reason="") for minutes, state in those])


def of_states() -> list[tuple[str, datetime, int | None]]:
    kept = events.between("acme", Interval(at(-900), at(900)))
    return [(each.kind, each.received, each.severity) for each in kept if each.kind.startswith("device.")]


def agreed(start: float, end: float, said: float, device: str = "sw1") -> None:
    hours = Interval(at(start), at(end))
    agreements.enter(
        "acme",
        [Reclassification(device=device, interval=hours, state=State.MAINTENANCE, author="Li", reason="CHG-7", entered=at(said))],
    )


def test_a_restart_that_is_found_after_the_pings_told_of_the_loss_tells_it_no_second_time(store: Settings) -> None:
    devices.put("acme", DEVICES)
    entered((-60, State.UP), (10, State.DOWN), (15, State.UP))
    judged(15.1)
    entered((7, State.DOWN), (14.5, State.UP))
    assert [each for each in judged(15.6) if each.kind.startswith("device.")] == []
    assert [each[:2] for each in of_states() if each[1] > at(0)] == [("device.down", at(10)), ("device.up", at(15))]
    judged(15 + 170)
    assert len(of_states()) == 3, "nothing is told again when the first moments leave the window"


def test_maintenance_that_is_taken_back_makes_no_second_event_of_a_loss(store: Settings) -> None:
    devices.put("acme", DEVICES)
    agreed(0, 120, said=-10)
    entered((-60, State.UP), (10, State.DOWN))
    judged(15)
    (work,) = agreements.entered("acme")
    agreements.withdraw("acme", work.number, author="Li", reason="moved", at=at(20))
    judged(25)
    assert of_states() == [("device.up", at(-60), 5), ("device.down", at(10), 5)]


def poll(minutes: float, oper: str) -> Poll:
    said = Reading(metric="interface.oper", item="Gi1/0/1", index="1", value=oper, oid="1.3.6", source="IF-MIB::ifOperStatus")
    return Poll(device="sw1", at=at(minutes), up=True, readings=(said,), interfaces=(LINE,), neighbours=(HEARD,))


def levels(those: Sequence[float]) -> list[Level]:
    """Return the level of the line's finding when it is polled and judged at *those* times."""
    found = []
    for minutes in those:
        polls.add("acme", poll(minutes, "down"))
        judged(minutes + 0.1)
        found += [kept.finding.level for kept in findings.standing("acme", at(minutes + 0.1)) if kept.finding.rule == "interface_down"]
    return found


def test_a_line_that_was_lost_days_before_the_work_is_no_consequence_of_it_after_hours_of_work(store: Settings) -> None:
    devices.put("acme", DEVICES)
    day = 24 * 60
    states.add("acme", [Transition(device=each.name, at=at(-4 * day), state=State.UP) for each in DEVICES])
    polls.add("acme", poll(-2 * day - 10, "up"))
    assert levels([-2 * day, -2 * day + 5]) == [Level.WARNING] * 2
    agreed(0, 600, said=-day, device="core-1")
    assert levels([60, 65, 170, 240, 245, 400]) == [Level.WARNING] * 6


def test_a_line_that_is_lost_in_the_work_stays_its_consequence_while_it_lasts(store: Settings) -> None:
    devices.put("acme", DEVICES)
    states.add("acme", [Transition(device=each.name, at=at(-900), state=State.UP) for each in DEVICES])
    agreed(0, 600, said=-60, device="core-1")
    polls.add("acme", poll(5, "up"))
    assert levels([10, 60, 240, 400]) == [Level.NOTICE] * 4
    assert levels([610]) == [Level.WARNING]
