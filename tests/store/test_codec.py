"""Model values come back equal from the compressed form."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from healthd.model import case
from healthd.model.availability import Probe, Reclassification, State
from healthd.model.device import Contact, Contract, Customer, Device, Site
from healthd.model.event import Event
from healthd.model.finding import Condition, Finding, Level
from healthd.model.interval import Interval
from healthd.model.observation import Observation, Reading
from healthd.model.phrase import say
from healthd.model.poll import Poll
from healthd.store import _codec

NOW = datetime(2026, 3, 2, 1, 2, 3, 4, UTC)
TEXT = st.text(st.characters(), max_size=20)
NUMBER = st.one_of(st.integers(-(2**64), 2**64), st.floats(allow_nan=False), TEXT)
READINGS = st.builds(
    Reading,
    metric=TEXT,
    item=TEXT,
    value=NUMBER,
    raw=st.none() | NUMBER,
    limits=st.none() | st.tuples(*[st.none() | st.floats(allow_nan=False)] * 4),
)


@given(st.lists(READINGS, max_size=5))
def test_readings_of_any_kind_come_back(readings: list[Reading]) -> None:
    poll = Poll(device="r1", at=NOW, up=True, readings=tuple(readings))
    assert _codec.unpack(_codec.pack(poll)) == poll


@given(
    st.builds(
        Event,
        device=TEXT,
        received=st.just(NOW),
        kind=TEXT,
        source=TEXT,
        text=TEXT,
        raw=st.binary(),
        severity=st.none() | st.integers(0, 7),
    )
)
def test_events_of_any_kind_come_back(event: Event) -> None:
    assert _codec.unpack(_codec.pack(event)) == event


def test_every_other_value_comes_back() -> None:
    reading = Reading(metric="cpu.busy", item="CPU", value=3.5)
    event = Event(device="r1", received=NOW, kind="x", source="udp", raw=b"\0\xff", variables=(("a", "b"),))
    inner = say("for {time}", time=timedelta(days=-1, microseconds=3))
    values = [
        Finding(
            rule="psu",
            device="r1",
            level=Level.CRITICAL,
            summary=say("{n} of {m}: {why} {at} {on}", n=1, m=2.5, why=inner, at=NOW, on=date(2026, 1, 2)),
            since=NOW,
            evidence=(Observation("r1", NOW, reading), event),
            verdict=Condition.FAILED,
            indexes=("1", "2"),
        ),
        Device(name="r1", customer="c", address="1.2.3.4", tags=("a",), parents=("b", "c")),
        Customer(
            code="c",
            title="C",
            zone=ZoneInfo("Asia/Shanghai"),
            contract=Contract(number="1", level="7x24x4", ends=date(2027, 1, 1), hours=(time(8), time(18, 30)), weekdays=frozenset({0, 4})),
            contacts=(Contact(name="李"),),
            sites=(Site(name="s"),),
        ),
        Probe(device="r1", at=NOW, answered=True, rtt_ms=1.25),
        Reclassification(device="*", interval=Interval(NOW, NOW), state=State.MAINTENANCE, author="a", reason="r", entered=NOW),
        (),
        None,
    ]
    for value in values:
        assert _codec.unpack(_codec.pack(value)) == value


def test_different_values_have_different_digests() -> None:
    readings = [Reading(metric="a", item="b", value=1), Reading(metric="a", item="b", value=1.0), Reading(metric="a", item="b", value="1")]
    assert len({_codec.digest((reading,)) for reading in readings}) == 3


def test_two_classes_of_one_name_are_told_apart() -> None:
    assert _codec.unpack(_codec.pack((State.DOWN, case.State.NEW))) == (State.DOWN, case.State.NEW)
    assert type(_codec.unpack(_codec.pack(case.State.NEW))) is case.State
