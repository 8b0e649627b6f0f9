"""A day of which little or nothing is known: no percentage, no good word and no contradiction is made of that."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from healthd.model.availability import Probe, State, Transition
from healthd.model.interval import Interval
from healthd.model.poll import Poll
from healthd.model.report import Figures, Report, Status
from healthd.reports import daily
from healthd.reports.facts import Facts, told
from healthd.reports.language import language
from healthd.reports.paper_text import lines
from healthd.store import polls, states
from tests.reports.conftest import START, Net

NOW = START + timedelta(hours=7, minutes=39)
NAMES = ("core-01:core:HQ core", "acc-01:access::core-01")


@pytest.fixture
def after(net: Callable[..., Net], facts: Callable[..., Facts]) -> Callable[..., Facts]:
    """Return what tells the facts of a first day: *names* were looked at since so many minutes, and *told* of their parts or not."""

    def make(minutes: int | None, *, names: tuple[str, ...] = NAMES, told_parts: bool = True) -> Facts:
        made = net(*names, watched=False)
        since = NOW - timedelta(minutes=minutes or 0)
        if minutes is not None:
            states.add("gold", [Transition(device=d.name, at=since, state=State.UP) for d in made.devices])
            states.add_probes("gold", [Probe(device=d.name, at=NOW, answered=True, by="snmp") for d in made.devices])
        if minutes is not None and told_parts:
            polls.add_all("gold", [Poll(device=d.name, at=since, up=True) for d in made.devices])
        return facts(made, NOW)

    return make


def text(report: Report, code: str = "en") -> str:
    return "\n".join(lines(report, language(code, report.zone, Interval(report.window.start, report.window.end))))


def figures(report: Report) -> dict[str, tuple[str, str]]:
    (found,) = (b for s in report.sections for b in s.blocks if isinstance(b, Figures))
    return {f.key: (str(f.value), str(f.compared)) for f in found.figures}


@pytest.mark.parametrize(
    ("share", "measured", "shown"),
    [(1.0, 0.05, "100.00%"), (1.0, 0.049, "None"), (None, 1.0, "None"), (0.5, None, "None"), (1.0, 0.0, "None")],
)
def test_a_percentage_is_told_only_of_time_that_was_measured(share: float | None, measured: float | None, shown: str) -> None:
    assert str(told(share, measured)) == shown


def test_of_a_day_without_any_look_nothing_good_is_said(after: Callable[..., Facts]) -> None:
    report = daily.report(after(None))
    nothing = ("None", "nothing was measured")
    numbers = figures(report)
    assert {key: numbers[key] for key in ("reachable", "network", "lost", "faults")} == dict.fromkeys(
        ("reachable", "network", "lost", "faults"), nothing
    )
    said = text(report)
    assert "not scored, because nothing was measured" in said
    assert "100%" not in said.partition("Method and definitions")[0]


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_one_look_five_minutes_ago_is_no_availability_of_the_day(after: Callable[..., Facts], code: str) -> None:
    facts = after(5)
    report = daily.report(facts)
    assert "100%" not in text(report, code).replace("0–100%", "").partition("Method and definitions" if code == "en" else "方法与定义")[0]
    numbers = figures(report)
    assert numbers["network"] == ("None", "no level agreed; measured 1.0%" if facts.agreed is None else "agreed 99.90%; measured 1.0%")
    assert numbers["lost"] == ("None", "all devices together; measured 1.0%")
    assert numbers["faults"] == ("0", "no part has failed")
    if code == "en":
        assert "Service points were measured for 1.0% of the time: too little for a figure." in text(report)
        assert "No device was found down in the time that was measured." in text(report)
        assert "No device was up and measured the whole time." in text(report)
    assert facts.days[-1].status == Status.UNKNOWN, "a day that was hardly looked at is no good one"


def test_half_a_day_is_told_with_what_was_measured_and_without_a_promise_kept(after: Callable[..., Facts]) -> None:
    report = daily.report(after(230))
    assert figures(report)["network"] == ("100.00%", "agreed 99.90%; measured 50.1%")
    assert figures(report)["lost"] == ("none", "all devices together; measured 50.1%")
    said = text(report)
    assert "100% of the measured service point time was reachable. Agreed: 99.90%." in said
    assert "over the last" not in said.partition("Method and definitions")[0], "thirty days are not known from half a one"


def test_devices_that_told_nothing_of_their_parts_have_no_sound_ones(after: Callable[..., Facts]) -> None:
    report = daily.report(after(230, told_parts=False))
    assert figures(report)["faults"] == ("None", "nothing was measured")
    assert "No device has told anything of its parts yet." in text(report)
    assert "reports normal" not in text(report)


def test_without_service_points_there_is_no_figure_and_one_sentence_says_why(after: Callable[..., Facts]) -> None:
    report = daily.report(after(230, names=("core-01:core", "acc-01:access::core-01")))
    assert figures(report)["network"] == ("None", "no service point is named")
    said = text(report)
    assert "The inventory names no service points, so there is no figure for the network as a whole" in said
    assert "No service point was measured" not in said


def test_a_day_is_as_bad_as_its_outage_even_when_all_is_well_at_its_end(net: Callable[..., Net], facts: Callable[..., Facts]) -> None:
    lost = [Transition(device="acc-01", at=START + timedelta(hours=h), state=s) for h, s in ((8, State.DOWN), (9, State.UP))]
    day = facts(net(*NAMES, changes=lost)).days[-1]
    assert (day.status, day.concerned) == (Status.CRITICAL, 1)
