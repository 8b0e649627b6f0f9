"""Network availability: what the customer's users saw, by its own formula.

The customer names service points: the places where the network must answer. A
point is reachable while at least one of its devices is up. Network
availability is the share of service-point time that was reachable:

    Σ reachable ÷ (Σ reachable + Σ lost), over all points

Time behind a dead parent is lost here, though it does not count against the
device itself: nobody at that place could work. Agreed maintenance, time that
was not measured and time out of service stand beside the figure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from healthd.analysis.availability import measure
from healthd.model.availability import Availability, Span, State
from healthd.model.device import Device
from healthd.model.interval import Interval
from healthd.model.timeline import joined

NONE = timedelta(0)
LOST = (State.DOWN, State.UNREACHABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One service point with the devices that make it; in *measured* ``down`` is the time it could not be reached."""

    name: str
    devices: tuple[str, ...]
    measured: Availability


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All service points of a customer over *window*; *target* is the agreed share from 0 to 1, None where none is agreed."""

    window: Interval
    points: tuple[Point, ...]
    target: float | None = None

    @property
    def reachable(self) -> timedelta:
        """Service-point time that was reachable."""
        return sum((p.measured.up for p in self.points), NONE)

    @property
    def lost(self) -> timedelta:
        """Service-point time that was not."""
        return sum((p.measured.down for p in self.points), NONE)

    @property
    def unmeasured(self) -> timedelta:
        """Service-point time of which nothing is known."""
        return sum((p.measured.unmeasured for p in self.points), NONE)

    @property
    def maintenance(self) -> timedelta:
        """Service-point time inside agreed maintenance."""
        return sum((p.measured.maintenance for p in self.points), NONE)

    @property
    def in_service(self) -> timedelta:
        """Service-point time that counts at all."""
        return sum((p.measured.window.length - p.measured.out_of_service for p in self.points), NONE)

    @property
    def fraction(self) -> float | None:
        """Network availability from 0 to 1; None without service points or when nothing was measured."""
        return _share(self.reachable, self.reachable + self.lost)

    @property
    def low(self) -> float | None:
        """The least it can have been: all unmeasured time lost."""
        return _share(self.reachable, self.reachable + self.lost + self.unmeasured)

    @property
    def high(self) -> float | None:
        """The most it can have been: all unmeasured time reachable."""
        return _share(self.reachable + self.unmeasured, self.reachable + self.lost + self.unmeasured)

    @property
    def coverage(self) -> float | None:
        """Share of the service-point time in service that was measured."""
        return _share(self.in_service - self.unmeasured, self.in_service)

    @property
    def budget(self) -> timedelta | None:
        """The loss that the agreement allows in this window, in service-point time outside maintenance; None without a target."""
        return None if self.target is None else (self.in_service - self.maintenance) * (1 - self.target)

    @property
    def left(self) -> timedelta | None:
        """What is left of the budget; negative when the agreement is missed."""
        return None if self.budget is None else self.budget - self.lost


def network(devices: Iterable[Device], states: Mapping[str, Sequence[Span]], window: Interval, target_pct: float | None = None) -> Network:
    """Return the availability of the customer's service points.

    *states* are spans by device name; a device without any was not measured.
    *target_pct* is the agreed availability in percent (99.9), as in the contract.
    """
    members: defaultdict[str, list[str]] = defaultdict(list)
    for device in devices:
        if device.service_point:
            members[device.service_point].append(device.name)
    points = tuple(point(name, {n: states.get(n, ()) for n in sorted(names)}, window) for name, names in sorted(members.items()))
    return Network(window=window, points=points, target=None if target_pct is None else target_pct / 100)


def point(name: str, states: Mapping[str, Sequence[Span]], window: Interval) -> Point:
    """Return the service point made of the devices in *states*."""
    spans = joined(_timeline(list(states.values()), window))
    return Point(name=name, devices=tuple(states), measured=measure(name, spans, window))


def _timeline(devices: Sequence[Sequence[Span]], window: Interval) -> Iterable[Span]:
    """Cut *window* wherever a device changes, and say what the point was in each piece."""
    edges = {edge for spans in devices for s in spans for edge in (s.interval.start, s.interval.end) if edge in window}
    at = [0] * len(devices)
    for start, end in pairwise(sorted(edges | {window.start, window.end})):
        for number, spans in enumerate(devices):
            while at[number] < len(spans) and spans[at[number]].interval.end <= start:
                at[number] += 1
        now = [spans[i] for i, spans in zip(at, devices, strict=True) if i < len(spans) and spans[i].interval.start <= start]
        state, reason = _together(now, whole=len(now) == len(devices))
        yield Span(state=state, interval=Interval(start, end), reason=reason)


def _together(now: Sequence[Span], *, whole: bool) -> tuple[State, str]:
    """Return the state of a point whose devices are in *now*, and why; not *whole* when one of them is unknown.

    One device up carries the point. When none is, not knowing outweighs a
    loss, and a loss outweighs maintenance: that was agreed for the others only.
    """
    reasons = {span.state: span.reason for span in reversed(now)}
    if State.UP in reasons:
        return State.UP, ""
    if State.UNMEASURED in reasons or not whole:
        return State.UNMEASURED, reasons.get(State.UNMEASURED, "")
    lost = next((state for state in LOST if state in reasons), None)
    if lost:
        return State.DOWN, reasons[lost]
    state = State.MAINTENANCE if State.MAINTENANCE in reasons else State.OUT_OF_SERVICE
    return state, reasons[state]


def _share(part: timedelta, whole: timedelta) -> float | None:
    return part / whole if whole else None
