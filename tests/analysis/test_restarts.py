"""A restart is found, and 497 days of uptime are none."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.recorded import Recorded
from healthd.analysis.restarts import WRAP_S, Clocks, all_reboots, reboots, restarted
from healthd.model.device import Device
from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.model.poll import Poll

T0 = datetime(2026, 5, 4, tzinfo=UTC)


def clocks(minutes: float, uptime: float | None, boots: int | None = None, engine: float | None = None) -> Clocks:
    return Clocks(at=T0 + timedelta(minutes=minutes), uptime_s=uptime, boots=boots, engine_s=engine)


@pytest.mark.parametrize(
    ("before", "after", "anew"),
    [
        # going on
        (clocks(0, 1000), clocks(5, 1300), False),
        (clocks(0, 1000, 3, 1000), clocks(5, 1300, 3, 1300), False),
        # a restart, with and without an SNMP engine that counts
        (clocks(0, 90000), clocks(5, 100), True),
        (clocks(0, 90000, 3, 90000), clocks(5, 100, 4, 95), True),
        # sysUpTime begins anew after 497.1 days: known by the engine, and by the wrap itself
        (clocks(0, 42949670.0, 3, 42949670), clocks(5, 297, 3, 42949970), False),
        (clocks(0, WRAP_S - 100), clocks(5, 200), False),
        # a restart just before the wrap would have come
        (clocks(0, WRAP_S - 5000), clocks(5, 200), True),
        # an agent that never counts its boots, but whose clock falls
        (clocks(0, 90000, 1, 90000), clocks(5, 100, 1, 100), True),
        # only the SNMP engine was restarted
        (clocks(0, 90000, 3, 90000), clocks(5, 90300, 4, 20), False),
        # two restarts close together: the clock has not fallen
        (clocks(0, 60), clocks(10, 300), True),
        # our clock was set an hour ahead, or back
        (clocks(0, 90000), clocks(65, 90300), False),
        (clocks(0, 90000), clocks(-55, 90300), False),
        # the device's clock is a little slow, or the answer took its time
        (clocks(0, 90000), clocks(5, 90290), False),
        # nothing to compare
        (clocks(0, None), clocks(5, 100), False),
        (clocks(0, 90000, 3), clocks(5, None, 3), False),
    ],
)
def test_was_it_a_restart(before: Clocks, after: Clocks, anew: bool) -> None:
    assert restarted(before, after) is anew


def test_a_restart_lasts_from_the_last_answer_to_the_devices_own_start() -> None:
    (outage,) = reboots("edge", [clocks(5, 120), clocks(0, 90000)], [(T0 + timedelta(minutes=9), "power-on")])
    assert outage.interval == Interval(T0, T0 + timedelta(minutes=3))
    assert (outage.reboot, outage.reason) == (True, "restarted: power-on")


@pytest.mark.parametrize("booting", [0, 45, 290])
def test_a_device_was_away_at_most_until_its_first_answer_however_long_it_booted(booting: int) -> None:
    """Its clock starts at its start, and it answers only after it has booted."""
    (outage,) = reboots("edge", [clocks(0, 90000), clocks(5, booting)])
    assert outage.away == timedelta(minutes=5)
    assert outage.interval.length == timedelta(minutes=5, seconds=-booting)


def test_an_older_reason_is_not_this_restarts() -> None:
    (outage,) = reboots("edge", [clocks(0, 90000), clocks(5, 120)], [(T0, "reload")])
    assert outage.reason == "restarted"


@given(st.integers(1, 2000), st.floats(0.5, 600), st.booleans())
def test_no_wrap_is_ever_a_restart(days: int, minutes: float, engine: bool) -> None:
    up = days * 86400.0
    beats = [
        clocks(i * minutes, (up + i * minutes * 60) % WRAP_S, 7 if engine else None, up + i * minutes * 60 if engine else None)
        for i in range(5)
    ]
    assert reboots("edge", beats) == ()


@given(st.integers(1, 400), st.floats(1, 60), st.floats(0.05, 0.95), st.booleans())
def test_every_restart_is_found_once(days: int, minutes: float, part: float, engine: bool) -> None:
    """Up for days, then restarted in the third of five looks' gaps."""
    up, step = days * 86400.0, minutes * 60
    ages = [up, up + step, up + 2 * step, step * part, step * part + step]
    beats = [clocks(i * minutes, age, 7 + (i > 2) if engine else None, age if engine else None) for i, age in enumerate(ages)]
    (outage,) = reboots("edge", beats)
    assert outage.interval.start == T0 + timedelta(minutes=2 * minutes)
    assert (outage.interval.end - T0).total_seconds() == pytest.approx(3 * step - step * part, abs=0.01)


def test_restarts_are_read_out_of_history() -> None:
    def poll(minutes: int, up: float, boots: int) -> Poll:
        values = {"uptime": up, "snmp.engine.boots": boots, "snmp.engine.time": up, "reload.reason": f"reason {boots}"}
        readings = tuple(Reading(metric=m, item="", value=v) for m, v in values.items())
        return Poll(device="edge", at=T0 + timedelta(minutes=minutes), up=True, readings=readings)

    polls = [poll(0, 90000, 3), poll(5, 90300, 3), poll(10, 60, 4), poll(15, 360, 4)]
    quiet = [
        Poll(device="calm", at=p.at, up=True, readings=(Reading(metric="uptime", item="", value=9e5 + i * 300),))
        for i, p in enumerate(polls)
    ]
    devices = [Device(name=n, customer="c", address="192.0.2.1") for n in ("edge", "calm")]
    found = all_reboots(Recorded(devices, [*polls, *quiet], Interval(T0, T0 + timedelta(hours=1))))
    assert list(found) == ["edge"]
    (outage,) = found["edge"]
    assert outage.interval == Interval(T0 + timedelta(minutes=5), T0 + timedelta(minutes=9))
    assert outage.reason == "restarted: reason 4"
