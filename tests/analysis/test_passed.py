"""What came and went inside the day is told with its times, and is not confused with what stands."""

from datetime import timedelta

import pytest

from healthd.analysis.judge import judge
from healthd.analysis.passed import passed
from healthd.analysis.recorded import Recorded
from healthd.model.finding import Finding, Level
from healthd.model.observation import Part
from tests.analysis.rules.story import NOW, STEP, Told, device, history

FRU = "CISCO-ENTITY-FRU-CONTROL-MIB::cefcFRUPowerOperStatus"
PARTS = (Part(index="1", kind="powerSupply", pid="PWR", serial="S1"), Part(index="2", kind="powerSupply", pid="PWR", serial="S2"))


def supplies(first: str, second: str = "", name: str = "edge") -> Told:
    """Tell two supplies over time, a letter a step: g is on, f failed, n without input."""
    words = {"g": "on", "f": "failed", "n": "offEnvPower"}
    rows = {
        ("psu.state", "PSU A", "1"): [words[c] for c in first],
        ("psu.state", "PSU B", "2"): [words[c] for c in second or "g" * len(first)],
    }
    return Told(of=device(name), rows=rows, parts=PARTS, sources={"psu.state": FRU})


def told(past: Recorded) -> tuple[Finding, ...]:
    return passed(past, judge(past, NOW))


def test_a_supply_that_failed_and_is_well_again_is_a_notice_with_its_times() -> None:
    (found,) = told(history(supplies("gffgg")))
    assert (found.key, found.level, found.serial) == ("1:psu:edge:PSU A", Level.NOTICE, "S1")
    assert (found.since, found.until) == (NOW - 3 * STEP, NOW - STEP)
    assert "has failed" in str(found.summary)


@pytest.mark.parametrize("states", ["ggggg", "fffff", "gggff", "ffgff", "g"])
def test_what_stands_or_never_was_has_not_passed(states: str) -> None:
    assert told(history(supplies(states))) == ()


def test_a_trouble_that_came_twice_is_one_from_its_first_beginning_to_its_last_end() -> None:
    (found,) = told(history(supplies("gngffgg")))
    assert (found.since, found.until) == (NOW - 5 * STEP, NOW - STEP)
    assert "has failed" in str(found.summary)


def test_one_supply_passed_while_the_other_stands_and_another_device_is_well() -> None:
    found = told(history(supplies("gfggg", "ggggf"), supplies("ggggg", name="other")))
    assert [(f.device, f.item) for f in found] == [("edge", "PSU A")]


def test_a_neighbour_that_was_lost_for_an_hour_is_told() -> None:
    states = ["established"] * 3 + ["idle"] * 12 + ["established"] * 2
    (found,) = told(history(Told(rows={("bgp.peer.state", "192.0.2.9", "1"): states})))
    assert (found.rule, found.until - found.since) == ("bgp", timedelta(hours=1))
