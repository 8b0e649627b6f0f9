"""The result of asking one device once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from healthd.model.interval import utc
from healthd.model.observation import Fact, Interface, Neighbour, Part, Reading, System

SHELL = "ssh: "
"""How an error of the command line begins, where SNMP answered too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """Everything one full poll of *device* gave. A device that did not answer is a result too.

    *reason* says in words why it is not *up*, empty when it is. *by* names
    what answered: snmp, ssh, icmp, tcp. *unsupported* are MIB tables and
    commands the device does not have; *errors* are answers that broke off.
    """

    device: str
    at: datetime
    up: bool
    reason: str = ""
    by: tuple[str, ...] = ()
    system: System | None = None
    parts: tuple[Part, ...] = ()
    interfaces: tuple[Interface, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    readings: tuple[Reading, ...] = ()
    seconds: float = 0.0
    requests: int = 0
    unsupported: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))

    def broke(self, reading: Reading | None) -> bool:
        """Say whether answers broke off on the wire that *reading* came on: it may be in what was not heard."""
        snmp = reading is not None and "::" in reading.source and "snmp" in self.by
        return any(error.startswith(SHELL) != snmp for error in self.errors) if "snmp" in self.by else bool(self.errors)

    def facts(self) -> tuple[Fact, ...]:
        """Return all facts in the order in which they are printed."""
        first: tuple[Fact, ...] = (self.system,) if self.system else ()
        return (*first, *self.parts, *self.interfaces, *self.readings, *self.neighbours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which value is which in the packed rows of a device's sweeps.

    Entry *i* of *readings* says what value *i* means; its ``oid`` is what a
    sweep asks for. Readings keep their last value here, but only their
    identity (metric, item, index, unit, source, oid, scale, limits) counts.
    *oids* and *scales* are theirs, in the same order.
    *words* turns the numbers of states back into words: by the reading's
    ``source`` (or else its metric), then by number.
    """

    device: str
    readings: tuple[Reading, ...]
    words: Mapping[str, Mapping[int, str]] = field(default_factory=dict, hash=False)
    oids: tuple[str, ...] = field(init=False, repr=False, compare=False)
    scales: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Every sweep wants them, and there are hundreds.
        object.__setattr__(self, "oids", tuple([r.oid for r in self.readings]))
        object.__setattr__(self, "scales", tuple([r.scale for r in self.readings]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """One quick round over *layout*: raw numbers as the device gave them, NaN for what it did not give.

    *values* are already scaled to the metric's unit; states are the device's numbers.
    *boots* and *engine_s* are snmpEngineBoots and snmpEngineTime, None where the device has none.
    """

    device: str
    at: datetime
    values: tuple[float, ...]
    up: bool = True
    reason: str = ""
    uptime_s: float | None = None
    boots: int | None = None
    engine_s: float | None = None
    rtt_ms: float | None = None
    loss_pct: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The values of one metric of one item over time, oldest first; times are UTC epoch seconds."""

    device: str
    metric: str
    item: str
    index: str = ""
    unit: str = ""
    times: Sequence[float] = ()
    values: Sequence[float | str] = ()
    reading: Reading | None = field(default=None)

    @property
    def last(self) -> float | str | None:
        """The newest value, None when there is none."""
        return self.values[-1] if self.values else None
