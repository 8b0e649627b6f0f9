"""A network over some hours, told in rows of values, and what a rule says at its end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import ModuleType

from healthd.analysis.recorded import Recorded
from healthd.model.availability import Span, State
from healthd.model.device import Device
from healthd.model.event import Event
from healthd.model.finding import Finding
from healthd.model.interval import Interval
from healthd.model.observation import Interface, Neighbour, Part, Reading, System
from healthd.model.poll import Poll

NOW = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
STEP = timedelta(minutes=5)
DAY = Interval(NOW - timedelta(days=1), NOW)


def device(name: str, role: str = "access", **more: object) -> Device:
    return Device(name=name, customer="c", address="192.0.2.1", role=role, **more)  # type: ignore[arg-type]


EDGE = device("edge")


def ethernet(index: str = "1", name: str = "", admin: str = "up", oper: str = "up", **more: object) -> Interface:
    values = {"type": 6, "speed_bps": 1_000_000_000, **more}
    return Interface(index=index, name=name or f"Gi1/0/{index}", admin=admin, oper=oper, **values)  # type: ignore[arg-type]


@dataclass(kw_only=True)
class Told:
    """One device's past: *rows* are a metric's values by (metric, item, index), oldest first, the last one now; None was not given."""

    of: Device = EDGE
    rows: Mapping[tuple[str, str, str], Sequence[object]] = field(default_factory=dict)
    interfaces: Iterable[Interface] = ()
    neighbours: Iterable[Neighbour] = ()
    parts: Iterable[Part] = ()
    system: System | None = None
    spans: Sequence[tuple[State, timedelta]] = ()
    reason: str = ""
    events: Sequence[Event] = ()
    errors: tuple[str, ...] = ()
    age: timedelta = timedelta(0)
    step: timedelta = STEP
    sources: Mapping[str, str] = field(default_factory=dict)
    heard: bool = True


def polls(told: Told) -> list[Poll]:
    count = max((len(v) for v in told.rows.values()), default=1) if told.heard else 0
    return [_poll(told, count, number) for number in range(count)]


def _poll(told: Told, count: int, number: int) -> Poll:
    readings = []
    for (metric, item, index), values in told.rows.items():
        place = number - (count - len(values))
        if place >= 0 and values[place] is not None:
            source = told.sources.get(metric, "MIB::object")
            readings.append(Reading(metric=metric, item=item, index=index, value=values[place], source=source, oid="1.3.6"))
    return Poll(
        device=told.of.name,
        at=NOW - told.age - told.step * (count - 1 - number),
        up=True,
        readings=tuple(readings),
        interfaces=tuple(told.interfaces),
        neighbours=tuple(told.neighbours),
        parts=tuple(told.parts),
        system=told.system,
        errors=told.errors,
    )


def spans(told: Told) -> list[Span]:
    found, at = [], DAY.start
    for number, (state, length) in enumerate(told.spans):
        end = DAY.end if number == len(told.spans) - 1 else at + length
        found.append(Span(state=state, interval=Interval(at, end), reason=told.reason if state is not State.UP else ""))
        at = end
    return found


def history(*all_told: Told, window: Interval = DAY) -> Recorded:
    return Recorded(
        [t.of for t in all_told],
        [poll for t in all_told for poll in polls(t)],
        window,
        spans={t.of.name: spans(t) for t in all_told},
        events={t.of.name: t.events for t in all_told},
    )


def ask(rule: ModuleType, *all_told: Told, limits: object = None, window: Interval = DAY) -> list[Finding]:
    return list(rule.check(history(*all_told, window=window), limits or rule.Limits(), NOW))
