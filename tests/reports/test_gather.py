"""From stored history to the facts of a day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from healthd.model.availability import Reclassification, State, Transition
from healthd.model.device import Customer, Device
from healthd.model.finding import Condition
from healthd.model.interval import Interval
from healthd.model.observation import Part, Reading
from healthd.model.poll import Layout, Poll, Sweep
from healthd.reports.daily import report
from healthd.reports.facts import Facts
from healthd.reports.gather import Past, day_window, gather, month_window
from healthd.store import agreements, polls, states, sweeps
from healthd.store.history import history
from tests.reports.conftest import Net

ACME = Customer(code="acme", title="ACME")
EDGE = Device(name="edge", customer="acme", address="192.0.2.1")
START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = date(2026, 3, 2)
SOURCE = "CISCO-ENTITY-FRU-CONTROL-MIB::cefcFRUPowerOperStatus"
WORDS = {SOURCE: {2: "on", 8: "failed"}}


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def facts(now: datetime) -> Facts:
    window = day_window(ACME, DAY, now)
    past = Past(customer=ACME, day=history(ACME, [EDGE], window), month=history(ACME, [EDGE], month_window(ACME, DAY, window)))
    return gather(past, now)


def supply(raw: int) -> Reading:
    return Reading(metric="psu.state", item="PSU A", index="1", value=WORDS[SOURCE][raw], raw=raw, source=SOURCE, oid="1.3.1")


def polled(minute: float, raw: int) -> None:
    part = Part(index="1", kind="powerSupply", name="PSU A", pid="PWR", serial="LIT1", fru=True)
    polls.add("acme", Poll(device="edge", at=at(minute), up=True, readings=(supply(raw),), parts=(part,)))
    sweeps.put_layout("acme", Layout(device="edge", readings=(supply(raw),), words=WORDS))


def swept(raw: int, *minutes: float) -> None:
    sweeps.add("acme", [Sweep(device="edge", at=at(m), values=(raw,)) for m in minutes])


def broken(now: datetime) -> list[tuple[str, Condition | None]]:
    return [(f.serial, f.verdict) for f in facts(now).broken]


def test_a_fault_that_a_sweep_saw_after_the_last_full_poll_is_in_the_report(sqlite_store: object) -> None:
    polled(0, 2)
    swept(2, 5, 10)
    swept(8, 15)
    assert broken(at(16)) == [("LIT1", Condition.FAILED)]


def test_a_fault_that_only_the_last_full_poll_saw_is_in_the_report(sqlite_store: object) -> None:
    polled(0, 2)
    swept(2, 5, 10)
    polled(12, 8)
    assert broken(at(13)) == [("LIT1", Condition.FAILED)]


def test_a_past_day_is_judged_at_its_own_end_not_by_what_came_later(sqlite_store: object) -> None:
    polled(0, 2)
    swept(2, *range(5, 1430, 5))
    swept(8, 1430, 1435)
    polled(1500, 2)
    assert broken(at(3000)) == [("LIT1", Condition.FAILED)]


def test_a_word_entered_after_the_day_changes_its_figures_and_says_who_said_so(sqlite_store: object) -> None:
    states.add("acme", [Transition(device="edge", at=at(m), state=s) for m, s in ((-1, State.UP), (60, State.DOWN), (120, State.UP))])
    before = facts(at(3000))
    assert (before.today["edge"].down, before.corrected) == (timedelta(hours=1), None)
    word = Reclassification(
        device="edge", interval=Interval(at(60), at(120)), state=State.MAINTENANCE, author="li", reason="CHG-7", entered=at(2000)
    )
    agreements.enter("acme", [word])
    after = facts(at(3000))
    assert (after.today["edge"].fraction, after.today["edge"].maintenance) == (1, timedelta(hours=1))
    assert "li" in str(after.corrected)
    assert "CHG-7" in str(after.corrected)


def test_a_supply_that_failed_at_noon_and_was_replaced_by_evening_is_told_and_no_fault_any_more(sqlite_store: object) -> None:
    polled(0, 2)
    swept(2, *range(5, 720, 5))
    swept(8, *range(720, 900, 5))
    swept(2, *range(900, 1440, 5))
    found = facts(at(3000))
    assert (found.broken, found.calm) == ((), False)
    (over,) = found.passed
    assert (over.rule, over.since, over.until) == ("psu", at(720), at(900))
    states.add("acme", [Transition(device="edge", at=at(-1), state=State.UP)])
    (section,) = [s for s in report(facts(at(3000))).sections if s.key == "environment"]
    assert "has failed" in str(section)


def test_a_restart_lasted_at_most_from_the_last_answer_to_the_next_one_in_every_place(sqlite_store: object) -> None:
    states.add("acme", [Transition(device="edge", at=at(-1), state=State.UP)])
    polled(0, 2)
    sweeps.add("acme", [Sweep(device="edge", at=at(m), values=(2,), uptime_s=up) for m, up in ((5, 9e5), (10, 9e5 + 300), (15, 200.0))])
    found = facts(at(16))
    (again,) = found.reboots
    assert (again.at, again.away) == (at(15) - timedelta(seconds=200), timedelta(minutes=5))
    (said,) = [str(f.summary) for f in found.findings if f.rule == "reboot"]
    assert "away for at most 5 min;" in said


@pytest.mark.parametrize("speed", [1, 10, 100])
def test_damage_is_counted_on_lines_of_every_speed(net: Callable[..., Net], facts: Callable[..., Facts], speed: int) -> None:
    (use,) = [u for u in facts(net("core-01:core", speed=speed * 10**9)).uses if u.metric == "errors"]
    assert (use.count, use.peak) == (36, 4.0)
