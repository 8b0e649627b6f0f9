"""The status is the worst there is; the score explains itself and is never better than the worst finding."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.availability import measure
from healthd.analysis.health import CAPS, Health, health
from healthd.model.availability import Availability, Span, State
from healthd.model.device import Device
from healthd.model.finding import Condition, Finding, Level
from healthd.model.interval import Interval
from healthd.model.phrase import say
from healthd.model.report import Status

T0 = datetime(2026, 3, 2, tzinfo=UTC)
DAY = Interval(T0, T0 + timedelta(days=1))
C, W, U, N = Level.CRITICAL, Level.WARNING, Level.UNKNOWN, Level.NOTICE


def device(name: str = "edge", role: str = "access", **more: object) -> Device:
    return Device(name=name, customer="c", address="192.0.2.1", role=role, **more)  # type: ignore[arg-type]


def found(level: Level, of: str = "edge", rule: str = "fan", item: str = "", verdict: Condition | None = None) -> Finding:
    return Finding(rule=rule, device=of, item=item, level=level, summary=say("It is so."), verdict=verdict)


def spent(*spans: tuple[State, float], name: str = "edge") -> Availability:
    at, told = T0, []
    for state, hours in spans:
        told.append(Span(state=state, interval=Interval(at, at + timedelta(hours=hours))))
        at += timedelta(hours=hours)
    return measure(name, told, DAY)


UP = spent((State.UP, 24))


def of(*findings: Finding, role: str = "access", measured: Availability | None = UP, **more: object) -> Health:
    return health([device(role=role, **more)], findings, {"edge": measured} if measured else {})


@pytest.mark.parametrize(
    ("findings", "role", "own", "network"),
    [
        ((), "access", Status.NORMAL, Status.NORMAL),
        ((found(N),), "core", Status.NORMAL, Status.NORMAL),
        ((found(U),), "access", Status.UNKNOWN, Status.UNKNOWN),
        ((found(W), found(N)), "access", Status.WARNING, Status.WARNING),
        # a critical access switch is not the network; a core, and whoever stands for a service point, is
        ((found(C),), "access", Status.CRITICAL, Status.WARNING),
        ((found(C),), "core", Status.CRITICAL, Status.CRITICAL),
        # a part that has to be replaced is critical wherever it is
        ((found(C, verdict=Condition.FAILED),), "access", Status.CRITICAL, Status.CRITICAL),
    ],
)
def test_the_status_is_the_worst_there_is_and_a_role_only_limits_it(findings, role, own, network) -> None:
    judged = of(*findings, role=role)
    assert (judged.devices[0].status, judged.status) == (own, network)


def test_a_service_point_is_as_critical_as_a_core() -> None:
    assert of(found(C), service_point="HQ").status is Status.CRITICAL


@pytest.mark.parametrize(
    ("measured", "own", "network"),
    [
        (spent((State.UP, 23), (State.DOWN, 1)), Status.CRITICAL, Status.WARNING),
        (spent((State.UP, 23), (State.UNREACHABLE, 1)), Status.UNKNOWN, Status.UNKNOWN),
        (spent((State.UP, 23), (State.UNMEASURED, 1)), Status.UNKNOWN, Status.UNKNOWN),
        (None, Status.UNKNOWN, Status.UNKNOWN),
        (spent((State.UP, 23), (State.MAINTENANCE, 1)), Status.MAINTENANCE, Status.NORMAL),
    ],
)
def test_silence_is_not_health_and_agreed_work_is_no_trouble(measured, own, network) -> None:
    judged = of(measured=measured)
    assert (judged.devices[0].status, judged.status) == (own, network)


def test_many_healthy_devices_make_an_ill_one_no_better() -> None:
    devices = [device(f"d{n}", "core") for n in range(100)]
    measured = {d.name: UP for d in devices}
    judged = health(devices, [found(C, "d7")], measured)
    assert (judged.status, judged.score.value) == (Status.CRITICAL, 59)


def test_below_nine_tenths_measured_there_is_no_score_and_the_deductions_are_still_listed() -> None:
    blind = spent((State.UP, 21), (State.UNMEASURED, 3))
    judged = of(found(W), measured=blind)
    assert (judged.score.value, len(judged.score.deductions)) == (None, 1)
    just = spent((State.UNMEASURED, 2.3), (State.UP, 21.7))
    assert of(measured=just).score.value == 100


def test_a_device_of_which_nothing_is_known_counts_as_not_measured() -> None:
    judged = health([device(), device("other")], [], {"edge": UP})
    assert (judged.score.value, judged.score.coverage) == (None, 0.5)


def test_a_device_out_of_service_is_not_looked_at() -> None:
    judged = health([device(), device("old", in_service=False)], [found(C, "old")], {"edge": UP})
    assert (judged.status, [d.device.name for d in judged.devices]) == (Status.NORMAL, ["edge"])


levels = st.lists(st.tuples(st.sampled_from(list(Level)), st.sampled_from(["fan", "psu", "bgp"]), st.integers(0, 9)), max_size=30)


@given(levels, st.sampled_from(["access", "core"]))
def test_the_score_is_100_less_what_is_listed_and_capped_by_the_worst(rows, role) -> None:
    findings = [found(level, rule=rule, item=str(item)) for level, rule, item in rows]
    score = of(*findings, role=role).score
    total = 100 - sum(d.points for d in score.deductions)
    assert score.value == max(0, min(total, 100 if score.cap is None else score.cap))
    assert all(d.finding in findings for d in score.deductions)
    counted = {min(f.level, C if role == "core" else W) for f in findings}
    assert score.cap == min((CAPS[level] for level in counted if level in CAPS), default=None)
    assert (score.value == 100) == (not counted - {N})


@given(levels, st.sampled_from(list(Level)))
def test_one_more_finding_never_makes_a_network_better(rows, level) -> None:
    findings = [found(each, rule=rule, item=str(item)) for each, rule, item in rows]
    before, after = of(*findings), of(*findings, found(level, rule="cpu"))
    assert after.score.value <= before.score.value
    assert list(Status).index(after.status) <= list(Status).index(before.status)
