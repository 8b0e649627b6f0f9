"""A device in a scene: readings now, readings before, and what a rule says to it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from types import ModuleType

from healthd.analysis.recorded import Recorded
from healthd.model.device import Device
from healthd.model.finding import Finding
from healthd.model.interval import Interval
from healthd.model.observation import Interface, Part, Reading
from healthd.model.poll import Poll

NOW = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
FIVE = timedelta(minutes=5)
EDGE = Device(name="edge", customer="c", address="192.0.2.1")


def state(metric: str, word: str, item: str = "it", index: str = "1", source: str = "MIB::object") -> Reading:
    """Return a state."""
    return Reading(metric=metric, item=item, index=index, value=word, raw=1, source=source, oid=f"1.3.{index}")


def value(metric: str, number: float, item: str = "it", index: str = "1", **more: object) -> Reading:
    """Return a number."""
    return Reading(metric=metric, item=item, index=index, value=number, oid=f"1.3.{index}", **more)  # type: ignore[arg-type]


def part(index: str, kind: str, parent: str = "", **more: object) -> Part:
    """Return an inventory row."""
    return Part(index=index, kind=kind, parent=parent, **more)  # type: ignore[arg-type]


def ask(
    rule: ModuleType,
    readings: Iterable[Reading],
    *,
    before: Sequence[Iterable[Reading]] = (),
    parts: Iterable[Part] = (),
    interfaces: Iterable[Interface] = (),
    errors: tuple[str, ...] = (),
    by: tuple[str, ...] = (),
    age: timedelta = timedelta(0),
) -> list[Finding]:
    """Return what *rule* says of the present *readings*, with older polls *before* them, five minutes apart, oldest first."""
    rows = (*before, readings)
    polls = [
        Poll(
            device="edge",
            at=NOW - age - FIVE * (len(rows) - 1 - i),
            up=True,
            readings=tuple(each),
            parts=tuple(parts),
            interfaces=tuple(interfaces),
            errors=errors,
            by=by,
        )
        for i, each in enumerate(rows)
    ]
    history = Recorded((EDGE,), polls, Interval(NOW - timedelta(days=1), NOW))
    return list(rule.check(history, rule.Limits(), NOW))
